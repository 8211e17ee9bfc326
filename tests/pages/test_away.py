"""A page away from a bright screen: on paper, in the dark, copied, saved as pictures."""

import base64
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ineqlib.charts.figure import Figure
from ineqlib.document.page import export_html

from . import handmade
from .conftest import Words, printed

pytestmark = pytest.mark.browser

TITLE = handmade.PAGE["title"]
FIGURE = "life-expectancy"
COLOURS = """async (png) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${png}` });
    await image.decode();
    const { width, height } = image;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const paint = canvas.getContext("2d");
    paint.drawImage(image, 0, 0);
    const { data } = paint.getImageData(0, 0, width, height);
    const colours = new Set();
    for (let i = 0; i < data.length; i += 4) colours.add(data.slice(i, i + 3).join());
    return [...colours];
}"""
"""Each colour of a picture once, from its first corner on."""


@pytest.fixture(scope="module")
def page_path(tmp_path_factory) -> Path:
    return saved(tmp_path_factory.mktemp("page"), handmade.notebook())


@pytest.fixture(scope="module")
def long_path(tmp_path_factory) -> Path:
    """Small figures that meet the foot of a sheet at every height, each with a heading after it."""
    notebook = handmade.notebook()
    small = handmade.bar_figure()
    for lines in range(0, 60, 3):
        words = "<p>" + "A line of words.<br>" * lines + "</p>"
        grid = f'<div class="figures">{renamed(small, lines)}</div>'
        after = f"<h3>After figure {lines}</h3><p>And its first sentence.</p>"
        notebook.cells.append(handmade.cell(handmade.html(words + grid + after)))
    folded = "<details><summary>Folded notes</summary><p>How it was made</p></details>"
    notebook.cells.append(handmade.cell(handmade.html(folded)))
    return saved(tmp_path_factory.mktemp("long"), notebook)


@pytest.fixture(scope="module")
def sheets(long_path, browser, tmp_path_factory) -> list[list[Words]]:
    page = browser.new_page()
    page.goto(long_path.as_uri())
    words = printed(page, tmp_path_factory.mktemp("printed"))
    page.close()
    return words


def renamed(figure: Figure, number: int) -> str:
    return figure.html.replace(figure.labels.id, f"{figure.labels.id}-{number}")


def saved(folder: Path, notebook) -> Path:
    path = folder / "page.html"
    path.write_text(export_html(notebook), encoding="utf-8")
    return path


def test_every_printed_sheet_has_its_number_and_all_but_the_first_the_title(sheets):
    assert len(sheets) > 5
    for number, sheet in enumerate(sheets, start=1):
        foot = " ".join(words.text for words in sheet if words.down > 0.95)
        assert f"{number} of {len(sheets)}" in foot
        assert "Made with ineqlib 0 from “Demonstration pack”" in foot
        assert "printed without the tables of its charts" in foot
        head = [words.text for words in sheet if words.down < 0.05]
        assert head == ([TITLE] if number > 1 else [])


def test_nothing_is_printed_over_a_figure_that_moved_to_the_next_sheet(sheets):
    after = []
    for sheet in sheets:
        sources = [words.down for words in sheet if words.text.startswith("Source:")]
        headings = [words for words in sheet if words.text.startswith("After figure")]
        for heading in headings:
            after.append(heading.text)
            assert all(abs(source - heading.down) > 0.015 for source in sources), heading
            before = sheet[: sheet.index(heading)]
            assert heading.down > max((w.down for w in before if 0.05 < w.down < 0.95), default=0)
    assert len(after) == 20


def test_paper_has_what_is_folded_and_nothing_to_press(sheets):
    text = " ".join(words.text for sheet in sheets for words in sheet)
    assert "How it was made" in text
    for control in ("Show this chart", "Save as picture", "Download", "Skip to", "Contents"):
        assert control not in text


@pytest.mark.parametrize("preference", [
    {"color_scheme": "dark"},
    {"contrast": "more"},
    {"color_scheme": "dark", "contrast": "more"},
    {"forced_colors": "active"},
    {"reduced_motion": "reduce"},
], ids=str)  # fmt: skip
def test_accessibility_rules_hold_for_every_preference(page_path, open_page, axe, preference):
    page = open_page(page_path, **preference)
    page.locator(".facts summary").click()
    assert axe(page) == []


def test_the_dark_is_dark_and_drawings_stay_on_white(page_path, open_page):
    page = open_page(page_path, color_scheme="dark")
    ground = "element => getComputedStyle(element).backgroundColor"
    red, green, blue = page.locator("body").evaluate(f"""element => ({ground})(element)
        .match(/\\d+/g).slice(0, 3).map(Number)""")
    assert max(red, green, blue) < 64
    for colours in ("none", "active"):
        page.emulate_media(forced_colors=colours)
        drawing = page.locator(".figure-static svg").first
        assert drawing.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator("body").evaluate(ground) == "rgb(255, 255, 255)"


def test_motion_is_only_smooth_where_it_is_welcome(page_path, open_page):
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert open_page(page_path).evaluate(behaviour) == "smooth"
    assert open_page(page_path, reduced_motion="reduce").evaluate(behaviour) == "auto"


