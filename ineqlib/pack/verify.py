"""Whether the tables of a pack are those that were written."""

from collections.abc import Mapping
from pathlib import Path

from ineqlib.errors import PackError
from ineqlib.files import unreadable
from ineqlib.pack.files import sha256
from ineqlib.pack.model import MANIFEST, TableRecord
from ineqlib.pack.row_groups import Written, written

Compared = dict[str, Written]
"""File -> how it was written when its SHA-256 was found to be right."""


def require_inside(folder: Path, tables: Mapping[str, TableRecord]) -> None:
    """Refuse a pack whose files are links to what lies elsewhere.

    Raises
    ------
    PackError
        The message says which, and where it leads.
    """
    names = [MANIFEST, *(file.file for table in tables.values() for file in table.files)]
    for name in (name for name in names if (folder / name).is_symlink()):
        target = (folder / name).resolve()
        if target.parent != folder.resolve():
            raise PackError(
                f"{folder / name} is a link to a file outside the pack ({target}). A pack is read "
                "from its own folder alone: put the file there, or take a fresh copy."
            )


def compare(folder: Path, tables: Mapping[str, TableRecord], compared: Compared) -> None:
    """Compare every table with its SHA-256, unless it has not been written since it was right.

    A worker opens a pack that the process it was forked from has just read; who writes a file
    cannot help leaving another time of change.

    Raises
    ------
    PackError
        A file is missing, cannot be read or has changed; the message says which, and both hashes.
    """
    for name, record in [(name, file) for name, table in tables.items() for file in table.files]:
        file = folder / record.file
        if not file.is_file():
            raise PackError(
                f"The pack at {folder} is incomplete: table '{name}' ({record.file}) is "
                "missing. Build the pack again, or take a fresh copy."
            )
        mark = written(file)
        if compared.get(record.file) == mark:
            continue
        try:
            sha = sha256(file)
        except OSError as error:
            raise PackError(unreadable(file, error)) from error
        if sha != record.sha256:
            raise PackError(
                f"Table '{name}' of the pack at {folder} is not the one that was built: "
                f"{record.file} should have SHA-256 {record.sha256} but has {sha}. "
                "Someone or something changed it; build the pack again, or take a fresh copy."
            )
        compared[record.file] = mark
