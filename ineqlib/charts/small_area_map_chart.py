"""A map of neighbourhoods by deprivation group, tied to a bar for each group."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from topojson import Topology

from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.layout import LINE, TEXT, value_range, wrapped
from ineqlib.charts.theme import DARK_GREY, sequential
from ineqlib.charts.vegalite import (
    LABELLED,
    Spec,
    amount,
    fixed,
    inline,
    known,
    label,
    layer,
    words,
)
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact, value_text

WIDTH, TALLEST, LOWEST = 370, 460, 220
"""Pixels: the map's width, and between what its height may vary with the area's shape."""
PANEL, ROW, HEAD = 250, 40, 40
"""Pixels: the bars' width, a bar's row, the words above the bars."""
STEPS = 1200
"""Points a coordinate is rounded to across the map: finer than a third of a pixel."""
NO_DATA = 0
NO_GROUP = "#BFBFBF"
"""Grey that is not mistaken for the lightest blue."""
PICKED = "picked"
MAP, BARS = "map", "bars"
"""Views that pick."""
DIMMED = 0.25
"""How much of the rest is seen while one group is picked."""


class MapPlace(NamedTuple):
    """One neighbourhood of a map.

    Parameters
    ----------
    group
        1 = most deprived to k; 0 = no data, a class of its own.
    text
        Said where it is pointed at.
    """

    code: str
    name: str
    group: int
    text: str


class MapBar(NamedTuple):
    """One group of neighbourhoods; without a fact it has no bar, and `status` says why."""

    group: int
    label: str
    fact: Fact | None
    status: str = "not_available"


def small_area_map(
    places: Sequence[MapPlace],
    bars: Sequence[MapBar],
    labels: Labels,
    *,
    outlines: Callable[[], gpd.GeoDataFrame],
    value_title: str,
) -> Figure:
    """Draw neighbourhoods by group beside a bar per group; picking one picks out the other.

    Parameters
    ----------
    places
        The neighbourhoods.
    bars
        One for each group, most deprived first.
    labels
        Title, subtitle, text alternative and source.
    outlines
        Returns `code` and `geometry` (British National Grid) of every place; called when the map is
        drawn or brought to life.
    value_title
        What the bars show.

    Returns
    -------
    Figure
        The map beside its bars, and a table of the groups with their neighbourhoods.

    Raises
    ------
    InputError
        When there is no place or no group.
    """
    if not places or not bars:
        raise InputError(
            "There is no neighbourhood to map: the pack has no small-area boundaries or groups for "
            "this area. Show a line of text in its place."
        )
    in_order = sorted(places, key=lambda place: place.code)
    rows = list(bars)
    if any(place.group == NO_DATA for place in places):
        rows.append(MapBar(NO_DATA, "No data", None, "not_applicable"))
    chart = partial(_chart, in_order, rows, outlines, value_title)
    return Figure(labels, chart, _table(in_order, rows))


def _chart(
    places: Sequence[MapPlace],
    bars: Sequence[MapBar],
    outlines: Callable[[], gpd.GeoDataFrame],
    value_title: str,
) -> Spec:
    shapes = outlines().sort_values("code", ignore_index=True)
    rows = _rows(bars)
    names = {bar.group: bar.label for bar in bars}
    drawn = [
        {**place._asdict(), **label(place.name, names.get(place.group, ""), place.text)}
        for place in places
    ]
    topology = _topology(shapes)
    west, south, east, north = shapes.total_bounds
    height = int(np.clip(WIDTH * (north - south) / (east - west), LOWEST, TALLEST))
    height = max(height, HEAD + ROW * len(rows))
    return {
        "hconcat": [_map(topology, drawn, _colour(rows), height), _bars(rows, value_title)],
        "spacing": 24,
        "params": [_picking()],
    }


def _map(topology: Spec, faces: list[Spec], colour: Spec, height: int) -> Spec:
    """Draw the neighbourhoods, each in its group's colour."""
    look_up = {"data": inline(faces), "key": "code", "fields": ["group", "label"]}
    encoding = {
        "color": colour,
        "opacity": _unless_dimmed(),
        **LABELLED,
    }
    return {
        "name": MAP,
        "data": {"values": topology, "format": {"type": "topojson", "feature": "areas"}},
        **layer("geoshape", encoding, stroke=DARK_GREY, strokeWidth=0.35),
        "transform": [{"lookup": "id", "from": look_up}],
        "projection": {"type": "identity", "reflectY": True},
        "width": WIDTH,
        "height": height,
    }


