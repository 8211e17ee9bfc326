"""What briefings say of simulated areas is so: at most 5 in 100 findings are false."""

from pathlib import Path

import pytest

from .simulated.country import make_country
from .simulated.tally import CLAIMS, Tally, add

AREAS = 60
MOST_FALSE = 0.05


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    tried = Tally()
    add(tried, *make_country(tmp_path_factory.mktemp("simulated") / "pack", areas=AREAS, seed=100))
    return tried


@pytest.mark.parametrize("claims", [CLAIMS[:2], CLAIMS[2:4]], ids=["levels", "changes"])
def test_few_findings_are_false(tally: Tally, claims: tuple[str, ...]) -> None:
    said = sum(tally.said[claim] for claim in claims)
    assert said > AREAS, "the simulation finds something"
    assert tally.share_false(claims) <= MOST_FALSE, (tally.said, tally.false)


@pytest.mark.parametrize("published", ["interval", "publisher", "nothing"])
def test_large_differences_are_told(tally: Tally, published: str) -> None:
    there, told = (part[published, "level", 2.0] for part in (tally.there, tally.found))
    assert told >= 0.6 * there, f"{told} of {there}"


def test_the_page_says_how_often(repo: Path) -> None:
    page = (repo / "docs" / "findings-tested.md").read_text(encoding="utf-8")
    shares = [
        line.split("|")[4].strip() for line in page.splitlines() if line.startswith("| worse")
    ]
    assert len(shares) == 2, "where intervals tell all, and where years differ besides"
    changes = [
        line.split("|")[4].strip() for line in page.splitlines() if line.startswith("| getting")
    ]
    assert len(changes) == 4
    said = "write it again: python benchmarks/findings.py"
    assert max(map(float, [*shares, *changes])) <= 100 * MOST_FALSE, said
