"""The sections about the area as a whole: headline, at a glance, trends."""

from collections import Counter
from html import escape

import numpy as np
import pandas as pd

from ineqlib.briefing import words
from ineqlib.briefing.attribution import source_line
from ineqlib.briefing.blocks import Blocks, Html, bullets, heading, nothing, paragraph, shown
from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.charts.figure import Labels
from ineqlib.charts.spine import spine
from ineqlib.charts.trend import trend
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.glance import OVERLAP, Comparison
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import Profile
from ineqlib.facts.series import Series, trend_frame
from ineqlib.observations import HAS_VALUE
from ineqlib.text import NO_VALUE, number, plural, series_name, slug, when, with_unit

PUBLISHED_GAP = "life_expectancy_inequality"
HEADLINE = ("life_expectancy", "healthy_life_expectancy", PUBLISHED_GAP)
FURTHEST = 5
RECENT_YEARS = 4
SHORT_UNITS = ("%", "£", "years", "score", "")


def headline(
    profile: Profile,
    comparisons: list[Comparison],
    spread: Spread | None,
    gradients: list[Gradient],
) -> Html:
    """The few sentences a reader must not miss."""
    items = [
        words.compared(found)
        for found in comparisons
        if found.indicator.id in HEADLINE and "area" in found.facts
    ]
    if not any(found.indicator.id == PUBLISHED_GAP for found in comparisons):
        items += [
            words.gap_in_brief(found)
            for found in gradients
            if found.indicator.id in HEADLINE and found.is_clear
        ]
    if spread:
        items.append(words.spread(spread, profile.area.name, _country(profile)))
    if comparisons:
        items.append(_tally(profile, comparisons))
    body = bullets(items).html if items else "<p>The pack has no figures for this area.</p>"
    return Html(
        f'<section class="headline" data-area-code="{escape(profile.area.code)}" '
        f'data-area-name="{escape(profile.area.name)}" aria-label="Headlines">{body}</section>'
    )


def recent(comparisons: list[Comparison]) -> list[Comparison]:
    """Leave out figures that end years before the newest: they say little about today."""
    newest = max((found.newest["period_end"] for found in comparisons), default=None)
    return [
        found
        for found in comparisons
        if newest - found.newest["period_end"] <= pd.Timedelta(days=366 * RECENT_YEARS)
    ]


def summary(profile: Profile, comparisons: list[Comparison]) -> str:
    """One plain line for the index page: how many figures are better, similar and worse."""
    counts = Counter(found.verdict for found in recent(comparisons))
    parts = [f"{counts[verdict]} {verdict}" for verdict in ("better", "similar", "worse")]
    return f"Against {_country(profile)}: {', '.join(parts)}"


def _country(profile: Profile) -> str:
    return profile.places["country"].name if "country" in profile.places else "the country"


def _tally(profile: Profile, comparisons: list[Comparison]) -> str:
    counts = Counter(found.verdict for found in recent(comparisons))

    def count(name: str, value: int) -> str:
        fact = Fact(
            id=slug(f"count-{name}-{profile.area.code}"),
            value=value,
            text=str(value),
            area_code=profile.area.code,
            area_name=profile.area.name,
            method=f"count of this briefing's newest figures: {name}",
        )
        return shown(profile.book.add(fact))

    total = sum(counts[verdict] for verdict in ("better", "similar", "worse"))
    return (
        f"Of {count('judged', total)} recent figures that can be compared with "
        f"{escape(_country(profile))}: {count('better', counts['better'])} better, "
        f"{count('similar', counts['similar'])} similar, {count('worse', counts['worse'])} worse."
    )


