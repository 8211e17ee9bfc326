"""The same shapes in every format a portal offers; whatever is broken is refused in words."""

import copy
import io
import json
import random
import sqlite3
import zipfile
from contextlib import closing

import geopandas as gpd
import pytest
from shapely.geometry import Polygon, box

from ineqlib.areas import CODE
from ineqlib.errors import InputError
from ineqlib.pack.shapes import simplified
from ineqlib.sources.recognise import recognise

WEST, EAST = box(520_000, 220_000, 529_000, 229_000), box(529_000, 220_000, 538_000, 229_000)
LAKE = box(530_000, 222_000, 531_000, 223_000)
NAMES = {"E07000243": "Stevenage", "E07000242": "East Hertfordshire"}
KIND_OF_NOISE = (
    *(None, True, -1, 0, 7, 10**400, 1e308, float("nan"), float("inf"), "x", "\ud800", "9" * 5000),
    *([], {}, [[]], [None], [[1, 2]], {"type": "Point"}, json.loads("[" * 90 + "]" * 90)),
)


def shapes() -> gpd.GeoDataFrame:
    lake = Polygon(EAST.exterior, [LAKE.exterior])
    columns = {"LAD24CD": list(NAMES), "LAD24NM": list(NAMES.values())}
    return gpd.GeoDataFrame(columns, geometry=[WEST, lake], crs=27700)


def geojson() -> bytes:
    return shapes().to_crs(4326).to_json().encode()


def esri_json() -> bytes:
    """Outer rings clockwise, holes the other way round."""
    features = [
        {
            "attributes": {"LAD24CD": row.LAD24CD, "LAD24NM": row.LAD24NM},
            "geometry": {
                "rings": [
                    [list(point) for point in ring.coords][:: -1 if ring.is_ccw == outer else 1]
                    for ring, outer in [
                        (row.geometry.exterior, True),
                        *((hole, False) for hole in row.geometry.interiors),
                    ]
                ]
            },
        }
        for row in shapes().itertuples()
    ]
    about = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 27700}}
    return json.dumps({**about, "features": features}).encode()


def topojson() -> bytes:
    """One arc of the topology is the border that both share, used in either direction."""
    return json.dumps(
        {
            "type": "Topology",
            "transform": {"scale": [1000, 1000], "translate": [520_000, 220_000]},
            "objects": {
                "lads": {
                    "type": "GeometryCollection",
                    "geometries": [
                        {
                            "type": "Polygon",
                            "arcs": arcs,
                            "properties": {"LAD24CD": code, "LAD24NM": name},
                        }
                        for arcs, (code, name) in zip(
                            ([[0, 1]], [[-1, 2], [3]]), NAMES.items(), strict=True
                        )
                    ],
                }
            },
            "arcs": [
                [[9, 0], [0, 9]],
                [[9, 9], [-9, 0], [0, -9], [9, 0]],
                [[9, 0], [9, 0], [0, 9], [-9, 0]],
                [[10, 2], [0, 1], [1, 0], [0, -1], [-1, 0]],
            ],
        }
    ).encode()


