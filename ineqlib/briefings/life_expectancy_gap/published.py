"""Published life expectancy: beside every comparator, over time, and inside the area."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.facts.change_over_time import WINDOW_YEARS
from ineqlib.facts.comparisons import SLOPE, compare_newest
from ineqlib.facts.fact import Fact, derived, limit_or_none, published
from ineqlib.facts.inside import GapOverTime, change_between, change_of, inside_gaps
from ineqlib.facts.noise_of_years import years_between
from ineqlib.facts.profile import read_profile
from ineqlib.facts.rows import Row, independent, known_totals, read_rows
from ineqlib.facts.series import Series, TrendPoint, one_definition, series_shown, trend_points
from ineqlib.observations import Dimension
from ineqlib.pack import Pack

LIFE = "life_expectancy"
OTHER = "county"
"""How the comparator of a chart over time is drawn, whatever it is."""
DATES = attrgetter("period_start", "period_end")


@dataclass(frozen=True)
class SlopeInside:
    """The published slope index of life expectancy inside the area, of one sex."""

    gap: Fact
    """The newest."""
    is_clear: bool
    """Whether it can be told from no gap at all."""
    over_time: GapOverTime | None
    """Whether it closes; None where two periods that share no year are not known."""
    points: tuple[TrendPoint, ...]


def slopes_inside(pack: Pack, asked: Asked) -> dict[str, SlopeInside]:
    """Return the published slope index of life expectancy inside the area, by sex."""
    # As a briefing reads it: the noise of a slope without an interval is told by all that it shows.
    profile = pack.recent(read_profile, asked.area.code)
    shown = series_shown(profile)
    of_life = {
        series.sex: series
        for series in shown
        if series.indicator.value_type == SLOPE and series.indicator.id.startswith(LIFE)
    }
    ids = {series.indicator.id for series in of_life.values()}
    if not ids:
        return {}
    gaps = inside_gaps(profile, compare_newest(profile, shown, only=ids), ())
    return {
        gap.sex: SlopeInside(
            gap.gap, gap.is_clear, gap.over_time, trend_points(of_life[gap.sex], ("area",))
        )
        for gap in gaps
        if gap.sex in asked.apart
    }


@dataclass(frozen=True)
class BesideRow:
    """One comparator of a period, and how much longer people live there."""

    name: str
    figure: Fact
    gap: Fact
    """That less the area's own."""
    is_similar: bool = False
    """Whether it is the one of the similar areas where people live longest."""


@dataclass(frozen=True)
class PublishedGap:
    """Life expectancy of one sex as published, in the area and in those it may be compared with."""

    sex: str
    here: Fact
    beside: tuple[BesideRow, ...]
    """Each comparator that has a figure of the same period."""
    chosen: BesideRow | None
    """The one that was asked for; None where it has none."""
    points: tuple[TrendPoint, ...]
    """The area's figures over time and those of the comparator asked for."""
    over_time: GapOverTime | None
    """Whether the gap to it closes; None where two periods that share no year are not known."""

    @property
    def best(self) -> BesideRow | None:
        """The most favourable comparator: where people live longest."""
        return max(self.beside, key=lambda row: row.figure.value, default=None)


@dataclass(frozen=True)
class PublishedGaps:
    """What is published of a gap."""

    by_sex: Mapping[str, PublishedGap]
    """Life expectancy of each sex that has figures."""
    inside: Mapping[str, SlopeInside]
    """The gap between the most and the least deprived end of the area, of each sex that has one."""


def published_gaps(pack: Pack, asked: Asked) -> PublishedGaps:
    """Read what is published of the area, of its comparators and of its own two ends."""
    names = _comparators(pack, asked)
    similar = {code: pack.area(code).name for code in pack.neighbours(asked.area.code)[0]}
    indicator = load_catalogue()[LIFE]
    codes = [asked.area.code, *names, *similar]
    # The role is the code here: a place may be the county and be named too.
    rows = read_rows(pack, (LIFE,), *((code, code) for code in dict.fromkeys(codes)))
    rows = [row for row in rows if row.sex in asked.apart]
    whole = sorted(known_totals(rows), key=DATES)
    of_groups = [row for row in rows if row.role == asked.area.code and row.dimension]
    by_sex = {}
    for sex in asked.apart:
        own = [row for row in whole if row.sex == sex]
        if any(row.role == asked.area.code for row in own):
            local = [row for row in of_groups if row.sex == sex]
            own = one_definition(own, indicator)
            by_sex[sex] = _of_sex(indicator, asked, own, local, names=names, similar=similar)
    return PublishedGaps(by_sex, slopes_inside(pack, asked))


