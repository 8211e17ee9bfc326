"""The promises of a page, in a real browser."""

import base64
import gzip
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.charts import theme
from ineqlib.charts.figure import FIGURE_MIME
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


def test_page_asks_for_nothing_and_complains_of_nothing(page_path, open_page, enlivened):
    page = enlivened(open_page(page_path))
    assert page.requests == [page_path.as_uri()]
    assert page.complaints == []


def test_policy_blocks_what_is_not_the_pages_own(page_path, open_page):
    page = open_page(page_path)
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/'}))")
    page.wait_for_timeout(200)
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


def test_with_javascript_every_figure_comes_alive(page_path, open_page, enlivened):
    page = enlivened(open_page(page_path))
    for figure in page.locator("figure.figure").all():
        assert figure.get_attribute("data-live") == "true"
        assert figure.locator(".figure-live svg").is_visible()
        assert not figure.locator(".figure-static").is_visible()
        still, live = (
            figure.locator(f".figure-{kind} svg").get_attribute("aria-label")
            for kind in ("static", "live")
        )
        assert still == live


def test_live_figure_is_drawn_like_the_static_one(page_path, open_page, enlivened):
    page = enlivened(open_page(page_path))
    for figure in page.locator("figure.figure").all():
        still, live = (figure.locator(f".figure-{kind} svg") for kind in ("static", "live"))
        for side in ("width", "height"):
            drawn, lively = (float(image.get_attribute(side)) for image in (still, live))
            assert lively == pytest.approx(drawn, rel=0.05)
        for image in (still, live):
            assert image.locator(f"[fill='{theme.DARK_BLUE}' i]").count() > 0


def test_tooltip_shows_and_escape_dismisses_it(page_path, open_page, enlivened):
    page = enlivened(open_page(page_path))
    bar = page.locator("#gradient .figure-live .mark-rect path").first
    bar.scroll_into_view_if_needed()
    bar.hover()
    tip = page.locator("#vg-tooltip-element")
    assert "74.2" in tip.inner_text()
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert not tip.is_visible()


def test_selection_dims_the_other_bar(page_path, open_page, enlivened):
    page = enlivened(open_page(page_path))
    bars = page.locator("#gradient .figure-live .mark-rect path")
    bars.first.click()
    assert bars.nth(1).get_attribute("opacity") == "0.4"


def test_broken_chart_leaves_the_static_figure(tmp_path, open_page, enlivened):
    notebook = handmade.notebook()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            figure = output.get("data", {}).get(FIGURE_MIME)
            if figure and figure["id"] == "gradient":
                broken = {**json.loads(figure["spec"]), "mark": {"type": "no such mark"}}
                figure["spec"] = json.dumps(broken)
    page = enlivened(open_page(saved(tmp_path, export_html(notebook))))
    assert page.locator("#gradient").get_attribute("data-live") == "failed"
    assert page.locator("#gradient .figure-static svg").is_visible()
    assert page.locator("#life-expectancy").get_attribute("data-live") == "true"


def failed_quietly(page) -> bool:
    """Tell whether every figure is as it is without JavaScript."""
    return page.locator("[data-live=failed] > .figure-static svg:visible").count() == 2


def test_browser_that_cannot_unpack_keeps_the_static_figures(page_path, open_page, enlivened):
    page = open_page(page_path)
    page.add_init_script("delete window.DecompressionStream")
    page.reload()
    assert failed_quietly(enlivened(page))
    assert page.complaints == []


def test_no_other_script_runs_in_vegas_place(page_path, tmp_path, open_page, enlivened):
    ours = page_path.read_text(encoding="utf-8")
    other = base64.b64encode(gzip.compress(b"document.title = 'owned'")).decode()
    theirs = re.sub(r'(?<=id="vega">)[^<]+', other, ours)
    page = enlivened(open_page(saved(tmp_path, theirs)))
    assert page.title() != "owned"
    assert failed_quietly(page)
    assert any("Content Security Policy" in complaint for complaint in page.complaints)


def test_vega_waits_until_a_figure_comes_near(tmp_path, open_page, enlivened):
    notebook = handmade.notebook()
    notebook.cells.insert(2, handmade.cell(handmade.html("<p>Words</p>" * 100)))
    page = open_page(saved(tmp_path, export_html(notebook)))
    page.wait_for_timeout(300)
    assert page.evaluate("typeof vegaEmbed") == "undefined"
    enlivened(page)
    assert page.evaluate("typeof vegaEmbed") == "function"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("which", ["page_path", "hostile_path", "index_path", "report_path"])
def test_accessibility_rules_hold(which, viewport, request, open_page, enlivened, axe):
    page = open_page(request.getfixturevalue(which), viewport=viewport)
    if which in ("page_path", "hostile_path"):
        enlivened(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert axe(page) == []


@pytest.mark.parametrize("which", ["page_path", "hostile_path", "index_path", "report_path"])
def test_page_reflows_at_320_pixels(which, request, open_page):
    page = open_page(request.getfixturevalue(which), viewport=PHONE)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_a_box_that_scrolls_is_a_keyboard_stop_and_no_other_is(page_path, open_page, enlivened):
    phone = enlivened(open_page(page_path, viewport=PHONE))
    phone.wait_for_selector("#life-expectancy .figure-live[tabindex='0']")
    desktop = enlivened(open_page(page_path))
    assert desktop.locator("[role='group'][tabindex='0']:visible").count() == 0


def test_paper_gets_the_static_drawing_and_no_controls(page_path, open_page, enlivened):
    page = enlivened(open_page(page_path))
    page.emulate_media(media="print")
    for figure in page.locator("figure.figure").all():
        assert figure.locator(".figure-static").is_visible()
        assert not figure.locator(".figure-live").is_visible()
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


def test_hostile_names_are_words(hostile_path, open_page, enlivened):
    page = enlivened(open_page(hostile_path))
    assert page.title() == handmade.HOSTILE
    assert page.locator("h1").inner_text().replace("\n", "") == handmade.HOSTILE
    assert page.locator("figure.figure[data-live=true]").count() == 2
    assert page.complaints == []
    place = page.locator("#life-expectancy .figure-live .mark-symbol.role-mark path").first
    place.hover()
    assert "<script>" in page.locator("#vg-tooltip-element").inner_text()


def test_index_links_from_map_and_table(index_path, open_page):
    page = open_page(index_path, js=False)
    assert page.locator(".map a").count() == 3
    assert page.locator(".map a[href='alder.html']").get_attribute("aria-label") == "Alder"
    assert page.locator("td a, th a").count() == 3
    failed = page.locator("tr", has_text="Cedar")
    assert "Cell 4 failed: no data" in failed.inner_text()
    assert failed.locator("a").count() == 0


def test_focus_is_seen_on_the_map(index_path, open_page):
    page = open_page(index_path)
    area = page.locator(".map a").first
    before = area.locator("path").evaluate("path => getComputedStyle(path).fill")
    page.locator("a[href='#documents']").focus()
    page.keyboard.press("Tab")
    assert area.locator("path").evaluate("path => getComputedStyle(path).fill") != before
