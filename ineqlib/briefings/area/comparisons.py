"""Every figure at a glance: the spine charts, and the figures furthest from the country."""

from collections.abc import Sequence

from ineqlib.briefings.area.options import name_key
from ineqlib.briefings.area.own_section import but_own_figures
from ineqlib.briefings.area.spine_figures import spine_figures
from ineqlib.catalogue import load_catalogue
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, bullets, heading, no_data
from ineqlib.document.model import Section
from ineqlib.errors import ParameterError, nearest
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import OVERLAP, Comparison, recent
from ineqlib.narrative import area as words
from ineqlib.narrative.sentence import sentence

FURTHEST = 5
MANY = 10
"""Figures compared, from which on some differ by chance alone."""


def at_a_glance(facts: AreaFacts, objective: str = "") -> Section:
    """Every newest figure on spine charts, or those of one objective; then the furthest."""
    shown = _of_objective(facts.comparisons, objective)
    lead = (
        "The newest figures that the pack holds for this area, beside the wider areas it is part "
        "of and the areas most like it, as far as they are known. Figures are grouped by the "
        "objective of the Marmot reviews they belong to."
    )
    if not shown:
        of_objective = " of this objective" if objective else ""
        why = f"The pack has no figures{of_objective} for this area{but_own_figures(facts)}."
        blocks: tuple[Block, ...] = (no_data("no-figures", why),)
    else:
        spines = spine_figures(facts, shown)
        chosen = set(map(id, shown))  # to compare them cell by cell would take a while
        lists = _furthest([figure for figure in recent(facts.comparisons) if id(figure) in chosen])
        blocks = (_note(facts), FigureGrid(spines), *lists)
    return Section("at_a_glance", "At a glance", blocks, sentence(lead))


def _of_objective(comparisons: Sequence[Comparison], objective: str) -> Sequence[Comparison]:
    """Keep the figures of one objective, by its id or name; all where none is given."""
    if not objective:
        return comparisons
    known = load_catalogue().objectives.values()
    ids = {
        name_key(name): entry.id
        for entry in known
        for name in (entry.id, entry.name, entry.public_name)
    }
    wanted = name_key(objective)
    if wanted not in ids:
        raise ParameterError(
            f"There is no objective '{objective}'.{nearest(wanted, ids)} "
            f"Choose from {', '.join(name_key(entry.public_name) for entry in known)}."
        )
    return [figure for figure in comparisons if figure.indicator.objective == ids[wanted]]


def _note(facts: AreaFacts) -> Paragraph:
    profile = facts.profile
    similar = (
        f" The darker bar spans the most similar areas ({profile.neighbour_method})."
        if profile.neighbours
        else ""
    )
    chance = (
        " With this many comparisons, about one in twenty will look different by chance alone."
        if facts.tally["judged"].value >= MANY
        else ""
    )
    return Paragraph(
        "how-to-read",
        sentence(
            "The grey bar spans the areas of the same tier, where nearly all have a figure; a bar "
            f"that reaches the edge goes on beyond it.{similar}{chance}"
        ),
        "note",
    )


def _furthest(of_late: Sequence[Comparison]) -> list[Block]:
    """List the figures furthest on either side, of those that are really different."""
    blocks: list[Block] = []
    for verdict, title in (
        ("worse", "Where this area does worse"),
        ("better", "Where it does better"),
    ):
        judged = [comparison for comparison in of_late if comparison.verdict == verdict]
        judged.sort(key=lambda comparison: (comparison.basis != OVERLAP, -abs(comparison.distance)))
        if judged:
            items = [words.compared(comparison) for comparison in judged[:FURTHEST]]
            blocks += [heading(title), bullets(f"furthest-{verdict}", items)]
    return blocks
