"""Data sets of the ONS interface and “Customise my data”: a figure, then codes and words in pairs.

The first column is headed ``v4_2``, where 2 says how many columns about the figure follow it.
Each further pair of columns is a dimension: its codes, headed by their list, and its words.
"""

import re

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, Source, stated_by_user
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    UNRELIABLE,
    WITHHELD,
    in_shorthand,
    unit_in,
)
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="ons_datasets",
    title="Data sets of the Office for National Statistics",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    attribution="Office for National Statistics licensed under the Open Government Licence v3.0.",
)

_FIRST = re.compile(r"v4_(\d)", re.IGNORECASE)
_LOWER = ("lcl", "lower limit", "lower ci", "lower confidence limit", "lower 95% ci")
_UPPER = ("ucl", "upper limit", "upper ci", "upper confidence limit", "upper 95% ci")
_MARKING = ("data marking", "data_marking", "marking")
_MEASURES = re.compile(r"measure|estimate|statistic|indicator|cause|unit", re.IGNORECASE)
_EVERYBODY = re.compile(r"total\b.*|all\b(?! other).*|persons?|people", re.IGNORECASE)
_SIGNS = {
    "c": WITHHELD,
    "*": WITHHELD,
    "x": NOT_AVAILABLE,
    ":": NOT_AVAILABLE,
    "..": NOT_AVAILABLE,
    "z": NOT_APPLICABLE,
    "u": UNRELIABLE,
}
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOLD_APART = re.compile(r"[._]\d$")
"""What programs add to the second of two headings that differ in capitals alone (sex and Sex)."""


def _matches(head: Head) -> bool:
    return len(head.columns) > 2 and bool(_FIRST.fullmatch(head.columns[0]))


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, (), "a data set of the ONS")
    match = _FIRST.fullmatch(str(table.columns[0]))
    beside = [str(name) for name in table.columns[1 : 1 + int(match[1] if match else 0)]]
    pairs = [str(name) for name in table.columns[1 + len(beside) :]]
    words = dict(zip(pairs[1::2], pairs[::2], strict=False))
    places = [name for name in words if table[words[name]].str.fullmatch(CODE.pattern).any()]
    times = [name for name in words if _TOLD_APART.sub("", name).casefold() == "time"]
    if len(pairs) % 2 or len(places) != 1 or len(times) != 1:
        raise InputError(
            "A data set of the ONS should have a pair of columns for each dimension, of which one "
            f"holds codes of areas and one is Time. Found: {listed(table.columns, 30)}."
        )
    _refuse_other_years(table[words[times[0]]], table[times[0]])
    others = [name for name in words if name not in (*places, *times)]
    name = _name(table, [text for text in others if _MEASURES.search(text)], described)
    shown = in_shorthand(table.iloc[:, 0], _SIGNS)
    marking = _column(table, beside, _MARKING).str.strip("[]() ").str.casefold()
    raw = pd.DataFrame(
        {
            "area_code": table[words[places[0]]],
            "area_name": table[places[0]],
            "publisher": "ons_datasets",
            "publisher_id": name.str.casefold(),
            "indicator_name": name,
            "period": table[times[0]],
            "unit": described.get("unit") or name.map(unit_in),
            "value": shown["value"],
            "status": shown["status"].mask(shown["status"] == "", marking),
            "lower_ci": _column(table, beside, _LOWER),
            "upper_ci": _column(table, beside, _UPPER),
            **_who(table, [text for text in others if not _MEASURES.search(text)]),
        }
    )
    raw.attrs = table.attrs
    unread = [text for text in beside if text.casefold() not in (*_LOWER, *_UPPER, *_MARKING)]
    remark = f"not read, being about the figures: {listed(unread)}" if unread else ""
    kind = described.get("period_kind", "")
    return tidy(raw, stated(SOURCE, described), remark=remark, period_kind=kind)


def _refuse_other_years(codes: pd.Series, words: pd.Series) -> None:
    """Refuse rows of which the code of the time is one year and its words are another."""
    both = codes.str.fullmatch(r"\d{4}") & words.str.fullmatch(r"\d{4}")
    wrong = both & (codes != words)
    if wrong.any():
        row = wrong.idxmax()
        raise InputError(
            f"{int(wrong.sum()):,} row(s) have another year in {codes.name} than in {words.name} "
            f"(the first is row {row + 2}: {codes[row]} and {words[row]}). Download the file again."
        )


def _column(table: pd.DataFrame, beside: list[str], headings: tuple[str, ...]) -> pd.Series:
    name = next((text for text in beside if text.casefold() in headings), "")
    return table[name] if name else pd.Series("", table.index, dtype="str")


def _name(table: pd.DataFrame, measures: list[str], described: dict[str, str]) -> pd.Series:
    """Name what is measured: as the user states, and as dimensions say that are no people."""
    name = pd.Series(stated_by_user(described, "indicator", "Personal well-being"), table.index)
    for measure in measures:
        if table[measure].nunique() > 1:
            name += ": " + table[measure]
    return name


def _who(table: pd.DataFrame, dimensions: list[str]) -> dict[str, pd.Series]:
    """Return sex, age, dimension and subgroup of each row."""
    empty = pd.Series("", table.index, dtype="str")
    who = {"sex": empty, "age": empty, "dimension": empty, "subgroup": empty}
    for name in dimensions:
        some = table[name].mask(table[name].str.fullmatch(_EVERYBODY.pattern, case=False), "")
        label = _CAPITALS.sub(" ", _TOLD_APART.sub("", name)).capitalize()
        first = label.split()[0].casefold()
        if first in ("sex", "gender", "age"):
            who["age" if first == "age" else "sex"] = some
            continue
        both = (who["subgroup"] != "") & (some != "")
        between = both.map({True: " and ", False: ""})
        who["dimension"] = who["dimension"] + between + some.mask(some != "", label)
        who["subgroup"] = who["subgroup"] + between.str.replace(" and ", ", ") + some
    return who


LAYOUTS = (Layout("ONS data set", _matches, _parse),)
