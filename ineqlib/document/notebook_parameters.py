"""A notebook's parameters, checked before a kernel starts.

Papermill only warns about a parameter the notebook does not have, and does not see annotated ones;
a misspelling would render the wrong briefing in silence.
"""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ineqlib.document.kinds import Kind
from ineqlib.document.subject import Subject
from ineqlib.errors import InputError, ParameterError, listed, nearest
from ineqlib.files import parse_json, unreadable
from ineqlib.pack import Pack


class Cell(NamedTuple):
    """What of a notebook's cell can change a page: that it was run does not."""

    kind: str
    source: str
    tags: list[str]


def read_notebook(path: Path) -> list[Cell]:
    """Read the cells of a notebook file.

    Without nbformat, which takes as long to import as all else a plan needs.

    Raises
    ------
    InputError
        There is no such file, or it is not a notebook.
    """
    try:
        content = parse_json(path.read_text(encoding="utf-8"))
        if content.get("nbformat", 4) != 4 or not isinstance(content.get("metadata", {}), dict):
            raise ValueError("it is not of format 4, which JupyterLab saves")
        return [
            Cell(cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", []))
            for cell in content["cells"]
        ]
    except OSError as error:
        raise InputError(unreadable(path, error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} cannot be read as a notebook: {error!r}") from error


def defaults(notebook: list[Cell], path: Path) -> dict[str, Any]:
    """Return the names and default values in the cell tagged ``parameters``.

    Raises
    ------
    InputError
        There is no such cell, it is not Python, or a default is not a literal.
    """
    cells = [cell for cell in notebook if "parameters" in cell.tags]
    if len(cells) != 1:
        raise InputError(
            f"{path} has {len(cells)} cells tagged 'parameters'; a briefing needs exactly one."
        )
    try:
        statements = ast.parse(cells[0].source).body
    except SyntaxError as error:
        raise InputError(
            f"Line {error.lineno} of the cell tagged 'parameters' of {path} is not Python: "
            f"{error.msg}. A parameters cell holds only names and literals."
        ) from None
    values = {}
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = _literal(name, value, path)
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
                values[name] = _literal(name, value, path)
    return values


def _literal(name: str, value: ast.expr, path: Path) -> Any:
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError):
        raise InputError(
            f"Parameter '{name}' of {path} has a default that is not a plain value; a parameters "
            "cell holds only names and literals."
        ) from None


def check_request(
    notebook: Path, pack: Pack, subject: Subject, parameters: dict[str, Any], kind: Kind | None
) -> None:
    """Refuse what the notebook, the pack or the kind of document does not know.

    Parameters
    ----------
    kind
        What the notebook shows; None where only the notebook itself can tell.

    Raises
    ------
    InputError, ParameterError
        Before any kernel starts.
    """
    known = defaults(read_notebook(notebook), notebook)
    given = {"area": subject.code, "pack": str(pack.path), **parameters}
    check_parameters(given, known, notebook)
    if kind is not None:
        kind.check(pack, subject.code, **kind_parameters(kind, known | given))


def kind_parameters(kind: Kind, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a kind of document, chosen ones in the place of its defaults."""
    return {name: chosen.get(name, default) for name, default in kind.parameters.items()}


def check_parameters(given: dict[str, Any], known: dict[str, Any], path: Path) -> None:
    """Refuse parameters the notebook does not have, and values of another type than its defaults.

    Raises
    ------
    ParameterError
        Names every unknown parameter and every value of the wrong type, with what was expected.
    """
    problems = []
    if unknown := [name for name in given if name not in known]:
        problems.append(
            f"{len(unknown)} unknown parameter(s): {listed(unknown)}.{nearest(unknown[0], known)} "
            f"{path.name} takes {', '.join(known)}."
        )
    for name, value in given.items():
        if name in known and not _fits(value, known[name]):
            problems.append(
                f"Parameter '{name}' is {value!r}; expected something like {known[name]!r}."
            )
    if problems:
        raise ParameterError(" ".join(problems))


def _fits(value: Any, default: Any) -> bool:
    """Tell whether a value is of its default's type; of a list, whether every member is.

    An empty list stands for texts, one by itself or several.
    """
    if default is None:
        return True
    if isinstance(default, list):
        texts = [value] if isinstance(value, str) and not default else value
        like = default[0] if default else ""
        return isinstance(texts, list) and all(_fits(member, like) for member in texts)
    if isinstance(default, bool) or isinstance(value, bool):
        return type(value) is type(default)
    if isinstance(default, float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))
