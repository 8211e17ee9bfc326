"""How a gap was taken apart, what that assumes, and when it cannot answer."""

from collections.abc import Mapping

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.briefings.life_expectancy_gap.parts import GapParts
from ineqlib.briefings.life_expectancy_gap.published import PublishedGaps
from ineqlib.briefings.sections import HOW
from ineqlib.document.blocks import bullets
from ineqlib.document.model import Section
from ineqlib.narrative.sentence import Words, sentence

OURS = (
    "Our conventions: men and women together where both are asked for, and parts in years, which "
    "always add up. OHID's Segment Tool takes men and women apart, gives parts as percentages too, "
    "compares only with England or inside an area, and sets deaths under four weeks apart as a "
    "cause. Ask for them with convention: ohid."
)
OHID = (
    "As OHID's Segment Tool has it: men and women apart, parts in years and as shares of the gap. "
    "Unlike there, deaths under four weeks stay with their causes and the youngest age, since the "
    "tables hold no age in days. Our own convention takes men and women together where both are "
    "asked for, and gives no shares: parts that narrow a gap would make others more than the whole."
)


def how_section(asked: Asked, parts: Mapping[str, GapParts], published: PublishedGaps) -> Section:
    """Say it in at most ten sentences."""
    items: list[Words] = []
    if parts:
        items += [
            "Parts by age and cause: Arriaga's decomposition, from the side that lives "
            "shorter to the side that lives longer.",
            "Intervals take deaths for chance events (Poisson) and populations for known; "
            "parts whose intervals overlap widely have no order.",
            sentence(
                "Counted back from the longer-lived side, no span of ages changes by more than ",
                max((of_sex.turned for of_sex in parts.values()), key=lambda f: f.value),
                "; the gap stays the same.",
            ),
        ]
    if asked.is_part:
        items.append(
            "A comparator that contains the area is not independent of it, which makes the "
            "intervals a little too wide."
        )
    if any(row.is_similar for own in published.by_sex.values() for row in own.beside):
        items.append("The longest-lived of several similar areas owes some of its lead to chance.")
    items += [
        sentence(OHID if asked.is_ohid else OURS),
        "A change is told between periods that share no year; where the publisher gives no "
        "intervals of them, often none can be told.",
        "An area's deprivation is not a person's, people move, and a part says at which age or "
        "of what people die, not why.",
    ]
    return Section("how", HOW, (bullets("how", map(sentence, items)),))
