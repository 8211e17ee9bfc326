"""Charts and tables of an indicator's gradient."""

from collections.abc import Sequence
from itertools import pairwise

from ineqlib.briefings.indicator_gradient import words
from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.cut_words import moved_word
from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.measured import SHOWN, Measured
from ineqlib.briefings.indicator_gradient.trends import SCALES, Trend
from ineqlib.briefings.indicator_gradient.words import GREW
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient, gradient_scale
from ineqlib.charts.trend_chart import trend
from ineqlib.document.blocks import TableBlock
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact, interval_text, value_text
from ineqlib.facts.series import TrendPoint
from ineqlib.measures import REGISTRY
from ineqlib.narrative.moves import by_place
from ineqlib.text import NO_VALUE, slug

TITLES = {"absolute": "Absolute gap", "relative": "Relative gap"}
MOST_DRAWN = 10
"""Groups that a chart of groups has room for."""
GAP = 1.5
"""Times the usual step from period to period, beyond which years are missing in between."""
NONE, NO_UNIT = NO_VALUE["not_applicable"], "none"


def trends(asked: Asked, followed: Followed) -> tuple[Figure, ...]:
    """The slope and the relative index over all periods, side by side."""
    return tuple(
        figure
        for scale, own in zip(SCALES, followed.now, strict=True)
        if (figure := _trend(asked, followed, scale, own)) is not None
    )


def _trend(asked: Asked, followed: Followed, scale: str, own: Trend) -> Figure | None:
    points = _points(asked, followed, SCALES[scale])
    if not points:
        return None
    measure = REGISTRY[SCALES[scale]].title
    unit = points[-1].fact.unit if points[-1].fact else ""
    labels = Labels(
        id=_id(scale, asked, followed),
        title=f"{TITLES[scale]}: {_finding(own, followed.ends(SCALES[scale], own))}",
        subtitle=(
            f"{measure}{f' ({unit})' if unit else ''} of {words.name_inside(asked.name)}, "
            f"{followed.cut.title}"
        ),
        alt=f"Line chart. {' '.join(by_place(points))}",
        source=_source(asked, followed),
        note="A relative index of one is no gap." if scale == "relative" else "",
    )
    return trend(points, labels)


def _finding(own: Trend, measured: tuple[Fact, Fact] | None) -> str:
    if own.first is None or own.last is None:
        return f"no test, since {own.why_not}"
    start, end = own.periods
    in_words = {**words.GREW, "no clear change": "no clear change", "cannot tell": "cannot tell"}
    first, last = measured or (own.first, own.last)
    how = "" if measured else ", on the line through all periods"
    return f"{in_words[own.verdict]} ({first.text} in {start}, {last.text} in {end}{how})"


