"""The map of neighbourhoods in a browser, walked by keyboard as assistive technology sees it."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.map_legend import NO_GROUP
from ineqlib.charts.theme import sequential
from ineqlib.document.model import Document
from ineqlib.document.page import export_html
from ineqlib.pack import Pack

from ..unit import own_pack as own
from ..unit.own_pack import own_pack

pytestmark = pytest.mark.browser

AREA = "X07000009"
PHONE, DESKTOP = (320, 640), (1280, 900)
TOLD = re.compile(r"(?P<name>.+): national tenth (?P<tenth>\d+) for (?P<theme>[a-z, ]+)\. ")


@pytest.fixture(scope="module")
def map_path(demo_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = open_briefing(demo_pack, AREA)
    return written(document, ("gradients", "map"), tmp_path_factory.mktemp("map") / "map.html")


def written(document: Document, sections: tuple[str, ...], path: Path) -> Path:
    """Write the page of some sections."""
    parts = [document.cover, *map(document.section, sections)]
    outputs = [
        nbformat.v4.new_output("display_data", data=part._repr_mimebundle_())
        for part in (*parts, document.facts)
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=outputs)])
    path.write_text(export_html(notebook), encoding="utf-8")
    return path


@pytest.fixture
def page(map_path: Path, open_page: Any) -> Any:
    return open_page(map_path)


def tree(page: Any, role: str) -> list[dict[str, Any]]:
    """Return name and properties of every part with a role, as the browser tells it to others."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {
            "name": node.get("name", {}).get("value", ""),
            "described": node.get("description", {}).get("value", ""),
            **{each["name"]: each["value"].get("value") for each in node.get("properties", ())},
        }
        for node in nodes
        if not node["ignored"] and node["role"]["value"] == role
    ]


def said(page: Any) -> str:
    """Return what the live region says."""
    assert page.locator("#neighbourhood-map [role=status]").count() == 1
    return str(page.locator("#neighbourhood-map [role=status]").text_content())


def told(page: Any) -> re.Match[str]:
    words = page.locator(".map-told").inner_text()
    match = TOLD.match(words)
    assert match, words
    return match


def here(page: Any) -> str:
    """Return the name of the option that has the focus."""
    current = page.locator(".map-walk").get_attribute("aria-activedescendant")
    return str(page.locator(f"[id='{current}']").text_content()).partition(":")[0]


def table(page: Any) -> list[dict[str, str]]:
    return page.evaluate(
        """() => {
          const table = document.querySelector("#neighbourhood-map table");
          const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
          return [...table.tBodies[0].rows].map((row) =>
            Object.fromEntries([...row.cells].map((cell, n) => [heads[n], cell.textContent])));
        }"""
    )


def to_the_map(page: Any) -> None:
    """Come to the map by key alone, from the control before it."""
    page.get_by_role("button", name="Equal tiles").focus()
    page.keyboard.press("Tab")


def test_the_map_is_one_stop_with_a_name_a_description_and_an_option_for_each_place(
    page: Any, demo_pack: Pack
) -> None:
    (box,) = tree(page, "listbox")
    assert box["name"].startswith("Map of Pellwater")
    assert "arrow keys" in box["described"]
    options = tree(page, "option")
    of_map = [option for option in options if "national tenth" in option["name"]]
    assert len(of_map) == len(demo_pack.small_areas(AREA))
    assert page.locator("#neighbourhood-map .map-walk [tabindex]").count() == 0
    assert [image for image in tree(page, "image") if "Map of" in image["name"]] == []
    to_the_map(page)
    assert page.evaluate("document.activeElement.className") == "map-walk"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") != "map-walk"


