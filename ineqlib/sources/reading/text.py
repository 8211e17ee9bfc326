"""The encoding of a text file, and its lines."""

import codecs
import io
import re
from collections.abc import Generator, Iterator
from typing import BinaryIO

from ineqlib.errors import InputError
from ineqlib.sources.reading.limits import LONGEST_LINE

_CHUNK = 1 << 20
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEVERAL_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A letter that UTF-8 writes in several bytes; other encodings hardly ever have these in a row."""

_NO_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_NOT_TEXT = "The file is not text: it is neither UTF-8, UTF-16 nor Windows-1252."


def encoding_of(file: BinaryIO) -> str:
    """Tell the encoding of a text file: UTF-8, UTF-16 where it is marked so, or Windows-1252.

    Raises
    ------
    InputError
        The file is UTF-8 but for some bytes (the message has the line of the first), or no text.
    """
    file.seek(0)
    beginning = file.read(4)
    file.seek(0)
    if beginning.startswith(UTF16):
        return "utf-16"
    fault = _first_fault(file)
    if fault is None:
        return "utf-8-sig"
    line, byte, is_cut = fault
    if is_cut:
        raise InputError(
            f"Line {line:,} ends within a letter of UTF-8: the file is cut short. Download or "
            "export it again; if it is whole, save it as UTF-8."
        )
    if beginning.startswith(codecs.BOM_UTF8) or _any_match(file, _SEVERAL_BYTES):
        raise InputError(
            f"Line {line:,} holds a byte (0x{byte:02x}) that is not UTF-8, although the file is "
            "UTF-8 elsewhere: two files were joined, or a letter was damaged. Write that line "
            "again, or save the whole file as UTF-8."
        )
    if _any_match(file, _NO_WINDOWS_1252):
        raise InputError(_NOT_TEXT)
    return "cp1252"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _first_fault(file: BinaryIO) -> tuple[int, int, bool] | None:
    """Return line and value of the first byte that is not UTF-8, and whether the file ends there.

    It does where the last letter lacks some of its bytes.
    """
    before, rest = 0, b""
    for chunk in _chunks(file):
        data = rest + chunk
        try:
            # A letter may be cut in two by the end of a chunk.
            _, used = codecs.utf_8_decode(data, "strict", len(chunk) < _CHUNK)
        except UnicodeDecodeError as error:
            is_cut = error.reason == "unexpected end of data"
            return _line_of(file, before + error.start), data[error.start], is_cut
        before += used
        rest = data[used:]
    return (_line_of(file, before), rest[0], True) if rest else None


def _line_of(file: BinaryIO, place: int) -> int:
    """Return the number of the line that a byte of a file is on."""
    line = 1
    for chunk in _chunks(file):
        line += _line_ends(chunk[: max(0, place)])
        place -= len(chunk)
    return line


def _line_ends(data: bytes) -> int:
    return data.count(b"\n") or data.count(b"\r")


def _any_match(file: BinaryIO, pattern: re.Pattern[bytes]) -> bool:
    return any(pattern.search(chunk) for chunk in _chunks(file))


def lines_of(file: BinaryIO, encoding: str) -> Generator[str]:
    """Give the lines of a text file, each with its line end.

    Raises
    ------
    InputError
        A line is longer than `LONGEST_LINE`, or no text.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise InputError(
                    f"Line {number:,} is longer than {LONGEST_LINE:,} characters: no table has "
                    "such a line. Export the file again."
                )
            if "\0" in line:
                raise InputError(f"{_NOT_TEXT} (Line {number:,} holds a zero byte.)")
            yield line
    except UnicodeDecodeError as error:
        raise InputError(_NOT_TEXT) from error
    finally:
        if not text.closed:
            text.detach()


def decode(content: bytes) -> str:
    """Decode a whole text; a byte-order mark is dropped.

    Raises
    ------
    InputError
        The bytes are no text.
    """
    try:
        return content.decode(encoding_of(io.BytesIO(content)))
    except UnicodeDecodeError as error:
        raise InputError(_NOT_TEXT) from error
