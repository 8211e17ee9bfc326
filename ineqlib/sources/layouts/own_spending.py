"""Your own spending, in the layout documented in ``docs/how-to-spend_and_need.md``."""

import re
from functools import partial

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import InputError, listed
from ineqlib.period_grammar import readings
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.own_columns import broken_rules, name_columns, refuse_faults, remark_on
from ineqlib.sources.tidy import id_of_name, stated

SOURCE = Source(
    id="own_spending",
    title="Own spending",
    publisher="own organisation",
    licence="not stated",
    attribution="Own spending.",
)
REQUIRED = ("funder", "period", "amount")
PLACES = ("area_code", "fifth")
"""Where the money went: a row fills in one of the two."""
STATUSES = {"[c]": "suppressed", "[x]": "not_available"}
_LAYOUT = "a file of your own spending"
_AMOUNT = re.compile(r"[-−]?£?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|£[-−]?\d+(?:\.\d+)?")


def _matches(head: Head) -> bool:
    return set(REQUIRED) <= set(map(id_of_name, head.columns))


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    """Read what each funder spent where.

    Returns
    -------
    Parsed
        `frame` has a row for each of the file's: funder, area_code, fifth, period, amount (pounds)
        and status (``ok``, or why there is no amount).

    Raises
    ------
    InputError
        The file has rows that cannot be right; the message tells every fault.
    """
    table = read_csv_text(content, (), _LAYOUT)
    ignored = name_columns(table, REQUIRED, PLACES, "your own spending")
    if not set(PLACES) & set(table.columns):
        raise InputError(
            f"Expected {_LAYOUT}, but no column says where the money went. Add area_code, the code "
            "of a neighbourhood, district or county, or fifth, 1 for the most deprived fifth to 5."
        )
    texts = table.reindex(columns=[*REQUIRED, *PLACES], fill_value="")
    refuse_faults("Your own spending has", [*_faults(texts), *_repeated(table)])
    pounds = texts["amount"].str.replace(r"[£,]", "", regex=True).str.replace("−", "-")
    remark = remark_on(ignored)
    return Parsed(
        "reference",
        texts.assign(
            amount=pd.to_numeric(pounds.where(~texts["amount"].isin(STATUSES))),
            status=texts["amount"].map(STATUSES).fillna("ok"),
        ),
        stated(SOURCE, described),
        remarks=(remark,) if remark else (),
    )


def _faults(texts: pd.DataFrame) -> list[str]:
    amount, code, fifth = texts["amount"], texts["area_code"], texts["fifth"]
    is_amount = amount.map(lambda text: bool(_AMOUNT.fullmatch(text))) | amount.isin(STATUSES)
    both = (code != "") & (fifth != "")
    rules = {
        "funder is empty": texts["funder"] == "",
        "amount is empty: write 0 for none, [c] for withheld, [x] for not available": amount == "",
        "amount is not a number of pounds (income is written -250)": ~is_amount & (amount != ""),
        "period cannot be read: write 2024/25, or 2024": ~texts["period"].map(
            lambda text: bool(readings(text))
        ),
        "both area_code and fifth are filled in: the money would be counted twice": both,
        "neither area_code nor fifth is filled in: of money for a whole county give the county's "
        "code": (code == "") & (fifth == ""),
        "area_code is not a GSS code, such as E07000243": (code != "")
        & ~code.str.fullmatch(CODE.pattern),
        "fifth is not 1 (most deprived) to 5": (fifth != "") & ~fifth.str.fullmatch("[1-5]"),
    }
    return broken_rules(rules, partial(_rows, texts))


def _repeated(table: pd.DataFrame) -> list[str]:
    """Refuse a row that is there twice; several grants to a place differ in some column."""
    twice = table.duplicated()
    if not twice.any():
        return []
    return [
        f"{int(twice.sum()):,} row(s) are exactly as another ({_rows(table, twice)}): remove what "
        "is there twice, or add a column that tells them apart, such as what the money was for."
    ]


def _rows(texts: pd.DataFrame, wrong: pd.Series) -> str:
    shown = texts[wrong]
    places = (f"row {place + 2}: '{amount}'" for place, amount in shown["amount"].items())
    return listed(places, 5)


LAYOUT = Layout("your own spending", _matches, _parse)
