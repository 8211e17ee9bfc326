"""The comparison of options on the fictional county, read in a real browser."""

import pytest

from ineqlib.pack import Pack
from ineqlib.publish.render import render

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_page_is_complete_and_accessible(
    options_pack: Pack, repo, tmp_path, open_page, axe
) -> None:
    notebook = repo / "notebooks" / "reorganisation.ipynb"
    rendered = render(notebook, pack=options_pack, area="Wendlemere", out=tmp_path / "out")
    page = open_page(rendered.html)
    assert page.locator("#part-maps figure").count() == 3
    assert page.locator("#part-authorities tbody tr").count() == 15
    assert page.requests == [rendered.html.as_uri()]
    assert page.complaints == []
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    # What scrolls now is told to the script by the browser, once it has laid the page out again.
    page.wait_for_selector(".table-scroll[tabindex]")
    assert axe(page, colours=False) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
