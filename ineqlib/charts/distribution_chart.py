"""Where people live on the deprivation scale: the share of the area in each national tenth."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import CHARACTER, TEXT, value_range, wrapped
from ineqlib.charts.theme import DARK_BLUE, DARK_GREY
from ineqlib.charts.vegalite import (
    LABELLED,
    Spec,
    amount,
    between,
    fixed,
    inline,
    known,
    label,
    layer,
    params,
    words,
)
from ineqlib.facts.deprivation import Tenth
from ineqlib.facts.fact import Fact

ROW = 26
"""Height of a bar's row in pixels."""
WIDTH = 352
"""Width of the whole drawing."""


def distribution(
    tenths: Sequence[Tenth], even: Fact, labels: Labels, *, unit: str, country: str
) -> Figure:
    """Draw the share of an area's people or neighbourhoods in each national tenth.

    Parameters
    ----------
    tenths
        Most deprived first.
    even
        The country's share in each.
    labels
        Title, subtitle, text alternative and source.
    unit
        What is counted.
    country
        Its name.

    Returns
    -------
    Figure
        A bar for each tenth with the country's mark on it, and a table.
    """
    rows = [
        {
            "decile": tenth.decile,
            "row": down,
            "name": wrapped(tenth_name(tenth.decile), 24, 1),
            "share": tenth.share.value,
            "text": tenth.share.text,
            "country_share": even.value,
            **label(
                f"National tenth {tenth_name(tenth.decile)}",
                tenth.share.text,
                f"{country}: {even.text}",
            ),
            # Beside the bar, and beyond the country's mark where that stands further out.
            "reach": max(tenth.share.value, even.value),
        }
        for down, tenth in enumerate(tenths)
    ]
    table = {
        "Group": [tenth_name(tenth.decile) for tenth in tenths],
        "Share": [row["text"] for row in rows],
        "Count": [f"{tenth.amount.text} {_units(unit, tenth.amount)}" for tenth in tenths],
        country: [even.text] * len(rows),
    }
    return Figure(labels, partial(_chart, rows, country), table)


def _units(unit: str, amount: Fact) -> str:
    """Name what is counted, one of them without its "s"."""
    return unit.removesuffix("s") if amount.value == 1 else unit


def tenth_name(decile: int) -> str:
    """Name a national tenth: its number and, at either end, which end it is."""
    return {1: "1 most deprived", 10: "10 least deprived"}.get(decile, str(decile))


def _chart(rows: list[Spec], country: str) -> Spec:
    low, high = value_range(known(rows, "share", "country_share"), zero=True)
    left = int(max(len(row["name"]) for row in rows) * CHARACTER) + 10
    right = int(max(len(row["text"]) for row in rows) * CHARACTER) + 12
    return {
        "data": inline(rows),
        "params": params(shares=[low, high], lines=[len(rows) - 0.5, -0.5]),
        "layer": [*_bars(), *_key(country), *_texts()],
        "width": WIDTH - left - right,
        "height": ROW * len(rows),
        "autosize": "none",
        "padding": {"left": left, "right": right, "top": 28, "bottom": 6},
    }


def _across(field: str) -> Spec:
    return amount(field, scale=between("shares"), axis=None)


LINES = {"y": amount("row", scale=between("lines"), axis=None)}


def _bars() -> list[Spec]:
    """Draw a bar per group and the country's mark on it."""
    return [
        layer(
            "bar",
            {**LINES, **LABELLED, "x": _across("share"), "x2": fixed(0)},
            height=ROW - 8,
            color=DARK_BLUE,
        ),
        layer(
            "tick",
            {**LINES, "x": _across("country_share")},
            opacity=1,
            thickness=3,
            height=ROW - 4,
            color=DARK_GREY,
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


def _key(country: str) -> list[Spec]:
    upright = "M-0.4,-1.8H0.4V1.8H-0.4Z"
    return key([Sample(wrapped(country, 30, 1), upright, DARK_GREY)], left=-6, down=-14)
