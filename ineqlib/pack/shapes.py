"""Boundaries for maps: one set per level, thinned without tearing shared borders."""

import hashlib
from collections.abc import Collection, Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ineqlib.catalogue import deprivation_index
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.code_version import key_of
from ineqlib.pack.geography import COUNTRIES, plain_name
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import keep_entry, read_entry
from ineqlib.pack.loose_borders import loose_shapes
from ineqlib.pack.shape_sets import Edition, Part, chosen_set, set_aside
from ineqlib.sources.layouts.boundaries import WORDS
from ineqlib.sources.memory import give_back_memory

VERTICES = {"lad": 80, "utla": 100, "region": 300, "small_area": 24}
"""Most vertices per shape, on average, that a page of a few hundred shapes can carry."""

TOLERANCES = [4.0 * 2**power for power in range(11)]
"""Metres; `coverage_simplify` drops a vertex whose triangle is smaller than its square. A set of
many islands stays above its budget rather than lose its outlines."""

DECIMALS = 1
"""Decimals of a metre that coordinates keep."""


def boundary_tables(
    inputs: Sequence[Input],
    small_areas: pd.DataFrame,
    history: CodeHistory,
    with_figures: Collection[str],
    year: int,
) -> dict[str, gpd.GeoDataFrame]:
    """Return the boundary tables of a pack, and tell each file what became of it.

    Each country of the United Kingdom has a set of its own of every level: a newer one of one
    country says nothing of another, and England's shapes are thinned as if they were alone.

    Parameters
    ----------
    inputs
        Files of boundaries.
    small_areas
        The pack's table: which neighbourhoods there are, by index, and their authority.
    history
        To give renamed authorities their present codes.
    with_figures
        Codes of the areas that have figures; a set that covers more of them is preferred.
    year
        After which no boundaries can be.
    """
    tables = {}
    for level in ("lad", "utla", "region"):
        shapes = [
            _shapes(used, level)[["code", "name", "geometry"]]
            for country in COUNTRIES
            if (used := chosen_set(_parts(inputs, level, country, history), year, with_figures))
        ]
        if shapes:
            tables[f"boundaries_{level}"] = _stacked(shapes)
    if small := list(_small_area_tables(inputs, small_areas, history, year)):
        tables["boundaries_small_area"] = _stacked(small)
    for file in inputs:
        level, vintage = (file.parsed.attributes[key] for key in ("level", "vintage"))
        if level == "lsoa" and vintage not in _indices(small_areas):
            reason = f"no index of deprivation in the pack is of the neighbourhoods of {vintage}"
            set_aside(file, reason, file.parsed.frame)
        elif level not in ("lsoa", "lad", "utla", "region"):
            set_aside(file, f"no map of a pack shows {WORDS[level]}", file.parsed.frame)
    return tables


def name_shapes(shapes: gpd.GeoDataFrame, names: dict[str, str]) -> gpd.GeoDataFrame:
    """Return shapes of which those without a name have that of their code."""
    given = shapes["code"].map(names).astype("str")
    return shapes.assign(name=shapes["name"].where(shapes["name"] != "", given))


def _parts(inputs: Sequence[Input], level: str, country: str, history: CodeHistory) -> list[Part]:
    """Return the shapes of a level and country, under their present codes, file by file."""
    of_level = [file for file in inputs if file.parsed.attributes["level"] == level]
    parts = []
    for file in of_level:
        shapes = file.parsed.frame[file.parsed.frame["code"].str.startswith(country)]
        if len(shapes):
            parts.append(Part(file, shapes.assign(code=history.renamed(shapes["code"]))))
    return parts


def _stacked(parts: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True))


def _shapes(used: list[Part], level: str) -> gpd.GeoDataFrame:
    """Join the files of one set, a shape in several taken from the first, and thin it."""
    numbered = [part.shapes.assign(file=number) for number, part in enumerate(used)]
    frame = pd.concat(numbered, ignore_index=True)
    again = frame.duplicated("code")
    for number, part in enumerate(used):
        repeated = frame[again & (frame["file"] == number)]
        set_aside(part.file, "the same shape of another file is used", repeated)
    frame = gpd.GeoDataFrame(frame[~again].reset_index(drop=True))
    frame["name"] = frame["name"].map(plain_name)
    thinned, remarks = simplified(frame, level, _key(used, again))
    table = f"used for the table boundaries_{level}"
    for number, part in enumerate(used):
        kept = int(frame.loc[frame["file"] == number, "features"].sum())
        part.file.report.rows_kept += kept
        if kept and table not in part.file.report.remarks:
            part.file.report.remarks.append(table)
    used[0].file.report.remarks.extend(remarks)
    return thinned.drop(columns=["file", "features"])


