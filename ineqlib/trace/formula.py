"""The formula and the citation behind how a figure was computed."""

from ineqlib.measures.methods import METHODS
from ineqlib.measures.registry import Method

_BY_WORDS = {
    "arriaga's decomposition": "arriaga",
    "value of the fitted line": "sii",
    "change a year of the slope": "slope_trend",
}
"""Words of a figure's method that name a documented one otherwise than by its title."""


def formula_of(method: str) -> Method | None:
    """Return the documented method that a figure's own words name; None where they name none.

    Examples
    --------
    >>> formula_of("SII across 5 groups: slope index of inequality, linear scale").name
    'sii'
    >>> formula_of("lowest of 35 areas")
    """
    words = method.casefold()
    titles = [row for row in METHODS.values() if f": {row.title.casefold()}," in f": {words},"]
    if titles:
        return max(titles, key=lambda row: len(row.title))
    return next((METHODS[name] for said, name in _BY_WORDS.items() if said in words), None)
