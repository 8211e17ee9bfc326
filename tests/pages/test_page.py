"""The promises of a page, in a real browser."""

from pathlib import Path

import pandas as pd
import pytest

from ineqlib.document.facts_table import csv_link
from ineqlib.document.page import export_html
from ineqlib.pack.report import BuildReport, FileReport
from ineqlib.publish.build_report import write_report
from ineqlib.publish.index_page import index_html
from ineqlib.sources.base import SetAside

from . import handmade

pytestmark = pytest.mark.browser

DESKTOP, PHONE = (1280, 900), (320, 640)


def saved(folder: Path, text: str) -> Path:
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page_path(tmp_path_factory) -> Path:
    return saved(tmp_path_factory.mktemp("page"), export_html(handmade.notebook()))


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory) -> Path:
    notebook = handmade.notebook(handmade.HOSTILE, title=handmade.HOSTILE, fictional=False)
    return saved(tmp_path_factory.mktemp("hostile"), export_html(notebook))


@pytest.fixture(scope="module")
def index_path(tmp_path_factory) -> Path:
    index = index_html(
        handmade.entries(),
        handmade.shapes(),
        title="Testshire",
        pack_title="Demonstration pack",
        fictional=True,
        made_with="ineqlib 0",
    )
    return saved(tmp_path_factory.mktemp("index"), index)


@pytest.fixture(scope="module")
def report_path(tmp_path_factory) -> Path:
    aside = SetAside("value lies outside its own limits", 2, ("row 3: '9'", "row 8: '7'"))
    files = (
        FileReport("a" * 90 + ".csv", "", "a layout", "observations", 9, 9, 7, set_aside=[aside]),
        FileReport(handmade.HOSTILE, remarks=["It looks like a web page."], accepted="jump"),
    )
    path = tmp_path_factory.mktemp("report") / "build.html"
    write_report(BuildReport(Path("mine"), files, ("One figure differs.",)), path)
    return path


def test_page_asks_for_nothing_and_complains_of_nothing(page_path, open_page):
    page = open_page(page_path)
    assert page.requests == [page_path.as_uri()]
    assert page.complaints == []


def test_policy_blocks_what_is_not_the_pages_own(page_path, open_page):
    page = open_page(page_path)
    add_picture = "document.body.append(Object.assign(new Image(), {src: 'https://example.org/'}))"
    with page.expect_console_message():
        page.evaluate(add_picture)
    assert any("Content Security Policy" in complaint for complaint in page.complaints)


def test_without_javascript_drawing_and_table_are_there(page_path, open_page):
    page = open_page(page_path, js=False)
    for name in ("life-expectancy", "gradient"):
        figure = page.locator(f"#{name}")
        assert figure.locator(".figure-static svg[role=img][aria-label]").is_visible()
        assert not figure.locator("table").is_visible()
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
    page.get_by_text("Show the 2 figures of the text as a table").click()
    assert page.locator("#fact-gap").is_visible()


BAR, DOT = "#gradient [data-label]", "#life-expectancy [data-label]"
TIP = ".tooltip"


def test_pointing_at_a_mark_says_what_it_is_and_escape_takes_it_back(page_path, open_page):
    page = open_page(page_path)
    tip, bar = page.locator(TIP), page.locator(BAR).first
    assert not tip.is_visible()
    bar.hover()
    assert tip.inner_text().split("\n") == ["Most deprived", "74.2 years"]
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    bar.hover(position={"x": 5, "y": 5})
    assert not tip.is_visible(), "until the pointer has been elsewhere"
    page.locator(BAR).last.hover()
    bar.hover()
    assert "74.2" in tip.inner_text()


def test_the_pointer_may_cross_to_the_words_and_they_end_when_it_leaves(page_path, open_page):
    page = open_page(page_path)
    tip = page.locator(TIP)
    page.locator(BAR).first.hover()
    words = tip.bounding_box()
    page.mouse.move(words["x"] + 8, words["y"] + 8, steps=10)
    page.wait_for_timeout(600)
    assert tip.is_visible()
    page.locator("h1").hover()
    tip.wait_for(state="hidden")


