"""What we tell people to type and to read works."""

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ineqlib

REPO = Path(__file__).resolve().parents[2]
PAGES = sorted([*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")])
MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(ineqlib.__path__, "ineqlib.")
    if not found.name.endswith("__main__")
)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
README = (REPO / "README.md").read_text(encoding="utf-8")


def commands(program: str) -> list[str]:
    """Return what follows a program in the README's code, each once."""
    found = [
        code.removeprefix(program).strip()
        for code in CODE.findall(README)
        if code.startswith(f"{program} ")
    ]
    return sorted(set(found))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    failed = doctest.testmod(importlib.import_module(name)).failed
    assert failed == 0, "the examples that differ are printed above"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPO).as_posix())
def test_links_lead_to_files(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    local = [target.split("#")[0] for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_page_of_docs_is_in_the_index() -> None:
    index = REPO / "docs" / "index.md"
    linked = {
        (index.parent / target).resolve() for target in LINK.findall(index.read_text("utf-8"))
    }
    pages = {page.resolve() for page in (REPO / "docs").glob("*.md")} - {index.resolve()}
    assert pages <= linked


def test_readme_tasks_exist() -> None:
    targets = re.findall(r"^(\w+):", (REPO / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands("make") == sorted(targets)
    usage = subprocess.run(
        [sys.executable, REPO / "tasks.py", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert commands("py tasks.py")
    for task in commands("py tasks.py"):
        assert f"python tasks.py {task} " in usage


@pytest.mark.parametrize("words", commands("ineq"))
def test_readme_commands_exist_and_take_the_options_shown(words: str) -> None:
    command, *rest = words.split()
    environment = {**os.environ, "PYTHONUTF8": "1"}
    usage = subprocess.run(
        [sys.executable, "-m", "ineqlib", command, "--help"],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert usage.returncode == 0, usage.stderr
    for option in [word for word in rest if word.startswith("--")]:
        assert option in usage.stdout
