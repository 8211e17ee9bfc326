"""The index page in a real browser: colours, search, order, and all of it without a script."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ineqlib.catalogue import load_catalogue
from ineqlib.charts.theme import sequential
from ineqlib.document.page import export_html
from ineqlib.publish.index_headlines import headlines
from ineqlib.publish.index_page import index_html

from . import handmade
from .conftest import names_heard, printed

pytestmark = pytest.mark.browser

PHONE, DESKTOP = (320, 640), (1280, 900)
LEAST_FOR_A_THUMB = 44
LEAST_NAME = 9
"""Pixels."""
FIRST, SECOND = [each for each in load_catalogue().indicators.values() if each.headline][:2]
VALUES = {"E00": (70.0, 60.0), "E01": (75.0, 55.0), "E03": (80.5, 50.0)}


@pytest.fixture(scope="module")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    figures = {
        code: [
            {"indicator": each.id, "sex": "Male", "age": each.age, "period": "2024", "value": value}
            for each, value in zip((FIRST, SECOND), values, strict=True)
        ]
        for code, values in VALUES.items()
    }
    words = {
        "title": "Testshire",
        "pack_title": "Pack",
        "fictional": True,
        "made_with": "ineqlib 0",
    }
    entries, shapes = handmade.entries(), handmade.shapes()
    html = index_html(entries, shapes, headlines=headlines(figures), **words)
    path = tmp_path_factory.mktemp("index") / "index.html"
    path.write_text(html, encoding="utf-8")
    return path


def fills(page: Any) -> dict[str, str]:
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".map [data-code]")].map((area) =>
          [area.dataset.code, getComputedStyle(area.querySelector("path")).fill]))"""
    )


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))})"


def test_another_figure_gives_map_and_legend_its_colours(index_path: Path, open_page: Any) -> None:
    page = open_page(index_path)
    dark, middle, light = map(rgb, sequential(3))
    assert [fills(page)[code] for code in VALUES] == [dark, middle, light]
    page.get_by_label("Colour the map by").select_option(index=1)
    assert [fills(page)[code] for code in VALUES] == [light, middle, dark]
    keys = page.locator(".legend li").all_inner_texts()
    assert [key.strip() for key in keys] == ["50.0 (worst)", "55.0", "60.0", "no figure"]
    title = page.locator(".map-theme").inner_text()
    assert title == f"{SECOND.public_name}, men ({SECOND.unit}), 2024", "in full, with its period"
    choice = page.get_by_label("Colour the map by").locator("option").nth(1).inner_text()
    assert choice == "Healthy life expectancy, men (years)", "in short: a select cuts what is long"
    area = page.locator('.map [data-code="E01"] title')
    assert re.fullmatch(r"\S+: 55\.0 \S.*", area.text_content()), "an area says its figure"


def test_search_leaves_the_rows_that_have_every_word(index_path: Path, open_page: Any) -> None:
    page = open_page(index_path)
    search = page.get_by_role("searchbox", name="Find an area or a word")
    search.fill("bir")
    assert page.locator("tbody tr:visible").count() == 1
    assert page.locator(".found").inner_text() == "1 of 4 shown."
    search.fill("bír.")
    assert page.locator("tbody tr:visible").count() == 1, "accents and dots do not matter"
    search.fill("nowhere")
    assert page.locator(".found").inner_text() == "None of 4 has this: try fewer letters."
    search.fill("")
    assert page.locator("tbody tr:visible").count() == 4


def test_the_table_can_be_put_in_order_by_a_figure(index_path: Path, open_page: Any) -> None:
    page = open_page(index_path)
    first = page.locator("th.number button").first
    first.click()
    values = page.locator("tbody tr td.number:nth-of-type(3)").all_inner_texts()
    assert values == ["70.0", "75.0", "80.5", "[x]"]
    first.click()
    values = page.locator("tbody tr td.number:nth-of-type(3)").all_inner_texts()
    assert values == ["80.5", "75.0", "70.0", "[x]"]


def test_without_javascript_all_is_there(index_path: Path, open_page: Any) -> None:
    page = open_page(index_path, js=False)
    assert page.locator(".legend li").count() == 4
    assert page.locator("button, select, input").count() == 0
    assert page.locator(".map-shade").inner_text().startswith("Coloured by: ")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_accessibility_rules_hold_and_nothing_complains(
    index_path: Path, open_page: Any, axe: Any, viewport: tuple[int, int]
) -> None:
    page = open_page(index_path, viewport=viewport)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport[0]
    assert page.complaints == []
    assert page.requests == [index_path.as_uri()]


