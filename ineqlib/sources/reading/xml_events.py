"""Reading XML bit by bit, so that neither its size nor its nesting fills the memory."""

from collections.abc import Callable
from typing import Any, BinaryIO
from xml.parsers import expat

from ineqlib.errors import InputError
from ineqlib.sources.reading.archive import read_on

_CHUNK = 1 << 18

Attributes = dict[str, str]


class Stop(Exception):
    """Raised by a handler that has read enough."""


class XmlHandler:
    """What is done with elements: ``start_row(attributes)`` and ``end_row()`` for one called row.

    Names are without their prefixes and with ``_`` for ``-``; elements without a method are passed
    over. `text` is given all text, in pieces.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.text: Callable[[str], None] = self.pieces.append


def parse_xml(member: BinaryIO, handler: XmlHandler, name: str) -> None:
    """Read a member of a workbook to its end, or until the handler stops.

    Raises
    ------
    InputError
        It is not XML, or not as a workbook should be.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = _dispatch(handler, "start")
    parser.EndElementHandler = _dispatch(handler, "end")
    parser.CharacterDataHandler = handler.text
    try:
        while chunk := read_on(member, name, _CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except Stop:
        return
    except (expat.ExpatError, ValueError, LookupError, OverflowError) as error:
        raise InputError(
            f"The workbook's part {name} is damaged. Open it in Excel or LibreOffice, save it, and "
            "build again."
        ) from error


def _dispatch(handler: XmlHandler, event: str) -> Callable[..., None]:
    """Return a function that calls the handler's method for each element, looked up once."""
    methods: dict[str, Callable[..., Any] | None] = {}

    def call(tag: str, *attributes: Attributes) -> None:
        try:
            method = methods[tag]
        except KeyError:
            local = tag.rpartition(":")[2].replace("-", "_")
            method = methods[tag] = getattr(handler, f"{event}_{local}", None)
        if method is not None:
            method(*attributes)

    return call
