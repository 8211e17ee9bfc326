"""The methods page says what docstrings and the registry say, of every function there is."""

import importlib.util
import inspect
from pathlib import Path
from types import ModuleType

import pytest

from ineqlib import measures
from ineqlib.measures.methods import METHODS
from ineqlib.measures.registry import Method
from ineqlib.measures.registry.rows import said_of

REPO = Path(__file__).resolve().parents[2]
OF_FRAMES = {"add_by_lookup", "measure_table", "rate_table"}
"""They apply methods to frames and are none themselves; the page's opening names them."""

SAID = ["title", "sentence", "formula", "use", "avoid", "interval", "source"]
"""What a docstring says below ``Method``, in this order; then its doi, if it has one."""

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
    assert fresh, "docs/methods.md is not what the code says: run `python tasks.py methods`"


def test_every_public_function_says_what_its_method_is() -> None:
    public = {name for name in measures.__all__ if inspect.isfunction(getattr(measures, name))}
    assert public - OF_FRAMES == METHODS.keys()


def test_titles_are_unlike() -> None:
    titles = [row.title for row in METHODS.values()]
    assert len(set(titles)) == len(titles)


@every_method
def test_a_method_says_everything_and_has_an_example(row: Method, maker: ModuleType) -> None:
    said = said_of(row.function)
    assert list(said)[:7] == SAID
    assert all(said.values())
    assert said["title"] == row.title, "the registry and the docstring name it differently"
    assert said.keys() <= {*SAID, "doi"}
    assert not row.doi.startswith("http"), "the identifier alone"
    assert maker.worked_example(row.function), "give its docstring an Examples section that runs"


def test_an_identifier_stands_beside_the_source_it_is_of(maker: ModuleType) -> None:
    slope = maker.entry(METHODS["sii"])
    assert "J Public Health 26:388 [doi:10.1093/pubmed/fdh175]" in slope
    assert slope.index("fdh175") < slope.index("Pamuk")


def test_a_reference_to_another_method_leads_there(maker: ModuleType) -> None:
    assert "**Interval.** As [mdm](#mdm)'s." in maker.entry(METHODS["mdr"])
    assert maker.linked("As others do, see no_such_method.") == "As others do, see no_such_method."
