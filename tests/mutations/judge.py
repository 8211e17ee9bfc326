"""What a build makes of one damaged file."""

import os
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Literal
from unittest.mock import patch

import geopandas as gpd
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
    "boundaries_lad": ["code"],
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
    def is_read(self) -> bool:
        """Whether all of it was read."""
        return all(report.is_read for report in self.reports)

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
        self._right: dict[str, Built] = {}
        self._parsed: dict[str, list[pd.DataFrame]] = {}

    def judge(self, seed: Seed, mutated: Mutated) -> Outcome:
        """Return what a build makes of a damaged file."""
        right = self.right(seed)
        built = self.build(seed, mutated.content)
        if any("ineqlib failed on this file" in remark for remark in built.said):
            return "crash"
        if any("cannot be accounted for" in remark for remark in built.said):
            return "rows lost"
        if right.is_read and not built.is_read:
            return "refused"
        if built.set_aside > right.set_aside:
            return "set aside"
        if built.said - right.said:
            return "warned"
        return (
            "harmless" if built.figures.items() <= right.figures.items() else "changed in silence"
        )

    def right(self, seed: Seed) -> Built:
        """Return what comes of a seed as it is."""
        if seed.name not in self._right:
            right = self.build(seed, seed.content)
            kept = all(report.rows_kept and not report.rows_refused for report in right.reports)
            if kept != seed.is_used:
                raise ValueError(f"the seed '{seed.name}' is not right: {right.said}")
            self._right[seed.name] = right
        return self._right[seed.name]

    def build(self, seed: Seed, content: bytes) -> Built:
        """Build from one file; of figures only what is done to figures."""
        name = f"file.{'csv' if seed.form == 'text' else seed.form}"
        path = self.folder / name
        path.write_bytes(content)
        described = {name: seed.described}
        # The cache of a user may hold much, and is looked through after each build.
        with patch.dict(os.environ, {"XDG_CACHE_HOME": os.devnull}):
            inputs, reports = read_files(self.folder, [path], described, lambda *_: None)
        as_before = self._parsed.setdefault(seed.name, [file.parsed.frame for file in inputs])
        if seed.name in self._right and _same(inputs, as_before):
            return self._right[seed.name]  # what reads the same becomes the same
        tables: dict[str, pd.DataFrame] = {}
        if inputs and all(file.parsed.kind == "observations" for file in inputs):
            tables = without_culprits(inputs, _observations)
        elif inputs:
            tables, _ = without_culprits(inputs, partial(assemble, today=pd.Timestamp(TODAY)))
        for report in reports:
            report.settle()
        return Built(tuple(reports), _figures(tables))


def _same(inputs: list[Input], frames: list[pd.DataFrame]) -> bool:
    """Tell whether tables are read as before, with nothing to say of them."""
    silent = not any(file.report.remarks or file.report.set_aside for file in inputs)
    return (
        silent
        and len(inputs) == len(frames)
        and all(file.parsed.frame.equals(frame) for file, frame in zip(inputs, frames, strict=True))
    )


@cache
def _history() -> CodeHistory:
    return CodeHistory(area_changes([]))


def _observations(inputs: list[Input]) -> dict[str, pd.DataFrame]:
    return {"observations": figures(inputs, _history(), pd.Timestamp(TODAY)).rows}


def _figures(tables: dict[str, pd.DataFrame]) -> Figures:
    every: Figures = {}
    for name, table in tables.items():
        kind = "small_area_table" if name.startswith("small_area_") else name
        keys = _KEYS.get(kind, ["small_area_code"] if kind == "small_area_table" else [])
        if not keys:
            continue
        # Where a shape lies, to the metre, is its number.
        is_map = isinstance(table, gpd.GeoDataFrame)
        plain = table[keys].join(table.bounds.round()) if is_map else table
        numbers = _NUMBERS.get(kind, [column for column in plain if column not in keys])
        indexed = plain.set_index(keys)[numbers]
        for column in numbers:
            present = indexed[column].dropna()
            pairs = zip(present.index, present, strict=True)
            every |= {(name, column, key): float(number) for key, number in pairs}
    return every
