"""How an indicator's gradient was worked out."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.measured import SHOWN
from ineqlib.measures import REGISTRY

METHOD = (
    "Groups are in order of deprivation, each weighted by its people; slopes and gaps are the "
    "least deprived less (or over) the most deprived.",
    f"For each period: {', '.join(REGISTRY[name].title.lower() for name in SHOWN)}. Which other "
    "measures fit, the last table says.",
    "Change: a straight line through all slopes of one unbroken stretch. Periods that overlap "
    "share people; the interval counts that. Where years lie further off the line than chance "
    "explains, it is as much wider.",
    "The gap grew or shrank where the 95% interval of its change leaves out zero. No clear change: "
    "it does not, but a change by half is ruled out. Cannot tell: not even that.",
    "Each index of deprivation, and each way to cut, is a series of its own: no line and no test "
    "leads from one to another, nor across a break.",
    "A break is where all areas of the tier move at once far more than usual: the count changed, "
    "not the areas. A single period off the line is drawn alone and not tested.",
)
OF_AREAS = (
    "Whole areas are ranked by one index in all years, and are the same areas in all: those with a "
    "figure in each period shown."
)
IN_POUNDS = "Pounds are those of each year: rising prices alone widen a gap in pounds."
EQUALLY_LARGE = (
    "How many people live in each group is not published here: groups are taken as equally large, "
    "which tenths of a country's neighbourhoods nearly are."
)
LIMITS = (
    "An area's deprivation is not a person's, and a straight line hides a turning point: look at "
    "the charts. Several tests on one page: now and then one is clear by chance."
)


def method_items(followed: Sequence[Followed]) -> list[str]:
    """How this was worked out, what it assumes, and when it cannot answer."""
    where_it_applies = {
        OF_AREAS: any(cut_followed.cut.is_of_areas for cut_followed in followed),
        IN_POUNDS: any(cut_followed.unit.startswith("£") for cut_followed in followed),
        EQUALLY_LARGE: any(cut_followed.cut.is_even for cut_followed in followed),
    }
    some = [text for text, applies in where_it_applies.items() if applies]
    return [*METHOD, *some, LIMITS]
