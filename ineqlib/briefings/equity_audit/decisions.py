"""What people decide in each step: a small file beside the run file, read and never overwritten."""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ineqlib.errors import InputError, ParameterError
from ineqlib.pack import Pack
from ineqlib.text import plain_name
from ineqlib.yaml_file import check_keys, read_yaml


class Step(NamedTuple):
    """One step: what it is called, and its decisions (key -> what is to be decided)."""

    title: str
    decisions: dict[str, str]


STEPS = (
    Step(
        "Step one: agree partners and issues",
        {"partners": "Partners and lead", "scope": "Scope: which service, for whom, where"},
    ),
    Step("Step two: equity profile, to find the gap", {"gap": "Which gap we agree to narrow"}),
    Step("Step three: agree local action to narrow the gap", {"action": "Local action agreed"}),
    Step("Step four: agree priorities", {"priorities": "What comes first, and what does not"}),
    Step(
        "Step five: secure changes in investment and service",
        {"resources": "Money, people and contracts that change"},
    ),
    Step(
        "Step six: review progress and assess impact",
        {"review": "When it is reviewed, and by which figures"},
    ),
)
DECISIONS = {key: words for step in STEPS for key, words in step.decisions.items()}


TOP, ENTRY = "audits", ("area", "service", "decisions")
FIELDS = ("decision", "by", "date", "figures")
_ITEM = re.compile(r"^( *- +)\S", re.MULTILINE)
"""How the first audit of a file begins."""
_HEAD = """\
# Decisions of health equity audits. Fill in what was decided, by whom, and on which day
# (2026-06-03). Making the pages again never changes this file. `figures` are those that stood on
# the page when the decision was open: a page says so where they have changed since.
audits:
"""


@dataclass(frozen=True)
class Decision:
    """One decision."""

    text: str = ""
    """What was decided; empty while it is open."""
    by: str = ""
    date: str = ""
    """Who decided, and on which day, as text; may be empty."""
    figures: Mapping[str, str] | None = None
    """Name of a figure -> its text on the page that the decision was taken on."""


def read_decisions(path: str | Path, pack: Pack, area: str, service: str) -> dict[str, Decision]:
    """Read what was decided about one service in one area, by key; the file may leave some out.

    Every entry is checked, whichever area it is of. A service is named by the id of its indicator,
    or by its name in a file of uptake.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(
            f"There is no file of decisions at {path}. Write a blank one with "
            f"iq.start_decisions({path.name!r}, pack, area)."
        )
    decisions_of: dict[tuple[str, str], dict[str, Decision]] = {}
    for at, entry in enumerate(_entries(path), start=1):
        where = f"{path.name}, audit {at}"
        key = (pack.area(entry["area"]).code, plain_name(str(entry["service"])))
        if key in decisions_of:
            raise InputError(
                f"{where} is a second entry for {entry['area']}, {entry['service']}. Keep one."
            )
        decisions_of[key] = _decisions(entry["decisions"], where)
    decided = decisions_of.get((area, plain_name(service)), {})
    return {key: decided.get(key, Decision()) for key in DECISIONS}


def start_decisions(
    path: str | Path, area: tuple[str, str], service: str, figures: Mapping[str, str]
) -> None:
    """Add a blank entry to a file of decisions; write the file where there is none.

    What is in the file stays as it is, to the byte. `figures` are the texts on the page, by name.
    """
    path = Path(path)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    dash = "  - "
    if before:
        _entries(path)
        item = _ITEM.search(before)
        if item is None:
            raise InputError(
                f"{path.name} is not written as a list with dashes, so nothing can be added to it. "
                "Begin each audit with '- area:' on a line of its own."
            )
        dash = item[1]
        before += "" if before.endswith("\n") else "\n"
    code, name = area
    indent = " " * len(dash)
    seen = ", ".join(
        f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in figures.items()
    )
    lines = [
        f"{dash}area: {code}  # {name}",
        f"{indent}service: {json.dumps(service, ensure_ascii=False)}",
        f"{indent}decisions:",
    ]
    for key, words in DECISIONS.items():
        blank = [f"{field}: ''" for field in FIELDS[:3]]
        lines.append(f"{indent}  {key}:  # {words}")
        lines += [f"{indent}    {line}" for line in (*blank, f"figures: {{{seen}}}")]
    path.write_text((before or _HEAD) + "\n".join(lines) + "\n", encoding="utf-8")


def require_no_entry(path: str | Path, pack: Pack, area: str, service: str) -> None:
    """Refuse to start the decisions of an audit that a file has already."""
    if not Path(path).exists():
        return
    for entry in _entries(Path(path)):
        same = plain_name(str(entry["service"])) == plain_name(service)
        if same and pack.area(entry["area"]).code == area:
            raise ParameterError(
                f"{path} has the decisions of {entry['area']}, {entry['service']}. They are kept: "
                "fill them in there, or remove the entry to start again."
            )


def _entries(path: Path) -> list[dict[str, Any]]:
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get(TOP), list):
        raise InputError(f"{path.name} should begin with '{TOP}:', a list with an entry an audit.")
    check_keys(content, [TOP], path.name)
    for at, entry in enumerate(content[TOP], start=1):
        where = f"{path.name}, audit {at}"
        if not isinstance(entry, dict):
            raise InputError(f"{where} should have {', '.join(ENTRY)}, not {entry!r}.")
        check_keys(entry, ENTRY, where)
        if absent := [key for key in ENTRY if not entry.get(key)]:
            raise InputError(f"{where} lacks {', '.join(absent)}.")
        if not isinstance(entry["decisions"], dict):
            raise InputError(f"{where}: decisions should have {', '.join(DECISIONS)}.")
        _decisions(entry["decisions"], where)
    return list(content[TOP])


def _decisions(given: Mapping[str, Any], where: str) -> dict[str, Decision]:
    check_keys(given, DECISIONS, where)
    return {key: _decision(value, f"{where}, {key}") for key, value in given.items()}


def _decision(given: Any, where: str) -> Decision:
    if given is None:
        return Decision()
    if not isinstance(given, dict):
        raise InputError(f"{where} should have {', '.join(FIELDS)}, not {given!r}.")
    check_keys(given, FIELDS, where)
    texts = {}
    for key in FIELDS[:2]:
        value = given.get(key) or ""
        if not isinstance(value, str):
            raise InputError(f"{where}: {key} should be text, not {value!r}: put it in quotes.")
        texts[key] = " ".join(value.split())
    figures = given.get("figures")
    if figures is not None and not (
        isinstance(figures, dict) and all(isinstance(text, str) for text in figures.values())
    ):
        raise InputError(f"{where}: figures should be names with texts, such as uptake: '61.2%'.")
    day = _day(given.get("date"), where)
    if (texts["by"] or day) and not texts["decision"]:
        raise InputError(f"{where} says who decided or when, and not what: fill in decision.")
    return Decision(texts["decision"], texts["by"], day, figures)


def _day(given: Any, where: str) -> str:
    if not given:
        return ""
    try:
        day = given if isinstance(given, datetime.date) else datetime.date.fromisoformat(given)
    except (TypeError, ValueError):
        raise InputError(
            f"{where}: date is {given!r}, which is no day. Write 2026-06-03."
        ) from None
    return day.isoformat()


def changed_since(decision: Decision, figures: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return the figures that have changed since a decision: name, then, and now (empty: gone)."""
    then = (decision.figures or {}) if decision.text else {}
    return [
        (name, text, figures.get(name, ""))
        for name, text in then.items()
        if figures.get(name, "") != text
    ]
