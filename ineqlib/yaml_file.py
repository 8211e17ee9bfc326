"""Reading YAML strictly: a key given twice or not known is refused, where YAML lets both pass."""

from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from ineqlib.errors import InputError, listed, nearest
from ineqlib.files import unreadable
from ineqlib.text import plural

NO_QUOTES = (
    r"YAML takes \ in double quotes for the beginning of a sign such as \n: write paths with /, or "
    "without quotes."
)
_HINTS = {
    "escape character": NO_QUOTES,
    "tab character": "Put spaces in the place of the tab.",
    "cannot start any token": "Put spaces in the place of a tab; a text that begins with a sign "
    "such as @ or % needs quotes.",
    "mapping values are not allowed": "A text with a colon in it needs quotes.",
}
"""What to do, by the parser's own words, which say little to those who know no YAML."""
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SHOWN = 200
"""Characters of a line that a message quotes."""

DEEPEST, MOST_VALUES = 100, 100_000
"""How deep a file is nested, and how many values it has where an alias stands for all that it
repeats. Known: fewer than 10, and fewer than 2,000 (a file of the catalogue)."""


class _StrictLoader(_Safe):
    """A safe loader that refuses a key given twice, where YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in keys:
                raise yaml.MarkedYAMLError(
                    problem=f"'{key.value}' is given twice in one entry",
                    problem_mark=key.start_mark,
                )
            keys.add(key.value)
        return super().construct_mapping(node, deep)


def _construct_date(loader: Any, node: yaml.ScalarNode) -> Any:
    """Read a date; YAML's own reader ends with an error of Python's where there is no such day."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.MarkedYAMLError(
            problem=f"'{node.value}' is no date ({error})", problem_mark=node.start_mark
        ) from error


_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _construct_date)


def read_yaml(path: Path) -> Any:
    """Read a YAML file, in UTF-8, as it stands; None for an empty one.

    Raises
    ------
    InputError
        The file is missing, cannot be read, is not YAML, is nested or repeats itself without end,
        or gives a key twice in one entry; the message names the line and quotes it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not YAML that can be read: it is not in UTF-8 ({error.reason} at byte "
            f"{error.start + 1:,}). Save it as UTF-8."
        ) from error
    except OSError as error:
        raise InputError(unreadable(path, error)) from error
    try:
        if _may_be_vast(text):
            _require_bounded(text)
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.YAMLError as error:
        raise InputError(f"{path} is not YAML that can be read: {_why(error, text)}") from error


def _may_be_vast(text: str) -> bool:
    """Tell whether a text may be nested deep, or repeat itself: nearly none may, at a glance."""
    longest = max(map(len, text.splitlines()), default=0)
    return "&" in text or 2 * longest + text.count("[") + text.count("{") > 1_000


def _require_bounded(text: str) -> None:
    """Refuse what would end the parser, which goes as deep as its text, or fill the memory."""
    sizes: dict[str, int] = {}
    open_values: list[tuple[str | None, int]] = []
    size = 0
    events: Iterable[Any] = yaml.parse(text, Loader=_Safe)
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            open_values.append((event.anchor, size))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_values.pop()
            if anchor:
                sizes[anchor] = size - before
        elif isinstance(event, yaml.AliasEvent):
            size += sizes.get(str(event.anchor), 1)
        elif isinstance(event, yaml.ScalarEvent):
            size += 1
        if len(open_values) > DEEPEST or size > MOST_VALUES:
            problem = (
                f"more than {DEEPEST} levels" if size <= MOST_VALUES else "far too many values"
            )
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def check_keys(entry: Mapping[Any, Any], known: Iterable[str], where: str) -> None:
    """Refuse keys that mean nothing in an entry; the message names all that are known.

    `where` is the file, and the entry in it.
    """
    known = list(known)
    if unknown := unknown_keys(entry, known):
        raise InputError(f"{where} has {unknown} Known: {listed(known, most=30)}.")


def unknown_keys(entry: Mapping[Any, Any], known: Iterable[str]) -> str:
    """Say which keys of an entry are not known; an empty string if all are.

    Examples
    --------
    >>> unknown_keys({"perod": "2014 - 16"}, ["period", "index"])
    "1 unknown key: perod. Did you mean 'period'?"
    """
    known = list(known)
    unknown = [str(key) for key in entry if key not in known]
    if not unknown:
        return ""
    count = plural(len(unknown), "unknown key")
    return f"{count}: {listed(unknown)}.{nearest(unknown[0], known)}"


def _why(error: yaml.YAMLError, text: str) -> str:
    """Say what is wrong, where, and what to do about it where that is plain."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return f"{' '.join(str(error).split())}."
    problem = getattr(error, "problem", "")
    lines = text.splitlines()
    line = lines[mark.line].strip()[:_SHOWN] if mark.line < len(lines) else "the end of the file"
    hint = next((f" {words}" for sign, words in _HINTS.items() if sign in problem), "")
    return f"{problem}, at line {mark.line + 1} ({line}).{hint}"
