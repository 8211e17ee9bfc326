"""GeoJSON, TopoJSON and Esri JSON, as services and map libraries write them."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from ineqlib.areas import CODE
from ineqlib.errors import InputError, listed
from ineqlib.sources.maps.model import (
    BrokenShape,
    Coordinates,
    MapFile,
    Rings,
    points,
    read_areas,
    ring,
)
from ineqlib.sources.reading.json_text import parse_json
from ineqlib.text import visible

MOST_USES = 20
"""How often the points of a topology may be used on average. A border has two sides; a small file
that uses its points a million times would fill the memory."""

_CRS_NAME = re.compile(r".{0,80}\b(?:EPSG|OGC)\b.{0,20}?(\d{1,6}|CRS84)", re.IGNORECASE)


def read_json(content: bytes) -> MapFile:
    """Read the shapes of a GeoJSON, TopoJSON or Esri JSON file.

    Raises
    ------
    InputError
        It is no such file, only a part of the shapes, or one of them is broken.
    """
    try:
        parsed = parse_json(content)
    except (ValueError, RecursionError) as error:
        raise InputError("The JSON is damaged or nested too deep. Download it again.") from error
    match parsed:
        case {"type": "Topology"}:
            return _read_topology(parsed)
        case {"type": "FeatureCollection", "features": [_, *_] as features}:
            _refuse_part(parsed, len(features))
            shapes = _with_properties(features, "properties")
            areas = read_areas((shape.get("geometry") for shape in shapes), _geojson_rings)
            return MapFile([shape["properties"] for shape in shapes], areas, _named_crs(parsed))
        case {"features": [_, *_] as features}:
            _refuse_part(parsed, len(features))
            shapes = _with_properties(features, "attributes")
            areas = read_areas((shape.get("geometry") for shape in shapes), _esri_rings)
            return MapFile([shape["attributes"] for shape in shapes], areas, _esri_crs(parsed))
        case _:
            raise InputError("The file has no list of features. Download it again.")


def _refuse_part(parsed: dict[str, Any], count: int) -> None:
    """Raise InputError where a service says that it gave only some of its shapes."""
    totals = [parsed.get("numberMatched"), parsed.get("totalFeatures")]
    if more := [total for total in totals if isinstance(total, int) and total > count]:
        raise InputError(
            f"The service gave {count:,} of {str(more[0])[:12]} shapes, so the map would have "
            "gaps. Fetch the rest and join the answers, or download the whole file from the portal."
        )
    links = parsed.get("links")
    if any(isinstance(link, dict) and link.get("rel") == "next" for link in _listed(links)):
        raise InputError(
            f"The service gave only the first {count:,} shapes and names the address of the next "
            "ones, so the map would have gaps. Fetch the rest and join the answers, or download "
            "the whole file from the portal."
        )
    members = parsed.get("properties")
    inner = members if isinstance(members, dict) else {}
    if parsed.get("exceededTransferLimit") or inner.get("exceededTransferLimit"):
        raise InputError(
            f"The service gave only the first {count:,} shapes (exceededTransferLimit), so the "
            "map would have gaps. Fetch the rest with resultOffset and join the answers, or "
            "download the whole file from the portal."
        )


def _listed(member: object) -> list[Any]:
    return member if isinstance(member, list) else []


def _with_properties(shapes: list[Any], member: str) -> list[dict[str, Any]]:
    bare = sum(
        not (isinstance(shape, dict) and isinstance(shape.get(member), dict)) for shape in shapes
    )
    if bare:
        raise InputError(f"{bare} of {len(shapes)} shapes have no {member}. Download it again.")
    return shapes


def _geojson_rings(geometry: object) -> Rings:
    return _rings(geometry, "coordinates", lambda ring: ring)  # `read_areas` reads all at once


def _rings(geometry: object, member: str, ring_of: Callable[[Any], Any]) -> Rings:
    """Return the rings of a geometry of GeoJSON or TopoJSON, which differ in one member."""
    if not isinstance(geometry, dict):
        raise BrokenShape("no geometry")
    kind, parts = geometry.get("type"), geometry.get(member)
    if kind not in ("Polygon", "MultiPolygon"):
        raise BrokenShape("points, lines or a mixture, not an area")
    polygons = [parts] if kind == "Polygon" else parts
    if not isinstance(polygons, list) or not all(isinstance(rings, list) for rings in polygons):
        raise BrokenShape(f"{member} that are not lists of rings")
    return Rings([[ring_of(part) for part in rings] for rings in polygons], kind != "Polygon")


def _named_crs(parsed: dict[str, Any]) -> CRS | None:
    """Read the `crs` member that some exports add to GeoJSON."""
    match parsed.get("crs"):
        case None:
            return None
        case {"properties": {"name": str(name)}}:
            code = _CRS_NAME.fullmatch(name)
            return _known_crs(code[1] if code else "", f"'{name[:60]}'")
        case _:
            raise InputError(
                "The `crs` member cannot be read: it names no projection. Export it again as "
                "WGS84 (EPSG:4326) or British National Grid (EPSG:27700)."
            )


def _esri_crs(parsed: dict[str, Any]) -> CRS | None:
    match parsed.get("spatialReference"):
        case None:
            return None
        case {"latestWkid": int(code)} | {"wkid": int(code)}:
            return _known_crs(str(code), f"wkid {str(code)[:12]}")
        case {"wkt": str(text)}:
            return _known_crs(text, "its `wkt`")
        case _:
            raise InputError("The `spatialReference` cannot be read. Export it again as GeoJSON.")


def _known_crs(code: str, named: str) -> CRS:
    """Return a projection by its EPSG or Esri number, CRS84, or its well-known text."""
    ways: tuple[Callable[[], CRS], ...] = (
        lambda: CRS.from_epsg(4326 if code.upper() == "CRS84" else int(code)),
        lambda: CRS.from_authority("ESRI", int(code)),
        lambda: CRS.from_wkt(code),
    )
    for way in ways:
        try:
            return way()
        except (CRSError, ValueError, OverflowError):
            continue
    raise InputError(
        f"The file states an unknown projection, {named}. Export it again as WGS84 "
        "(EPSG:4326) or British National Grid (EPSG:27700)."
    )


def _esri_rings(geometry: object) -> Rings:
    """Return Esri's rings sorted into polygons: outer ones run clockwise, holes the other way."""
    listing = geometry.get("rings") if isinstance(geometry, dict) else None
    if not isinstance(listing, list):
        raise BrokenShape("no rings, so it is not an area")
    rings = [ring(numbers) for numbers in listing]
    if len(rings) < 2:
        return Rings([rings], is_multi=False)
    lines = np.array([shapely.LinearRing(ring) for ring in rings])
    backwards = shapely.is_ccw(lines)
    outers, holes = np.flatnonzero(~backwards), np.flatnonzero(backwards)
    shells = shapely.polygons(lines[outers])
    within = shapely.STRtree(shells).query(shapely.get_point(lines[holes], 0), "intersects")
    largest_first = np.argsort(-shapely.area(shells[within[1]]), kind="stable")
    owners = dict(within[:, largest_first].T.tolist())  # the last, smallest one around it stays
    polygons = [[rings[number]] for number in outers]
    for hole, number in enumerate(holes):
        if hole in owners:
            polygons[owners[hole]].append(rings[number])
        else:  # nothing is around it, so it is an outer ring that was written the wrong way round
            polygons.append([rings[number]])
    return Rings(polygons)


