"""What the changelog and the citation must say before a version is released."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
RELEASED = re.compile(r"^\[(\d+\.\d+\.\d+)\] [-–] (\d{4}-\d{2}-\d{2})$")
UNRELEASED = "[Unreleased]"
REQUIRED = ("cff-version", "message", "title", "authors")


@dataclass(frozen=True)
class Released:
    """A version that the changelog says was released, and its day."""

    version: str
    day: date


def problems(folder: Path, version: str = "") -> list[str]:
    """Say what is wrong with the changelog and the citation.

    Parameters
    ----------
    folder
        With both files.
    version
        The version about to be released; empty where none is.

    Returns
    -------
    list of str
        One sentence for each thing to mend; empty where all is well.
    """
    released, wrong = read_changelog((folder / "CHANGELOG.md").read_text(encoding="utf-8"))
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    if version and version not in [entry.version for entry in released]:
        wrong.append(
            f"CHANGELOG.md has no dated section of {version}: put `## [{version}] – "
            f"{date.today()}` above what it brings, below `## {UNRELEASED}`."
        )
    return wrong + _of_citation(citation, released)


def read_changelog(text: str) -> tuple[list[Released], list[str]]:
    """Return the released versions, newest first, and what is wrong with the headings."""
    headings = HEADING.findall(text)
    wrong, released = [], []
    if not headings or not headings[0].startswith(UNRELEASED):
        wrong.append(
            f"CHANGELOG.md should begin with a section `## {UNRELEASED}` for what comes next."
        )
    for heading in [line for line in headings if not line.startswith(UNRELEASED)]:
        match = RELEASED.match(heading)
        try:
            released.append(Released(match[1], date.fromisoformat(match[2])))  # type: ignore[index]
        except (TypeError, ValueError):
            wrong.append(
                f"CHANGELOG.md: `## {heading}` should be like `## [1.2.0] – 2026-01-31`, with a "
                "day that there is."
            )
    in_order = sorted(released, key=lambda entry: numbers(entry.version), reverse=True)
    days = [entry.day for entry in in_order]
    if released != in_order or days != sorted(days, reverse=True):
        wrong.append("CHANGELOG.md: versions and days should run from the newest to the oldest.")
    return released, wrong


def _of_citation(citation: dict[str, Any], released: list[Released]) -> list[str]:
    wrong = [f"CITATION.cff lacks `{key}`." for key in REQUIRED if not citation.get(key)]
    stated = str(citation.get("version", "")), str(citation.get("date-released", ""))
    newest = (released[0].version, str(released[0].day)) if released else ("", "")
    if stated != newest:
        should = "neither version nor date-released: nothing is released yet"
        if released:
            should = f"`version: {newest[0]}` and `date-released: {newest[1]}`"
        wrong.append(f"CITATION.cff should say {should}, as CHANGELOG.md does.")
    return wrong


def numbers(version: str) -> tuple[int, ...]:
    """Return the parts of a version, to put versions in order."""
    return tuple(int(part) for part in version.split("."))
