"""A figure computed again, and the rows of the pack that it comes from."""

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from ineqlib.document.verify.facts import same_number
from ineqlib.errors import listed
from ineqlib.facts.fact import Fact
from ineqlib.measures.methods import METHODS
from ineqlib.measures.registry import Method
from ineqlib.periods import period_label
from ineqlib.spreadsheet import as_it_was
from ineqlib.text import plural
from ineqlib.trace.chain import Step

PUBLISHED = "published"
_NUMBERS = ("value", "lower_ci", "upper_ci")
_MOST_ROWS = 12
_OF_A_ROW = (
    *("row", "indicator_id", "area_code", "area_name", "period", "sex", "age", "dimension"),
    *("subgroup", "value", "lower_ci", "upper_ci", "count", "denominator", "status", "source"),
)

Figure = Mapping[str, str]
"""A figure as its page has it."""
_BY_WORDS = {
    "arriaga's decomposition": "arriaga",
    "value of the fitted line": "sii",
    "change a year of the slope": "slope_trend",
}
"""Words of a figure's method that name a documented one otherwise than by its title."""


def row_numbers(figure: Figure) -> tuple[int, ...]:
    """Return the rows of the pack that a page says a figure comes from."""
    return tuple(int(number) for number in figure["rows"].split() if number.isdigit())


def figure_step(figure: Figure, fact: Fact | None, reason: str, *, with_rows: bool) -> Step:
    """Hold a figure, as its page has it, against the same computed again from the pack.

    Where that cannot be, `reason` says why; it is empty where the document has no such figure.
    Numbers of rows differ in another edition of the pack: `with_rows` says whether to compare them.
    """
    formula = formula_of(figure["method"])
    details = {"method": figure["method"]}
    how = f"Method: {figure['method']}."
    if formula:
        details |= {"formula": formula.formula, "citation": formula.source, "doi": formula.doi}
        doi = f", doi:{formula.doi}" if formula.doi else ""
        how += f"\n{formula.title}: {formula.formula}\nFrom {formula.source}{doi}"
    if figure["method"] == PUBLISHED:
        how = "It is shown as it was published: nothing was computed."
    if fact is None:
        why = reason or "the document of the page has no such figure, which a notebook adds"
        if figure["method"] == PUBLISHED:
            return Step("figure", "holds", f"{how} It is held against its row below.", details)
        words = f"It cannot be computed again: {why}. {how}"
        return Step("figure", "open", words, details)
    if wrong := _differences(figure, fact, with_rows=with_rows):
        return Step("figure", "breaks", f"computed again from the pack, {listed(wrong)}.", details)
    words = f"Made again from the pack, it is the same. {how}"
    return Step("figure", "holds", words, details)


def _differences(figure: Figure, fact: Fact, *, with_rows: bool) -> list[str]:
    again = {part.name: getattr(fact, part.name) for part in fields(fact)}
    again["rows"] = " ".join(map(str, fact.rows))
    names = [name for name in again if name in figure and (with_rows or name != "rows")]
    said = {name: as_it_was(figure[name]) for name in names}
    return [
        f"{name} is {'none' if again[name] in ('', None) else again[name]}, on the page "
        f"{said[name] or 'none'}"
        for name in names
        if not _is_same(name, said[name], again[name])
    ]


def _is_same(name: str, said: str, again: Any) -> bool:
    if name in _NUMBERS:
        return same_number(said, again) if again is not None else said == ""
    return said == str(again)


def rows_step(figure: Figure, numbers: tuple[int, ...], rows: pd.DataFrame) -> Step:
    """Show the rows of the pack behind a figure, and hold one that is published against its row."""
    shown = rows[list(_OF_A_ROW)].to_dict("records")
    details = {"table": "observations", "rows": [_plain(row) for row in shown]}
    if absent := sorted(set(numbers) - set(rows["row"])):
        words = f"the pack has no row {listed(absent)} among its observations."
        return Step("rows", "breaks", words, details)
    if not numbers:
        words = (
            "It comes from no single row: it was counted or computed from whole tables of the "
            "pack, or from other figures of this page."
        )
        return Step("rows", "holds", words, details)
    if figure["method"] == PUBLISHED and (wrong := _unlike(figure, rows.iloc[0])):
        words = f"row {numbers[0]} of the pack's observations has {listed(wrong)}."
        return Step("rows", "breaks", words, details)
    lines = [_in_words(row) for row in shown[:_MOST_ROWS]]
    more = f"\nand {len(shown) - _MOST_ROWS} more" if len(shown) > _MOST_ROWS else ""
    words = f"{plural(len(shown), 'row')} of the pack's observations:\n" + "\n".join(lines) + more
    return Step("rows", "holds", words, details)


def _unlike(figure: Figure, row: Any) -> list[str]:
    """Say in what a published figure differs from its row."""
    own = {name: row[name] for name in ("indicator_id", "area_code", "sex", "age", "subgroup")}
    own["period"] = period_label(row["period_start"], row["period_end"])
    wrong = [
        f"the {name} '{value}', not '{figure[name]}'"
        for name, value in own.items()
        if as_it_was(figure[name]) != value
    ]
    for name in _NUMBERS:
        is_same = (
            figure[name] == "" if math.isnan(row[name]) else same_number(figure[name], row[name])
        )
        if not is_same:
            wrong.append(f"the {name} {row[name]:.10g}, not {figure[name] or 'none'}")
    return wrong


def _in_words(row: Mapping[Any, Any]) -> str:
    about = (row["indicator_id"], f"{row['area_name']} ({row['area_code']})", row["period"])
    who = (row["sex"], row["age"], row["subgroup"])
    limits = "" if math.isnan(row["lower_ci"]) else f" ({row['lower_ci']:g} to {row['upper_ci']:g})"
    value = "withheld" if math.isnan(row["value"]) else f"{row['value']:.10g}"
    return f"row {row['row']}: {', '.join(filter(None, (*about, *who)))}: {value}{limits}"


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row in values that JSON has words for."""
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def formula_of(method: str) -> Method | None:
    """Return the documented method that a figure's own words name; None where they name none.

    Examples
    --------
    >>> formula_of("SII across 5 groups: slope index of inequality, linear scale").name
    'sii'
    >>> formula_of("lowest of 35 areas")
    """
    words = method.casefold()
    titles = [row for row in METHODS.values() if f": {row.title.casefold()}," in f": {words},"]
    if titles:
        return max(titles, key=lambda row: len(row.title))
    return next((METHODS[name] for said, name in _BY_WORDS.items() if said in words), None)
