"""Published tables and ours beside them, each number a fact; and how they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.briefings.methods.published import Published, Recomputed
from ineqlib.document.blocks import Paragraph, TableBlock
from ineqlib.facts.fact import Fact, calculated, fact_id, value_text
from ineqlib.narrative.sentence import Number, Sentence, sentence
from ineqlib.text import MARKS, NO_VALUE, joined, number, slug, with_unit

Column = tuple[Fact | None, ...]
"""One fact a row; None where the method gives no number."""
NONE = NO_VALUE["not_applicable"]


@dataclass(frozen=True)
class PublishedFacts:
    """A published table: the facts of its columns of numbers, by name."""

    table: Published
    columns: Mapping[str, tuple[Fact, ...]]


@dataclass(frozen=True)
class RecomputedFacts:
    """A published table with ours and the difference beside it, one digit more than published."""

    published: PublishedFacts
    ours: Mapping[str, Column]
    difference: Mapping[str, Column]
    """By name of the published column."""
    compared: Fact
    differing: Fact
    """How many numbers were compared, and how many of ours round to another number."""
    differing_in: tuple[str, ...]
    """Columns that those are in."""


def published_facts(table: Published) -> PublishedFacts:
    """Make a fact of each number of a published table, its text as it was typed."""
    return PublishedFacts(table, {column: _typed(table, column) for column in table.numbers})


def _typed(table: Published, column: str) -> tuple[Fact, ...]:
    cells = zip(
        table.row_names, table[column], table.text[column], table.decimals(column), strict=True
    )
    return tuple(
        Fact(
            id=fact_id("published", table.name, column, row),
            value=float(value),
            text=text,
            decimals=int(decimals),
            subgroup=row,
            method=f"published by {table.source}",
            source=table.source,
            note=f"{column}. {table.title}",
        )
        for row, value, text, decimals in cells
    )


def recomputed_facts(recomputed: Recomputed, functions: str | Sequence[str]) -> RecomputedFacts:
    """Make facts of a published table, of ours beside it, and of how many agree.

    `functions` names the measure that made ours, or one a row.
    """
    table = recomputed.published
    made_by = [functions] * len(table.text) if isinstance(functions, str) else functions
    ours, difference = {}, {}
    facts = published_facts(table)
    for name, values in recomputed.ours.items():
        typed, gaps = facts.columns[name], recomputed.difference[name]
        ours[name] = tuple(
            _beside(fact, "ours beside", value, f"computed by {function}")
            for fact, value, function in zip(typed, values, made_by, strict=True)
        )
        difference[name] = tuple(
            _beside(fact, "difference from", gap, f"ours minus {fact.method}")
            for fact, gap in zip(typed, gaps, strict=True)
        )
    agree = recomputed.agree
    return RecomputedFacts(
        published=facts,
        ours=ours,
        difference=difference,
        compared=_count(table, "compared", sum(rows.size for rows in agree.values())),
        differing=_count(table, "differing", sum(int((~rows).sum()) for rows in agree.values())),
        differing_in=tuple(name for name, rows in agree.items() if not rows.all()),
    )


def _beside(typed: Fact, prefix: str, value: float, method: str) -> Fact | None:
    """Make a fact about what a published one is about, with one digit more."""
    if not np.isfinite(value):
        return None
    decimals = typed.decimals + 1
    return replace(
        typed,
        id=fact_id(prefix, typed.id),
        value=float(value),
        text=number(value, decimals).replace(",", ""),
        decimals=decimals,
        method=method,
    )


def _count(table: Published, what: str, count: int) -> Fact:
    return calculated(
        fact_id(what, table.name),
        count,
        method=f"numbers {what}: ours, rounded as published, against published",
        source=table.source,
        note=table.title,
    )


def published_block(facts: PublishedFacts) -> TableBlock:
    """Show a published table as it is."""
    table = facts.table
    columns = {name: _texts(column) for name, column in facts.columns.items()}
    caption = f"{table.title}. Source: {table.source}."
    return TableBlock(slug(table.name), _named(table) | columns, caption)


def recomputed_blocks(facts: RecomputedFacts) -> tuple[TableBlock, Paragraph]:
    """Show published, ours and the difference; then say whether they agree."""
    table = facts.published.table
    cells = _named(table)
    for name, ours in facts.ours.items():
        cells[f"{name}, published"] = _texts(facts.published.columns[name])
        cells[f"{name}, ours"] = _texts(ours)
        cells[f"{name}, difference"] = _texts(facts.difference[name])
    caption = f"{table.title}: published, and ours. Source: {table.source}."
    block_id = slug(f"{table.name}-recomputed")
    return TableBlock(block_id, cells, caption), Paragraph(f"{block_id}-verdict", verdict(facts))


def verdict(facts: RecomputedFacts) -> Sentence:
    """Say whether published and ours agree."""
    if not facts.differing_in:
        return sentence(
            "Published and ours agree to the last digit published: all ", facts.compared, "."
        )
    return sentence(
        "Published and ours differ in the last digit published: ",
        (facts.differing, " of ", facts.compared),
        f" ({joined(list(facts.differing_in))}).",
    )


def rounded(fact: Fact, unit: str = "") -> Number:
    """Tell a fact's number without decimals."""
    return Number(with_unit(number(fact.value, 0), unit), fact.value, fact.id)


