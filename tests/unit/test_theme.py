"""The public theme: its colours can be seen, and anybody's Altair chart can be drawn in it."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import altair as alt
import pytest

import ineqlib as iq
from ineqlib.charts import theme
from ineqlib.errors import ParameterError

PAGE = Path(__file__).parents[2] / "docs" / "chart-theme.md"


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str = "#FFFFFF") -> float:
    """Contrast of two colours as the web accessibility guidelines define it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("k", range(1, 7))
def test_categories_stand_out_from_the_background_and_are_all_different(k: int) -> None:
    colours = theme.categorical(k)
    assert len(set(colours)) == k
    assert all(contrast(colour) >= 3 for colour in colours)


def test_two_categories_stand_out_from_each_other() -> None:
    assert contrast(*theme.categorical(2)) >= 3


def test_more_categories_than_colours_are_refused() -> None:
    with pytest.raises(ParameterError, match="6 colours, and 7"):
        theme.categorical(7)


def test_text_can_be_read() -> None:
    for ink in (theme.TEXT, theme.SECONDARY_TEXT, theme.CONTEXT, theme.DARK_GREY, theme.DARK_BLUE):
        assert contrast(ink) >= 4.5, ink


@pytest.mark.parametrize("k", range(2, 12))
def test_a_sequence_only_gets_lighter(k: int) -> None:
    light = [luminance(colour) for colour in theme.sequential(k)]
    assert all(earlier < later for earlier, later in pairwise(light))


@pytest.mark.parametrize("k", range(2, 12))
def test_both_sides_of_a_middle_get_lighter_towards_it_and_end_equally_dark(k: int) -> None:
    colours = theme.diverging(k)
    light = [luminance(colour) for colour in colours]
    half = (k + 1) // 2
    assert all(earlier < later for earlier, later in pairwise(light[:half]))
    assert all(earlier > later for earlier, later in pairwise(light[k - half :]))
    assert contrast(colours[0]) == pytest.approx(contrast(colours[-1]), rel=0.1)
    assert contrast(colours[0]) >= 4.5


def test_the_example_of_the_docs_runs_and_draws_in_the_theme() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, alt.Chart] = {}
    try:
        exec(example, names)
        config = names["chart"].to_dict()["config"]
    finally:
        go_back()
    assert config["font"] == theme.FONT
    assert config["range"]["category"] == theme.CATEGORICAL
    assert "aria" not in config


def go_back() -> None:
    alt.theme.enable("default")
    alt.renderers.enable("default")


def test_charts_of_others_are_shown_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    offline: list[bool] = []
    monkeypatch.setattr(alt.JupyterChart, "enable_offline", offline.append)
    here, away = alt.Data(values=[{"a": 1}]), "https://example.org/a.csv"
    theme.enable()
    try:
        shown, unread = (
            alt.Chart(data).mark_bar().encode(x="a:Q")._repr_mimebundle_() for data in (here, away)
        )
    finally:
        go_back()
    widget = "application/vnd.jupyter.widget-view+json"
    assert set(shown) == {"text/plain", widget, "image/svg+xml"}
    assert set(unread) == {"text/plain", widget}
    assert theme.FONT in shown["image/svg+xml"]
    assert offline == [True, True]


def test_the_theme_needs_nothing_else_of_the_package() -> None:
    code = "import sys, ineqlib as iq; iq.charts.theme.options(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {name for name in done.stdout.split() if name.startswith("ineqlib.")}
    assert ours == {"ineqlib.charts", "ineqlib.charts.theme", "ineqlib.errors"}
    assert "pandas" not in done.stdout.split()
    assert iq.charts.theme is theme
