"""How cells of a workbook of Excel are shown: as what kind of number, and whether struck out."""

from collections.abc import Callable
from typing import NamedTuple

from ineqlib.sources.reading.cells import format_kind
from ineqlib.sources.reading.xml_events import Attributes, XmlHandler

_TRUE = ("1", "true", "on")


class CellStyle(NamedTuple):
    """What the style of a cell says of what is in it."""

    kind: str
    """See `format_kind`."""
    is_struck: bool


PLAIN = CellStyle("", is_struck=False)


def cell_styles(parse: Callable[[XmlHandler], None]) -> list[CellStyle]:
    """Return the styles of a workbook in the order in which its cells number them.

    Parameters
    ----------
    parse
        Gives the part of the workbook that has the styles to what is done with its elements.
    """
    styles = _Styles()
    parse(styles)
    return styles.of_cells()


class _Styles(XmlHandler):
    """The styles that cells may have, each a number format and a font."""

    def __init__(self) -> None:
        super().__init__()
        self._own: dict[int, str] = {}
        self._struck: list[bool] = []
        self._used: list[tuple[int, int]] = []
        self._part = ""

    def of_cells(self) -> list[CellStyle]:
        """Return the styles in the order in which cells number them."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 (see `format_kind`)

        return [
            CellStyle(
                format_kind(self._own.get(number, BUILTIN_FORMATS.get(number, ""))),
                is_struck=font < len(self._struck) and self._struck[font],
            )
            for number, font in self._used
        ]

    def start_numFmt(self, attributes: Attributes) -> None:  # noqa: N802
        if "numFmtId" in attributes:
            self._own[int(attributes["numFmtId"])] = attributes.get("formatCode", "")

    def start_fonts(self, _attributes: Attributes) -> None:
        self._part = "fonts"

    def start_cellXfs(self, _attributes: Attributes) -> None:  # noqa: N802
        self._part = "cells"

    def _end_part(self) -> None:
        self._part = ""

    end_fonts = end_cellXfs = _end_part  # noqa: N815

    def start_font(self, _attributes: Attributes) -> None:
        if self._part == "fonts":
            self._struck.append(False)

    def start_strike(self, attributes: Attributes) -> None:
        if self._part == "fonts":
            self._struck[-1] = attributes.get("val", "1") in _TRUE

    def start_xf(self, attributes: Attributes) -> None:
        if self._part == "cells":
            number, font = attributes.get("numFmtId", "0"), attributes.get("fontId", "0")
            self._used.append((int(number), int(font)))
