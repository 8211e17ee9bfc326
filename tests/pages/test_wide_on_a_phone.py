"""What is too wide for a phone fades where it goes on, and its caption stays in sight."""

from importlib.resources import files
from pathlib import Path

import pytest

from ineqlib.charts.figure import table_html

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 320, "height": 640}
CAPTION = "Every measure of every period, with its limits and what it was worked out from"
FADES = """selector => {
  const mask = getComputedStyle(document.querySelector(selector)).maskImage;
  return mask.includes('rgba(0, 0, 0, 0.2)');
}"""
FOLLOWING_FRAMES = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""


@pytest.fixture
def page(tmp_path: Path, open_page):
    """A page with a table that is wide on a phone, and one that is not."""
    css = files("ineqlib.document").joinpath("templates/page.css").read_text(encoding="utf-8")
    wide = {f"Measure number {n}": ["1,234.5 years"] for n in range(9)}
    tables = {
        "wide": table_html(wide, caption=CAPTION),
        "narrow": table_html({"Area": ["Here"]}, caption="One"),
    }
    path = tmp_path / "tables.html"
    path.write_text(
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Tables</title>'
        f'<style>{css}</style><main class="content wrap">'
        f"{''.join(f'<div id={name}>{table}</div>' for name, table in tables.items())}</main>",
        encoding="utf-8",
    )
    opened = open_page(path)
    opened.set_viewport_size(PHONE)
    opened.evaluate(FOLLOWING_FRAMES)
    return opened


def test_a_table_fades_where_it_goes_on_until_it_is_scrolled_to_its_end(page) -> None:
    assert page.evaluate(FADES, "#wide .table-scroll")
    assert not page.evaluate(FADES, "#narrow .table-scroll")
    page.evaluate("document.querySelector('#wide .table-scroll').scrollLeft = 9999")
    page.evaluate(FOLLOWING_FRAMES)
    assert not page.evaluate(FADES, "#wide .table-scroll")


def test_on_paper_nothing_fades(page) -> None:
    page.emulate_media(media="print")
    page.evaluate(FOLLOWING_FRAMES)
    assert not page.evaluate(FADES, "#wide .table-scroll")


def test_a_caption_is_in_sight_wherever_its_table_is_scrolled_to(page) -> None:
    where = """() => {
      const box = document.querySelector('#wide caption').getBoundingClientRect();
      return [box.left, box.right];
    }"""
    for scrolled in (0, 9999):
        page.evaluate(f"document.querySelector('#wide .table-scroll').scrollLeft = {scrolled}")
        left, right = page.evaluate(where)
        assert 0 <= left < right <= PHONE["width"]
