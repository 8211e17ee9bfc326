"""Tables that another process writes while the figures are made; a pack takes their files over."""

import shutil
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ineqlib.pack.files import sha256
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.kept import Files, LazyTable
from ineqlib.pack.model import TableRecord
from ineqlib.pack.table_files import write_table


class Ahead(NamedTuple):
    """A table that another process is asked to write.

    Parameters
    ----------
    key
        What its rows were made from.
    folder
        Where it is written.
    record
        What `pack.json` will say of it; None where it could not be written.
    """

    key: str
    folder: Path
    record: Future[Any]

    def taken(self, files: Files, folder: Path) -> TableRecord | None:
        """Move the table into a folder, if it is written or being written and has the same rows."""
        if self.record.cancel() or [table.key for table in files.values()] != [self.key]:
            return None
        if (written := self.record.result()) is None:
            return None
        record = TableRecord.from_json(written)
        (file,) = record.files
        with suppress(OSError):  # somebody has tidied up
            shutil.move(self.folder / file.file, folder / file.file)
            return record if sha256(folder / file.file) == file.sha256 else None
        return None


def write_ahead(tables: Mapping[str, LazyTable], helpers: Helpers) -> dict[str, Ahead]:
    """Have others write some tables, each of one file."""
    if helpers.folder is None:
        return {}
    return {
        name: Ahead(
            table.key,
            helpers.folder,
            helpers.later(_write, partial(_arguments, helpers.folder, name, table)),
        )
        for name, table in tables.items()
        if table.key
    }


def _arguments(folder: Path, name: str, table: LazyTable) -> tuple[Path, str, LazyTable]:
    return folder, name, table


def _write(_send: object, folder: Path, name: str, table: LazyTable) -> dict[str, Any]:
    return asdict(write_table(folder, name, {None: table}, None))
