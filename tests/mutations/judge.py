"""What a build makes of one damaged file."""

import os
from collections.abc import Hashable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Literal
from unittest.mock import patch

import geopandas as gpd
import pandas as pd

from ineqlib import observations as contract
from ineqlib.pack.assemble import assemble
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.examined import Around
from ineqlib.pack.faults import without_culprits
from ineqlib.pack.figures import figures
from ineqlib.pack.file_areas import areas_of
from ineqlib.pack.geography import area_changes
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.inputs import Input
from ineqlib.pack.reading import read_files
from ineqlib.pack.report import FileReport
from ineqlib.sources.plausible import Names
from ineqlib.sources.texts import stacked

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
Read = tuple[list[Input], list[FileReport]]


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
        self._as_read: dict[str, Read] = {}

    def judge(self, seed: Seed, mutated: Mutated) -> Outcome:
        """Return what a build makes of a damaged file."""
        read = self._read(seed, mutated.content)
        # What is refused as soon as it is read needs nothing to be compared with.
        right = self.right(seed) if read[0] else Built((), {})
        if read[0] and _same(read, self._as_read[seed.name]):
            return "harmless"
        built = _built(*read)
        if failure := _failure(built):
            return failure
        if not built.is_read:
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
            read = self._as_read[seed.name] = self._read(seed, seed.content)
            right = _built(*read)
            kept = all(report.rows_kept and not report.rows_refused for report in right.reports)
            if kept != seed.is_used:
                raise ValueError(f"the seed '{seed.name}' is not right: {right.said}")
            self._right[seed.name] = right
        return self._right[seed.name]

    def _read(self, seed: Seed, content: bytes) -> Read:
        name = f"file.{'csv' if seed.form == 'text' else seed.form}"
        path = self.folder / name
        path.write_bytes(content)
        with _nothing_kept():
            return read_files(self.folder, [path], {name: seed.described}, lambda *_: None)


def _nothing_kept() -> AbstractContextManager[object]:
    """Leave the cache of a user, which may hold much, as it is."""
    return patch("platformdirs.user_cache_path", lambda *_, **__: Path(os.devnull))


def _built(inputs: list[Input], reports: list[FileReport]) -> Built:
    """Build from what was read; of figures only what is done to figures."""
    tables: dict[str, pd.DataFrame] = {}
    with _nothing_kept():
        if inputs and all(file.parsed.kind == "observations" for file in inputs):
            tables = without_culprits(inputs, _observations)
        elif inputs:
            made = without_culprits(inputs, partial(assemble, today=pd.Timestamp(TODAY)))
            tables = made.whole_tables()
    for report in reports:
        report.settle()
    return Built(tuple(reports), _figures(tables))


def _failure(built: Built) -> Outcome | None:
    if any("ineqlib failed on this file" in remark for remark in built.said):
        return "crash"
    return "rows lost" if any("cannot be accounted" in remark for remark in built.said) else None


def _same(read: Read, right: Read) -> bool:
    """Tell whether a file is read as the right one, row by row, with nothing to say of it."""
    (files, reports), (others, as_before) = read, right
    return (
        not any(report.remarks or report.set_aside for report in reports)
        and len(files) == len(others)
        and [report.rows_read for report in reports] == [report.rows_read for report in as_before]
        and all(
            file.parsed.frame.equals(other.parsed.frame)
            for file, other in zip(files, others, strict=True)
        )
    )


@cache
def _history() -> CodeHistory:
    return CodeHistory(area_changes([], pd.Timestamp(date.today())))


def _observations(inputs: list[Input]) -> dict[str, pd.DataFrame]:
    places = [areas_of(file) for file in inputs]
    names = Names(areas.names for areas in places)
    around = Around(_history(), pd.Timestamp(TODAY), names, {})
    made = figures([*zip(inputs, places, strict=True)], around, Helpers())
    shares = made.shares.values()
    return {"observations": stacked([contract.empty(), *(share.rows.read() for share in shares)])}


def _figures(tables: dict[str, pd.DataFrame]) -> Figures:
    every: Figures = {}
    for name, table in tables.items():
        is_of_neighbourhoods = name not in _KEYS and "small_area_code" in table
        kind = "small_area_table" if is_of_neighbourhoods else name
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
