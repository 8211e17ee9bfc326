"""The parts a map is drawn with: its frame, its labels, its tiles."""

import re

import numpy as np
import pytest
from shapely import MultiLineString, MultiPolygon, Point, Polygon, box

from ineqlib.charts.map_frame import FINE, Frame
from ineqlib.charts.map_labels import Box, PlacedLabels
from ineqlib.charts.map_tiles import tiles
from ineqlib.charts.overview_map_chart import dissolved


def frame_of(*shapes: object) -> Frame:
    return Frame.around(np.array(shapes, dtype=object), width=100, lowest=50, tallest=200)


def test_the_frame_holds_all_and_north_is_up() -> None:
    frame = frame_of(box(0, 0, 1000, 1000))
    corners = frame.at(np.array([[0.0, 0.0], [1000.0, 1000.0]]))
    (left, low), (right, high) = corners.tolist()
    assert 0 < left < right < frame.width
    assert 0 < high < low < frame.height
    assert frame.ground[0] < 0 and frame.ground[2] > 1000


@pytest.mark.parametrize(
    ("shape", "height"),
    [(box(0, 0, 9000, 100), 50), (box(0, 0, 100, 9000), 200), (Point(5, 5), 100)],
    ids=["flat", "tall", "a point"],
)
def test_a_frame_is_never_too_low_or_too_tall(shape: object, height: int) -> None:
    frame = frame_of(shape)
    assert (frame.width, frame.height) == (100 * FINE, height * FINE)


def walked(path: str) -> list[list[tuple[int, int]]]:
    """Return the points that each ring of a path leads through."""
    rings = []
    for ring in re.findall(r"M([^M]*)z", path):
        numbers = [int(n) for n in re.findall(r"-?\d+", ring)]
        at = np.cumsum(np.array(numbers).reshape(-1, 2), axis=0)
        rings.append([(int(x), int(y)) for x, y in at])
    return rings


def test_a_path_leads_round_the_shape_and_round_its_hole() -> None:
    ring = box(0, 0, 900, 900).difference(box(300, 300, 600, 600))
    frame = frame_of(ring)
    outer, inner = walked(frame.path(ring))
    assert set(outer) == {tuple(p) for p in frame.at(np.array(ring.exterior.coords)).tolist()}
    assert set(inner) == {tuple(p) for p in frame.at(np.array(ring.interiors[0].coords)).tolist()}


def test_neighbours_share_the_points_of_their_border() -> None:
    west, east = box(0, 0, 333, 1000), box(333, 0, 1000, 1000)
    frame = frame_of(west, east)
    (one,), (other,) = walked(frame.path(west)), walked(frame.path(east))
    assert len(set(one) & set(other)) == 2


def test_an_islet_too_small_to_be_seen_is_a_point_still() -> None:
    islets = MultiPolygon([box(0, 0, 90_000, 90_000), box(95_000, 0, 95_001, 1)])
    assert "h2v2h-2z" in frame_of(islets).path(islets)


def test_shapes_written_at_once_are_written_as_each_by_itself() -> None:
    hole = box(0, 0, 900, 900).difference(box(300, 300, 600, 600))
    islets = MultiPolygon([box(0, 0, 400, 400), box(999, 999, 999.1, 999.1)])
    lines = MultiLineString([[(0, 0), (500, 0)], [(0, 9), (0, 500), (300, 500)]])
    shapes = np.array([hole, Polygon(), islets, lines, Point(1, 1), hole], dtype=object)
    frame = frame_of(box(0, 0, 1000, 1000))
    paths = frame.paths(shapes)
    assert paths == [frame.path(shape) for shape in shapes]
    assert [path.count("M") for path in paths] == [2, 0, 2, 2, 0, 2]
    assert [path.count("z") for path in paths] == [2, 0, 2, 0, 0, 2]


def test_labels_do_not_cover_each_other() -> None:
    placed = PlacedLabels(4000, 4000)
    names = [("Ambridge", 2000, 2000, 1e6), ("Borchester", 2010, 2010, 1e6)]
    drawn = placed.names(names)
    assert "Ambridge" in drawn
    assert "Borchester" not in drawn


def test_a_name_wider_than_its_place_is_left_out_and_a_long_one_has_two_lines() -> None:
    placed = PlacedLabels(4000, 4000)
    assert placed.names([("Ambridge", 2000, 2000, 10)]) == ""
    assert placed.names([("Bandley Hill & Poplars", 2000, 1000, 1e6)]).count("<tspan") == 2


def test_names_are_escaped() -> None:
    assert "&lt;b&gt;" in PlacedLabels(4000, 4000).names([("<b>", 2000, 2000, 1e6)])


def test_numbers_that_would_cover_each_other_stand_apart_with_a_line_to_their_place() -> None:
    drawn = PlacedLabels(4000, 4000).numbers([(2000, 2000)] * 3)
    assert re.findall(r">(\d)</text>", drawn) == ["1", "2", "3"]
    assert drawn.count("<path") == 2
    circles = re.findall(r'cx="(-?\d+)" cy="(-?\d+)"', drawn)
    assert len(set(circles)) == 3


def test_boxes_that_only_touch_do_not_meet() -> None:
    assert not Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
    assert Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3))


@pytest.mark.parametrize("count", [1, 2, 7, 54, 302])
def test_each_place_has_a_tile_of_its_own_and_hardly_any_is_empty(count: int) -> None:
    points = np.random.default_rng(count).uniform(0, [3000, 1000], (count, 2))
    placed = tiles(points)
    assert len({tuple(tile) for tile in placed.tolist()}) == count
    columns, rows = placed.max(axis=0) + 1
    assert columns * rows - count < columns
    if count > 50:
        assert columns > rows


def test_tiles_of_a_grid_are_the_grid_whatever_the_order() -> None:
    grid = np.array([(x, y) for y in range(4) for x in range(6)], dtype=float)
    assert tiles(grid).tolist() == [[x, 3 - y] for y in range(4) for x in range(6)]
    mixed = np.random.default_rng(1).permutation(len(grid))
    assert tiles(grid[mixed]).tolist() == tiles(grid)[mixed].tolist()


def test_no_places_no_tiles() -> None:
    assert tiles(np.empty((0, 2))).shape == (0, 2)


def test_shapes_that_overlap_after_thinning_become_one() -> None:
    squares = [box(0, 0, 2, 1), box(1, 0, 3, 1), box(3, 0.5, 4, 2)]
    whole = dissolved(squares)
    assert (whole.geom_type, whole.area) == ("Polygon", 4.5)
