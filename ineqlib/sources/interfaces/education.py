"""The interface of the Department for Education's Explore Education Statistics.

Results come in pages, name everything by ids, and hold their figures as text; a warning beside them
says what was left out. One code may stand for several locations, so locations are asked by id.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ineqlib.errors import ParameterError, listed
from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.education import SOURCE
from ineqlib.sources.layouts.education_results import LEVELS, as_file, locations
from ineqlib.sources.proof import NotWhole, WholeFile, WholeObjects, WholeResults
from ineqlib.sources.proof.model import asked_and_got

API = "https://api.education.gov.uk/statistics/v1"
MOST_RESULTS = 10_000
SHORTEST_SEARCH = 3


@dataclass(frozen=True)
class Listing:
    """A list of publications or data sets, in pages."""

    path: str
    what: str
    size: int
    asked: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ("id", "title")

    def first(self) -> Query:
        """Ask for the first page."""
        return self.page(1)

    def rest(self, first: bytes) -> list[Query]:
        """Ask for the pages after the first."""
        total, _ = WholeResults(self.names, 1, self.size).read(first)
        return [self.page(number) for number in range(2, -(-total // self.size) + 1)]

    def results(self, answers: Sequence[bytes]) -> list[Any]:
        """Return the results of all pages."""
        pages = [
            WholeResults(self.names, number, self.size).read(answer)
            for number, answer in enumerate(answers, 1)
        ]
        every = [result for _, results in pages for result in results]
        totals = {total for total, _ in pages}
        distinct = len({json.dumps(result, sort_keys=True) for result in every})
        if totals != {distinct}:
            raise NotWhole(
                f"{distinct:,} results came on {len(pages)} pages, which count {listed(totals)} in "
                "all: they changed meanwhile",
                may_pass=True,
            )
        return every

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join the pages into one list."""
        return json.dumps(self.results(answers), ensure_ascii=False).encode()

    def page(self, number: int) -> Query:
        """Ask for one page."""
        url = address(f"{API}/{self.path}", {**self.asked, "page": number, "pageSize": self.size})
        words = self.what if number == 1 else f"{self.what}, page {number}"
        return Query(url, words, SOURCE, WholeResults(self.names, number, self.size))


def publications(search: str) -> Listing:
    """Ask for publications by words of their title."""
    if len(search) < SHORTEST_SEARCH:
        raise ParameterError(f"'{search}' is too short to search for: {SHORTEST_SEARCH} letters.")
    what = f"Explore Education Statistics, publications about '{search}'"
    return Listing("publications", what, 40, {"search": search})


def data_sets(publication_id: str) -> Listing:
    """Ask for the data sets of a publication."""
    what = "Explore Education Statistics, data sets"
    return Listing(f"publications/{publication_id}/data-sets", what, 20)


def meta(data_set_id: str) -> Query:
    """Ask what the filters, indicators, locations and periods of a data set are called."""
    names = ("filters", "indicators", "locations", "timePeriods", "geographicLevels")
    what = "Explore Education Statistics, what a data set has"
    return Query(f"{API}/data-sets/{data_set_id}/meta", what, SOURCE, WholeObjects(names))


def whole_file(data_set_id: str) -> Query:
    """Ask for the whole data set as a file; its words are not promised to stay as they are."""
    what = "Explore Education Statistics, a whole data set"
    expectation = WholeFile("csv", header_holds="time_period")
    return Query(f"{API}/data-sets/{data_set_id}/csv", what, SOURCE, expectation)


@dataclass(frozen=True)
class Figures:
    """Figures of a data set for areas and periods, all of which it must have."""

    data_set_id: str
    meta: Mapping[str, Any]
    """What the data set has, as `meta` tells it."""
    indicators: tuple[str, ...]
    """Columns, or labels, of the indicators."""
    codes: tuple[str, ...]
    """Codes of areas; one that several locations share asks for all of them."""
    periods: tuple[tuple[str, str], ...]
    """Such as ``("2023/2024", "AY")``."""
    version: str = ""
    """Such as ``"2.*"``: the newest that reads like it. Default: the newest."""
    size: int = MOST_RESULTS

    def __post_init__(self) -> None:
        """Refuse what the data set does not have."""
        known = {code for _, code, _ in self._locations().values()}
        there = {(item["period"], item["code"]) for item in self.meta["timePeriods"]}
        wrong = [
            *(code for code in self.codes if code not in known),
            *(" ".join(period) for period in self.periods if period not in there),
            *(name for name in self.indicators if not self._ids(name)),
        ]
        if wrong or not (self.codes and self.periods and self.indicators):
            raise ParameterError(
                f"The data set does not have {listed(wrong) or 'nothing'}. Ask for areas, periods "
                "and indicators that its description (meta) lists."
            )

    @property
    def what(self) -> str:
        """Say what is asked."""
        return f"Explore Education Statistics, {', '.join(self.indicators)}"

    def first(self) -> Query:
        """Ask for the first page."""
        return self._listing().first()

    def rest(self, first: bytes) -> list[Query]:
        """Ask for the pages after the first."""
        return self._listing().rest(first)

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join the pages into a file in the layout of the service's own."""
        results = self._listing().results(answers)
        places = self._locations()
        got = {
            "area": {
                places[result["locations"][result["geographicLevel"]]][1] for result in results
            },
            "period": {" ".join(_period(result)) for result in results},
        }
        asked_and_got("area", self.codes, got["area"], others=False)
        asked_and_got("period", tuple(map(" ".join, self.periods)), got["period"], others=False)
        for name in self.indicators:
            [wanted] = self._ids(name)
            if lacking := sum(wanted not in result["values"] for result in results):
                raise NotWhole(f"{lacking:,} of {len(results):,} results lack {name}")
        return as_file(results, self.meta)

    def _listing(self) -> Listing:
        places = self._locations()
        asked = {
            "indicators": ",".join(key for name in self.indicators for key in self._ids(name)),
            "timePeriods.in": ",".join("|".join(period) for period in self.periods),
            "locations.in": ",".join(
                f"{level}|id|{key}"
                for key, (level, code, _) in places.items()
                if code in self.codes
            ),
            **({"dataSetVersion": self.version} if self.version else {}),
        }
        names = ("timePeriod", "geographicLevel", "locations", "filters", "values")
        return Listing(f"data-sets/{self.data_set_id}/query", self.what, self.size, asked, names)

    def _locations(self) -> dict[str, tuple[str, str, str]]:
        every = locations(self.meta)
        return {key: place for key, place in every.items() if place[0] in LEVELS}

    def _ids(self, name: str) -> list[str]:
        return [
            item["id"]
            for item in self.meta["indicators"]
            if name in (item.get("column"), item["label"])
        ]


def _period(result: Mapping[str, Any]) -> tuple[str, str]:
    return result["timePeriod"]["period"], result["timePeriod"]["code"]
