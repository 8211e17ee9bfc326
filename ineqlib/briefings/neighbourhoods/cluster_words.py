"""What the page says of clusters."""

from ineqlib.briefings.neighbourhoods.model import Cluster, Neighbourhoods
from ineqlib.briefings.neighbourhoods.words import unit
from ineqlib.narrative.sentence import Period, Sentence, Strong, Words, number_of, sentence
from ineqlib.text import joined


def cluster(about: Neighbourhoods, group: Cluster) -> Sentence:
    """One cluster in words."""
    kind = "High among high" if group.is_high else "Low among low"
    names = joined([place.name for place in group.places[:6]])
    more = f"{names} and others" if len(group.places) > 6 else names
    places = unit(about, many=len(group.places) != 1)
    return sentence(Strong(f"{kind}: "), number_of(group.number), f" {places}: ", more)


def clusters_lead(about: Neighbourhoods) -> Sentence:
    """Whether there are clusters, in one sentence."""
    if about.why_no_clusters:
        return sentence("Clusters were not looked for: ", Period(about.why_no_clusters), ".")
    untested: Words = ""
    if about.untested and about.untested.value:
        untested = " Not tested, as they touch no other: ", number_of(about.untested), "."
    said = (
        "Each of these is high, or low, together with the places around it, beyond what chance "
        "puts side by side."
    )
    if not about.clusters:
        said = (
            "No cluster: high and low figures lie beside one another about as they would by chance."
        )
    return sentence(said, untested)
