"""The CSV files behind the ONS service Explore Local Statistics, and what it offers for download.

Its downloads have `value` for `observation` and no unit, and of one indicator not even its name.
"""

import pandas as pd

from ineqlib.sources.base import Head, Layout, Parsed, Source, stated_by_user
from ineqlib.sources.combined_areas import with_members
from ineqlib.sources.csv_text import read_csv_text, require_columns
from ineqlib.sources.status import STATUS_OF_SHORTHAND
from ineqlib.sources.texts import changed, numbered, spread
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
    number, pairs = numbered(raw["status"], raw["note"])
    said = [_status_and_note(*pair) for pair in pairs]
    raw = raw.assign(
        publisher="explore_statistics",
        indicator_name=raw["publisher_id"],
        sex=raw.get("sex", changed(raw["publisher_id"], _sex_in_name)),
        unit=changed(raw["unit"], _UNITS),
        status=spread(number, [status for status, _ in said], raw["status"]),
        note=spread(number, [note for _, note in said], raw["note"]),
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


def _sex_in_name(name: str) -> str:
    word = name.partition(" ")[0]
    return word if word in ("Male", "Female") else "Persons"


def _status_and_note(status: str, note: str) -> tuple[str, str]:
    """Return the shorthand of a status, and as a note what else is said."""
    code = status.strip("[]() ").casefold()
    if code in STATUS_OF_SHORTHAND:
        return code, note
    return "", "; ".join(filter(None, [status, note]))


LAYOUTS = (Layout("Explore Local Statistics", _matches, _parse),)
