"""The interface of Fingertips: data, metadata, areas and their types.

Of more than 100 ids it answers the first 100 and says nothing, so ids are asked in lots. Areas that
lie in no parent of the type asked are dropped, abolished districts among them; England as parent
type keeps them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ineqlib.sources.interfaces.query import MEGABYTE, Query, address, in_lots
from ineqlib.sources.layouts.fingertips import SOURCE
from ineqlib.sources.proof import Asked, WholeObjects, WholeTable
from ineqlib.text import plural

API = "https://fingertips.phe.org.uk/api"
MOST_IDS = 100
ENGLAND = "E92000001"
ENGLAND_TYPE = 15
"""The type of area whose one area is England."""

_KEYS = ("Indicator ID", "Area Code", "Sex", "Age", "Category Type", "Category", "Time period")
_FIGURES = ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator")
_KNOWN = (
    *("Indicator Name", "Parent Code", "Parent Name", "Area Name", "Area Type"),
    *("Lower CI 99.8 limit", "Upper CI 99.8 limit", "Value note", "Recent Trend"),
    *("Compared to *", "Time period Sortable", "Time period range", "New data", "Target data"),
)


@dataclass(frozen=True)
class Areas:
    """Which areas data are asked for: those of a type that lie in an area of another type."""

    area_type: int
    parent_type: int = ENGLAND_TYPE
    parent_code: str = ENGLAND
    name: str = ""
    """What they are, in words."""
    required: tuple[str, ...] = ()
    """Codes that must be in the answer; England and the parent come besides."""


def area_types() -> Query:
    """Ask for the types of area and their ids, which change with the boundaries."""
    names = ("Id", "Name", "Short")
    return Query(f"{API}/area_types", "Fingertips, types of area", SOURCE, WholeObjects(names))


def areas_of_type(area_type: int, name: str = "") -> Query:
    """Ask for all areas of a type: code and name."""
    expectation = WholeObjects(("Code", "Name"), key="Code")
    url = address(f"{API}/areas/by_area_type", {"area_type_id": area_type})
    return Query(url, f"Fingertips, areas: {name or area_type}", SOURCE, expectation)


def available_data(area_type: int, name: str = "") -> Query:
    """Ask which indicators are published for a type of area: only those can be asked for."""
    url = address(f"{API}/available_data", {"area_type_id": area_type})
    expectation = WholeObjects(("IndicatorId", "AreaTypeId"))
    return Query(url, f"Fingertips, what there is for {name or area_type}", SOURCE, expectation)


def data(indicator_ids: Iterable[str], areas: Areas) -> list[Query]:
    """Ask for the figures of indicators, in lots that are answered in full."""
    return [_data(lot, areas) for lot in _lots(indicator_ids)]


def metadata(indicator_ids: Iterable[str]) -> list[Query]:
    """Ask for definitions, units, types of year and polarities, in lots."""
    base = f"{API}/indicator_metadata/csv/by_indicator_id"
    return [
        Query(
            address(base, {"indicator_ids": lot}),
            f"Fingertips, descriptions of {plural(len(lot), 'indicator')}",
            SOURCE,
            WholeTable(
                ("Indicator ID", "Unit", "Value type", "Year type", "Polarity"),
                asked=(Asked("Indicator ID", lot, "indicator id"),),
            ),
        )
        for lot in _lots(indicator_ids)
    ]


def _lots(indicator_ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Give ids in lots that are answered in full, in one order whatever order they come in."""
    return in_lots(sorted(indicator_ids, key=lambda text: (len(text), text)), MOST_IDS)


def _data(ids: tuple[str, ...], areas: Areas) -> Query:
    chosen = {
        "indicator_ids": ids,
        "child_area_type_id": areas.area_type,
        "parent_area_type_id": areas.parent_type,
        "parent_area_code": areas.parent_code,
    }
    url = address(f"{API}/all_data/csv/by_indicator_id", chosen)
    asked = [Asked("Indicator ID", ids, "indicator id")]
    if areas.required:
        asked.append(Asked("Area Code", areas.required, "area", others=True))
    expectation = WholeTable(
        (*_KEYS, *_FIGURES),
        known=_KNOWN,
        asked=tuple(asked),
        keys=_KEYS,
        figures=_FIGURES,
        short_by=1,
    )
    words = f"Fingertips, {plural(len(ids), 'indicator')}, {areas.name or areas.area_type}"
    return Query(url, words, SOURCE, expectation, most_bytes=500 * MEGABYTE)


def neighbour_types() -> Query:
    """Ask by which methods areas are found to be alike, and for which types of area."""
    expectation = WholeObjects(("NeighbourTypeId", "Name", "ApplicableAreaTypes"))
    url = f"{API}/nearest_neighbour_types"
    return Query(url, "Fingertips, kinds of nearest neighbours", SOURCE, expectation)


def neighbours(area_type: int, kind: int, code: str) -> Query:
    """Ask for the areas most like one, the nearest first.

    As the parent of an area for which data are asked, ``nn-…`` would not do: the average of the
    neighbours then comes under the code of the area itself.
    """
    asked = {"area_type_id": area_type, "parent_area_code": f"nn-{kind}-{code}"}
    url = address(f"{API}/areas/by_parent_area_code", asked)
    expectation = WholeObjects(("Code", "Name"), key="Code")
    return Query(url, f"Fingertips, nearest neighbours of {code}", SOURCE, expectation)
