"""What is packed: gzip and zip files, unpacked within bounds."""

import gzip
import io
import struct
import zipfile
import zlib
from typing import BinaryIO

from ineqlib.errors import InputError
from ineqlib.sources.reading.limits import (
    LARGEST,
    LARGEST_PART,
    LARGEST_SHEET,
    MOST_MEMBERS,
    check_ratio,
)

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"

_CHUNK = 1 << 20
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""What the standard library raises over damaged, encrypted or odd archives."""


def read_all(file: BinaryIO, name: str) -> bytes:
    """Return the bytes of a file; gzip is unpacked, whether or not the name says so.

    Raises
    ------
    InputError
        A broken gzip, one that unpacks to far more than data do, or more than `LARGEST` bytes.
    """
    is_packed = file.read(2) == GZIP
    file.seek(0)
    stream = gzip.GzipFile(fileobj=file) if is_packed else file
    content = io.BytesIO()
    try:
        while chunk := stream.read(_CHUNK):
            content.write(chunk)
            if is_packed:
                check_ratio(file.tell(), content.tell(), name)
            if content.tell() > LARGEST:
                raise InputError(
                    f"{name} is larger than {LARGEST:,} bytes unpacked. Keep the rows that are "
                    "needed, or split it."
                )
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{name} is a damaged gzip file: {error}. Fetch it again.") from error
    return content.getvalue()


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
            self._members = {
                info.filename: info for info in self._zip.infolist() if not info.is_dir()
            }
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

    def open(self, name: str, most: int = LARGEST_SHEET) -> BinaryIO:
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
            raise InputError(f"{name} is larger than {most:,} bytes unpacked.")
        try:
            return self._zip.open(info)  # type: ignore[return-value]
        except _DAMAGED as error:
            raise InputError(
                f"{name} cannot be unpacked: it is damaged. Fetch it again."
            ) from error

    def read(self, name: str, most: int = LARGEST_PART) -> bytes:
        """Return a whole member, as `open` does.

        Raises
        ------
        InputError
            As `open`; or the member is damaged.
        """
        with self.open(name, most) as member:
            return read_on(member, name, most)


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
