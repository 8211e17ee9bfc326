"""What lies next to what, in which direction and how far away; which places a map shows."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import MultiPolygon, Polygon, box

from ineqlib.facts.deprivation import national_spread
from ineqlib.facts.neighbourhoods import (
    MOST,
    MapPlace,
    NeighbourhoodMap,
    grouped,
    neighbourhood_map,
)
from ineqlib.facts.next_to import DIRECTIONS, NextTo, direction, next_to
from ineqlib.facts.profile import read_profile
from ineqlib.pack import Pack

KM = 1000.0


def square(column: float, row: float, side: float = 1.0) -> Polygon:
    return box(column * KM, row * KM, (column + side) * KM, (row + side) * KM)


def names(beside: tuple[NextTo, ...]) -> list[tuple[int, str, float]]:
    return [(near.place, near.direction, round(near.kilometres, 3)) for near in beside]


def test_squares_of_a_grid_touch_along_sides_and_not_at_corners() -> None:
    grid = [square(column, row) for row in range(3) for column in range(3)]
    beside = next_to(grid)
    assert names(beside[4]) == [
        (7, "north", 1.0),
        (5, "east", 1.0),
        (1, "south", 1.0),
        (3, "west", 1.0),
    ]
    assert names(beside[0]) == [(3, "north", 1.0), (1, "east", 1.0)]


def test_who_is_next_to_whom_is_mutual_and_the_directions_are_opposite() -> None:
    grid = [square(0, 0), square(1, 0.5), square(0, 1), square(2, 0, 2)]
    beside = next_to(grid)
    for here, near in enumerate(beside):
        for there in near:
            back = [each for each in beside[there.place] if each.place == here]
            assert len(back) == 1
            turned = (DIRECTIONS.index(there.direction) + 4) % 8
            assert back[0].direction == DIRECTIONS[turned]
            assert back[0].kilometres == there.kilometres


@pytest.mark.parametrize(
    ("other", "touches"),
    [
        (square(1, 0.25, 0.5), True),  # along a part of its side, without a corner in common
        (square(0.5, 0.5), True),  # both claim the ground between them
        (square(1, 1), False),  # at a corner alone
        (square(1, 0.9995), False),  # along less than a metre
    ],
)
def test_places_touch_where_they_share_a_metre_and_no_corners_need_be(
    other: Polygon, touches: bool
) -> None:
    first = square(0, 0)
    all_round = square(-1, -1, 4).difference(first.union(other))  # so that neither is an island
    beside = next_to([first, other, all_round])
    assert (1 in {near.place for near in beside[0]}) == touches


def test_an_island_is_next_to_the_nearest_place_beyond_the_water() -> None:
    land, more_land, island, islet = square(0, 0), square(1, 0), square(3, 3), square(3, 5)
    beside = next_to([land, more_land, island, islet])
    assert names(beside[2]) == [(3, "north", 2.0), (1, "south-west", round(13**0.5, 3))]
    assert names(beside[3]) == [(2, "south", 2.0)]


def test_a_place_in_the_hole_of_another_touches_it_and_has_a_point_of_its_own() -> None:
    ring = square(0, 0, 3).difference(square(1, 1))
    beside = next_to([ring, square(1, 1)])
    assert [near.place for near in beside[0]] == [1]
    assert beside[0][0].kilometres > 0.5


def test_a_place_of_several_parts_is_one() -> None:
    isles = MultiPolygon([square(0, 0), square(5, 5)])
    beside = next_to([isles, square(1, 0), square(6, 5)])
    assert {near.place for near in beside[0]} == {1, 2}


def test_one_place_has_nothing_next_to_it() -> None:
    assert next_to([square(0, 0)]) == ((),)


@pytest.mark.parametrize(
    ("east", "north", "name"),
    [(0, 1, "north"), (1, 1, "north-east"), (-1, 0.1, "west"), (0.4, -1, "south")],
)
def test_direction(east: float, north: float, name: str) -> None:
    assert direction(east, north) == name


def frame_of(names_of_places: list[str], tenths: list[float], people: list[float]) -> pd.DataFrame:
    count = len(names_of_places)
    return pd.DataFrame(
        {
            "code": [f"E01{n:06d}" for n in range(count)],
            "name": names_of_places,
            "area_code": "E07000001",
            "area_name": "Ambridge",
            "locality": "Bourne",
            "rank": [100 * tenth for tenth in tenths],
            "decile": tenths,
            "fifth": [float("nan")] * count,
            "population": people,
            "geometry": [square(n, 0) for n in range(count)],
        }
    )


def test_too_many_neighbourhoods_are_joined_by_the_msoa_in_their_names() -> None:
    frame = frame_of(
        ["Tŷ Newydd 001A", "Tŷ Newydd 001B", "Tŷ Newydd 001C", "Tŷ Newydd 002A"],
        [1, 4, 9, 10],
        [10, 10, 100, 5],
    )
    unit, joined = grouped(frame)
    assert unit == "group of neighbourhoods"
    assert joined["name"].tolist() == ["Tŷ Newydd 001", "Tŷ Newydd 002"]
    assert joined["decile"].tolist() == [9, 10]  # of 120 people the 60th lives in tenth 9
    assert joined["geometry"].map(lambda shape: shape.area).tolist() == [3e6, 1e6]
    assert joined["fifth"].isna().all()


def test_neighbourhoods_without_msoas_in_their_names_are_joined_by_district() -> None:
    frame = frame_of(["Pell 1", "Pell 2", "Wick 1"], [1, 3, 8], [float("nan")] * 3)
    frame["area_name"] = ["Pell", "Pell", "Wick"]
    frame["area_code"] = ["X07000001", "X07000001", "X07000002"]
    unit, joined = grouped(frame)
    assert unit == "district"
    assert joined[["code", "name", "decile"]].to_numpy().tolist() == [
        ["X07000001", "Pell", 1],
        ["X07000002", "Wick", 8],
    ]


def read_map(pack: Pack, area: str) -> NeighbourhoodMap | None:
    profile = read_profile(pack, area, comparators=[], indicator_set="marmot")
    return neighbourhood_map(profile, national_spread(profile))


def test_an_area_of_the_pack_is_read_whole_and_most_deprived_first(demo_pack: Pack) -> None:
    shown = read_map(demo_pack, "X07000009")
    assert shown is not None
    rows = demo_pack.small_areas("X07000009").sort_values("rank")
    assert [place.code for place in shown.places] == rows["small_area_code"].tolist()
    assert [place.tenth for place in shown.places] == rows["decile"].tolist()
    assert len(shown.themes) == 8
    assert shown.unit == "neighbourhood"
    assert all(place.full_name.startswith(place.locality) for place in shown.places)


def test_a_county_of_many_neighbourhoods_is_shown_by_district(demo_pack: Pack) -> None:
    shown = read_map(demo_pack, "X10000001")
    assert len(demo_pack.small_areas("X10000001")) > MOST
    assert shown is not None
    assert {place.name for place in shown.places} == {
        district.name for district in demo_pack.districts("X10000001")
    }


def test_there_is_no_map_without_outlines_or_deprivation(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = read_profile(demo_pack, "X07000009", comparators=[], indicator_set="marmot")
    spread = national_spread(profile)
    assert neighbourhood_map(profile, None) is None
    monkeypatch.setattr(Pack, "has", lambda self, table: False)
    assert neighbourhood_map(profile, spread) is None


def scattered(*worst: tuple[float, float]) -> NeighbourhoodMap:
    """A grid of 10 by 10, of which the squares given are the most deprived fifth."""
    at = [(float(column), float(row)) for row in range(10) for column in range(10)]
    places = tuple(
        MapPlace(f"{n}", f"{n}", "", n + 1, (1,), 1 if place in worst else 3)
        for n, place in enumerate(at)
    )
    return NeighbourhoodMap(
        "neighbourhood", ("All",), places, gpd.GeoSeries([square(*place) for place in at])
    )


@pytest.mark.parametrize(
    ("worst", "where"),
    [
        ([(0, 4), (1, 5), (0, 7), (9, 9)], "west"),
        ([(4, 9), (5, 9), (3, 8)], "north"),
        ([(0, 0), (9, 9), (0, 9), (9, 0)], ""),
        ([(4, 4), (5, 5), (4, 5), (5, 4)], "middle"),
        ([], ""),
    ],
)
def test_where_the_most_deprived_lie_is_said_only_where_most_do(
    worst: list[tuple[float, float]], where: str
) -> None:
    assert scattered(*worst).most_deprived_lie == where


def test_names_say_locality_and_number() -> None:
    def named(name: str, locality: str) -> str:
        return MapPlace("", name, locality, 1, (1,), 1).full_name

    assert named("Stevenage 008B", "Bedwell") == "Bedwell 008B"
    assert named("Stevenage 008B", "") == "Stevenage 008B"
    assert named("Kent 001", "Thanet") == "Thanet 001"
    assert named("Harbour side", "Tŷ Newydd") == "Tŷ Newydd Harbour side"
    assert named("Dover", "Dover") == "Dover"


def test_points_lie_inside_their_places() -> None:
    shown = scattered()
    assert np.allclose(shown.points[0], [500, 500])
