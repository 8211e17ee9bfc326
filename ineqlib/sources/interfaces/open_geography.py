"""The interface of ONS Open Geography: boundaries, in pages that are counted beforehand.

The service errs, cuts and gives empty lists with status 200. Names of its layers change without
notice, so they are found in its catalogue by level, detail and date.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ineqlib.errors import ParameterError
from ineqlib.sources.base import Source
from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.boundaries import source_of
from ineqlib.sources.layouts.lookups import ONS_LOOKUPS
from ineqlib.sources.proof import FeatureCount, WholeFeatures, WholeObjects
from ineqlib.spreadsheet import csv_of_rows

API = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
DETAILS = ("BUC", "BSC", "BGC", "BFC")
"""Ultra generalised, super generalised, generalised, full."""
EVERYWHERE = "1=1"
"""Of a layer, all features, as the service is asked."""

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
    where: str = EVERYWHERE
    """Which of its features are meant."""

    @property
    def what(self) -> str:
        """Say what is asked."""
        return f"Open Geography, {self.service}"

    def first(self) -> Query:
        """Ask how many features there are."""
        asked = {"where": self.where, "returnCountOnly": "true", "f": "json"}
        return Query(self._url(asked), f"{self.what}, how many", self.source, FeatureCount())

    def rest(self, first: bytes) -> list[Query]:
        """Ask for the features, in an order that holds from page to page."""
        total = FeatureCount().read(first)
        return [self._page(offset, total) for offset in range(0, total, self.page)]

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join the pages into one file of GeoJSON, or of CSV where the layer has no shapes.

        Every feature is proved to be there once.
        """
        [joined] = self.in_files(answers, len(answers))
        return joined

    def in_files(self, answers: Sequence[bytes], most: int) -> list[bytes]:
        """Join at most so many pages into each file, and prove all together as `joined` does.

        Who reads a file of shapes needs ten times its size in memory.
        """
        count, *pages = answers
        expectation = self._expectation(FeatureCount().read(count), is_last=False)
        codes: set[str] = set()
        files = []
        for start in range(0, len(pages), most):
            joined, of_file = put_together(pages[start : start + most], expectation)
            codes |= of_file
            files.append(joined)
        expectation.prove_codes(codes)
        return files

    def _page(self, offset: int, total: int) -> Query:
        asked = {
            **self._wanted(),
            "resultOffset": offset,
            "resultRecordCount": self.page,
        }
        count = min(self.page, total - offset)
        what = f"{self.what}, {offset + 1:,} to {offset + count:,} of {total:,}"
        expectation = self._expectation(count, is_last=offset + count == total)
        return Query(self._url(asked), what, self.source, expectation)

    def of_codes(self, codes: Sequence[str]) -> Query:
        """Ask for the features of some codes."""
        chosen = replace(self, where=one_of(self.code, codes))
        what = f"{self.what}, {codes[0]} to {codes[-1]}"
        expectation = WholeFeatures(self.code, len(codes), has_shapes=self.has_shapes)
        return Query(self._url(chosen._wanted()), what, self.source, expectation)

    def _wanted(self) -> dict[str, object]:
        return {
            "where": self.where,
            "outFields": "*",
            **({"outSR": 4326, "f": "geojson"} if self.has_shapes else {"f": "json"}),
            "orderByFields": self.code,
        }

    def _expectation(self, count: int, *, is_last: bool) -> WholeFeatures:
        return WholeFeatures(self.code, count, is_last, self.has_shapes)

    def _url(self, asked: Mapping[str, object]) -> str:
        return address(f"{API}/{self.service}/FeatureServer/0/query", asked)


def one_of(column: str, codes: Iterable[str]) -> str:
    """Write the condition that a column has one of some codes."""
    return f"{column} IN ({','.join(repr(code) for code in codes)})"


