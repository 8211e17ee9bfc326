"""Boundaries: where they lie, whose they are, and what is mended."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import box

from ineqlib.errors import InputError
from ineqlib.sources.recognise import recognise

SQUARE = [[-0.20, 51.80], [-0.10, 51.80], [-0.10, 51.90], [-0.20, 51.90], [-0.20, 51.80]]
BOW_TIE = [[-0.20, 51.80], [-0.10, 51.90], [-0.10, 51.80], [-0.20, 51.90], [-0.20, 51.80]]
STEVENAGE = box(523_000, 222_000, 527_000, 226_000)
SWAPPED = [[north, east] for east, north in STEVENAGE.exterior.coords]


def feature(ring, code="E07000243", **properties):
    return {
        "type": "Feature",
        "properties": {"LAD24CD": code, "LAD24NM": "Square", **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", **members, "features": features}).encode()


def named(name):
    return {"type": "name", "properties": {"name": name}}


def parse(content):
    return recognise(content).parse(content, {})


@pytest.mark.parametrize("name", ["EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", None])
def test_longitude_and_latitude_become_national_grid(name):
    parsed = parse(collection(feature(SQUARE), **({"crs": named(name)} if name else {})))
    assert parsed.frame.crs.to_epsg() == 27700
    east, north = parsed.frame.geometry[0].centroid.coords[0]
    assert (east, north) == (pytest.approx(527_700, abs=500), pytest.approx(218_300, abs=500))
    assert parsed.attributes == {"level": "lad", "vintage": "2024", "as_published": "no"}
    assert parsed.source.id == "boundaries_lad_2024"
    assert parsed.source.attribution.startswith("Office for National Statistics licensed")
    assert parsed.source.attribution.endswith("database right 2024.")


@pytest.mark.parametrize("crs", [{}, {"crs": named("urn:ogc:def:crs:EPSG::27700")}])
def test_national_grid_stays_as_it_is(crs):
    ring = [list(point) for point in STEVENAGE.exterior.coords]
    parsed = parse(collection(feature(ring), **crs))
    assert parsed.frame.geometry[0].equals(STEVENAGE)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (collection(feature(SQUARE), crs=named("EPSG:999999")), "unknown projection"),
        (collection(feature(SQUARE), crs={"type": "link"}), "cannot be read"),
        (collection(feature(SQUARE), crs=named("EPSG:27700")), "lie outside England"),
        (
            collection(feature([[x * 1e7, y * 1e7] for x, y in SQUARE])),
            r"states no projection.*neither",
        ),
        (collection(feature([[y, x] for x, y in SQUARE])), "neither"),
        (collection(feature(SWAPPED)), "neither.*number of west and east first"),
        (collection(feature(SWAPPED), crs=named("EPSG:27700")), "two numbers.*swapped"),
    ],
)
def test_an_unknown_projection_is_refused_not_guessed(content, said):
    with pytest.raises(InputError, match=said):
        parse(content)


@pytest.mark.parametrize("heads", [("BNG_E", "BNG_N"), ("bng_e", "bng_n")])
def test_a_shape_far_from_the_place_for_its_label_is_that_of_another_area(heads):
    label = dict(zip(heads, (525_000, 224_000), strict=True))
    here = feature([list(point) for point in STEVENAGE.exterior.coords], **label)
    beside = dict(zip(heads, ("540500", 224_000), strict=True))
    near = feature([[x + 20_000, y] for x, y in STEVENAGE.exterior.coords], "E07000242", **beside)
    none = feature(here["geometry"]["coordinates"][0], "E07000095", **dict.fromkeys(heads))
    assert len(parse(collection(here, near, none)).frame) == 3
    beside[heads[0]] = 525_000
    near["properties"].update(beside)
    with pytest.raises(InputError, match=r"1 of 2 shapes lie elsewhere.*E07000242.*wrong order"):
        parse(collection(here, near))


def test_neighbourhoods_outside_england_are_set_aside_and_counted():
    codes = ("E01000001", "W01000001", "unknown")
    features = [
        {**feature(SQUARE), "properties": {"LSOA21CD": code, "LSOA21NM": "x"}} for code in codes
    ]
    parsed = parse(collection(*features))
    assert parsed.frame["code"].tolist() == ["E01000001"]
    assert [(aside.reason, aside.rows) for aside in parsed.set_aside] == [
        ("code is not a GSS code (a letter and eight digits)", 1),
        ("outside England", 1),
    ]


def test_councils_of_the_other_countries_are_read_and_may_lie_north_of_england():
    lerwick = [[x - 1, y + 8.3] for x, y in SQUARE]
    assert len(parse(collection(feature(SQUARE), feature(lerwick, "S12000027"))).frame) == 2
    with pytest.raises(InputError, match="neither"):
        parse(collection(feature(SQUARE), feature(lerwick, "E07000242")))


@pytest.mark.parametrize("heads", [("lad24cd", "lad24nm"), ("LTLA24CD", "LTLA24NM")])
def test_columns_are_known_however_they_are_written(heads):
    written = {**feature(SQUARE), "properties": dict(zip(heads, ("E07000243", "A"), strict=True))}
    parsed = parse(collection(written))
    assert parsed.attributes["level"] == "lad"
    assert parsed.frame[["code", "name"]].iloc[0].tolist() == ["E07000243", "A"]


def test_codes_in_small_letters_are_codes():
    here = feature(SQUARE, "e07000243", BNG_E=527_700, BNG_N=218_300)
    assert parse(collection(here)).frame["code"].tolist() == ["E07000243"]


def test_an_invalid_polygon_is_mended_and_named():
    parsed = parse(collection(feature(SQUARE), feature(BOW_TIE, "E07000242")))
    assert parsed.frame.geometry.is_valid.all()
    assert parsed.remarks == ("1 invalid polygon(s) made valid: Square",)


def test_small_areas_keep_their_authority():
    properties = {"LSOA21CD": "E01000001", "LSOA21NM": "Marsh 001A", "LAD24CD": "E06000001"}
    content = collection(
        {"type": "Feature", "properties": properties, "geometry": feature(SQUARE)["geometry"]}
    )
    parsed = parse(content)
    assert parsed.attributes["level"] == "lsoa"
    assert parsed.frame.loc[0, ["code", "name", "area_code"]].tolist() == [
        *("E01000001", "Marsh 001A", "E06000001"),
    ]


def test_topojson_is_read_through_its_transform():
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.001, 0.001], "translate": [-0.2, 51.8]},
        "objects": {
            "E07000243": {
                "type": "GeometryCollection",
                "geometries": [
                    {
                        "type": "Polygon",
                        "arcs": [[0]],
                        "properties": {"LSOA11CD": "E01023750", "LSOA11NM": "Stevenage 009A"},
                    }
                ],
            }
        },
        "arcs": [[[0, 0], [100, 0], [0, 100], [-100, 0], [0, -100]]],
    }
    parsed = parse(json.dumps(topology).encode())
    square = parse(collection(feature(SQUARE)))
    assert parsed.frame["code"].tolist() == ["E01023750"]
    assert isinstance(parsed.frame, gpd.GeoDataFrame)
    assert parsed.frame.geometry[0].equals_exact(square.frame.geometry[0], 0.01, normalize=True)


def test_a_feature_without_a_shape_is_refused():
    empty = feature(SQUARE) | {"geometry": None}
    with pytest.raises(InputError, match=r"1 shapes are empty: E07000243\."):
        parse(collection(feature(SQUARE), empty))


def test_a_shape_with_the_code_of_another_kind_of_area_is_set_aside():
    parsed = parse(collection(feature(SQUARE), feature(SQUARE, "E10000015")))
    assert parsed.frame["code"].tolist() == ["E07000243"]
    assert parsed.set_aside[-1].examples == ("E10000015",)
    assert parsed.set_aside[-1].reason.startswith("the code is that of another kind of area")
