"""Paths of this machine, taken out of what is published: they name people, servers and projects."""

import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

_BEFORE = r"(\x1b\[[\d;]*m|(?<![\w/.~]))"
"""What may stand before a path: the code of a colour, or what cannot be a part of a path."""

_PART = r"""[^\s/\\:*?"'<>|()\[\],;]+"""
_FOLDERS = re.compile(
    rf"{_BEFORE}(?:(?:file://)?~?(?:/{_PART})+/(?={_PART})"
    rf"|(?:[A-Za-z]:|\\\\{_PART})(?:[\\/]+{_PART})*[\\/]+(?={_PART}))"
)
"""The folders of an absolute path."""

OURS = "application/vnd.ineqlib."
"""How the kinds of data begin that documents show: they hold facts and figures, and no paths."""

Names = Mapping[str, str]
"""Path -> what stands in its place."""


def names_of(paths: Mapping[Path, str]) -> dict[str, str]:
    """Return what stands in the place of some paths, and of those every machine has.

    Parameters
    ----------
    paths
        Path -> name; of two that begin alike, the longer one counts.
    """
    general = {
        Path.home(): "~",
        Path(tempfile.gettempdir()): "temporary",
        Path(sys.prefix): "python",
        ROOT: "ineqlib",
        Path.cwd(): ".",
    }
    names: dict[str, str] = {}
    for path, name in {**general, **paths}.items():
        for form in {path, path.resolve()}:
            if form.is_absolute() and form != form.parent:
                names[str(form)] = name
                # As Papermill writes it into a notebook.
                names[str(form).encode("unicode_escape").decode("ascii")] = name
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


def without_paths(text: str, names: Names) -> str:
    """Put names in the place of known paths, and of any other absolute path only its last part.

    Examples
    --------
    >>> without_paths("No '/srv/mine/a.csv', '/home/x/b.csv'; see https://x.uk", {"/srv": "srv"})
    "No 'srv/mine/a.csv', 'b.csv'; see https://x.uk"
    """
    return _FOLDERS.sub(r"\1", _with_names(text, names))


def make_public(notebook: Any, names: Names) -> None:
    """Take the paths out of a notebook that Papermill has run."""
    notebook.cells = [public_cell(cell, names) for cell in notebook.cells]
    about = notebook.metadata["papermill"]
    notebook.metadata["papermill"] = _deep(about, partial(_with_names, names=names))


def public_cell(cell: Any, names: Names) -> Any:
    """Return a cell of a notebook as it may be published.

    What its author wrote in it stays as it is.
    """
    public = type(cell)(cell)
    if "injected-parameters" in cell["metadata"].get("tags", []):
        public["source"] = _with_names("".join(cell["source"]), names)
    if "outputs" in cell:
        public["outputs"] = [_public_output(output, names) for output in cell["outputs"]]
    return public


def _public_output(output: Any, names: Names) -> Any:
    public = type(output)(output)
    for key in ("text", "evalue", "traceback"):
        if key in output:
            public[key] = _deep(output[key], partial(without_paths, names=names))
    if "data" in output:
        shown = {kind: _public_data(kind, data, names) for kind, data in output["data"].items()}
        public["data"] = type(output["data"])(shown)
    return public


def _public_data(kind: str, data: Any, names: Names) -> Any:
    if kind.startswith(OURS):
        return data
    change = without_paths if kind == "text/plain" else _with_names
    return _deep(data, partial(change, names=names))


def _deep(content: Any, change: Callable[[str], str]) -> Any:
    """Change every text of a JSON value."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, Mapping):
        return {name: _deep(part, change) for name, part in content.items()}
    if isinstance(content, list):
        return [_deep(part, change) for part in content]
    return content


def _with_names(text: str, names: Names) -> str:
    if not any(root in text for root in _roots(tuple(names))):
        return text
    for path, name in names.items():
        if path in text:
            whole = rf"{_BEFORE}{re.escape(path)}(?![\w.-]*[\w-])"
            text = re.sub(whole, partial(_named, name), text)
    return text


@cache
def _roots(paths: tuple[str, ...]) -> list[str]:
    """Return the fewest paths of which every other one is a continuation."""
    roots: list[str] = []
    for path in sorted(paths):
        if not (roots and path.startswith(roots[-1])):
            roots.append(path)
    return roots


def _named(name: str, match: re.Match[str]) -> str:
    return match[1] + name