def maps_of(objects: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the objects of a topology whose first shape has the code of an area, or the first.

    Others hold coasts, places or borders; they stand before the areas or after them.
    """
    listings = {
        name: thing["geometries"]
        for name, thing in objects.items()
        if isinstance(thing, dict) and _listed(thing.get("geometries"))
    }
    coded = {name: shapes for name, shapes in listings.items() if _has_code(shapes[0])}
    return coded or dict(list(listings.items())[:1])


def _has_code(shape: object) -> bool:
    properties = shape.get("properties") if isinstance(shape, dict) else None
    values = properties.values() if isinstance(properties, dict) else ()
    return any(isinstance(value, str) and CODE.fullmatch(value.strip()) for value in values)


def _read_topology(parsed: dict[str, Any]) -> MapFile:
    """Read the one object of a topology that is a map of areas."""
    objects = parsed["objects"] if isinstance(parsed.get("objects"), dict) else {}
    maps = maps_of(objects)
    if len(maps) > 1:
        raise InputError(
            f"The topology holds {len(maps)} maps ({_names(maps)}). Export the one that is wanted, "
            "or each as a file of its own."
        )
    if not maps:
        raise InputError("The topology has no object with a list of geometries.")
    [(chosen, geometries)] = maps.items()
    shapes = _with_properties(geometries, "properties")
    arcs = _Arcs(parsed)
    areas = read_areas(
        (shape if shape.get("type") else None for shape in shapes),
        lambda shape: _rings(shape, "arcs", arcs.ring),
    )
    others = [name for name in objects if name != chosen]
    remarks = (f"not read, being no map of areas with codes: {_names(others)}",) if others else ()
    return MapFile([shape["properties"] for shape in shapes], areas, _named_crs(parsed), remarks)


def _names(objects: Iterable[str]) -> str:
    return listed(visible(str(name))[:40] for name in objects)


class _Arcs:
    """The borders of a topology, of which rings are put together."""

    def __init__(self, parsed: dict[str, Any]) -> None:
        arcs = parsed.get("arcs")
        if not isinstance(arcs, list):
            raise InputError("The topology has no list of arcs. Download it again.")
        try:
            arrays = [points(numbers) for numbers in arcs]
            self._arcs = _unpacked(parsed.get("transform"), arrays)
        except BrokenShape as error:
            raise InputError(
                f"The arcs of the topology have {error}. Download it again."
            ) from error
        self._uses_left = MOST_USES * sum(map(len, self._arcs)) + 1000

    def ring(self, numbers: object) -> Coordinates:
        """Return a ring; a number below zero means the arc of its complement, backwards."""
        if not isinstance(numbers, list) or not numbers:
            raise BrokenShape("a ring without arcs")
        parts: list[Coordinates] = []
        end = None
        for number in numbers:
            if not isinstance(number, int) or not -len(self._arcs) <= number < len(self._arcs):
                raise BrokenShape("an arc that is not there")
            arc = self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
            self._uses_left -= len(arc)
            if self._uses_left < 0:
                raise InputError(
                    f"The shapes use the arcs of the topology more than {MOST_USES} times, which "
                    "no map does. Download the file again, or take the GeoJSON."
                )
            if end is not None and (end != arc[0]).any():
                raise BrokenShape("arcs that do not meet")
            parts.append(arc if end is None else arc[1:])
            end = arc[-1]
        return ring(np.concatenate(parts))


def _unpacked(transform: object, arcs: list[Coordinates]) -> list[Coordinates]:
    """Turn steps of whole numbers into coordinates, where a topology is written in steps."""
    match transform:
        case None:
            return arcs
        case {"scale": [_, _] as scale, "translate": [_, _] as translate}:
            scaled, moved = points([scale, translate])
            return [np.cumsum(arc, axis=0) * scaled + moved for arc in arcs]
        case _:
            raise BrokenShape("a transform without scale and translate")
