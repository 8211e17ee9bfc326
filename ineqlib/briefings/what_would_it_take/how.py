"""How it was worked out what a target would take."""

from ineqlib.briefings.what_would_it_take.facts import Takes
from ineqlib.narrative.reader import place_inside

REQUIRED = (
    "Required: the target, which stays where it is today, less the newest figure, over the years "
    "between; its interval holds the chance in both."
)
EVER_ACHIEVED = (
    "Ever achieved: the best change of each area over any run of that length in the pack, in an "
    "unbroken series, its two ends sharing no year."
)
VERDICTS_AND_LIMITS = (
    "The counts are the middle of many draws of what the true figures may have been, and their "
    "interval holds 95% of the draws.",
    "Within what similar areas did: a quarter of them or more ever did as much; seldom done: "
    "fewer; never done: none; cannot tell: chance in the newest figure decides between the "
    "first and the last, too few years were seen, or figures are missing.",
    "It assumes that areas this like move by much the same causes; prices, laws and epidemics of "
    "those years are in it.",
    "None of it is a forecast: where the whole country turned round at once, as work did after a "
    "recession, targets never done before came true.",
)
NO_COUNTS = "The pack has no counts of it here, so nothing is told in people."
IN_POUNDS = "Amounts are in pounds of each year: part of a rise is prices."
MODELLED = "These are modelled figures, which move less than what they model."


def method_items(asked: Takes) -> list[str]:
    """How this was worked out, in short sentences."""
    series = asked.series
    noise = (
        "their published intervals, widened where years differ by more"
        if series.panel.se is not None
        else "how far the figures of all areas scatter about their own lines"
    )
    where_it_applies = {
        NO_COUNTS: asked.fewer is None,
        IN_POUNDS: series.indicator.unit.startswith("£"),
        MODELLED: series.indicator.modelled,
    }
    return [
        REQUIRED,
        f"Similar areas: {asked.method or 'none can be told from this pack'}; all areas: those of "
        f"the tier of {place_inside(series.profile.area.name)} with figures.",
        EVER_ACHIEVED,
        f"The noise of the figures is taken out, told by {noise}: without that, some area will "
        "always seem to have done it by luck.",
        *VERDICTS_AND_LIMITS,
        *(text for text, applies in where_it_applies.items() if applies),
    ]
