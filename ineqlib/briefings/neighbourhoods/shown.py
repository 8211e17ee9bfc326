"""The sections that show it: the places to look at first, the maps, the clusters, every place."""

from collections.abc import Callable

from ineqlib.briefings.neighbourhoods import words
from ineqlib.briefings.neighbourhoods.model import (
    Cluster,
    Neighbourhoods,
    OnePlace,
    Weight,
)
from ineqlib.briefings.neighbourhoods.words import unit
from ineqlib.briefings.sections import answer_section
from ineqlib.charts import Labels
from ineqlib.charts.area_map_chart import area_map
from ineqlib.charts.figure import Figure
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, TableBlock, bullets, no_data
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact, interval_text, value_text
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    Words,
    capitalised,
    in_a_row,
    possessive,
    sentence,
)
from ineqlib.pack import Pack
from ineqlib.text import joined, slug

IN_CLUSTER = {1: "high among high", -1: "low among low", 0: "no"}
NUMBERED = 3
"""So many of the places to look at first bear their number on the map, as the answer names them."""
CLUSTER_TITLE = "Do high figures lie together?"


def answer(about: Neighbourhoods) -> Section:
    """Where to look first, how sure that is, and what next."""
    sure = sentence() if about.why_not else words.how_sure(about)
    return answer_section(words.question(about), words.answer(about), sure, words.next_step(about))


def first(pack: Pack, about: Neighbourhoods) -> Section:
    """The places to look at first, each with its reasons."""
    title = "The places to look at first"
    if not about.first or about.first_number is None or about.average is None:
        return Section("first", title, ())
    best = about.first[0]
    is_smoothed = best.smoothed is not None
    labels = Labels(
        id=_id("first", about),
        title=(
            f"{best.name} comes first: {_text(best.best)} against "
            f"{possessive(about.average_is)} {about.average.text}"
        ),
        subtitle=(
            f"{about.name}, {'smoothed' if is_smoothed else 'as published'}, in the order in "
            f"which to look, {about.period}"
        ),
        alt=(
            f"Dot chart of {about.first_number.text} {words.unit(about)}. {best.name}: "
            f"{_text(best.best)}; {about.average_is}: {about.average.text}."
        ),
        source=short_source(pack, about.sources),
    )
    rows = [Ranked(place.best, "other") for place in about.first if place.best]
    rows.append(Ranked(about.average, "reference", capitalised(sentence(about.average_is)).text))
    reasons = bullets("reasons", (words.reason(about, place) for place in about.first))
    chart = ranking(rows, labels, heading=words.heading(about))
    return Section("first", title, (FigureGrid((chart,)), reasons), words.first_lead(about))


def maps(pack: Pack, about: Neighbourhoods) -> Section:
    """The raw figures and the smoothed ones, in the same classes."""
    title = "The map" if about.typical is None else "The map, as published and smoothed"
    if not about.places or about.why_not:
        return Section("maps", title, ())
    raw = _facts_by_code(about, lambda place: place.raw)
    if not raw:
        why = "No place with a figure has a shape in the pack."
        if about.shapes is None:
            why = "The pack has no shapes of these places, so that no map can be drawn."
        return Section("maps", title, (no_data("no-map", why),))
    smoothed = _facts_by_code(about, lambda place: place.smoothed)
    among = list(raw.values())
    figures = [_map(pack, about, "raw", raw, among)]
    if smoothed:
        figures.append(_map(pack, about, "smoothed", smoothed, among))
    return Section("maps", title, (FigureGrid(tuple(figures)),))


def _map(
    pack: Pack, about: Neighbourhoods, kind: str, facts: dict[str, Fact], among: list[Fact]
) -> Figure:
    ends = sorted(facts.values(), key=lambda fact: fact.value)
    low, high = ends[0], ends[-1]
    called = "As published" if kind == "raw" else "Smoothed"
    said = f"{called}, from {low.text} to {high.text}"
    in_cluster = {
        place.code: IN_CLUSTER[place.cluster]
        for place in about.places
        if place.cluster and place.code in facts
    }
    numbered = [place for place in about.first if place.code in facts][:NUMBERED]
    names = [f"{number} {place.name}" for number, place in enumerate(numbered, start=1)]
    where = joined(names) if names else ""
    labels = Labels(
        id=_id(f"map-{kind}", about),
        title=said,
        subtitle=(
            f"{about.name}{f' ({low.unit})' if low.unit else ''} of each "
            f"{words.unit(about, many=False)}, {about.period}"
            f"{'; outlined: in a cluster' * bool(in_cluster)}"
            f"{f'; look first at {where}' if where else ''}"
        ),
        alt=(
            f"Map of {about.area.name}. {said}: lowest in {low.area_name}, highest in "
            f"{high.area_name}. {f'Look first at {where}. ' if where else ''}The table below has "
            "every place."
        ),
        source=short_source(pack, about.sources),
    )
    shapes = about.shapes
    assert shapes is not None
    return area_map(
        shapes,
        facts,
        labels,
        statuses={place.code: place.status for place in about.places},
        lowest_dark=about.way < 0,
        among=among,
        clusters=in_cluster,
        numbered=[place.code for place in numbered],
    )


