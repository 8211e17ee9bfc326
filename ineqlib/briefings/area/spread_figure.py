"""The chart of how an area's people spread over deprivation, with its words."""

from ineqlib.charts.distribution_chart import distribution, tenth_name
from ineqlib.charts.figure import Figure, Labels
from ineqlib.facts.attribution import index_source, short_source
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.profile import Profile
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import possessive


def spread_figure(profile: Profile, spread: Spread) -> Figure:
    """Draw the share of an area in each national tenth of deprivation."""
    name, country = possessive(place_inside(profile.area.name)), profile.country_name
    theirs = possessive(country)
    shares = (f"{tenth_name(tenth.decile)}: {tenth.share.text}." for tenth in spread.tenths)
    labels = Labels(
        id="deprivation-spread",
        title=(
            f"{spread.most.text} of {name} {spread.unit} are in {theirs} most deprived fifth, "
            f"{spread.least.text} in its least deprived"
        ),
        subtitle=f"Share of {spread.unit} by national tenth of deprivation, {spread.index_title}",
        alt=(
            f"Bar chart. {spread.most.text} of {name} {spread.unit} are in {theirs} most "
            f"deprived fifth and {spread.least.text} in its least deprived. By national tenth: "
            f"{' '.join(shares)} {country} has {spread.even.text} in each tenth."
        ),
        source=short_source(profile.pack, [index_source(spread.index)]),
    )
    return distribution(spread.tenths, spread.even, labels, unit=spread.unit, country=country)
