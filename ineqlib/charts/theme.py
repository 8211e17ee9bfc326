"""Colours, type and chart defaults, after the Government Analysis Function's chart guidance.

For anybody's Altair charts: `enable` puts them in this theme, and `categorical`, `sequential` and
`diverging` give its colours. The package's own figures hand `CONFIG` to Vega-Lite beside a
specification, never inside it, so that it is known once however many charts there are.

Examples
--------
>>> import ineqlib as iq
>>> iq.charts.theme.categorical(2)
['#12436D', '#F46A25']
"""

from itertools import pairwise
from typing import Any

from ineqlib.errors import ParameterError

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
"""Enough contrast for marks (3:1), not for text."""
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"
MID_BLUE = "#2073BC"
LIGHT_BLUE = "#6BACE6"
"""Less than 3:1 on white: only with an outline."""

TEXT = "#0B0C0C"
SECONDARY_TEXT = "#505A5F"
CONTEXT = "#767676"
"""Background series and reference lines: 4.5:1 on white, so they may carry a label."""
GRID = "#D9D9D9"
NO_DATA = "#E8E8E8"
BORDER = "#FFFFFF"

CATEGORICAL = [DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE]
_SEQUENTIAL_STOPS = [DARK_BLUE, MID_BLUE, LIGHT_BLUE, "#DCEBF9"]
_DIVERGING_STOPS = ["#7A2E00", "#E08A4F", "#F3F2F1", LIGHT_BLUE, DARK_BLUE]

FONT = "Arial, Helvetica, sans-serif"
FONT_SIZE = 14
WIDTH = 720
"""Plot width that, with an axis, fills a page column (about 830 pixels); long labels need less."""
HEIGHT = 320


def enable() -> None:
    """Draw every Altair chart from now on in this theme, and without the internet.

    In a notebook, Altair by itself loads its scripts from an address. With this theme they come
    from this machine: a chart is live where widgets are, and an SVG picture elsewhere, as in a
    notebook that was exported. ``altair.theme.enable("default")`` ends the one,
    ``altair.renderers.enable("default")`` the other.

    Examples
    --------
    >>> enable()
    >>> import altair
    >>> altair.theme.active
    'ineqlib'
    >>> _ = altair.theme.enable("default"), altair.renderers.enable("default")
    """
    import altair  # noqa: PLC0415 (half a second, and the package's own charts do without)

    altair.theme.register("ineqlib", enable=True)(options)
    altair.renderers.register("ineqlib", _shown_offline)
    altair.renderers.enable("ineqlib")