def _facts_by_code(
    about: Neighbourhoods, fact_of: Callable[[OnePlace], Fact | None]
) -> dict[str, Fact]:
    codes = set() if about.shapes is None else set(about.shapes["code"])
    return {
        place.code: fact
        for place in about.places
        if place.code in codes and (fact := fact_of(place)) is not None
    }


def clusters(about: Neighbourhoods) -> Section:
    """Places that are high, or low, together with those around them."""
    if not about.places or about.why_not:
        return Section("clusters", CLUSTER_TITLE, ())
    blocks: list[Block] = [Paragraph("clusters-lead", _clusters_lead(about))]
    if about.clusters:
        items = (_cluster_in_words(about, group) for group in about.clusters)
        blocks.append(bullets("clusters", items))
    return Section("clusters", CLUSTER_TITLE, tuple(blocks))


def every_place(about: Neighbourhoods) -> Section:
    """Every place, its raw figure beside the smoothed one, and whether it can carry weight."""
    title = "Every place, and which figures can carry weight"
    if not about.places or about.why_not or about.average is None:
        return Section("places", title, ())
    weights = [
        (fact, f" {said}")
        for kind, said in (
            (Weight.STEADY, "steady"),
            (Weight.CARE, "to be read with care"),
            (Weight.WEAK, "that cannot carry weight"),
            (Weight.UNKNOWN, "of which nothing says how sure they are"),
            (Weight.NO_FIGURE, "withheld or not available"),
        )
        if (fact := about.by_weight[kind]).value
    ]
    lead = sentence("Figures: ", in_a_row(weights), ".")
    places = sorted(about.places, key=_worst_first(about))
    cells = {words.heading(about): [place.name for place in places]}
    if any(place.count for place in places):
        cells["Counted"] = [value_text(place.count, place.status) for place in places]
    cells["Figure"] = [value_text(place.raw, place.status) for place in places]
    cells["95% interval"] = [interval_text(place.raw) for place in places]
    if any(place.smoothed for place in places):
        cells["Smoothed"] = [value_text(place.smoothed, place.status) for place in places]
        cells["95% interval, smoothed"] = [interval_text(place.smoothed) for place in places]
        cells["Its own share of that"] = [value_text(place.own) for place in places]
    cells["Weight"] = [place.weight or "no figure" for place in places]
    cells["Cluster"] = [
        "not tested" if place.cluster is None else IN_CLUSTER[place.cluster] for place in places
    ]
    caption = f"{about.name} in {about.area.name}, {about.period}; {about.average_is}: "
    blocks = (
        Paragraph("weights", lead),
        TableBlock("every-place", cells, f"{caption}{about.average.text}", sortable=True),
    )
    return Section("places", title, blocks)


def _worst_first(about: Neighbourhoods) -> Callable[[OnePlace], tuple[bool, float, str]]:
    def key(place: OnePlace) -> tuple[bool, float, str]:
        value = about.way * place.best.value if place.best else 0.0
        return place.best is None, -value, place.code

    return key


def _id(kind: str, about: Neighbourhoods) -> str:
    figure = about.figures.id if about.figures else ""
    return slug(f"{kind}-{figure}-{about.area.code}", longest=100)


def _text(fact: Fact | None) -> str:
    return fact.text if fact else ""


def _cluster_in_words(about: Neighbourhoods, group: Cluster) -> Sentence:
    """One cluster in words."""
    kind = "High among high" if group.is_high else "Low among low"
    names = joined([place.name for place in group.places[:6]])
    more = f"{names} and others" if len(group.places) > 6 else names
    places = unit(about, many=len(group.places) != 1)
    return sentence(Strong(f"{kind}: "), group.number, f" {places}: ", more)


def _clusters_lead(about: Neighbourhoods) -> Sentence:
    """Whether there are clusters, in one sentence."""
    if about.why_no_clusters:
        return sentence("Clusters were not looked for: ", Period(about.why_no_clusters), ".")
    untested: Words = ""
    if about.untested and about.untested.value:
        untested = " Not tested, as they touch no other: ", about.untested, "."
    said = (
        "Each of these is high, or low, together with the places around it, beyond what chance "
        "puts side by side."
    )
    if not about.clusters:
        said = (
            "No cluster: high and low figures lie beside one another about as they would by chance."
        )
    return sentence(said, untested)
