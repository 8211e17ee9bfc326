"""The code that the documentation tells people to type, and what it is to type it.

A block without a language is commands, one a line; ``text`` is what one sees and is not typed. What
cannot be typed here says so above itself, with the reason: ``<!-- not run: needs a cluster -->``.
"""

import ast
import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click
import yaml
from click.testing import CliRunner

from ineqlib.catalogue import load_catalogue, load_indicator_set
from ineqlib.catalogue.accepted import accepted_drift
from ineqlib.cli import main
from ineqlib.geography.own_areas import read_own_areas
from ineqlib.pack.descriptions import read_descriptions
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import TOP
from ineqlib.sources.fetch.settings import read_settings

REPO = Path(__file__).resolve().parents[2]
DOCS = REPO / "docs"
LINK = re.compile(r"\]\(([\w-]+\.md)[#)]")
FENCE = re.compile(
    r"(?P<before>[^\n]*\n?[^\n]*)\n\n?(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)\n *```",
    re.DOTALL,
)
NOT_RUN = re.compile(r"<!-- not run: ([^>]+) -->")
FILE = re.compile(r"`([\w./-]+\.(?:yml|csv))`")
SET_UP = (
    re.compile(r"source \.venv/bin/activate"),
    re.compile(r"python -m venv \.venv"),
    re.compile(r"\.venv/bin/python -m pip install ineqlib"),
)
"""Making an environment, which whoever runs the tests has done."""
TASK = re.compile(r"(?:python3 tasks\.py|py tasks\.py|make) (\w+)")
ASKS_PUBLISHERS = {"pull": "", "check": "--drift"}
"""Commands that leave this computer, the second where this option is given; tests/fetch plays
them. They have to be understood."""
SERVES = {"lab"}
"""Commands that go on until they are ended; tests/lab starts them. They have to be understood."""
ELSEWHERE = {"tracing.md", "questions.md"}
"""Pages whose code has tests of its own, which also hold what is shown of its output."""
IN_THE_DEMONSTRATION = {
    "North Hertfordshire": "Hollinscar",
    "East Hertfordshire": "Larkstead",
    "Stevenage": "Brackenhythe",
    "Hertfordshire": "Wendlemere",
    "Liverpool": "Ambersea",
    "Watford": "Greywick",
    "England": "Lindermark",
    "Hull": "Ambersea",
    "Walsall": "Ambersea",
}
"""Real places of the pages -> places of the demonstration."""


class Block(NamedTuple):
    """One block of code, with the two lines before it."""

    language: str
    text: str
    before: str

    @property
    def not_run(self) -> str:
        """The reason why it is not run here, if there is one."""
        match = NOT_RUN.search(self.before)
        return match[1].strip() if match else ""

    @property
    def file(self) -> str:
        """The file that the words before it say it is."""
        names = FILE.findall(self.before)
        return names[-1] if names else ""


