"""A notebook's parameters, checked before a kernel starts.

Papermill only warns about a parameter the notebook does not have, and does not see annotated ones;
a misspelling would render the wrong briefing in silence.
"""

import ast
from pathlib import Path
from typing import Any

import nbformat

from ineqlib.errors import InputError, ParameterError, listed, nearest


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Read a notebook file.

    Raises
    ------
    InputError
        There is no such file, or it is not a notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise InputError(f"There is no notebook at {path}.") from None
    except Exception as error:
        raise InputError(f"{path} cannot be read as a notebook: {error}") from error


def defaults(notebook: nbformat.NotebookNode, path: Path) -> dict[str, Any]:
    """Return the names and default values in the cell tagged ``parameters``.

    Raises
    ------
    InputError
        There is no such cell, or a default is not a literal.
    """
    cells = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    if len(cells) != 1:
        raise InputError(
            f"{path} has {len(cells)} cells tagged 'parameters'; a briefing needs exactly one."
        )
    values = {}
    for statement in ast.parse(cells[0].source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = _literal(name, value, path)
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
                values[name] = _literal(name, value, path)
    return values


def _literal(name: str, value: ast.expr, path: Path) -> Any:
    try:
        return ast.literal_eval(value)
    except ValueError:
        raise InputError(
            f"Parameter '{name}' of {path} has a default that is not a plain value; a parameters "
            "cell holds only names and literals."
        ) from None


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
    """Tell whether a value is of its default's type; of a list, whether every member is."""
    if default is None:
        return True
    if isinstance(default, list):
        return isinstance(value, list) and all(_fits(each, default[0]) for each in value)
    if isinstance(default, bool) or isinstance(value, bool):
        return type(value) is type(default)
    if isinstance(default, float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))