def test_arrow_keys_go_to_what_is_next_and_say_how_far_and_in_which_direction(page: Any) -> None:
    rows = {row["Neighbourhood"]: row for row in table(page)}
    to_the_map(page)
    page.keyboard.press("Home")
    assert rows[here(page)]["Order, most deprived first"] == "1"
    moves = 0
    for key, ways in [
        ("ArrowUp", "north"),
        ("ArrowRight", "east"),
        ("ArrowDown", "south"),
        ("ArrowLeft", "west"),
    ]:
        before = here(page)
        page.keyboard.press(key)
        step = re.fullmatch(r"([\d.]+) km to the ([a-z-]+)\.", said(page))
        if step is None:
            assert said(page) == f"Nothing next to {before} in the {ways}."
            continue
        moves += 1
        assert ways in step[2]
        number = here(page).rpartition(" ")[2]
        assert re.search(rf"{step[2]}: [^;]*{number}, {step[1]} km", rows[before]["Next to it"])
        assert told(page)["name"] == here(page)
        assert told(page)["tenth"] == rows[here(page)]["Deprivation as a whole"]
    assert moves >= 3


def test_every_place_can_be_reached_in_order_of_deprivation(page: Any) -> None:
    rows = table(page)
    to_the_map(page)
    page.keyboard.press("End")
    assert here(page) == rows[-1]["Neighbourhood"]
    page.keyboard.press("PageUp")
    assert here(page) == rows[-2]["Neighbourhood"]
    page.keyboard.press("Home")
    walked = [here(page)]
    for _ in rows[1:]:
        page.keyboard.press("PageDown")
        walked.append(here(page))
    assert walked == [row["Neighbourhood"] for row in rows]


def test_enter_chooses_and_says_all_and_escape_leaves(page: Any) -> None:
    to_the_map(page)
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    name = here(page)
    page.keyboard.press("Enter")
    chosen = [option["name"] for option in tree(page, "option") if option.get("selected")]
    assert [label for label in chosen if "national tenth" in label] == [
        page.locator(".map-walk [role=option]").nth(1).text_content()
    ]
    (row,) = [row for row in table(page) if row["Neighbourhood"] == name]
    words = said(page)
    assert words.startswith(f"{name}: national tenth {row['Deprivation as a whole']} for ")
    assert f"most deprived first: 2 of {len(table(page))}." in words
    assert f"Next to it: {row['Next to it']}." in words
    assert page.locator("#neighbourhood-map tr[aria-current=true] th").text_content() == name
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_choosing_says_what_its_fifth_has_in_the_charts_across_the_areas_fifths(page: Any) -> None:
    to_the_map(page)
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    values = page.evaluate(
        """() => [...document.querySelectorAll('figure[id^="gradient-"]')].map((figure) =>
          figure.querySelector("tbody tr td").textContent)"""
    )
    assert any(value in said(page) for value in values)
    assert page.locator("figure[id^='gradient-'] .lit").count() >= 1
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    lit = page.locator("figure[id^='gradient-'] .lit").first.get_attribute("data-label")
    assert "ost deprived" not in lit.replace("Least deprived", "")


def test_a_click_and_a_name_in_the_table_choose_too(page: Any) -> None:
    page.locator("[data-code]").nth(4).click()
    assert said(page).startswith(table(page)[4]["Neighbourhood"])
    page.locator("#neighbourhood-map summary").click()
    name = table(page)[7]["Neighbourhood"]
    page.get_by_role("button", name=name, exact=True).click()
    assert said(page).startswith(f"{name}: ")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == table(page)[8]["Neighbourhood"]


def view_box(page: Any) -> list[float]:
    return [float(n) for n in page.locator(".map-view").get_attribute("data-seen").split()]


