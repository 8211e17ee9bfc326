"""The table of planted labels is what the audit says today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = REPO / "docs" / "make_published_labels.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh(maker: ModuleType) -> None:
    page = (REPO / "docs" / "published-labels.md").read_text(encoding="utf-8")
    assert page == maker.page(), "run `python docs/make_published_labels.py`"


def test_every_planted_error_is_found_and_what_is_right_is_not_called_wrong(
    maker: ModuleType,
) -> None:
    rows = [line.split(" | ") for line in map(maker.row_of, maker.CASES)]
    wrong = {cells[0].removeprefix("| "): int(cells[2]) for cells in rows}
    right = ("nothing", "a trend, nothing wrong", "a trend of three years", "a label of fifths")
    assert [name for name, count in wrong.items() if not count] == list(right)
