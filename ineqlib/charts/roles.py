"""How each place is drawn: by colour and dash or shape, never by colour alone."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from ineqlib.charts.theme import DARK_BLUE, DARK_GREY, ORANGE, TURQUOISE

ROLES: dict[str, tuple[Any, ...]] = {
    "country": (DARK_GREY, [6, 4]),
    "region": (TURQUOISE, [2, 2]),
    "county": (ORANGE, [9, 3, 2, 3]),
    "area": (DARK_BLUE, [1, 0]),
}
"""Role -> colour and dash, in drawing order: the area last, on top."""


def by(channel: type, field: str, looks: Mapping[str, tuple[Any, ...]], which: int) -> Any:
    """Return an encoding that gives each value of a field its `which`-th look, without a legend."""
    chosen = [look[which] for look in looks.values()]
    scale = alt.Scale(type="ordinal", domain=list(looks), range=chosen)
    # Sizes without an order would be warned of in the reader's console.
    kind = "ordinal" if channel is alt.Size else "nominal"
    return channel(field, type=kind, legend=None, scale=scale)
