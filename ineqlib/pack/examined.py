"""Which rows of each file of figures are believed; asked again where others come beside them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.observations import KEY
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.faults import contained
from ineqlib.pack.figure_files import FigureFile, Known, ranges_of
from ineqlib.pack.files import digest_of
from ineqlib.pack.kept import remember
from ineqlib.pack.merge_reasons import REPEATED
from ineqlib.pack.stages import Outcome, Step
from ineqlib.sources.memory import MANY_ROWS, give_back_memory
from ineqlib.sources.plausible import (
    CHECKS,
    Context,
    Names,
    beside,
    county_sums,
    examine,
    find_doubts,
    possible_checks,
    with_meaning,
)
from ineqlib.sources.resolve import indicators_of
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.texts import numbered, repeated

_AREA = ("area_code", "area_name", "area_type")


@dataclass(frozen=True)
class Around:
    """What figures are held against besides the other figures.

    Parameters
    ----------
    history
        Codes of areas then and now.
    today
        After which no figure can be.
    names
        What all files call areas.
    county_of
        Of each district of a county its county, see `districts_of_counties`.
    """

    history: CodeHistory
    today: pd.Timestamp
    names: Names
    county_of: dict[str, str]


class Believed(NamedTuple):
    """A file after the checks.

    Parameters
    ----------
    figured
        The file.
    left_out
        The places of rows that are not believed, or repeat others.
    once
        Whether a large file is known to give each of its figures once.
    renamed
        Its codes that are no longer those of their areas, each with the present one.
    indicators
        See `indicators_of`.
    areas
        Present code, name and type of each of its areas, first come first.
    """

    figured: FigureFile
    left_out: list[int]
    once: bool
    renamed: list[list[str]]
    indicators: pd.DataFrame
    areas: list[tuple[str, str, str]]

    @property
    def identity(self) -> list[str] | None:
        """What the rows that are left, and the dates of the file, are known by; if they are."""
        file = self.figured.file
        rows = digest_of([self.left_out, self.renamed])
        return [file.key, str(file.edition), rows] if file.key else None


def examined(files: list[FigureFile], around: Around) -> list[Believed]:
    """Make the checks of all files; one whose own figures contradict themselves is left out."""
    besides = _besides(files, around)
    steps = [Step("examined", [f.file], about) for f, about in zip(files, besides, strict=True)]
    outcomes = [step.known() for step in steps]
    checked = _Checked(files, [n for n, outcome in enumerate(outcomes) if not outcome], around)
    believed = []
    for number, (figured, step, outcome) in enumerate(zip(files, steps, outcomes, strict=True)):
        with contained(figured.file.report):
            known = outcome or step.done({}, checked.said_of(number))
            believed.append(_believed(figured, known))
        give_back_memory(figured.file.rows)
    return believed


def _besides(files: list[FigureFile], around: Around) -> list[object]:
    """Return of each file what decides besides it which of its rows are believed.

    The figures of other files for its indicators, and the names that others give its areas.
    """
    givers: dict[str, list[str]] = defaultdict(list)
    for figured in files:
        for name in figured.summary.ranges:
            givers[name].append(figured.file.key)
    today = str(around.today.date())
    for_all = [around.history.key, sorted(around.county_of.items())]
    besides: list[object] = []
    for figured in files:
        mine = figured.summary
        keys = {name: sorted(givers[name]) for name in mine.ranges if len(givers[name]) > 1}
        names = around.names.told(figured.areas.names, everywhere=mine.is_own)
        to_come = today if mine.last_day > today else ""
        is_known = all(key for others in keys.values() for key in others)
        besides.append([*for_all, keys, names, to_come] if is_known else None)
    return besides


class _Checked:
    """Files whose checks must be made, and what is held against them."""

    def __init__(self, files: list[FigureFile], numbers: list[int], around: Around) -> None:
        self._files, self._history = files, around.history
        self._ranges = beside(ranges_of(files)) if numbers else {}
        names = {name for number in numbers for name in files[number].summary.ranges}
        shared = [file.rows for file in files if names & file.summary.ranges.keys()]
        counties = county_sums(shared, around.county_of)
        ended = around.history.endings() if numbers else {}
        self._context = Context(around.today, None, around.names, ended, counties)
        self._rows = {}
        for number in numbers:
            with contained(files[number].file.report):
                self._rows[number] = _without_repeats(files[number])
        fresh = [number for number in self._rows if files[number].known is None]
        possible = possible_checks([self._rows[number] for number in fresh], self._context)
        self._checks = dict(zip(fresh, possible, strict=True))

    def said_of(self, number: int) -> object:
        """Examine a file, and tell its report; return what is kept of it."""
        figured, rows = self._files[number], self._rows.pop(number)
        known = figured.known or self._find(number, rows)
        file = figured.file
        result = examine(
            rows,
            self._context._replace(published=self._ranges.get(number)),
            sheet=file.parsed.attributes.get("sheet", ""),
            accepted=file.accepted,
            checks=[check for check in CHECKS if check.beside],
            known=known.doubts,
        )
        file.report.set_rows_aside(result.set_aside)
        file.report.remarks.extend(result.remarks)
        file.report.findings.extend(result.findings)
        kept = result.kept.reindex(figured.rows.index, fill_value=False).to_numpy(bool)
        left_out = np.flatnonzero(~kept).tolist()
        believed = figured.believed(left_out, self._history)
        file.report.rows_kept = len(believed)
        file.report.indicators = sorted(believed["indicator_id"].unique())
        _, areas = numbered(*(believed[name] for name in _AREA))
        table = indicators_of(file.parsed.frame, figured.catalogue, file.parsed.source.id)
        indicators = [list(table), table.to_numpy(object).tolist()]
        return [left_out, known.once, self._renamed(figured.rows), indicators, areas]

    def _renamed(self, rows: pd.DataFrame) -> list[tuple[str, str]]:
        codes = rows["area_code"].drop_duplicates().astype("str")
        pairs = zip(codes, self._history.renamed(codes), strict=True)
        return [(old, present) for old, present in pairs if old != present]

    def _find(self, number: int, rows: pd.DataFrame) -> Known:
        """Make the checks that ask no other file, and remember what they find."""
        figured = self._files[number]
        doubts = find_doubts(rows, self._context, self._checks[number])
        once = len(rows) >= MANY_ROWS and not repeated(rows, KEY).any()
        known = Known(figured.repeats(), doubts, once)
        remember(figured.file.key, known)
        return known


def _without_repeats(figured: FigureFile) -> pd.DataFrame:
    """Return the rows that repeat no other, beside what the file said of them."""
    said = with_meaning(figured.file.parsed, figured.rows, figured.catalogue)
    if places := figured.repeats():
        again = np.isin(np.arange(len(said)), places)
        aside = set_aside_rows(said[again], REPEATED, "area_code")
        figured.file.report.set_rows_aside([aside])
        said = said[~again]
    return said


def _believed(figured: FigureFile, outcome: Outcome) -> Believed:
    left_out, once, renamed, (columns, rows), areas = outcome.said
    indicators = pd.DataFrame(rows, columns=columns)
    return Believed(figured, left_out, once, renamed, indicators, areas)