def test_a_small_mark_is_met_by_coming_near(page_path, open_page):
    page = open_page(page_path)
    dot = page.locator(DOT).first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    page.mouse.move(box["x"] - 12, box["y"] - 8)
    assert page.locator(TIP).inner_text() == "Testshire"
    page.mouse.move(box["x"] - 90, box["y"] - 8)
    page.locator(TIP).wait_for(state="hidden")


def test_a_finger_shows_the_words_and_a_tap_elsewhere_ends_them(page_path, open_page):
    page = open_page(page_path, viewport=PHONE, has_touch=True)
    page.locator(BAR).first.tap()
    assert "74.2" in page.locator(TIP).inner_text()
    page.locator("h1").tap()
    assert not page.locator(TIP).is_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_words_of_a_mark_stand_beside_it_and_inside_the_window(page_path, viewport, open_page):
    page = open_page(page_path, viewport=viewport)
    for mark in (*page.locator(BAR).all(), *page.locator(DOT).all()):
        mark.scroll_into_view_if_needed()
        mark.click()
        tip = page.locator(TIP).bounding_box()
        at = mark.evaluate("mark => mark.getBoundingClientRect().toJSON()")
        assert 0 <= tip["x"] <= tip["x"] + tip["width"] <= viewport[0]
        assert 0 <= tip["y"] <= tip["y"] + tip["height"] <= viewport[1]
        apart = (at["y"] - tip["y"] - tip["height"], tip["y"] - at["y"] - at["height"])
        assert max(apart) == pytest.approx(6, abs=1)


def test_a_mark_that_a_key_can_reach_says_what_it_is(page_path, open_page):
    page = open_page(page_path)
    bar = page.locator(BAR).first
    bar.evaluate("mark => mark.setAttribute('tabindex', '0')")
    bar.focus()
    assert "74.2" in page.locator(TIP).inner_text()
    bar.blur()
    assert not page.locator(TIP).is_visible()


def test_a_page_needs_no_script_but_its_own(page_path, open_page):
    page = open_page(page_path)
    assert page.evaluate("document.scripts.length") == 3, "its own, for figures, for numbers"
    assert page.evaluate("document.scripts[0].text.length") < 6_000
    assert page.evaluate("[...document.scripts].map(s => s.text).join().length") < 15_000


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("which", ["page_path", "hostile_path", "index_path", "report_path"])
def test_accessibility_rules_hold(which, viewport, request, open_page, axe):
    page = open_page(request.getfixturevalue(which), viewport=viewport)
    for summary in page.locator("summary").all():
        summary.click()
    assert axe(page) == []


@pytest.mark.parametrize("which", ["page_path", "hostile_path", "index_path", "report_path"])
def test_page_reflows_at_320_pixels(which, request, open_page):
    page = open_page(request.getfixturevalue(which), viewport=PHONE)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_a_box_that_scrolls_is_a_keyboard_stop_and_no_other_is(page_path, open_page):
    phone = open_page(page_path, viewport=PHONE)
    phone.wait_for_selector("#life-expectancy .figure-static[tabindex='0']")
    desktop = open_page(page_path)
    assert desktop.locator("[role='group'][tabindex='0']:visible").count() == 0


def test_paper_gets_the_static_drawing_and_no_controls(page_path, open_page):
    page = open_page(page_path)
    page.emulate_media(media="print")
    for figure in page.locator("figure.figure").all():
        assert figure.locator(".figure-static").is_visible()
        figure.locator("[data-label]").first.hover()
        assert not page.locator(TIP).is_visible()
        assert not figure.locator("summary").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.get_by_text("FICTIONAL DEMONSTRATION DATA").is_visible()


