"""A map of neighbourhoods by deprivation group, tied to a bar for each group."""

import hashlib
import json
from typing import Any

import altair as alt
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from topojson import Topology

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import LINE, TEXT, value_range, wrapped
from ineqlib.charts.theme import DARK_GREY, sequential
from ineqlib.errors import InputError
from ineqlib.text import NO_VALUE

WIDTH, TALLEST, LOWEST = 370, 460, 220
"""Pixels: the map's width, and between what its height may vary with the area's shape."""
PANEL, ROW, HEAD = 250, 40, 40
"""Pixels: the bars' width, a bar's row, the words above the bars."""
STEPS = 1200
"""Points a coordinate is rounded to across the map: finer than a third of a pixel."""
NO_GROUP = "#BFBFBF"
"""Grey that is not mistaken for the lightest blue."""
PICKED = "picked"
MAP, BARS = "map", "bars_1"
"""Views that pick. Altair numbers the layers of a side-by-side chart: this one is numbered 1."""
DIMMED = 0.25
"""How much of the rest is seen while one group is picked."""


def small_area_map(shapes: gpd.GeoDataFrame, groups: pd.DataFrame, labels: Labels) -> Figure:
    """Draw neighbourhoods by group beside a bar per group; picking one picks out the other.

    Parameters
    ----------
    shapes
        `code`, `name`, `group` (1 = most deprived to k; missing = no data), `text` (shown on
        pointing), `geometry` in British National Grid.
    groups
        One row per group: `group`, `label`, `value` (NaN = none), `text`.
        `groups.attrs["value_title"]` says what the bars show.
    labels
        Title, subtitle, text alternative and source.

    Raises
    ------
    InputError
        When there is no shape or no group.
    """
    if shapes.empty or groups.empty:
        raise InputError(
            "There is no neighbourhood to map: the pack has no small-area boundaries or groups for "
            "this area. Show a line of text in its place."
        )
    shapes = shapes.sort_values("code", ignore_index=True)
    group = shapes["group"].astype("Float64").fillna(0).astype(int)
    rows = _rows(groups, has_gaps=bool((group == 0).any()))
    topology = _topology(shapes)
    name = "topology-" + hashlib.sha256(json.dumps(topology).encode()).hexdigest()[:16]
    faces = pd.DataFrame({column: shapes[column] for column in ("code", "name", "text")})
    west, south, east, north = shapes.total_bounds
    height = int(np.clip(WIDTH * (north - south) / (east - west), LOWEST, TALLEST))
    height = max(height, HEAD + ROW * len(rows))
    map_ = (
        alt.Chart(
            alt.NamedData(name=name, format=alt.TopoDataFormat(type="topojson", feature="areas"))
        )
        .mark_geoshape(stroke=DARK_GREY, strokeWidth=0.35)
        .encode(
            color=_colour(rows),
            opacity=_unless_dimmed(),
            tooltip=[
                alt.Tooltip("name", type="nominal", title="Neighbourhood"),
                alt.Tooltip("label", type="nominal", title="Group"),
                alt.Tooltip("text", type="nominal", title="Detail"),
            ],
        )
        .transform_lookup(
            lookup="id",
            from_=alt.LookupData(
                data=faces.assign(group=group, label=group.map(rows.set_index("group")["label"])),
                key="code",
                fields=["name", "group", "label", "text"],
            ),
        )
        .project(type="identity", reflectY=True)
        .properties(name=MAP, width=WIDTH, height=height)
    )
    chart = alt.hconcat(
        map_,
        _bars(rows, str(groups.attrs.get("value_title", ""))),
        spacing=24,
        datasets={name: topology},
        params=[_picking()],
    )
    return Figure(labels, chart, _table(shapes, group, rows))