def test_it_zooms_by_button_key_and_wheel_and_words_keep_their_size(page: Any) -> None:
    whole = view_box(page)
    words = page.locator(".map-number circle").first
    size = words.bounding_box()["width"]
    page.get_by_role("button", name="Zoom in").click()
    closer = view_box(page)
    assert closer[2] < whole[2]
    assert words.bounding_box()["width"] == pytest.approx(size, rel=0.05)
    page.get_by_role("button", name="Move east").click()
    assert view_box(page)[0] > closer[0]
    page.get_by_role("button", name="Whole area").click()
    assert view_box(page) == whole
    assert not page.get_by_role("button", name="Move east").is_visible()
    to_the_map(page)
    page.keyboard.press("+")
    assert view_box(page)[2] < whole[2]
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("-")
    assert view_box(page) == whole
    page.locator(".small-areas").hover()
    height = page.evaluate("scrollY")
    page.mouse.wheel(0, -100)
    page.wait_for_function("height => scrollY < height", arg=height)
    assert view_box(page) == whole  # without a key the page scrolls
    page.locator(".small-areas").hover()
    seen = page.locator(".map-view").get_attribute("data-seen")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.wait_for_function(
        "seen => document.querySelector('.map-view').dataset.seen !== seen", arg=seen
    )
    page.keyboard.up("Control")
    assert view_box(page)[2] < whole[2]


