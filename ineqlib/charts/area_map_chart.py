"""A map of areas by the size of their figures.

Written here, not by Vega, as `small_area_map_chart` is: a script must find each shape by its code.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

import geopandas as gpd
import numpy as np

from ineqlib.charts import theme
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Labels
from ineqlib.charts.map_frame import FINE, Frame
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.text import number

WIDTH, LOWEST, TALLEST, LEGEND = 640, 300, 760, 74
CLASSES = 5
NO_DATA = "#BFBFBF"


def area_map(
    shapes: gpd.GeoDataFrame,
    facts: Mapping[str, Fact],
    labels: Labels,
    *,
    lowest_dark: bool = False,
) -> DrawnFigure:
    """Draw areas in five classes with as many areas each.

    Parameters
    ----------
    shapes
        `code`, `name` and `geometry` (British National Grid).
    facts
        By code; an area without one is grey.
    labels
        Title, subtitle, text alternative and source.
    lowest_dark
        Whether the lowest figures are drawn darkest, as where low is worse.

    Returns
    -------
    DrawnFigure
        The map, and a table of areas.

    Raises
    ------
    InputError
        When there is no shape, or no figure for any.
    """
    if not shapes["code"].isin(list(facts)).any():
        raise InputError("There is no area to map: the pack has no shapes for these areas.")
    edges = class_edges([fact.value for fact in facts.values()])
    order = sorted(facts.values(), key=lambda fact: fact.value, reverse=not lowest_dark)
    table = {
        "Area": [fact.area_name for fact in order],
        "Value": [fact.text for fact in order],
        "95% interval": [interval_text(fact) for fact in order],
    }
    return DrawnFigure(labels, partial(_svg, shapes, facts, edges, lowest_dark, labels), table)


def class_edges(values: Sequence[float]) -> list[float]:
    """Return the edges between classes with as many areas each, as far as figures differ.

    Examples
    --------
    >>> class_edges([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    [2.8, 4.6, 6.4, 8.2]
    """
    shares = np.arange(1, CLASSES) / CLASSES
    return sorted({round(edge, 6) for edge in np.quantile(values, shares).tolist()})


def _svg(
    shapes: gpd.GeoDataFrame,
    facts: Mapping[str, Fact],
    edges: Sequence[float],
    lowest_dark: bool,
    labels: Labels,
) -> str:
    colours = theme.sequential(len(edges) + 1)
    if not lowest_dark:
        colours = colours[::-1]
    geometry = shapes.geometry.to_numpy()
    frame = Frame.around(geometry, width=WIDTH, lowest=LOWEST, tallest=TALLEST)
    thin = frame.thinned(geometry)
    height = LEGEND + frame.height // FINE
    paths = []
    for code, shape in zip(shapes["code"].tolist(), thin, strict=True):
        fact = facts.get(code)
        colour = colours[int(np.searchsorted(edges, fact.value))] if fact else NO_DATA
        said = f"{fact.area_name}: {fact.text}" if fact else "No data"
        paths.append(
            f'<path data-code="{escape(code)}" data-label="{escape(said)}" fill="{colour}" '
            f'd="{frame.path(shape)}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(labels.alt)}" '
        f'font-family="{escape(theme.FONT)}">'
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>{_legend(facts, edges, colours)}'
        f'<g transform="translate(0 {LEGEND}) scale({1 / FINE})" stroke="white" '
        f'stroke-width="1.5">{"".join(paths)}</g></svg>'
    )


def _legend(facts: Mapping[str, Fact], edges: Sequence[float], colours: Sequence[str]) -> str:
    decimals = next(iter(facts.values())).decimals
    values = [fact.value for fact in facts.values()]
    ends = [min(values), *edges, max(values)]
    wide = (WIDTH - 2) / len(colours)
    boxes = "".join(
        f'<rect x="{1 + n * wide:g}" y="8" width="{wide:g}" height="20" fill="{colour}" '
        f'stroke="{theme.DARK_GREY}"/><text x="{1 + (n + 0.5) * wide:g}" y="46" '
        f'text-anchor="middle">{number(ends[n], decimals)} to '
        f"{number(ends[n + 1], decimals)}</text>"
        for n, colour in enumerate(colours)
    )
    return f'<g font-size="13" fill="{theme.TEXT}">{boxes}</g>'