def _shown_offline(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Return an Altair chart as a notebook takes it: a widget, and a picture of it."""
    import altair  # noqa: PLC0415 (only charts of others need it)

    from ineqlib.charts.draw.renderers import to_svg  # noqa: PLC0415 (what draws knows the theme)

    altair.JupyterChart.enable_offline(True)
    chart = altair.JupyterChart(altair.Chart.from_dict(spec))
    widget, _metadata = chart._repr_mimebundle_() or ({}, {})
    bare = {name: part for name, part in spec.items() if name != "$schema"}
    try:
        return {**widget, "image/svg+xml": to_svg(bare)}
    except ValueError:  # its data are at an address, which is the browser's to ask
        return dict(widget)


def options() -> Any:
    """Return the theme as Altair takes it: what every chart is drawn with unless it says otherwise.

    Examples
    --------
    >>> options()["config"]["font"]
    'Arial, Helvetica, sans-serif'
    """
    # Marks of other people's charts keep the names that Vega gives them for screen readers.
    return {"config": {name: part for name, part in CONFIG.items() if name != "aria"}}


def categorical(k: int) -> list[str]:
    """Return `k` colours for groups without an order, each at least 3:1 against white.

    Two are as far apart as the palette has them. More than four are hard to tell apart: label
    lines and bars directly, or draw small multiples.

    Examples
    --------
    >>> categorical(3)
    ['#12436D', '#28A197', '#801650']
    """
    if not 1 <= k <= len(CATEGORICAL):
        raise ParameterError(
            f"The palette has {len(CATEGORICAL)} colours, and {k} were asked for. Show fewer "
            "groups, or small multiples with one colour."
        )
    return [DARK_BLUE, ORANGE] if k == 2 else CATEGORICAL[:k]


def sequential(k: int) -> list[str]:
    """Return `k` blues, darkest first, for ordered groups (1 = most deprived = darkest).

    Neighbouring blues differ by less than 3:1: draw borders and label the classes.

    Examples
    --------
    >>> sequential(3)
    ['#12436D', '#4690D1', '#DCEBF9']
    """
    return _between(_SEQUENTIAL_STOPS, k) if k > 1 else [DARK_BLUE]


def diverging(k: int) -> list[str]:
    """Return `k` colours from brown through light grey to blue, for less and more than a middle.

    The two ends are equally dark, so that neither side shouts, and brown and blue are told apart
    with any kind of colour vision. An even `k` has no middle colour.

    Examples
    --------
    >>> diverging(3)
    ['#7A2E00', '#F3F2F1', '#12436D']
    """
    return _between(_DIVERGING_STOPS, k) if k > 1 else [_DIVERGING_STOPS[2]]


def _between(stops: list[str], k: int) -> list[str]:
    """Return `k` colours at equal steps along some stops."""
    channels = [[int(stop[i : i + 2], 16) for i in (1, 3, 5)] for stop in stops]
    segments = list(pairwise(channels))
    colours = []
    for step in range(k):
        position = step / (k - 1) * len(segments)
        segment = min(int(position), len(segments) - 1)
        start, end = segments[segment]
        mixed = [a + (b - a) * (position - segment) for a, b in zip(start, end, strict=True)]
        colours.append("#" + "".join(f"{round(channel):02X}" for channel in mixed))
    return colours


_AXIS = {
    "labelFontSize": FONT_SIZE,
    "labelFontWeight": "normal",
    "labelColor": TEXT,
    "labelPadding": 6,
    "labelLimit": 320,
    "titleFontSize": FONT_SIZE,
    "titleFontWeight": "normal",
    "titleColor": TEXT,
    "titlePadding": 12,
    "gridColor": GRID,
    "domainColor": SECONDARY_TEXT,
    "tickColor": SECONDARY_TEXT,
}

_HEADING = {
    "labelFontSize": FONT_SIZE,
    "labelFontWeight": "bold",
    "labelColor": TEXT,
    "labelLimit": 320,
    "titleFontSize": FONT_SIZE,
    "titleFontWeight": "normal",
    "titleColor": TEXT,
}

CONFIG: dict[str, Any] = {
    "background": "white",
    "font": FONT,
    # One text alternative per chart is written from the facts; a name for every mark would bury it.
    "aria": False,
    "padding": 4,
    "view": {
        "stroke": None,
        "continuousWidth": WIDTH,
        "continuousHeight": HEIGHT,
    },
    "axis": _AXIS,
    "axisX": {"grid": False},
    # Horizontal, above the axis: nobody has to turn their head.
    "axisY": {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "start",
        "titleBaseline": "bottom",
        "titleX": 0,
        "titleY": -10,
        "domain": False,
        "ticks": False,
        "tickCount": 6,
    },
    "header": _HEADING,
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        # Clear of the title above the vertical axis, which Vega leaves no room for.
        "offset": 30,
        "labelFontSize": FONT_SIZE,
        "labelColor": TEXT,
        "labelLimit": 320,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "titleColor": TEXT,
        "symbolSize": 140,
        "symbolStrokeWidth": 2.5,
    },
    "title": {
        "anchor": "start",
        "fontSize": FONT_SIZE,
        "fontWeight": "bold",
        "color": TEXT,
        "offset": 10,
    },
    "range": {
        "category": CATEGORICAL,
        "ordinal": sequential(5),
        "ramp": list(reversed(sequential(9))),
        "heatmap": list(reversed(sequential(9))),
        "diverging": diverging(9),
    },
    # A place without a value is drawn grey, not in the lowest class's colour.
    "scale": {"invalid": {"color": {"value": NO_DATA}}},
    "mark": {"color": DARK_BLUE},
    "bar": {"color": DARK_BLUE},
    "line": {"strokeWidth": 3},
    "area": {"opacity": 0.18, "line": False},
    "point": {"filled": True, "size": 80, "opacity": 1},
    "circle": {"size": 80, "opacity": 1},
    "rule": {"color": DARK_GREY, "strokeWidth": 1.5},
    "text": {"fontSize": FONT_SIZE, "color": TEXT},
    "geoshape": {"stroke": BORDER, "strokeWidth": 0.7},
}
