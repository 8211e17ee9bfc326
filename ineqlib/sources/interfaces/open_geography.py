"""The interface of ONS Open Geography: boundaries, in pages that are counted beforehand.

The service errs, cuts and gives empty lists with status 200. Names of its layers change without
notice, so they are found in its catalogue by level, detail and date.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ineqlib.errors import ParameterError
from ineqlib.sources.base import Source
from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.boundaries import source_of
from ineqlib.sources.proof import FeatureCount, WholeFeatures, WholeObjects

API = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
MOST_FEATURES = 2_000
DETAILS = ("BUC", "BSC", "BGC", "BFC")
"""Ultra generalised, super generalised, generalised, full."""

_NAMES = {
    "lsoa": ("LSOA", r"Lower_layer_Super_Output_Areas|LSOA"),
    "msoa": ("MSOA", r"Middle_layer_Super_Output_Areas|MSOA"),
    "ward": ("WD", r"Wards|WD"),
    "lad": ("LAD", r"Local_Authority_Districts|LAD"),
    "utla": ("CTYUA", r"Counties_and_Unitary_Authorities|CTYUA"),
    "region": ("RGN", r"Regions|RGN"),
}
"""Level -> how its column of codes begins, and how the names of its layers do."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Boundaries:
    """All shapes of one layer."""

    service: str
    level: str
    year: int
    page: int = 1_000

    @property
    def what(self) -> str:
        """Say what is asked."""
        return f"Open Geography, {self.service}"

    @property
    def code(self) -> str:
        """Return the column of codes."""
        return f"{_NAMES[self.level][0]}{self.year % 100:02}CD"

    @property
    def source(self) -> Source:
        """Return who publishes them."""
        return source_of(self.level, self.year)

    def first(self) -> Query:
        """Ask how many shapes there are."""
        asked = {"where": "1=1", "returnCountOnly": "true", "f": "json"}
        return Query(self._url(asked), f"{self.what}, how many", self.source, FeatureCount())

    def rest(self, first: bytes) -> list[Query]:
        """Ask for the shapes, in an order that holds from page to page."""
        total = FeatureCount().read(first)
        return [self._page(offset, total) for offset in range(0, total, self.page)]

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join the pages into one file, and prove that every shape is there once.

        Raises
        ------
        NotWhole
            They are not together as many as were announced.
        """
        count, *pages = answers
        whole: dict[str, Any] = {"type": "FeatureCollection", "features": []}
        for page in map(json.loads, pages):
            whole["features"] += page["features"]
            whole |= {"crs": page["crs"]} if "crs" in page else {}
        joined = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
        WholeFeatures(self.code, FeatureCount().read(count)).prove(joined)
        return joined

    def _page(self, offset: int, total: int) -> Query:
        asked = {
            "where": "1=1",
            "outFields": "*",
            "outSR": "4326",
            "f": "geojson",
            "orderByFields": self.code,
            "resultOffset": offset,
            "resultRecordCount": self.page,
        }
        count = min(self.page, total - offset)
        expectation = WholeFeatures(self.code, count, is_last=offset + count == total)
        what = f"{self.what}, {offset + 1:,} to {offset + count:,} of {total:,}"
        return Query(self._url(asked), what, self.source, expectation)

    def _url(self, asked: Mapping[str, object]) -> str:
        return address(f"{API}/{self.service}/FeatureServer/0/query", asked)


def layers() -> Query:
    """Ask for the names of all layers; now and then the service gives an empty list."""
    url = address(API, {"f": "json"})
    expectation = WholeObjects(("name", "type"), under="services", key="name")
    return Query(url, "Open Geography, its layers", source_of("lad", 2025), expectation)


def newest(
    layers: Iterable[Mapping[str, Any]], level: str, detail: str, year: int = 0
) -> Boundaries:
    """Choose the newest layer of a level and detail, or the newest of a year.

    Raises
    ------
    ParameterError
        There is none.
    """
    pattern = re.compile(
        rf"(?:{_NAMES[level][1]})_([A-Za-z]{{3,9}})_(20\d\d)_(?:Boundaries_)?(?:UK|EW|EN)_{detail}"
        r"(?:_V(\d+))?"
    )
    candidates = []
    for layer in layers:
        name = str(layer["name"])
        match = pattern.fullmatch(name)
        if match and match[1][:3].casefold() in _MONTHS and year in (0, int(match[2])):
            month = _MONTHS.index(match[1][:3].casefold())
            candidates.append((int(match[2]), month, int(match[3] or 0), name))
    if not candidates:
        raise ParameterError(
            f"Open Geography has no layer of {level} boundaries, {detail}"
            f"{f', of {year}' if year else ''}. Its names may have changed: look for it in the "
            "portal, and download it by hand."
        )
    found_year, _, _, name = max(candidates)
    return Boundaries(name, level, found_year)
