"""Which format a file of shapes has, and reading it: JSON, KML, KMZ, GeoPackage and Shapefile."""

import io
import sqlite3
import warnings
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import shapely
from pyproj import CRS

from ineqlib.errors import InputError, listed
from ineqlib.sources.maps.json_formats import read_json
from ineqlib.sources.maps.model import (
    BrokenShape,
    Coordinates,
    MapFile,
    Rings,
    on_earth,
    read_areas,
    ring,
)
from ineqlib.text import visible

KML, KMZ, GEOPACKAGE, SHAPEFILE = "KML", "KMZ", "GeoPackage", "zipped Shapefile"
UNREADABLE = {
    "part of a Shapefile": "This is one part of a Shapefile; the shapes, their codes and their "
    "projection are in files of their own. Put the .shp, .shx, .dbf and .prj into one zip, or "
    "download the GeoJSON. If it is an old dBASE table of figures (.dbf), open it in a spreadsheet "
    "and save it as .xlsx.",
    "SQLite database": "This is a SQLite database, but no GeoPackage. Export it as GeoPackage or "
    "GeoJSON.",
    "file geodatabase": "This is a zipped Esri file geodatabase. Download the GeoJSON or the "
    "GeoPackage instead.",
}
"""Formats that are recognised so that the message can say what to do."""

MAP_FORMATS = (KML, KMZ, GEOPACKAGE, SHAPEFILE, *UNREADABLE)

LARGEST_MAP = 1_000_000_000
"""Bytes of all parts of a zipped map together, unpacked."""

_SQLITE, _SHP, _ZIP = b"SQLite format 3\0", b"\x00\x00\x27\x0a", b"PK\x03\x04"
_GEOPACKAGES = (b"GPKG", b"GP10", b"GP11")
"""What a GeoPackage says of itself at byte 68; GDAL then asks none of its other drivers."""

_PROJECTIONS = (b"PROJCS[", b"GEOGCS[", b"PROJCRS[", b"GEOGCRS[")
_NEEDED = (".shp", ".shx", ".dbf")
_PARTS = (*_NEEDED, ".prj", ".cpg")