def test_a_phone_leaves_out_codes_and_a_desk_shows_every_column(
    index_path: Path, open_page: Any
) -> None:
    page = open_page(index_path)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert not page.locator(".documents .code").first.is_visible(), "words come before codes"
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    assert page.locator(".documents .code").first.is_visible()
    table = page.locator(".table-scroll").first
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("js", [True, False])
def test_on_a_phone_each_document_is_a_card_and_nothing_scrolls_sideways(
    several_path: Path, open_page: Any, js: bool
) -> None:
    page = open_page(several_path, js=js, viewport=PHONE)
    row = page.locator(".documents tbody tr").first
    boxes = [cell.bounding_box() for cell in row.locator("th, td").all() if cell.is_visible()]
    assert len(boxes) > 3
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0] for box in boxes)
    assert sorted(boxes, key=lambda box: box["y"]) == boxes
    assert row.locator(".in-short").bounding_box()["width"] > PHONE[0] * 2 / 3
    roles = {role for role, _ in names_heard(page)}
    assert {"table", "row", "rowheader", "cell"} <= roles, "it is a table to a screen reader still"
    assert not page.locator(".documents thead").is_visible(), "cards have no columns"


def test_on_a_phone_cards_are_searched_and_put_in_order(several_path: Path, open_page: Any) -> None:
    page = open_page(several_path, viewport=PHONE)
    rows = page.locator(".documents tbody tr")
    listed = rows.all_inner_texts()
    order = page.get_by_label("Sort by")
    assert order.bounding_box()["height"] >= LEAST_FOR_A_THUMB
    order.select_option("About, A to Z")
    names = page.locator(".documents tbody th").all_inner_texts()
    assert names == sorted(names)
    highest_first = order.locator("option", has_text="highest first").first.inner_text()
    order.select_option(highest_first)
    values = page.locator("td.number:nth-of-type(4)").all_inner_texts()
    assert values == ["80.5", "80.5", "75.0", "75.0", "70.0", "70.0", "[x]", "[x]"]
    order.select_option("as listed")
    assert rows.all_inner_texts() == listed
    page.get_by_role("searchbox", name="Find an area or a word").fill("alder member")
    assert page.locator(".documents tbody tr:visible").count() == 1


WIDTH_OF_A4 = 688
"""Pixels between the margins."""