def test_another_shading_is_that_of_the_tables_column(page: Any) -> None:
    page.get_by_label("Shade by").select_option(label="Crime")
    expected = [
        sequential(5)[(int(row["Crime"]) - 1) // 2] if row["Crime"].isdigit() else NO_GROUP
        for row in table(page)
    ]
    fills = page.locator("[data-code]").evaluate_all(
        "paths => paths.map((path) => path.getAttribute('fill'))"
    )
    assert fills == expected
    assert page.locator(".map-theme").text_content() == "National tenth: crime"
    label = page.locator(".map-walk [role=option]").first.text_content()
    assert label.endswith(f"national tenth {table(page)[0]['Crime']}")


@pytest.fixture(scope="module")
def own_path(demo_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    document = open_briefing(own_pack(demo_pack, folder / "pack"), own.AREA)
    return written(document, ("map", "wards"), folder / "own.html")


def test_ward_figures_colour_the_map_and_say_why_one_is_not_there(
    own_path: Path, open_page: Any
) -> None:
    page = open_page(own_path)
    column = "Warm homes visits, wards, 2023/24 (%)"
    page.get_by_label("Shade by").select_option(label=column)
    rows = table(page)
    fills = page.locator("[data-code]").evaluate_all(
        "paths => paths.map((path) => path.getAttribute('fill'))"
    )
    hatched = "url(#neighbourhood-map--hatched-map)"
    meant = {"[c]": hatched, "[x]": NO_GROUP}
    meant |= dict(zip(("0.0", "5.0", "6.0", "7.0"), sequential(5), strict=False))
    assert fills == [meant[row[column]] for row in rows]
    labels = page.locator(".map-walk [role=option]").all_text_contents()
    words = {"[c]": "withheld", "[x]": "no data"}
    assert [label.partition(": ")[2] for label in labels] == [
        words.get(row[column], row[column]) for row in rows
    ]
    seen = page.locator(".map-legend > g:not([visibility=hidden]) text:not(:empty)")
    assert seen.all_text_contents() == ["0.0", "5.0", "6.0", "7.0", "No data", "Withheld"]
    page.get_by_label("Shade by").select_option(label="Deprivation as a whole")
    assert seen.all_text_contents() == ["1 and 2", "3 and 4", "5 and 6", "7 and 8", "9 and 10"]


def test_wards_are_put_in_order_by_their_figure(own_path: Path, open_page: Any) -> None:
    page = open_page(own_path)
    page.get_by_role("button", name="Figure (%)").first.click()
    figures = page.locator(".sortable-table").first.locator("tbody td:nth-child(2)")
    assert figures.all_text_contents() == ["0.0", "5.0", "6.0", "7.0", "[c]", "[x]"]


def test_tiles_are_of_one_size_and_come_with_their_reason(page: Any) -> None:
    tiles = page.get_by_role("button", name="Equal tiles")
    before = page.locator("[data-code]").first.get_attribute("d")
    tiles.click()
    assert tiles.get_attribute("aria-pressed") == "true"
    sizes = page.locator("[data-code]").evaluate_all(
        "paths => paths.map((path) => path.getBBox()).map((box) => [box.width, box.height])"
    )
    assert len({(round(w), round(h)) for w, h in sizes}) == 1
    corners = page.locator("[data-code]").evaluate_all(
        "paths => paths.map((path) => path.getAttribute('d').split('h')[0])"
    )
    assert len(set(corners)) == len(corners)
    assert page.get_by_text("look more important than they are").is_visible()
    tiles.click()
    assert page.locator("[data-code]").first.get_attribute("d") == before
    assert not page.get_by_text("look more important than they are").is_visible()


def test_the_table_can_be_put_in_another_order_and_the_map_still_fits_it(page: Any) -> None:
    page.locator("#neighbourhood-map summary").click()
    by_crime = page.get_by_role("button", name="Crime", exact=True)
    by_crime.click()
    tenths = [int(row["Crime"]) for row in table(page)]
    assert tenths == sorted(tenths)
    by_crime.click()
    assert [int(row["Crime"]) for row in table(page)] == sorted(tenths, reverse=True)
    assert page.locator("th[aria-sort]").all_inner_texts() == ["Crime"]
    first = next(row for row in table(page) if row["Order, most deprived first"] == "1")
    page.locator("[data-code]").first.click()
    assert said(page).startswith(first["Neighbourhood"])


def test_without_javascript_map_and_table_are_complete(map_path: Path, open_page: Any) -> None:
    page = open_page(map_path, js=False)
    figure = page.locator("#neighbourhood-map")
    assert figure.locator("svg[role=img]").get_attribute("aria-label").startswith("Map of ")
    assert figure.locator("button, select, [role=status]").count() == 0
    figure.locator("summary").click()
    assert figure.locator("tbody tr").count() == figure.locator("[data-code]").count()
    assert "km" in figure.locator("tbody tr").first.inner_text()


@pytest.mark.parametrize(
    ("viewport", "colours"),
    [(DESKTOP, "none"), (PHONE, "active")],
    ids=["desktop, usual colours", "phone, forced colours"],
)
def test_accessibility_rules_hold(
    map_path: Path, open_page: Any, axe: Any, viewport: tuple[int, int], colours: str
) -> None:
    page = open_page(map_path, viewport=viewport, forced_colors=colours)
    page.locator("#neighbourhood-map summary").click()
    page.locator("[data-code]").first.focus()
    assert axe(page, colours=colours == "none") == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport[0]
    page.get_by_role("button", name="Equal tiles").click()
    assert axe(page, colours=False) == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport[0]


def test_the_place_that_has_the_focus_is_outlined_also_in_forced_colours(
    map_path: Path, open_page: Any
) -> None:
    for colours in ("none", "active"):
        page = open_page(map_path, forced_colors=colours)
        ring = page.locator(".map-here")
        to_the_map(page)
        page.keyboard.press("Home")
        assert ring.evaluate("path => getComputedStyle(path).stroke") not in ("none", "")
        outline = page.locator("[data-code]").first.get_attribute("d")
        assert ring.get_attribute("d") == outline


def test_nothing_is_asked_for_and_nothing_complains(page: Any, map_path: Path) -> None:
    to_the_map(page)
    for key in ("Home", "ArrowUp", "Enter", "+", "End", "Escape"):
        page.keyboard.press(key)
    assert page.requests == [map_path.as_uri()]
    assert page.complaints == []


def test_all_selected_has_no_controls_of_the_map(page: Any) -> None:
    options = page.get_by_role("option").all_text_contents()
    assert len(options) > 1
    text = page.evaluate("(document.execCommand('selectAll'), getSelection().toString())")
    assert "Source:" in text
    for strange in ("Zoom in", "Shade by", "Equal tiles", "By keyboard", *options):
        assert strange not in text


def test_paper_gets_the_map_and_no_controls(page: Any) -> None:
    page.emulate_media(media="print")
    assert page.locator(".small-areas").is_visible()
    for part in (".map-tools", ".map-told", ".map-help"):
        assert not page.locator(part).is_visible()
