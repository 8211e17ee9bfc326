"""ONS Open Geography boundaries of any vintage, in any format `ineqlib.sources.maps` reads."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ineqlib.areas import AREA_TYPES, CODE, LOWER_TIER_ONLY, area_type
from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source
from ineqlib.sources.maps import MAP_FORMATS, MapFile, read_map
from ineqlib.sources.maps.national_grid import to_national_grid
from ineqlib.sources.ons_columns import code_columns, name_column, standard_name
from ineqlib.sources.reading.json_text import parse_json

UNITED_KINGDOM = ("lad", "utla")
"""Levels of which the shapes of Wales, Scotland and Northern Ireland are kept too."""

LABEL = ("BNG_E", "BNG_N")
"""Columns of the place for an area's label, in metres of British National Grid."""

FAR_FROM_LABEL = 10_000
"""Metres beyond the extent of an area at which no label of it stands, however it is thinned."""

WORDS = {
    "lsoa": "neighbourhoods (LSOAs)",
    "msoa": "neighbourhoods (MSOAs)",
    "ward": "wards",
    "lad": "local authority districts",
    "sicbl": "sub-ICB locations",
    "utla": "counties and unitary authorities",
    "icb": "integrated care boards",
    "cauth": "combined authorities",
    "region": "regions",
    "nhser": "NHS England regions",
    "country": "countries",
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


def _is_boundaries(head: Head) -> bool:
    if head.json_type in ("FeatureCollection", "Topology"):
        return bool(code_columns(head.properties))
    members = set(head.properties)
    is_esri = "features" in members and members & {"geometryType", "spatialReference", "fields"}
    return head.json_type in MAP_FORMATS or (head.json_type == "object" and bool(is_esri))


def parse_boundaries(content: bytes, _described: dict[str, str]) -> Parsed:
    """Read boundaries into British National Grid; invalid polygons are mended and counted.

    Shapes of one code are parts of one area and are joined.

    Returns
    -------
    Parsed
        `frame` is a GeoDataFrame: code, name (empty where the file gives none), area_code (the
        authority, where the file gives it), features (how many shapes of the file it is made of).

    Raises
    ------
    InputError
        The file is damaged or only a part, its projection is unknown, or a shape has no area or
        no code.
    """
    file = read_map(content)
    written = {standard_name(name): name for name in file.properties[0] if isinstance(name, str)}
    codes = code_columns(written)
    if not codes:
        raise InputError(
            "The shapes have no column of ONS codes. Expected one such as LAD24CD, found "
            f"{listed(name[:40] for name in written if name.isprintable()) or 'none'}. Download "
            "the boundaries from the Open Geography Portal, or head the column so."
        )
    own, (level, year) = next(iter(codes.items()))
    parent = next((name for name, (kind, _) in codes.items() if kind == "lad" != level), "")
    named = next((n for n in (name_column(own), "name") if n in written), "")
    table = pd.DataFrame(
        {
            column: _texts(file, written.get(name, ""))
            for column, name in {"code": own, "name": named, "area_code": parent}.items()
        }
    )
    table["code"] = table["code"].str.upper()
    if absent := int((table["code"] == "").sum()):
        raise InputError(f"{absent} of {len(table)} shapes have no code in {own}.")
    _refuse_empty(file, table["code"])
    usable, set_aside = _usable(table["code"], level)
    shapes, remarks = _mended(
        gpd.GeoDataFrame(
            table[usable].reset_index(drop=True),
            geometry=to_national_grid(file.areas[usable], table["code"][usable], file.crs),
        )
    )
    frame, joined = _joined(shapes)
    _refuse_misplaced(frame, file, written[own])
    unnamed = ("it gives no names; those of other files are used",) * (
        len(frame) > 0 and not any(frame["name"])
    )
    return Parsed(
        "boundaries",
        frame,
        source_of(level, year),
        set_aside=set_aside,
        remarks=(*file.remarks, *remarks, *joined, *unnamed),
        attributes={
            "level": level,
            "vintage": str(year),
            "as_published": "yes" if "GlobalID" in written else "no",
        },
    )


def _refuse_empty(file: MapFile, codes: pd.Series) -> None:
    empty = codes[shapely.is_missing(file.areas)].tolist()
    if empty:
        advice = "Download the file again"
        if len(empty) == len(file.areas):
            advice = "If a table is wanted and no map, download it as CSV"
        raise InputError(f"{len(empty)} shapes are empty: {listed(empty)}. {advice}.")


def _texts(file: MapFile, column: str) -> list[str]:
    """Return a column's texts; what is no text, or none that can be written, is empty."""
    values = [properties.get(column) for properties in file.properties]
    texts = [value.strip() if isinstance(value, str) else "" for value in values]
    return [text if text.isascii() or _is_unicode(text) else "" for text in texts]


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _usable(codes: pd.Series, level: str) -> tuple[pd.Series, tuple[SetAside, ...]]:
    """Tell which shapes can be used, and say why the others cannot."""
    is_code = codes.str.fullmatch(CODE.pattern)
    wanted = codes.str[0].isin(list("EWSN") if level in UNITED_KINGDOM else ["E"])
    fits = codes.map(lambda code: _fits(code, level))
    misfits = codes[is_code & wanted & ~fits]
    asides = (
        SetAside("code is not a GSS code (a letter and eight digits)", int((~is_code).sum())),
        SetAside("outside England", int((is_code & ~wanted).sum())),
        SetAside(
            f"the code is that of another kind of area than {WORDS[level]}",
            len(misfits),
            tuple(misfits[:5]),
        ),
    )
    return is_code & wanted & fits, tuple(aside for aside in asides if aside.rows)


def _fits(code: str, level: str) -> bool:
    """Tell whether an area of this code can be of the level its column names."""
    kind = area_type(code)
    if level == "utla" and kind == "lad":
        return not code[1:].startswith(LOWER_TIER_ONLY)
    return kind == level or kind not in AREA_TYPES.values()


def _mended(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Make polygons valid, keeping only their polygonal parts, and say how many were not."""
    invalid = ~frame.geometry.is_valid
    if not invalid.any():
        return frame, ()
    mended = shapely.make_valid(
        frame.geometry[invalid].to_numpy(), method="structure", keep_collapsed=False
    )
    names: pd.Series = frame.loc[invalid, "name"]
    if shapely.is_empty(mended).any():
        lost = names[shapely.is_empty(mended)]
        raise InputError(f"{len(lost)} shapes enclose no area: {listed(lost)}. Download it again.")
    frame.loc[invalid, "geometry"] = gpd.GeoSeries(
        mended, index=frame.index[invalid], crs=frame.crs
    )
    return frame, (f"{len(names)} invalid polygon(s) made valid: {listed(names)}",)


def _joined(shapes: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Join shapes of one code, which are parts of one area."""
    shapes["features"] = shapes.groupby("code")["code"].transform("size")
    parts = shapes[shapes["features"] > 1]
    if parts.empty:
        return shapes, ()
    names = parts.groupby("code")["name"].nunique()
    if (names > 1).any():
        raise InputError(
            f"{int((names > 1).sum())} codes stand for shapes of different names: "
            f"{listed(names.index[names > 1])}. Expected one name for all parts of an area."
        )
    frame = shapes.drop_duplicates("code", ignore_index=True)
    whole = parts.groupby("code")["geometry"].agg(lambda areas: shapely.union_all(areas.array))
    in_parts = frame["code"].isin(whole.index)
    frame.loc[in_parts, "geometry"] = gpd.GeoSeries(
        frame.loc[in_parts, "code"].map(whole), crs=shapes.crs
    )
    said = f"{len(shapes):,} features used for {len(frame):,} areas: those of one code are joined"
    return frame, (f"{said} ({listed(frame.loc[in_parts, 'name'])})",)


def _refuse_misplaced(frame: gpd.GeoDataFrame, file: MapFile, own: str) -> None:
    """Refuse shapes that lie elsewhere than the place for their label, which the ONS writes beside.

    Somebody has then joined the table to the shapes of other areas, as by the order of the rows.
    """
    headed = {str(name).upper(): name for name in file.properties[0]}
    if not headed.keys() >= {*LABEL}:
        return
    label_of = {
        code.upper(): [_metres(properties.get(headed[name])) for name in LABEL]
        for code, properties in zip(_texts(file, own), file.properties, strict=True)
    }
    east, north = np.array([label_of[code] for code in frame["code"]]).reshape(-1, 2).T
    bounds = frame.geometry.bounds
    beside = [bounds["minx"] - east, east - bounds["maxx"], bounds["miny"] - north]
    away = pd.concat([*beside, north - bounds["maxy"]], axis=1).max(axis=1) > FAR_FROM_LABEL
    if away.any():
        raise InputError(
            f"{int(away.sum())} of {len(frame)} shapes lie elsewhere than the place for their "
            f"label in {' and '.join(LABEL)}: {listed(frame.loc[away, 'code'])}. Codes and shapes "
            "may have been put together in a wrong order. Download the file again."
        )


def _metres(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return float("nan")


def _is_service_error(head: Head) -> bool:
    return head.json_type == "object" and "error" in head.properties and len(head.properties) < 3


def refuse_service_error(content: bytes, _described: dict[str, str]) -> Parsed:
    """Say that the file is an answer of a service that failed.

    Raises
    ------
    InputError
        Always; the message gives the number of the error where there is one.
    """
    match parse_json(content):
        case {"error": {"code": int(code)}} if 0 <= code < 1000:
            number = f" {code}"
        case _:
            number = ""
    raise InputError(
        f"The service answered with an error{number} in place of data. Ask it again, more slowly "
        "or for less at once, or download the file from the portal."
    )


LAYOUTS = (
    Layout("ONS boundaries", _is_boundaries, parse_boundaries),
    Layout("answer of a service that failed", _is_service_error, refuse_service_error),
)
