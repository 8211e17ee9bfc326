"""The document that says where in an area to look first, by one figure of its small areas."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ineqlib.briefings.neighbourhoods import shown, words
from ineqlib.briefings.neighbourhoods.asked import check_asked, choose, name_asked
from ineqlib.briefings.neighbourhoods.facts import facts_of
from ineqlib.briefings.neighbourhoods.figures import figures_within
from ineqlib.briefings.neighbourhoods.model import Neighbourhoods
from ineqlib.briefings.neighbourhoods.words import side, unit
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import method_section, sources_section
from ineqlib.document.model import Document, comparable
from ineqlib.facts.profile import read_profile
from ineqlib.narrative.sentence import Sentence, Strong, sentence
from ineqlib.pack import Pack, open_pack

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


def open_neighbourhoods(
    pack: Pack | str | Path, area: str, *, indicator: str = "", unit: str = ""
) -> Document:
    """Build the document that says where in an area to look first.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    indicator
        Id or name of a figure of its wards, MSOAs or neighbourhoods; empty for the first of which
        the counts are known.
    unit
        ``ward``, ``msoa`` or ``lsoa``; empty for the smallest whose figures can carry weight.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    pack = open_pack(pack)
    check_asked(pack, area, indicator=indicator, unit=unit)
    place, asked = pack.area(area), name_asked(pack, indicator)
    profile = read_profile(pack, place.code, comparators=[], indicator_set=[])
    there = list(figures_within(profile))
    about = facts_of(pack, place, asked, there, choose(there, asked, unit))
    return Document(
        kind="neighbourhoods",
        parameters={"indicator": indicator, "unit": unit},
        title=words.title(about),
        summary=words.summary(about),
        outline={
            "answer": partial(shown.answer, about),
            "first": partial(shown.first, pack, about),
            "maps": partial(shown.maps, pack, about),
            "clusters": partial(shown.clusters, about),
            "places": partial(shown.every_place, about),
            "how": partial(method_section, method_items(about)),
            "sources": partial(sources_section, pack, about.sources),
        },
        figures=tuple(comparable(p.raw) for p in about.first if p.raw),
        **about_area(pack, place, about),
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
