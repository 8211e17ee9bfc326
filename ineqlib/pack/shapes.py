"""Boundaries for maps: one set per level, thinned without tearing shared borders."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ineqlib.pack.geography import CodeHistory, plain_name
from ineqlib.pack.inputs import Input
from ineqlib.sources.base import SetAside

VERTICES = {"lad": 80, "utla": 100, "region": 300, "small_area": 24}
"""Most vertices per shape, on average, that a page of a few hundred shapes can carry."""

FIRST_TOLERANCE = 4.0
"""Metres; `coverage_simplify` drops a vertex whose triangle is smaller than its square."""

SMALL_AREAS_OF = {"imd2019": "2011", "iod2025": "2021"}
"""Deprivation index -> vintage of the LSOAs it is published for."""

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
    small = [
        _small_area_shapes(used, index, small_areas, history)
        for index, vintage in SMALL_AREAS_OF.items()
        if index in set(small_areas["index"]) and (used := _choose(inputs, "lsoa", vintage))
    ]
    if small:
        tables["boundaries_small_area"] = gpd.GeoDataFrame(pd.concat(small, ignore_index=True))
    for each in inputs:
        if left := len(each.parsed.frame) - each.report.rows_kept:
            reason = "no map needs them, or a newer set of the level is used"
            each.report.set_aside.append(SetAside(reason, left))
    return tables


def _choose(inputs: list[Input], level: str, vintage: str | None = None) -> list[Input]:
    """Return the files that make up the newest set of a level, the largest first.

    Of one vintage, a file as the ONS published it is preferred to a copy.
    """

    def edition(each: Input) -> tuple[str, bool]:
        attributes = each.parsed.attributes
        return attributes["vintage"], attributes["as_published"] == "yes"

    of_level = [
        each
        for each in inputs
        if each.parsed.attributes["level"] == level
        and vintage in (None, each.parsed.attributes["vintage"])
    ]
    newest = max(map(edition, of_level), default=None)
    chosen = [each for each in of_level if edition(each) == newest]
    return sorted(chosen, key=lambda each: -len(each.parsed.frame))


def _shapes(used: list[Input], level: str, history: CodeHistory) -> gpd.GeoDataFrame:
    """Join the files of one set, a shape in several taken from the first, and thin it."""
    frame = pd.concat([each.parsed.frame.assign(file=n) for n, each in enumerate(used)])
    frame = gpd.GeoDataFrame(frame.drop_duplicates("code", ignore_index=True))
    frame["code"] = history.renamed(frame["code"])
    frame["name"] = frame["name"].map(plain_name)
    thinned, remarks = simplified(frame, level)
    for number, each in enumerate(used):
        each.report.rows_kept = int((frame["file"] == number).sum())
        if each.report.rows_kept:
            each.report.remarks.append(f"used for the table boundaries_{level}")
    used[0].report.remarks.extend(remarks)
    return thinned.drop(columns="file")


def _small_area_shapes(
    used: list[Input], index: str, small_areas: pd.DataFrame, history: CodeHistory
) -> gpd.GeoDataFrame:
    """Return the shapes of one index's neighbourhoods, each in its present authority."""
    frame = _shapes(used, "small_area", history).assign(index=index)
    of_index = small_areas[small_areas["index"] == index].set_index("small_area_code")
    frame["area_code"] = frame["code"].map(of_index["area_code"])
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
