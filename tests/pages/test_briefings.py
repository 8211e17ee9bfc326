"""Finished briefings of the demonstration pack, in a real browser."""

import re
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import lxml.html
import pandas as pd
import pytest

from ineqlib.pack import Pack, PackMeta
from ineqlib.publish.area_selection import AreaChoice
from ineqlib.publish.batch import Batch, render_batch
from ineqlib.publish.run_file import Run, notebook_request

from ..unit.revised_pack import revised
from .conftest import printed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MEGABYTE = 1_000_000
PHONE = {"width": 320, "height": 640}
MAP = "neighbourhood-map"
SAID = {
    "at-a-glance": "How long people can expect to live, men",
    "trend-life-expectancy-male": "Brackenhythe, ",
    "deprivation-spread": "National tenth 1",
    "gradient-life-expectancy-male": "Most deprived fifth",
    "most-deprived-life-expectancy-male": "Average: Lindermark",
    "deprivation-line-life-expectancy-male": "Brackenhythe",
}
"""A figure of each kind of chart but the map -> how the label of one of its marks begins."""
DISTRICT, SINGLE_TIER, HOSTILE = "X07000001", "X06000013", "X07000002"
HOSTILE_NAME = "<script>alert(\"x\")</script> & ../../up 'quoted' " + "very long " * 12


