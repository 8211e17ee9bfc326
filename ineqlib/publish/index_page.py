"""The index page of a batch: a map and a table of every document, both plain links."""

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from markupsafe import Markup, escape

from ineqlib.document.assets import write_page

_SIDE = 1000
"""Longer side of the map, in units of its drawing."""


def index_html(
    entries: pd.DataFrame,
    shapes: gpd.GeoDataFrame,
    *,
    title: str,
    pack_title: str,
    fictional: bool,
    made_with: str,
) -> str:
    """Write the index page of a batch; it works without JavaScript.

    Parameters
    ----------
    entries
        One row per document in the order to list: `document` (its name), `subject_code`,
        `subject_name`, `href` (relative; empty where there is no page), `summary` (of a failed one:
        why it failed), `status` (shown).
    shapes
        `code`, `geometry` (planar, such as EPSG:27700). Subjects without a shape are in the table
        alone; no shapes, no map. On the map each leads to its first document.
    title, pack_title, fictional, made_with
        The page's words, as in a document.

    Returns
    -------
    str
        The page.
    """
    return write_page(
        "index.html.j2",
        page={
            "kind": "",
            "title": title,
            "pack_title": pack_title,
            "fictional": fictional,
            "made_with": made_with,
        },
        entries=entries.to_dict("records"),
        several=entries["document"].nunique() > 1,
        map=_map(entries.drop_duplicates("subject_code"), shapes),
    )


def _map(entries: pd.DataFrame, shapes: gpd.GeoDataFrame) -> Markup:
    placed = shapes[["code", "geometry"]].merge(entries, left_on="code", right_on="subject_code")
    if placed.empty:
        return Markup("")
    left, bottom, right, top = placed.total_bounds
    scale = _SIDE / max(right - left, top - bottom)
    # North is up in the data and down in a drawing.
    placed["outline"] = placed.geometry.affine_transform(
        [scale, 0, 0, -scale, -left * scale, top * scale]
    )
    areas = "".join(_area(row) for row in placed.itertuples(index=False))
    width, height = (right - left) * scale, (top - bottom) * scale
    return Markup(
        f'<svg class="map" viewBox="-5 -5 {width + 10:.0f} {height + 10:.0f}" role="group" '
        f'aria-label="Map: choose an area">{areas}</svg>'
    )


def _area(row: Any) -> str:
    name, path = escape(row.subject_name), f'<path d="{_path(row.outline)}"/>'
    if not row.href:
        return f'<g class="unavailable"><title>{name}: {escape(row.status)}</title>{path}</g>'
    return f'<a href="{escape(row.href)}" aria-label="{name}"><title>{name}</title>{path}</a>'


def _path(outline: shapely.Geometry) -> str:
    rings = []
    for polygon in shapely.get_parts(outline):
        for ring in (polygon.exterior, *polygon.interiors):
            points = [f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1]]
            rings.append(f"M{'L'.join(points)}Z")
    return "".join(rings)
