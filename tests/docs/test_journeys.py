"""The journeys of CONTRIBUTING: short, and along what is there; no page names a lost module."""

import ast
import pkgutil
import re
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
CHAPTER = (
    (REPO / "CONTRIBUTING.md")
    .read_text(encoding="utf-8")
    .partition("## Four journeys")[2]
    .partition("\n## ")[0]
)
JOURNEYS = dict(re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", CHAPTER, re.DOTALL | re.MULTILINE))
MODULE = re.compile(r"`([a-z_]+/[a-z_/]+\.py)`")
NAME = re.compile(r"`([A-Za-z_]+)`")
MOST_LINES = 8


def test_there_are_four() -> None:
    assert len(JOURNEYS) == 4


@pytest.mark.parametrize("title", JOURNEYS)
def test_a_journey_is_short_and_each_step_is_there(title: str) -> None:
    steps = JOURNEYS[title].strip().splitlines()
    assert 1 <= len(steps) <= MOST_LINES
    for number, step in enumerate(steps, start=1):
        assert step.startswith(f"{number}. `"), step
        places = [REPO / "ineqlib" / module for module in MODULE.findall(step)]
        assert places, step
        source = "\n".join(place.read_text(encoding="utf-8") for place in places)
        words = {
            getattr(node, name)
            for node in ast.walk(ast.parse(source))
            for name in ("name", "id", "attr", "arg")
            if isinstance(getattr(node, name, None), str)
        }
        assert set(NAME.findall(step)) <= words, step


@pytest.mark.parametrize("folder", ["docs", "notebooks"])
def test_every_module_that_is_named_is_there(folder: str) -> None:
    pages = [*(REPO / folder).rglob("*.md"), *(REPO / folder).glob("*.ipynb")]
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"`(ineqlib[./][\w./]*\w)", page.read_text(encoding="utf-8"))
    }
    assert [pair for pair in sorted(named) if not _is_there(pair[1])] == []


def _is_there(name: str) -> bool:
    """Whether a path is, or the module that a dotted name begins with and the name in it."""
    if "/" in name:
        return (REPO / name).exists()
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True