def guides() -> list[Path]:
    """Return the tutorial, all how-tos and the pages that the index of how-tos links."""
    index = (DOCS / "how-to.md").read_text(encoding="utf-8")
    named = {"tutorial.md", "start.md", "run-file.md", *LINK.findall(index)}
    named |= {page.name for page in DOCS.glob("how-to-*.md")}
    return [DOCS / name for name in sorted(named - ELSEWHERE)]


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page, in their order."""
    found = FENCE.finditer("\n\n" + page.read_text(encoding="utf-8"))
    return [
        Block(
            match["language"],
            "\n".join(line.removeprefix(match["indent"]) for line in match["text"].split("\n")),
            match["before"],
        )
        for match in found
    ]


class Reader:
    """Somebody who types the code of one page, block by block, in a folder of their own.

    Parameters
    ----------
    folder
        Where it is typed: like the project's folder, with packs.
    places
        Places of the page -> places of the packs.
    renders
        Whether documents are made, rather than planned: all their names checked, no page made.
    """

    def __init__(self, folder: Path, places: Mapping[str, str], *, renders: bool = False) -> None:
        self.folder = folder
        self.places = places
        self.renders = renders
        self.names: dict[str, Any] = {}

    def types(self, block: Block) -> None:
        """Type one block."""
        text = self._placed(block.text)
        if block.language == "python":
            if not block.not_run:
                self._python(text)
            ast.parse(text) if ">>>" not in text else None
        elif block.language == "yaml":
            self._yaml(text, block)
        elif block.language == "csv":
            path = self._save(text, block.file or "downloads/own-figures.csv")
            self._ineq(["check", str(path)])
        elif block.language in ("", "sh", "bash"):
            for line in text.replace("\\\n", " ").splitlines():
                self._command(line, block)
        else:
            assert block.language == "text", f"No test types a block of {block.language}."

    def _placed(self, text: str) -> str:
        for place, instead in self.places.items():
            text = re.sub(rf"\b{place}\b", instead, text)
        return text

    def _python(self, code: str) -> None:
        shown = io.StringIO()
        if ">>>" in code:
            example = doctest.DocTestParser().get_doctest(code, self.names, "page", None, 0)
            with contextlib.redirect_stdout(shown):
                failed = doctest.DocTestRunner().run(example, clear_globs=False).failed
            assert not failed, shown.getvalue()
            return
        with contextlib.redirect_stdout(shown):
            for statement in ast.parse(code).body:  # each line's value is shown, as in a notebook
                if isinstance(statement, ast.Expr):
                    value = eval(ast.unparse(statement), self.names)
                    if hasattr(value, "_repr_mimebundle_"):
                        assert value._repr_mimebundle_()
                else:
                    exec(ast.unparse(statement), self.names)

    def _command(self, line: str, block: Block) -> None:
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if not words:
            return
        if words[0] == "ineq":
            self._ineq(words[1:], only_understood=bool(block.not_run))
        elif task := TASK.fullmatch(line):
            assert f"python tasks.py {task[1]} " in (REPO / "tasks.py").read_text("utf-8"), line
            if task[1] == "demo":
                self._ineq(["demo", "--quiet"])
        else:
            known = block.not_run or any(way.match(line) for way in SET_UP)
            assert known, f"No test knows how to type {line!r}; say why above it: NOT_RUN."

    def _ineq(self, words: list[str], *, only_understood: bool = False) -> None:
        name, *rest = words
        command = main.commands[name]
        leaves = name in ASKS_PUBLISHERS and ASKS_PUBLISHERS[name] in ("", *rest)
        if only_understood or leaves or name in SERVES:
            with command.make_context(name, rest):
                return
        if name in ("render", "demo") and not self.renders:
            self._plan_only(name, rest)
            return
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, f"ineq {' '.join(words)}\n{result.output}"

    def _plan_only(self, name: str, rest: list[str]) -> None:
        if name == "render":
            result = CliRunner().invoke(main, ["render", *rest, "--dry-run"])
            assert result.exit_code == 0, f"ineq render {' '.join(rest)}\n{result.output}"

    def _save(self, text: str, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def _yaml(self, text: str, block: Block) -> None:
        content = yaml.safe_load(text)
        if block.not_run:
            return
        reads = next(read for known, read in self._files() if known(content))
        reads(text, block.file)

    def _files(self) -> tuple[tuple[Callable[[Any], bool], Callable[[str, str], object]], ...]:
        """Return how each kind of file is told, and what reads it."""

        def has(*keys: str) -> Callable[[Any], bool]:
            return lambda content: set(keys) <= set(content)

        def saved(name: str, read: Callable[[Path], object]) -> Callable[[str, str], object]:
            return lambda text, given: read(self._save(text, given or name))

        catalogue = load_catalogue()
        return (
            (has("title", "pack", "out"), self._run_file),
            (lambda content: "id" in content.get("areas", [""])[0], saved("areas.yml", read_own_areas)),
            (lambda content: set(content) <= set(TOP), self._part_of_a_run_file),
            (lambda content: "proxy" in content, saved("network.yml", read_settings)),
            (has("accepted"), saved("accepted.yml", accepted_drift)),
            (has("indicators"), saved("set.yml", lambda path: load_indicator_set(path, catalogue))),
            (lambda content: True, saved("params/describe/mine.yml", read_descriptions)),
        )

    def _run_file(self, text: str, name: str) -> None:
        if not name:  # it is saved where its paths lead to the packs
            pack = yaml.safe_load(text)["pack"]
            places = ("mine.yml", "params/mine.yml", "params/runs/mine.yml")
            name = next(one for one in places if (self.folder / one).parent.joinpath(pack).exists())
        plan(self._save(text, name))

    def _part_of_a_run_file(self, text: str, name: str) -> None:
        given = yaml.safe_load(text)
        around = {"title": "Part", "pack": "data/demo", "out": "build/part", "areas": ["X07000001"]}
        whole = {"documents": ["area_briefing"], **around, **given}
        plan(self._save(yaml.safe_dump(whole, allow_unicode=True), "part.yml"))


def lay_out(folder: Path, pack: Path) -> None:
    """Make a folder as the pages take it to be: the project's, with packs and downloads."""
    for name in ("demo", "packs/england", "packs/mine"):
        shutil.copytree(pack, folder / "data" / name, copy_function=os.link)
    shutil.copytree(REPO / "params", folder / "params")
    shutil.copytree(DOCS / "practice", folder / "docs" / "practice")
    shutil.copytree(DOCS / "practice", folder / "downloads")
