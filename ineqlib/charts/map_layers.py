"""What a map of neighbourhoods can be coloured by: national tenths, and figures of any indicator.

A layer says of each place which class it is in: a number of the legend's, or why it has none.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ineqlib.facts.local_figures import LocalFigure, LocalFigures
from ineqlib.facts.neighbourhoods import MapFigures, NeighbourhoodMap
from ineqlib.text import NO_VALUE, number

TENTHS = ("1 and 2", "3 and 4", "5 and 6", "7 and 8", "9 and 10")
"""National tenths of each class, most deprived first: five that can be told apart."""
WITHHELD, NO_DATA = "c", "x"
"""Classes of places without a figure."""
WITHOUT = {WITHHELD: "Withheld", NO_DATA: "No data"}
UNITS = {"ward": "wards", "msoa": "MSOAs", "lsoa": "LSOAs"}


@dataclass(frozen=True)
class Layer:
    """One thing a map can be coloured by."""

    name: str
    """Heading of its column in the map's table, and what it is chosen by."""
    title: str
    """What stands over the legend."""
    classes: str
    """A character for each place: the number of its colour, darkest first, or one of `WITHOUT`."""
    labels: tuple[str, ...]
    """Of each colour; empty where no place has it."""
    ends: tuple[str, str]
    """What the first and the last colour are, in words."""
    texts: tuple[str, ...]
    """What the table says of each place."""
    is_tenth: bool = False
    """Whether that is a national tenth."""


def class_of(tenth: int | None) -> int | None:
    """Return the class of a national tenth, from 0 for the most deprived.

    Examples
    --------
    >>> class_of(1), class_of(2), class_of(10), class_of(None)
    (0, 0, 4, None)
    """
    return None if tenth is None else (tenth - 1) // 2


def layers(shown: NeighbourhoodMap) -> list[Layer]:
    """Return all that a map can be coloured by, deprivation as a whole first."""
    return [
        *(_of_tenths(shown, at) for at in range(len(shown.themes))),
        *map(_of_figures, shown.figures),
    ]


def for_script(shown: Sequence[Layer]) -> str:
    """Write what a script needs to know of the layers besides their columns in the table."""
    return json.dumps(
        [
            {
                "title": layer.title,
                "classes": layer.classes,
                "labels": layer.labels,
                "ends": layer.ends,
                "tenth": layer.is_tenth,
            }
            for layer in shown
        ]
    )


def _of_tenths(shown: NeighbourhoodMap, at: int) -> Layer:
    tenths = [place.tenths[at] for place in shown.places]
    kinds = [class_of(tenth) for tenth in tenths]
    return Layer(
        shown.themes[at],
        f"National tenth: {shown.themes[at].lower()}",
        "".join(NO_DATA if kind is None else str(kind) for kind in kinds),
        TENTHS,
        ("most deprived", "least deprived"),
        tuple("[z]" if tenth is None else str(tenth) for tenth in tenths),
        is_tenth=True,
    )


def _of_figures(figures: MapFigures) -> Layer:
    local, of_places = figures.local, figures.of_places
    upside_down = local.indicator.polarity == "favourable"
    values = [figure.fact.value for figure in local.figures if figure.fact]
    sign = 1 if upside_down else -1
    kinds = dict(zip(values, _fifths(sign * np.array(values)), strict=True))
    name = column_of(local)
    ends = ("lowest", "highest") if upside_down else ("highest", "lowest")
    unit = f" ({local.indicator.unit})" if local.indicator.unit else ""
    return Layer(
        name,
        f"{local.name}{unit}, {local.period}",
        "".join(_kind(figure, kinds) for figure in of_places),
        tuple(_label(local, kinds, kind) for kind in range(len(TENTHS))),
        ends,
        tuple(figure.text if figure else NO_VALUE["not_available"] for figure in of_places),
    )


def column_of(local: LocalFigures) -> str:
    """Name the column of some figures: of what, of which places and when."""
    return f"{local.name}, {UNITS[local.unit]}, {local.period}"


def _fifths(values: np.ndarray) -> list[int]:
    """Put values into at most five classes of about as many each, the lowest first.

    Equal values are of one class. Of fewer than five different values each has its own.

    Examples
    --------
    >>> _fifths(np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    >>> _fifths(np.array([7.0, 1, 7]))
    [1, 0, 1]
    """
    different = np.unique(values)
    if len(different) <= len(TENTHS):
        return [int(kind) for kind in np.searchsorted(different, values)]
    first_of_equals = np.searchsorted(np.sort(values), values)
    return [int(kind) for kind in first_of_equals * len(TENTHS) // len(values)]


def _kind(figure: LocalFigure | None, kinds: dict[float, int]) -> str:
    if figure and figure.fact:
        return str(kinds[figure.fact.value])
    return WITHHELD if figure and figure.status == "suppressed" else NO_DATA


def _label(local: LocalFigures, kinds: dict[float, int], kind: int) -> str:
    """Write the range of the figures of a class."""
    inside = [value for value, own in kinds.items() if own == kind]
    if not inside:
        return ""
    ends = [number(end, local.indicator.decimals) for end in (min(inside), max(inside))]
    return " to ".join(dict.fromkeys(ends))