def _rows(bars: Sequence[MapBar]) -> list[Spec]:
    return [
        {
            "group": bar.group,
            "label": bar.label,
            "row": down,
            "name": wrapped(bar.label, 36, 1),
            "text": "" if bar.group == NO_DATA else value_text(bar.fact, bar.status),
            **({"value": bar.fact.value} if bar.fact else {}),
        }
        for down, bar in enumerate(bars)
    ]


def _colour(rows: list[Spec]) -> Spec:
    """Return blues, darkest first, and grey for group 0: a missing group is a class of its own."""
    last = max(row["group"] for row in rows)
    colours = [NO_GROUP, *sequential(last)]
    scale = {"type": "ordinal", "domain": list(range(last + 1)), "range": colours}
    return words("group", scale=scale, legend=None)


def _picking() -> Spec:
    """Return the selection: a click in either view picks a group in both, a double click none."""
    select = {"type": "point", "fields": ["group"], "on": "click", "clear": "dblclick"}
    return {"name": PICKED, "select": select, "views": [MAP, BARS]}


def _unless_dimmed() -> Spec:
    return {"value": DIMMED, "condition": {"param": PICKED, "value": 1}}


def _topology(shapes: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the shapes with shared borders stored once, no finer than the map can show."""
    west, south, east, north = shapes.total_bounds
    step = max(east - west, north - south) / STEPS
    outlines = shapes[["code", "geometry"]].set_index("code")
    outlines = outlines.set_geometry(
        shapely.coverage_simplify(outlines.geometry.to_numpy(), step), crs=shapes.crs
    )
    topology = Topology(outlines, object_name="areas", prequantize=STEPS).to_dict()
    topology.pop("bbox", None)
    for area in topology["objects"]["areas"]["geometries"]:
        area.pop("properties", None)
        area.pop("bbox", None)
    return topology


def _bars(rows: list[Spec], title: str) -> Spec:
    """Draw the groups' bars, which are also the map's key: each has its class's colour and name."""
    values = known(rows, "value")
    low, high = value_range(values, zero=True) if values else (0.0, 1.0)
    across = {"domain": [low, high], "range": [24, PANEL - 70], "nice": False}
    down = {"domain": [len(rows) - 0.5, -0.5], "nice": False, "zero": False}
    at_end = {
        "x": amount("value", scale=across, axis=None),
        "y": amount("row", scale=down, axis=None),
        "opacity": _unless_dimmed(),
    }
    at_start = {**at_end, "x": fixed(0)}
    outline: dict[str, Any] = {"stroke": DARK_GREY, "strokeWidth": 0.75}
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": TEXT}
    has_value, shown = "isValid(datum.value)", words("text")
    swatch = layer(
        "point",
        {**at_start, "fill": _colour(rows)},
        shape="square",
        size=170,
        yOffset=-9,
        xOffset=8,
        **outline,
    )
    name = layer("text", {**at_start, "text": words("name")}, dx=24, dy=-9, **style)
    bar = layer(
        "bar",
        {**at_end, "x2": {"datum": 0}, "color": _colour(rows)},
        height=14,
        yOffset=9,
        **outline,
    )
    text = {**at_end, "text": shown}
    unknown = {**at_start, "text": shown}
    head = layer(
        "text",
        {"x": fixed(0), "y": fixed(0)},
        data=inline(rows[:1]),
        lineBreak="\n",
        lineHeight=LINE,
        text=wrapped(title, 40, 2).split("\n"),
        dy=-28,
        **style,
    )
    return {
        "data": inline(rows),
        "layer": [
            swatch,
            name,
            {"name": BARS, **bar},
            layer("text", text, where=has_value, dx=6, dy=9, fontWeight="bold", **style),
            layer("text", unknown, where=f"!{has_value}", dx=24, dy=9, **style),
            head,
        ],
        "width": PANEL,
        "height": ROW * len(rows),
    }


def _table(places: Sequence[MapPlace], bars: Sequence[MapBar]) -> Table:
    """Return a row per group, with the neighbourhoods in it."""
    names = [[place.name for place in places if place.group == bar.group] for bar in bars]
    return {
        "Group": [bar.label for bar in bars],
        "Value": [value_text(bar.fact, bar.status) for bar in bars],
        "Number of neighbourhoods": [f"{len(of_group):,}" for of_group in names],
        "Neighbourhoods": ["; ".join(of_group) or "None" for of_group in names],
    }
