"""How each place is drawn: by colour and dash or shape, never by colour alone."""

from collections.abc import Mapping
from typing import Any

from ineqlib.charts.theme import DARK_BLUE, DARK_GREY, DARK_PINK, TURQUOISE
from ineqlib.charts.vegalite import Spec

ROLES: dict[str, tuple[Any, ...]] = {
    "country": (DARK_GREY, [6, 4]),
    "region": (TURQUOISE, [2, 2]),
    "county": (DARK_PINK, [9, 3, 2, 3]),
    "area": (DARK_BLUE, [1, 0]),
}
"""Role -> colour and dash, in drawing order: the area last. Orange, which means worse, is no
place's."""


def look_by(
    field: str, looks: Mapping[str, tuple[Any, ...]], which: int, *, kind: str = "nominal"
) -> Spec:
    """Return an encoding that gives each value of a field its `which`-th look, without a legend.

    Sizes are of kind "ordinal": without an order they would be warned of in the reader's console.
    """
    chosen = [look[which] for look in looks.values()]
    scale = {"type": "ordinal", "domain": list(looks), "range": chosen}
    return {"field": field, "type": kind, "legend": None, "scale": scale}
