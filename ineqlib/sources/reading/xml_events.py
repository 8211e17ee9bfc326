"""Reading XML bit by bit, so that neither its size nor its nesting fills the memory."""

from typing import BinaryIO
from xml.parsers import expat

from ineqlib.errors import InputError
from ineqlib.sources.reading.archive import read_on

_CHUNK = 1 << 18

Attributes = dict[str, str]


class Stop(Exception):
    """Raised by a handler that has read enough."""


class XmlHandler:
    """What is done with each element; names are without their prefixes."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Take text, all at once or in pieces."""


def parse_xml(member: BinaryIO, handler: XmlHandler, name: str) -> None:
    """Read a member of a workbook to its end, or until the handler stops.

    Raises
    ------
    InputError
        It is not XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}

    def without_prefix(tag: str) -> str:
        if tag not in local:
            local[tag] = tag.rpartition(":")[2]
        return local[tag]

    parser.StartElementHandler = lambda tag, attributes: handler.start(
        without_prefix(tag), attributes
    )
    parser.EndElementHandler = lambda tag: handler.end(without_prefix(tag))
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
