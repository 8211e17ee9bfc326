"""A map of areas by the size of their figures.

Written here, not by Vega, as `small_area_map_chart` is: a script must find each shape by its code.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html import escape
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from ineqlib.charts import theme
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Labels
from ineqlib.charts.map_frame import FINE, Frame
from ineqlib.charts.map_labels import PlacedLabels
from ineqlib.charts.map_legend import hatching
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact, interval_text, value_text
from ineqlib.text import SHORTHAND, number

WIDTH, LOWEST, TALLEST, LEGEND = 640, 300, 760, 74
CLASSES = 5
LARGEST, CHARACTER = 18, 0.6
"""Of the words of the legend: pixels, and how wide a character is for its height."""
NO_DATA = "#BFBFBF"
WITHHELD = "suppressed"


def area_map(  # noqa: PLR0913 (options of one picture, by keyword)
    shapes: gpd.GeoDataFrame,
    facts: Mapping[str, Fact],
    labels: Labels,
    *,
    statuses: Mapping[str, str] | None = None,
    lowest_dark: bool = False,
    among: Iterable[Fact] = (),
    clusters: Mapping[str, str] | None = None,
    numbered: Sequence[str] = (),
) -> DrawnFigure:
    """Draw areas in five classes with as many areas each; beside it a table of areas.

    `shapes` have code, name and geometry (British National Grid). An area without a fact is grey,
    or hatched where its status is that it is withheld. `among` are all figures to put into classes,
    where several maps share these; `clusters` say in words in which cluster an area is, which gets
    a thick line; the areas `numbered` bear 1, 2, 3 ..., and the subtitle says what they are.
    """
    if not shapes["code"].isin(list(facts)).any():
        raise InputError("There is no area to map: the pack has no shapes for these areas.")
    classes = _Classes.of(list(among) or list(facts.values()), lowest_dark=lowest_dark)
    without = _without(shapes, facts, statuses or {})
    order = sorted(facts.values(), key=lambda fact: fact.value, reverse=not lowest_dark)
    table = {
        "Area": [*(fact.area_name for fact in order), *(place.name for place in without.values())],
        "Value": [
            *(fact.text for fact in order),
            *(value_text(None, place.status) for place in without.values()),
        ],
    }
    if any(fact.limits for fact in order):
        table["95% interval"] = [*map(interval_text, order), *["[z]"] * len(without)]
    if clusters:
        codes = [*(fact.area_code for fact in order), *without]
        table["Cluster"] = [clusters.get(code, "no") for code in codes]
    marked = (clusters or {}, numbered)
    draw = partial(_svg, shapes, facts, without, classes, labels, marked)
    return DrawnFigure(labels, draw, table)


class _Classes(NamedTuple):
    """Classes of figures."""

    edges: list[float]
    ranges: list[str]
    """The lowest and the highest figure of each in words, once where they read the same."""
    lowest_dark: bool

    @classmethod
    def of(cls, facts: Sequence[Fact], *, lowest_dark: bool) -> "_Classes":
        edges = class_edges([fact.value for fact in facts])
        inside: list[list[Fact]] = [[] for _ in range(len(edges) + 1)]
        for fact in sorted(facts, key=lambda fact: fact.value):
            inside[bisect_left(edges, fact.value)].append(fact)
        ends = ((own[0], own[-1]) for own in inside)
        return cls(
            edges, [" to ".join(dict.fromkeys(map(_plain, pair))) for pair in ends], lowest_dark
        )


def _plain(fact: Fact) -> str:
    return number(fact.value, fact.decimals)


class _Without(NamedTuple):
    """An area with a shape and no figure."""

    name: str
    status: str

    @property
    def label(self) -> str:
        """Its name, and why it has no figure."""
        reason = SHORTHAND[value_text(None, self.status)]
        return f"{self.name}: no figure, {reason}"


def _without(
    shapes: gpd.GeoDataFrame, facts: Mapping[str, Fact], statuses: Mapping[str, str]
) -> dict[str, _Without]:
    names = sorted(zip(shapes["name"], shapes["code"], strict=True))
    return {
        code: _Without(name, statuses.get(code, "not_available"))
        for name, code in names
        if code not in facts
    }


def class_edges(values: Sequence[float]) -> list[float]:
    """Return the highest figure of each class but the last, with as many areas each.

    Equal figures are of one class, so that there may be fewer than five. Edges are figures
    themselves: no rounding puts one on the wrong side.

    Examples
    --------
    >>> class_edges([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), class_edges([5, 5, 5])
    ([2, 4, 6, 8], [])
    """
    shares = np.arange(1, CLASSES) / CLASSES
    edges = set(np.quantile(values, shares, method="inverted_cdf").tolist())
    return sorted(edges - {max(values)})


def _svg(
    shapes: gpd.GeoDataFrame,
    facts: Mapping[str, Fact],
    without: Mapping[str, _Without],
    classes: _Classes,
    labels: Labels,
    marked: tuple[Mapping[str, str], Sequence[str]],
) -> str:
    clusters, numbered = marked
    colours = theme.sequential(len(classes.ranges))
    if not classes.lowest_dark:
        colours = colours[::-1]
    geometry = shapes.geometry.to_numpy()
    frame = Frame.around(geometry, width=WIDTH, lowest=LOWEST, tallest=TALLEST)
    thin = frame.thinned(geometry)
    height = LEGEND + frame.height // FINE
    hatched = f"url(#{labels.id}--hatched-map)"
    paths = []
    for code, shape in zip(shapes["code"].tolist(), thin, strict=True):
        if code in facts:
            fact = facts[code]
            fill = colours[bisect_left(classes.edges, fact.value)]
            said = f"{fact.area_name}: {fact.text}"
        else:
            fill = hatched if without[code].status == WITHHELD else NO_DATA
            said = without[code].label
        said += f" ({clusters[code]})" if code in clusters else ""
        paths.append(
            f'<path data-code="{escape(code)}" data-label="{escape(said)}" fill="{fill}" '
            f'd="{frame.path(shape)}"/>'
        )
    inside = np.array([code in clusters for code in shapes["code"]], dtype=bool)
    line = f'<path d="{frame.path(shapely.union_all(thin[inside]))}"/>' if inside.any() else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="area-map" width="{WIDTH}" '
        f'height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(labels.alt)}" font-family="{escape(theme.FONT)}">'
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>{_legend(classes.ranges, colours)}'
        f"{_legend_without(without, labels.id, clusters=bool(clusters))}"
        f'<g transform="translate(0 {LEGEND}) scale({1 / FINE})" stroke="white" '
        f'stroke-width="1.5">{"".join(paths)}'
        f'<g fill="none" stroke="{theme.TEXT}" stroke-width="12">{line}</g>'
        f"{_numbers(shapes, numbered, frame)}</g></svg>"
    )


def _numbers(shapes: gpd.GeoDataFrame, numbered: Sequence[str], frame: Frame) -> str:
    """Write 1, 2, 3 ... on some areas, in their order."""
    by_code = dict(zip(shapes["code"], shapes.geometry, strict=True))
    inside = [shapely.point_on_surface(by_code[code]) for code in numbered if code in by_code]
    if not inside:
        return ""
    points = frame.at(shapely.get_coordinates(np.array(inside, dtype=object))).tolist()
    placed = PlacedLabels(frame.width, frame.height).numbers((x, y) for x, y in points)
    # The borders of areas are white; the marks have lines of their own.
    return f'<g stroke="none">{placed}</g>'


def _legend(ranges: Sequence[str], colours: Sequence[str]) -> str:
    wide = (WIDTH - 2) / len(colours)
    boxes = "".join(
        f'<rect x="{1 + n * wide:g}" y="8" width="{wide:g}" height="20" fill="{colour}" '
        f'stroke="{theme.DARK_GREY}"/><text x="{1 + (n + 0.5) * wide:g}" y="46" '
        f'text-anchor="middle">{words}</text>'
        for n, (colour, words) in enumerate(zip(colours, ranges, strict=True))
    )
    # A phone shows the map whole, at half its size: its words are as large as their boxes allow.
    size = min(LARGEST, wide / (CHARACTER * max(map(len, ranges))))
    return f'<g font-size="{size:.3g}" fill="{theme.TEXT}">{boxes}</g>'


def _legend_without(without: Mapping[str, _Without], figure: str, *, clusters: bool) -> str:
    """Say what is grey, what is hatched and what has a line around it, as far as there is any."""
    is_withheld = [place.status == WITHHELD for place in without.values()]
    keys = []
    if clusters:
        keys.append(("none", "In a cluster"))
    if not all(is_withheld):
        keys.append((NO_DATA, "No data"))
    if any(is_withheld):
        keys.append((f"url(#{figure}--hatched)", "Withheld by the publisher"))
    boxes = "".join(
        f'<rect x="{1 + 150 * n}" y="56" width="12" height="12" fill="{fill}" '
        f'stroke="{theme.TEXT if fill == "none" else theme.DARK_GREY}" '
        f'stroke-width="{2 if fill == "none" else 1}"/>'
        f'<text x="{20 + 150 * n}" y="68">{words}</text>'
        for n, (fill, words) in enumerate(keys)
    )
    pattern = hatching(figure) * any(is_withheld)
    return f'{pattern}<g font-size="16" fill="{theme.TEXT}">{boxes}</g>'
