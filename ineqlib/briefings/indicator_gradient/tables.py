"""Tables of an indicator's gradient."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.disputes import moved_word
from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.measured import SHOWN
from ineqlib.briefings.indicator_gradient.trends import SCALES, Trend
from ineqlib.briefings.indicator_gradient.words import GREW
from ineqlib.document.blocks import TableBlock
from ineqlib.facts.fact import Fact, interval_text, value_text
from ineqlib.measures import REGISTRY
from ineqlib.text import NO_VALUE

NONE, NO_UNIT = NO_VALUE["not_applicable"], "none"


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