def _named(table: Published) -> dict[str, list[str]]:
    """Return the columns that name the rows."""
    return {str(name): table.text[name].tolist() for name in table.text.columns[: table.named_by]}


def _texts(column: Column) -> list[str]:
    return [value_text(fact, "not_applicable") for fact in column]


@dataclass(frozen=True)
class Measured:
    """One measure of one sex's groups: its fact, or None where `status` says why there is none."""

    sex: str
    measure: str
    unit: str
    status: str
    fact: Fact | None


def measured(
    table: pd.DataFrame, about: Mapping[str, Mapping[str, Any]], decimals: int
) -> tuple[Measured, ...]:
    """Make facts of a table that `measure_table` made by sex.

    `about` has for each sex what `Fact` says of its groups; of the id, what follows the measure's
    name.
    """
    return tuple(
        Measured(
            sex=row.sex,
            measure=row.measure,
            unit=row.unit,
            status=f"{row.status}: {row.note}" if row.note else row.status,
            fact=_fact(row, about[row.sex], decimals) if np.isfinite(row.value) else None,
        )
        for row in table.itertuples()
    )


def measured_cells(rows: Sequence[Measured]) -> dict[str, list[str]]:
    """Write the measures as a table whose units stand in a column of their own."""
    return {
        "sex": [row.sex for row in rows],
        "measure": [row.measure for row in rows],
        "value": [row.fact.number if row.fact else NONE for row in rows],
        "lower_ci": [_limit(row, 0) for row in rows],
        "upper_ci": [_limit(row, 1) for row in rows],
        "unit": [row.unit for row in rows],
    }


def _limit(row: Measured, end: int) -> str:
    if row.fact is None or row.fact.limits is None:
        return NONE
    return number(row.fact.limits[end], row.fact.decimals)


def _fact(row: Any, about: Mapping[str, Any], decimals: int) -> Fact:
    mark = MARKS.get(row.status, "")
    limits = (row.lower_ci, row.upper_ci)
    lower, upper = map(float, limits) if np.isfinite(limits).all() else (None, None)
    details = {
        **about,
        "id": fact_id(row.measure, about["id"]),
        "value": float(row.value),
        "text": f"{with_unit(number(row.value, decimals), row.unit)} {mark}".rstrip(),
        "decimals": decimals,
        "unit": row.unit,
        "lower_ci": lower,
        "upper_ci": upper,
        "method": row.method,
        "note": row.note,
        "mark": mark,
    }
    return Fact(**details)
