"""Charts of the most deprived group beside the country's, with their words."""

from ineqlib.briefings.area.attribution import source_line
from ineqlib.charts.beside_chart import beside
from ineqlib.charts.figure import Figure, Labels
from ineqlib.facts.most_deprived_group import MostDeprivedPair
from ineqlib.facts.profile import Profile
from ineqlib.text import slug


def most_deprived_figure(profile: Profile, pair: MostDeprivedPair) -> Figure:
    """Draw the most deprived group and the average of an area beside the country's."""
    name, country = profile.area.name, profile.country_name
    ours = "national" if pair.like_for_like else "own"
    places = {
        "area_most_deprived": f"{name}, most deprived {pair.group} ({ours})",
        "area_average": f"{name}, average",
        "country_most_deprived": f"{country}, most deprived {pair.group}",
        "country_average": f"{country}, average",
    }
    texts = "; ".join(f"{places[role]}: {fact.text}" for role, fact in pair.facts.items())
    labels = Labels(
        id=slug(f"most-deprived-{pair.indicator.id}-{pair.sex}"),
        title=f"{pair.name}: our most deprived {pair.group} beside {country}'s",
        subtitle=f"{pair.indicator.name} ({pair.indicator.unit}), {pair.period}",
        alt=f"Dot chart with intervals. {texts}.",
        source=source_line(profile, {fact.source for fact in pair.facts.values()}),
    )
    return beside(pair.facts, places, labels)
