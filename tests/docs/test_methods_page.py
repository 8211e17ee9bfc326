"""The methods page says what the registry says, of every function there is."""

import importlib.util
import inspect
from pathlib import Path
from types import ModuleType

import pytest

from ineqlib import measures
from ineqlib.measures.registry import METHODS, Method

REPO = Path(__file__).resolve().parents[2]
OF_FRAMES = {"add_by_lookup", "measure_table", "rate_table"}
"""They apply methods to frames and are none themselves; the page's opening names them."""

every_method = pytest.mark.parametrize("row", METHODS.values(), ids=list(METHODS))


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_methods", REPO / "docs" / "make_methods.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh(maker: ModuleType) -> None:
    fresh = maker.PAGE.read_text(encoding="utf-8") == maker.page()
    assert fresh, "docs/methods.md is not what the registry says: run `python tasks.py methods`"


def test_every_public_function_has_its_row() -> None:
    public = {name for name in measures.__all__ if inspect.isfunction(getattr(measures, name))}
    assert public - OF_FRAMES == METHODS.keys() & set(measures.__all__)
    assert METHODS.keys() <= set(measures.__all__), "a method nobody can call by its public name"


def test_titles_are_unlike() -> None:
    titles = [row.title for row in METHODS.values()]
    assert len(set(titles)) == len(titles)


@every_method
def test_a_row_is_filled_and_has_an_example(row: Method, maker: ModuleType) -> None:
    words = (row.title, row.sentence, row.formula, row.use, row.avoid, row.interval, row.source)
    assert all(words)
    assert not row.doi.startswith("http"), "the identifier alone"
    assert maker.worked_example(row.function), "give its docstring an Examples section that runs"


def test_an_identifier_stands_beside_the_source_it_is_of(maker: ModuleType) -> None:
    slope = maker.entry(METHODS["sii"])
    assert "J Public Health 26:388 [doi:10.1093/pubmed/fdh175]" in slope
    assert slope.index("fdh175") < slope.index("Pamuk")