def _comparators(pack: Pack, asked: Asked) -> dict[str, str]:
    """Return the code and the name of each area that may be compared with."""
    here = asked.area
    codes = [code for code in here.above.values() if code and code != here.code]
    names = {code: pack.area(code).name for code in codes}
    return names | ({asked.other.code: asked.other.name} if asked.other else {})


def _of_sex(
    indicator: Indicator,
    asked: Asked,
    rows: Sequence[Row],
    groups: Sequence[Row],
    *,
    names: Mapping[str, str],
    similar: Mapping[str, str],
) -> PublishedGap:
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.role, []).append(row)
    newest = by_code[asked.area.code][-1]
    same = {row.role: row for row in rows if row.when_and_who == newest.when_and_who}
    alike = max(
        (same[code] for code in similar if code in same), key=attrgetter("value"), default=None
    )
    if alike is not None:
        names = {**names, alike.role: similar[alike.role]}
    beside = {
        code: _beside(name, same[code], newest, indicator, is_similar=same[code] is alike)
        for code, name in names.items()
        if code in same
    }
    whose = "national" if asked.area.area_type == "country" else "local"
    least = _least_deprived(groups, newest, whose)
    if least is not None:
        name = f"the least deprived {Dimension.parse(least.dimension).part} of {newest.area_name}"
        beside[""] = _beside(name, least, newest, indicator)
    other = asked.other.code if asked.other else ""
    there = by_code.get(other, [])
    return PublishedGap(
        newest.sex,
        published(newest, indicator.decimals),
        tuple(beside.values()),
        beside.get(other),
        _points(indicator, by_code[asked.area.code], there),
        _over_time(by_code[asked.area.code], there, indicator) if there else None,
    )


def _least_deprived(groups: Sequence[Row], newest: Row, whose: str) -> Row | None:
    """Return the least deprived of the widest cut of the area's groups in the same period."""
    same = [
        row
        for row in groups
        if row.when_and_who == newest.when_and_who
        and row.has_value
        and Dimension.parse(row.dimension).whose == whose
        and row.subgroup_order == Dimension.parse(row.dimension).groups
    ]
    return min(same, key=lambda row: row.subgroup_order, default=None)


def _beside(
    name: str, there: Row, here: Row, indicator: Indicator, *, is_similar: bool = False
) -> BesideRow:
    figure, own = published(there, indicator.decimals), published(here, indicator.decimals)
    gap = _gap_row(there, here)
    return BesideRow(
        name,
        figure,
        derived(
            figure,
            f"gap-to-{here.area_code}",
            gap.value,
            lower_ci=limit_or_none(gap.lower_ci),
            upper_ci=limit_or_none(gap.upper_ci),
            rows=figure.rows + own.rows,
            method=f"life expectancy in {name} less that in {here.area_name}",
        ),
        is_similar,
    )


def _gap_row(there: Row, here: Row) -> Row:
    """Return a row of the gap between two rows, with limits where both have some."""
    gap = there.value - here.value
    half = math.hypot(*((row.upper_ci - row.lower_ci) / 2 for row in (there, here)))
    return here._replace(value=gap, lower_ci=gap - half, upper_ci=gap + half)


def _over_time(
    here: Sequence[Row], there: Sequence[Row], indicator: Indicator
) -> GapOverTime | None:
    """Compare the newest gap with the earliest that shares no year with it, in ten years."""
    of_period = {row.when_and_who: row for row in there}
    gaps = [
        (row, _gap_row(of_period[row.when_and_who], row))
        for row in here
        if row.when_and_who in of_period
    ]
    apart = independent([gap for _, gap in gaps])
    apart = [row for row in apart if years_between(row, apart[0]) <= WINDOW_YEARS]
    if len(apart) < 2:
        return None
    facts = [
        derived(
            published(next(own for own, gap in gaps if gap is row), indicator.decimals),
            f"gap-to-{there[0].area_code}",
            row.value,
            lower_ci=limit_or_none(row.lower_ci),
            upper_ci=limit_or_none(row.upper_ci),
            method=f"life expectancy in {there[0].area_name} less that in {row.area_name}",
        )
        for row in (apart[-1], apart[0])
    ]
    interval, verdict = change_between(apart[-1], apart[0], None)
    return GapOverTime(facts[0], facts[1], change_of("gap", facts[0], facts[1], interval), verdict)


def _points(
    indicator: Indicator, here: Sequence[Row], there: Sequence[Row]
) -> tuple[TrendPoint, ...]:
    rows = [row._replace(role="area") for row in here]
    rows += [row._replace(role=OTHER) for row in there]
    rows.sort(key=DATES)
    first = rows[0]
    series = Series(indicator, first.sex, first.age, first.months, tuple(rows))
    return trend_points(series, ("area", OTHER))