def _rows(groups: pd.DataFrame, *, has_gaps: bool) -> pd.DataFrame:
    """Return the groups in order, then "no data" where a neighbourhood has no group."""
    rows = groups.sort_values("group", ignore_index=True)[["group", "label", "value", "text"]]
    rows["text"] = rows["text"].where(rows["value"].notna(), NO_VALUE["not_available"])
    if has_gaps:
        rows.loc[len(rows)] = [0, "No data", np.nan, ""]
    rows["row"] = np.arange(len(rows))
    rows["name"] = [wrapped(label, 36, 1) for label in rows["label"]]
    return rows


def _colour(rows: pd.DataFrame) -> alt.Color:
    """Return blues, darkest first, and grey for group 0: a missing group is a class of its own."""
    last = int(rows["group"].max())
    scale = alt.Scale(
        type="ordinal", domain=list(range(last + 1)), range=[NO_GROUP, *sequential(last)]
    )
    return alt.Color("group", type="nominal", scale=scale, legend=None)


def _picking() -> alt.TopLevelSelectionParameter:
    """Return the selection: a click in either view picks a group in both, a double click none."""
    select = alt.PointSelectionConfig(type="point", fields=["group"], on="click", clear="dblclick")
    return alt.TopLevelSelectionParameter(name=PICKED, select=select, views=[MAP, BARS])


def _unless_dimmed() -> alt.OpacityValue:
    return alt.OpacityValue(DIMMED, condition={"param": PICKED, "value": 1})


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


def _bars(rows: pd.DataFrame, title: str) -> Any:
    """Draw the groups' bars, which are also the map's key: each has its class's colour and name."""
    has_values = rows["value"].notna().any()
    low, high = value_range(rows["value"], zero=True) if has_values else (0.0, 1.0)
    base = alt.Chart().encode(
        x=alt.X(
            "value",
            type="quantitative",
            scale=alt.Scale(domain=[low, high], range=[24, PANEL - 70], nice=False),
            axis=None,
        ),
        y=alt.Y(
            "row",
            type="quantitative",
            scale=alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False, zero=False),
            axis=None,
        ),
        opacity=_unless_dimmed(),
    )
    outline: dict[str, Any] = {"stroke": DARK_GREY, "strokeWidth": 0.75}
    word: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": TEXT}
    swatch = base.mark_point(shape="square", size=170, yOffset=-9, xOffset=8, **outline)
    name = base.mark_text(dx=24, dy=-9, **word)
    bar = base.mark_bar(height=14, yOffset=9, **outline)
    text = base.transform_filter("isValid(datum.value)").mark_text(
        dx=6, dy=9, fontWeight="bold", **word
    )
    unknown = base.transform_filter("!isValid(datum.value)").mark_text(dx=24, dy=9, **word)
    head = alt.Chart(rows.head(1)).mark_text(
        lineBreak="\n", lineHeight=LINE, text=wrapped(title, 40, 2).split("\n"), dy=-28, **word
    )
    shown = alt.Text("text", type="nominal")
    return alt.layer(
        swatch.encode(x=alt.XValue(0), fill=_colour(rows)),
        name.encode(x=alt.XValue(0), text=alt.Text("name", type="nominal")),
        bar.encode(x2=alt.X2(datum=0), color=_colour(rows)).properties(name=BARS),
        text.encode(text=shown),
        unknown.encode(x=alt.XValue(0), text=shown),
        head.encode(x=alt.XValue(0), y=alt.YValue(0)),
        data=rows,
        width=PANEL,
        height=ROW * len(rows),
    )


def _table(shapes: gpd.GeoDataFrame, group: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row per group, with the neighbourhoods in it."""
    names = shapes["name"].groupby(group)
    return pd.DataFrame(
        {
            "Group": rows["label"],
            "Value": rows["text"].where(rows["group"] > 0, NO_VALUE["not_applicable"]),
            "Number of neighbourhoods": [f"{(group == which).sum():,}" for which in rows["group"]],
            "Neighbourhoods": rows["group"].map(names.agg("; ".join)).fillna("None"),
        }
    )
