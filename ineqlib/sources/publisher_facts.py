"""What publishers say of their indicators, read from their descriptions and from their figures.

Fingertips: the metadata CSV, and a download of figures for names, ages, sexes and levels of area.
Its successor: the table of indicators, and the list of descriptions behind its search.
Explore Local Statistics: its list, which tells signs of units and levels of area, and no polarity.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from ineqlib.catalogue.publisher_fact import PublisherFact
from ineqlib.errors import InputError
from ineqlib.files import parse_json
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.explore_statistics_json import sign_of_unit

EXPLORE = "explore_statistics"
NEXT = "fingertips_next"
_POLARITY = {"low is good": "adverse", "high is good": "favourable"}
_NO_JUDGEMENT = ("no judgement", "not applicable", "blue orange blue")
_LEVELS = {
    **{"E05": "ward", "E02": "msoa", "E07": "district", "E10": "county"},
    **{"E12": "region", "E92": "country"},
}
"""Beginning of a code -> the catalogue's level. Single-tier authorities tell no level."""
_EXPLORE_LEVELS = {"ltla": "district", "utla": "county", "rgn": "region", "ctry": "country"}


def read_facts(content: bytes, place: str) -> list[PublisherFact]:
    """Read what a file says of indicators, one fact an indicator.

    Parameters
    ----------
    content
        A description or a download, unpacked.
    place
        Where it comes from, for messages and findings.

    Raises
    ------
    InputError
        It is none of the files that are known.
    """
    if bytes(content[:200]).lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"[", b"{")):
        return _of_list(content, place)
    table = read_csv_text(content, (), "a publisher's description of its indicators")
    for columns, read in _TABLES.items():
        if set(columns) <= set(table.columns):
            return [fact for fact in read(table, place) if fact.id]
    raise InputError(
        f"{place} does not describe indicators. Expected the metadata CSV of Fingertips, a "
        "download of its figures, indicators.csv or search_indicators.json of its successor, or "
        "the list of indicators of Explore Local Statistics."
    )


def _of_metadata(table: pd.DataFrame, place: str) -> Iterable[PublisherFact]:
    for row in table.to_dict("records"):
        yield PublisherFact(
            service="fingertips",
            id=row["Indicator ID"],
            name=row.get("Indicator") or row.get("Indicator Name", ""),
            polarity=_polarity(row["Polarity"]),
            polarity_words=row["Polarity"].strip(),
            unit=row.get("Unit", ""),
            value_type=row.get("Value type", ""),
            year_type=row.get("Year type", ""),
            place=place,
        )


def _of_figures(table: pd.DataFrame, place: str) -> Iterable[PublisherFact]:
    for id, rows in table.groupby("Indicator ID", sort=False):
        yield PublisherFact(
            service="fingertips",
            id=str(id),
            name=rows["Indicator Name"].iloc[0],
            ages=tuple(rows["Age"].unique()),
            sexes=tuple(rows["Sex"].unique()),
            levels=_levels(rows["Area Code"]),
            place=place,
        )


def _of_next(table: pd.DataFrame, place: str) -> Iterable[PublisherFact]:
    for row in table.to_dict("records"):
        yield PublisherFact(
            service=NEXT,
            id=row["IndicatorID"],
            name=row.get("IndicatorName", ""),
            polarity=_polarity(row["Polarity"]),
            polarity_words=row["Polarity"].strip(),
            value_type=row.get("ValueType", ""),
            year_type=row.get("PeriodType", ""),
            place=place,
        )


def _of_list(content: bytes, place: str) -> list[PublisherFact]:
    try:
        entries = parse_json(bytes(content[:]).decode("utf-8-sig"))
        return [
            _of_explore(entry, place) if "slug" in entry else _of_entry(entry, place)
            for entry in entries
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{place} is no list of descriptions. As the successor of Fingertips has them, each "
            "needs an indicatorID and a polarity; as Explore Local Statistics has them, a slug, a "
            f"code and a geography ({error})."
        ) from error


def _of_explore(entry: dict[str, Any], place: str) -> PublisherFact:
    # The catalogue's names are those of Fingertips: these are other words for the same.
    levels = entry["geography"]["levels"]
    return PublisherFact(
        service=EXPLORE,
        id=entry["code"],
        unit=sign_of_unit(entry),
        levels=tuple(ours for theirs, ours in _EXPLORE_LEVELS.items() if theirs in levels),
        place=place,
    )


def _of_entry(entry: dict[str, Any], place: str) -> PublisherFact:
    return PublisherFact(
        service=NEXT,
        id=str(entry["indicatorID"]),
        name=entry.get("indicatorName") or "",
        polarity=_polarity(entry["polarity"] or ""),
        polarity_words=(entry["polarity"] or "").strip(),
        unit=entry.get("unitLabel") or "",
        value_type=entry.get("valueType") or "",
        year_type=entry.get("periodType") or "",
        levels=_levels(entry.get("associatedAreaCodes") or ()),
        place=place,
    )


def _polarity(words: str) -> str:
    folded = words.casefold()
    judged = next((ours for theirs, ours in _POLARITY.items() if theirs in folded), "")
    is_neutral = any(theirs in folded for theirs in _NO_JUDGEMENT)
    return judged or ("neutral" if is_neutral else "")


def _levels(codes: Iterable[str]) -> tuple[str, ...]:
    beginnings = {str(code)[:3] for code in codes}
    return tuple(level for begins, level in _LEVELS.items() if begins in beginnings)


_TABLES: dict[tuple[str, ...], Callable[[pd.DataFrame, str], Iterable[PublisherFact]]] = {
    ("IndicatorID", "Polarity"): _of_next,
    ("Indicator ID", "Indicator Name", "Area Code", "Sex", "Age"): _of_figures,
    ("Indicator ID", "Polarity"): _of_metadata,
}
"""Columns that tell a table -> its reader."""
