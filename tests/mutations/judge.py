"""What a build makes of one damaged file."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import pandas as pd

from ineqlib.pack.build import assemble
from ineqlib.pack.faults import without_culprits
from ineqlib.pack.figures import figures
from ineqlib.pack.geography import CodeHistory, area_changes
from ineqlib.pack.inputs import Input, read_files
from ineqlib.pack.report import FileReport

from .mutations import Mutated
from .table import Seed

TODAY = date(2026, 11, 29)
Outcome = Literal[
    "crash", "rows lost", "refused", "set aside", "warned", "harmless", "changed in silence"
]
CAUGHT: tuple[Outcome, ...] = ("refused", "set aside", "warned")

COMPANION = (
    "area_code,area_name,indicator,period,value\n"
    "E07000243,Stevenage,Parks,2023/24,12\nE06000055,Bedford,Parks,2023/24,13\n"
)
"""A file of figures beside one that has none of its own: a pack needs some."""

_NUMBERS = {
    "observations": ["value", "lower_ci", "upper_ci", "count", "denominator"],
    "small_areas": ["score", "rank", "decile", "population"],
    "area_deprivation": ["average_score", "average_rank", "share_most_deprived"],
}
_KEYS = {
    "observations": [
        *("indicator_id", "area_code", "period_start", "period_end", "sex", "age"),
        *("dimension", "subgroup", "subgroup_order"),
    ],
    "small_areas": ["small_area_code", "index"],
    "area_deprivation": ["area_code", "index"],
}
Figures = dict[tuple[Hashable, ...], float]


@dataclass(frozen=True)
class Built:
    """What came of a file: its reports, and every figure by what it is of."""

    reports: tuple[FileReport, ...]
    figures: Figures

    @property
    def said(self) -> set[str]:
        """Every remark on the file."""
        return {remark for report in self.reports for remark in report.remarks}

    @property
    def set_aside(self) -> int:
        """Rows that do not stay."""
        return sum(report.rows_set_aside for report in self.reports)


class Judge:
    """Builds damaged files and compares what comes of them with the file that was right.

    Parameters
    ----------
    folder
        Where to write them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "companion.csv").write_text(COMPANION, encoding="utf-8")
        self._right: dict[str, Built] = {}

    def judge(self, seed: Seed, mutated: Mutated) -> Outcome:
        """Return what a build makes of a damaged file."""
        right = self.right(seed)
        built = self.build(seed, mutated.content)
        said = built.said - right.said
        if any("ineqlib failed on this file" in remark for remark in said):
            return "crash"
        if any("cannot be accounted for" in remark for remark in said):
            return "rows lost"
        if any(not report.is_read for report in built.reports):
            return "refused"
        if built.set_aside > right.set_aside:
            return "set aside"
        if said:
            return "warned"
        return "harmless" if built.figures.items() <= right.figures.items() else "changed in silence"

    def right(self, seed: Seed) -> Built:
        """Return what comes of a seed as it is."""
        if seed.name not in self._right:
            self._right[seed.name] = self.build(seed, seed.content)
        return self._right[seed.name]

    def build(self, seed: Seed, content: bytes) -> Built:
        """Build from one file; of figures only what is done to figures."""
        name = "file.xlsx" if seed.is_workbook else "file.csv"
        path = self.folder / name
        path.write_bytes(content)
        described = {name: seed.described}
        inputs, reports = read_files(self.folder, [path], described, lambda _: None)
        tables: dict[str, pd.DataFrame] = {}
        if inputs and all(file.parsed.kind == "observations" for file in inputs):
            tables = without_culprits(inputs, _observations)
        elif inputs:
            others, _ = read_files(
                self.folder, [self.folder / "companion.csv"], {}, lambda _: None
            )
            make = partial(assemble, today=pd.Timestamp(TODAY))
            tables, _ = without_culprits([*inputs, *others], make)
        for report in reports:
            report.settle()
        return Built(tuple(reports), _figures(tables))


def _observations(inputs: list[Input]) -> dict[str, pd.DataFrame]:
    history = CodeHistory(area_changes([]))
    return {"observations": figures(inputs, history, pd.Timestamp(TODAY)).rows}


def _figures(tables: dict[str, pd.DataFrame]) -> Figures:
    every: Figures = {}
    for name, table in tables.items():
        kind = "small_area_table" if name.startswith("small_area_") else name
        keys = _KEYS.get(kind, ["small_area_code"] if kind == "small_area_table" else [])
        if not keys:
            continue
        numbers = _NUMBERS.get(kind, [column for column in table if column not in keys])
        indexed = table.set_index(keys)[numbers]
        for column in numbers:
            present = indexed[column].dropna()
            pairs = zip(present.index, present, strict=True)
            every |= {(name, column, key): float(number) for key, number in pairs}
    return every
