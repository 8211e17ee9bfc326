"""Shapes that overlap or leave a gap are counted as looking at every border would count them."""

import numpy as np
import pytest
import shapely

from ineqlib.pack.loose_borders import loose_shapes

GRID = [shapely.box(x, y, x + 1, y + 1) for x in range(6) for y in range(6)]
INNER = GRID[14]


def _with(*changed: shapely.Geometry) -> list[shapely.Geometry]:
    return [shape for shape in GRID if shape != INNER] + list(changed)


@pytest.mark.parametrize(
    ("shapes", "loose"),
    [
        (GRID, 0),
        ([shape.reverse() for shape in GRID[::2]] + GRID[1::2], 0),
        ([shapely.MultiPolygon([shape]) for shape in GRID], 0),
        (_with(), 0),  # a lake
        (_with(shapely.box(2, 2, 3, 3.2)), 4),  # over the border above it
        (_with(shapely.segmentize(INNER, 0.5)), 5),  # points that neighbours do not have
        ([*GRID, INNER], 2),  # there twice
        ([*GRID, shapely.box(2.2, 2.2, 2.8, 2.8)], 1),  # within another
        ([shapely.box(0, 0, 1, 1)], 0),
    ],
)
def test_as_many_shapes_are_loose_as_when_every_border_is_looked_at(shapes, loose):
    areas = np.array(shapes)
    every = ~shapely.is_empty(shapely.coverage_invalid_edges(areas))
    assert loose_shapes(areas) == every.sum() == loose


def test_borders_moved_at_random_are_counted_as_when_every_border_is_looked_at():
    random = np.random.default_rng(5)
    areas = np.array(GRID)
    for _ in range(50):
        moved = areas.copy()
        some = random.choice(len(areas), 3, replace=False)
        shift = random.choice([0.0, 0.25, 1.0])
        moved[some] = shapely.transform(areas[some], lambda points, by=shift: points + by)
        every = ~shapely.is_empty(shapely.coverage_invalid_edges(moved))
        assert loose_shapes(moved) == every.sum()
