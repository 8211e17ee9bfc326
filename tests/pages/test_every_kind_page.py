"""The page of every kind of document in a real browser: whole, quiet and for everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from ineqlib.document.kinds import kind_named
from ineqlib.document.page import document_page
from ineqlib.pack import Pack

from ..documents.test_every_kind import NEEDS_OPTIONS, SUBJECTS
from .conftest import names_heard

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ELSEWHERE = {"area_briefing", "methods", *NEEDS_OPTIONS}
"""Kinds whose pages tests of their own open."""
LONG = {"annex"}
"""Kinds that repeat themselves for each indicator, of which few are enough: axe looks at all."""
PHONE = (320, 640)


@pytest.fixture(scope="module", params=sorted(set(SUBJECTS) - ELSEWHERE))
def path(
    request: pytest.FixtureRequest,
    demo_pack: Pack,
    small_pack: Pack,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    pack = small_pack if request.param in LONG else demo_pack
    document = kind_named(request.param).build(pack, SUBJECTS[request.param])
    page = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    page.write_text(document_page(document), encoding="utf-8")
    return page


def test_it_asks_for_nothing_and_complains_of_nothing(path: Path, open_page, axe) -> None:
    page = open_page(path)
    require_figures_without_the_name_of_their_heading(page)
    assert axe(page) == []
    assert page.requests == [path.as_uri()]
    assert page.complaints == []


def require_figures_without_the_name_of_their_heading(page: Page) -> None:
    """The words of the drawing have the message too, for who comes to it alone."""
    heard = names_heard(page)
    assert [name for role, name in heard if role == "figure" and name] == []
    headings = [name for role, name in heard if role == "heading"]
    for title in page.locator("figcaption h3").all_text_contents():
        assert any(title in name for name in headings), title


@pytest.mark.parametrize("js", [True, False])
def test_it_is_whole_on_a_phone(path: Path, open_page, js: bool) -> None:
    page = open_page(path, js=js, viewport=PHONE)
    assert page.locator("h1").count() == 1
    assert page.locator("section h2:visible").count() >= 2
    width = page.evaluate("document.documentElement.scrollWidth") if js else PHONE[0]
    assert width <= PHONE[0]
