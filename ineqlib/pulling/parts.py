"""The parts of a plan: figures, boundaries, neighbourhoods, deprivation, similar areas. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import FetchError, listed
from ineqlib.pulling.extras import ListedFile
from ineqlib.pulling.place import REGION_TYPE, Authorities, Place, Tier, Whole, as_published
from ineqlib.pulling.plan import File, Files, Part, as_they_came, in_files, put_together
from ineqlib.sources.fetch import Download
from ineqlib.sources.interfaces import explore_statistics, fingertips
from ineqlib.sources.interfaces.open_geography import Layer
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.interfaces.small_areas import ChosenShapes
from ineqlib.sources.layouts.explore_statistics_json import read_indicators
from ineqlib.sources.proof import FeatureCount, WholeFile
from ineqlib.spreadsheet import csv_of_rows
from ineqlib.text import plural

ROW_BYTES = 250
"""Of a row of Fingertips, as long as those of its downloads are on average."""
ROWS_EACH = 12
"""Rows of an indicator and area, likewise: years, and where there are any, sexes."""
FEATURE_BYTES = {"lad": 11_000, "utla": 16_000, "region": 60_000, "lsoa": 1_500, "wards": 400}
"""Of a shape at the detail that is asked for, or of a row of a lookup."""
SUFFIXES = {"csv": ".csv", "workbook": ".xlsx", "archive": ".zip"}
NEIGHBOURHOODS = "boundaries of neighbourhoods"
NO_MAP = "a map of neighbourhoods"
NO_NEIGHBOURS = "the areas most like it"
NO_LOCAL_STATISTICS = "the indicators of Explore Local Statistics"
INDICATOR_BYTES = 300_000
"""Of the areas of all levels in all years, about."""
LOCAL_LEVELS: dict[Whole, tuple[str, ...]] = {
    "districts": ("ctry", "rgn", "utla", "ltla"),
    "counties": ("ctry", "rgn", "utla"),
}
"""What the service calls the levels of areas that a pack of a tier has."""


@dataclass(frozen=True)
class Published:
    """What Fingertips has for a type of area."""

    tier: Tier
    codes: frozenset[str]
    """Of the areas of this type."""
    ids: frozenset[str]
    """Of the indicators of the catalogue that there are for it."""

    def figures(self, required: Iterable[str], parent: tuple[int, str], areas: int) -> Part:
        """Plan the figures of the areas of this type, `areas` in all, that lie in another."""
        if not self.ids:
            raise FetchError(
                f"Fingertips says that it has no indicator of the catalogue for {self.tier.words}: "
                "try again later, or download the files by hand (docs/how-to-your-area.md)."
            )
        asked = as_published(required, self.codes)
        words = self.tier.words
        return Part(
            what=f"figures of {words[:1].lower()}{words[1:]}",
            queries=tuple(self.queries(asked, parent)),
            files=as_they_came,
            size=self.size(areas),
        )

    def queries(self, required: Iterable[str], parent: tuple[int, str]) -> list[Query]:
        """Ask for the figures of the areas that lie in another, some of which must be there."""
        areas = fingertips.Areas(
            self.tier.id, *parent, name=self.tier.words, required=tuple(required)
        )
        return fingertips.data(self.ids, areas)

    def size(self, areas: int) -> int:
        """Return about how many bytes the figures of so many areas are."""
        return areas * len(self.ids) * ROWS_EACH * ROW_BYTES


@dataclass(frozen=True)
class Alike:
    """The areas most like one."""

    code: str
    codes: tuple[str, ...]
    """Nearest first, as Fingertips has them."""
    method: str
    answers: tuple[Download, ...]
    """The methods there are, and the areas found by this one."""

    def table(self) -> bytes:
        """Write them in the layout of ONS: one row, the neighbours in order."""
        ranks = range(1, len(self.codes) + 1)
        return csv_of_rows([("AREACD", *ranks), (self.code, *self.codes)]).encode()


def catalogue_ids(publisher: str = "fingertips") -> set[str]:
    """Return what a publisher calls the indicators of the catalogue."""
    return {
        name.id
        for indicator in load_catalogue().indicators.values()
        for name in indicator.publisher_ids.get(publisher, ())
    }


def layer_part(what: str, level: str, layer: Layer, count: Download, lack: str = "") -> Part:
    """Plan the pages of a layer, of which it was asked how many features there are."""
    content = count.content()
    return Part(
        what=what,
        queries=tuple(layer.rest(content)),
        files=in_files(layer, count, ".geojson" if layer.has_shapes else ".csv"),
        size=FeatureCount().read(content) * FEATURE_BYTES[level],
        lack=lack,
    )


def shapes_part(shapes: ChosenShapes) -> Part:
    """Plan the shapes of some neighbourhoods."""
    return Part(
        what=NEIGHBOURHOODS,
        queries=tuple(shapes.queries()),
        files=put_together(shapes.joined, ".geojson"),
        size=len(shapes.codes) * FEATURE_BYTES["lsoa"],
        lack=NO_MAP,
    )


def file_part(file: ListedFile, listed: Sequence[Mapping[str, Any]], lack: str = "") -> Part:
    """Plan one file of those that are listed, of the size that the list announces if it does."""
    query = file.choose(listed)
    assert isinstance(query.expectation, WholeFile)
    announced = query.expectation.size
    return Part(
        what=file.what,
        queries=(query,),
        files=partial(as_they_came, suffix=SUFFIXES[query.expectation.kind]),
        size=announced or file.size,
        is_announced=bool(announced),
        lack=lack,
    )


def alike_part(
    alike: Alike,
    published: Published,
    authorities: Authorities,
    upper: Tier | None,
    known: tuple[int, str],
) -> Part:
    """Plan the figures of the areas most like one, with those around each.

    Districts are asked for in their counties, of the type `upper`; without it all are asked for in
    regions. What lies in the area `known` is asked for in any case.
    """
    places = {code: authorities.around(code) for code in alike.codes}
    if gone := [code for code, place in places.items() if place is None]:
        raise FetchError(f"Fingertips says that {listed(gone)} is alike, which is no area any more")
    inside: dict[tuple[int, str], list[str]] = defaultdict(list)
    for code, place in places.items():
        if place and (parent := around(place, upper)) != known:
            inside[parent].append(code)
    areas = sum(authorities.how_many(code) for _, code in inside)
    return Part(
        what=f"figures of the {len(alike.codes)} areas most like it, and of those around them",
        queries=tuple(
            query
            for parent, codes in sorted(inside.items())
            for query in published.queries(codes, parent)
        ),
        files=_with_table(alike),
        size=published.size(areas),
        lack=NO_NEIGHBOURS,
    )


def around(place: Place, upper: Tier | None) -> tuple[int, str]:
    """Return type and code of the area in which those beside a place are asked for."""
    if upper and place.is_two_tier:
        return upper.id, place.county
    return REGION_TYPE, place.region


def kind_of_neighbours(kinds: Iterable[Mapping[str, Any]], area_type: int) -> tuple[int, str]:
    """Return number and name of the first method that finds neighbours among areas of a type."""
    fitting = [
        (int(kind["NeighbourTypeId"]), str(kind["Name"]))
        for kind in kinds
        if area_type in {_id_of(of) for of in kind["ApplicableAreaTypes"] or ()}
    ]
    if not fitting:
        raise FetchError("Fingertips has no nearest neighbours for this type of area")
    return min(fitting)


def _id_of(area_type: object) -> int:
    match area_type:
        case {"Id": int(number)} | int(number):
            return number
    raise FetchError("Fingertips tells in a new layout for which types of area it has neighbours")


def _with_table(alike: Alike) -> Files:
    source = fingertips.SOURCE
    described = {
        "method": alike.method,
        "source": f"Nearest neighbours of {source.title}",
        "publisher": source.publisher,
        "licence": source.licence,
        "attribution": source.attribution,
    }

    def files(answers: Sequence[Download]) -> list[File]:
        table = File(alike.table(), ".csv", alike.answers, described)
        return [table, *as_they_came(answers)]

    return files


def local_statistics_parts(descriptions: bytes, which: Whole) -> list[Part]:
    """Plan the figures of each indicator that the service lists and the catalogue knows.

    All areas of a level are asked for: whichever area a pull is of, the kept copy will do, and
    areas that are alike have figures too. An indicator that cannot be had leaves the others be.
    """
    listed = read_indicators(descriptions)
    wanted = LOCAL_LEVELS[which]
    levels = listed["levels"].map(lambda own: tuple(name for name in own if name in wanted))
    is_known = listed["publisher_id"].isin(catalogue_ids("explore_statistics"))
    asked = listed.assign(levels=levels)[is_known & levels.map(bool)]
    return [
        Part(
            what=f"figures of {plural(len(asked), 'further indicator')}",
            queries=(explore_statistics.data(row.slug, row.levels),),
            files=_files_of_indicator(row.publisher_id),
            size=INDICATOR_BYTES,
            lack=row.publisher_id,
        )
        for row in asked.itertuples(index=False)
    ]


def _files_of_indicator(name: str) -> Files:
    """Make a file of each answer, and tell the build of which indicator it is: it does not say."""

    def files(answers: Sequence[Download]) -> list[File]:
        return [File(None, ".csv", [answer], {"indicator": name}) for answer in answers]

    return files
