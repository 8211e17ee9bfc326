"""The document that shows an area by the Local Outcomes Framework."""

from functools import partial
from pathlib import Path

from ineqlib.briefings.area.spine_figures import glance_alt, spine_row
from ineqlib.briefings.local_outcomes import words
from ineqlib.briefings.local_outcomes.facts import SHOWN, Lens, lens_facts
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import (
    answer_section,
    method_section,
    no_answer_section,
    sources_section,
)
from ineqlib.catalogue import load_catalogue
from ineqlib.charts.figure import Labels
from ineqlib.charts.spine_chart import spine
from ineqlib.document.blocks import (
    Block,
    FigureGrid,
    Note,
    Paragraph,
    TableBlock,
    bullets,
    folded,
    heading,
    paragraph,
)
from ineqlib.document.model import Document, Section, comparable
from ineqlib.facts.attribution import short_source
from ineqlib.narrative.sentence import Period, sentence
from ineqlib.pack import Pack, open_pack
from ineqlib.text import NO_VALUE, slug

NONE = NO_VALUE["not_applicable"]


def open_local_outcomes(pack: Pack | str | Path, area: str) -> Document:
    """Build the document that shows an area by the outcomes and metrics of the framework.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea
        A name that does not exist; the message offers the nearest.
    """
    opened = open_pack(pack)
    lens = lens_facts(opened, opened.area(area).code)
    places = [place.code for place in lens.profile.places.values()]
    with_figures = [figure for figure in lens.comparisons if "area" in figure.facts]
    return Document(
        kind="local_outcomes",
        parameters={},
        title=f"{lens.area.name} by the Local Outcomes Framework",
        summary=words.in_short(lens),
        outline={
            "answer": partial(answer, lens),
            "glance": partial(glance, lens),
            "by_outcome": partial(by_outcome, lens),
            "without": partial(without, lens),
            "lenses": partial(lenses, lens),
            "how": partial(method_section, words.method_items(lens)),
            "sources": partial(sources, opened, lens),
        },
        figures=tuple(comparable(f.facts["area"], f.likely or f.verdict) for f in with_figures),
        **about_area(opened, lens.area, (lens.measured, lens.counts), places),
    )


def answer(lens: Lens) -> Section:
    """Where the area stands, how sure that is, and what next."""
    question = words.question(lens)
    if not lens.comparisons:
        why = (
            f"This pack cannot answer that: it has no figure for {lens.area.name} of any metric "
            "that the catalogue has."
        )
        instead = "get some of them; the lists below say where they are published."
        return no_answer_section(question, why, instead)
    return answer_section(question, words.answer(lens), words.how_sure(), words.what_next(lens))


def glance(lens: Lens) -> Section:
    """Show every figure against the country's, outcome by outcome."""
    title = "Where it stands, outcome by outcome"
    if not lens.comparisons:
        return Section("glance", title, ())
    profile, area, country = lens.profile, lens.area.name, lens.profile.country_name
    above = "county" if "county" in profile.places else "region"
    rows = [
        spine_row(figure, above, id(figure) in lens.older)._replace(
            objective=words.name_of(measured.outcome)
        )
        for measured in lens.of(SHOWN)
        for figure in measured.comparisons
    ]
    of_late = [figure for figure in lens.comparisons if id(figure) not in lens.older]
    published = {fact.source for figure in lens.comparisons for fact in figure.facts.values()}
    labels = Labels(
        id="local-outcomes",
        title=f"{area} beside {country}. {words.in_short(lens)}",
        subtitle=f"Newest figures by their distance from {country}, by outcome",
        alt=glance_alt(area, country, of_late),
        source=short_source(profile.pack, published),
    )
    higher = profile.places[above].name if above in profile.places else ""
    figure = spine(rows, labels, area=area, country=country, above=higher)
    return Section("glance", title, (FigureGrid((figure,)),))


def by_outcome(lens: Lens) -> Section:
    """Tell each figure under its outcome."""
    blocks: list[Block] = []
    for outcome in lens.framework.outcomes:
        items = [
            said
            for measured in lens.of(SHOWN)
            if measured.outcome is outcome
            for said in words.metric_in_words(measured)
        ]
        if not items:
            continue
        blocks.append(heading(words.name_of(outcome)))
        said = sentence("The framework's ambition: ", Period(outcome.ambition), ".")
        blocks.append(Paragraph(f"ambition-{outcome.id}", said))
        blocks.append(bullets(f"figures-{outcome.id}", items))
    return Section("by_outcome", "Each figure", tuple(blocks))


def without(lens: Lens) -> Section:
    """List every metric that has no figure here, outcome by outcome: where it has one."""
    blocks: list[Block] = [Paragraph("how-many", words.how_many(lens))]
    for outcome in lens.framework.outcomes:
        items = [words.where_published(measured) for measured in lens.without(outcome)]
        if outcome.without:
            items.append(sentence(outcome.without))
        if items:
            summary = words.how_many_without(lens, outcome)
            blocks.append(Note(f"without-{slug(outcome.id)}", folded(summary, items)))
    return Section("without", "Metrics without a figure here", tuple(blocks))


def lenses(lens: Lens) -> Section:
    """Show where the framework meets the objectives of the Marmot reviews and the determinants."""
    catalogue = load_catalogue()
    known = {**catalogue.indicators, **{i.id: i for i in lens.profile.indicators}}
    rows = [measured for measured in lens.measured if measured.metric.indicator]
    indicators = [known[measured.metric.indicator] for measured in rows]
    cells = {
        "Metric": [measured.metric.name for measured in rows],
        "Outcome": [words.name_of(measured.outcome) for measured in rows],
        "Marmot objective": [catalogue.objectives[i.objective].public_name for i in indicators],
        "Area of determinants": [indicator.sdh_area or NONE for indicator in indicators],
        "Measured by": [indicator.public_name for indicator in indicators],
        "The same metric": [words.sameness(measured) for measured in rows],
    }
    caption = "Metrics of the framework that the catalogue has, by its two other lenses"
    block = TableBlock("lenses", cells, caption, sortable=True)
    return Section("lenses", "The same indicators by three lenses", (block,))


def sources(pack: Pack, lens: Lens) -> Section:
    """Say who published the figures, and the framework."""
    published = {fact.source for figure in lens.comparisons for fact in figure.facts.values()}
    published |= {fact.source for measured in lens.measured for fact in measured.wider}
    about = lens.framework
    of_framework = paragraph("framework", f"{about.publisher}, {about.title}, {about.address}.")
    return sources_section(pack, published, of_framework)
