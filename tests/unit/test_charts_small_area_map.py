"""The map of neighbourhoods as it is drawn and as a table."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import geopandas as gpd
import pytest
from shapely import box

from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Labels
from ineqlib.charts.map_layers import class_of
from ineqlib.charts.map_legend import NO_GROUP
from ineqlib.charts.small_area_map_chart import FEW, small_area_map
from ineqlib.charts.theme import sequential
from ineqlib.document.content_rules import broken_promises
from ineqlib.errors import InputError
from ineqlib.facts.neighbourhoods import MapPlace, NeighbourhoodMap
from ineqlib.facts.next_to import next_to

LABELS = Labels("map", "Poor in the west", "Neighbourhoods of Ambridge", "It is.", "Made up")
SIDE = 1000.0
SVG = "{http://www.w3.org/2000/svg}"


def in_a_row(*tenths: int | None, locality: str = 'Bourne <b>&"') -> NeighbourhoodMap:
    """Square neighbourhoods, west to east."""
    squares = [box(SIDE * n, 0, SIDE * (n + 1), SIDE) for n in range(len(tenths))]
    beside = next_to(squares)
    places = tuple(
        MapPlace(
            f"E010{n:05d}",
            f"Ambridge 00{n}A",
            locality,
            None if tenth is None else n + 1,
            (tenth, 3),
            None,
            beside[n],
        )
        for n, tenth in enumerate(tenths)
    )
    shapes = gpd.GeoSeries(squares, crs="EPSG:27700")
    return NeighbourhoodMap("neighbourhood", ("Deprivation", "Crime"), places, shapes)


def draw(shown: NeighbourhoodMap, *around: tuple[str, float, float]) -> DrawnFigure:
    names = [name for name, _, _ in around]
    shapes = [box(west, 0, west + wide, SIDE) for _, west, wide in around]
    return small_area_map(
        shown, LABELS, surroundings=gpd.GeoDataFrame({"name": names}, geometry=shapes)
    )


def faces(figure: DrawnFigure) -> dict[str, str]:
    """Return the colour of each neighbourhood by its code."""
    areas = ElementTree.fromstring(figure.svg).find(f".//{SVG}g[@class='map-areas']")
    assert areas is not None
    return {path.get("data-code", ""): group.get("fill", "") for group in areas for path in group}


def test_neighbourhoods_have_the_colour_of_their_tenths_class_and_gaps_are_grey() -> None:
    figure = draw(in_a_row(1, 2, 4, 10, None))
    dark, next_dark, *_, light = sequential(5)
    assert list(faces(figure).values()) == [dark, dark, next_dark, light, NO_GROUP]
    assert "No data" in figure.svg
    assert "No data" not in draw(in_a_row(1, 2)).svg


def test_classes_are_the_five_national_fifths() -> None:
    assert [class_of(tenth) for tenth in range(1, 11)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_script_finds_every_shape_with_its_place_its_tile_and_what_is_next_to_it() -> None:
    root = ElementTree.fromstring(draw(in_a_row(1, 5, 9)).svg)
    paths = root.findall(f".//{SVG}path[@data-code]")
    said = [list(map(int, path.get("data-at", "").split())) for path in paths]
    assert [numbers[4:] for numbers in said] == [[1], [2, 0], [1]]
    across, down, *tiles = zip(*(numbers[:4] for numbers in said), strict=True)
    assert list(across) == sorted(across)
    assert len(set(down)) == 1
    assert list(zip(*tiles, strict=True)) == [(0, 0), (1, 0), (2, 0)]


def test_the_table_tells_all_that_the_map_can_say() -> None:
    table = draw(in_a_row(1, 5, None)).table
    assert table.columns.tolist() == [
        "Neighbourhood",
        "Code",
        "Order, most deprived first",
        "Deprivation",
        "Crime",
        "Fifth of the area",
        "Next to it",
    ]
    assert table["Order, most deprived first"].tolist() == ["1", "2", "[z]"]
    assert table["Deprivation"].tolist() == ["1", "5", "[z]"]
    assert table["Next to it"][1] == "east: 002A, 1.0 km; west: 000A, 1.0 km"


def test_what_lies_in_another_locality_is_told_by_its_whole_name() -> None:
    shown = in_a_row(1, 2)
    west, east = shown.places
    apart = NeighbourhoodMap(
        shown.unit, shown.themes, (west, east._replace(locality="Wick")), shown.shapes
    )
    assert draw(apart).table["Next to it"].tolist() == [
        "east: Wick 001A, 1.0 km",
        'west: Bourne <b>&" 000A, 1.0 km',
    ]


def test_groups_of_neighbourhoods_have_no_code_of_their_own() -> None:
    shown = in_a_row(1, 2)
    groups = NeighbourhoodMap("group of neighbourhoods", *list(vars(shown).values())[1:])
    assert "Code" not in draw(groups).cells


def test_the_ten_most_deprived_of_many_are_numbered_and_few_are_named() -> None:
    numbers = re.compile(r'class="map-number"')
    assert len(numbers.findall(draw(in_a_row(*[1] * (FEW + 1))).svg)) == 10
    few = draw(in_a_row(1, 2, 3, locality="")).svg
    assert not numbers.search(few)
    assert "Ambridge" in few


def test_what_lies_around_is_drawn_and_named_where_it_can_be_seen() -> None:
    figure = draw(
        in_a_row(*[1] * 9), ("Own", 0, 9 * SIDE), ("Beside", -9e3, 9e3), ("Far", 9e5, SIDE)
    )
    assert figure.svg.count('class="map-around"') == 2
    assert "Far" not in figure.svg and "Own" not in figure.svg


def test_one_neighbourhood_is_a_map() -> None:
    figure = draw(in_a_row(7))
    assert figure.table["Next to it"].tolist() == ["Nothing"]
    assert len(faces(figure)) == 1


def test_the_drawing_is_one_image_of_a_page_that_keeps_its_promises() -> None:
    figure = draw(in_a_row(1, 2, None))
    root = ElementTree.fromstring(figure.svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "It is.")
    assert figure.svg.count("<svg") == 1  # whoever reads a page takes a drawing to its first end
    assert broken_promises(f"<h2>Map</h2>{figure.html}", fact_ids=set()) == []


def test_it_has_no_specification_and_shows_itself_in_a_notebook() -> None:
    figure = draw(in_a_row(1, 2))
    assert figure.spec == figure.datasets == {}
    assert set(figure._repr_mimebundle_()) == {"text/html"}


def test_the_drawing_is_made_when_it_is_asked_for_and_always_the_same() -> None:
    makers: list[Callable[[], DrawnFigure]] = [lambda: draw(in_a_row(1, 2, 3))] * 2
    first, second = (make().svg for make in makers)
    assert first == second


def test_nothing_to_map_is_an_error() -> None:
    nothing = NeighbourhoodMap("neighbourhood", ("Deprivation",), (), gpd.GeoSeries([]))
    with pytest.raises(InputError, match="no neighbourhood to map"):
        draw(nothing)
