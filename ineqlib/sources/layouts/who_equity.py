"""WHO's Health Inequality Data Repository, and what its toolkit HEAT takes and gives.

A setting is a country there; England's figures, or those of its areas by code, are read.
"""

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import listed
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source, stated_by_user
from ineqlib.sources.csv_text import read_csv_text, require_columns
from ineqlib.sources.layouts.cross_tables import (
    NOT_AVAILABLE,
    in_shorthand,
    unit_in,
    with_rows_added,
)
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="who_equity",
    title="Health Inequality Data Repository",
    publisher="World Health Organization",
    licence="not stated",
    attribution="World Health Organization, Health Inequality Data Repository.",
)

ENGLAND = "E92000001"
_REQUIRED = ["dimension", "subgroup", "estimate"]
_ELSEWHERE = (
    "setting is another country than England: where it is an English area, write its code "
    "(E followed by eight digits) in the column setting"
)
_SCALES = {"100": "%", "1000": "per 1,000", "10000": "per 10,000", "100000": "per 100,000"}
_SIGNS = {"na": NOT_AVAILABLE, "": NOT_AVAILABLE}
_YES = ("1", "1.0", "yes", "true")


def _matches(head: Head) -> bool:
    columns = set(head.columns)
    return set(_REQUIRED) <= columns and not columns.isdisjoint(
        ["indicator_abbr", "indicator_name", "favourable_indicator", "ordered_dimension"]
    )


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    whole = read_csv_text(content, _REQUIRED, "a table in the layout of WHO's HIDR and HEAT")
    table, aside = _of_england(whole, described)
    named = [text for text in ("indicator_name", "indicator", "indicator_abbr") if text in table]
    if not named:
        require_columns(whole.columns, ["indicator_name"], "a table of WHO's HIDR and HEAT")
    name = table[named[0]]
    identity = table.get("indicator_abbr", name)
    shared = pd.DataFrame(
        {
            "area_code": table["area_code"],
            "area_name": table["setting"].mask(table["setting"] == table["area_code"], ""),
            "publisher": "who_equity",
            "publisher_id": identity.str.casefold(),
            "indicator_name": name,
            "period": _dates(table, described),
            "unit": described.get("unit") or _units(table, name),
        }
    )
    groups = shared.join(in_shorthand(table["estimate"], _SIGNS))
    groups = groups.assign(
        note=table.get("flag", pd.Series("", table.index)).replace("NA", ""),
        **_sex_or_group(table),
        lower_ci=table.get("ci_lb", ""),
        upper_ci=table.get("ci_ub", ""),
        denominator=table.get("population", ""),
    )
    averages, differing = _averages(table, shared)
    raw = pd.concat([groups, averages])
    texts = raw.columns.drop("subgroup_order")
    raw[texts] = raw[texts].fillna("")
    raw.attrs = whole.attrs
    kind = described.get("period_kind", "")
    parsed = tidy(
        raw, stated(SOURCE, described), set_aside=aside, remark=differing, period_kind=kind
    )
    return with_rows_added(parsed, len(whole))


def _of_england(
    table: pd.DataFrame, described: dict[str, str]
) -> tuple[pd.DataFrame, list[SetAside]]:
    """Give England and its areas their codes, and set aside the other settings."""
    if "setting" not in table:
        area = stated_by_user(described, "area", ENGLAND)
        return table.assign(setting=area, area_code=area), []
    code = table["setting"].where(table["setting"].str.fullmatch(CODE.pattern), "")
    code = code.mask(table["setting"].str.casefold() == "england", ENGLAND)
    table = table.assign(area_code=code)
    if (code != "").all():
        return table, []
    return table[code != ""], [set_aside_rows(table[code == ""], _ELSEWHERE, "setting")]


def _dates(table: pd.DataFrame, described: dict[str, str]) -> pd.Series:
    if "date" in table:
        return table["date"].str.removesuffix(".0")
    return pd.Series(stated_by_user(described, "period", "2022"), table.index)


def _units(table: pd.DataFrame, name: pd.Series) -> pd.Series:
    named = name.map(unit_in)
    if "indicator_scale" not in table:
        return named
    scale = table["indicator_scale"].map(lambda text: _SCALES.get(text.removesuffix(".0"), ""))
    return named.mask(named == "", scale)


def _sex_or_group(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Return sex, and the dimension and subgroup of any other; order 1 is the most disadvantaged.

    WHO writes order 0 for groups without an order.
    """
    sex = table["dimension"].str.casefold().isin(["sex", "gender"])
    ordered = table.get("ordered_dimension", pd.Series("1", table.index)).str.casefold().isin(_YES)
    order = pd.to_numeric(table.get("subgroup_order", pd.Series("", table.index)), errors="coerce")
    order = order.where(ordered & ~sex & (order > 0) & (order % 1 == 0))
    return {
        "sex": table["subgroup"].where(sex, ""),
        "dimension": table["dimension"].mask(sex, ""),
        "subgroup": table["subgroup"].mask(sex, ""),
        "subgroup_order": order.astype("Int16"),
    }


def _averages(table: pd.DataFrame, shared: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Make a row of everybody's figure, which stands in each row of the groups.

    Where the rows do not agree in it, it is left out, and the remark says so.
    """
    if "setting_average" not in table:
        return shared.iloc[:0], ""
    figure = ["area_code", "publisher_id", "period"]
    rows = shared.assign(value=table["setting_average"])
    rows = rows[~rows["value"].isin(["", "NA"])]
    number = pd.to_numeric(rows["value"], errors="coerce").round(4)
    rows = rows[~rows[figure].assign(number=number).duplicated()]
    differs = rows.duplicated(figure, keep=False)
    shown = [f"row {row + 2}: {text}" for row, text in rows.loc[differs, "value"].items()]
    remark = f"everybody's figure left out, for setting_average differs: {listed(shown)}"
    return rows[~differs], remark if shown else ""


LAYOUTS = (Layout("WHO Health Inequality Data Repository", _matches, _parse),)
