"""ScotPHO profiles: known, so that their figures are set aside in words and not by mistake."""

import pandas as pd

from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import unit_in
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="scotpho",
    title="ScotPHO profiles",
    publisher="Public Health Scotland",
    licence="Open Government Licence v3.0",
    attribution=(
        "Public Health Scotland, ScotPHO profiles. Contains public sector information licensed "
        "under the Open Government Licence v3.0."
    ),
)

_LIMITS = (
    ("lower_confidence_interval", "upper_confidence_interval"),
    ("lowci", "upci"),
    ("lower_ci", "upper_ci"),
)
_ENGLAND_ALONE = (
    "ScotPHO gives figures of Scotland's areas. They are set aside: the measures of this package "
    "compare an area with England's, and Scotland's indicators are defined in other ways. Its "
    "councils have names and maps all the same."
)


def _matches(head: Head) -> bool:
    columns = set(head.columns)
    limits = any({lower, upper} <= columns for lower, upper in _LIMITS)
    return (
        limits
        and {"indicator", "measure", "year"} <= columns
        and not columns.isdisjoint(["area_code", "code"])
    )


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, ["indicator", "measure", "year"], "a file of ScotPHO profiles")
    table = table.rename(columns={"code": "area_code", "areaname": "area_name"})
    lower, upper = next(pair for pair in _LIMITS if set(pair) <= set(table.columns))
    kind = table.get("measure_type", table.get("type_definition", pd.Series("", table.index)))
    raw = pd.DataFrame(
        {
            "area_code": table["area_code"],
            "area_name": table.get("area_name", ""),
            "publisher": "scotpho",
            "publisher_id": table["indicator"].str.casefold(),
            "indicator_name": table["indicator"],
            "period": table["year"],
            "value": table["measure"],
            "lower_ci": table[lower],
            "upper_ci": table[upper],
            "count": table.get("numerator", ""),
            "unit": kind.map(unit_in),
        }
    )
    raw.attrs = table.attrs
    return tidy(
        raw,
        stated(SOURCE, described),
        remark=_ENGLAND_ALONE,
        period_kind=described.get("period_kind", ""),
    )


LAYOUTS = (Layout("ScotPHO", _matches, _parse),)
