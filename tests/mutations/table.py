"""A small table that is to be damaged, and how it is written as a file."""

import csv
import io
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from ..sources import made_workbooks

Form = Literal["text", "zip", "xlsx", "ods", "xls"]


@dataclass(frozen=True)
class Roles:
    """Which columns of a layout mean what; empty where it has none."""

    value: str = ""
    lower: str = ""
    upper: str = ""
    count: str = ""
    denominator: str = ""
    period: str = ""
    code: str = ""
    name: str = ""
    sex: str = ""
    group: str = ""
    order: str = ""
    second: str = ""
    """Another value in the same row."""


@dataclass(frozen=True)
class Seed:
    """A file in one publisher's layout, all of it right.

    Parameters
    ----------
    name, layout
        Of the seed, and of the layout as `ineqlib.sources.recognise.LAYOUTS` has it.
    columns, rows
        Its table; empty where `text` holds a file that is none.
    multiplier
        What the value is of count / denominator; 0 where it is not their quotient.
    range
        Between which numbers a value must lie.
    described
        What its description states.
    form
        As what kind of file it is written.
    above
        Lines of text above the columns.
    text
        The file, where it is no table: a map, or an answer of a service.
    is_used
        Whether a build keeps anything of it; some layouts are known so that they can be refused.
    """

    name: str
    layout: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    roles: Roles = Roles()
    multiplier: float = 0.0
    range: tuple[float, float] = (0.0, float("inf"))
    described: dict[str, str] = field(default_factory=dict)
    form: Form = "text"
    above: str = ""
    text: bytes = b""
    is_used: bool = True

    @cached_property
    def content(self) -> bytes:
        """The file."""
        return self.text or written(self)

    @cached_property
    def is_binary(self) -> bool:
        """Whether it is a workbook, an archive or a database, of which no byte is a letter."""
        return self.form != "text" or b"\0" in self.text

    @property
    def is_plain(self) -> bool:
        """Whether it is a table as delimited text."""
        return self.form == "text" and not self.text

    def at(self, role: str) -> int:
        """The place of the column of a role; -1 where there is none."""
        column = getattr(self.roles, role)
        return self.columns.index(column) if column in self.columns else -1

    def having(self, *roles: str) -> list[str]:
        """Those of the roles that the table has a column for."""
        return [role for role in roles if self.at(role) >= 0]

    def with_cells(self, cells: dict[tuple[int, int], str]) -> "Seed":
        """The table with other texts at (row, column)."""
        rows = [list(row) for row in self.rows]
        for (row, column), text in cells.items():
            rows[row][column] = text
        return self.with_rows(rows)

    def with_rows(self, rows: list[list[str]] | list[tuple[str, ...]]) -> "Seed":
        """The table with other rows."""
        return replace(self, rows=tuple(map(tuple, rows)))


def written(seed: Seed, separator: str = ",") -> bytes:
    """Write a table as a file: UTF-8, a comma between cells, or the archive or workbook it is."""
    if seed.form in ("text", "zip"):
        file = io.StringIO(newline="")
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerow(seed.columns)
        writer.writerows(seed.rows)
        text = (seed.above + file.getvalue()).encode()
        return made_workbooks.zipped({"table.csv": text}) if seed.form == "zip" else text
    cells = [[number(cell) if _is_number(cell) else cell for cell in row] for row in seed.rows]
    if seed.form == "xlsx":
        return made_workbooks.saved(seed.columns, *cells)
    if seed.form == "xls":
        return made_workbooks.xls(seed.columns, *cells)
    as_ods = [
        [made_workbooks.ods_number(cell) if isinstance(cell, float) else cell for cell in row]
        for row in cells
    ]
    return made_workbooks.ods(seed.columns, *as_ods)


def number(text: str) -> float:
    """The number that a cell holds; not a number where it holds none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _is_number(text: str) -> bool:
    return number(text) == number(text)
