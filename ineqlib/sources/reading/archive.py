"""What is packed: gzip and zip files, unpacked within bounds."""

import codecs
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, cast

from ineqlib.errors import InputError
from ineqlib.sources.base import Content
from ineqlib.sources.reading.limits import (
    LARGEST,
    LARGEST_HELD_TEXT,
    LARGEST_PART,
    LARGEST_SHEET,
    MOST_MEMBERS,
    check_ratio,
)
from ineqlib.sources.reading.text import UTF16

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"

_CHUNK = 1 << 20
_NOT_LINES = (b"{", b"[", b"<")
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""What the standard library raises over damaged, encrypted or odd archives."""


def read_all(file: BinaryIO, name: str, whole: Callable[[], BinaryIO] | None = None) -> bytes:
    """Return the bytes of a file; gzip is unpacked, whether or not the name says so.

    Parameters
    ----------
    file
        Open, and able to go back to its beginning.
    name
        For messages.
    whole
        Opens the file anew. With it, a delimited text of more than `LARGEST_HELD_TEXT` bytes is
        looked through, but only its beginning and end are held; of UTF-16, as UTF-8.

    Raises
    ------
    InputError
        A broken gzip, one that unpacks to far more than data do, or more than `LARGEST` bytes that
        have to be held.
    """
    is_packed = False
    content = io.BytesIO()
    beginning, end, size = b"", b"", 0
    try:
        is_packed = file.read(2) == GZIP
        file.seek(0)
        stream = gzip.GzipFile(fileobj=file) if is_packed else file
        opened = partial(_unpacked, whole) if whole and is_packed else whole
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if is_packed:
                check_ratio(file.tell(), size, name)
            if opened and size > LARGEST_HELD_TEXT and (beginning or _is_lines(content)):
                beginning = beginning or content.getvalue()[:_CHUNK]
                content = io.BytesIO()
                end = (end + chunk)[-_CHUNK:]
                if isinstance(getattr(stream, "raw", None), io.FileIO):
                    size = stream.seek(max(stream.tell(), stream.seek(0, io.SEEK_END) - _CHUNK))
                continue
            content.write(chunk)
            if opened and size > LARGEST_HELD_TEXT and content.getvalue()[:2] in UTF16:
                as_utf8 = partial(_as_utf8, opened)
                with as_utf8() as text:
                    return read_all(text, name, as_utf8)
            if size > LARGEST:
                raise InputError(
                    f"{name} is larger than {LARGEST:,} bytes unpacked, and no delimited text. "
                    "Keep what is needed, or split it."
                )
    except (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile) as error:
        what = f"is a damaged gzip file: {error}" if is_packed else "is damaged in its archive"
        raise InputError(f"{name} {what}. Fetch it again.") from error
    if beginning and opened:
        # Whole lines, so that they are a table too.
        lines = beginning[: beginning.rfind(b"\n") + 1] + end[end.find(b"\n") + 1 :]
        return Content(lines, whole=opened, size=size)
    return content.getvalue()


def _unpacked(whole: Callable[[], BinaryIO]) -> BinaryIO:
    return cast(BinaryIO, _Unpacked(whole()))


class _Unpacked(gzip.GzipFile):
    """A gzip that closes the file it is in as well."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed)
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


def _as_utf8(whole: Callable[[], BinaryIO]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_AsUtf8(whole()), _CHUNK))


class _AsUtf8(io.RawIOBase):
    """A text in UTF-16, given as UTF-8; it can go back to its beginning."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if offset or whence != io.SEEK_SET:
            raise io.UnsupportedOperation
        self._file.seek(0)
        self._decoder = codecs.getincrementaldecoder("utf-16")()
        self._given, self._ahead = 0, b""
        return 0

    def tell(self) -> int:
        return self._given

    def readinto(self, room: Any) -> int:
        while not self._ahead:
            chunk = self._file.read(_CHUNK)
            try:
                self._ahead = self._decoder.decode(chunk, final=not chunk).encode()
            except UnicodeError as error:
                raise InputError(
                    "The file begins as UTF-16, but is none throughout: it is damaged, or two "
                    "files were joined. Save it as UTF-8."
                ) from error
            if not chunk:
                break
        given = self._ahead[: len(room)]
        room[: len(given)] = given
        self._ahead = self._ahead[len(given) :]
        self._given += len(given)
        return len(given)

    def close(self) -> None:
        super().close()
        self._file.close()


def _is_lines(content: io.BytesIO) -> bool:
    """Tell whether a file begins as a table in text does, and not as an archive, map or page.

    What is no text after all is refused when its lines are read.
    """
    beginning = content.getbuffer()[:_CHUNK].tobytes()
    text = beginning.removeprefix(codecs.BOM_UTF8).lstrip()
    return b"\0" not in beginning and b"\n" in beginning and not text.startswith(_NOT_LINES)


class Archive:
    """A zip file in memory: its members within bounds.

    Parameters
    ----------
    content : bytes
        The zip file.

    Raises
    ------
    InputError
        It is damaged, or has more than `MOST_MEMBERS` members.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            # Some programs of Windows part folders as Windows does.
            named = {info.filename.replace("\\", "/"): info for info in self._zip.infolist()}
            self._members = {name: info for name, info in named.items() if name[-1:] != "/"}
        except _DAMAGED as error:
            raise InputError(
                "The archive or workbook cannot be opened: it is damaged. Fetch it again."
            ) from error
        if len(self._members) > MOST_MEMBERS:
            raise InputError(
                f"The archive has {len(self._members):,} files; at most {MOST_MEMBERS:,} are read."
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, with their folders."""
        return tuple(self._members)

    def open(self, name: str, most: float = LARGEST_SHEET) -> BinaryIO:
        """Open a member to read it bit by bit.

        Raises
        ------
        InputError
            It is missing, protected by a password, too large, or packed more than data are.
        """
        if name not in self._members:
            raise InputError(f"The file lacks its part {name}: it is damaged. Fetch it again.")
        info = self._members[name]
        if info.flag_bits & 1:
            raise InputError(f"{name} is protected by a password: save it without one.")
        check_ratio(info.compress_size, info.file_size, name)
        if info.file_size > most:
            raise InputError(
                f"{name} is larger than {most:,} bytes unpacked, as much as is read of such a part."
            )
        try:
            return self._zip.open(info)  # type: ignore[return-value]
        except _DAMAGED as error:
            raise InputError(
                f"{name} cannot be unpacked: it is damaged. Fetch it again."
            ) from error

    def read(self, name: str) -> bytes:
        """Return a whole member, as `open` does.

        Raises
        ------
        InputError
            As `open`; or the member is damaged.
        """
        with self.open(name, LARGEST_PART) as member:
            return read_on(member, name, LARGEST_PART)


def read_on(member: BinaryIO, name: str, size: int) -> bytes:
    """Return the next bytes of a member of an archive.

    Raises
    ------
    InputError
        The member is damaged.
    """
    try:
        return member.read(size)
    except _DAMAGED as error:
        raise InputError(f"{name} cannot be unpacked: it is damaged. Fetch it again.") from error
