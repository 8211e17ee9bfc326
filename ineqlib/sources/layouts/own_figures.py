"""Your own aggregate figures, in the layout documented in ``docs/your-own-figures.md``."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import get_args

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.catalogue import Polarity
from ineqlib.errors import listed
from ineqlib.observations import KEY
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.english_areas import code_as_published
from ineqlib.sources.own_columns import name_columns, refuse_faults, remark_on
from ineqlib.sources.own_remarks import (
    described_in_vain,
    dimension_of,
    names_nearly_known,
    of_no_briefing,
    refuse_one_group,
    values_left_out,
)
from ineqlib.sources.rows import FILE_ROW, is_nothing
from ineqlib.sources.tidy import id_of_name, stated, tidy
from ineqlib.validation import ONCE, faults

SOURCE = Source(
    id="own_figures",
    title="Own figures",
    publisher="own organisation",
    licence="not stated",
    attribution="Own figures.",
)

REQUIRED = ("area_code", "indicator", "period", "value")
OPTIONAL = (
    "area_name",
    "sex",
    "age",
    "lower_ci",
    "upper_ci",
    "count",
    "denominator",
    "unit",
    "status",
    "note",
    "dimension",
    "subgroup",
    "subgroup_order",
    "polarity",
    "parent_code",
)

_POLARITIES = get_args(Polarity)
_LAYOUT = "a file of your own figures"
_SHORTHAND = re.compile(r"^(.*?) ?\[([A-Za-z]+)\]$")
_NOT_SHOWN = r"\[[cxzCXZ]\]"
_FILLED_IN = ["area_name", "subgroup_order", "polarity", "parent_code"]
"""Columns of the layout alone, in whose empty cells R writes ``NA``."""
_SHOWN = 5
"""Rows that are quoted of those that give a figure twice."""
_OTHER_NUMBERS = ["lower_ci", "upper_ci", "count", "denominator"]
_BLAMELESS = {"area_code": "E92000001", "sex": "", "period": "2020", "value": "", "status": ""}
_BLAMELESS |= dict.fromkeys(_OTHER_NUMBERS, "")
"""Columns of which each cell is read by itself, and a cell of each that can be read."""


def _matches(head: Head) -> bool:
    columns = set(map(id_of_name, head.columns))
    return len(set(REQUIRED) & columns) >= 3 and "measure" not in columns


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, (), _LAYOUT)
    ignored = name_columns(table, REQUIRED, OPTIONAL, "your own figures")
    refuse_one_group(table, ignored)
    texts = table.reindex(columns=[*REQUIRED, *OPTIONAL], fill_value="")
    texts[_FILLED_IN] = texts[_FILLED_IN].mask(texts[_FILLED_IN].map(is_nothing), "")
    texts["area_code"] = texts["area_code"].map(code_as_published)
    texts["dimension"] = texts["dimension"].map(dimension_of)
    raw = _shorthand_apart(texts).assign(
        publisher="own_figures",
        publisher_id=texts["indicator"],
        indicator_name=texts["indicator"],
        # A program that has no order for some rows writes 1.0.
        subgroup_order=pd.to_numeric(texts["subgroup_order"], errors="coerce"),
    )
    raw.attrs = table.attrs
    tidied = partial(
        tidy, source=stated(SOURCE, described), period_kind=described.get("period_kind", "")
    )
    named, in_vain = names_nearly_known(texts), described_in_vain(described)
    remarks = filter(None, [remark_on(ignored), *in_vain, *named, *values_left_out(texts)])
    parsed = tidied(raw, remark="; ".join(remarks))
    if parsed.set_aside:
        left_out = ~(raw.index + 2).isin(parsed.frame[FILE_ROW])
        parsed = replace(parsed, set_aside=_all_set_aside(raw[left_out], tidied))
    texts["polarity"] = texts["polarity"].str.casefold()
    polarity, contradicted = _stated_once(texts, "indicator", "polarity")
    parent, in_several = _stated_once(texts, "area_code", "parent_code")
    _refuse_faults(
        parsed,
        [
            *_unreadable_orders(texts),
            *_counts_given_away(texts),
            *_not_one_of(texts, described),
            *_no_codes(texts),
            *contradicted,
            *in_several,
        ],
    )
    frame = parsed.frame
    parsed = replace(parsed, remarks=(*parsed.remarks, *of_no_briefing(frame)))
    default = described.get("polarity", "")
    return replace(
        parsed,
        frame=frame.assign(
            polarity=[polarity.get(name, default) for name in frame["publisher_id"]],
            parent_code=[parent.get(code, "") for code in frame["area_code"]],
        ),
    )


def _all_set_aside(raw: pd.DataFrame, tidied: Callable[..., Parsed]) -> tuple[SetAside, ...]:
    """Set rows aside for all that is wrong with each: `tidied` stops at the first fault of a row.

    Each cell is read beside blameless ones; then, for cells that contradict each other, the rows
    whose area is known, without what is told so far.
    """
    told: list[SetAside] = []
    mended = raw.copy()
    for column, blameless in _BLAMELESS.items():
        if raw[column].eq(blameless).all():
            continue  # most files leave some columns out
        others = _BLAMELESS | {"dimension": "", "subgroup": "", column: raw[column]}
        alone = tidied(raw.assign(**others))
        told += alone.set_aside
        is_wrong = ~(raw.index + 2).isin(alone.frame[FILE_ROW])
        mended[column] = mended[column].mask(is_wrong, blameless)
    has_area = mended["area_code"] == raw["area_code"]
    return (*told, *tidied(mended[has_area]).set_aside)


def _stated_once(texts: pd.DataFrame, of: str, what: str) -> tuple[dict[str, str], list[str]]:
    """Return what some rows state of a thing, and a fault where they state two."""
    given = texts.loc[texts[what] != "", [of, what]].drop_duplicates()
    several = given[given.duplicated(of)]
    stated_of = dict(zip(given[of], given[what], strict=True))
    if several.empty:
        return stated_of, []
    shown = listed(f"'{name}'" for name in several[of])
    return stated_of, [f"{len(several)} {of}(s) have more than one {what} ({shown})."]


def _not_one_of(texts: pd.DataFrame, described: dict[str, str]) -> list[str]:
    given = [*texts["polarity"].unique(), described.get("polarity", "")]
    wrong = [name for name in given if name and name not in _POLARITIES]
    if not wrong:
        return []
    shown = listed(f"'{name}'" for name in wrong)
    return [f"polarity should be {', '.join(_POLARITIES)}, where it is stated; not {shown}."]


def _no_codes(texts: pd.DataFrame) -> list[str]:
    parent = texts["parent_code"]
    wrong = parent[(parent != "") & ~parent.str.fullmatch(CODE.pattern)]
    if wrong.empty:
        return []
    shown = listed(f"row {row + 2}: '{text}'" for row, text in wrong.items())
    return [f"{len(wrong)} row(s): parent_code is not a GSS code of a district ({shown})."]


def _shorthand_apart(texts: pd.DataFrame) -> pd.DataFrame:
    """Move shorthand from the value cell (``[c]``, ``4.1 [p]``) to `status`.

    ``[low]`` alone is a value that rounds to 0 without being 0. A status that contradicts the
    cell is kept beside it, which no reader of statuses accepts.
    """
    parts = texts["value"].str.extract(_SHORTHAND.pattern)
    value, code = parts[0].fillna(texts["value"]), parts[1].fillna("").str.lower()
    low = (code == "low") & (value == "")
    both = (code != "") & (texts["status"] != "") & (code != texts["status"].str.strip("[] "))
    status = texts["status"].mask(code != "", code).mask(both, texts["status"] + " and " + code)
    note = texts["note"].mask(low & (texts["note"] == ""), "rounds to 0 but is not 0")
    others = texts[_OTHER_NUMBERS]
    others = others.mask(others.apply(lambda column: column.str.fullmatch(_NOT_SHOWN)), "")
    return texts.assign(**others, value=value.mask(low, "0"), status=status, note=note)


def _counts_given_away(texts: pd.DataFrame) -> list[str]:
    """Find counts that are withheld beside the value and the denominator that give them away."""
    shown = texts[["value", "denominator"]].apply(lambda column: column.str.match(r"\d"))
    away = shown.all(axis=1) & texts["count"].str.fullmatch(r"\[c\]", case=False)
    if not away.any():
        return []
    rows = listed(f"row {row + 2}" for row in texts.index[away])
    return [
        f"{away.sum()} row(s): count is withheld ([c]), but value and denominator give it away "
        f"({rows}). Write [c] for the value too, or leave out the denominator."
    ]


def _unreadable_orders(texts: pd.DataFrame) -> list[str]:
    order = texts["subgroup_order"]
    wrong = order[(order != "") & ~order.str.fullmatch(r"\d{1,2}(?:\.0)?")]
    if wrong.empty:
        return []
    shown = listed(f"row {row + 2}: '{text}'" for row, text in wrong.items())
    return [f"{len(wrong)} row(s): subgroup_order is not a whole number ({shown})."]


def _given_twice(rows: pd.DataFrame) -> list[str]:
    again = rows[rows.duplicated(KEY, keep=False)]
    if again.empty:
        return []
    again = again.assign(shown=again["value"].astype("object").fillna(again["status"]))
    cells = ["publisher_id", "area_code", "period", "sex", "age", "subgroup", "shown"]
    shown = listed(
        f"row {row[FILE_ROW]}: {' '.join(str(row[name]) for name in cells if row[name] != '')}"
        for row in again.sort_values(KEY, kind="stable").head(_SHOWN).to_dict("records")
    )
    return [f"{len(again):,} row(s): expected {ONCE} ({shown}). Keep the right one of each."]


def _refuse_faults(parsed: Parsed, unreadable: list[str]) -> None:
    """Raise one message with every fault: the file is yours, so it can be put right."""
    broken = unreadable + [
        f"{out.rows:,} row(s): {out.reason} ({listed(out.examples)})." for out in parsed.set_aside
    ]
    rows = parsed.frame.assign(indicator_id=parsed.frame["publisher_id"])
    broken += [*_given_twice(rows), *faults(rows.drop_duplicates(KEY))]
    refuse_faults("Your own figures have", broken)


LAYOUTS = (Layout("your own figures", _matches, _parse),)
