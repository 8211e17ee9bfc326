"""How the spine's marks look, and where its rows and marks stand."""

from collections.abc import Sequence
from math import isnan

from ineqlib.charts.layout import LINE, shortened, wrapped
from ineqlib.charts.roles import ROLES
from ineqlib.charts.spine_rows import SpineRow
from ineqlib.charts.theme import CONTEXT, DARK_BLUE, DARK_GREY, GRID, ORANGE
from ineqlib.charts.vegalite import Spec, label
from ineqlib.text import upper_first

ROW, AIR = 34, 8
"""Pixels: the least height of a row, the air above and below a name that needs more."""
NAME = 28
"""Characters in a line of an indicator's name: on a phone the bars must begin in sight."""
NAMES, VALUES, PLOT, VERDICTS = 176, 152, 270, 130
"""Widths in pixels, left to right: indicator, the two values, the bars, the verdict in words."""
LEFT = NAMES + VALUES
HEAD = 100
"""Height of the key and the column heads."""
VERDICT = 19
"""Characters in a line of the verdict's column."""

LOOKS = {
    "better": ("circle", DARK_BLUE, DARK_BLUE, "Better"),
    "similar": ("circle", "white", DARK_GREY, "Similar"),
    "worse": ("diamond", ORANGE, DARK_GREY, "Worse"),
    "no interval": ("square", "white", CONTEXT, "No interval"),
    "no judgement": ("cross", CONTEXT, CONTEXT, "Neither better nor worse"),
    "older": ("circle", GRID, CONTEXT, "Older figure"),
}
"""Look -> shape, fill and outline of the area's mark, and its words in the key. What is judged
stands out; the rest is grey."""
PLACES = {"county_position": ROLES["county"][0], "region_position": ROLES["region"][0]}
"""Another place marked on a row -> its colour."""
BARS = {
    ("lowest", "highest"): ("Lowest to highest area", "#E4E4E4", 1.0),
    ("neighbour_low", "neighbour_high"): ("Similar areas", "#BDBDBD", 1.0),
}
"""Ranges drawn behind -> name, colour, opacity."""
POSITIONS = [
    "position",
    "position_lower",
    "position_upper",
    *PLACES,
    *(x for pair in BARS for x in pair),
]
SHOWN = ["value_text", "country_text", "look"]
"""Written on a row."""


def placed_rows(rows: Sequence[SpineRow], area: str, country: str) -> tuple[list[Spec], list[Spec]]:
    """Return the rows, and the objectives' headings, with the line `y` each stands on."""
    placed: list[Spec] = []
    headings: list[Spec] = []
    objective, foot = "", 0
    for row in rows:
        name = _name(row.indicator, row.period)
        said = [wrapped(row.verdict, VERDICT, 3), row.rank_text.replace(" (", "\n(")]
        verdict = "\n".join(filter(None, said))
        name_lines, verdict_lines = (text.count("\n") + 1 for text in (name, verdict))
        tall = max(max(name_lines, verdict_lines) * LINE + AIR, ROW)
        if row.objective != objective:
            objective = row.objective
            headings.append({"text": objective, "y": foot + ROW - 0.35 * ROW})
            foot += ROW
        foot += tall
        y = foot - tall / 2
        placed.append(
            {
                **{column: getattr(row, column) for column in SHOWN},
                "y": y,
                "foot": foot,
                "name": name,
                # Vega puts the first line, not the block, at the position it is given.
                "name_y": y - (name_lines - 1) * LINE / 2,
                "verdict": verdict,
                "verdict_y": y - (verdict_lines - 1) * LINE / 2,
                "bold": row.look in ("better", "worse"),
                "neutral": row.is_neutral,
                **label(
                    f"{row.indicator} ({row.period})",
                    f"{area}: {row.value_text}",
                    f"{country}: {row.country_text}",
                    upper_first(row.verdict),
                    row.rank_text,
                ),
                **_positions(row),
            }
        )
    return placed, headings


def _positions(row: SpineRow) -> dict[str, float]:
    positions = {name: getattr(row, name) for name in POSITIONS}
    return {name: min(max(x, -1.0), 1.0) for name, x in positions.items() if not isnan(x)}


def _name(indicator: str, period: str) -> str:
    """Return the words of a row, the period on one line."""
    unbroken = f"({period})".replace(" ", "\N{NO-BREAK SPACE}")
    words = f"{shortened(indicator, 74 - len(period))} {unbroken}"
    return wrapped(words, NAME, 3).replace("\N{NO-BREAK SPACE}", " ")