def test_all_selected_reads_as_text_without_labels_of_drawings_or_controls(page_path, open_page):
    page = open_page(page_path)
    text = page.evaluate("(document.execCommand('selectAll'), getSelection().toString())")
    assert "Life expectancy in Testshire has stayed below England's" in text
    assert "Source: Made up for this test" in text
    controls = ("Save as picture", "Show this chart", "Skip to main", "Download all", "Show the 2")
    assert page.get_by_text("Show the 2 figures").count() == 1
    for strange in (*controls, "\n2016", "2018"):
        assert strange not in text


def test_what_is_like_a_date_is_copied_from_a_table_as_text(tmp_path, open_page):
    """A spreadsheet made Dec-11 of 2011/12 and Oct-14 of the ages 10-14."""
    rows = "".join(
        f'<tr><th scope="row">{period}</th><td>{age}</td><td>{value}</td></tr>'
        for period, age, value in (("2011/12", "10-14", "3.1"), ("2013 to 2015", "All ages", "-2"))
    )
    notebook = handmade.notebook()
    table = f'<table id="copied"><caption>Made up</caption>{rows}</table>'
    notebook.cells.append(handmade.cell(handmade.html(table)))
    page = open_page(saved(tmp_path, notebook))
    page.evaluate("""() => {
        getSelection().selectAllChildren(document.getElementById("copied"));
        addEventListener("copy", ({ clipboardData }) => {
            window.copied = ["text/html", "text/plain"].map((kind) => clipboardData.getData(kind));
        });
    }""")
    page.keyboard.press("Control+c")
    html, text = page.evaluate("window.copied")
    told = """ style="mso-number-format:'\\@'">"""
    assert f"<td{told}10-14</td><td>3.1</td>" in html
    assert f'<th scope="row"{told}2011/12</th>' in html
    assert html.count("mso-number-format") == 2
    assert "2011/12\t10-14\t3.1" in text
    assert page.complaints == []
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.keyboard.press("Control+c")
    assert page.evaluate("window.copied") == ["", ""], "other text is copied as the browser does"


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_a_figure_saves_as_a_picture_with_its_words(page_path, open_page, tmp_path, kind):
    page = open_page(page_path, color_scheme="dark")
    with page.expect_download() as download:
        page.locator(f"#{FIGURE} .save button", has_text=kind).click()
    whose = "testshire-health-inequalities-briefing"  # as the file of its figures is named
    assert download.value.suggested_filename == f"{whose}-{FIGURE}.{kind.lower()}"
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert page.complaints == []
    if kind == "SVG":
        words = " ".join(ElementTree.parse(path).getroot().itertext())
        assert "Life expectancy in Testshire has stayed below England's" in words
        assert "women, 2016 to 2022" in words
        assert "Source: Made up for this test" in words
        names = {name for part in ElementTree.parse(path).iter() for name in part.attrib}
        assert {"font-family", "stroke-miterlimit"} <= names, "what the page's style says"
        assert not [name for name in names if name.startswith("data-")], "what only scripts read"
        return
    colours = page.evaluate(COLOURS, base64.b64encode(path.read_bytes()).decode())
    assert colours[0] == "255,255,255", "its ground"
    assert "18,67,109" in colours, "the line of the chart"
    assert len(colours) > 50, "its words, whose edges are of every grey"


def test_without_javascript_there_is_no_dead_control(page_path, open_page):
    page = open_page(page_path, js=False)
    assert page.locator("button").count() == 0
    assert page.locator("data.leads").count() == 0


def test_a_number_leads_to_its_row_by_pointer_and_by_key(page_path, open_page):
    page = open_page(page_path)
    numbers = page.locator("section[data-section] data.fact")
    assert page.locator("section[data-section] data[tabindex='0']").count() == 1
    row = "document.activeElement.id"
    numbers.last.click()
    assert page.evaluate(row) == f"fact-{numbers.last.get_attribute('data-fact')}"
    assert page.locator(".facts details").get_attribute("open") is not None
    page.go_back()
    numbers.first.focus()
    page.keyboard.press("ArrowRight")
    second = numbers.nth(1).get_attribute("data-fact")
    page.keyboard.press("Enter")
    assert page.evaluate(row) == f"fact-{second}"
    # The row says what to type to follow the figure further.
    told = page.locator(f"#fact-{second} code").inner_text()
    assert told == f'ineq trace "{second}" "{page_path.name}"'
    assert page.locator("tr code").count() == 1
    assert page.locator("section[data-section] data[tabindex='0']").count() == 1


def test_a_masthead_says_who_made_it_when_and_whom_to_ask(tmp_path, open_page):
    notebook = handmade.notebook(
        owner="Testshire County Council", published="29 November 2026", contact="ask@example.org"
    )
    masthead = open_page(saved(tmp_path, notebook)).locator(".masthead")
    words = masthead.inner_text()
    for part in ("Testshire County Council", "Published 29 November 2026", "ask@example.org"):
        assert part in words


def test_a_masthead_without_them_has_no_hole(page_path, open_page):
    assert open_page(page_path).locator(".imprint").inner_text() == "Testshire"


def test_headings_are_in_order(page_path, open_page):
    levels = open_page(page_path).evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3,h4)')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
