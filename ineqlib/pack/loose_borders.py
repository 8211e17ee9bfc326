"""Shapes whose borders are not those of their neighbours: they overlap, or leave a gap."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray


def loose_shapes(shapes: NDArray[np.object_]) -> int:
    """Count the shapes that overlap a neighbour or leave a gap.

    Looking for that takes as long as reading a map. A shape each piece of whose border is a piece
    of one neighbour's as well, the other way round, is known to do neither, and most do not.
    """
    perhaps = _with_border_of_its_own(shapes)
    nearby = np.unique(shapely.STRtree(shapes).query(shapes[perhaps])[1])
    loose = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes[nearby]))
    return int((loose & perhaps[nearby]).sum())


def _with_border_of_its_own(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which shapes have a piece of border that is not a piece of just one other border.

    Of a million points each array takes megabytes, so that it is let go of once it has been used.
    """
    points, ring_of, shape_of = _borders(shapes)
    count = len(points)
    place, _ = pd.factorize(points.view(complex).ravel())
    del points
    is_piece = ring_of[:-1] == ring_of[1:]
    shape_of = shape_of[ring_of[:-1][is_piece]]
    del ring_of
    start, end = place[:-1][is_piece], place[1:][is_piece]
    del place, is_piece
    way = np.sign(end - start).astype(np.int8)
    ends = np.minimum(start, end) * count + np.maximum(start, end)
    del start, end
    piece, _ = pd.factorize(ends)
    del ends
    is_shared = (np.bincount(piece) == 2) & (np.bincount(piece, way) == 0)
    return np.isin(np.arange(len(shapes)), shape_of[~is_shared[piece]])


def _borders(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the points of all borders, the number of the ring of each, and each ring's shape."""
    parts, shape_of = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    del parts
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    return points, ring_of, shape_of[part_of]
