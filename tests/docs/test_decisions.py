"""Decisions name the tests that keep them: they have to exist."""

import re
from pathlib import Path

import pytest

DECISIONS = Path(__file__).resolve().parents[2] / "docs" / "decisions"
NAMED = {
    page.name: re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8"))
    for page in sorted(DECISIONS.glob("*.md"))
}


@pytest.fixture(scope="module")
def tests(repo) -> set[str]:
    files = (repo / "tests").rglob("test_*.py")
    return {
        name
        for file in files
        for name in re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("page", [page for page, names in NAMED.items() if names])
def test_every_test_a_decision_names_exists(page, tests):
    assert set(NAMED[page]) <= tests


def test_the_differences_from_the_reference_are_all_tested():
    rows = (DECISIONS / "0007-where-we-differ-from-the-reference.md").read_text(encoding="utf-8")
    table = [row for row in rows.splitlines() if row.startswith("| ") and "theirs" not in row[:9]]
    assert len(table) > 35
    assert all("`test_" in row.rsplit("|", 2)[1] for row in table)