def kml(*, with_names: bool = True) -> bytes:
    def ring(tag, line):
        points = " ".join(f"{x},{y},0" for x, y in line.coords)
        ring = f"<LinearRing><coordinates>{points}</coordinates></LinearRing>"
        return f"<{tag}BoundaryIs>{ring}</{tag}BoundaryIs>"

    marks = [
        (f"<name>{row.LAD24NM}</name>" if with_names else "")
        + f'<ExtendedData><SchemaData><SimpleData name="LAD24CD">{row.LAD24CD}</SimpleData>'
        f"</SchemaData></ExtendedData><Polygon>{ring('outer', row.geometry.exterior)}"
        + "".join(ring("inner", hole) for hole in row.geometry.interiors)
        + "</Polygon>"
        for row in shapes().to_crs(4326).itertuples()
    ]
    body = "".join(f"<Placemark>{mark}</Placemark>" for mark in marks)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><Folder>{body}</Folder></Document></kml>"
    ).encode()


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(".".join(name.rsplit("_", 1)), part)
    return stream.getvalue()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return format -> the bytes of the two shapes in it."""
    folder = tmp_path_factory.mktemp("maps")
    shapes().to_file(folder / "lad.gpkg")
    shapes().to_file(folder / "lad.shp")
    parts = {f"LAD24_{each.suffix[1:]}": each.read_bytes() for each in folder.glob("lad.[!g]*")}
    return {
        "GeoJSON": geojson(),
        "TopoJSON": topojson(),
        "Esri JSON": esri_json(),
        "KML": kml(),
        "KMZ": packed(doc_kml=kml()),
        "GeoPackage": (folder / "lad.gpkg").read_bytes(),
        "zipped Shapefile": packed(**parts),
        "parts": parts,
    }


def parse(content: bytes):
    return recognise(content).parse(content, {})


FORMATS = ("GeoJSON", "TopoJSON", "Esri JSON", "KML", "KMZ", "GeoPackage", "zipped Shapefile")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_shapes_are_read_from_every_format(files, kind):
    frame = parse(files[kind]).frame.set_index("code")
    assert frame["name"].to_dict() == NAMES
    assert frame.crs.to_epsg() == 27700
    for code, shape in zip(NAMES, shapes().geometry, strict=True):
        difference = frame.geometry[code].symmetric_difference(shape).area
        assert difference < 10_000, "less than a hectare of 80 square kilometres"


def test_shapes_without_names_are_read(files):
    parsed = parse(kml(with_names=False))
    assert parsed.frame["name"].tolist() == ["", ""]
    assert "names" in parsed.remarks[0]


@pytest.mark.parametrize("ending", ["shp", "shx", "dbf", "prj"])
def test_a_single_part_of_a_shapefile_says_what_to_do(files, ending):
    with pytest.raises(InputError, match=r"one part of a Shapefile.*into one zip"):
        parse(files["parts"][f"LAD24_{ending}"])


def test_what_is_no_single_map_of_areas_says_so(files, tmp_path):
    parts = files["parts"]
    without = {name: part for name, part in parts.items() if name != "LAD24_dbf"}
    twice = {**parts, **{name.replace("24", "23"): part for name, part in parts.items()}}
    shapes().set_geometry(shapes().centroid).to_file(tmp_path / "points.gpkg")
    for content, said in (
        (packed(**without), r"lacks its \.dbf"),
        (packed(**twice), r"holds 2 maps \(lad24\.shp, lad23\.shp\)"),
        (packed(**{"map.gdb/a_gdbtable": b"x"}), "file geodatabase. Download the GeoJSON"),
        (b"SQLite format 3\0" + bytes(200), "SQLite database, but no GeoPackage"),
        (files["GeoPackage"][:5000], "damaged or incomplete"),
        (files["GeoPackage"].replace(b'CREATE TABLE "lad"', b'CREATE T\xe2BLE "lad"'), "damaged"),
        ((tmp_path / "points.gpkg").read_bytes(), "holds Points. Expected polygons"),
    ):
        with pytest.raises(InputError, match=said):
            parse(content)


def test_a_geopackage_that_was_open_for_writing_is_read(files, tmp_path):
    (tmp_path / "lad.gpkg").write_bytes(files["GeoPackage"])
    with closing(sqlite3.connect(tmp_path / "lad.gpkg")) as database:
        database.execute("PRAGMA journal_mode = WAL")
    assert len(parse((tmp_path / "lad.gpkg").read_bytes()).frame) == 2


def test_a_view_that_never_ends_is_not_asked(tmp_path):
    shapes().to_file(tmp_path / "lad.gpkg")
    with closing(sqlite3.connect(tmp_path / "lad.gpkg")) as database:
        database.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
            "SELECT * FROM n"
        )
        database.commit()
    with pytest.raises(InputError, match="1 views or virtual tables"):
        parse((tmp_path / "lad.gpkg").read_bytes())


def test_what_a_mac_adds_to_a_zip_is_no_second_map(files):
    beside = {f"__MACOSX/._{name}": b"Mac OS X" for name in files["parts"]}
    assert len(parse(packed(**files["parts"], **beside)).frame) == 2


def test_a_zip_that_would_fill_the_disk_is_refused(files, monkeypatch):
    monkeypatch.setattr("ineqlib.sources.maps.files.LARGEST_MAP", 500)
    with pytest.raises(InputError, match="more than 500"):
        parse(files["zipped Shapefile"])


def test_links_and_entities_of_a_kml_are_not_followed():
    link = b"<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>"
    with pytest.raises(InputError, match="no placemarks; it may only link to them"):
        parse(b'<kml xmlns="http://www.opengis.net/kml/2.2">' + link + b"</kml>")
    entity = b'<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(InputError, match="damaged or cut short"):
        parse(entity + b"<kml><Placemark><name>&a;</name></Placemark></kml>")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE kml [<!ENTITY e0 "0123456789">{entities}]>'.encode()
    with pytest.raises(InputError, match="damaged or cut short"):
        parse(bomb + b"<kml><Placemark><name>&e9;</name></Placemark></kml>")


@pytest.mark.parametrize("kind", ["GeoJSON", "Esri JSON"])
@pytest.mark.parametrize("within", [(), ("properties",)])
def test_the_first_part_of_an_answer_is_refused(files, kind, within):
    parsed = json.loads(files[kind])
    (parsed.setdefault(within[0], {}) if within else parsed)["exceededTransferLimit"] = True
    with pytest.raises(InputError, match=r"only the first 2 shapes \(exceededTransferLimit\)"):
        parse(json.dumps(parsed).encode())


def test_a_page_of_an_answer_that_names_the_next_one_is_refused():
    links = [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b"}]
    with pytest.raises(InputError, match="only the first 2 shapes and names the address"):
        parse(json.dumps(json.loads(geojson()) | {"links": links}).encode())
    parse(json.dumps(json.loads(geojson()) | {"links": links[:1]}).encode())


def test_fewer_shapes_than_the_service_counted_are_refused():
    parsed = json.loads(geojson()) | {"numberMatched": 361, "numberReturned": 2}
    with pytest.raises(InputError, match="gave 2 of 361 shapes"):
        parse(json.dumps(parsed).encode())


def test_an_error_of_the_service_may_be_in_an_old_encoding():
    with pytest.raises(InputError, match="error 400 in place of data"):
        parse('{"error": {"code": 400, "message": "Requête"}}'.encode("cp1252"))


def test_an_error_of_the_service_is_told_without_its_words():
    error = {"error": {"code": 400, "message": "secret", "details": ["secret"]}}
    with pytest.raises(InputError, match=r"answered with an error 400") as told:
        parse(json.dumps(error).encode())
    assert "secret" not in str(told.value)


def test_detached_parts_of_one_area_are_joined():
    parts = json.loads(geojson())
    island = copy.deepcopy(parts["features"][0])
    island["geometry"]["coordinates"] = [
        [[x, y + 0.3] for x, y in island["geometry"]["coordinates"][0]]
    ]
    parts["features"].insert(0, island)
    parsed = parse(json.dumps(parts).encode())
    frame = parsed.frame.set_index("code")
    assert frame.geometry["E07000243"].area == pytest.approx(2 * WEST.area, rel=0.01)
    assert len(frame.geometry["E07000243"].geoms) == 2
    assert frame["features"].to_dict() == {"E07000243": 2, "E07000242": 1}
    assert "3 features used for 2 areas" in parsed.remarks[0]
    island["properties"]["LAD24NM"] = "Elsewhere"
    with pytest.raises(InputError, match="1 codes stand for shapes of different names: E07000243"):
        parse(json.dumps(parts).encode())


def test_a_topology_that_would_fill_the_memory_is_refused():
    parsed = json.loads(topojson())
    parsed["objects"]["lads"]["geometries"][0]["arcs"] = [[2, ~2] * 500]
    with pytest.raises(InputError, match="more than 20 times"):
        parse(json.dumps(parsed).encode())


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_changed_anywhere_is_read_or_refused_in_words(files, kind):
    """Sixty changes of each format: a value of the JSON replaced, or bytes lost, cut, changed."""
    chance = random.Random(f"11 {kind}")
    refused = 0
    for _ in range(60):
        content = files[kind]
        content = noise(content, chance) if "JSON" in kind else damage(content, chance)
        try:
            frame = parse(content).frame
        except InputError as error:
            assert len(str(error)) < 1000
            refused += 1
            continue
        assert frame["code"].map(lambda code: bool(CODE.fullmatch(code))).all()
        assert frame["code"].is_unique
        assert frame.geometry.is_valid.all()
        assert frame.geometry.area.gt(0).all()
        simplified(frame, "lad")
        frame["name"].str.encode("utf-8")
    assert refused >= 5


def noise(content: bytes, chance: random.Random) -> bytes:
    """Replace, leave out or double one value somewhere in a JSON file."""
    parsed = json.loads(content)
    places = list(containers(parsed))
    container = chance.choice(places)
    key = chance.choice(list(container) if isinstance(container, dict) else range(len(container)))
    match chance.randrange(5):
        case 0:
            del container[key]
        case 1 if isinstance(container, list):
            container.insert(key, copy.deepcopy(container[key]))
        case 2:
            return damage(content, chance)
        case _:
            container[key] = chance.choice(KIND_OF_NOISE)
    return json.dumps(parsed).encode()


def containers(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if inner:
        yield value
    for each in inner:
        yield from containers(each)


def damage(content: bytes, chance: random.Random) -> bytes:
    """Cut bytes off or out, or change some of them."""
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice([1, 2, 8, 100]))
    match chance.randrange(4):
        case 0:
            return content[:start]
        case 1:
            return content[:start] + content[end:]
        case _:
            return content[:start] + chance.randbytes(end - start) + content[end:]


def two_objects(*names: str) -> bytes:
    """The topology with its areas, and borders without codes, under these names in this order."""
    parsed = json.loads(topojson())
    coast = {"type": "GeometryCollection", "geometries": [{"type": "LineString", "arcs": [0]}]}
    things = {"coast": coast, "lads": parsed["objects"]["lads"]}
    things["again"] = things["lads"]
    return json.dumps({**parsed, "objects": {name: things[name] for name in names}}).encode()


@pytest.mark.parametrize("names", [("coast", "lads"), ("lads", "coast")])
def test_the_map_of_a_topology_is_the_object_with_codes_wherever_it_stands(names):
    parsed = parse(two_objects(*names))
    assert parsed.frame["code"].tolist() == list(NAMES)
    assert parsed.remarks == ("not read, being no map of areas with codes: coast",)


def test_of_several_maps_in_one_file_none_is_chosen_by_its_place(tmp_path):
    with pytest.raises(InputError, match=r"holds 2 maps \(lads, again\)\. Export the one"):
        parse(two_objects("lads", "again"))
    for layer in ("lads", "again"):
        shapes().to_file(tmp_path / "two.gpkg", layer=layer)
    with pytest.raises(InputError, match=r"2 layers of shapes \(lads, again\); expected one"):
        parse((tmp_path / "two.gpkg").read_bytes())


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_of_a_shapefile_that_does_not_say_its_encoding_are_read(tmp_path, encoding):
    welsh = shapes().assign(LAD24NM=["Ynys Môn", "East Hertfordshire"])
    welsh.to_file(tmp_path / "LAD24.shp", encoding=encoding)
    parts = {
        path.name.replace(".", "_"): path.read_bytes()
        for path in tmp_path.iterdir()
        if path.suffix != ".cpg"
    }
    assert parse(packed(**parts)).frame["name"][0] == "Ynys Môn"


def test_names_that_are_not_in_the_stated_encoding_are_refused_in_words(tmp_path):
    shapes().assign(LAD24NM="Ynys Môn").to_file(tmp_path / "LAD24.shp", encoding="cp1252")
    (tmp_path / "LAD24.cpg").write_text("UTF-8")
    parts = {path.name.replace(".", "_"): path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(InputError, match=r"not in the encoding that its \.cpg states"):
        parse(packed(**parts))


def test_the_place_of_a_label_among_areas_is_told_as_such():
    point = "<Placemark><Point><coordinates>-0.15,51.95</coordinates></Point></Placemark>"
    with_point = kml().replace(b"</Document>", f"{point}</Document>".encode())
    with pytest.raises(InputError, match=r"no\. 3 has no polygon, as places and lines have none"):
        parse(with_point)
