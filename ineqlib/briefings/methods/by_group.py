"""Published measures of groups made again: England's slopes, and WHO's five groups."""

from dataclasses import dataclass

import pandas as pd

from ineqlib.briefings.methods.published import Published, published
from ineqlib.briefings.methods.table_facts import (
    Measured,
    PublishedFacts,
    RecomputedFacts,
    measured,
    measured_cells,
    published_block,
    published_facts,
    recomputed_blocks,
    recomputed_facts,
    rounded,
)
from ineqlib.document.blocks import Paragraph, TableBlock, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.fact import Fact, calculated, fact_id
from ineqlib.measures import (
    Columns,
    aci,
    measure_table,
    paf,
    par,
    rci,
    rii_logistic,
    sii,
    sii_logistic,
)
from ineqlib.narrative.sentence import sentence

COLUMNS = Columns(se="se", lower=None, upper=None, status=None, dimension=None, label=None)
FUNCTIONS = ("aci", "rci", "par", "paf", "sii_logistic", "rii_logistic")
"""One a row of the published table."""


@dataclass(frozen=True)
class SlopesFacts:
    """Life expectancy by tenth, our measures of it, and the published slopes beside ours."""

    tenths: PublishedFacts
    ours: tuple[Measured, ...]
    slopes: RecomputedFacts


def measured_tenths(tenths: Published) -> pd.DataFrame:
    """Measure a published table of life expectancy by sex and tenth of deprivation."""
    frame = tenths.frame.assign(unit="years")
    measures = ["sii", "rii", "difference"]
    return measure_table(frame, measures, by="sex", columns=COLUMNS, groups=10)


def slopes_facts() -> SlopesFacts:
    """Recompute the published slope indices of inequality of both sexes."""
    tenths = published("life_expectancy")
    table = measured_tenths(tenths)
    slopes = published("slopes").beside(sii=table.loc[table["measure"] == "sii", "value"])
    about = {
        sex: {"id": f"{tenths.name} {sex}", "sex": sex, "source": tenths.source}
        for sex in table["sex"].unique()
    }
    return SlopesFacts(
        published_facts(tenths), measured(table, about, decimals=2), recomputed_facts(slopes, "sii")
    )


def slopes_section(facts: SlopesFacts) -> Section:
    """The straight line through England's tenths, read at both ends."""
    lead = (
        "Put England's neighbourhoods in order of deprivation and cut them into tenths. Life "
        "expectancy rises from tenth to tenth. The slope index draws a straight line through all "
        "ten, each weighted by its people, and reads the line at both ends: the years between the "
        "very most and the very least deprived."
    )
    men, women = facts.slopes.published.columns["sii"]
    both = Paragraph(
        "both-sexes",
        sentence(
            "Both sexes are one call of measure_table, which takes a frame and gives one row for "
            "each set of groups. The figures published are ",
            (men, " years for men and ", women, " for women."),
        ),
    )
    limits = paragraph(
        "exact-limits",
        "The limits are exact: no draws and no seed, and the same numbers for everybody. England's "
        "own tool simulates them; the decision record on slope indices says how near the two are. "
        "The slope is positive because life expectancy rises with affluence. That of a death rate "
        "is negative; the sign is never taken away.",
    )
    blocks = (
        published_block(facts.tenths),
        both,
        TableBlock("slopes-ours", measured_cells(facts.ours), "Ours"),
        *recomputed_blocks(facts.slopes),
        limits,
    )
    title = "The gradient: slope and relative index of inequality"
    return Section("slopes", title, blocks, sentence(lead))


@dataclass(frozen=True)
class WhoFacts:
    """Five groups, WHO's measures of them beside ours, and the slope by three methods."""

    groups: PublishedFacts
    measures: RecomputedFacts
    """The groups as published, and their measures."""
    events: Fact
    """Events in the first group, before WHO rounds them to whole people."""
    logistic: Fact
    straight: Fact
    """The slope without what WHO does besides, and that of England's line."""


def who_estimates(groups: Published) -> list[float]:
    """Make WHO's measures of its five groups, its logistic ones with all that its package does."""
    value, people = groups["value"], groups["population"]
    whole = groups["whole_people"] / people
    estimates = [
        aci(value, people).value,
        rci(value, people).value,
        par(value, people).value,
        paf(value, people).value * 100,
        sii_logistic(whole, people, as_heat=True).value * 100,
        rii_logistic(whole, people, as_heat=True).value,
    ]
    return [float(estimate) for estimate in estimates]


def who_facts() -> WhoFacts:
    """Recompute WHO's measures, and make the slope without what WHO does besides."""
    groups = published("five_groups")
    value, people = groups["value"], groups["population"]
    measures = published("who_measures").beside(estimate=who_estimates(groups))
    logistic = float(sii_logistic(value / 100, people).value * 100)
    events = float(value[0] * people[0] / 100)
    return WhoFacts(
        groups=published_facts(groups),
        measures=recomputed_facts(measures, FUNCTIONS),
        events=_fact(groups, "events of group 1", events, 1, "value × population / 100"),
        logistic=_fact(groups, "logistic slope", logistic, 2, "computed by sii_logistic"),
        straight=_fact(
            groups, "straight slope", float(sii(value, people).value), 2, "computed by sii"
        ),
    )


def _fact(groups: Published, what: str, value: float, decimals: int, method: str) -> Fact:
    return calculated(
        fact_id(what, groups.name),
        value,
        decimals=decimals,
        method=method,
        source=groups.source,
        note=f"{what}. {groups.title}",
    )


def who_section(facts: WhoFacts) -> Section:
    """WHO's measures, what it takes to match them, and the slope without that."""
    columns = facts.groups.columns
    values, people, whole = (columns[name] for name in ("value", "population", "whole_people"))
    lead = sentence(
        "WHO's package is tested with five groups whose values rise from ",
        (rounded(values[0], "%"), " to ", rounded(values[-1], "%"), ". "),
        "The absolute concentration index says how far the total is held by the better off; the "
        "population attributable risk, how far everybody's value would rise if every group had "
        "the best-off group's.",
    )
    matched = Paragraph(
        "as-who-does",
        sentence(
            "Two things had to be done WHO's way to match its logistic indices: events rounded to "
            "whole people (",
            (facts.events, " people of ", people[0]),
            (" become ", whole[0], "), and each group weighted by its people squared "),
            "(as_heat=True). Neither is part of the method. Without them the slope is this, in "
            "percentage points:",
        ),
    )
    slopes = Paragraph(
        "slopes-by-method",
        sentence(("Logistic: ", facts.logistic, ". "), ("England's line: ", facts.straight, ".")),
    )
    three = paragraph(
        "three-methods",
        "Three methods, three numbers for one gradient. That is why the method stands beside "
        "every slope index, and why indices made by different methods are never compared.",
    )
    blocks = (
        published_block(facts.groups),
        *recomputed_blocks(facts.measures),
        matched,
        slopes,
        three,
    )
    return Section("who_measures", "The World Health Organization's measures", blocks, lead)
