"""Where people live on the deprivation scale: the share of the area in each national tenth."""

from typing import Any

import numpy as np
import pandas as pd

from ineqlib.charts.cells import quantity
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import CHARACTER, TEXT, value_range, wrapped
from ineqlib.charts.theme import DARK_BLUE, ORANGE
from ineqlib.charts.vegalite import (
    Spec,
    amount,
    between,
    fixed,
    inline,
    layer,
    params,
    tooltip,
    words,
)
from ineqlib.text import NO_VALUE

ROW = 26
"""Height of a bar's row in pixels."""
WIDTH = 352
"""Width of the whole drawing."""


def distribution(groups: pd.DataFrame, labels: Labels) -> Figure:
    """Draw the share of an area's people or neighbourhoods in each deprivation group.

    Parameters
    ----------
    groups
        One row per group: `decile` (1 = most deprived), `label`, `share` (per cent), `text` (the
        share in words, written beside the bar), `country_share` (per cent, NaN = none), and for
        the table alone, where given, `count_text`.
        `groups.attrs` may name the `country`.
    labels
        Title, subtitle, text alternative and source.

    Raises
    ------
    InputError
        When no group has a share.
    """
    groups = groups.sort_values("decile", ignore_index=True)
    country = groups.attrs.get("country", "England")
    low, high = value_range(groups["share"], groups["country_share"], zero=True)
    names = [wrapped(label, 24, 1) for label in groups["label"]]
    rows = groups.assign(
        row=np.arange(len(groups)),
        name=names,
        text=groups["text"].where(groups["share"].notna(), NO_VALUE["not_available"]),
        country_text=[quantity(share, "%", 1) for share in groups["country_share"]],
    )
    left = int(max(map(len, names)) * CHARACTER) + 10
    right = int(rows["text"].str.len().max() * CHARACTER) + 12
    # Beside the bar, and beyond the country's mark where that stands further out.
    rows["reach"] = rows[["share", "country_share"]].max(axis=1).fillna(0)
    chart = {
        "data": inline(rows),
        "params": params(shares=[low, high], lines=[len(rows) - 0.5, -0.5]),
        "layer": [*_bars(country), *_key(rows, country), *_texts()],
        "width": WIDTH - left - right,
        "height": ROW * len(rows),
        "autosize": "none",
        "padding": {"left": left, "right": right, "top": 28, "bottom": 6},
    }
    return Figure(labels, chart, _table(rows, country))


def _across(field: str) -> Spec:
    return amount(field, scale=between("shares"), axis=None)


LINES = {"y": amount("row", scale=between("lines"), axis=None)}


def _bars(country: str) -> list[Spec]:
    """Draw a bar per group and the country's mark on it."""
    answer = tooltip(label="Group", text="Share", country_text=country)
    shared = {**LINES, "tooltip": answer}
    return [
        layer(
            "bar",
            {**shared, "x": _across("share"), "x2": fixed(0)},
            height=ROW - 8,
            color=DARK_BLUE,
        ),
        layer(
            "tick",
            {**shared, "x": _across("country_share")},
            opacity=1,
            thickness=3,
            height=ROW - 4,
            color=ORANGE,
        ),
    ]


def _texts() -> list[Spec]:
    """Write each group's name before its bar and its share beyond it."""
    style: dict[str, Any] = {"baseline": "middle", "fontSize": TEXT}
    name = {**LINES, "x": fixed(0), "text": words("name")}
    share = {**LINES, "x": _across("reach"), "text": words("text")}
    return [
        layer("text", name, align="right", dx=-6, **style),
        layer("text", share, align="left", dx=6, fontWeight="bold", **style),
    ]


def _key(rows: pd.DataFrame, country: str) -> list[Spec]:
    if rows["country_share"].isna().all():
        return []
    upright = "M-0.4,-1.8H0.4V1.8H-0.4Z"
    return key([Sample(wrapped(country, 30, 1), upright, ORANGE)], left=-6, down=-14)


def _table(rows: pd.DataFrame, country: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Group": rows["label"],
            "Share": rows["text"],
            **({"Count": rows["count_text"]} if "count_text" in rows else {}),
            country: rows["country_text"],
        }
    )
