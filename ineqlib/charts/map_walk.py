"""What a script must know to walk a map from place to place (`walk.js` of a page)."""

import numpy as np
from numpy.typing import NDArray

from ineqlib.facts.next_to import next_to
from ineqlib.text import number


def ways_on(shapes: NDArray[np.object_]) -> list[str]:
    """Write for each shape what lies next to it: the way there, its number and how many kilometres.

    Examples
    --------
    >>> import shapely
    >>> west, east = (shapely.box(x, 0, x + 2000, 2000) for x in (0, 2000))
    >>> ways_on(np.array([west, east], dtype=object))
    ['e 1 2.0', 'w 0 2.0']
    """
    return [
        " ".join(
            f"{_letters(near.direction)} {near.place} {number(near.kilometres, 1)}"
            for near in beside
        )
        for beside in next_to(shapes)
    ]


def _letters(direction: str) -> str:
    return "".join(word[0] for word in direction.split("-"))
