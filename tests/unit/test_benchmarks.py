"""The benchmark scripts run, and our answers are those of a plain loop over areas."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("statsmodels", reason="the plain loops need statsmodels (dev extra)")


def run(repo: Path, *words: str) -> str:
    """Return what a script prints; its warnings are errors."""
    command = [sys.executable, "-W", "error", *words]
    done = subprocess.run(command, cwd=repo, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_answers_are_those_of_a_plain_loop(repo: Path) -> None:
    assert run(repo, "benchmarks/measures.py", "--check") == ""


def test_coverage_prints_a_table_for_each_family(repo: Path) -> None:
    page = run(repo, "-X", "utf8", "benchmarks/coverage.py", "--sets", "20")
    assert page.startswith("# Coverage of intervals")
    assert page.count("\n## ") == page.count("| --- | --- |") == 7
