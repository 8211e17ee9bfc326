"""Which of several sets of shapes a map is made of: the complete before the new."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from ineqlib.errors import listed
from ineqlib.pack.inputs import Input
from ineqlib.sources.base import SetAside


class Part(NamedTuple):
    """The shapes of one file that are of one level and country."""

    file: Input
    shapes: gpd.GeoDataFrame


class Edition(NamedTuple):
    """What tells sets of one level apart; of two equally complete ones the greater is used."""

    vintage: str
    as_published: bool

    @classmethod
    def of(cls, file: Input) -> "Edition":
        """Return the edition of a file of boundaries."""
        attributes = file.parsed.attributes
        return cls(attributes["vintage"], attributes["as_published"] == "yes")


class Covered(NamedTuple):
    """How many areas a set covers: of those with figures, and of all that any set has."""

    with_figures: int
    all: int


Sets = dict[Edition, list[Part]]


def chosen_set(parts: list[Part], year: int, with_figures: Collection[str] = ()) -> list[Part]:
    """Return the files of the set to use, the largest first, and tell the others why not.

    The set that covers most of the areas with figures is used, then the one that covers most of
    all areas, then the newest, then the one as the ONS published it. An area is covered where the
    set has its code, or a shape at its place: a reorganised area is not missing from a newer set.
    Sets of a later year than this one are still to come.
    """
    sets: Sets = defaultdict(list)
    for part in parts:
        edition = Edition.of(part.file)
        if int(edition.vintage) > year:
            set_aside(part.file, f"they are of {edition.vintage}, still to come", part.shapes)
        else:
            sets[edition].append(part)
    if not sets:
        return []
    everywhere = _places(sets)
    covered = {
        edition: everywhere[_is_covered(everywhere, files)] for edition, files in sets.items()
    }
    counts = {
        edition: Covered(int(places.index.isin(list(with_figures)).sum()), len(places))
        for edition, places in covered.items()
    }
    best = max(sets, key=lambda edition: (counts[edition], edition))
    for edition in sets.keys() - {best}:
        reason = _reason(edition, best, counts, len(everywhere))
        for part in sets[edition]:
            set_aside(part.file, reason, part.shapes)
    used = sorted(sets[best], key=_size, reverse=True)
    if len(lacking := everywhere.drop(covered[best].index)):
        used[0].file.report.remarks.append(
            f"{len(lacking)} areas are only in sets that are not used, so no map shows them: "
            f"{listed(lacking['name'])}"
        )
    return used


def _size(part: Part) -> tuple[int, int]:
    """Return how many shapes a file has, and how detailed they are."""
    return len(part.shapes), int(shapely.get_num_coordinates(part.shapes.geometry).sum())


def set_aside(file: Input, reason: str, shapes: pd.DataFrame) -> None:
    """Tell a file why some of its shapes are not used; the features they were made of count."""
    if count := int(shapes["features"].sum()):
        file.report.set_aside.append(SetAside(reason, count))


def _places(sets: Sets) -> gpd.GeoDataFrame:
    """Return every area of any set once, by code."""
    frames = [part.shapes for edition in sorted(sets, reverse=True) for part in sets[edition]]
    both = pd.concat(frames, ignore_index=True).drop_duplicates("code")
    return gpd.GeoDataFrame(both.set_index("code"))


def _is_covered(everywhere: gpd.GeoDataFrame, parts: list[Part]) -> pd.Series:
    codes = {code for part in parts for code in part.shapes["code"].tolist()}
    # Of tens of thousands of texts `isin` takes several times as long.
    is_covered = pd.Series([code in codes for code in everywhere.index.tolist()], everywhere.index)
    if is_covered.all():
        return is_covered
    absent = everywhere[~is_covered]
    points = shapely.point_on_surface(absent.geometry.to_numpy())
    for part in parts:
        tree = shapely.STRtree(part.shapes.geometry.to_numpy())
        at, _ = tree.query(points, predicate="intersects")
        is_covered[absent.index[at]] = True
    return is_covered


def _reason(edition: Edition, best: Edition, counts: dict[Edition, Covered], areas: int) -> str:
    """Say why a set is not used, with the numbers that decided."""
    mine, others = counts[edition], counts[best]
    if mine.with_figures < others.with_figures:
        return (
            f"the set of {best.vintage} covers {others.with_figures} areas with figures, this one "
            f"{mine.with_figures}"
        )
    if mine.all < others.all:
        return (
            f"the set of {best.vintage} covers {others.all} of {areas} areas, this one {mine.all}"
        )
    if edition.vintage < best.vintage:
        return f"the newer set of {best.vintage} is used"
    return f"the set of {best.vintage} as the ONS published it is used"
