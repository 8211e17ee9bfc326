"""Published limits, standardised rates and life expectancy, made again from their counts."""

from dataclasses import dataclass

from ineqlib.briefings.methods.published import published
from ineqlib.briefings.methods.table_facts import (
    PublishedFacts,
    RecomputedFacts,
    published_block,
    published_facts,
    recomputed_blocks,
    recomputed_facts,
    rounded,
)
from ineqlib.document.blocks import Paragraph, paragraph
from ineqlib.document.model import Section
from ineqlib.measures import byar_interval, dsr, life_expectancy, proportion, wilson_interval
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


@dataclass(frozen=True)
class RateFacts:
    """A directly standardised rate, and the events and people it is made from."""

    by_age: PublishedFacts
    rate: RecomputedFacts


def rate_facts() -> RateFacts:
    """Recompute a published directly standardised rate."""
    by_age = published("rate_by_age")
    columns = (by_age[column] for column in ("count", "population", "standard"))
    events = dsr(*columns, bands=by_age.row_names)
    rate = published("rate").beside(rate=events.value, lower=events.lower, upper=events.upper)
    return RateFacts(published_facts(by_age), recomputed_facts(rate, "dsr"))


def rate_section(facts: RateFacts) -> Section:
    """A rate as it would be in a population of standard age."""
    lead = (
        "An area with more old people has more deaths. A directly standardised rate asks what the "
        "rate would be if its people were as old as a standard population. Deaths in each age "
        "band count by how many people of that age the standard has."
    )
    blocks = (published_block(facts.by_age), *recomputed_blocks(facts.rate))
    title = "A rate that does not depend on how old people are"
    return Section("standardised_rate", title, blocks, sentence(lead))


def life_expectancy_facts() -> RecomputedFacts:
    """Recompute a published table of life expectancy at each age."""
    deaths = published("life_table")
    life = life_expectancy(
        deaths["deaths"], deaths["population"], bands=deaths.frame["age"], age="all"
    )
    years = deaths.beside(years=life.value, lower=life.lower, upper=life.upper)
    return recomputed_facts(years, "life_expectancy")


def life_expectancy_section(facts: RecomputedFacts) -> Section:
    """How long a baby would live at today's death rates."""
    lead = (
        "How long a baby would live if today's death rates lasted all its life. From deaths and "
        "people by age come the chance of dying in each band (Chiang's method), the survivors, "
        "and the years they live; the last, open band has a variance of its own (Silcocks)."
    )
    blocks = recomputed_blocks(facts)
    return Section("life_expectancy", "Life expectancy", blocks, sentence(lead))