@pytest.fixture(scope="module")
def folded_path(tmp_path_factory) -> Path:
    notebook = handmade.notebook()
    folded = "<details><summary>Notes</summary><p>Folded words</p></details>"
    notebook.cells.append(handmade.cell(handmade.html(folded)))
    return saved(tmp_path_factory.mktemp("folded"), export_html(notebook))


def test_paper_gets_what_is_folded_away_without_javascript(folded_path, open_page):
    page = open_page(folded_path, js=False)
    folded = page.get_by_text("Folded words")
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert not page.locator(".facts").is_visible()


def test_script_opens_what_is_folded_away_where_style_cannot(folded_path, open_page):
    page = open_page(folded_path)
    page.add_init_script("CSS.supports = () => false")
    page.reload()
    folded = page.get_by_text("Folded words")
    for event, seen in (("beforeprint", True), ("afterprint", False)):
        page.evaluate("name => dispatchEvent(new Event(name))", event)
        assert folded.is_visible() == seen


def test_keyboard_starts_with_the_skip_link(page_path, open_page):
    page = open_page(page_path)
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    assert skip.is_visible()
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("js", [True, False], ids=["js", "no js"])
def test_facts_download_as_they_are(page_path, open_page, js, tmp_path):
    page = open_page(page_path, js=js)
    with page.expect_download() as download:
        page.locator("a.download").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.suffix == ".csv"
    facts = pd.read_csv(kept, index_col="id")
    assert facts.loc["life-expectancy-female", "value"] == 79.04
    assert facts.loc["gap", "text"] == "−8.7 years"


def test_link_holds_its_file_to_the_byte(tmp_path, open_page):
    text = 'a,"b ""c""  d"\t100% #1 & <b>?x=1+2;\\\'é−🌍\u2028%41\r\nlone\nlone\r {|}~^`\r\n'
    link = f'<!DOCTYPE html><meta charset="utf-8"><a download="x.csv" href="{csv_link(text)}">x</a>'
    page = open_page(saved(tmp_path, link), js=False)
    with page.expect_download() as download:
        page.locator("a").click()
    assert Path(download.value.path()).read_bytes() == text.encode("utf-8-sig")


def test_hostile_names_are_words(hostile_path, open_page):
    page = open_page(hostile_path)
    assert page.title() == handmade.HOSTILE
    assert page.locator("h1").inner_text().replace("\n", "") == handmade.HOSTILE
    page.locator(DOT).first.hover()
    assert page.locator(TIP).inner_text().startswith("<script>")
    assert page.complaints == []


def test_index_links_from_map_and_table(index_path, open_page):
    page = open_page(index_path, js=False)
    assert page.locator(".map a").count() == 3
    assert page.locator(".map a[href='alder.html'] title").text_content() == "Alder"
    assert page.locator("td a, th a").count() == 3
    failed = page.locator("tr", has_text="Cedar")
    assert "Cell 4 failed: no data" in failed.inner_text()
    assert failed.locator("a").count() == 0


def test_focus_is_seen_on_the_map(index_path, open_page):
    page = open_page(index_path)
    ring = page.locator(".map .map-here")
    assert ring.evaluate("path => getComputedStyle(path).stroke") == "none"
    page.locator("a[href='#documents']").focus()
    page.keyboard.press("Tab")
    assert ring.evaluate("path => getComputedStyle(path).stroke") != "none"
    first = page.locator(".map [data-code] path").first
    assert ring.get_attribute("d") == first.get_attribute("d")


def test_words_too_pale_to_read_are_seen(tmp_path, open_page, axe):
    path = tmp_path / "pale.html"
    words = '<p style="color: #aaa">Pale</p><p>Dark <span style="color: #bbb">and pale</span></p>'
    path.write_text(f"<title>Words</title>{words}", encoding="utf-8")
    page = open_page(path)
    assert sum(fault.startswith("color-contrast: ") for fault in axe(page)) == 2
    assert not [fault for fault in axe(page, colours=False) if "color-contrast" in fault]
