"""The exploring notebook as an analyst meets it: in a real JupyterLab, by mouse and by keyboard."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest

import ineqlib as iq
from ineqlib.exploring.question import VIEWS, Question, from_line
from ineqlib.geography.own_areas import read_own_areas
from ineqlib.pack import Pack

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.lab.conftest import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MAP, GRADIENT, TREND = "Its neighbourhoods", "By deprivation", "Trend"
OWN_CHART = """import altair as alt
iq.charts.theme.enable()
alt.Chart(alt.Data(values=[{"a": "x", "b": 2}])).mark_bar().encode(x="b:Q", y="a:N")"""


def test_the_explorer_in_jupyterlab(open_lab: "Callable[[str], Lab]", demo_pack: Pack) -> None:
    lab = open_lab("explore.ipynb")
    lab.run_all()
    every_view_answers(lab, demo_pack)
    with briefing_is_asked_for(lab) as render:
        each_control_moves_by_mouse(lab)
        each_control_moves_by_keyboard(lab)
        views_are_linked(lab)
        a_table_keeps_the_focus_when_its_view_is_redrawn(lab)
        each_format_is_saved(lab)
        nobody_is_shut_out(lab)
        a_cell_run_again_goes_on(lab)
        code_runs_in_the_next_cell(lab)
        charts_of_ones_own_are_drawn(lab)
    assert lab.away == []
    assert lab.complaints == []
    assert render.returncode == 0, (lab.folder / "render.log").read_text(encoding="utf-8")
    [page] = (lab.folder / "notebooks" / "build" / "mine").glob("*brackenhythe*.html")
    assert "People in work" in page.read_text(encoding="utf-8")


def asked(lab: "Lab") -> Question:
    return from_line(lab.bookmark())


def every_view_answers(lab: "Lab", pack: Pack) -> None:
    """Each view has its heading and its sentence, and that is what the library says."""
    for name in VIEWS.values():
        assert lab.finding(name), name
    area = "X07000001"
    said = {
        TREND: iq.trend(pack, "life_expectancy", [area, "X10000001", "X12000001"], sex="Male"),
        GRADIENT: iq.gradient(pack, "life_expectancy", area, sex="Male"),
        "Among its peers": iq.compare(pack, "life_expectancy", area, sex="Male"),
        MAP: iq.map(pack, "deprivation", area),
    }
    for name, answer in said.items():
        assert lab.finding(name) == answer.sentence.text


def briefing_is_asked_for(lab: "Lab") -> "subprocess.Popen[bytes]":
    """The run file that the button writes is one that `ineq render` makes a briefing from."""
    lab.explorer.get_by_label("Indicator", exact=True).select_option("People in work")
    lab.settle()
    field = lab.explorer.get_by_label("Run file")
    field.fill("mine.yml")
    field.press("Tab")
    lab.explorer.get_by_role("button", name="Put it into a briefing").click()
    lab.explorer.get_by_text("Make it with: ineq render").wait_for()
    run_file = lab.folder / "notebooks" / "mine.yml"
    command = [sys.executable, "-m", "ineqlib", "render", str(run_file), "--quiet"]
    with (lab.folder / "render.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def each_control_moves_by_mouse(lab: "Lab") -> None:
    explorer = lab.explorer
    explorer.get_by_label("Find area").fill("ambersea")
    lab.settle()
    explorer.get_by_label("Area", exact=True).locator("option").first.click()
    lab.settle()
    assert asked(lab).area == "X06000001"
    explorer.get_by_label("Find area").fill("")
    explorer.get_by_label("Choose from").select_option("Objective: Length and quality of life")
    lab.settle()
    explorer.get_by_label("Indicator", exact=True).locator("option").first.click()
    for label, option in (
        ("Whose", "Women"),
        ("Grouped by", "fifths by deprivation inside the area (demo2024)"),
        ("Compare with", "Brackenhythe"),
    ):
        explorer.get_by_label(label).select_option(option)
        lab.settle()
    slider = explorer.get_by_role("slider", name="Period")
    box = explorer.locator(".noUi-connects").bounding_box()
    assert box is not None
    slider.drag_to(explorer.locator(".noUi-connects"), target_position={"x": 2, "y": 2})
    for box_name in ("Similar areas only", "Table"):
        explorer.get_by_label(box_name, exact=True).click()
        lab.settle()
    question = asked(lab)
    assert (question.indicator, question.sex, question.second) == (
        "life_expectancy",
        "Female",
        "X07000001",
    )
    assert question.dimension == "local_deprivation_quintile:demo2024"
    assert question.period == "2015 to 2017"
    assert "neighbours" in question.comparators
    assert "table" not in question.views
    assert lab.card(f"{MAP}: Brackenhythe").is_visible()


def each_control_moves_by_keyboard(lab: "Lab") -> None:
    """From the first control on, with Tab, arrows, Enter and the space bar alone."""
    keys = lab.page.keyboard
    cells = lab.page.locator(".jp-Cell").count()
    lab.explorer.get_by_label("Pack").focus()
    moves: dict[str, Callable[[], None]] = {
        "Find area": lambda: (keys.type("brackenhythe"), lab.settle(), keys.press("Enter")),
        "Area": lambda: keys.press("ArrowDown"),
        "Compare with": lambda: keys.press("ArrowDown"),
        "Choose from": lambda: keys.press("ArrowUp"),
        "Find indicator": lambda: (
            keys.type("how long people live"),
            lab.settle(),
            keys.press("Enter"),
        ),
        "Indicator": lambda: keys.press("ArrowDown"),
        "Whose": lambda: keys.press("ArrowUp"),
        "Grouped by": lambda: keys.press("ArrowUp"),
        "Period": lambda: keys.press("ArrowRight"),
        "Region": lambda: keys.press("Space"),
        "Similar areas only": lambda: keys.press("Space"),
        "Table": lambda: keys.press("Space"),
    }
    changed, stops = set(), []
    for _ in range(25):
        keys.press("Tab")
        name = focused(lab)
        stops.append(name)
        if name in moves:
            before = lab.bookmark(), lab.explorer.get_by_label("Choose from").input_value()
            moves.pop(name)()
            lab.settle()
            if before != (lab.bookmark(), lab.explorer.get_by_label("Choose from").input_value()):
                changed.add(name)
    assert [stop for stop in stops if stop.startswith("nameless")] == []
    assert not moves, f"no stop at {list(moves)} among {stops}"
    assert changed >= {"Find area", "Area", "Compare with", "Choose from", "Indicator", "Period"}
    assert changed >= {"Region", "Similar areas only", "Table"}
    # None of these keys was taken for one of JupyterLab's own.
    assert lab.page.locator(".jp-Cell").count() == cells


def focused(lab: "Lab") -> str:
    """Return what a control of the explorer is called that has the focus."""
    name: str = lab.page.evaluate(
        "() => { const e = document.activeElement; const words = e.ariaLabel ??"
        " e.labels?.[0]?.textContent ?? (e.matches('button, summary') ? e.textContent : '');"
        " const name = words.trim() || `nameless ${e.className}`;"
        " return e.closest('.ineq-explore') ? name : 'outside' }"
    )
    return name


def a_table_keeps_the_focus_when_its_view_is_redrawn(lab: "Lab") -> None:
    table = lab.card(TREND).locator("summary")
    table.focus()
    said = lab.finding(TREND)
    # A change that was asked for by another control arrives while this one has the focus.
    lab.explorer.get_by_label("Whose").evaluate(
        "e => { e.selectedIndex = 1 - e.selectedIndex;"
        " e.dispatchEvent(new Event('change', {bubbles: true})) }"
    )
    lab.page.wait_for_function(
        "([card, said]) => card.querySelector('.ineq-finding').textContent !== said",
        arg=[lab.card(TREND).element_handle(), said],
    )
    lab.settle()
    assert lab.finding(TREND) != said
    assert focused(lab).startswith("Show this chart as a table")


def views_are_linked(lab: "Lab") -> None:
    """The map lights the gradient and the gradient the map, by mouse and by keyboard."""
    line = lab.explorer.get_by_label("Bookmark")
    line.fill("area=X07000001&indicator=life_expectancy&sex=Male")
    line.press("Enter")
    lab.settle()
    place = lab.card(MAP).locator("svg [data-code]").nth(7)
    place.click()
    lab.settle()
    assert asked(lab).selected == place.get_attribute("data-code")
    assert len(chosen(lab.card(GRADIENT))) == 1
    an_area_of_ones_own_is_written_down(lab)
    drawing = lab.card(GRADIENT).get_by_role("listbox")
    drawing.focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        lab.page.keyboard.press(key)
    lab.page.keyboard.press("Enter")
    lab.settle()
    assert asked(lab).selected.startswith("group ")
    assert len(chosen(lab.card(MAP))) > 1
    # The marks stay what they were: the drawing is not made again.
    assert drawing.evaluate("e => e === document.activeElement")
    mark = lab.card("Among its peers").locator("svg [data-code]").nth(4)
    mark.locator("circle").click()
    lab.settle()
    lab.explorer.get_by_role("button", name="Compare with").focus()
    lab.page.keyboard.press("Enter")
    lab.settle()
    assert focused(lab) == "All areas", "the button is gone: the control before it has the focus"
    assert asked(lab).second == mark.get_attribute("data-code")


def an_area_of_ones_own_is_written_down(lab: "Lab") -> None:
    """What is marked is a part; the file that the button writes is one that packs are made with."""
    explorer = lab.explorer
    explorer.get_by_role("button", name="Add to an area of my own").click()
    lab.settle()
    for label, text in (("Area's name", "Riverside"), ("Areas file", "riverside.yml")):
        explorer.get_by_label(label).fill(text)
        explorer.get_by_label(label).press("Tab")
    explorer.get_by_role("button", name="Write down 1 part").click()
    explorer.get_by_text("Wrote X-RIVERSIDE").wait_for()
    [area] = read_own_areas(lab.folder / "notebooks" / "riverside.yml").areas
    assert area.parts == (("lsoa", asked(lab).selected),)


def chosen(card: "Locator") -> list[str]:
    return card.locator("[role=option][aria-selected=true]").all_text_contents()


def each_format_is_saved(lab: "Lab") -> None:
    card = lab.card(TREND)
    for words, suffix in (("SVG", "svg"), ("PNG", "png"), ("CSV", "csv"), ("page", "html")):
        card.get_by_role("button", name=re.compile(f"^{words}")).click()
        card.get_by_role("status").get_by_text(f".{suffix}").wait_for()
    saved = {file.suffix for file in (lab.folder / "notebooks" / "saved").iterdir()}
    assert saved == {".svg", ".png", ".csv", ".html"}


def nobody_is_shut_out(lab: "Lab") -> None:
    """Axe finds nothing on what the cell shows."""
    lab.page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    result = lab.page.evaluate("o => axe.run('.ineq-explore', o)", options)
    assert [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ] == []


def a_cell_run_again_goes_on(lab: "Lab") -> None:
    before = lab.bookmark()
    cell = lab.page.locator(".jp-CodeCell", has=lab.explorer)
    lab.to_top()
    cell.locator(".cm-content").click()
    lab.page.keyboard.press("Shift+Enter")
    lab.settle()
    assert lab.bookmark() == before


def code_runs_in_the_next_cell(lab: "Lab") -> None:
    card = lab.card(TREND)
    card.get_by_role("button", name=re.compile("^Show me the code")).click()
    block = card.locator("pre")
    block.wait_for()
    code, said = block.text_content() or "", lab.finding(TREND)
    assert len(code.splitlines()) <= 3
    output = lab.run_in_last_cell(code)
    output.get_by_text(said).first.wait_for()


def charts_of_ones_own_are_drawn(lab: "Lab") -> None:
    output = lab.run_in_last_cell(OWN_CHART)
    output.locator(".vega-embed svg, .vega-embed canvas").first.wait_for()
