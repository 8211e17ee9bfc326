"""The methods document: published tables recomputed, and every measure of one area of a pack."""

from functools import partial
from pathlib import Path

from ineqlib.briefings.kinds import area_subject
from ineqlib.briefings.methods import by_group, counts, one_area
from ineqlib.briefings.provenance import place_names
from ineqlib.document.blocks import paragraph
from ineqlib.document.model import Document, Section
from ineqlib.document.origin import origin_of
from ineqlib.facts.fact import FactTable
from ineqlib.narrative.sentence import Strong, sentence
from ineqlib.pack import Pack, open_pack


def open_methods(pack: Pack | str | Path, area: str = "") -> Document:
    """Build the document that shows how the measures work, beside published figures.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area, whose groups the last sections measure; empty for the first
        that the pack has groups of.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`. A section that the pack
        has no data for says so.

    Raises
    ------
    PackError, UnknownArea
        A name that does not exist; the message offers the nearest.
    """
    opened = open_pack(pack)
    about = opened.area(area or one_area.first_with_groups(opened))
    where = one_area.OneArea(about, opened.title, opened.fictional)
    of_limits, of_rate = counts.limits_facts(), counts.rate_facts()
    of_life, of_slopes = counts.life_expectancy_facts(), by_group.slopes_facts()
    of_who = by_group.who_facts()
    of_area = one_area.one_area_facts(opened, about)
    of_gap = one_area.gap_by_age(opened, about)
    above = filter(None, about.above.values())
    facts = FactTable.within(of_limits, of_rate, of_life, of_slopes, of_who, of_area, of_gap)
    return Document(
        kind="methods",
        subject=area_subject(about),
        parameters={},
        title="How the measures work, beside published figures",
        summary="Published tables recomputed, and every measure of one area",
        facts=facts,
        outline={
            "introduction": introduction,
            "limits": partial(counts.limits_section, of_limits),
            "standardised_rate": partial(counts.rate_section, of_rate),
            "life_expectancy": partial(counts.life_expectancy_section, of_life),
            "slopes": partial(by_group.slopes_section, of_slopes),
            "who_measures": partial(by_group.who_section, of_who),
            "every_measure": partial(one_area.one_area_section, of_area, where),
            "decomposition": partial(one_area.decomposition_section, of_gap, where),
        },
        places=place_names(opened, [about.code, *above]),
        pack_title=opened.title,
        # Published tables are real whatever the pack is: `whose` says what is made up.
        fictional=False,
        origin=origin_of(opened, facts.values()),
    )


def introduction() -> Section:
    """What the page sets beside what, and where the numbers are from."""
    lead = sentence(
        "An analyst should not have to take a number on trust. Each part below takes a table "
        "somebody published, makes it again from the figures it was made from, and puts the two "
        "side by side: ",
        (Strong("published"), ", ", Strong("ours"), ", ", Strong("difference"), ". "),
        "What differs is said, with the reason.",
    )
    sources = (
        "The published numbers were typed by hand from the sources named under each table. "
        "Formulas, sources and when to use which measure are in the project's methods page; here "
        "they are at work."
    )
    return Section("introduction", "What this page shows", (paragraph("typed", sources),), lead)
