"""The recipe for strata: its code gives the numbers printed, and finds what was planted."""

import doctest
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to-maihda.md"


@pytest.fixture(scope="module")
def run() -> tuple[doctest.TestResults, dict[str, Any]]:
    """Run the code of the page; the results and the names it leaves."""
    text = PAGE.read_text(encoding="utf-8").replace("```", "")
    names: dict[str, Any] = {}
    test = doctest.DocTestParser().get_doctest(text, names, PAGE.name, str(PAGE), 0)
    results = doctest.DocTestRunner().run(test, clear_globs=False)
    return results, test.globs


def test_the_page_gives_what_it_prints(run: tuple[doctest.TestResults, dict[str, Any]]) -> None:
    results, _ = run
    assert results.failed == 0
    assert results.attempted > 15


def test_the_variance_between_strata_is_the_one_planted(
    run: tuple[doctest.TestResults, dict[str, Any]],
) -> None:
    between: Callable[..., tuple[float, np.ndarray]] = run[1]["between"]
    random = np.random.default_rng(2)
    chance, alone = np.full(40, 0.04), np.ones((40, 1))
    found = [
        [
            between(random.normal(0, np.sqrt(planted + 0.04), 40), chance, alone)[0]
            for _ in range(60)
        ]
        for planted in (0.0, 0.25)
    ]
    assert np.median(found[0]) < 0.01
    assert np.mean(found[1]) == pytest.approx(0.25, abs=0.03)
