"""Whether what a table says can be true: each row against itself, and the rows together.

``sources`` read, ``plausible`` doubts, and only then a figure enters a pack. Every check is a
small function of a frame. `docs/plausibility.md` lists them, with what each one does.
"""

from ineqlib.sources.plausible.checks import CHECKS
from ineqlib.sources.plausible.counties import county_sums
from ineqlib.sources.plausible.examine import (
    Doubted,
    Examined,
    check_names,
    examine,
    find_doubts,
    with_meaning,
)
from ineqlib.sources.plausible.finding import Check, Context, Ending
from ineqlib.sources.plausible.others import beside, published_ranges
from ineqlib.sources.plausible.places import Names, names_of
from ineqlib.sources.plausible.possible import possible_checks

__all__ = [
    "CHECKS",
    "Check",
    "Context",
    "Doubted",
    "Ending",
    "Examined",
    "Names",
    "beside",
    "check_names",
    "county_sums",
    "examine",
    "find_doubts",
    "names_of",
    "possible_checks",
    "published_ranges",
    "with_meaning",
]
