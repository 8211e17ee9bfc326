"""Proving a table in delimited text whole."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from ineqlib.errors import listed
from ineqlib.sources.csv_text import with_nearest
from ineqlib.sources.proof.model import (
    NotWhole,
    Proof,
    asked_and_got,
    encoding_of_answer,
    read_json,
    refuse_no_text,
)
from ineqlib.text import plural


@dataclass(frozen=True)
class Asked:
    """What a column must hold: the ids, areas or periods that were asked."""

    column: str
    values: tuple[str, ...]
    what: str
    """One of them in words, such as ``"indicator id"``."""
    others: bool = False
    """Whether others may come besides, such as England's rows beside those of districts."""


@dataclass(frozen=True)
class Counted:
    """A column that tells in each row how many rows there are in all, and which part this is."""

    column: str
    offset: int = 0
    most: int = 0
    """Rows of a part; 0 where the answer is not in parts."""

    def rows_of(self, total: int) -> int:
        """Return how many rows this part of so many must have."""
        left = max(0, total - self.offset)
        return min(left, self.most) if self.most else left


@dataclass(frozen=True)
class WholeTable:
    """A table that is whole: its columns, what it is about, its rows, each figure once."""

    columns: tuple[str, ...]
    """Columns without which it cannot be read."""
    known: tuple[str, ...] = ()
    """Others that are known, as patterns (``Compared to *``); a column besides is remarked on."""
    asked: tuple[Asked, ...] = ()
    counted: Counted | None = None
    keys: tuple[str, ...] = ()
    """Columns that together name a figure."""
    figures: tuple[str, ...] = ()
    """Columns that a figure named twice must have the same in both rows."""
    short_by: int = 0
    """How many cells all rows may lack on the right, as a genuine file of Fingertips does."""
    ends_in_newline: bool = True
    """Whether the publisher ends the last row as it ends the others."""

    @property
    def shows_its_end(self) -> bool:
        """Only a table that counts its rows is seen to be cut between two of them."""
        return self.counted is not None

    def prove(self, content: bytes) -> Proof:
        """Prove the table whole."""
        refuse_no_text(content)
        if content.lstrip()[:1] in (b"{", b"["):
            read_json(content)
            raise NotWhole("JSON came in place of a table")
        if self.ends_in_newline and not content.rstrip(b"\0").endswith((b"\n", b"\r")):
            last = content.count(b"\n") + 1
            raise NotWhole(f"line {last:,} is cut short: the answer ends in it", may_pass=True)
        rows = _rows(content)
        header = tuple(name.strip() for name in next(rows))
        new = self._prove_header(header)
        seen = _Seen(self, header)
        for number, row in enumerate(rows, 2):
            seen.take(number, row)
        proved, remarks = seen.conclude()
        news = f"{plural(len(new), 'new column')}, not read: {listed(new)}" if new else ""
        return Proof(proved, tuple(words for words in (news, *remarks) if words))

    def _prove_header(self, header: tuple[str, ...]) -> list[str]:
        """Refuse a header without the columns needed; return those that are new."""
        missing = [name for name in self.columns if name not in header]
        if missing:
            raise NotWhole(
                f"{plural(len(missing), 'column')} missing: {with_nearest(missing, list(header))}. "
                f"Found: {listed(header, most=30)}. The publisher has changed its layout: report "
                "it, and download the file by hand"
            )
        if not self.known:
            return []
        return [
            name
            for name in header
            if name not in self.columns and not any(fnmatchcase(name, p) for p in self.known)
        ]


def _rows(content: bytes) -> Iterator[list[str]]:
    """Give the rows of a table that are not blank; the whole is not decoded at once."""
    file = io.BytesIO(content)
    text = io.TextIOWrapper(file, encoding_of_answer(file), newline="")
    reader = csv.reader(text, strict=True)
    try:
        for row in reader:
            if row:
                yield row
    except csv.Error as error:
        raise NotWhole(
            f"line {reader.line_num:,} is cut short or damaged ({error})", may_pass=True
        ) from error


@dataclass
class _Seen:
    """What one pass over the rows gathers."""

    table: WholeTable
    header: tuple[str, ...]
    rows: int = 0
    width: int = 0
    values: dict[str, set[str]] = field(default_factory=dict)
    totals: set[str] = field(default_factory=set)
    distinct: set[int] = field(default_factory=set)
    """Hashes of rows: the rows themselves would be held twice."""
    named: dict[int, int] = field(default_factory=dict)
    repeated: int = 0

    def __post_init__(self) -> None:
        at = {name: place for place, name in enumerate(self.header)}
        needed = max((at[name] + 1 for name in self.table.columns), default=0)
        self.fewest = max(needed, len(self.header) - self.table.short_by)
        self.places = [(at[asked.column], asked.column) for asked in self.table.asked]
        self.keys = [at[name] for name in self.table.keys]
        self.figures = [at[name] for name in self.table.figures]
        self.count = at[self.table.counted.column] if self.table.counted else -1
        self.values = {column: set() for _, column in self.places}

    def take(self, number: int, row: list[str]) -> None:
        """Look at one row."""
        self.width = self.width or len(row)
        if len(row) != self.width or not self.fewest <= len(row) <= len(self.header):
            raise NotWhole(
                f"row {number:,} has {plural(len(row), 'cell')}, where the header has "
                f"{len(self.header)} and the rows before it {self.width}: it is cut short, or "
                "damaged",
                may_pass=True,
            )
        self.rows += 1
        for place, column in self.places:
            self.values[column].add(row[place].strip())
        if self.count >= 0:
            self.totals.add(row[self.count])
            self.distinct.add(hash(tuple(row)))
        if self.keys:
            name = hash(tuple(row[place] for place in self.keys))
            figures = hash(tuple(row[place] for place in self.figures))
            if self.named.setdefault(name, figures) != figures:
                which = ", ".join(row[place] for place in self.keys if row[place])
                raise NotWhole(
                    f"row {number:,} gives a figure a second time, and not as before: {which}",
                    may_pass=True,
                )
            self.repeated = self.rows - len(self.named)

    def conclude(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Prove what only all rows together show."""
        if not self.rows:
            raise NotWhole("the answer has a header and no rows", may_pass=True)
        proved = []
        if self.table.counted:
            proved.append(self._counted(self.table.counted))
        for asked in self.table.asked:
            got = self.values[asked.column]
            proved.append(asked_and_got(asked.what, asked.values, got, others=asked.others))
        proved.append(f"{self.rows:,} whole rows")
        repeated = f"{plural(self.repeated, 'row')} repeated, with the same figures"
        return tuple(proved), (repeated,) * bool(self.repeated)

    def _counted(self, counted: Counted) -> str:
        if len(self.totals) != 1 or not next(iter(self.totals)).isdigit():
            raise NotWhole(
                f"{counted.column} should be one number in all rows, and is "
                f"{listed(sorted(self.totals))}",
                may_pass=True,
            )
        total = int(next(iter(self.totals)))
        expected, got = counted.rows_of(total), len(self.distinct)
        if got != expected:
            twice = f" ({self.rows - got:,} came twice)" if got != self.rows else ""
            raise NotWhole(
                f"{got:,} of {expected:,} rows came{twice}: the service counts {total:,} in all "
                f"({counted.column})",
                may_pass=True,
            )
        return f"{got:,} of {expected:,} rows counted by the service"
