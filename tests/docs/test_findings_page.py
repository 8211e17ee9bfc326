"""The table of findings is what the code finds today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ineqlib.pack import Pack

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_findings", REPO / "docs" / "make_findings.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page(maker: ModuleType, demo_pack: Pack) -> str:
    return str(maker.demo_page(demo_pack))


def test_the_page_is_fresh(page: str) -> None:
    fresh = (REPO / "docs" / "findings.md").read_text(encoding="utf-8") == page
    assert fresh, "docs/findings.md is not what the code finds: run `python docs/make_findings.py`"


def test_first_screens_differ_as_the_districts_do(page: str) -> None:
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")][1:]
    first = [cells[2] for cells in rows if cells[1].strip()]
    assert len(first) == 10
    assert len(set(first)) == 10
