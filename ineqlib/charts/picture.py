"""A figure as a picture that says what it shows: its title, subtitle, drawing, note and source."""

import struct
import textwrap
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ineqlib.charts import theme
from ineqlib.charts.layout import CHARACTER
from ineqlib.charts.layout import TEXT as CHARACTER_AT
from ineqlib.errors import ParameterError

if TYPE_CHECKING:
    from ineqlib.charts.figure import Figure

SUFFIXES = (".svg", ".png")
SHARP = 2.0
"""Pixels of a PNG to one of the drawing."""
AIR, LEAST = 24.0, 480.0
"""Pixels round the picture, and of its width at least, so that its words are no narrow column."""
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_TITLE, _SUBTITLE, _NOTE = (
    {"font-size": "18", "font-weight": "bold", "fill": theme.TEXT},
    {"font-size": "15", "fill": theme.SECONDARY_TEXT},
    {"font-size": "13", "fill": theme.SECONDARY_TEXT},
)


def picture_svg(figure: "Figure") -> str:
    """Return a figure as an SVG file."""
    labels = figure.labels
    drawing = ElementTree.fromstring(figure.svg)
    wide, tall = (float(drawing.get(side, 0)) for side in ("width", "height"))
    room = max(wide, LEAST)
    root = ElementTree.Element(
        f"{{{_SVG}}}svg",
        {"font-family": theme.FONT, "role": "img", "aria-label": f"{labels.title}. {labels.alt}"},
    )
    background = ElementTree.SubElement(root, f"{{{_SVG}}}rect", {"fill": "white"})
    y = _write(root, labels.title, _TITLE, AIR, room)
    y = _write(root, labels.subtitle, _SUBTITLE, y, room)
    for part in drawing.iter():
        for name in ("role", "aria-label", "data-label", "data-of"):
            part.attrib.pop(name, None)
    drawing.attrib |= {"x": f"{AIR:g}", "y": f"{y:g}"}
    root.append(drawing)
    y = _write(root, labels.note, _NOTE, y + tall + 8, room)
    y = _write(root, f"Source: {labels.source}", _NOTE, y, room)
    size = {"width": f"{room + 2 * AIR:g}", "height": f"{y + AIR / 2:g}"}
    background.attrib |= size
    root.attrib |= size | {"viewBox": f"0 0 {size['width']} {size['height']}"}
    return ElementTree.tostring(root, encoding="unicode")


def picture_png(figure: "Figure") -> bytes:
    """Return a figure as a PNG file."""
    return _png(picture_svg(figure))


def drawing_png(figure: "Figure") -> tuple[bytes, float]:
    """Return a figure's drawing alone as a PNG file, and how wide it is in pixels of the page."""
    width = ElementTree.fromstring(figure.svg).get("width", "0")
    return _png(figure.svg), float(width)


def _png(drawing: str) -> bytes:
    import vl_convert  # noqa: PLC0415 (slow to import; most processes have others draw)

    from ineqlib.charts.draw.draw import MEASURED_IN  # noqa: PLC0415 (imports it too)

    drawing = drawing.replace(theme.FONT, MEASURED_IN)
    return _packed(vl_convert.svg_to_png(drawing, scale=SHARP))


def _packed(png: bytes) -> bytes:
    """Compress a PNG file as it usually is: vl-convert's take three times the room."""
    parts: list[tuple[bytes, bytes]] = []
    at = len(_PNG)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        parts.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    image = b"".join(content for kind, content in parts if kind == b"IDAT")
    before = [part for part in parts if part[0] not in (b"IDAT", b"IEND")]
    parts = [*before, (b"IDAT", zlib.compress(zlib.decompress(image))), (b"IEND", b"")]
    return _PNG + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


def save_picture(figure: "Figure", path: Path) -> None:
    """Write a figure to a file whose suffix says as what."""
    if path.suffix.lower() not in SUFFIXES:
        raise ParameterError(
            f"A figure cannot be saved as '{path.name}'. Give a name that ends in .svg (to edit) "
            "or .png (to place in a document)."
        )
    if path.suffix.lower() == ".svg":
        path.write_text(picture_svg(figure), encoding="utf-8", newline="\n")
    else:
        path.write_bytes(picture_png(figure))


def _write(
    root: ElementTree.Element, words: str, style: dict[str, str], y: float, room: float
) -> float:
    """Write words below `y`, as many lines as they need; return where they end."""
    size = float(style["font-size"])
    lines = textwrap.wrap(words, int(room / (CHARACTER * size / CHARACTER_AT)))
    for line in lines:
        y += 1.3 * size
        place = {"x": f"{AIR:g}", "y": f"{y - 0.3 * size:g}"}
        ElementTree.SubElement(root, f"{{{_SVG}}}text", place | style).text = line
    return y + 8 * bool(lines)
