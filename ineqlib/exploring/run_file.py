"""Putting a question into a run file: what an analyst wrote there stays."""

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ineqlib.errors import InputError, OutputError, ParameterError
from ineqlib.exploring.saving import free_name
from ineqlib.files import in_command, write_text
from ineqlib.yaml_file import read_yaml

BRIEFING = "area_briefing"
SUFFIXES = (".yml", ".yaml")
RUNS = Path("params") / "runs"
"""Where a project keeps its run files; it has ``build`` beside ``params``."""


class Asked(NamedTuple):
    """What a briefing is asked for: its pack, its area, and the indicator that comes first."""

    pack: Path
    area: str
    area_name: str
    indicator: str


class Written(NamedTuple):
    """The run file that holds the question, and what was done, in words."""

    path: Path
    words: str


def put_into_run(path: Path, asked: Asked) -> Written:
    """Write a run file for `ineq render`, or add to one.

    An existing file keeps its comments and its layout. Where that cannot be done for certain, it
    stays as it is, and a new file beside it asks for this briefing alone.
    """
    path = path.expanduser().resolve()
    if path.suffix not in SUFFIXES:
        raise ParameterError(
            f"A run file's name ends in .yml, and '{path.name}' does not: give for example "
            f"'{path.with_suffix('.yml')}'."
        )
    if not path.exists():
        write_file(path, _new(path, asked))
        return Written(path, f"Wrote {path}. {_next(path)}")
    added, why = _add(path, asked)
    if added:
        return Written(path, f"{added} {_next(path)}")
    beside = free_name(path)
    write_file(beside, _new(beside, asked))
    return Written(beside, f"{path} stays as it is: {why}. Wrote {beside} instead. {_next(beside)}")


def usual_run_file() -> Path:
    """Return where a run file is written that nobody named: where those of the project are."""
    beside = Path("..") / RUNS
    return (beside if beside.is_dir() else RUNS) / "explored.yml"


def _add(path: Path, asked: Asked) -> tuple[str, str]:
    """Add to an existing file; return what was done, or else nothing and why."""
    unreadable = "it is not a run file that can be read"
    try:
        text = path.read_bytes().decode("utf-8")
        content = read_yaml(path)
    except (InputError, OSError, UnicodeDecodeError):
        return "", unreadable
    if not isinstance(content, dict):
        return "", unreadable
    wanted, why = _wanted(content, path, asked)
    if wanted is None:
        return "", why
    if wanted == content:
        return f"{path} asks for this already.", ""
    if not write_edited(path, text, partial(_edited, content=content, wanted=wanted), wanted):
        return "", "it could not be changed for certain without losing something"
    return f"Added {asked.area_name} to {path}.", ""


def _next(path: Path) -> str:
    return f"Make it with: ineq render {in_command(path)}"


def _new(path: Path, asked: Asked) -> str:
    content = {
        "title": f"{asked.area_name}: health inequalities briefing",
        "documents": [BRIEFING],
        "pack": _relative(asked.pack, path),
        "out": f"{'../../' if path.parent.parts[-2:] == RUNS.parts else ''}build/{path.stem}",
        "areas": [asked.area],
        "parameters": {"priorities": [asked.indicator]},
    }
    return f"# Written by the explorer. Paths are relative to this file.\n{as_yaml(content)}"


def as_yaml(content: object) -> str:
    """Write YAML as people write it: keys in their order, letters as they are."""
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _relative(pack: Path, path: Path) -> str:
    """Write where the pack is as seen from the run file, where that is possible."""
    try:
        return Path(os.path.relpath(pack.resolve(), path.resolve().parent)).as_posix()
    except ValueError:  # on another drive
        return pack.resolve().as_posix()


def _wanted(content: dict[str, Any], path: Path, asked: Asked) -> tuple[dict[str, Any] | None, str]:
    """Return what the file should say; None, and why, where it is about something else."""
    if (path.parent / str(content.get("pack"))).resolve() != asked.pack.resolve():
        return None, "it is about another pack"
    names = [entry if isinstance(entry, str) else "" for entry in content.get("documents") or []]
    if BRIEFING not in names:
        return None, f"it does not ask for the document {BRIEFING}, or does so in another way"
    areas, parameters = content.get("areas"), content.get("parameters", {})
    if not isinstance(areas, list) or not isinstance(parameters, dict):
        return None, "it chooses its areas in another way than by a list"
    priorities = parameters.get("priorities", [])
    if not isinstance(priorities, list):
        return None, "its priorities are not a list"
    has_area = asked.area in areas or asked.area_name in areas
    wanted = {**content, "areas": areas if has_area else [*areas, asked.area]}
    if asked.indicator not in priorities:
        wanted["parameters"] = {**parameters, "priorities": [*priorities, asked.indicator]}
    return wanted, ""


def _edited(text: str, content: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Return the text with what is wanted added to it; whether it worked is for the reader."""
    if wanted["areas"] != content["areas"]:
        text = _append(text, "areas", wanted["areas"][-1])
    if wanted.get("parameters") == content.get("parameters"):
        return text
    new = wanted["parameters"]["priorities"][-1]
    if "parameters" not in content:
        return f"{text.rstrip()}\nparameters:\n  priorities: [{new}]\n"
    if "priorities" in content["parameters"]:
        return _append(text, "priorities", new)
    return re.sub(
        r"(?m)^(parameters:[ \t]*(?:#.*)?\n)", rf"\g<1>  priorities: [{new}]\n", text, count=1
    )


def _append(text: str, key: str, item: str) -> str:
    """Add an item to a list, be it in brackets or a line each."""
    inline = re.compile(rf"(?m)^([ \t]*{key}:[ \t]*\[)([^\]]*)\]")
    if match := inline.search(text):
        sep = ", " if match[2].strip() else ""
        return f"{text[: match.end() - 1].rstrip()}{sep}{item}{text[match.end() - 1 :]}"
    block = re.compile(rf"(?m)^([ \t]*){key}:[ \t]*(?:#.*)?\n((?:[ \t]*(?:-.*|#.*)?\n)*[ \t]*-.*)")
    if match := block.search(text):
        indent = re.findall(r"(?m)^([ \t]*)-", match[2])[-1]
        return f"{text[: match.end()]}\n{indent}- {item}{text[match.end() :]}"
    return text


def write_edited(path: Path, text: str, edit: Callable[[str], str], wanted: object) -> bool:
    """Write a file's text, edited, where it is YAML that holds what is wanted; tell whether so.

    The edit meets lines that end in ``\\n``; those of the file stay as they are.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    edited = edit(text.replace(ends, "\n")).replace("\n", ends)
    if not _reads_as(edited, wanted):
        return False
    write_file(path, edited)
    return True


def _reads_as(text: str, wanted: object) -> bool:
    try:
        return bool(yaml.safe_load(text) == wanted)
    except yaml.YAMLError:
        return False


def write_file(path: Path, text: str) -> None:
    """Write a file and its folder; where that cannot be done, say so."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}. Choose another place."
        ) from error
