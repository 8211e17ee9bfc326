"""The lines of an indicator's entry in the catalogue's files, and a changed line as a diff."""

import difflib
import re
from pathlib import Path
from typing import NamedTuple

from ineqlib.catalogue.checked_yaml import HERE

_KEY = re.compile(r"    \w+:")


class Entry(NamedTuple):
    """Where an indicator is described: the file's name and lines, and which of them are its own."""

    file: str
    lines: list[str]
    start: int
    end: int


def entry_of(indicator_id: str, folder: Path = HERE) -> Entry:
    """Return where an indicator is described."""
    for path in sorted((folder / "indicators").glob("*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        starts = [n for n, line in enumerate(lines) if line.startswith("  - id: ")]
        ends = [*starts[1:], len(lines)]
        for start, end in zip(starts, ends, strict=True):
            if lines[start].split(":", 1)[1].strip().strip("\"'") == indicator_id:
                return Entry(f"ineqlib/catalogue/indicators/{path.name}", lines, start, end)
    raise KeyError(indicator_id)


def proposed_edit(entry: Entry, key: str, value: str) -> str:
    """Return the unified diff that gives a key of an entry another value, written as YAML."""
    own = range(entry.start + 1, entry.end)
    at = next(n for n in own if entry.lines[n].startswith(f"    {key}:"))
    ends = (n for n in range(at + 1, entry.end) if _KEY.match(entry.lines[n]))
    # A value that goes over several lines, such as a long name, is replaced with all of them.
    after = next(ends, entry.end)
    changed = [*entry.lines[:at], f"    {key}: {value}\n", *entry.lines[after:]]
    diff = difflib.unified_diff(entry.lines, changed, f"a/{entry.file}", f"b/{entry.file}", n=1)
    return "".join(diff)
