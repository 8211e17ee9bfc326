"""What questions read of a pack: as a briefing reads it, but of one indicator."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ineqlib.catalogue import MARMOT, Indicator, load_indicator_set
from ineqlib.errors import NoFigures, ParameterError, listed
from ineqlib.facts.comparisons import Comparison, compare_newest
from ineqlib.facts.fact import Fact, derived
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.rows import Row, read_rows
from ineqlib.facts.series import Series, one_definition, series_shown
from ineqlib.observations import SEXES
from ineqlib.pack import Area, Pack
from ineqlib.questions.names import period_of
from ineqlib.text import with_unit


def profile_of(pack: Pack, code: str, indicator: Indicator | None = None) -> Profile:
    """Read an area as its briefing does; of an indicator no briefing shows, that one alone."""
    if indicator is None or indicator.id in load_indicator_set(MARMOT):
        # Of a series without intervals, the noise is told by all that a briefing shows.
        return pack.recent(read_profile, code)
    profile = read_profile(pack, code, indicator_set=[])
    return replace(profile, indicators=(indicator,))


def series_of(
    profile: Profile, indicator: Indicator, sex: str | None, age: str | None = None
) -> list[Series]:
    """Return the series of one indicator that a briefing shows, or those of a sex or age."""
    rows = [row for row in profile.totals if row.indicator_id == indicator.id]
    if not rows:
        return []
    if sex is None and age is None:
        return [series for series in series_shown(profile) if series.indicator.id == indicator.id]
    asked = replace(indicator, age=age) if age is not None else indicator
    if age is not None:
        rows = _having(rows, "age", age, indicator)
    rows = one_definition(rows, asked)
    if sex is not None:
        rows = _having(rows, "sex", sex, indicator)
    sexes = list(dict.fromkeys(row.sex for row in rows))
    return [
        Series(indicator, whose, own[0].age, own[0].months, own)
        for whose in (["Persons"] if "Persons" in sexes else sexes)
        if (own := tuple(row for row in rows if row.sex == whose))
    ]


def _having(rows: list[Row], what: str, value: str, indicator: Indicator) -> list[Row]:
    chosen = [row for row in rows if getattr(row, what) == value]
    if not chosen:
        there = listed(dict.fromkeys(f"'{getattr(row, what)}'" for row in rows), 20)
        raise ParameterError(
            f"{indicator.public_name} ({indicator.id}) has no figures with {what} '{value}'. It "
            f"has {there}."
        )
    return chosen


def until(series: Series, period: str | int | None) -> Series:
    """Return a series up to a period, which then is its newest; whole without one."""
    if period is None:
        return series
    label = period_of(series.rows, period)
    end = max(row.period_end for row in series.rows if row.period == label)
    return replace(series, rows=tuple(row for row in series.rows if row.period_end <= end))


def comparison_of(profile: Profile, series: Series) -> Comparison | None:
    """Compare the newest figure of one series; None where the area has none."""
    id = series.indicator.id
    others = [shown for shown in series_shown(profile) if shown.indicator.id != id]
    comparisons = compare_newest(profile, [*others, series], only={id})
    return comparisons[0] if comparisons else None


def number_with_figure(first: Fact, prefix: str, number: int, called: str) -> Fact:
    """Return how many areas have a figure: `first` is one of theirs, `called` what they all are."""
    method = f"{called} with a figure"
    return derived(first, prefix, number, decimals=0, unit="", rows=(), method=method)


def rows_of_all(pack: Pack, indicator_id: str, codes: frozenset[str]) -> tuple[Row, ...]:
    """Return the rows of one indicator in many areas, oldest first, groups of people left out."""
    return pack.recent(_rows_of_all, indicator_id, codes)


def _rows_of_all(pack: Pack, indicator_id: str, codes: frozenset[str]) -> tuple[Row, ...]:
    rows = read_rows(pack, (indicator_id,), *((code, "area") for code in sorted(codes)))
    whole = [row for row in rows if not row.dimension]
    return tuple(sorted(whole, key=lambda row: (row.period_start, row.period_end)))


def figures_of(
    pack: Pack,
    indicator: Indicator,
    areas: Sequence[Area],
    sex: str | None,
    period: str | int | None,
) -> dict[str, Row]:
    """Return each area's row of one period, by code: the newest with figures, or the one asked for.

    Of an indicator published for men and women apart, the rows are those of the sex that a briefing
    names first.
    """
    rows = _known(pack, indicator, areas)
    if not rows:
        raise NoFigures(
            f"None of the {len(areas)} areas has figures of {indicator.public_name} "
            f"({indicator.id}) in the pack '{pack.title}'."
        )
    rows = _having(rows, "sex", sex or _sexes(rows)[0], indicator)
    if period is None:
        end = max(row.period_end for row in rows)
        rows = [row for row in rows if row.period_end == end]
    else:
        label = period_of(rows, period)
        rows = [row for row in rows if row.period == label]
    return {row.area_code: row for row in rows}


def _known(pack: Pack, indicator: Indicator, areas: Sequence[Area]) -> list[Row]:
    rows = rows_of_all(pack, indicator.id, frozenset(area.code for area in areas))
    known = [row for row in rows if row.has_value]
    return one_definition(known, indicator) if known else []


def _sexes(rows: Sequence[Row]) -> list[str]:
    return sorted({row.sex for row in rows}, key=SEXES.index)


def sexes_of(pack: Pack, indicator: Indicator, areas: Sequence[Area]) -> list[str]:
    """Return whose figures some areas have of an indicator, those a briefing names first."""
    return _sexes(_known(pack, indicator, areas))


def statuses_of(
    pack: Pack, indicator: Indicator, areas: Sequence[Area], shown: Collection[Row]
) -> dict[str, str]:
    """Return why areas have no figure beside those shown, by code, as far as the pack has a row."""
    same = {row.when_and_who for row in shown}
    rows = rows_of_all(pack, indicator.id, frozenset(area.code for area in areas))
    return {
        row.area_code: row.status for row in rows if not row.has_value and row.when_and_who in same
    }


def apart(indicator: Indicator, shown: str, sexes: Sequence[str]) -> list[str]:
    """Say that men and women are published apart, where one of them is shown."""
    others = [sex for sex in sexes if sex != shown]
    if shown == "Persons" or not others:
        return []
    return [
        f"{indicator.public_name} is published for men and women apart: this is "
        f"{'men' if shown == 'Male' else 'women'}; sex='{others[0]}' gives the others."
    ]


def absent(
    areas: Sequence[Area], present: Collection[str], what: str, *, lacking: str = "figure of"
) -> list[str]:
    """Name the areas that have no figure, or lack something else."""
    without = [area for area in areas if area.code not in present]
    if not without:
        return []
    names = listed((f"{area.name} ({area.code})" for area in without), 10)
    have = "has" if len(without) == 1 else "have"
    return [f"{names} {have} no {lacking} {what} in the pack."]


FRAME = (
    *("indicator_id", "area_code", "area_name", "period", "period_start", "period_end", "sex"),
    *("age", "value", "lower_ci", "upper_ci", "unit", "status", "source", "row"),
)


def frame_of(rows: Sequence[Row], **columns: Sequence[Any]) -> pd.DataFrame:
    """Return rows as a frame, its numbers as numbers, with further columns."""
    cells = {name: [getattr(row, name) for row in rows] for name in FRAME}
    return pd.DataFrame({**cells, **columns})


def measured(indicator: Indicator, name: str) -> str:
    """Name what is measured with its unit, for the line under a figure's title."""
    return f"{name} ({indicator.unit})" if with_unit("", indicator.unit).strip() else name