def map_format(content: bytes) -> str:
    """Return which of `MAP_FORMATS` a file has by its content, or ``""``.

    GeoJSON, TopoJSON and Esri JSON are told by their members, as any other JSON is.
    """
    if content.startswith(_SQLITE):
        return GEOPACKAGE if content[68:72] in _GEOPACKAGES else "SQLite database"
    if content.startswith(_ZIP):
        return _zipped_format(content)
    if content.startswith((_SHP, *_PROJECTIONS)) or content.strip() == b"UTF-8" or _is_dbf(content):
        return "part of a Shapefile"
    beginning = content[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return KML if beginning.startswith(b"<") and b"<kml" in beginning.lower() else ""


def _is_dbf(content: bytes) -> bool:
    """Tell whether a file is a dBASE table: version, date, and the lengths its head states."""
    if len(content) < 65 or content[0] not in (0x03, 0x83) or not 1 <= content[2] <= 12:
        return False
    head = int.from_bytes(content[8:10], "little")
    return 65 <= head <= len(content) and content[head - 1] == 0x0D


def _zipped_format(content: bytes) -> str:
    try:
        names = [name.lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist()]
        names = [name for name in names if not _of_a_mac(name)]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if any(".gdb/" in name for name in names):
        return "file geodatabase"
    if any(name.endswith(".shp") for name in names):
        return SHAPEFILE
    return KMZ if any(name.endswith(".kml") for name in names) else ""


def read_map(content: bytes) -> MapFile:
    """Read the shapes of a file in any format.

    Raises
    ------
    InputError
        It holds no areas, is damaged or incomplete; the message says what to do.
    """
    match map_format(content):
        case "KML":
            return _read_kml(content)
        case "KMZ":
            return _read_kml(_unpacked(content, (".kml",))[".kml"])
        case "GeoPackage":
            return _read_with_gdal({".gpkg": content}, ".gpkg")
        case "zipped Shapefile":
            return _read_with_gdal(_shapefile(content), ".shp")
        case "":
            return read_json(content)
        case other:
            raise InputError(UNREADABLE[other])


def _unpacked(content: bytes, endings: tuple[str, ...]) -> dict[str, bytes]:
    """Return the parts of a zip by ending; there must be one of the first ending."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    entries = {entry.filename.lower(): entry for entry in archive.infolist()}
    mains = [name for name in entries if name.endswith(endings[0]) and not _of_a_mac(name)]
    if len(mains) != 1:
        names = listed(Path(name).name[:40] for name in mains)
        raise InputError(f"The zip holds {len(mains)} maps ({names}). Put each into its own zip.")
    stem = mains[0].removesuffix(endings[0])
    wanted = {ending: entries[stem + ending] for ending in endings if stem + ending in entries}
    if (size := sum(entry.file_size for entry in wanted.values())) > LARGEST_MAP:
        raise InputError(
            f"The map in the zip takes {size:,} bytes, more than {LARGEST_MAP:,}. Take a "
            "generalised one: a page cannot show the detail."
        )
    try:
        return {ending: archive.read(entry) for ending, entry in wanted.items()}
    except Exception as error:  # each way of packing raises errors of its own
        raise InputError("The zip is damaged or has a password. Download it again.") from error


def _of_a_mac(name: str) -> bool:
    """Tell whether a Mac has put the file beside another of that name."""
    return name.startswith("__macosx/")


def _shapefile(content: bytes) -> dict[str, bytes]:
    parts = _unpacked(content, _PARTS)
    if absent := [ending for ending in _NEEDED if ending not in parts]:
        raise InputError(
            f"The Shapefile lacks its {' and '.join(absent)}. Put the .shp, .shx, .dbf and .prj "
            "into one zip, or download the GeoJSON."
        )
    return parts


def _read_kml(content: bytes) -> MapFile:
    """Read the placemarks of a KML file; links in it are not followed."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError("The KML is damaged or cut short. Download it again.") from error
    placemarks = root.findall(".//{*}Placemark")
    if not placemarks:
        raise InputError("The KML has no placemarks; it may only link to them. Take the GeoJSON.")
    areas = read_areas(placemarks, _kml_rings)
    return MapFile([_kml_properties(mark) for mark in placemarks], areas, CRS.from_epsg(4326))


def _kml_properties(placemark: ElementTree.Element) -> dict[str, Any]:
    properties = {"name": placemark.findtext("{*}name")}
    for element in placemark.findall(".//{*}SimpleData"):
        properties[element.get("name", "")] = element.text
    for element in placemark.findall(".//{*}Data"):
        properties[element.get("name", "")] = element.findtext("{*}value")
    return properties


def _kml_rings(placemark: ElementTree.Element) -> Rings:
    polygons = placemark.findall(".//{*}Polygon")
    if not polygons:
        raise BrokenShape("no polygon, as places and lines have none")
    return Rings([_rings_of_polygon(polygon) for polygon in polygons])


def _rings_of_polygon(element: ElementTree.Element) -> list[Coordinates]:
    return [
        ring([point.split(",") for point in (text.text or "").split()])
        for boundary in ("outerBoundaryIs", "innerBoundaryIs")
        for text in element.findall(f"{{*}}{boundary}/{{*}}LinearRing/{{*}}coordinates")
    ]


def _read_with_gdal(parts: dict[str, bytes], main: str) -> MapFile:
    """Read a file from a folder that holds nothing but its parts.

    GDAL asks its drivers in turn; how these parts begin and what they are called leaves it one,
    which follows no link and reaches no network.
    """
    with TemporaryDirectory(prefix="ineqlib-") as folder:
        for ending, part in parts.items():
            (Path(folder) / f"shapes{ending}").write_bytes(part)
        if main == ".gpkg":
            _refuse_programs(Path(folder) / "shapes.gpkg")
        try:
            layers, frame = _read_layer(Path(folder) / f"shapes{main}", _encodings(parts))
        except Exception as error:  # GDAL, pyogrio and shapely raise a dozen kinds
            raise InputError(_why_unreadable(error)) from error
    if len(layers) != 1:
        raise InputError(
            f"The file has {len(layers)} layers of shapes "
            f"({listed(visible(name)[:40] for name in layers)}); expected one. Export the one that "
            "is wanted."
        )
    expected = (len(parts[".shx"]) - 100) // 8 if ".shx" in parts else len(frame)
    if len(frame) != expected:
        raise InputError(f"{len(frame)} of {expected} shapes can be read. Download it again.")
    return MapFile(
        frame.drop(columns=frame.geometry.name).to_dict("records"),
        _checked(frame.geometry.to_numpy()),
        frame.crs,
    )


def _refuse_programs(file: Path) -> None:
    """Refuse a GeoPackage that computes what it holds: a view may run for ever, or read elsewhere.

    Triggers wait for somebody to write; the tables of the R-tree hold the extent of each shape.
    """
    virtual = "type = 'table' AND sql LIKE 'create%virtual%' AND sql NOT LIKE '%using%rtree%'"
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as database:
            programs = database.execute(
                f"SELECT count(*) FROM sqlite_master WHERE type = 'view' OR {virtual}"
            )
            (count,) = programs.fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes what it cannot read
        raise InputError("The GeoPackage is damaged or incomplete. Download it again.") from error
    if count:
        raise InputError(
            f"The GeoPackage holds {count} views or virtual tables, which are not read. Export "
            "the one layer that is wanted, as a table or as GeoJSON."
        )


def _encodings(parts: dict[str, bytes]) -> tuple[str | None, ...]:
    """Return in which encodings the names of a file may be, in the order they are tried.

    A Shapefile without a .cpg does not say: what is no UTF-8 is what its .dbf says it is.
    """
    return ("utf-8", None) if ".dbf" in parts and ".cpg" not in parts else (None,)


def _why_unreadable(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return (
            "The names of the Shapefile are not in the encoding that its .cpg states. Export it "
            "again as UTF-8, or take the GeoJSON."
        )
    return (
        "The file is damaged or incomplete, or holds no areas. Download it again, or take the "
        "GeoJSON."
    )


def _read_layer(
    file: Path, encodings: tuple[str | None, ...]
) -> tuple[list[str], gpd.GeoDataFrame]:
    """Return the names of the layers of shapes, and the first of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what matters of them is missing from the frame
        listing = gpd.list_layers(file)
        layers = [str(name) for name in listing.loc[listing["geometry_type"].notna(), "name"]]
        encoding, *others = encodings
        options = {"encoding": encoding} if encoding else {}
        try:
            return layers, gpd.read_file(file, layer=layers[0], engine="pyogrio", **options)
        except UnicodeDecodeError:
            if not others:
                raise
        return _read_layer(file, tuple(others))


def _checked(areas: Any) -> Any:
    """Return areas in two dimensions, None where one is empty."""
    areas[shapely.is_empty(areas)] = None
    kinds = {area.geom_type for area in areas if area} - {"Polygon", "MultiPolygon"}
    if kinds:
        raise InputError(f"The file holds {listed(sorted(kinds))}s. Expected polygons of areas.")
    areas = shapely.force_2d(areas)
    if not on_earth(shapely.get_coordinates(areas)):
        raise InputError("Some shapes have coordinates that are no place. Download it again.")
    return areas