def glance(profile: Profile, comparisons: list[Comparison]) -> Blocks:
    """Every newest figure on one chart, then those furthest from the country."""
    if not comparisons:
        return Blocks([nothing("The pack has no figures for this area.")])
    rows = pd.DataFrame([_spine_row(found) for found in comparisons])
    rows.attrs |= {"area": profile.area.name, "country": _country(profile)}
    labels = Labels(
        id="at-a-glance",
        title=f"{profile.area.name} beside {_country(profile)}, newest figures",
        subtitle=f"Each figure's distance from {_country(profile)}; right is better",
        alt=_glance_alt(profile, comparisons),
        source=source_line(profile, _sources(comparisons)),
        note=(
            "The grey bar spans the areas of the same tier, where nearly all have a figure; a bar "
            f"that reaches the edge goes on beyond it.{_neighbours_note(profile)} With this many "
            "comparisons, about one in twenty will look different by chance alone."
        ),
    )
    return Blocks([spine(rows, labels), *_furthest(comparisons)])


def _neighbours_note(profile: Profile) -> str:
    if not profile.neighbours:
        return ""
    return (
        f" The blue bar spans the {len(profile.neighbours)} most similar areas "
        f"({profile.neighbour_method})."
    )


def _sources(comparisons: list[Comparison]) -> set[str]:
    return {fact.source for found in comparisons for fact in found.facts.values()}


def _glance_alt(profile: Profile, comparisons: list[Comparison]) -> str:
    counts = Counter(found.verdict for found in comparisons)
    parts = [f"{n} {verdict}" for verdict, n in counts.most_common()]
    return (
        f"Spine chart of {len(comparisons)} figures for {profile.area.name} against "
        f"{_country(profile)}: {', '.join(parts)}. The table below the chart has every figure."
    )


def _spine_row(found: Comparison) -> dict[str, object]:
    objective = load_catalogue().objectives[found.indicator.objective]
    lower, upper = _placed_limits(found, found.facts.get("area"))
    neighbours = [found.place(value) for value in found.neighbours]
    peers = [found.place(value) for value in found.peers]
    return {
        "objective": objective.public_name,
        "indicator": found.series.name + _unit_in_name(found.indicator.unit),
        "period": found.period,
        "value_text": _text(found, "area"),
        "interval_text": _interval_text(found),
        "country_text": _text(found, "country"),
        "county_text": _text(found, "county"),
        "region_text": _text(found, "region"),
        "neighbours_text": _range_text(found, found.neighbours),
        "range_text": _range_text(found, found.peers) + _coverage(found),
        "position": found.distance,
        "position_lower": lower,
        "position_upper": upper,
        "county_position": _position(found, "county"),
        "region_position": _position(found, "region"),
        "neighbour_low": min(neighbours, default=np.nan),
        "neighbour_high": max(neighbours, default=np.nan),
        "lowest": min(peers) if peers and found.is_covered else np.nan,
        "highest": max(peers) if peers and found.is_covered else np.nan,
        "verdict": found.verdict,
        "neutral": found.indicator.polarity == "neutral",
    }


def _unit_in_name(unit: str) -> str:
    """Units too long for the value's column stand beside the indicator's name."""
    return "" if unit in SHORT_UNITS else f", {unit}"


def _placed_limits(found: Comparison, area: Fact | None) -> tuple[float, float]:
    if area is None or area.lower_ci is None or area.upper_ci is None:
        return np.nan, np.nan
    low, high = sorted((found.place(area.lower_ci), found.place(area.upper_ci)))
    return low, high


def _position(found: Comparison, role: str) -> float:
    return found.place(found.facts[role].value) if role in found.facts else np.nan


def _text(found: Comparison, role: str) -> str:
    if role not in found.facts:
        return NO_VALUE.get(found.missing.get(role, ""), NO_VALUE["not_applicable"])
    fact = found.facts[role]
    return f"{_written(found.indicator, fact.value)} {fact.mark}".rstrip()


def _written(indicator: Indicator, value: float) -> str:
    unit = indicator.unit if indicator.unit in SHORT_UNITS else ""
    return with_unit(number(value, indicator.decimals), unit)


def _interval_text(found: Comparison) -> str:
    area = found.facts.get("area")
    if area is None or area.lower_ci is None or area.upper_ci is None:
        return NO_VALUE["not_available"]
    limits = (number(limit, found.indicator.decimals) for limit in (area.lower_ci, area.upper_ci))
    return " to ".join(limits)


