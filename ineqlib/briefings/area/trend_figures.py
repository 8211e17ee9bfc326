"""Charts of figures over time, with their words."""

from collections.abc import Sequence
from itertools import groupby

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import Scale
from ineqlib.charts.trend_chart import trend, trend_scale
from ineqlib.facts.area import Trend
from ineqlib.facts.attribution import short_source
from ineqlib.facts.change_over_time import CASH, Change
from ineqlib.facts.comparisons import SLOPE, Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import Profile
from ineqlib.facts.series import Series
from ineqlib.measures.trends import CANNOT
from ineqlib.narrative import area as words
from ineqlib.narrative.moves import by_place, where_it_breaks
from ineqlib.narrative.sentence import at_beginning, possessive
from ineqlib.text import plural, slug, when

PARTS = {1: "months", 3: "quarters", 12: "years"}
"""Months of each figure of a series -> what single ones are."""


def trend_figures(
    profile: Profile, trends: Sequence[Trend], prefix: str = "trend"
) -> tuple[Figure, ...]:
    """Draw one chart for each figure over time; those of men and of women share their scale.

    `prefix` begins the ids of the figures, where a page shows some of them twice.
    """
    figures: list[Figure] = []
    for _, together in groupby(trends, key=lambda shown: shown.comparison.indicator.id):
        of_indicator = list(together)
        scale = trend_scale(point for shown in of_indicator for point in shown.points)
        figures += (_figure(profile, shown, scale, prefix) for shown in of_indicator)
    return tuple(figures)


def _figure(profile: Profile, shown: Trend, scale: Scale, prefix: str) -> Figure:
    """Draw one figure over time: area, county or region, country."""
    comparison = shown.comparison
    indicator, series = comparison.indicator, comparison.series
    labels = Labels(
        id=slug(f"{prefix}-{indicator.id}-{series.sex}"),
        title=f"{series.name}: {_finding(comparison, profile.country_name)}",
        subtitle=_measure(series),
        alt=_trend_alt(shown, profile.country_name),
        source=short_source(profile.pack, {row.source for row in series.rows}),
        note=_trend_note(comparison),
    )
    return trend(shown.points, labels, scale=scale)


def _finding(comparison: Comparison, country: str) -> str:
    """Say what changed, and no more than the figures bear."""
    change = comparison.change
    if change is None:
        newest = comparison.facts.get("area")
        return f"{newest.text if newest else 'no figure'} {when(comparison.period)}"
    first, last = change.first, change.last
    both = f"{_short(first)} then {last.text}"
    is_gap = comparison.indicator.value_type == SLOPE
    if change.direction in ("rising", "falling"):
        side = "up" if change.direction == "rising" else "down"
        so_long = _how_long(change, comparison.series.months)
        said = f"{side} from {_short(first)} to {last.text}{so_long}{_turned(change)}"
    elif change.direction == "no clear change" and _are_apart(first, last):
        parts = PARTS.get(comparison.series.months, "periods")
        said = f"{both} (single {parts} jump about)"
    elif change.direction == "no clear change":
        alike = f"{last.text} both times" if first.text == last.text else both
        said = f"no clear change since {first.period} ({alike})"
    else:
        # Of a gap its section says more: the test there is of the gap alone.
        said = f"{both} since {first.period}{'' if is_gap else ', too little to judge by'}"
    before, after = change.country_first, change.country_last
    # A title that has both gaps compares them, and the note says that they cannot be.
    if before is None or after is None or is_gap:
        return said
    if before.text == after.text:
        return f"{said}; {country} {after.text} both times"
    return f"{said}; {country} {_short(before)} then {after.text}"


def _how_long(change: Change, months: int) -> str:
    """Say how many years a change took; since when, where its periods are no whole years."""
    if months < 12:
        return f" since {change.first.period}"
    return f" in {plural(int(change.years.value), 'year')}" if change.years.value else ""


def _turned(change: Change) -> str:
    furthest = change.turning_point
    back = "down" if change.direction == "rising" else "up"
    if furthest:
        return f", but {back} since {furthest.period}"
    return ", back to where it was before" if change.is_return else ""


def _short(first: Fact) -> str:
    """Write the first of two figures, with its unit where that is one sign."""
    return first.text if len(first.text) == len(first.number) + 1 else first.number


def _are_apart(first: Fact, last: Fact) -> bool:
    """Tell whether two figures have intervals that do not overlap."""
    if first.limits is None or last.limits is None:
        return False
    return first.limits[1] < last.limits[0] or last.limits[1] < first.limits[0]


def _trend_note(comparison: Comparison) -> str:
    said = [where_it_breaks(comparison.series)]
    if comparison.indicator.value_type == SLOPE and "country" in comparison.facts:
        country = possessive(comparison.facts["country"].area_name)
        said.append(f"{country} gap spans the whole country: the two cannot be compared.")
    if comparison.recent_trend != CANNOT:
        said.append(f"Recent trend: {comparison.recent_trend}.")
    return " ".join(filter(None, said))


def _measure(series: Series) -> str:
    pooled = f", {series.months // 12} years together" if series.months >= 24 else ""
    indicator = series.indicator
    # The title says from how much to how much, and a chart is shown without its page.
    how = ", not adjusted for inflation" if indicator.unit == CASH else ""
    how = ", standardised for age" if indicator.age_standardised else how
    unit = f"{indicator.unit}{how}".removeprefix(", ")
    return f"{series.as_named(indicator.name)}{f' ({unit})' * bool(unit)}{pooled}"


def _trend_alt(shown: Trend, country: str) -> str:
    """Say what changed in each place, and how the newest figure compares."""
    comparison = shown.comparison
    change = comparison.change
    sentences = list(by_place(shown.points, change.first.period if change else ""))
    against = words.BESIDE.get(comparison.verdict)
    if against and {"area", "country"} <= comparison.facts.keys():
        newest, theirs = comparison.facts["area"], comparison.facts["country"]
        sentences.append(
            f"{at_beginning(comparison.period).text} {newest.area_name} is {against} {country}: "
            f"{newest.text} against {theirs.text}."
        )
    return f"Line chart. {' '.join(sentences)}"
