"""Who used a service of your own, in the layout documented in ``docs/how-to-equity-audit.md``."""

from functools import partial

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import listed
from ineqlib.period_grammar import readings
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.own_columns import broken_rules, name_columns, refuse_faults, remark_on
from ineqlib.sources.tidy import id_of_name, stated

SOURCE = Source(
    id="own_uptake",
    title="Own figures of uptake",
    publisher="own organisation",
    licence="not stated",
    attribution="Own figures of uptake.",
)
REQUIRED = ("service", "period", "used", "eligible")
GROUPS = ("fifth", "sex", "age", "ethnicity")
"""Whom a row is about: it fills in one of these, or none where it is about everybody."""
PLACE = "area_code"
"""Where: empty for the area that the page is about."""
STATUSES = {"[c]": "suppressed", "[x]": "not_available"}
_LAYOUT = "a file of who used a service"
_WHAT = "your own uptake"
_COUNT = r"\d{1,3}(?:,\d{3})+|\d+"


def _matches(head: Head) -> bool:
    return set(REQUIRED) <= set(map(id_of_name, head.columns))


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    """Read how many of those eligible used a service, of each place or group.

    Returns
    -------
    Parsed
        `frame` has a row for each of the file's: service, period, `PLACE`, `GROUPS`, used,
        eligible and status (``ok``, or why it is not known how many used it).

    Raises
    ------
    InputError
        The file has rows that cannot be right; the message tells every fault.
    """
    table = read_csv_text(content, (), _LAYOUT)
    ignored = name_columns(table, REQUIRED, (PLACE, *GROUPS), _WHAT)
    texts = table.reindex(columns=[*REQUIRED, PLACE, *GROUPS], fill_value="")
    counts = {
        name: pd.to_numeric(texts[name].str.replace(",", ""), errors="coerce")
        for name in ("used", "eligible")
    }
    refuse_faults("Your own uptake has", _faults(texts, counts["used"], counts["eligible"]))
    remark = remark_on(ignored)
    status = texts["used"].map(STATUSES).fillna(texts["eligible"].map(STATUSES)).fillna("ok")
    return Parsed(
        "reference",
        texts.assign(**counts, status=status),
        stated(SOURCE, described),
        remarks=(remark,) if remark else (),
    )


def _faults(texts: pd.DataFrame, used: pd.Series, eligible: pd.Series) -> list[str]:
    code, fifth = texts["area_code"], texts["fifth"]
    filled = (texts[list(GROUPS)] != "").sum(axis=1)
    is_count = {
        name: texts[name].str.fullmatch(_COUNT) | texts[name].isin(STATUSES)
        for name in ("used", "eligible")
    }
    rules = {
        "service is empty": texts["service"] == "",
        "period cannot be read: write 2024/25, or 2024": ~texts["period"].map(
            lambda text: bool(readings(text))
        ),
        "used is not a count of people: write 0 for none, [c] for withheld, [x] for not "
        "available": ~is_count["used"],
        "eligible is not a count of people: write [x] where it is not known": ~is_count["eligible"],
        "more people used the service than were eligible": used > eligible,
        "nobody was eligible": eligible == 0,
        f"more than one of {listed(GROUPS, 5)} is filled in: a row is about one group": filled > 1,
        "area_code is not a GSS code, such as E01023289": (code != "")
        & ~code.str.fullmatch(CODE.pattern),
        "fifth is not 1 (most deprived) to 5": (fifth != "") & ~fifth.str.fullmatch("[1-5]"),
        "the same group is there twice": texts.duplicated(["service", "period", PLACE, *GROUPS]),
    }
    return broken_rules(rules, partial(_rows, texts))


def _rows(texts: pd.DataFrame, wrong: pd.Series) -> str:
    shown = texts[wrong]
    return listed(
        (f"row {at + 2}: '{row['used']}' of '{row['eligible']}'" for at, row in shown.iterrows()), 5
    )


LAYOUT = Layout(_WHAT, _matches, _parse)
