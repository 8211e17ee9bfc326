"""A spine too wide for a phone is a list of cards there."""

from importlib.resources import files
from pathlib import Path

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.figure import Figure
from ineqlib.pack import Pack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 320, "height": 640}
AIR = 5
"""Pixels."""


@pytest.fixture(scope="module")
def figure(demo_pack: Pack) -> Figure:
    return open_briefing(demo_pack, "X07000001").section("at_a_glance").figures[0]


@pytest.fixture(scope="module")
def page_path(figure: Figure, tmp_path_factory: pytest.TempPathFactory) -> Path:
    css = files("ineqlib.document").joinpath("templates/page.css").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("spine") / "spine.html"
    path.write_text(
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Spine</title>'
        f'<style>{css}</style><main class="content">'
        f'<div class="figures">{figure.html}</div></main>',
        encoding="utf-8",
    )
    return path


def test_a_spine_is_cards_on_a_phone_and_a_drawing_on_a_desktop_and_on_paper(
    page_path: Path, figure: Figure, open_page
) -> None:
    page = open_page(page_path)
    drawing, cards = page.locator("figure svg").first, page.locator(".card")
    assert drawing.is_visible()
    assert not cards.first.is_visible()
    page.set_viewport_size(PHONE)
    assert not drawing.is_visible()
    assert cards.first.is_visible()
    assert cards.count() == len(figure.table)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.emulate_media(media="print")
    assert drawing.is_visible()
    assert not cards.first.is_visible()


def test_in_the_dark_the_words_of_a_drawing_have_air_around_them(
    page_path: Path, open_page
) -> None:
    page = open_page(page_path)
    gap = """() => {
      const plate = document.querySelector('.figure-static').getBoundingClientRect();
      return document.querySelector('.figure-static svg').getBoundingClientRect().x - plate.x;
    }"""
    assert page.evaluate(gap) == 0
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(gap) > AIR
