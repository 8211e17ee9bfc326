"""Figures that the council keeps itself, and those of the wards and neighbourhoods inside it."""

from collections.abc import Iterator
from dataclasses import replace

from ineqlib.briefings.area.spine_figures import OWN_FIGURES, spine_figures
from ineqlib.briefings.area.trend_figures import trend_figures
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, TableBlock
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.fact import interval_text
from ineqlib.facts.local_figures import LocalFigures
from ineqlib.narrative.sentence import sentence
from ineqlib.text import NO_VALUE, slug

UNITS = {"ward": ("Ward", "wards"), "msoa": ("MSOA", "MSOAs")}
"""Types of place that have a table of their own, one and many; LSOAs are in the map's table."""


def but_own_figures(facts: AreaFacts) -> str:
    """Say that the figures known are the council's own, where a section without figures says so."""
    return " but those under “Own figures”" if facts.own else ""


def own_figures(facts: AreaFacts) -> Section:
    """The council's own indicators beside the county's and the country's, and over time."""
    if not facts.own:
        return Section("own_figures", OWN_FIGURES, ())
    own = replace(facts, comparisons=facts.own, trends=facts.own_trends)
    blocks: list[Block] = [FigureGrid(spine_figures(own, facts.own, "own-figures"))]
    if facts.own_trends:
        blocks.append(FigureGrid(trend_figures(facts.profile, facts.own_trends)))
    lead = (
        "Figures that the council keeps itself, under names that the catalogue does not have. "
        "They are called better or worse only where whoever keeps them says whether high is good, "
        "and they are not among the findings."
    )
    return Section("own_figures", OWN_FIGURES, tuple(blocks), sentence(lead))


def wards(facts: AreaFacts) -> Section:
    """A table of each figure that the pack has of wards, or of groups of neighbourhoods."""
    blocks = tuple(ward_tables(facts))
    lead = (
        "A place with few people has a figure that moves a lot by chance. Where a figure has an "
        f"interval, it is compared with that of {facts.profile.area.name} as a whole."
    )
    title = "Wards and groups of neighbourhoods"
    return Section("wards", title, blocks, sentence(lead) if blocks else sentence())


def ward_tables(facts: AreaFacts) -> Iterator[Block]:
    """Yield the tables, then how to read what they hold in place of a figure."""
    tables = [_table(facts, local) for local in facts.local if local.unit in UNITS]
    yield from tables
    if tables:
        words = (
            "[c] is a figure that is withheld, for it would tell of so few people; [x] is not "
            "available, [z] not applicable; 0 is a figure."
        )
        yield Paragraph("ward-shorthand", sentence(words), "note")


def _table(facts: AreaFacts, local: LocalFigures) -> TableBlock:
    area = facts.profile.area.name
    singular, plural = UNITS[local.unit]
    figures = local.figures
    unit = f" ({local.indicator.unit})" if local.indicator.unit else ""
    whole = f"; {area} as a whole: {local.whole.text}" if local.whole else ""
    cells = {
        singular: [figure.name for figure in figures],
        "Figure": [figure.text for figure in figures],
        "95% interval": [
            interval_text(figure.fact) if figure.fact else NO_VALUE["not_applicable"]
            for figure in figures
        ],
    }
    if any(figure.verdict for figure in figures):
        cells[f"Beside {area}"] = [figure.verdict or "not compared" for figure in figures]
    cells["Code"] = [figure.code for figure in figures]
    name = slug(f"{plural}-{local.indicator.id}-{local.name}")
    caption = f"{local.name}{unit}, {plural}, {local.period}{whole}"
    return TableBlock(name, cells, caption, sortable=True)
