"""The tables that Nomis offers for download: titles above, areas in rows, one figure a column."""

import re
from itertools import pairwise

import pandas as pd

from ineqlib.errors import InputError
from ineqlib.sources.base import Head, Layout, Parsed, stated_by_user
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import (
    NOT_AVAILABLE,
    UNRELIABLE,
    WITHHELD,
    in_shorthand,
    is_period,
    lengthened,
    statements,
    titles_above,
    unit_in,
    with_rows_added,
)
from ineqlib.sources.layouts.nomis import EVERYBODY, SOURCE
from ineqlib.sources.tidy import stated, tidy

_SIGNS = {
    "!": WITHHELD,
    "*": UNRELIABLE,
    "#": NOT_AVAILABLE,
    "~": NOT_AVAILABLE,
    "-": NOT_AVAILABLE,
    "..": NOT_AVAILABLE,
}
"""Signs in the tables, as the notes below them explain: `!` and `*` stand for too few people."""

_OF_TABLES = ("date", "units", "sex", "gender", "age", "population", "measures", "measure")
_AGES = re.compile(r"(?:all ages|aged? .*|\d+(?: ?(?:-|to) ?\d+|\+| and over)?)", re.IGNORECASE)
_SEXES = ("male", "female", "males", "females", "men", "women", "total", "persons", "all persons")


def _matches(head: Head) -> bool:
    columns = [name.casefold() for name in head.columns if name]
    named = bool(columns) and bool(re.match(r"local authorit(?:y|ies): ", columns[0]))
    return len(columns) > 1 and (columns[1] == "mnemonic" or named)


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    _refuse_several(content.count(b'"mnemonic"'))
    whole = read_csv_text(content, (), "a table of Nomis")
    titles = titles_above(content)
    stated_above = statements(titles)
    columns = list(whole.columns)
    has_codes = len(columns) > 1 and columns[1].casefold() == "mnemonic"
    # In a workbook the titles of the next table are rows of this one.
    _refuse_several(1 + int(whole[columns[0]].str.match(r"date *:", case=False).sum()))
    values = columns[2 if has_codes else 1 :]
    conf = [name for name in values if name.split(".")[0].casefold() == "conf"]
    figures = [name for name in values if name not in conf]
    raw = lengthened(whole[[*columns[: 2 if has_codes else 1], *figures]], figures, "column")
    shown = in_shorthand(raw["value"], _SIGNS)
    name = _table_name(titles, stated_above, described)
    raw = raw.assign(
        **shown,
        area_name=raw[columns[0]],
        area_code=raw[columns[1]] if has_codes else "",
        publisher="nomis",
        sex=stated_above.get("sex", stated_above.get("gender", "")),
        age=stated_above.get("age", ""),
        **_half_widths(whole, values, raw),
    )
    raw = raw.assign(sex=raw["sex"].mask(raw["sex"].str.casefold().isin(["total"]), ""))
    raw = _by_column(raw, name, figures, stated_above, described)
    raw.attrs = whole.attrs
    kind = described.get("period_kind", "")
    parsed = tidy(raw, stated(SOURCE, described), period_kind=kind, by_name=True)
    return with_rows_added(parsed, len(whole))


def _refuse_several(number: int) -> None:
    """Refuse tables below each other: which sex or year each is of stands between them."""
    if number > 1:
        raise InputError(
            f"Nomis put {number} tables below each other into this file, and of whom or when each "
            "is stands between them. Download them as separate files, or in long form (as an "
            "API's CSV)."
        )


def _table_name(
    titles: list[list[str]], stated_above: dict[str, str], described: dict[str, str]
) -> str:
    """Name what a table shows: its title, and what is chosen of its classifications."""
    if "indicator" in described:
        return described["indicator"]
    if not titles:
        return stated_by_user(described, "indicator", "Resident population")
    chosen = [
        text
        for key, text in stated_above.items()
        if key not in _OF_TABLES and not EVERYBODY.fullmatch(text) and "reserved" not in key
    ]
    return ": ".join([titles[0][0], *chosen])


def _half_widths(table: pd.DataFrame, values: list[str], raw: pd.DataFrame) -> dict[str, pd.Series]:
    """Return limits where a column headed `Conf` follows a figure: half of the 95% interval."""
    beside = {
        name: table[after]
        for name, after in pairwise(values)
        if after.split(".")[0].casefold() == "conf"
    }
    if not beside:
        return {}
    halves = [
        beside[name][row] if name in beside else ""
        for row, name in zip(raw.index, raw["column"], strict=True)
    ]
    centre = pd.to_numeric(raw["value"], errors="coerce")
    spread = pd.to_numeric(pd.Series(halves, raw.index), errors="coerce")
    return {"lower_ci": centre - spread, "upper_ci": centre + spread}


def _by_column(
    raw: pd.DataFrame,
    name: str,
    figures: list[str],
    stated_above: dict[str, str],
    described: dict[str, str],
) -> pd.DataFrame:
    """Take the columns for what they are: periods, sexes, ages, or indicators of their own."""
    column = raw["column"].str.replace(r"\.\d+$", "", regex=True)
    indicator = pd.Series(name, raw.index)
    whole_unit = (
        unit_in(stated_above.get("measures", "") or name)
        or stated_above.get("units", "").casefold()
    )
    unit = pd.Series(whole_unit, raw.index)
    plain = [text for text in figures if text.split(".")[0] != "%"]
    if all(map(is_period, figures)):
        raw = raw.assign(period=column)
    else:
        period = stated_above.get("date") or stated_by_user(described, "period", "2021")
        raw = raw.assign(period=period)
        before = dict(zip(figures, ["", *figures], strict=False))
        percent = column == "%"
        column = column.mask(percent, raw["column"].map(before))
        if all(text.casefold() in _SEXES for text in plain):
            raw = raw.assign(sex=column)
        elif all(map(_AGES.fullmatch, plain)):
            raw = raw.assign(age=column)
        else:
            indicator = indicator + ": " + column
        unit = unit.mask(percent, "%").mask(~percent & (unit == ""), column.map(unit_in))
        indicator = indicator.mask(percent, indicator + " (%)")
    return raw.assign(
        publisher_id=indicator.str.lower(),
        indicator_name=indicator,
        unit=described.get("unit") or unit,
    )


LAYOUTS = (Layout("table of Nomis", _matches, _parse),)
