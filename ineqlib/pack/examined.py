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
    Check,
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

_NOTHING_BESIDE = Context(pd.Timestamp.max)
"""What checks are given that ask no other file: what they find is known by the file alone."""


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
        Of each district of a county its county, see `Lookups.county_of`.
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
        """What the rows that are left are known by, if they are.

        The key of the file stands for its dates as well.
        """
        file = self.figured.file
        rows = digest_of([self.left_out, self.renamed])
        return [file.key, rows] if file.key else None


def examined(files: list[FigureFile], around: Around) -> list[Believed]:
    """Make the checks of all files; one whose own figures contradict themselves is left out."""
    besides = _besides(files, around)
    steps = [Step("examined", [f.file], about) for f, about in zip(files, besides, strict=True)]
    outcomes = [step.known() for step in steps]
    unknown = [number for number, outcome in enumerate(outcomes) if not outcome]
    unchecked = _unchecked(files, unknown, around)
    believed = []
    for number, (figured, step, outcome) in enumerate(zip(files, steps, outcomes, strict=True)):
        if not outcome and number not in unchecked:
            continue  # it was refused
        with contained(figured.file.report):
            known = outcome or step.done({}, _checked(unchecked.pop(number), around.history))
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


class _Unchecked(NamedTuple):
    """A file whose checks must be made.

    Parameters
    ----------
    figured
        The file.
    rows
        Those that repeat no other, beside what the file said of them.
    checks
        Those that may doubt one of its rows and ask no other file; none where they are remembered.
    context
        What checks may know besides.
    """

    figured: FigureFile
    rows: pd.DataFrame
    checks: list[Check]
    context: Context


def _unchecked(
    files: list[FigureFile], numbers: list[int], around: Around
) -> dict[int, _Unchecked]:
    """Return files whose checks must be made, by their numbers among all files."""
    if not numbers:
        return {}
    names = {name for number in numbers for name in files[number].summary.ranges}
    shared = [file.rows for file in files if names & file.summary.ranges.keys()]
    counties = county_sums(shared, around.county_of)
    ended = around.history.endings()
    context = Context(around.today, None, around.names, ended, counties)
    rows = {}
    for number in numbers:
        with contained(files[number].file.report):
            rows[number] = _without_repeats(files[number])
    fresh = [number for number in rows if files[number].known is None]
    possible = possible_checks([rows[number] for number in fresh], _NOTHING_BESIDE)
    checks = dict(zip(fresh, possible, strict=True))
    ranges = beside(ranges_of(files), [figured.file.report.name for figured in files])
    return {
        number: _Unchecked(
            files[number],
            of_file,
            checks.get(number, []),
            context._replace(published=ranges.get(number)),
        )
        for number, of_file in rows.items()
    }


def _checked(file: _Unchecked, history: CodeHistory) -> object:
    """Make the checks of a file, and tell its report; return what is kept of it."""
    figured, report = file.figured, file.figured.file.report
    known = figured.known or _found(file)
    result = examine(
        file.rows,
        file.context,
        sheet=figured.file.parsed.attributes.get("sheet", ""),
        accepted=figured.file.accepted,
        checks=[check for check in CHECKS if check.beside],
        known=known.doubts,
    )
    report.set_rows_aside(result.set_aside)
    report.remarks.extend(result.remarks)
    report.findings.extend(result.findings)
    kept = result.kept.reindex(figured.rows.index, fill_value=False).to_numpy(bool)
    left_out = np.flatnonzero(~kept).tolist()
    believed = figured.believed(left_out, history)
    report.rows_kept = len(believed)
    report.indicators = sorted(believed["indicator_id"].unique())
    _, areas = numbered(*(believed[name] for name in _AREA))
    parsed = figured.file.parsed
    table = indicators_of(parsed.frame, figured.catalogue, parsed.source.id)
    indicators = [list(table), table.to_numpy(object).tolist()]
    return [left_out, known.once, _renamed(figured.rows, history), indicators, areas]


def _found(file: _Unchecked) -> Known:
    """Make the checks that ask no other file, and remember what they find."""
    doubts = find_doubts(file.rows, _NOTHING_BESIDE, file.checks)
    once = len(file.rows) >= MANY_ROWS and not repeated(file.rows, KEY).any()
    known = Known(file.figured.repeats, doubts, once)
    remember(file.figured.file.key, known)
    return known


def _renamed(rows: pd.DataFrame, history: CodeHistory) -> list[tuple[str, str]]:
    """Return the codes that are no longer those of their areas, each with the present one."""
    codes = rows["area_code"].drop_duplicates().astype("str")
    pairs = zip(codes, history.renamed(codes), strict=True)
    return [(old, present) for old, present in pairs if old != present]


def _without_repeats(figured: FigureFile) -> pd.DataFrame:
    """Return the rows that repeat no other, beside what the file said of them."""
    said = with_meaning(figured.file.parsed, figured.rows, figured.catalogue)
    if places := figured.repeats:
        again = np.isin(np.arange(len(said)), places)
        aside = set_aside_rows(said[again], REPEATED, "area_code")
        figured.file.report.set_rows_aside([aside])
        said = said[~again]
    return said


def _believed(figured: FigureFile, outcome: Outcome) -> Believed:
    left_out, once, renamed, (columns, rows), areas = outcome.said
    indicators = pd.DataFrame(rows, columns=columns)
    return Believed(figured, left_out, once, renamed, indicators, areas)
