"""Boundaries for maps: one set per level, thinned without tearing shared borders."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ineqlib.catalogue import deprivation_index
from ineqlib.pack.geography import CodeHistory, plain_name
from ineqlib.pack.inputs import Input
from ineqlib.sources.base import SetAside

VERTICES = {"lad": 80, "utla": 100, "region": 300, "small_area": 24}
"""Most vertices per shape, on average, that a page of a few hundred shapes can carry."""

FIRST_TOLERANCE = 4.0
"""Metres; `coverage_simplify` drops a vertex whose triangle is smaller than its square."""

DECIMALS = 1
"""Decimals of a metre that coordinates keep."""


def boundary_tables(
    inputs: list[Input], small_areas: pd.DataFrame, history: CodeHistory
) -> dict[str, gpd.GeoDataFrame]:
    """Return the boundary tables of a pack, and tell each file what became of it.

    Parameters
    ----------
    inputs
        Files of boundaries.
    small_areas
        The pack's table: which neighbourhoods there are, by index, and their authority.
    history
        To give renamed authorities their present codes.
    """
    tables = {}
    for level in ("lad", "utla", "region"):
        if used := _choose(inputs, level):
            tables[f"boundaries_{level}"] = _shapes(used, level, history)[
                ["code", "name", "geometry"]
            ]
    if small := list(_small_area_tables(inputs, small_areas, history)):
        tables["boundaries_small_area"] = gpd.GeoDataFrame(pd.concat(small, ignore_index=True))
    for file in inputs:
        if left := len(file.parsed.frame) - file.report.rows_kept:
            reason = "no map needs them, or a newer set of the level is used"
            file.report.set_aside.append(SetAside(reason, left))
    return tables


def _choose(inputs: list[Input], level: str, vintage: str | None = None) -> list[Input]:
    """Return the files that make up the newest set of a level, the largest first.

    Of one vintage, a file as the ONS published it is preferred to a copy.
    """

    def edition(file: Input) -> tuple[str, bool]:
        attributes = file.parsed.attributes
        return attributes["vintage"], attributes["as_published"] == "yes"

    of_level = [
        file
        for file in inputs
        if file.parsed.attributes["level"] == level
        and vintage in (None, file.parsed.attributes["vintage"])
    ]
    newest = max(map(edition, of_level), default=None)
    chosen = [file for file in of_level if edition(file) == newest]
    return sorted(chosen, key=lambda file: -len(file.parsed.frame))


def _shapes(used: list[Input], level: str, history: CodeHistory) -> gpd.GeoDataFrame:
    """Join the files of one set, a shape in several taken from the first, and thin it."""
    frame = pd.concat([file.parsed.frame.assign(file=n) for n, file in enumerate(used)])
    frame = gpd.GeoDataFrame(frame.drop_duplicates("code", ignore_index=True))
    frame["code"] = history.renamed(frame["code"])
    frame["name"] = frame["name"].map(plain_name)
    thinned, remarks = simplified(frame, level)
    for number, file in enumerate(used):
        file.report.rows_kept = int((frame["file"] == number).sum())
        if file.report.rows_kept:
            file.report.remarks.append(f"used for the table boundaries_{level}")
    used[0].report.remarks.extend(remarks)
    return thinned.drop(columns="file")


def _small_area_tables(
    inputs: list[Input], small_areas: pd.DataFrame, history: CodeHistory
) -> Iterator[gpd.GeoDataFrame]:
    """Yield the neighbourhoods of each index the pack has; indices share those of one vintage."""
    of_vintage: dict[str, list[str]] = {}
    for index in sorted(small_areas["index"].unique()):
        of_vintage.setdefault(deprivation_index(index).small_areas, []).append(index)
    for vintage, indices in of_vintage.items():
        if used := _choose(inputs, "lsoa", vintage):
            shapes = _shapes(used, "small_area", history)
            for index in indices:
                yield _of_index(shapes, used, index, small_areas)


def _of_index(
    shapes: gpd.GeoDataFrame, used: list[Input], index: str, small_areas: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return the shapes of one index's neighbourhoods, each in its present authority."""
    of_index = small_areas[small_areas["index"] == index].set_index("small_area_code")
    frame = shapes.assign(index=index, area_code=shapes["code"].map(of_index["area_code"]))
    unknown = frame["area_code"].isna()
    shapeless = len(of_index.index.difference(frame["code"]))
    if unknown.any() or shapeless:
        used[0].report.remarks.append(
            f"{int(unknown.sum())} shapes are not in {index} and {shapeless} of its "
            "neighbourhoods have no shape"
        )
    return frame[~unknown]


def simplified(shapes: gpd.GeoDataFrame, level: str) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Thin shapes to the level's budget so that neighbours keep one common border.

    Returns
    -------
    tuple
        The shapes, and remarks on shapes that did not fit together or had to be thinned alone.
    """
    before = shapes.geometry.to_numpy()
    budget = VERTICES[level] * len(before)
    remarks = []
    if not shapely.coverage_is_valid(before):
        loose = int((~shapely.is_empty(shapely.coverage_invalid_edges(before))).sum())
        remarks.append(f"{loose} shapes overlap or leave a gap; those borders are not shared")
    tolerance = FIRST_TOLERANCE
    after = before
    while shapely.get_num_coordinates(after).sum() > budget:
        after = shapely.coverage_simplify(before, tolerance)
        tolerance *= 2
    after = shapely.transform(after, lambda points: np.round(points, DECIMALS))
    broken = ~shapely.is_valid(after) | shapely.is_empty(after)
    if broken.any():
        after[broken] = shapely.make_valid(after[broken], method="structure")
        lost = shapely.is_empty(after)
        after[lost] = before[lost]
        remarks.append(f"{int(broken.sum())} shapes mended after thinning")
    return shapes.set_geometry(gpd.GeoSeries(after, crs=shapes.crs)), tuple(remarks)
