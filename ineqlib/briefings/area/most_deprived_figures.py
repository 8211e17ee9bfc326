"""Charts of the most deprived group beside the country's, with their words."""

from collections.abc import Sequence
from itertools import groupby

from ineqlib.charts.beside_chart import beside, beside_scale
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import Scale
from ineqlib.facts.attribution import short_source
from ineqlib.facts.comparisons import judge_side
from ineqlib.facts.most_deprived_group import MostDeprivedPair
from ineqlib.facts.profile import Profile
from ineqlib.text import slug


def most_deprived_figures(
    profile: Profile, pairs: Sequence[MostDeprivedPair]
) -> tuple[Figure, ...]:
    """Draw one chart for each pair; those of men and of women share their scale."""
    figures: list[Figure] = []
    for _, together in groupby(pairs, key=lambda pair: pair.indicator.id):
        of_indicator = list(together)
        scale = beside_scale(fact for pair in of_indicator for fact in pair.facts.values())
        figures += (_figure(profile, pair, scale) for pair in of_indicator)
    return tuple(figures)


def _figure(profile: Profile, pair: MostDeprivedPair, scale: Scale) -> Figure:
    """Draw the most deprived group and the average of an area beside the country's."""
    name, country = profile.area.name, profile.country_name
    ours = "national" if pair.like_for_like else "own"
    places = {
        "area_most_deprived": f"Most deprived {pair.group} ({ours}): {name}",
        "area_average": f"Average: {name}",
        "country_most_deprived": f"Most deprived {pair.group}: {country}",
        "country_average": f"Average: {country}",
    }
    finding = _finding(pair, country)
    texts = "; ".join(f"{places[role]}: {fact.text}" for role, fact in pair.facts.items())
    of_own_ranking = f"Our {pair.group} is the most deprived part of this area, by its own ranking."
    labels = Labels(
        id=slug(f"most-deprived-{pair.indicator.id}-{pair.sex}"),
        title=f"{pair.name}: {finding}",
        subtitle=f"{pair.indicator.name} ({pair.indicator.unit}), {pair.period}",
        alt=f"Dot chart with intervals: {finding}. {texts}.",
        source=short_source(profile.pack, {fact.source for fact in pair.facts.values()}),
        note="" if pair.like_for_like else of_own_ranking,
    )
    polarity = pair.indicator.polarity
    better = {"favourable": "right", "adverse": "left"}.get(polarity, "")
    return beside(pair.facts, places, labels, scale=scale, better=better)


def _finding(pair: MostDeprivedPair, country: str) -> str:
    """Compare the two groups as far as their cut and their intervals allow; else give both."""
    ours, theirs = pair.facts["area_most_deprived"], pair.facts["country_most_deprived"]
    beside_them = f"{ours.text} in our most deprived {pair.group}, {theirs.text} in {country}'s"
    if not pair.like_for_like or ours.limits is None or theirs.limits is None:
        return beside_them
    if ours.limits[0] <= theirs.limits[1] and theirs.limits[0] <= ours.limits[1]:
        return f"{beside_them}: about the same"
    side = "higher" if ours.value > theirs.value else "lower"
    return f"{beside_them}: {judge_side(pair.indicator, side)}"