@pytest.fixture(scope="module")
def several_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two documents about each area, with as many figures as a briefing gives."""
    alike = handmade.entries().replace({"subject_name": {handmade.HOSTILE: "Elder"}})
    entries = pd.concat([alike, alike.assign(document="area_briefing, member")])
    figures = {
        code: [
            {"indicator": each.id, "sex": sex, "age": each.age, "period": "2024", "value": value}
            for each in (each for each in load_catalogue().indicators.values() if each.headline)
            for sex in ("Male", "Female")
        ]
        for code, (value, _) in VALUES.items()
    }
    words = {"title": "Testshire", "pack_title": "Pack", "fictional": True, "made_with": "ineqlib"}
    html = index_html(entries, handmade.shapes(), headlines=headlines(figures), **words)
    path = tmp_path_factory.mktemp("several") / "index.html"
    path.write_text(html, encoding="utf-8")
    return path


def test_links_to_several_documents_of_one_area_are_told_apart(
    several_path: Path, open_page: Any
) -> None:
    page = open_page(several_path)
    for name in ("Alder: Area briefing", "Alder: Area briefing, member"):
        assert page.get_by_role("link", name=name, exact=True).count() == 1


def test_an_index_of_one_document_has_nothing_to_search_or_sort(
    tmp_path: Path, open_page: Any
) -> None:
    words = {"title": "Testshire", "pack_title": "Pack", "fictional": True, "made_with": "ineqlib"}
    path = tmp_path / "index.html"
    html = index_html(handmade.entries().iloc[:1], handmade.shapes(), **words)
    path.write_text(html, encoding="utf-8")
    page = open_page(path, viewport=PHONE)
    assert page.locator("input, select").count() == 0
    assert page.complaints == []


def test_every_column_is_on_the_paper(several_path: Path, open_page: Any) -> None:
    page = open_page(several_path)
    page.set_viewport_size({"width": WIDTH_OF_A4, "height": 1000})
    page.emulate_media(media="print")
    assert page.locator("th.number").count() >= 6
    assert not page.get_by_text("Choose on the map").is_visible(), "paper has nothing to press"
    assert (
        page.locator(".sort").first.evaluate("e => getComputedStyle(e).textDecorationLine")
        == "none"
    )
    assert page.locator("select:visible, input:visible").count() == 0
    assert page.locator(".map-theme").is_visible(), "what the map is coloured by"
    assert (
        page.locator(".documents").evaluate("e => e.getBoundingClientRect().width") <= WIDTH_OF_A4
    )


def test_each_sheet_of_a_long_table_has_its_headings(tmp_path: Path, open_page: Any) -> None:
    """A heading that sorts is a button, of which Chromium repeated the room and no word."""
    words = {"title": "Testshire", "pack_title": "Pack", "fictional": True, "made_with": "ineqlib"}
    entries = pd.concat([handmade.entries()] * 20)
    path = tmp_path / "index.html"
    path.write_text(index_html(entries, handmade.shapes(), **words), encoding="utf-8")
    sheets = printed(open_page(path), tmp_path)
    assert len(sheets) > 1
    for sheet in sheets[1:]:
        assert {"About", "Code", "In short"} <= {words.text for words in sheet}


def test_maps_stand_side_by_side_on_paper(tmp_path: Path, open_page: Any) -> None:
    drawing = '<svg class="area-map" width="640" height="640" viewBox="0 0 640 640"></svg>'
    figure = (
        f'<figure class="figure figure-drawn"><div class="figure-static">{drawing}</div></figure>'
    )
    figures = handmade.html(f'<div class="figures">{figure * 2}</div>')
    notebook = handmade.notebook()
    notebook.cells.append(handmade.cell(figures))
    path = tmp_path / "page.html"
    path.write_text(export_html(notebook), encoding="utf-8")
    page = open_page(path, js=False, viewport=(WIDTH_OF_A4, 1000))
    page.emulate_media(media="print")
    first, second = (map_.bounding_box() for map_ in page.locator("figure:has(.area-map)").all())
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]


def test_names_on_the_map_of_a_phone_can_be_read(index_path: Path, open_page: Any) -> None:
    page = open_page(index_path)
    page.set_viewport_size({"width": 390, "height": 800})
    heights = page.locator(".map .map-name text").evaluate_all(
        "names => names.map(name => name.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= LEAST_NAME


def to_the_map(page: Any) -> None:
    """Come to the map by key alone, from the control before it."""
    page.get_by_label("Colour the map by").focus()
    page.keyboard.press("Tab")


def here(page: Any) -> str:
    """Return what is said of the option that has the focus."""
    return page.evaluate(
        """() => {
          const option = document.activeElement.getAttribute("aria-activedescendant");
          return document.getElementById(option).textContent;
        }"""
    )


def test_the_map_is_one_stop_that_tab_and_escape_leave(several_path: Path, open_page: Any) -> None:
    page = open_page(several_path)
    heard = names_heard(page)
    assert ("listbox", "Map: choose an area") in heard
    options = [name for role, name in heard if role == "option"]
    names = [name.partition(":")[0] for name in options if name.count(":")]
    assert names[-4:] == ["Alder", "Birch", "Cedar", "Elder"]
    assert "Cedar: failed" in options, "what has no page is walked to as well"
    to_the_map(page)
    assert here(page).startswith("Alder: ")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Shift+Tab")
    assert here(page).startswith("Alder: ")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_arrow_keys_lead_from_area_to_area_and_enter_opens_its_page(
    several_path: Path, open_page: Any
) -> None:
    page = open_page(several_path)
    to_the_map(page)
    page.keyboard.press("ArrowUp")  # Alder lies in the south-west, Birch north of it
    assert here(page).startswith("Birch: ")
    said = page.locator(".map-place [role=status]")
    assert said.text_content() == "10.0 km to the north."
    told = page.locator(".map-told").inner_text()
    assert told.startswith(here(page))
    assert "Next to it: " in told
    assert "south: Alder, 10.0 km" in told
    page.keyboard.press("ArrowUp")
    assert said.text_content() == "Nothing next to Birch in the north."
    page.keyboard.press("PageDown")
    assert here(page) == "Cedar: failed"
    page.keyboard.press("Enter")
    assert said.text_content() == "Cedar has no page."
    assert page.url == several_path.as_uri()
    page.keyboard.press("Home")
    page.route("**/alder.html", lambda route: route.fulfill(body="<h1>Its page</h1>"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/alder.html")


def test_a_walk_says_the_figures_that_the_map_shows(index_path: Path, open_page: Any) -> None:
    page = open_page(index_path)
    page.get_by_label("Colour the map by").select_option(index=1)
    to_the_map(page)
    page.keyboard.press("PageDown")
    assert here(page) == "Alder: 60.0 years"


def test_without_javascript_the_map_is_links_and_a_link_leads_past_them(
    several_path: Path, open_page: Any
) -> None:
    page = open_page(several_path, js=False)
    past = page.get_by_role("link", name="the table of all documents")
    past.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "alder.html"
    past.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.map')")