def _points(asked: Asked, followed: Followed, name: str) -> tuple[TrendPoint, ...]:
    """One point a period; a new segment after a break, a gap or a change of index."""
    usable = [period for period in followed.periods if name in period.measures]
    steps = [after.slice.years - before.slice.years for before, after in pairwise(usable)]
    usual = sorted(steps)[len(steps) // 2] if steps else 1.0
    points, segment, before = [], 0, None
    for period in usable:
        own = period.slice
        segment += before is not None and not _joined(before, period, followed, GAP * usual)
        before = period
        middle = own.start + (own.end - own.start) / 2
        fact = period.measures[name]
        points.append(TrendPoint("area", asked.place.name, own.period, middle, segment, "ok", fact))
    return tuple(points)


def _joined(before: Measured, after: Measured, followed: Followed, longest: float) -> bool:
    same = before.slice.stretch == after.slice.stretch >= 0
    return same and followed.cut.is_one_index and after.slice.years - before.slice.years <= longest


def groups(asked: Asked, followed: Followed) -> tuple[Figure, ...]:
    """The groups in the first and in the last tested period, on one scale."""
    own = followed.tested
    if not own or len(own[-1].slice.groups) > MOST_DRAWN:
        return ()
    shown = list({period.slice.period: period for period in (own[0], own[-1])}.values())
    scale = gradient_scale(
        [group for period in shown for group in period.slice.groups],
        [end for period in shown for end in period.line],
    )
    figures = []
    for period in shown:
        points = period.slice.groups
        slope = period.measures["sii"]
        unit = next(point.fact.unit for point in points if point.fact)
        most, least = (points[end] for end in (0, -1))
        labels = Labels(
            id=_id(f"groups-{slug(period.slice.period)}", asked, followed),
            title=f"{period.slice.period}: a slope of {slope.text} from end to end",
            subtitle=f"{asked.name}, {followed.cut.title}",
            alt=(
                f"Chart of groups by deprivation. {most.label}: {value_text(most.fact)}; "
                f"{least.label}: {value_text(least.fact)}."
            ),
            source=_source(asked, followed),
        )
        figures.append(gradient(points, period.line, labels, unit=unit, scale=scale))
    return tuple(figures)


def _id(name: str, asked: Asked, followed: Followed) -> str:
    return slug(f"{name}-{asked.indicator.id}-{asked.place.code}-{followed.cut.key}", longest=120)


def _source(asked: Asked, followed: Followed) -> str:
    facts = (g.fact for period in followed.periods for g in period.slice.groups if g.fact)
    return short_source(asked.pack, {fact.source for fact in facts})


def tests_table(cuts: Sequence[Followed], scale: str) -> TableBlock:
    """Every test on one scale: one row for each way to cut and stretch."""
    rows = [(followed, own) for followed in cuts for own in followed.trends if own.scale == scale]
    cells = {
        "Groups": [followed.cut.short_title for followed, _ in rows],
        "Period": [" – ".join(dict.fromkeys(own.periods)) for _, own in rows],
        "First, on the line": [value_text(own.first, "not_applicable") for _, own in rows],
        "Last, on the line": [value_text(own.last, "not_applicable") for _, own in rows],
        "Growth of the gap a year": [value_text(own.change, "not_applicable") for _, own in rows],
        "95% interval": [_interval(own.change) for _, own in rows],
        "The gap": [_verdict(own) for _, own in rows],
    }
    caption = f"{REGISTRY[SCALES[scale]].title}; growth below zero is a gap that shrinks"
    return TableBlock(f"tests-{scale}", cells, caption)


def _verdict(own: Trend) -> str:
    words = GREW.get(own.verdict, own.verdict)
    return f"{words}: {own.why_not}" if own.why_not else words


def moves_table(followed: Followed) -> TableBlock:
    """How each measure moved from the first to the last tested period."""
    own = followed.tested
    names = [name for name in SHOWN if all(name in own[end].measures for end in (0, -1))]
    first, last = (own[end] for end in (0, -1))
    cells = {
        "Measure": [REGISTRY[name].title for name in names],
        "Kind": [REGISTRY[name].kind for name in names],
        "Unit": [first.measures[name].unit or NO_UNIT for name in names],
        first.slice.period: [first.measures[name].number for name in names],
        last.slice.period: [last.measures[name].number for name in names],
        "Moved (not a test)": [moved_word(own, name) for name in names],
    }
    caption = f"First and last period of the newest stretch, {followed.cut.title}"
    return TableBlock("moves", cells, caption)


def periods_table(number: int, followed: Followed) -> TableBlock:
    """Every period of one cut: the average, then each measure, absolute beside relative."""
    cells = {
        "Period": [period.slice.period for period in followed.periods],
        "Average": [value_text(period.average, "not_applicable") for period in followed.periods],
    }
    for name in SHOWN:
        facts = [period.measures.get(name) for period in followed.periods]
        cells[REGISTRY[name].title] = [value_text(fact, "not_applicable") for fact in facts]
    caption = f"Measures by period, {followed.cut.title}; intervals are in the tables of the charts"
    return TableBlock(f"periods-{number}", cells, caption)


def _interval(fact: Fact | None) -> str:
    return interval_text(fact) if fact else NONE


def fits_table(followed: Followed) -> TableBlock:
    """Every measure of inequality there is, of the newest period; or why it cannot be made."""
    cells = {
        "Measure": [REGISTRY[result.measure].title for result in followed.fits],
        "Kind": [REGISTRY[result.measure].kind for result in followed.fits],
        "Unit": [
            result.fact.unit or NO_UNIT if result.fact else NO_UNIT for result in followed.fits
        ],
        "Value": [result.fact.number if result.fact else NONE for result in followed.fits],
    }
    if any(result.fact and result.fact.limits for result in followed.fits):
        cells["95% interval"] = [_interval(result.fact) for result in followed.fits]
    cells["Fits"] = [result.why_not or "yes" for result in followed.fits]
    newest = followed.newest
    when = newest.slice.period if newest else ""
    return TableBlock("fits", cells, f"All measures of inequality, {when}, {followed.cut.title}")
