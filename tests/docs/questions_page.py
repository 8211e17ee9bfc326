"""The examples of the page of questions, by the letter of their heading."""

import re
from pathlib import Path
from typing import Any

import ineqlib as iq
from ineqlib.pack import Pack

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
MOST_LINES = 3
_SECTION = re.compile(r"^## (\w)\. .*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def examples() -> dict[str, str]:
    """Return the code of each question."""
    text = PAGE.read_text(encoding="utf-8")
    sections = {match[1]: match[0] for match in _SECTION.finditer(text)}
    return {
        letter: code[1] for letter, section in sections.items() if (code := _CODE.search(section))
    }


def lines_of(code: str) -> list[str]:
    """Return the lines of an example that do something."""
    return [line for line in code.splitlines() if line.strip() and not line.startswith("#")]


def answers(code: str, pack: Pack) -> list[iq.Answer]:
    """Run an example on a pack; return what its lines made."""
    scope: dict[str, Any] = {"iq": iq, "pack": pack}
    for line in lines_of(code):
        if line.startswith("answer = "):
            exec(line, scope)  # (the page is ours)
        else:
            scope.setdefault("made", []).append(eval(line, scope))
    made = [*scope.get("made", ()), scope.get("answer")]
    return [one for one in made if isinstance(one, iq.Answer)]
