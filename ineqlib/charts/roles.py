"""How each place is drawn in every chart: by colour and dash, never by colour alone."""

from typing import Any

import altair as alt

from ineqlib.charts.theme import DARK_BLUE, DARK_GREY, ORANGE, TURQUOISE

ROLES = ["country", "region", "county", "area"]
"""In drawing order: the area last, on top."""
COLOURS = {"country": DARK_GREY, "region": TURQUOISE, "county": ORANGE, "area": DARK_BLUE}
DASHES = {"country": [6, 4], "region": [2, 2], "county": [9, 3, 2, 3], "area": [1, 0]}


def by_role(channel: type, looks: dict[str, Any]) -> Any:
    """Return an encoding that gives each `role` its look, without a legend."""
    scale = alt.Scale(type="ordinal", domain=list(looks), range=list(looks.values()))
    return channel("role", type="nominal", legend=None, scale=scale)
