"""What is made from deaths and people by age: the standardised rate, and life expectancy."""

from dataclasses import dataclass

from ineqlib.briefings.methods.published import published
from ineqlib.briefings.methods.table_facts import (
    PublishedFacts,
    RecomputedFacts,
    published_block,
    published_facts,
    recomputed_blocks,
    recomputed_facts,
)
from ineqlib.document.model import Section
from ineqlib.measures import dsr, life_expectancy
from ineqlib.narrative.sentence import sentence


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
