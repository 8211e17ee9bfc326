"""The same shapes in every format that maps come in, and the answer of a service that failed."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
from shapely.geometry import box

from ..sources.made_workbooks import zipped
from .numbers import PLACES
from .table import Seed

_CODE, _NAME = "LAD24CD", "LAD24NM"


def seeds_of_maps() -> Iterator[Seed]:
    """One map in each format."""
    for name, content in _maps().items():
        yield Seed(f"map, {name}", "ONS boundaries", text=content)
    error = json.dumps({"error": {"code": 400, "message": "Cannot perform query"}}).encode()
    layout = "answer of a service that failed"
    yield Seed(layout, layout, text=error, is_used=False)


def _maps() -> dict[str, bytes]:
    frame = gpd.GeoDataFrame(
        {_CODE: [code for code, _ in PLACES], _NAME: [name for _, name in PLACES]},
        geometry=[box(*_corners(n)) for n in range(len(PLACES))],
        crs=4326,
    )
    with TemporaryDirectory() as folder:
        frame.to_file(Path(folder, "lad.gpkg"))
        frame.to_file(Path(folder, "lad.shp"))
        parts = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("lad.*"))}
    geopackage = parts.pop("lad.gpkg")
    kml = _kml()
    return {
        "GeoJSON": _json(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": _named(n), "geometry": _polygon(n)}
                    for n in range(len(PLACES))
                ],
            }
        ),
        "TopoJSON": _topology(),
        "Esri JSON": _json(
            {
                "geometryType": "esriGeometryPolygon",
                "spatialReference": {"wkid": 4326},
                "features": [
                    {"attributes": _named(n), "geometry": {"rings": [_ring(n)]}}
                    for n in range(len(PLACES))
                ],
            }
        ),
        "KML": kml,
        "KMZ": zipped({"doc.kml": kml}),
        "GeoPackage": geopackage,
        "Shapefile": zipped(parts),
    }


def _json(content: dict[str, object]) -> bytes:
    return json.dumps(content).encode()


def _named(number: int) -> dict[str, str]:
    code, name = PLACES[number]
    return {_CODE: code, _NAME: name}


def _corners(number: int) -> tuple[float, float, float, float]:
    return round(-0.2 + number / 10, 2), 51.8, round(-0.1 + number / 10, 2), 51.9


def _ring(number: int) -> list[list[float]]:
    west, south, east, north = _corners(number)
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def _polygon(number: int) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [_ring(number)[::-1]]}


def _topology() -> bytes:
    """Arcs in steps, one ring for each shape."""
    shapes = [
        {"type": "Polygon", "arcs": [[n]], "properties": _named(n)} for n in range(len(PLACES))
    ]
    arcs = [[[n, 0], [1, 0], [0, 1], [-1, 0], [0, -1]] for n in range(len(PLACES))]
    return _json(
        {
            "type": "Topology",
            "transform": {"scale": [0.1, 0.1], "translate": [-0.2, 51.8]},
            "objects": {"lads": {"type": "GeometryCollection", "geometries": shapes}},
            "arcs": arcs,
        }
    )


def _kml() -> bytes:
    marks = []
    for number, (code, name) in enumerate(PLACES):
        points = " ".join(f"{x},{y},0" for x, y in _ring(number)[::-1])
        marks.append(
            f"<Placemark><name>{name}</name><ExtendedData><SchemaData>"
            f'<SimpleData name="{_CODE}">{code}</SimpleData></SchemaData></ExtendedData>'
            f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{points}</coordinates>"
            "</LinearRing></outerBoundaryIs></Polygon></Placemark>\n"
        )
    body = f"<Document><Folder>{''.join(marks)}</Folder></Document>"
    return f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2">{body}</kml>'.encode()