def put_together(pages: Iterable[bytes], expectation: WholeFeatures) -> tuple[bytes, set[str]]:
    """Return the features of all pages as one file, and their codes.

    One page at a time: those of all neighbourhoods take ten times as much memory as their bytes.
    """
    codes: set[str] = set()
    parts: list[bytes] = []
    system = ""
    columns: list[str] = []
    for page in map(json.loads, pages):
        codes |= expectation.codes(page)
        if expectation.has_shapes:
            parts.append(_as_json(page["features"])[1:-1])
            system = f',"crs":{_as_json(page["crs"]).decode()}' if "crs" in page else system
        else:
            rows = [feature["attributes"] for feature in page["features"]]
            columns = columns or list(rows[0])
            parts.append(_as_csv(rows, columns, with_header=not parts))
    if not expectation.has_shapes:
        return b"".join(parts), codes
    start, end = b'{"type":"FeatureCollection","features":[', f"]{system}}}".encode()
    return b"".join([start, b",".join(parts), end]), codes


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _as_csv(rows: list[dict[str, Any]], columns: list[str], *, with_header: bool) -> bytes:
    if strange := {name for row in rows for name in row}.difference(columns):
        raise ValueError(f"fields that other features do not have: {sorted(strange)}")
    heading = [columns] if with_header else []
    cells = ([row.get(name, "") for name in columns] for row in rows)
    return csv_of_rows([*heading, *cells]).encode()


def layers() -> Query:
    """Ask for the names of all layers; now and then the service gives an empty list."""
    url = address(API, {"f": "json"})
    expectation = WholeObjects(("name", "type"), under="services", key="name")
    return Query(url, "Open Geography, its layers", source_of("lad", 2025), expectation)


def boundaries(
    layers: Iterable[Mapping[str, Any]],
    level: str,
    details: Iterable[str] = DETAILS,
    where: str = EVERYWHERE,
) -> Layer:
    """Choose the newest layer of a level's shapes, in the first of some details that there is."""
    column, names = _NAMES[level]
    every = list(layers)
    for detail in details:
        pattern = (
            rf"(?:{names})_([A-Za-z]{{3,9}})_(20\d\d)_(?:Boundaries_)?[A-Z]{{2}}_{detail}(_V\d+)?"
        )
        dated = [
            (int(match[2]), _MONTHS.index(match[1][:3].casefold()), match[0])
            for match in matching(every, pattern)
            if match[1][:3].casefold() in _MONTHS
        ]
        if dated:
            year, _, service = max(dated)
            code = f"{column}{year % 100:02}CD"
            return Layer(service, code, source_of(level, year), where=where)
    raise unknown_layer(f"boundaries of {level}")


def lookup(layers: Iterable[Mapping[str, Any]], parent: str) -> Layer:
    """Choose the newest lookup from districts to their counties (``utla``) or ``region``."""
    above = {"utla": "CTYUA|UTLA", "region": "RGN"}[parent]
    lookups = matching(layers, rf"(LAD|LTLA)(\d\d)_(?:{above})\2_[A-Z]{{2}}_LU(_V\d+)?")
    if not lookups:
        raise unknown_layer(f"lookup from districts to {parent}")
    newest = max(lookups, key=lambda match: (match[2], match[0]))
    return Layer(newest[0], f"{newest[1]}{newest[2]}CD", ONS_LOOKUPS, has_shapes=False)


def matching(layers: Iterable[Mapping[str, Any]], pattern: str) -> list[re.Match[str]]:
    """Return how the names of layers match a pattern, of those that do."""
    matches = (re.fullmatch(pattern, str(layer["name"])) for layer in layers)
    return [match for match in matches if match]


def unknown_layer(what: str) -> ParameterError:
    """Return what says that no layer is called as one would be."""
    return ParameterError(
        f"Open Geography has no layer that looks like a {what}: its names may have changed. Look "
        "for it in the portal (https://geoportal.statistics.gov.uk), and download it by hand."
    )