@pytest.fixture(scope="module")
def hostile_pack(demo_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The demonstration pack with one area and one indicator given hostile names."""
    tables: dict[str, pd.DataFrame | gpd.GeoDataFrame] = {
        name: demo_pack.table(name) for name in demo_pack.meta.tables
    }
    for name, code in (("areas", "area_code"), ("observations", "area_code")):
        rows = tables[name]
        tables[name] = rows.assign(
            area_name=rows["area_name"].where(rows[code] != HOSTILE, HOSTILE_NAME)
        )
    indicators = tables["indicators"]
    strange = ~indicators["catalogued"]
    tables["indicators"] = indicators.assign(
        name=indicators["name"].mask(strange, '<img src=x onerror=alert(1)> "visits"')
    )
    meta = PackMeta(title="Hostile <b>pack</b>", fictional=True, vintage="2024")
    folder = tmp_path_factory.mktemp("packs") / "hostile"
    return revised(demo_pack, folder, tables, meta)


@pytest.fixture(scope="module")
def batch(hostile_pack: Pack, repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    request = notebook_request(repo / "notebooks" / "area_briefing.ipynb")
    choice = AreaChoice((DISTRICT, SINGLE_TIER, HOSTILE))
    out = tmp_path_factory.mktemp("out")
    run = Run("Test areas", hostile_pack.path, out, (request,), choice)
    made = render_batch(run)
    assert made.failed == []
    return made


@pytest.fixture(scope="module")
def pages(batch: Batch) -> dict[str, Path]:
    found = {path.name[:9].upper(): path for path in batch.index.parent.glob("*.html")}
    return {code: found[code] for code in (DISTRICT, SINGLE_TIER, HOSTILE)}


def test_files_stay_in_the_output_folder_under_plain_names(batch: Batch) -> None:
    names = sorted(path.name for path in batch.index.parent.rglob("*") if path.is_file())
    assert len(names) == 9  # two for each area, the index, the manifest and the lock
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") for name in names)
    assert len(max(names, key=len)) < 90


@pytest.mark.parametrize("code", [DISTRICT, SINGLE_TIER, HOSTILE])
def test_a_page_is_its_own_area_and_no_other(pages: dict[str, Path], code: str) -> None:
    text = pages[code].read_text(encoding="utf-8")
    sections = lxml.html.fromstring(text).xpath("//section[@data-section]")
    assert len(sections) > 10
    assert {section.get("data-subject") for section in sections} == {code}
    # Escaped, the hostile name takes three times its room, on every line of the file of figures.
    assert len(text.encode()) < (1.25 if code == HOSTILE else 1.2) * MEGABYTE
    assert "FICTIONAL" in text


@pytest.mark.parametrize("code", [DISTRICT, HOSTILE])
def test_nothing_is_asked_for_and_nothing_complained_of(
    pages: dict[str, Path], code: str, open_page
) -> None:
    page = open_page(pages[code])
    assert page.requests == [pages[code].as_uri()]
    assert page.complaints == []
    assert page.locator("figure.figure svg[role=img]").count() > 30


@pytest.mark.parametrize("code", [DISTRICT, SINGLE_TIER])
def test_without_javascript_every_chart_map_and_number_is_there(
    pages: dict[str, Path], code: str, open_page
) -> None:
    page = open_page(pages[code], js=False)
    figures = page.locator("figure.figure")
    assert figures.count() > 30
    for figure in figures.all():
        assert figure.locator("svg").first.is_visible()
        assert figure.locator("table").count() == 1
        assert figure.locator("table td").count() > 1
    assert page.locator(f"#{MAP} svg path").count() > 5
    assert page.locator("data.fact").first.is_visible()


@pytest.mark.parametrize(("code", "width"), [(DISTRICT, 1280), (HOSTILE, PHONE["width"])])
def test_accessibility_rules_hold_on_a_desktop_and_on_a_phone(
    pages: dict[str, Path], code: str, width: int, open_page, axe
) -> None:
    page = open_page(pages[code], viewport=(width, 640))
    assert axe(page, colours=code == DISTRICT) == []


def test_the_index_is_accessible_and_leads_to_every_page(
    batch: Batch, pages: dict[str, Path], open_page, axe
) -> None:
    page = open_page(batch.index)
    assert axe(page) == []
    assert page.requests == [batch.index.as_uri()]
    for path in pages.values():
        links = page.locator(f'a[href="{path.name}"]')
        assert links.count() == 2, "one on the map and one in the table"
    page.locator("table a").first.click()
    assert page.locator("h1").inner_text().startswith("Brackenhythe")


@pytest.mark.parametrize("touch", [False, True], ids=["hover", "tap"])
def test_a_mark_of_each_kind_of_chart_says_its_figure(
    pages: dict[str, Path], open_page, touch: bool
) -> None:
    page = open_page(pages[DISTRICT], has_touch=touch)
    tip = page.locator(".tooltip")
    for figure, begins in SAID.items():
        of_several = f'[data-of^="{begins}"] > [data-label]'
        mark = page.locator(f'#{figure} svg :is([data-label^="{begins}"], {of_several})').last
        # Not by the mark itself: one that is not painted lets the pointer through.
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        (page.touchscreen.tap if touch else page.mouse.move)(*at)
        tip.wait_for()
        said = mark.evaluate("mark => (mark.parentElement.dataset.of ?? '') + mark.dataset.label")
        assert tip.inner_text().split("\n") == said.split("\n")
        page.keyboard.press("Escape")
        assert not tip.is_visible()
    assert page.complaints == []


def test_a_hostile_name_is_words(pages: dict[str, Path], open_page) -> None:
    page = open_page(pages[HOSTILE])
    assert page.locator("h1").inner_text().startswith('<script>alert("x")</script>')
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_gets_every_drawing(pages: dict[str, Path], open_page) -> None:
    page = open_page(pages[DISTRICT])
    page.emulate_media(media="print")
    for figure in SAID:
        assert page.locator(f"#{figure} svg").is_visible()


def test_a_printed_briefing_has_its_caveats_and_no_sheet_is_nearly_blank(
    pages: dict[str, Path], open_page, tmp_path: Path
) -> None:
    sheets = printed(open_page(pages[DISTRICT]), tmp_path)
    text = " ".join(words.text for sheet in sheets for words in sheet)
    for caveat in ("least squares", "withheld by the publisher", "not in this pack"):
        assert caveat in text
    assert "Show this chart" not in text
    for number, (sheet, after) in enumerate(pairwise(sheets), start=1):
        filled = max(words.down for words in sheet if words.down < 0.95)
        before_annex = any(words.text.strip() == "Annex" for words in after)
        assert filled > 0.25 or before_annex, f"sheet {number} ends after {sheet[-1].text!r}"


def test_no_cell_with_a_number_is_text_to_a_spreadsheet(pages: dict[str, Path]) -> None:
    page = lxml.html.fromstring(pages[DISTRICT].read_text(encoding="utf-8"))
    numbers = page.xpath("//figure//table[@class='numbers']//td | //figure//td[@class='number']")
    cells = [cell.text_content() for cell in numbers]
    assert len(cells) > 1000
    plain = r"-?[\d,]+(\.\d+)?|\[[a-z]+\]|"
    assert [cell for cell in cells if not re.fullmatch(plain, cell)] == []
    others = [
        cell.text_content() for cell in page.xpath("//figure//table[not(@class)]//td[not(@class)]")
    ]
    written = r"[−£]?[\d,.]+( years|%)|[−\d]+\.\d+( to |$)"
    assert [cell for cell in others if re.match(written, cell)] == []


BESIDE = """() => [...document.querySelectorAll("[data-beside]")].map((group) => {
  const table = group.closest("figure").querySelector("table");
  const place = group.dataset.of.slice(0, -2);
  const texts = ({ cells }) => [...cells].map((cell) => cell.textContent);
  const column = texts(table.tHead.rows[0]).findIndex((head) => head.startsWith(place));
  const rows = [...table.tBodies[0].rows].map(texts).map((row) => [row[0], row[column]]);
  return {
    said: [...group.children].map((mark) => mark.dataset.label.split("\\n")),
    seen: [...group.children].map((mark) => mark.getBoundingClientRect().width > 0),
    known: rows.filter(([, figure]) => !figure.startsWith("[")),
  };
})"""


def test_marks_written_in_short_say_the_figures_of_their_table(
    pages: dict[str, Path], open_page
) -> None:
    lines = open_page(pages[DISTRICT]).evaluate(BESIDE)
    assert len(lines) > 10
    for line in lines:
        assert all(line["seen"])
        assert [period for period, *_ in line["said"]] == [period for period, _ in line["known"]]
        for (_, words, *_), (_, figure) in zip(line["said"], line["known"], strict=True):
            assert figure in words


@pytest.mark.parametrize("js", [True, False])
def test_on_a_phone_the_contents_are_within_reach_of_a_thumb(
    pages: dict[str, Path], open_page, js: bool
) -> None:
    page = open_page(pages[DISTRICT], js=js, viewport=(PHONE["width"], PHONE["height"]))
    link = page.locator(".to-contents a")
    page.locator("h2").last.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert PHONE["height"] / 2 < box["y"] < PHONE["height"] - box["height"]
    link.click()
    heading = page.locator("#contents-heading")
    page.wait_for_timeout(1500)  # it scrolls there smoothly
    assert 0 <= heading.bounding_box()["y"] < PHONE["height"]
    page.emulate_media(media="print")
    assert not link.is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not link.is_visible(), "on a desk the contents stand beside the text"
