"""The CSV files behind the ONS service Explore Local Statistics, and what it offers for download.

Its downloads have `value` for `observation` and no unit, and of one indicator not even its name.
"""

import pandas as pd

from ineqlib.sources.base import Head, Layout, Parsed, Source, stated_by_user
from ineqlib.sources.combined_areas import with_members
from ineqlib.sources.csv_text import read_csv_text, require_columns
from ineqlib.sources.status import STATUS_OF_SHORTHAND
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="explore_statistics",
    title="Explore Local Statistics",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    attribution=(
        "Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
)

_COLUMNS = {
    "areacd": "area_code",
    "areanm": "area_name",
    "indicator": "publisher_id",
    "period": "period",
    "observation": "value",
    "unit": "unit",
    "lci_95": "lower_ci",
    "uci_95": "upper_ci",
    "status": "status",
    "notes": "note",
}
_DOWNLOADED = ["areacd", "period", "value"]
_UNITS = {"yrs": "years"}


def _matches(head: Head) -> bool:
    columns = set(head.columns)
    return {"areacd", "indicator"} <= columns or columns.issuperset(_DOWNLOADED)


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, (), "an Explore Local Statistics file")
    if "observation" not in table and "value" in table:
        table = _as_in_the_files(table, described)
    require_columns(table.columns, _COLUMNS, "an Explore Local Statistics file")
    raw = table.rename(columns=_COLUMNS)
    first_word = raw["publisher_id"].str.split(" ").str[0]
    is_code = raw["status"].isin(STATUS_OF_SHORTHAND)
    raw = raw.assign(
        publisher="explore_statistics",
        indicator_name=raw["publisher_id"],
        sex=raw.get("sex", first_word.where(first_word.isin(["Male", "Female"]), "Persons")),
        unit=raw["unit"].replace(_UNITS),
        status=raw["status"].where(is_code, ""),
        note=_joined(raw["status"].mask(is_code, ""), raw["note"]),
    )
    return with_members(
        tidy(raw, stated(SOURCE, described), period_kind=described.get("period_kind", ""))
    )


def _as_in_the_files(table: pd.DataFrame, described: dict[str, str]) -> pd.DataFrame:
    """Give a download the columns that the files have."""
    if "indicator" not in table:
        name = stated_by_user(described, "indicator", "Healthy life expectancy")
        table = table.assign(indicator=name)
    attrs, absent = table.attrs, ["areanm", "lci_95", "uci_95", "status", "notes"]
    table = table.rename(columns={"value": "observation"})
    table = table.assign(
        unit=described.get("unit", ""), **dict.fromkeys([n for n in absent if n not in table], "")
    )
    table.attrs = attrs
    return table


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    between = ((first != "") & (second != "")).map({True: "; ", False: ""})
    return first + between + second


LAYOUTS = (Layout("Explore Local Statistics", _matches, _parse),)
