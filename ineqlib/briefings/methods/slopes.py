"""England's slope and relative indices of inequality in life expectancy."""

from dataclasses import dataclass

import pandas as pd

from ineqlib.briefings.methods.measured import Measured, measured, measured_cells
from ineqlib.briefings.methods.published import Published, published
from ineqlib.briefings.methods.table_facts import (
    PublishedFacts,
    RecomputedFacts,
    published_block,
    published_facts,
    recomputed_blocks,
    recomputed_facts,
)
from ineqlib.document.blocks import Paragraph, TableBlock, paragraph
from ineqlib.document.model import Section
from ineqlib.measures import Columns, measure_table
from ineqlib.narrative.sentence import sentence

COLUMNS = Columns(se="se", lower=None, upper=None, status=None, dimension=None, label=None)


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
        published_facts(tenths),
        measured(table, about, decimals=2),
        recomputed_facts(slopes, "sii"),
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