def _range_text(found: Comparison, values: np.ndarray) -> str:
    if not len(values):
        return NO_VALUE["not_available"]
    ends = (_written(found.indicator, end) for end in (values.min(), values.max()))
    return " to ".join(ends)


def _coverage(found: Comparison) -> str:
    return "" if found.is_covered else f" ({len(found.peers)} of {found.tier} areas)"


def _furthest(comparisons: list[Comparison]) -> list[Html]:
    """List the figures furthest on either side, of those that are really different."""
    blocks: list[Html] = []
    for verdict, title in (
        ("worse", "Where this area does worse"),
        ("better", "Where it does better"),
    ):
        found = [each for each in recent(comparisons) if each.verdict == verdict]
        found.sort(key=lambda each: (each.basis != OVERLAP, -abs(each.distance)))
        if found:
            blocks += [heading(title), bullets([words.compared(each) for each in found[:FURTHEST]])]
    return blocks


def trends(profile: Profile, comparisons: list[Comparison]) -> Blocks:
    """One small chart per indicator: the area, its county or region, and the country over time."""
    roles: list[str] = [
        role
        for role in ("area", "county" if "county" in profile.places else "region", "country")
        if role in profile.places
    ]
    blocks = Blocks(_trend(profile, found, roles) for found in comparisons if "area" in found.facts)
    return blocks or Blocks([nothing("The pack has no figures over time for this area.")])


def _trend(profile: Profile, found: Comparison, roles: list[str]) -> object:
    points = trend_frame(found.series, roles)
    indicator = found.indicator
    labels = Labels(
        id=slug(f"trend-{indicator.id}-{found.series.sex}"),
        title=_trend_title(profile, found),
        subtitle=_measure(indicator, found.series),
        alt=_trend_alt(points, indicator),
        source=source_line(profile, set(found.series.rows["source"])),
    )
    return trend(points, labels, unit=indicator.unit, decimals=indicator.decimals)


def _measure(indicator: Indicator, series: Series) -> str:
    pooled = f", {series.months // 12} years together" if series.months >= 24 else ""
    return f"{series_name(indicator.name, series.sex)} ({indicator.unit}){pooled}"


def _trend_title(profile: Profile, found: Comparison) -> str:
    against = words.BESIDE.get(found.verdict)
    if against:
        return f"{found.series.name}: {against} {_country(profile)} {when(found.period)}"
    return f"{found.series.name}, to {found.period}"


def _trend_alt(points: pd.DataFrame, indicator: Indicator) -> str:
    sentences = []
    held = points[points["status"].isin(HAS_VALUE)]
    for place, rows in held.groupby("place", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        texts = [
            with_unit(number(row["value"], indicator.decimals), indicator.unit)
            for row in (first, last)
        ]
        moved = (
            f"{texts[1]} in {last['period']}"
            if len(rows) == 1
            else f"from {texts[0]} in {first['period']} to {texts[1]} in {last['period']}"
        )
        sentences.append(f"{place}: {moved}.")
    periods = plural(held["period"].nunique(), "period")
    return f"Line chart over {periods}. {' '.join(sentences)}"


def above_only(profile: Profile, series: list[Series]) -> Blocks:
    """Figures that exist only for the county or the country, labelled as theirs."""
    items = []
    for each in series:
        held = each.rows[each.rows["status"].isin(HAS_VALUE)]
        if held.empty:
            continue
        newest = held[held["period_end"] == held["period_end"].max()]
        items.append(_above_item(profile, each, newest))
    if not items:
        return Blocks()
    why = (
        f"The pack has no figures of these for {escape(profile.area.name)}. Those shown are the "
        "wider area's, and say nothing about differences inside it."
    )
    return Blocks([heading("Known only for wider areas"), paragraph(why), bullets(items)])


def _above_item(profile: Profile, series: Series, newest: pd.DataFrame) -> str:
    facts = [
        profile.book.add(published(row, series.indicator.decimals))
        for row in newest.itertuples(index=False)
    ]
    parts = ", ".join(f"{escape(fact.area_name)} {shown(fact)}" for fact in facts)
    return f"<strong>{escape(series.name)}</strong>, {words.period(facts[0].period)}: {parts}."
