"""Whether a rise, or a fall, has turned since, or only brings a figure back to where it was."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ineqlib.facts.evidence import Z95
from ineqlib.facts.noise_of_years import Noise
from ineqlib.facts.rows import Row

LEAST_BACK = 1 / 3
"""Share of a rise, or a fall, that it has gone back by where it is told to have turned."""
FEWEST_BACK = 2
"""Periods in a row that went back."""
FEWEST_EARLIER = 2
"""Periods before those a direction is told from that say where a figure was."""
AS_FAR = 0.5
"""Share of the area's change from which on the country's is told as the same."""


def turning_point(
    rows: Sequence[Row], way: int, noise: Noise | None, country: Mapping[Any, Row]
) -> Row | None:
    """Return where a rise, or a fall, turned: later figures all went back, by more than noise.

    What the country went back by as well is no noise. `way` is 1 of a rise, −1 of a fall, 0 without
    a direction. The rows are oldest first, the country's by what those that can be compared share.
    """
    if noise is None or not way:
        return None
    along = [way * row.value for row in rows]
    furthest = max(range(len(along)), key=along.__getitem__)
    since = along[furthest:]
    back = since[0] - since[-1]
    goes_back = all(later < earlier for earlier, later in pairwise(since))
    if not goes_back or len(since) <= FEWEST_BACK or back < LEAST_BACK * (along[-1] - along[0]):
        return None
    theirs = [country.get(rows[place].when_and_who) for place in (furthest, -1)]
    country_back = way * (theirs[0].value - theirs[1].value) if theirs[0] and theirs[1] else 0.0
    error = noise.error_between([furthest], [len(rows) - 1])
    is_sure = back > Z95 * error or country_back >= AS_FAR * back
    return rows[furthest] if is_sure else None


def is_return(rows: Sequence[Row], recent: int, way: int, noise: Noise | None) -> bool:
    """Whether the last figure lies where those before the `recent` last ones lay already.

    Rows and noise are all that are looked back on, oldest first; `way` is 1 of a rise, −1 of a
    fall.
    """
    earlier = range(len(rows) - recent)
    if noise is None or not way or len(earlier) < FEWEST_EARLIER:
        return False
    total = sum(noise.weight[place] for place in earlier)
    before = sum(noise.weight[place] * rows[place].value for place in earlier) / total
    beyond = way * (rows[-1].value - before)
    return beyond <= Z95 * noise.error_between([len(rows) - 1], earlier)
