"""What the interface of Explore Education Statistics answers, as the service's own files have it.

Results name everything by ids, which the description of the data set (``meta``) spells out.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ineqlib.errors import InputError, listed

LEVELS = {
    "NAT": ("National", "country_code", "country_name"),
    "REG": ("Regional", "region_code", "region_name"),
    "LA": ("Local authority", "new_la_code", "la_name"),
    "LAD": ("Local authority district", "lad_code", "lad_name"),
    "WARD": ("Ward", "ward_code", "ward_name"),
}
"""Level -> its name in the files, and the columns of the codes and names of its areas."""

_IDENTIFIERS = {
    "AY": "Academic year",
    "CY": "Calendar year",
    "FY": "Financial year",
    "RY": "Reporting year",
    "TY": "Tax year",
    "T1": "Autumn term",
    "T1T2": "Autumn and spring term",
    "T2": "Spring term",
    "T3": "Summer term",
    **{f"{kind}Q{n}": f"{kind_name} year Q{n}" for n in range(1, 5)
       for kind, kind_name in (("AY", "Academic"), ("CY", "Calendar"), ("FY", "Financial"))},
    **{f"M{number}": name for number, name in enumerate(
        ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"), 1)},
}  # fmt: skip


def locations(meta: Mapping[str, Any]) -> dict[str, tuple[str, str, str]]:
    """Return of each location's id its level, code and name; several may have one code."""
    return {
        option["id"]: (level["level"]["code"], option.get("code", ""), option["label"])
        for level in meta["locations"]
        for option in level["options"]
    }


def as_file(results: Iterable[Mapping[str, Any]], meta: Mapping[str, Any]) -> bytes:
    """Write results in the layout of the data files.

    Parameters
    ----------
    results : iterable of dict
        What the interface answered.
    meta : dict
        The description of the data set.

    Raises
    ------
    InputError
        A result names what the description does not have, or two are of the same and unlike.
    """
    indicators = {item["id"]: item.get("column") or item["label"] for item in meta["indicators"]}
    filters = {item["id"]: item.get("column") or item["label"] for item in meta["filters"]}
    options = {o["id"]: o["label"] for item in meta["filters"] for o in item["options"]}
    places = locations(meta)
    rows: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for result in results:
        try:
            row = dict(_period(result["timePeriod"])) | dict(_place(result, places))
            row |= {filters[key]: options[value] for key, value in result["filters"].items()}
            figures = {indicators[key]: str(v) for key, v in result["values"].items()}
        except KeyError as error:
            raise InputError(
                f"A result names {error}, which the description of its data set does not have: "
                "fetch both anew, of one version."
            ) from error
        key = tuple(row.items())
        if rows.setdefault(key, figures) != figures:
            said = listed(value for value in row.values() if value)
            raise InputError(f"Two results are of the same, and differ in their figures: {said}.")
    text = io.StringIO()
    names = dict.fromkeys(name for key, figures in rows.items() for name in (*dict(key), *figures))
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**dict(key), **figures} for key, figures in rows.items())
    return text.getvalue().encode()


def _period(period: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    # 2023/2024 in the interface is 202324 in the files.
    yield "time_period", re.sub(r"(\d{4})/\d\d(\d\d)", r"\1\2", period["period"])
    yield "time_identifier", _IDENTIFIERS.get(period["code"], period["code"])


def _place(
    result: Mapping[str, Any], places: Mapping[str, tuple[str, str, str]]
) -> Iterator[tuple[str, str]]:
    level = result["geographicLevel"]
    yield "geographic_level", LEVELS[level][0] if level in LEVELS else level
    for of_level, (_, code_column, name_column) in LEVELS.items():
        location = result["locations"].get(of_level)
        _, code, name = places[location] if location else ("", "", "")
        yield code_column, code
        yield name_column, name
