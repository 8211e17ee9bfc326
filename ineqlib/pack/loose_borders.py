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
    """Tell which shapes have a piece of border that is not a piece of just one other border."""
    parts, shape_of = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    place, _ = pd.factorize(points.view(complex).ravel())
    is_piece = ring_of[:-1] == ring_of[1:]
    start, end = place[:-1][is_piece], place[1:][is_piece]
    piece, _ = pd.factorize(np.minimum(start, end) * len(points) + np.maximum(start, end))
    is_shared = (np.bincount(piece) == 2) & (np.bincount(piece, np.sign(end - start)) == 0)
    own = shape_of[part_of[ring_of[:-1][is_piece][~is_shared[piece]]]]
    return np.isin(np.arange(len(shapes)), own)
