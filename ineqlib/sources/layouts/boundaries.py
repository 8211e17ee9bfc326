"""ONS Open Geography boundaries: GeoJSON of any vintage, and TopoJSON."""

import io
import json
import re

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source
from ineqlib.sources.csv_text import require_columns

BRITISH_NATIONAL_GRID = 27700
WGS84 = 4326
EXTENT = {WGS84: (-7.0, 49.0, 2.5, 56.5), BRITISH_NATIONAL_GRID: (0, 0, 700_000, 700_000)}
"""Where England lies: (west, south, east, north) in degrees and in metres."""

LEVELS = {
    "LSOA": "lsoa",
    "MSOA": "msoa",
    "WD": "ward",
    "LAD": "lad",
    "CTYUA": "utla",
    "UTLA": "utla",
    "RGN": "region",
}
"""How the Office for National Statistics begins a code column -> level, finest first."""

CODE_COLUMN = re.compile(rf"({'|'.join(LEVELS)})(\d\d)CD")


WORDS = {
    "lsoa": "neighbourhoods (LSOAs)",
    "msoa": "neighbourhoods (MSOAs)",
    "ward": "wards",
    "lad": "local authority districts",
    "utla": "counties and unitary authorities",
    "region": "regions",
}


def source_of(level: str, year: int) -> Source:
    """Return the source of boundaries of a level and year; the licence asks for the year."""
    return Source(
        id=f"boundaries_{level}_{year}",
        title=f"Boundaries of {WORDS[level]}, {year}",
        publisher="Office for National Statistics",
        licence="Open Government Licence v3.0",
        attribution="Office for National Statistics licensed under the Open Government "
        f"Licence v3.0. Contains OS data © Crown copyright and database right {year}.",
    )


def code_columns(columns: tuple[str, ...]) -> dict[str, tuple[str, int]]:
    """Return the code columns of a table, finest level first: name -> (level, year)."""
    matches = {name: CODE_COLUMN.fullmatch(name) for name in columns}
    matched = {name: (LEVELS[m[1]], 2000 + int(m[2])) for name, m in matches.items() if m}
    order = list(LEVELS.values())
    return dict(sorted(matched.items(), key=lambda item: order.index(item[1][0])))


def _is_boundaries(head: Head) -> bool:
    geographic = head.json_type in ("FeatureCollection", "Topology")
    return geographic and bool(code_columns(head.properties))


def parse_boundaries(content: bytes, _described: dict[str, str]) -> Parsed:
    """Read boundaries into British National Grid; invalid polygons are mended and counted.

    Returns
    -------
    Parsed
        `frame` is a GeoDataFrame: code, name, area_code (the authority, where the file gives it).

    Raises
    ------
    InputError
        The projection is unknown, or a feature has no polygon, code or name.
    """
    parsed = json.loads(content)
    shapes = gpd.read_file(io.BytesIO(content))
    names = code_columns(tuple(shapes.columns))
    own, (level, year) = next(iter(names.items()))
    name = own.removesuffix("CD") + "NM"
    require_columns(shapes.columns, [name], "boundaries with names")
    if absent := int(shapes[own].isna().sum()):
        raise InputError(f"{absent} of {len(shapes)} shapes have no code in {own}.")
    parent = next((name for name, (kind, _) in names.items() if kind == "lad" != level), None)
    english = shapes[own].str.startswith("E")
    outside = int((~english).sum())
    shapes = shapes[english].reset_index(drop=True)
    frame = gpd.GeoDataFrame(
        {
            "code": shapes[own].astype("str"),
            "name": shapes[name].astype("str"),
            "area_code": shapes[parent].astype("str") if parent else "",
        },
        geometry=_projected(shapes.geometry, parsed.get("crs")),
    )
    frame, remarks = _mended(frame)
    return Parsed(
        "boundaries",
        frame,
        source_of(level, year),
        set_aside=(SetAside("outside England", outside),) if outside else (),
        remarks=remarks,
        attributes={
            "level": level,
            "vintage": str(year),
            "as_published": "yes" if "GlobalID" in shapes else "no",
        },
    )


def _projected(geometry: gpd.GeoSeries, stated: object) -> gpd.GeoSeries:
    """Put geometry into British National Grid, from the projection it states or shows."""
    if geometry.is_empty.any() or geometry.isna().any():
        raise InputError(f"{int((geometry.is_empty | geometry.isna()).sum())} shapes are empty.")
    geometry = gpd.GeoSeries(shapely.force_2d(geometry.to_numpy()))
    crs = _stated(stated) if stated else _shown(geometry)
    projected = geometry.set_crs(crs).to_crs(BRITISH_NATIONAL_GRID)
    if not _within(projected, BRITISH_NATIONAL_GRID):
        raise InputError(
            f"The file states the projection {CRS(crs).name}, but its coordinates "
            f"({_extent(geometry)}) then lie outside England. Export it again as WGS84 "
            "longitude and latitude (EPSG:4326) or British National Grid (EPSG:27700)."
        )
    return projected


def _stated(member: object) -> CRS:
    """Read the `crs` member that some exports add to GeoJSON."""
    match member:
        case {"properties": {"name": str(name)}}:
            try:
                return CRS.from_user_input(name)
            except CRSError as error:
                raise InputError(
                    f"The file states an unknown projection, '{name}'. Export it again as WGS84 "
                    "(EPSG:4326) or British National Grid (EPSG:27700)."
                ) from error
        case _:
            raise InputError(f"The `crs` member cannot be read: {member}.")


def _shown(geometry: gpd.GeoSeries) -> int:
    """Tell the projection of a file that states none, from where its coordinates lie."""
    for epsg in EXTENT:
        if _within(geometry, epsg):
            return epsg
    raise InputError(
        f"The file states no projection and its coordinates ({_extent(geometry)}) are neither "
        "longitude and latitude in England nor British National Grid metres. Export it "
        "again as WGS84 (EPSG:4326) or British National Grid (EPSG:27700)."
    )


def _within(geometry: gpd.GeoSeries, epsg: int) -> bool:
    west, south, east, north = EXTENT[epsg]
    left, bottom, right, top = geometry.total_bounds
    return bool(west <= left and south <= bottom and right <= east and top <= north)


def _extent(geometry: gpd.GeoSeries) -> str:
    left, bottom, right, top = geometry.total_bounds
    return f"x {left:.6g} to {right:.6g}, y {bottom:.6g} to {top:.6g}"


def _mended(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Make polygons valid, keeping only their polygonal parts, and say how many were not."""
    invalid = ~frame.geometry.is_valid
    if not invalid.any():
        return frame, ()
    mended = shapely.make_valid(frame.geometry[invalid].to_numpy(), method="structure")
    frame.loc[invalid, "geometry"] = gpd.GeoSeries(
        mended, index=frame.index[invalid], crs=frame.crs
    )
    names: pd.Series = frame.loc[invalid, "name"]
    return frame, (f"{len(names)} invalid polygon(s) made valid: {listed(names)}",)


LAYOUTS = (Layout("ONS boundaries", _is_boundaries, parse_boundaries),)
