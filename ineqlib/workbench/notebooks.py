"""The notebooks of a project: written for its area, and compared with those of the package."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ineqlib import __version__
from ineqlib.document.notebook_parameters import Cell, read_notebook
from ineqlib.errors import InputError, ParameterError
from ineqlib.files import parse_json, shipped, write_text
from ineqlib.narrative.reader import reader_named

RECORD = ".ineqlib.json"
EXERCISES = "exercises.ipynb"
"""Asks of a pack of its own, whatever a project is about."""
OF_COUNTIES = "reorganisation.ipynb"
"""Divides a county, also where a project is about one of its districts."""
OF_PROFESSIONALS = "economic_case.ipynb"
"""Has no page for councillors and the public."""

SAME, BY_YOU = "as it was made", "changed by you"
BY_US, BY_BOTH = "changed by us", "changed by both"
GONE, NEW = "no longer in your project", "new in this version"
NOT_OURS = "no longer part of ineqlib"
OFFERED = (BY_US, BY_BOTH, NEW)
"""States of which a newer notebook can be put into the project."""


@dataclass(frozen=True)
class Chosen:
    """What the notebooks of a project open: the parameters that all of them share.

    Parameters
    ----------
    county
        Code of the county that a district lies in; empty for any other area.
    """

    area: str
    pack: str
    audience: str
    county: str = ""

    def parameters_of(self, name: str) -> dict[str, str]:
        """Return what of the parameters of a notebook, by its file's name, is the project's."""
        if name == EXERCISES:
            return {}
        area = self.county or self.area if name == OF_COUNTIES else self.area
        given = {"area": area, "pack": self.pack, "audience": self.audience}
        if name == OF_PROFESSIONALS and reader_named(self.audience).is_plain:
            del given["audience"]
        return given


@dataclass(frozen=True)
class State:
    """How one notebook of a project stands to that of the installed package.

    Parameters
    ----------
    name
        Of its file.
    state
        In words, one of those above.
    newer
        What the package would write now; empty where it has no such notebook.
    """

    name: str
    state: str
    newer: str = ""


def write_notebooks(project: Path, chosen: Chosen) -> None:
    """Write every notebook of the package into a new project, and what they were."""
    record: dict[str, Any] = {"made_with": __version__, "chosen": asdict(chosen), "notebooks": {}}
    for source in _shipped():
        target = project / "notebooks" / source.name
        write_text(target, _written(source, chosen))
        record["notebooks"][source.name] = {"ours": _digest(source), "yours": _digest(target)}
    write_text(project / RECORD, json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def made_with(project: Path) -> str:
    """Return the version of ineqlib that made a project."""
    return str(_record(project)["made_with"])


def notebook_states(project: Path) -> list[State]:
    """Compare a project's notebooks, as they were made and as they are, with the package's own.

    Outputs and whether a notebook was run do not count.

    Raises
    ------
    ParameterError
        The folder is no project.
    InputError
        Its record, or one of its notebooks, cannot be read.
    """
    record = _record(project)
    chosen, recorded = Chosen(**record["chosen"]), record["notebooks"]
    ours = {source.name: source for source in _shipped()}
    states = []
    for name in sorted({*recorded, *ours}):
        own, source = project / "notebooks" / name, ours.get(name)
        newer = _written(source, chosen) if source else ""
        states.append(State(name, _state(own, recorded.get(name), source, newer), newer))
    return states


def put_beside(project: Path, states: list[State]) -> Iterator[tuple[str, bool]]:
    """Write each newer notebook beside the project's own; yield its path and whether it was free.

    What is there under such a name stays as it is.
    """
    for state in states:
        if state.state not in OFFERED:
            continue
        own = project / "notebooks" / state.name
        target = own.with_suffix(".new.ipynb") if own.exists() else own
        is_free = not target.exists()
        if is_free:
            write_text(target, state.newer)
        yield target.relative_to(project).as_posix(), is_free


def _state(own: Path, recorded: dict[str, str] | None, source: Path | None, newer: str) -> str:
    if source is None:
        return NOT_OURS
    if not own.exists():
        return GONE if recorded else NEW
    now = _digest(own)
    if now == _digest_of(newer):
        return SAME
    by_you = recorded is None or now != recorded["yours"]
    by_us = recorded is None or _digest(source) != recorded["ours"]
    if by_you:
        return BY_BOTH if by_us else BY_YOU
    return BY_US


def _record(project: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = parse_json((project / RECORD).read_text(encoding="utf-8"))
        Chosen(**record["chosen"])
        dict(record["notebooks"])
        str(record["made_with"])
    except FileNotFoundError:
        raise ParameterError(
            f"{project.resolve()} is no project made by `ineq new`: it has no file {RECORD}. Go to "
            "the project's folder, or name it."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{project / RECORD} cannot be read ({error!r}): nobody can say how its notebooks were "
            "made. Take it from a copy of the project, or make a new project and move your files."
        ) from error
    return record


def _shipped() -> list[Path]:
    return sorted(shipped("notebooks").glob("*.ipynb"))


def _written(source: Path, chosen: Chosen) -> str:
    """Return a notebook of the package whose parameters are the project's."""
    book = parse_json(source.read_text(encoding="utf-8"))
    given = chosen.parameters_of(source.name)
    for cell in book["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = _with_parameters("".join(cell["source"]), given).splitlines(True)
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def _with_parameters(source: str, given: Mapping[str, str]) -> str:
    for name, value in given.items():
        literal = json.dumps(value, ensure_ascii=False)
        source = re.sub(
            rf'^({name} = )"[^"\n]*"', _replaced(literal), source, count=1, flags=re.MULTILINE
        )
    return source


def _replaced(literal: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{match[1]}{literal}"


def _digest(path: Path) -> str:
    return _hash(read_notebook(path))


def _digest_of(text: str) -> str:
    return _hash(
        [
            Cell(cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", []))
            for cell in parse_json(text)["cells"]
        ]
    )


def _hash(cells: list[Cell]) -> str:
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode("utf-8")).hexdigest()
