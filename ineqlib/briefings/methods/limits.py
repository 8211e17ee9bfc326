"""Counts, proportions and their limits: Byar's, Wilson's, and children living with obesity."""

from dataclasses import dataclass

from ineqlib.briefings.methods.published import published
from ineqlib.briefings.methods.table_facts import (
    RecomputedFacts,
    recomputed_blocks,
    recomputed_facts,
    rounded,
)
from ineqlib.document.blocks import Paragraph, paragraph
from ineqlib.document.model import Section
from ineqlib.measures import byar_interval, proportion, wilson_interval
from ineqlib.narrative.sentence import sentence


@dataclass(frozen=True)
class LimitsFacts:
    """Limits of counts, of shares, and of the shares of children living with obesity."""

    counts: RecomputedFacts
    shares: RecomputedFacts
    children: RecomputedFacts


def limits_facts() -> LimitsFacts:
    """Recompute the published limits of counts and proportions."""
    counts, shares, children = map(published, ("poisson_limits", "wilson_limits", "obesity"))
    lower, upper = byar_interval(counts["count"])
    of_counts = counts.beside(lower=lower, upper=upper)
    lower, upper = wilson_interval(shares["count"], shares["denominator"])
    of_shares = shares.beside(lower=lower, upper=upper)
    obese = proportion(children["obese"], children["measured"])
    of_children = children.beside(percent=obese.value, lower=obese.lower, upper=obese.upper)
    return LimitsFacts(
        recomputed_facts(of_counts, "byar_interval"),
        recomputed_facts(of_shares, "wilson_interval"),
        recomputed_facts(of_children, "proportion"),
    )


def limits_section(facts: LimitsFacts) -> Section:
    """How far chance alone moves a count or a percentage."""
    of_count, of_share = facts.counts.published.columns, facts.shares.published.columns
    lead = sentence(
        "A count of deaths varies from year to year by chance alone. Byar's limits say how far: "
        "with 65 deaths, the number that chance varies around lies between about ",
        (rounded(of_count["lower"][0]), " and ", rounded(of_count["upper"][0]), "."),
    )
    asked = Paragraph(
        "wilson",
        sentence(
            ("Of ", of_share["denominator"][0], " people asked, "),
            (of_share["count"][0], " said yes. "),
            "Wilson's limits of that share never leave 0 to 1, and need no correction near the "
            "ends.",
        ),
    )
    same = paragraph(
        "percentages",
        "The same method makes the limits of every percentage England publishes. One call does "
        "all ten groups; it would do ten thousand.",
    )
    blocks = (
        *recomputed_blocks(facts.counts),
        asked,
        *recomputed_blocks(facts.shares),
        same,
        *recomputed_blocks(facts.children),
    )
    return Section("limits", "Counts, proportions and their limits", blocks, lead)
