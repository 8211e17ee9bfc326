"""What LG Inform offers for download: areas and metric types in rows, one column a period."""

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    WITHHELD,
    in_shorthand,
    is_period,
    lengthened,
    unit_in,
    with_rows_added,
)
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="lg_inform",
    title="LG Inform",
    publisher="Local Government Association",
    licence="not stated",
    attribution="Local Government Association, LG Inform.",
)

_AREAS = ("area", "area name", "local authority", "authority")
_CODES = ("area code", "area identifier", "ons code", "gss code", "identifier", "code")
_METRICS = ("metric type", "metric", "metrictype")
_SIGNS = {
    "suppressed": WITHHELD,
    "*": WITHHELD,
    "missing": NOT_AVAILABLE,
    "no data": NOT_AVAILABLE,
    "not available": NOT_AVAILABLE,
    "n/a": NOT_AVAILABLE,
    "-": NOT_AVAILABLE,
    "..": NOT_AVAILABLE,
    "not applicable": NOT_APPLICABLE,
}


def _matches(head: Head) -> bool:
    columns = {name.casefold() for name in head.columns}
    has_area = not columns.isdisjoint([*_AREAS, *_CODES])
    return has_area and not columns.isdisjoint(_METRICS)


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    whole = read_csv_text(content, (), "a table of LG Inform")
    columns = {name.casefold(): name for name in whole.columns}
    area, code, metric, period, unit = (
        next((columns[name] for name in names if name in columns), "")
        for names in (_AREAS, _CODES, _METRICS, ("period", "date"), ("unit", "units"))
    )
    periods = [name for name in whole if is_period(name)]
    if period and "value" in columns:
        raw = whole.rename(columns={period: "period", columns["value"]: "value"})
    elif periods:
        raw = lengthened(whole, periods, "period")
    else:
        raise InputError(
            "A table of LG Inform should have one column a period (2023/24), or the columns Period "
            f"and Value. Found: {listed(whole.columns, most=30)}."
        )
    names = raw[area] if area else pd.Series("", raw.index)
    codes = raw[code] if code else names.where(names.str.fullmatch(CODE.pattern), "")
    metrics = raw[metric]
    raw = raw.assign(
        **in_shorthand(raw["value"], _SIGNS),
        area_code=codes,
        area_name=names.str.replace(r" \(.*\)$", "", regex=True),
        publisher="lg_inform",
        publisher_id=metrics.str.casefold(),
        indicator_name=metrics,
        unit=described.get("unit") or (raw[unit] if unit else metrics.map(unit_in)),
    )
    raw.attrs = whole.attrs
    kind = described.get("period_kind", "")
    remark = _unread(whole, {area, code, metric, period, unit, *periods, columns.get("value", "")})
    parsed = tidy(raw, stated(SOURCE, described), remark=remark, period_kind=kind, by_name=True)
    return with_rows_added(parsed, len(whole))


def _unread(table: pd.DataFrame, read: set[str]) -> str:
    """Say which columns of numbers are not read, for they may be periods written otherwise."""
    others = table[[name for name in table if name not in read]]
    numbers = others.apply(pd.to_numeric, errors="coerce").notna().any()
    names = [name for name, some in numbers.items() if some]
    return f"not read, for their headings are no periods: {listed(names)}" if names else ""


LAYOUTS = (
    Layout(
        "LG Inform", _matches, _parse, (*_AREAS, *_CODES, *_METRICS, "period", "value", "units")
    ),
)
