"""Run files: which briefings to make, in strict YAML."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from ineqlib.errors import InputError, ParameterError, listed, nearest
from ineqlib.pack import Area, Pack


@dataclass(frozen=True)
class Run:
    """One batch of briefings.

    Parameters
    ----------
    title
        Heading of the index page.
    notebook, pack, out
        Paths; in a run file they are relative to the file.
    areas
        Codes or names.
    parent
        Instead of `areas`, or besides: a county whose current districts are all meant; an area
        without districts stands for itself.
    parameters
        Values for the notebook's parameters, the same for every area.
    """

    title: str
    notebook: Path
    pack: Path
    out: Path
    areas: tuple[str, ...] = ()
    parent: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


def read_run(path: Path) -> Run:
    """Read a run file.

    Raises
    ------
    InputError
        The file is not there or is not YAML.
    ParameterError
        It has a key it cannot have, lacks one it needs, or holds the wrong kind of value.
    """
    content = _mapping(path)
    known = {each.name for each in fields(Run)}
    if unknown := [key for key in content if key not in known]:
        raise ParameterError(
            f"{path} has {len(unknown)} unknown key(s): {listed(unknown)}."
            f"{nearest(str(unknown[0]), known)} A run file takes {', '.join(sorted(known))}."
        )
    needed = ["title", "notebook", "pack", "out"]
    if absent := [key for key in needed if key not in content]:
        raise ParameterError(f"{path} lacks {listed(absent)}; a run file needs {listed(needed)}.")
    if not content.get("areas") and not content.get("parent"):
        raise ParameterError(
            f"{path} names no areas: give 'areas' (a list) or 'parent' (a county)."
        )
    _check_types(content, path)
    paths = {key: (path.parent / content[key]).resolve() for key in ("notebook", "pack", "out")}
    parameters = _with_set_beside(content.get("parameters") or {}, path)
    areas = tuple(content.get("areas") or ())
    return Run(**{**content, **paths, "areas": areas, "parameters": parameters})


def _with_set_beside(parameters: dict[str, Any], path: Path) -> dict[str, Any]:
    """Make the file of an indicator set, like every path in a run, relative to the run's file."""
    chosen = parameters.get("indicator_set")
    if isinstance(chosen, str) and chosen.endswith((".yml", ".yaml")):
        return parameters | {"indicator_set": str((path.parent / chosen).resolve())}
    return parameters


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        beside = sorted(each.name for each in path.parent.glob("*.yml"))
        raise InputError(
            f"There is no run file at {path}.{nearest(path.name, beside)}"
            f" Run files there: {listed(beside) if beside else 'none'}."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not YAML that can be read: {error}") from error
    if not isinstance(content, dict):
        raise InputError(f"{path} should hold keys and values, such as 'title: …'.")
    return content


def _check_types(content: dict[str, Any], path: Path) -> None:
    texts = ("title", "notebook", "pack", "out", "parent")
    expected: dict[str, type] = {**dict.fromkeys(texts, str), "areas": list, "parameters": dict}
    wrong = [
        f"'{key}' should be a {'text' if kind is str else kind.__name__}, not {content[key]!r}"
        for key, kind in expected.items()
        if key in content and not isinstance(content[key], kind)
    ]
    wrong += [
        f"area {each!r} should be text"
        for each in content.get("areas") or []
        if type(each) is not str
    ]
    if wrong:
        raise ParameterError(f"{path}: {'; '.join(wrong)}.")


def areas_of(run: Run, pack: Pack) -> list[Area]:
    """Return the areas of a run, each once, in the order given.

    Raises
    ------
    UnknownArea
        A name the pack does not have, before anything is rendered.
    """
    found = [pack.area(name) for name in run.areas]
    if run.parent:
        found += pack.districts(run.parent) or [pack.area(run.parent)]
    return list({area.code: area for area in found}.values())
