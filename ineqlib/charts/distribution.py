"""Where people live on the deprivation scale: the share of the area in each national tenth."""

from typing import Any

from ineqlib.charts.cells import quantity
from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import CHARACTER, TEXT, value_range, wrapped
from ineqlib.charts.theme import DARK_BLUE, ORANGE
from ineqlib.charts.vegalite import (
    Rows,
    Spec,
    amount,
    between,
    fixed,
    inline,
    known,
    layer,
    params,
    records,
    tooltip,
    words,
)
from ineqlib.text import NO_VALUE

ROW = 26
"""Height of a bar's row in pixels."""
WIDTH = 352
"""Width of the whole drawing."""


def distribution(groups: Rows, labels: Labels, *, country: str) -> Figure:
    """Draw the share of an area's people or neighbourhoods in each deprivation group.

    Parameters
    ----------
    groups
        One row per group: `decile` (1 = most deprived), `label`, `share` (per cent), `text` (the
        share in words, written beside the bar), `country_share` (per cent, NaN = none), and for
        the table alone, where given, `count_text`.
    labels
        Title, subtitle, text alternative and source.
    country
        Its name.

    Raises
    ------
    InputError
        When no group has a share.
    """
    rows = sorted(records(groups), key=lambda group: group["decile"])
    low, high = value_range(known(rows, "share", "country_share"), zero=True)
    for place, row in enumerate(rows):
        row |= {
            "row": place,
            "name": wrapped(row["label"], 24, 1),
            "text": row["text"] if "share" in row else NO_VALUE["not_available"],
            "country_text": quantity(row.get("country_share"), "%", 1),
            # Beside the bar, and beyond the country's mark where that stands further out.
            "reach": max(known([row], "share", "country_share"), default=0.0),
        }
    left = int(max(len(row["name"]) for row in rows) * CHARACTER) + 10
    right = int(max(len(row["text"]) for row in rows) * CHARACTER) + 12
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


def _key(rows: list[Spec], country: str) -> list[Spec]:
    if not known(rows, "country_share"):
        return []
    upright = "M-0.4,-1.8H0.4V1.8H-0.4Z"
    return key([Sample(wrapped(country, 30, 1), upright, ORANGE)], left=-6, down=-14)


def _table(rows: list[Spec], country: str) -> Table:
    heads = {"label": "Group", "text": "Share", "count_text": "Count", "country_text": country}
    given = [name for name in heads if known(rows, name)]
    return {heads[name]: [row[name] for row in rows] for name in given}
