"""What we tell people to type and to read works."""

import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ineqlib
from ineqlib.cli import main
from ineqlib.document.notebook_parameters import check_parameters, defaults, read_notebook
from ineqlib.files import TEMPORARY
from ineqlib.publish.index import INDEX
from ineqlib.publish.manifest import MANIFEST
from ineqlib.publish.output_folder import HOLDER, LOCK, STAGING
from ineqlib.publish.run_file import read_run

REPO = Path(__file__).resolve().parents[2]
PAGES = sorted([*REPO.glob("*.md"), *REPO.glob("data/*.md"), *(REPO / "docs").rglob("*.md")])
PACKAGE = Path(ineqlib.__file__).parent
EXAMPLES = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)
"""Modules that show examples."""
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
DEMO = '("demo"'
"""In the source of a module whose examples open the demonstration pack."""
README = (REPO / "README.md").read_text(encoding="utf-8")
HOW_TO = (REPO / "docs" / "how-to-your-area.md").read_text(encoding="utf-8")
START = (REPO / "docs" / "start.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commands(program: str) -> list[str]:
    """Return what follows a program in the code of README, how-to and start, each once."""
    lines = [line for block in FENCED.findall(HOW_TO + START) for line in block.splitlines()]
    found = [
        code.removeprefix(program).strip()
        for code in [*CODE.findall(README), *CODE.findall(HOW_TO), *lines]
        if code.startswith(f"{program} ")
    ]
    return sorted(set(found))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_in_docstrings_are_true(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module(name)
    if DEMO in Path(str(module.__file__)).read_text(encoding="utf-8"):
        monkeypatch.chdir(request.getfixturevalue("demo_pack").path.parent)
    failed, attempted = doctest.testmod(module)
    assert failed == 0, "the examples that differ are printed above"
    assert attempted, "an example that is not read as one is not run"


def test_links_lead_to_files() -> None:
    links = [(page, link) for page in PAGES for link in LINK.findall(page.read_text("utf-8"))]
    local = [(page, link.split("#")[0]) for page, link in links if "://" not in link]
    assert len({page for page, _ in local}) > len(PAGES) / 2
    broken = [f"{page.name}: {link}" for page, link in local if not (page.parent / link).exists()]
    assert broken == []


def test_every_page_of_docs_is_in_an_index() -> None:
    """A guide that no list has stands below the list of guides in the site."""
    docs = REPO / "docs"
    indexes = [docs / name for name in ("index.md", "how-to.md", "decisions.md")]
    linked = {target for index in indexes for target in LINK.findall(index.read_text("utf-8"))}
    pages = {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    unlisted = pages - {target.partition("#")[0] for target in linked} - {"index.md"}
    assert [page for page in unlisted if not page.startswith("how-to-")] == []


def test_what_every_command_writes_is_said() -> None:
    page = (REPO / "docs" / "what-commands-write.md").read_text(encoding="utf-8")
    assert [name for name in main.commands if f"`ineq {name}" not in page] == []
    ours = (LOCK, HOLDER, STAGING, TEMPORARY, MANIFEST.partition(".")[0], INDEX)
    assert [name for name in ours if f"`{name}" not in page] == []


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
def test_commands_exist_and_take_the_options_shown(words: str) -> None:
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


def test_the_run_file_of_the_how_to_is_read(tmp_path: Path) -> None:
    [example] = [block for block in FENCED.findall(HOW_TO) if block.startswith("title:")]
    path = tmp_path / "mine.yml"
    path.write_text(example, encoding="utf-8")
    run = read_run(path)
    for request in run.documents:
        known = defaults(read_notebook(request.notebook), request.notebook)
        check_parameters(request.parameters, known, request.notebook)
    assert run.choice.parent
