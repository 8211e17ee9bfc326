"""Fetching what a briefing of one area needs: figures, boundaries, lookups, deprivation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import listed
from ineqlib.pull.folder import DownloadFolder
from ineqlib.pull.place import REGION_TYPE, Place, Tier, as_published, find_place, tier
from ineqlib.sources.fetch import Download, Fetcher, Mode, fetch_pages, read_settings
from ineqlib.sources.interfaces import fingertips, open_geography
from ineqlib.sources.interfaces.gov_uk import Publication
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.layouts.deprivation import source_of
from ineqlib.sources.proof import WholeObjects

PUBLICATION = Publication(
    "government/statistics/english-indices-of-deprivation-2025", source_of("iod2025")
)
FILE_7 = r"\bfile 7\b"
LEVELS = ("lad", "utla", "region")
DETAILS = ("BSC", "BUC", "BGC")
"""Of boundaries, the detail that fits a page, and what will do instead."""


@dataclass(frozen=True)
class Pulled:
    """What was fetched."""

    place: Place
    folder: DownloadFolder
    downloads: list[Download]

    @property
    def title(self) -> str:
        """Return a title for a pack of it."""
        newest = max(download.fetched.date() for download in self.downloads)
        return f"{self.place.name}, fetched {newest.day} {newest:%B %Y}"

    @property
    def remarks(self) -> list[str]:
        """Return what is worth saying, each once: copies and their age, what is new."""
        about: dict[str, list[str]] = {}
        for download in self.downloads:
            for remark in download.remarks:
                about.setdefault(remark, []).append(download.what)
        return [f"{listed(answers, most=3)}: {remark}" for remark, answers in about.items()]


def open_fetcher(mode: Mode, network: Path | None = None) -> Fetcher:
    """Return what reaches publishers by the settings of this computer, or of a file."""
    return Fetcher(read_settings(network), mode=mode)


def pull(area: str, folder: Path, fetcher: Fetcher, progress: Callable[[str], None]) -> Pulled:
    """Fetch the figures of an area's county, region and country, and what maps need.

    Parameters
    ----------
    area : str
        Code or name of a district, a unitary authority or a county.
    folder : Path
        Where the files go; one of an earlier pull is written anew.
    fetcher : Fetcher
        Reaches the publishers, or the copies that are kept.
    progress : callable
        Called with what came.

    Returns
    -------
    Pulled
        The folder, to be built from, and all answers with where they come from.

    Raises
    ------
    UnknownArea
        There is no such area.
    FetchError
        Something is neither fetched nor kept; nothing is written then.
    OutputError
        The folder holds something else.
    """
    written = DownloadFolder(folder)
    written.check()
    pulling = _Pull(fetcher, progress)
    layers = pulling.objects(open_geography.layers())
    lookups = [pulling.pages(open_geography.lookup(layers, above)) for above in ("utla", "region")]
    place = find_place(area, lookups[0][0], lookups[1][0])
    types = pulling.objects(fingertips.area_types())
    around = _around(place, types)
    figures = pulling.all(
        [
            *pulling.data(tier(types, "districts"), place.districts, around),
            *pulling.data(tier(types, "counties"), (place.county,), (REGION_TYPE, place.region)),
        ]
    )
    shapes = [pulling.pages(open_geography.boundaries(layers, level, DETAILS)) for level in LEVELS]
    attached = pulling.objects(PUBLICATION.attachments())
    [deprivation] = pulling.all([PUBLICATION.file(attached, FILE_7, header_holds="LSOA code")])
    # Only now, when everything is there, does the earlier pull's give way.
    written.begin()
    for content, parts in lookups:
        written.add(content, ".csv", parts)
    for content, parts in shapes:
        written.add(content, ".geojson", parts)
    for download in (*figures, deprivation):
        written.add(download.content(), ".csv", [download])
    return Pulled(place, written, pulling.downloads)


def _around(place: Place, types: Iterable[dict[str, object]]) -> tuple[int, str]:
    """Return type and code of the area whose districts are asked for."""
    if place.is_two_tier:
        return tier(types, "counties").id, place.county
    return REGION_TYPE, place.region


class _Pull:
    """Fetches, and remembers all that came."""

    def __init__(self, fetcher: Fetcher, progress: Callable[[str], None]) -> None:
        self._fetcher = fetcher
        self._progress = progress
        self.downloads: list[Download] = []

    def all(self, queries: list[Query]) -> list[Download]:
        """Return the answers to some queries."""
        return self._came(self._fetcher.fetch_all(queries))

    def objects(self, query: Query) -> list[dict[str, object]]:
        """Return the objects of an answer in JSON."""
        [download] = self.all([query])
        assert isinstance(query.expectation, WholeObjects)
        return [dict(item) for item in query.expectation.read(download.content())]

    def pages(self, layer: open_geography.Layer) -> tuple[bytes, list[Download]]:
        """Return an answer in pages, put together."""
        content, parts = fetch_pages(self._fetcher, layer)
        return content, self._came(parts)

    def data(self, kind: Tier, required: tuple[str, ...], parent: tuple[int, str]) -> list[Query]:
        """Return what asks for those indicators of the catalogue that are published for a tier."""
        codes = {
            str(area["Code"]) for area in self.objects(fingertips.areas_of_type(kind.id, kind.name))
        }
        published = {
            str(item["IndicatorId"])
            for item in self.objects(fingertips.available_data(kind.id, kind.name))
        }
        wanted = {
            name.id
            for indicator in load_catalogue().indicators.values()
            for name in indicator.publisher_ids.get("fingertips", ())
        }
        areas = fingertips.Areas(
            kind.id, *parent, name=kind.name, required=as_published(required, codes)
        )
        return fingertips.data(published & wanted, areas)

    def _came(self, downloads: list[Download]) -> list[Download]:
        for download in downloads:
            self._progress(download.what)
        self.downloads += downloads
        return downloads
