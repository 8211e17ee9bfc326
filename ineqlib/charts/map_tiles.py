"""Places as tiles of one size, each near where it lies: no large place looks more important."""

import math

import numpy as np
from numpy.typing import NDArray


def tiles(points: NDArray[np.float64]) -> NDArray[np.int_]:
    """Give each place (east and north) a tile of a grid (column from the west, row from the north).

    Neighbours stay near each other. The grid is as wide and as high as the places lie. It is halved
    again and again, across its longer side, and the places with it, in the order in which they lie:
    what lies further north (or east) than another place in its part of the map stays so. The same
    places get the same tiles, whatever order they come in, unless two lie at one point.
    """
    count = len(points)
    placed = np.zeros((count, 2), dtype=int)
    if not count:
        return placed
    across, up = np.maximum(np.ptp(points, axis=0), 1.0)
    columns = min(count, max(1, round(math.sqrt(count * across / up))))
    rows = math.ceil(count / columns)
    parts = [(np.arange(count), 0, 0, columns, rows)]
    while parts:
        members, left, top, wide, high = parts.pop()
        if len(members) <= 1 or wide * high == 1:
            placed[members] = left, top
            continue
        by_column = wide >= high
        half = (wide if by_column else high) // 2
        room = half * (high if by_column else wide)
        # Empty tiles are shared out evenly.
        first = math.ceil(len(members) * room / (wide * high))
        first = max(min(first, room), len(members) - (wide * high - room))
        value = points[members, 0] if by_column else -points[members, 1]
        order = members[np.lexsort((points[members, 1], points[members, 0], value))]
        if by_column:
            parts.append((order[:first], left, top, half, high))
            parts.append((order[first:], left + half, top, wide - half, high))
        else:
            parts.append((order[:first], left, top, wide, half))
            parts.append((order[first:], left, top + half, wide, high - half))
    return placed
