"""Run files: which briefings to make, in strict YAML."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from ineqlib.areas import is_upper_tier
from ineqlib.errors import InputError, ParameterError, listed, nearest
from ineqlib.pack import Area, Pack
from ineqlib.pack.remote import is_remote
from ineqlib.publish.area_selection import MEASURES, most_deprived

TYPES = {
    "lad": "lad",
    "lower-tier districts": "lad",
    "districts": "lad",
    "utla": "utla",
    "upper-tier authorities": "utla",
}
"""Words for a type of area -> the type. A unitary authority, metropolitan district or London
borough is of both; a county is upper tier alone, a district under a county lower tier alone."""

NO_QUOTES = (
    r"YAML takes \ in double quotes for the beginning of a sign such as \n: write paths with /, or "
    "without quotes."
)


@dataclass(frozen=True)
class Run:
    """One batch of briefings.

    Parameters
    ----------
    title
        Heading of the index page.
    notebook, pack, out
        Paths; in a run file they are relative to the file. The pack may be an address, such as
        ``s3://bucket/england``.
    areas
        Codes or names.
    parent
        Instead of `areas`, or besides: a county whose current districts are all meant; an area
        without districts stands for itself. With `area_type`: the county, region or country whose
        areas of that type are meant.
    area_type
        All current areas of a type, in words of `TYPES`, such as ``all lower-tier districts``.
    most_deprived
        Of the areas of `parent` and `area_type`, only so many; areas named one by one stay.
    index, by
        Of `most_deprived`: the index of deprivation (the newest by default) and what ranks by it.
    parameters
        Values for the notebook's parameters, the same for every area.
    """

    title: str
    notebook: Path
    pack: str | Path
    out: Path
    areas: tuple[str, ...] = ()
    parent: str = ""
    area_type: str = ""
    most_deprived: int = 0
    index: str = ""
    by: str = "average_score"
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
    if not any(content.get(key) for key in ("areas", "parent", "area_type")):
        raise ParameterError(
            f"{path} names no areas: give 'areas' (a list), 'parent' (a county) or 'area_type' "
            "(such as 'all lower-tier districts')."
        )
    _check_types(content, path)
    _check_choice(content, path)
    on_disk = [key for key in needed[1:] if key != "pack" or not is_remote(content[key])]
    paths = {key: (path.parent / content[key]).resolve() for key in on_disk}
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
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        hint = f" {NO_QUOTES}" if "escape character" in str(error) else ""
        raise InputError(f"{path} is not YAML that can be read: {error}{hint}") from error
    if not isinstance(content, dict):
        raise InputError(f"{path} should hold keys and values, such as 'title: …'.")
    return content


def _check_types(content: dict[str, Any], path: Path) -> None:
    texts = ("title", "notebook", "pack", "out", "parent", "area_type", "index", "by")
    expected: dict[str, type] = {**dict.fromkeys(texts, str), "areas": list, "parameters": dict}
    wrong = [
        f"'{key}' should be a {'text' if kind is str else kind.__name__}, not {content[key]!r}"
        for key, kind in expected.items()
        if key in content and not isinstance(content[key], kind)
    ]
    wrong += [
        f"'{key}' holds a sign that no path has: {content[key]!r}. {NO_QUOTES}"
        for key in ("notebook", "pack", "out")
        if not str(content[key]).isprintable()
    ]
    number = content.get("most_deprived", 1)
    if type(number) is not int or number < 1:
        wrong.append(f"'most_deprived' should be a whole number from 1 up, not {number!r}")
    wrong += [
        f"area {each!r} should be text"
        for each in content.get("areas") or []
        if type(each) is not str
    ]
    if wrong:
        raise ParameterError(f"{path}: {'; '.join(wrong)}.")


def _check_choice(content: dict[str, Any], path: Path) -> None:
    """Refuse words that choose nothing, and options of a ranking that is not asked for."""
    if "area_type" in content:
        _type(content["area_type"])
    if "most_deprived" not in content:
        if idle := [key for key in ("index", "by") if key in content]:
            raise ParameterError(f"{path}: {listed(idle)} says nothing without 'most_deprived'.")
        return
    if not content.get("parent") and not content.get("area_type"):
        raise ParameterError(
            f"{path}: 'most_deprived' chooses among the areas of a 'parent' or an 'area_type'; "
            "give one, such as 'area_type: all lower-tier districts'."
        )
    if content.get("by", "average_score") not in MEASURES:
        raise ParameterError(
            f"{path}: areas cannot be ranked by '{content['by']}'."
            f"{nearest(content['by'], MEASURES)} Choose from {', '.join(MEASURES)}."
        )


def _type(words: str) -> str:
    """Return the type of area that words mean."""
    plain = words.strip().casefold().removeprefix("all ")
    if plain not in TYPES:
        raise ParameterError(
            f"There is no type of area '{words}'.{nearest(plain, TYPES)} Choose from "
            f"{', '.join(TYPES)}."
        )
    return TYPES[plain]


def areas_of(run: Run, pack: Pack) -> list[Area]:
    """Return the areas of a run, each once: those named, in their order, then those chosen.

    Those of a type or a parent stand by name; the most deprived, by deprivation.

    Raises
    ------
    UnknownArea
        A name the pack does not have, before anything is rendered.
    ParameterError
        The pack cannot choose as the run asks.
    """
    chosen = _of_type(run, pack) if run.area_type else _of_parent(run, pack)
    if run.most_deprived:
        chosen = most_deprived(pack, chosen, run.most_deprived, index=run.index, by=run.by)
    found = [*(pack.area(name) for name in run.areas), *chosen]
    return list({area.code: area for area in found}.values())


def _of_parent(run: Run, pack: Pack) -> list[Area]:
    if not run.parent:
        return []
    return pack.districts(run.parent) or [pack.area(run.parent)]


def _of_type(run: Run, pack: Pack) -> list[Area]:
    """Return the current areas of the run's type, all or those within its parent."""
    current = pack.areas[~pack.areas["ended"]]
    if _type(run.area_type) == "lad":
        found = current[current["area_type"] == "lad"]
    else:
        found = current[current["area_code"].map(is_upper_tier)]
    if run.parent:
        within = pack.area(run.parent).code
        above = found[["area_code", "parent_code", "region_code", "country_code"]]
        found = found[(above == within).any(axis=1)]
        if found.empty:
            raise ParameterError(f"'{run.parent}' has no {run.area_type} in '{pack.title}'.")
    return [pack.area(code) for code in found.sort_values("area_name")["area_code"]]
