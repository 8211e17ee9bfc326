"""The interface of ONS Open Geography: boundaries, in pages that are counted beforehand.

The service errs, cuts and gives empty lists with status 200. Names of its layers change without
notice, so they are found in its catalogue by level, detail and date.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ineqlib.errors import ParameterError
from ineqlib.sources.base import Source
from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.boundaries import source_of
from ineqlib.sources.layouts.lookups import ONS_LOOKUPS
from ineqlib.sources.proof import FeatureCount, WholeFeatures, WholeObjects

API = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
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
class Layer:
    """All features of one layer, in pages."""

    service: str
    code: str
    """The column of codes, each of which is there once."""
    source: Source
    has_shapes: bool = True
    page: int = 1_000

    @property
    def what(self) -> str:
        """Say what is asked."""
        return f"Open Geography, {self.service}"

    def first(self) -> Query:
        """Ask how many features there are."""
        asked = {"where": "1=1", "returnCountOnly": "true", "f": "json"}
        return Query(self._url(asked), f"{self.what}, how many", self.source, FeatureCount())

    def rest(self, first: bytes) -> list[Query]:
        """Ask for the features, in an order that holds from page to page."""
        total = FeatureCount().read(first)
        return [self._page(offset, total) for offset in range(0, total, self.page)]

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join the pages into one file, and prove that every feature is there once.

        Returns
        -------
        bytes
            GeoJSON; of a layer without shapes, CSV.

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
        self._expectation(FeatureCount().read(count), is_last=True).prove(joined)
        return joined if self.has_shapes else _as_csv(whole["features"])

    def _page(self, offset: int, total: int) -> Query:
        asked = {
            "where": "1=1",
            "outFields": "*",
            **({"outSR": 4326, "f": "geojson"} if self.has_shapes else {"f": "json"}),
            "orderByFields": self.code,
            "resultOffset": offset,
            "resultRecordCount": self.page,
        }
        count = min(self.page, total - offset)
        what = f"{self.what}, {offset + 1:,} to {offset + count:,} of {total:,}"
        expectation = self._expectation(count, is_last=offset + count == total)
        return Query(self._url(asked), what, self.source, expectation)

    def _expectation(self, count: int, *, is_last: bool) -> WholeFeatures:
        return WholeFeatures(self.code, count, is_last, self.has_shapes)

    def _url(self, asked: Mapping[str, object]) -> str:
        return address(f"{API}/{self.service}/FeatureServer/0/query", asked)


def _as_csv(features: list[dict[str, Any]]) -> bytes:
    rows = [feature["attributes"] for feature in features]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def layers() -> Query:
    """Ask for the names of all layers; now and then the service gives an empty list."""
    url = address(API, {"f": "json"})
    expectation = WholeObjects(("name", "type"), under="services", key="name")
    return Query(url, "Open Geography, its layers", source_of("lad", 2025), expectation)


def boundaries(
    layers: Iterable[Mapping[str, Any]], level: str, details: Iterable[str] = DETAILS
) -> Layer:
    """Choose the newest layer of a level's shapes, in the first of some details that there is.

    Raises
    ------
    ParameterError
        There is none.
    """
    column, names = _NAMES[level]
    every = list(layers)
    for detail in details:
        pattern = (
            rf"(?:{names})_([A-Za-z]{{3,9}})_(20\d\d)_(?:Boundaries_)?[A-Z]{{2}}_{detail}(_V\d+)?"
        )
        dated = [
            (int(match[2]), _MONTHS.index(match[1][:3].casefold()), match[0])
            for match in _matching(every, pattern)
            if match[1][:3].casefold() in _MONTHS
        ]
        if dated:
            year, _, service = max(dated)
            return Layer(service, f"{column}{year % 100:02}CD", source_of(level, year))
    raise _unknown(f"boundaries of {level}")


def lookup(layers: Iterable[Mapping[str, Any]], parent: str) -> Layer:
    """Choose the newest lookup from districts to their counties (``utla``) or ``region``.

    Raises
    ------
    ParameterError
        There is none.
    """
    above = {"utla": "CTYUA|UTLA", "region": "RGN"}[parent]
    lookups = _matching(layers, rf"(LAD|LTLA)(\d\d)_(?:{above})\2_[A-Z]{{2}}_LU(_V\d+)?")
    if not lookups:
        raise _unknown(f"lookup from districts to {parent}")
    newest = max(lookups, key=lambda match: (match[2], match[0]))
    return Layer(newest[0], f"{newest[1]}{newest[2]}CD", ONS_LOOKUPS, has_shapes=False)


def _matching(layers: Iterable[Mapping[str, Any]], pattern: str) -> list[re.Match[str]]:
    matches = (re.fullmatch(pattern, str(layer["name"])) for layer in layers)
    return [match for match in matches if match]


def _unknown(what: str) -> ParameterError:
    return ParameterError(
        f"Open Geography has no layer that looks like a {what}: its names may have changed. Look "
        "for it in the portal (https://geoportal.statistics.gov.uk), and download it by hand."
    )


def of_year(layers: Iterable[Mapping[str, Any]], year: int) -> list[Mapping[str, Any]]:
    """Keep the boundaries and lookups of the codes of one year, to choose from them.

    Examples
    --------
    >>> names = ["LAD_MAY_2025_UK_BSC", "LSOA21_WD24_LAD24_EW_LU", "WD_DEC_2021_UK_BSC"]
    >>> [layer["name"] for layer in of_year([{"name": name} for name in names], 2021)]
    ['LSOA21_WD24_LAD24_EW_LU', 'WD_DEC_2021_UK_BSC']
    """
    pattern = re.compile(rf"\w+_{year}_\w+|[A-Z]+{year % 100:02}_\w+")
    return [layer for layer in layers if pattern.fullmatch(str(layer["name"]))]
