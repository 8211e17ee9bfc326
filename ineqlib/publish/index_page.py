"""The index page of a batch: a map and a table of every document, both plain links."""

import json
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from ineqlib.charts import theme
from ineqlib.charts.map_frame import FINE, Frame
from ineqlib.charts.map_labels import PlacedLabels
from ineqlib.charts.map_walk import ways_on
from ineqlib.document.assets import index_scripts, write_page
from ineqlib.publish.index_headlines import Headline
from ineqlib.text import plural, with_unit

WIDTH, LOWEST, TALLEST = 704, 300, 800
"""Pixels: the map's width, and between what its height may vary with the areas' shape."""
APART = 40
"""Pixels beside an area without another in which its name may stand."""
LARGER = 5 / 3
"""How much larger names on the map are on a phone (`.map-name` in page.css)."""
NO_FIGURE = "#E8E8E8"
Named = tuple[str, int, int, float]
"""An area's name, where it stands on the map, and the width it may take."""


def index_html(  # noqa: PLR0913 (four of them the page's words)
    entries: pd.DataFrame,
    shapes: gpd.GeoDataFrame,
    *,
    title: str,
    pack_title: str,
    fictional: bool,
    made_with: str,
    headlines: Sequence[Headline] = (),
) -> str:
    """Write the index page of a batch; it is complete without JavaScript.

    Parameters
    ----------
    entries
        One row per document in the order to list: `document` (its name), `subject_code`,
        `subject_name`, `href` (relative; empty where there is no page), `summary` (of a failed one:
        why it failed), `status` (shown).
    shapes
        `code`, `geometry` (planar, such as EPSG:27700). Subjects without a shape are in the table
        alone; no shapes, no map. On the map each leads to its first document that was made.
    title, pack_title, fictional, made_with
        The page's words, as in a document.
    headlines
        What the map may be coloured by, first what it is coloured by where no script runs.

    Returns
    -------
    str
        The page.
    """
    made_first = entries.sort_values("href", key=lambda href: href == "", kind="stable")
    subjects = made_first.drop_duplicates("subject_code")
    first = headlines[0] if headlines else None
    return write_page(
        "index.html.j2",
        scripts=index_scripts(),
        page={
            "kind": "",
            "title": title,
            "pack_title": pack_title,
            "fictional": fictional,
            "made_with": made_with,
        },
        entries=entries.to_dict("records"),
        several=entries["document"].nunique() > 1,
        is_whole=bool((entries["href"] != "").all()),
        is_lacking=any(set(entries["subject_code"]) - set(one.texts) for one in headlines),
        whole=_whole(entries, subjects, first),
        map=_map(subjects, shapes, first),
        legend=_legend(first) if first else "",
        headlines=[
            {
                **headline._asdict(),
                "legend": json.dumps(_keys(headline)),
                "figures": {code: _figure(headline, code) for code in headline.texts},
            }
            for headline in headlines
        ],
        first=first,
    )


def _whole(entries: pd.DataFrame, subjects: pd.DataFrame, first: Headline | None) -> list[str]:
    """Say of all areas together how many there are and between what they lie."""
    made = int((entries["href"] != "").sum())
    of_all = f"{plural(len(subjects), 'area')}, {plural(len(entries), 'document')}"
    words = [f"{of_all}." if made == len(entries) else f"{of_all}, {made:,} of them to read."]
    if first:
        names = dict(zip(subjects["subject_code"], subjects["subject_name"], strict=True))
        low, high = (f"{_figure(first, code)} in {names[code]}" for code in first.ends)
        words.append(f"{first.name}, {first.period}: from {low} to {high}.")
    return words


def _keys(headline: Headline) -> list[str]:
    """Return what each colour of the map stands for, and which of them is the worst."""
    first, *others = headline.legend
    return [f"{first} (worst)" if headline.is_judged and others else first, *others]


def _figure(headline: Headline, code: str) -> str:
    """Return an area's figure with its unit."""
    return with_unit(headline.texts[code], headline.unit)