def _key(used: list[Part], again: pd.Series) -> str:
    """Return the key of all that decides how shapes are thinned; none where it is not known.

    A file is of one level, so that its key stands for that as well.
    """
    files = [part.file.key for part in used]
    rows = hashlib.sha256(np.packbits(again.to_numpy(bool)).tobytes()).hexdigest()
    countries = [part.shapes["code"].iloc[0][0] for part in used]
    return key_of("thinned", countries, files, rows) if all(files) else ""


def _small_area_tables(
    inputs: Sequence[Input], small_areas: pd.DataFrame, history: CodeHistory, year: int
) -> Iterator[gpd.GeoDataFrame]:
    """Yield the neighbourhoods of each index the pack has; indices share those of one vintage."""
    for vintage, indices in _indices(small_areas).items():
        parts = _parts(inputs, "lsoa", "E", history)
        of_vintage = [part for part in parts if Edition.of(part.file).vintage == vintage]
        if used := chosen_set(of_vintage, year):
            shapes = _shapes(used, "small_area")
            for index in indices:
                yield _of_index(shapes, used, index, small_areas)


def _indices(small_areas: pd.DataFrame) -> dict[str, list[str]]:
    """Return the indices of deprivation by the vintage of their neighbourhoods."""
    of_vintage: dict[str, list[str]] = {}
    for index in sorted(small_areas["index"].unique()):
        of_vintage.setdefault(deprivation_index(index).small_areas, []).append(index)
    return of_vintage


def _of_index(
    shapes: gpd.GeoDataFrame, used: list[Part], index: str, small_areas: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return the shapes of one index's neighbourhoods, each in its present authority."""
    of_index = small_areas[small_areas["index"] == index].set_index("small_area_code")
    frame = shapes.assign(index=index, area_code=shapes["code"].map(of_index["area_code"]))
    unknown = frame["area_code"].isna()
    shapeless = len(of_index.index.difference(frame["code"]))
    if unknown.any() or shapeless:
        used[0].file.report.remarks.append(
            f"{int(unknown.sum())} shapes are not in {index} and {shapeless} of its "
            "neighbourhoods have no shape"
        )
    return frame[~unknown]


def simplified(
    shapes: gpd.GeoDataFrame, level: str, key: str = ""
) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Thin shapes to the level's budget so that neighbours keep one common border.

    Those that an earlier build thinned are taken from where they were kept under a key of all that
    the shapes depend on; empty where nothing is kept.

    Returns
    -------
    tuple
        The shapes, and remarks on shapes that did not fit together or had to be thinned alone.
    """
    if key and (entry := read_entry(key)):
        return shapes.set_geometry(entry.frames["shapes"].read().geometry), tuple(entry.about)
    after, remarks = _thinned(shapes.geometry.to_numpy(), level)
    thinned = gpd.GeoDataFrame(geometry=gpd.GeoSeries(after, crs=shapes.crs))
    if key:
        keep_entry(key, {"shapes": thinned}, remarks)
    return shapes.set_geometry(thinned.geometry), remarks


def within_budget(before: NDArray[np.object_], budget: int) -> NDArray[np.object_]:
    """Thin shapes by the smallest tolerance that leaves so few vertices, or else by the largest.

    The larger the tolerance, the fewer vertices are left, so that half of those there are need not
    be tried.
    """
    smallest, largest = 0, len(TOLERANCES) - 1
    after = None
    while smallest < largest:
        middle = (smallest + largest) // 2
        thinner = shapely.coverage_simplify(before, TOLERANCES[middle])
        give_back_memory(shapely.get_num_coordinates(before).sum())
        if shapely.get_num_coordinates(thinner).sum() > budget:
            smallest = middle + 1
        else:
            largest, after = middle, thinner
        del thinner  # it would take memory beside the next
    return shapely.coverage_simplify(before, TOLERANCES[-1]) if after is None else after


def _thinned(
    before: NDArray[np.object_], level: str
) -> tuple[NDArray[np.object_], tuple[str, ...]]:
    budget = VERTICES[level] * len(before)
    remarks = []
    if loose := loose_shapes(before):
        remarks.append(f"{loose} shapes overlap or leave a gap; those borders are not shared")
    after = before
    if shapely.get_num_coordinates(before).sum() > budget:
        after = within_budget(before, budget)
    after = shapely.transform(after, lambda points: np.round(points, DECIMALS))
    broken = ~shapely.is_valid(after) | shapely.is_empty(after)
    if broken.any():
        after[broken] = shapely.make_valid(after[broken], method="structure")
        lost = shapely.is_empty(after)
        after[lost] = before[lost]
        remarks.append(f"{int(broken.sum())} shapes mended after thinning")
    return after, tuple(remarks)
