"""The code that the documentation tells people to type, and what it is to type it.

A block without a language is commands, one a line; ``text`` is what one sees and is not typed. What
cannot be typed here says so above itself, with the reason: ``<!-- not run: needs a cluster -->``.
Commands of ours in such a block still have to be understood.
"""

import ast
import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from click.testing import CliRunner

from ineqlib.cli import main

from .files_shown import read_as_meant

REPO = Path(__file__).resolve().parents[2]
DOCS = REPO / "docs"
LINK = re.compile(r"\]\(([\w-]+\.md)[#)]")
FENCE = re.compile(
    r"^(?P<before>[^\n]*\n?[^\n]*)\n\n?(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)\n *```",
    re.DOTALL | re.MULTILINE,  # a start within a line would be tried at each of its letters
)
NOT_RUN = re.compile(r"<!-- not run: ([^>]+) -->")
FILE = re.compile(r"`([\w./-]+\.(?:yml|csv))`")
TASK = re.compile(r"(?:python3 tasks\.py|py tasks\.py|make) (\w+)")
SET_UP = re.compile(
    r"source \.venv/bin/activate|python -m venv \.venv|\.venv/bin/python -m pip install ineqlib"
)
"""Making an environment, which whoever runs the tests has done."""
ASKS_PUBLISHERS = {"pull": "", "check": "--drift"}
"""Commands that leave this computer, the second where this option is given: they have to be
understood here; tests/fetch runs them."""
SERVES = {"lab"}
"""Commands that go on until they are ended: likewise; tests/lab starts them."""
TROUBLE = 12
"""How `ineq doctor` ends where something is wrong with the computer, whosever that is."""
ELSEWHERE = {"tracing.md", "questions.md"}
"""Pages whose code has tests of its own, which also hold what is shown of its output."""


class Block(NamedTuple):
    """One block of code, with the two lines before it."""

    language: str
    text: str
    before: str

    @property
    def is_run(self) -> bool:
        """Whether it can be typed here."""
        return not NOT_RUN.search(self.before)

    @property
    def file(self) -> str:
        """The file that the words before it say it is."""
        return next(reversed(FILE.findall(self.before)), "")


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
        The present folder, laid out as the pages take it to be.
    words
        Words of the page, such as names of places -> what is typed instead.
    makes
        Whether packs are built and documents made where the page says. Otherwise packs are built
        elsewhere and the page's stay, and documents are planned: all is read and checked, no page
        is made.
    """

    def __init__(self, folder: Path, words: Mapping[str, str], *, makes: bool = False) -> None:
        self.folder = folder
        self.words = words
        self.makes = makes
        self.names: dict[str, Any] = {}

    def types(self, block: Block) -> None:
        """Type one block."""
        text = block.text
        for word, instead in self.words.items():
            text = re.sub(rf"\b{re.escape(word)}\b", instead, text)
        if block.language == "python":
            self._python(text, block)
        elif block.language == "yaml":
            if block.is_run:
                read_as_meant(self.folder, text, block.file)
        elif block.language == "csv":
            path = self.folder / (block.file or "own-figures.csv")
            path.write_text(text + "\n", encoding="utf-8")
            self._ineq(["check", str(path)])
        elif block.language == "":
            for line in text.replace("\\\n", " ").splitlines():
                self._command(line, block)
        else:
            assert block.language == "text", f"Nobody types a block of {block.language!r}."

    def _python(self, code: str, block: Block) -> None:
        shown = io.StringIO()
        if ">>>" in code:
            examples = doctest.DocTestParser().get_doctest(code, self.names, "page", None, 0)
            with contextlib.redirect_stdout(shown):
                failed = doctest.DocTestRunner().run(examples, clear_globs=False).failed
            assert not failed, shown.getvalue()
            self.names |= examples.globs
            return
        statements = ast.parse(code).body
        for statement in statements if block.is_run else ():
            if isinstance(statement, ast.Expr):  # its value is shown, as in a notebook
                value = eval(ast.unparse(statement), self.names)
                assert getattr(value, "_repr_mimebundle_", lambda: True)()
            else:
                exec(ast.unparse(statement), self.names)

    def _command(self, line: str, block: Block) -> None:
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if words[:1] == ["ineq"]:
            self._ineq(words[1:], only_understood=not block.is_run)
        elif words[:1] == ["cd"]:
            self.folder /= words[1]
            os.chdir(self.folder)
        elif task := TASK.fullmatch(line):
            assert f"python tasks.py {task[1]} " in (REPO / "tasks.py").read_text("utf-8"), line
        elif words and block.is_run:
            assert SET_UP.match(line), f"No test can type {line!r}: mend it, or say why above it."

    def _ineq(self, words: list[str], *, only_understood: bool = False) -> None:
        name, *rest = words
        asks = name in ASKS_PUBLISHERS and ASKS_PUBLISHERS[name] in ("", *rest)
        if only_understood or name in SERVES or asks:
            with main.commands[name].make_context(name, list(rest)):
                return
        with main.commands[name].make_context(name, list(rest)):
            pass  # also of what is left out below
        if name == "new" and Path(rest[0]).exists():  # the other way to say it
            words = [name, f"{rest[0]}-2", *rest[1:]]
        result = CliRunner().invoke(main, words if self.makes else _without_consequences(words))
        ends = (0, TROUBLE) if name == "doctor" else (0,)
        assert result.exit_code in ends, f"ineq {' '.join(words)}\n{result.output}"
        if name == "new":
            _fill(Path(words[1]))


def _without_consequences(words: list[str]) -> list[str]:
    if words[0] == "demo":
        return ["render", "params/runs/demo.yml", "--dry-run"]
    if words[0] == "render":
        return [*words, "--dry-run"]
    if words[0] in ("build", "combine") and Path(words[words.index("--out") + 1]).exists():
        return [*words, "--out", "data/packs/built"]
    return words


def _fill(project: Path) -> None:
    """Do what a page asks for in words: give a project files, a figure of its own, its area."""
    for file in (DOCS / "practice").iterdir():
        shutil.copy(file, project / "data" / "downloads")
    run = project / "params" / "runs" / "mine.yml"
    text = run.read_text(encoding="utf-8").replace(f'"{project.name}"]', '"E07000901"]')
    run.write_text(text, encoding="utf-8")
    template = project / "templates" / "own-figures.xlsx"
    book = openpyxl.load_workbook(template)
    figure = ["E07000901", "Practiceham", "Warm homes visits", "2023/24", "Persons", "", 4.1]
    book["Figures"].append(figure)
    book.save(template)
