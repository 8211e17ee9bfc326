"""Your own aggregate figures, in the layout documented in ``docs/your-own-figures.md``."""

import re

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.csv_text import read_csv_text, with_nearest
from ineqlib.sources.tidy import stated, tidy
from ineqlib.text import plural
from ineqlib.validation import faults

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
)

_LAYOUT = "a file of your own figures"
_SHORTHAND = re.compile(r"(.*?) ?\[([A-Za-z]+)\]")
_NOT_SHOWN = r"\[[cxz]\]"
_OTHER_NUMBERS = ["lower_ci", "upper_ci", "count", "denominator"]


def _matches(head: Head) -> bool:
    return len(set(REQUIRED) & set(head.columns)) >= 3 and "measure" not in head.columns


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, REQUIRED, _LAYOUT)
    _refuse_unknown_columns(table)
    texts = table.reindex(columns=[*REQUIRED, *OPTIONAL], fill_value="")
    raw = _shorthand_apart(texts).assign(
        publisher="own_figures",
        publisher_id=texts["indicator"],
        indicator_name=texts["indicator"],
        subgroup_order=pd.to_numeric(texts["subgroup_order"], errors="coerce"),
    )
    raw.attrs = table.attrs
    parsed = tidy(raw, stated(SOURCE, described), period_kind=described.get("period_kind", ""))
    _refuse_faults(parsed, _unreadable_orders(texts))
    return parsed


def _refuse_unknown_columns(table: pd.DataFrame) -> None:
    known = [*REQUIRED, *OPTIONAL]
    unknown = [name for name in table.columns if name not in known]
    if unknown:
        raise InputError(
            f"{len(unknown)} column(s) of your own figures are not known: "
            f"{with_nearest(unknown, known)}. Known: {listed(known, most=20)}. "
            "Rename or remove them."
        )


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


def _unreadable_orders(texts: pd.DataFrame) -> list[str]:
    order = texts["subgroup_order"]
    wrong = order[(order != "") & ~order.str.fullmatch(r"\d{1,2}")]
    if wrong.empty:
        return []
    shown = listed(f"row {row + 2}: '{text}'" for row, text in wrong.items())
    return [f"{len(wrong)} row(s): subgroup_order is not a whole number ({shown})."]


def _refuse_faults(parsed: Parsed, unreadable: list[str]) -> None:
    """Raise one message with every fault: the file is yours, so it can be put right."""
    broken = unreadable + [
        f"{out.rows:,} row(s): {out.reason} ({listed(out.examples)})." for out in parsed.set_aside
    ]
    rows = parsed.frame.assign(indicator_id=parsed.frame["publisher_id"])
    broken += faults(rows)
    if broken:
        lines = "".join(f"\n  - {fault}" for fault in broken)
        count = plural(len(broken), "fault")
        raise InputError(f"Your own figures have {count}:{lines}\nCorrect the rows and try again.")


LAYOUTS = (Layout("your own figures", _matches, _parse),)
