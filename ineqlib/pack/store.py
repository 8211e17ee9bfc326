"""What is in a pack's folder, read when it is asked for, and what was read."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from ineqlib.errors import PackError, listed, nearest
from ineqlib.pack.contract import cannot_be_read, read_through, require_tables
from ineqlib.pack.files import (
    ABOUT,
    PARTS,
    Filters,
    Read,
    columns_of,
    digest_of,
    digests_of,
    read_rows,
    reads_of,
    record_reads,
)
from ineqlib.pack.model import MANIFEST, PackMeta
from ineqlib.pack.report import BuildReport, FileReport
from ineqlib.pack.row_groups import Written, whole_file
from ineqlib.pack.verify import Compared, compare

T = TypeVar("T")
RECENT = 24
"""How much of what was made last a pack keeps."""


class Common:
    """What is the same whoever opens a pack, kept while the process lives and forked with it."""

    def __init__(self) -> None:
        self.shared: dict[Hashable, tuple[Any, frozenset[Read]]] = {}
        self.digests: dict[str, dict[str, str]] = {}
        self.compared: Compared = {}
        self.checked: Compared = {}
        self.report: BuildReport | None = None
        self.in_memory: dict[tuple[Path, Written], pa.Table] = {}


class PackFiles:
    """The files of a frozen pack: read when asked for, shared, and told by their digests.

    Parameters
    ----------
    path
        Folder of the pack.
    meta
        What its `pack.json` says.
    common
        What others who opened the same pack have made already; None for a pack of its own.

    Attributes
    ----------
    reads
        What has been read through this object, from disk or from what is kept in common.
    """

    def __init__(self, path: Path, meta: PackMeta, common: Common | None = None) -> None:
        self.path = path
        self.meta = meta
        self.reads = {ABOUT}
        self._common = common or Common()
        # A cache of this object: one of its class would keep every pack that was ever opened.
        self._recent = lru_cache(RECENT)(self._make)

    def __repr__(self) -> str:
        return f"<Pack '{self.title}' at {self.path}, {len(self.meta.tables)} tables>"

    @property
    def title(self) -> str:
        """Title as a briefing prints it."""
        return self.meta.title

    @property
    def fictional(self) -> bool:
        """Whether areas and figures are made up."""
        return self.meta.fictional

    @property
    def report(self) -> BuildReport:
        """What its build did with every file."""
        if self._common.report is None:
            meta = self.meta
            self._common.report = BuildReport.from_json(self.path, meta.inputs, meta.remarks)
        return self._common.report

    def _whole(self, table: str) -> pd.DataFrame:
        # Who changes a shallow copy changes nobody else's: pandas copies on write.
        return self.shared(PackFiles.table, table).copy(deep=False)

    def shared(self, make: Callable[..., T], *args: Hashable) -> T:
        """Return ``make(pack, *args)``, made once for all who open this pack in this process.

        What is made must not depend on one area, must not read later, and must not be changed. What
        `make` read counts as read by everyone who asks for it.
        """
        key = (make, args)
        if key not in self._common.shared:
            reader = type(self)(self.path, self.meta, self._common)
            self._common.shared[key] = (make(reader, *args), frozenset(reader.reads))
        value: T
        value, reads = self._common.shared[key]
        self._note(reads)
        return value

    def recent(self, make: Callable[..., T], *args: Hashable) -> T:
        """Return ``make(pack, *args)``, kept while it is among the latest and this pack is there.

        For what depends on one area, or reads later. It must not be changed.
        """
        value: T = self._recent(make, *args)
        return value

    def _make(self, make: Callable[..., T], *args: Hashable) -> T:
        return make(self, *args)

    def _note(self, reads: Iterable[Read]) -> None:
        self.reads.update(reads)
        record_reads(reads)

    @property
    def id(self) -> str:
        """Digest of all there is in the pack: two with the same id have the same rows, in order."""
        tables = {name: self._digests(name)[""] for name in sorted(self.meta.tables)}
        return digest_of([self.digest(ABOUT), tables])

    def files_of(self, indicator: str, source: str) -> tuple[FileReport, ...]:
        """Return the files of a source that gave figures of an indicator, as the build noted."""
        self._note([Read(MANIFEST, indicator)])
        return tuple(
            file
            for file in self.report.files
            if file.rows_kept and file.source == source and indicator in file.indicators
        )

    def digest(self, read: Read) -> str | None:
        """Return the SHA-256 of what a read reads in this pack; None where that does not exist.

        Equal digests mean equal content, whenever and wherever two packs were built.
        """
        if read == ABOUT:
            return digest_of([self.title, self.fictional, self.meta.vintage])
        table, part = read
        if table == MANIFEST:
            known = self._common.digests.setdefault(MANIFEST, {})
            if part not in known:
                files = [file for file in self.report.files if part in file.indicators]
                known[part] = digest_of(
                    [(file.name, file.day, bool(file.rows_kept)) for file in files]
                )
            return known[part]
        return self._digests(table).get(part) if table in self.meta.tables else None

    def _digests(self, table: str) -> dict[str, str]:
        if table not in self._common.digests:
            self._common.digests[table] = digests_of(self.meta.tables[table])
        return self._common.digests[table]

    def verify(self) -> None:
        """Compare every table with the SHA-256 written when the pack was made, and its columns.

        Raises
        ------
        PackError
            A file is missing or has changed, or is not a table of its name; the message says which.
        """
        compare(self.path, self.meta.tables, self._common.compared)
        require_tables(self.path, self.meta.tables, self._common.checked)

    def read_through(self) -> None:
        """Read every cell there is, as a check that all can be.

        Raises
        ------
        PackError
            A table cannot be read; the message says which.
        """
        read_through(self.path, self.meta.tables)

    def hold(self) -> None:
        """Hold in memory, for all forked from this process, what each of them reads a part of."""
        for table in PARTS.keys() & self.meta.tables.keys():
            files = (self.path / file for file in self.meta.tables[table].starts)
            self._common.in_memory.update(map(whole_file, files))

    def has(self, table: str) -> bool:
        """Tell whether the pack has a table; to have asked for one in vain is to have read it."""
        if table not in self.meta.tables:
            self._note([Read(table)])
        return table in self.meta.tables

    def columns(self, table: str) -> list[str]:
        """Return the columns of a table, which all its files have."""
        return columns_of(self.path / next(iter(self.meta.tables[table].starts)))

    def table(self, name: str, filters: Filters = None, columns: list[str] | None = None) -> Any:
        """Read a table, or the rows that pass pyarrow `filters`, or some columns, from disk.

        Raises
        ------
        PackError
            The pack has no such table, or its file is damaged.
        """
        if not self.has(name):
            raise PackError(
                f"The pack '{self.title}' has no table '{name}'; it has "
                f"{listed(self.meta.tables, 30)}.{nearest(name, self.meta.tables)}"
            )
        self._note(reads_of(name, filters))
        starts = self.meta.tables[name].starts
        try:
            files = {self.path / file: at for file, at in starts.items()}
            return read_rows(files, filters, columns, self._common.in_memory)
        except (pa.ArrowException, OSError) as error:
            raise cannot_be_read(self.path, name, error) from error
