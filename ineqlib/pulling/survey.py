"""Asking publishers a little, to plan what is to be asked of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from ineqlib.errors import FetchError, InputError, ParameterError
from ineqlib.pulling.extras import DEPRIVATION, EXTRAS, Extra, ListedFile
from ineqlib.pulling.parts import (
    NO_LOCAL_STATISTICS,
    Alike,
    Published,
    catalogue_ids,
    file_part,
    kind_of_neighbours,
    layer_part,
    local_statistics_parts,
    shapes_part,
)
from ineqlib.pulling.place import (
    Authorities,
    Place,
    Tier,
    Whole,
    as_published,
    neighbourhoods_in,
    tier,
    with_former,
)
from ineqlib.pulling.plan import File, Part, Plan
from ineqlib.sources.fetch import Download, Fetcher
from ineqlib.sources.interfaces import explore_statistics, fingertips, open_geography, small_areas
from ineqlib.sources.interfaces.open_geography import Layer
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.proof import WholeObjects

LEVELS = {
    "lad": "boundaries of districts",
    "utla": "boundaries of counties",
    "region": "boundaries of regions",
}
DETAILS = ("BSC", "BUC", "BGC")
"""Of boundaries, the detail that fits a page, and what will do instead."""
SMALL_DETAILS = ("BSC", "BGC")
"""Of neighbourhoods, which there are not ultra generalised."""

Objects = list[dict[str, Any]]


class Survey:
    """Fetches what is small, and remembers all that came."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._downloads: list[Download] = []
        self._ready: list[File] = []
        self._remarks: list[str] = []
        self._layers, self.types = map(
            self._objects, (open_geography.layers(), fingertips.area_types())
        )
        self._lookups = [
            self._pages(open_geography.lookup(self._layers, above)) for above in ("utla", "region")
        ]
        self.authorities = Authorities.read(*(content for content, _ in self._lookups))

    def keep_lookups(self) -> None:
        """Have the lookups in the folder: all packs need them."""
        self._ready += [File(content, ".csv", parts) for content, parts in self._lookups]

    @contextmanager
    def optional(self, lack: str) -> Iterator[None]:
        """Go on where something cannot be had, and remark what a pack lacks without it."""
        try:
            yield
        except (FetchError, InputError, ParameterError) as error:
            self._remarks.append(without(lack, error))

    def published(self, which: Whole) -> Published:
        """Ask what Fingertips has for its newest type of districts or counties."""
        return self.published_of(tier(self.types, which))

    def published_of(self, of_type: Tier) -> Published:
        """Ask what Fingertips has for a type of area."""
        areas = self._objects(fingertips.areas_of_type(of_type.id, of_type.words))
        items = self._objects(fingertips.available_data(of_type.id, of_type.words))
        ids = {str(item["IndicatorId"]) for item in items}
        codes = frozenset(str(area["Code"]) for area in areas)
        return Published(of_type, codes, frozenset(ids & catalogue_ids()))

    def whole_layers(self) -> list[Part]:
        """Plan all boundaries of authorities, and the deprivation of all neighbourhoods."""
        parts = [
            self.counted(what, level, open_geography.boundaries(self._layers, level, DETAILS))
            for level, what in LEVELS.items()
        ]
        return [*parts, self.file(DEPRIVATION)]

    def file(self, file: ListedFile, lack: str = "") -> Part:
        """Plan a file by asking where it stands."""
        return file_part(file, self._objects(file.listing()), lack)

    def local_statistics(self, which: Whole) -> list[Part]:
        """Ask which indicators Explore Local Statistics has, and plan their figures."""
        with self.optional(NO_LOCAL_STATISTICS):
            descriptions = self._fetch(explore_statistics.indicators())
            return local_statistics_parts(descriptions.content(), which)
        return []

    def extras(self, names: Iterable[Extra]) -> list[Part]:
        """Plan files that few need."""
        parts = []
        for file in (EXTRAS[name] for name in names):
            with self.optional(file.what):
                parts.append(self.file(file, lack=file.what))
        return parts

    def counted(self, what: str, level: str, layer: Layer, lack: str = "") -> Part:
        """Plan the pages of a layer by asking how many features it has."""
        return layer_part(what, level, layer, self._fetch(layer.first()), lack)

    def alike(self, place: Place, published: Published) -> Alike:
        """Ask which areas are most like one."""
        of_type = published.tier.id
        methods = self._fetch(fingertips.neighbour_types())
        kinds = objects_of(fingertips.neighbour_types(), methods)
        kind, method = kind_of_neighbours(kinds, of_type)
        [code] = as_published([place.code], published.codes)
        query = fingertips.neighbours(of_type, kind, code)
        answer = self._fetch(query)
        codes = [str(area["Code"]) for area in objects_of(query, answer)]
        near = tuple(other for other in codes if other != code)
        return Alike(code, near, method, (methods, answer))

    def wards(self, districts: Iterable[str] | None = None) -> Layer:
        """Choose the lookup from neighbourhoods to wards."""
        return small_areas.wards(self._layers, districts)

    def neighbourhood_layer(self, where: str = open_geography.EVERYWHERE) -> Layer:
        """Choose the shapes of neighbourhoods."""
        return open_geography.boundaries(self._layers, "lsoa", SMALL_DETAILS, where)

    def neighbourhoods(self, place: Place) -> Part:
        """Ask which neighbourhoods lie in the districts of a place, and plan their shapes."""
        layer = self.wards(with_former(place.districts))
        content, parts = self._pages(layer)
        codes = neighbourhoods_in(content, place.districts)
        self._ready.append(File(content, ".csv", parts))
        shapes = small_areas.ChosenShapes(self.neighbourhood_layer(), codes)
        return shapes_part(shapes)

    def plan(self, name: str, besides: str, parts: Iterable[Part]) -> Plan:
        """Return the plan, with what had to be asked to make it."""
        to_ask = []
        for part in parts:
            if part.queries:
                to_ask.append(part)
            else:  # all that it needs is among what others ask
                self._ready += part.files([])
        return Plan(
            name,
            besides,
            tuple(to_ask),
            tuple(self._ready),
            tuple(self._downloads),
            tuple(self._remarks),
        )

    def _objects(self, query: Query) -> Objects:
        return objects_of(query, self._fetch(query))

    def _fetch(self, query: Query) -> Download:
        self._downloads.append(self._fetcher.fetch(query))
        return self._downloads[-1]

    def _pages(self, layer: Layer) -> tuple[bytes, list[Download]]:
        content, parts = self._fetcher.fetch_pages(layer)
        self._downloads += parts
        return content, parts


def objects_of(query: Query, download: Download) -> Objects:
    """Return the objects of an answer in JSON."""
    assert isinstance(query.expectation, WholeObjects)
    return [dict(item) for item in query.expectation.read(download.content())]


def without(lack: str, error: Exception) -> str:
    """Say what a pack lacks, and why."""
    return f"Without {lack}: {error}"
