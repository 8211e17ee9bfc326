"""How the page was worked out, what it assumes, and when it cannot answer."""

from collections.abc import Iterator

from ineqlib.briefings.neighbourhoods.model import Neighbourhoods
from ineqlib.briefings.neighbourhoods.words import side, unit
from ineqlib.narrative.sentence import Sentence, Strong, sentence

NOT_ANSWERED = sentence(
    "Places inside an area are set beside one another, their figures smoothed, and clusters looked "
    "for; that needs figures of several places, ten or more for the smoothing and the clusters."
)
WEIGHT = sentence(
    Strong("Weight: "),
    "a figure resting on twenty events or more is steady, on ten or more is to be read with care, "
    "on fewer cannot carry weight; of a share, events or non-events count, whichever are fewer; "
    "without counts, the width of the interval tells.",
)
CLUSTERS = sentence(
    Strong("Clusters: "),
    "local Moran's I among places that touch, against figures shuffled between places; of those "
    "shown, not more than one in twenty is likely to be chance (Benjamini and Hochberg). A place "
    "on the edge is compared with those inside the area alone.",
)


def method_items(about: Neighbourhoods) -> list[Sentence]:
    """Say the method in at most ten sentences."""
    if about.why_not:
        return [NOT_ANSWERED]
    beyond = f"the whole 95% interval is {side(about)} than the area's figure."
    first = (
        f"the {unit(about)} beyond chance come first; then the order is by the people that make "
        "the difference, without counts by its size. A cluster is a reason, and changes no order."
    )
    return [
        WEIGHT,
        *_smoothing(about),
        sentence(Strong("Beyond chance: "), beyond),
        sentence(Strong("Where to look first: "), first),
        *((CLUSTERS,) if about.clusters or not about.why_no_clusters else ()),
    ]


def _smoothing(about: Neighbourhoods) -> Iterator[Sentence]:
    if about.typical is not None:
        yield sentence(
            Strong("Smoothed: "),
            f"drawn towards {about.area.name} as far as chance is likely to have moved the figure, "
            "by Marshall's empirical Bayes rule; the raw figure stays beside it, as it is what was "
            "counted. The limits hold over all places together, and less often for the most "
            "extreme.",
        )
    elif about.why_not_smoothed:
        yield sentence(
            Strong("Not smoothed: "),
            f"{about.why_not_smoothed}. Smoothing needs to know how many events and people each "
            "figure rests on.",
        )