def _legend(first: Headline) -> Markup:
    keys = _keys(first)
    items = [*zip(keys, theme.sequential(len(keys)), strict=True), ("no figure", NO_FIGURE)]
    return Markup("").join(
        Markup(
            '<li><svg width="20" height="20" aria-hidden="true"><rect width="20" height="20" '
            'fill="{}" stroke="currentColor"/></svg><span>{}</span></li>'
        ).format(colour, words)
        for words, colour in items
    )


def _map(entries: pd.DataFrame, shapes: gpd.GeoDataFrame, first: Headline | None) -> Markup:
    placed = shapes[["code", "geometry"]].merge(entries, left_on="code", right_on="subject_code")
    if placed.empty:
        return Markup("")
    placed = placed.sort_values("subject_name", kind="stable")
    outlines = placed.geometry.to_numpy()
    frame = Frame.around(outlines, width=WIDTH, lowest=LOWEST, tallest=TALLEST)
    rows = placed.assign(next_to=ways_on(outlines)).itertuples(index=False)
    areas = "".join(_area(row, frame, first) for row in rows)
    return Markup(
        f'<svg class="map" viewBox="0 0 {frame.width} {frame.height}" role="group" '
        f'aria-label="Map: choose an area" font-family="{theme.FONT}">{areas}'
        f"{_names(placed, frame)}</svg>"
    )


def _names(placed: gpd.GeoDataFrame, frame: Frame) -> str:
    """Write names of the areas that have room for them, the largest first.

    The name of an area that has no other near it may be wider than itself. Those that would meet
    where names are larger, on a phone, are marked: they are for wide screens.
    """
    inside = placed.geometry.representative_point()
    at = frame.at(np.column_stack([inside.x, inside.y])).tolist()
    bounds = placed.geometry.bounds
    room = 1.15 * frame.metre * (bounds["maxx"] - bounds["minx"])
    around = placed.geometry.envelope.buffer(FINE * APART / frame.metre, join_style="mitre")
    near, _ = placed.sindex.query(around)
    room[np.bincount(near, minlength=len(placed)) == 1] += 2 * FINE * APART
    names = zip(placed["subject_name"], at, room, placed.geometry.area, strict=True)
    by_size = sorted(names, key=lambda named: (-named[3], named[0]))
    largest = [(name, x, y, wide) for name, (x, y), wide, _ in by_size]
    on_phones = _apart_on_phones(largest, frame)
    labels = PlacedLabels(frame.width, frame.height)
    everywhere = labels.names(on_phones)
    others = labels.names(named for named in largest if named not in on_phones)
    return f'{everywhere}<g class="on-wide-screens">{others}</g>'


def _apart_on_phones(largest: Sequence[Named], frame: Frame) -> list[Named]:
    """Return the names that do not meet where they are larger."""
    labels = PlacedLabels(int(frame.width / LARGER), int(frame.height / LARGER))
    return [
        (name, x, y, wide)
        for name, x, y, wide in largest
        if labels.names([(name, int(x / LARGER), int(y / LARGER), wide)])
    ]


def _area(row: Any, frame: Frame, first: Headline | None) -> str:
    name = escape(row.subject_name)
    title, fill = name, NO_FIGURE
    if first and row.subject_code in first.texts:
        title = escape(f"{row.subject_name}: {_figure(first, row.subject_code)}")
        fill = theme.sequential(len(first.legend))[first.classes[row.subject_code]]
    path = f'<path fill="{fill}" d="{frame.path(row.geometry)}"/>'
    data = f'data-code="{escape(row.subject_code)}" data-name="{name}" data-next="{row.next_to}"'
    if not row.href:
        return (
            f'<g class="unavailable" {data}><title>{name}: {escape(row.status)}</title>{path}</g>'
        )
    return f'<a href="{escape(row.href)}" {data}><title>{title}</title>{path}</a>'
