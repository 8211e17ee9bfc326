"""The methods notebook, run on the demonstration pack and read in a real browser."""

import re
from pathlib import Path

import nbformat
import pytest

from ineqlib.document.parse_page import read_page
from ineqlib.pack import Pack
from ineqlib.publish.render import Rendered, render

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def rendered(demo_pack: Pack, repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    notebook = repo / "notebooks" / "methods.ipynb"
    return render(
        notebook, pack=demo_pack, area="X07000001", out=tmp_path_factory.mktemp("methods")
    )


@pytest.fixture(scope="module")
def words(rendered: Rendered) -> str:
    return read_page(rendered.html.read_text(encoding="utf-8")).words


def test_every_published_table_is_matched(words: str) -> None:
    agree = re.findall(r"agree to the last digit published: all (\d+)\.", words)
    assert [int(count) for count in agree] == [4, 4, 30, 3, 60, 2, 6]
    assert "differ in the last digit" not in words


def test_the_parts_of_the_gap_add_up(words: str) -> None:
    said = re.findall(r"sum of the parts ([\d.]+), gap ([\d.]+)\.", words)
    assert len(said) == 2
    assert all(total == gap for total, gap in said)


def test_what_is_made_up_is_said_where_it_stands(rendered: Rendered, open_page, axe) -> None:
    page = open_page(rendered.html)
    made_up = page.get_by_text("every number of it is made up")
    assert made_up.count() == 2
    assert page.locator(".fictional").count() == 0
    assert page.requests == [rendered.html.as_uri()]
    assert page.complaints == []
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert axe(page, colours=False) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_cell_warns(rendered: Rendered) -> None:
    cells = nbformat.read(rendered.notebook, as_version=4).cells
    kinds = {
        output.get("name", output.output_type)
        for cell in cells
        for output in cell.get("outputs", [])
    }
    assert kinds == {"execute_result"}
