"""Charts of a figure over time, with their words."""

from collections.abc import Sequence

from ineqlib.briefings.area.attribution import source_line
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.trend_chart import trend
from ineqlib.facts.area import Trend
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.profile import Profile
from ineqlib.facts.series import Series, TrendPoint
from ineqlib.measures.trends import CANNOT
from ineqlib.narrative import area as words
from ineqlib.text import slug, when

SHARED_YEARS = (
    "No recent trend: neighbouring points share years, so they rise and fall together. Compare "
    "periods that do not overlap."
)


def trend_figure(profile: Profile, shown: Trend) -> Figure:
    """Draw one figure over time: area, county or region, country."""
    comparison = shown.comparison
    indicator, series = comparison.indicator, comparison.series
    labels = Labels(
        id=slug(f"trend-{indicator.id}-{series.sex}"),
        title=_trend_title(profile, shown),
        subtitle=_measure(series),
        alt=_trend_alt(shown.points),
        source=source_line(profile, {row.source for row in series.rows}),
        note=_trend_note(comparison),
    )
    return trend(shown.points, labels)


def _trend_note(comparison: Comparison) -> str:
    if comparison.recent_trend != CANNOT:
        return f"Recent trend: {comparison.recent_trend}."
    return SHARED_YEARS if comparison.series.has_overlaps else ""


def _measure(series: Series) -> str:
    pooled = f", {series.months // 12} years together" if series.months >= 24 else ""
    indicator = series.indicator
    return f"{series.as_named(indicator.name)} ({indicator.unit}){pooled}"


def _trend_title(profile: Profile, shown: Trend) -> str:
    comparison = shown.comparison
    against = words.BESIDE.get(comparison.verdict)
    if against:
        country = f"{against} {profile.country_name}"
        return f"{comparison.series.name}: {country} {when(comparison.period)}"
    return f"{comparison.series.name}, to {comparison.period}"


def _trend_alt(points: Sequence[TrendPoint]) -> str:
    sentences = []
    known = [(point.place, point.period, point.fact) for point in points if point.fact]
    for place in dict.fromkeys(place for place, _, _ in known):
        own = [f"{fact.text} in {period}" for name, period, fact in known if name == place]
        moved = own[0] if len(own) == 1 else f"from {own[0]} to {own[-1]}"
        sentences.append(f"{place}: {moved}.")
    return f"Line chart. {' '.join(sentences)}"
