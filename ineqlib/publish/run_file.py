"""Run files: which documents to make about which areas, in strict YAML."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from ineqlib.areas import type_meant
from ineqlib.document.kinds import kind_named, kind_of_notebook
from ineqlib.document.notebook_parameters import defaults, read_notebook
from ineqlib.errors import InputError, ParameterError, choose_from, closest, listed, nearest
from ineqlib.pack.remote import is_remote
from ineqlib.publish.also import asked_for
from ineqlib.publish.area_selection import MEASURES, AreaChoice
from ineqlib.publish.target import DocumentRequest
from ineqlib.text import repeated
from ineqlib.yaml_file import NO_QUOTES, read_yaml, unknown_keys

CHOICE = [field.name for field in fields(AreaChoice)]
PROJECT_RUNS = Path("params", "runs")
"""Where a project keeps its run files."""
TEXTS = ("title", "notebook", "pack", "out", "parent", "area_type", "index", "by")
TOP = ["title", "notebook", "documents", "pack", "out", *CHOICE, "parameters", "also"]
OF_DOCUMENT = ["name", *CHOICE, "parameters", "also"]


@dataclass(frozen=True)
class Run:
    """One batch of documents.

    Parameters
    ----------
    title
        Heading of the index page.
    pack, out
        Paths; in a run file they are relative to the file. The pack may be an address, such as
        ``s3://bucket/england``.
    documents
        What is made for each area.
    choice
        The areas.
    own_choices
        Name of a document -> its areas, where they are not those of the run.
    """

    title: str
    pack: str | Path
    out: Path
    documents: tuple[DocumentRequest, ...]
    choice: AreaChoice = field(default_factory=AreaChoice)
    own_choices: dict[str, AreaChoice] = field(default_factory=dict)


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
    _check_keys(content, path)
    _check_types(content, TOP, str(path))
    needed = ["title", "pack", "out"]
    on_disk = [key for key in needed[1:] if key != "pack" or not is_remote(content[key])]
    paths = {key: (path.parent / content[key]).resolve() for key in on_disk}
    choice = _choice(content, str(path))
    entries = _document_entries(content, path)
    requests = _with_parameters(entries, content.get("parameters") or {}, path)
    _require_each_once(requests, path)
    if choice == AreaChoice() and any(not _chooses(entry) for entry in entries):
        raise ParameterError(
            f"{path} names no areas: give 'areas' (a list), 'parent' (a county) or 'area_type' "
            "(such as 'all lower-tier districts')."
        )
    return Run(
        content["title"],
        paths.get("pack", content["pack"]),
        paths["out"],
        _with_also(requests, entries, content, path),
        choice,
        {
            request.key: _choice(entry, f"{path}, document '{request.key}'")
            for entry, request in zip(entries, requests, strict=True)
            if _chooses(entry)
        },
    )


def notebook_request(notebook: Path, **parameters: Any) -> DocumentRequest:
    """Ask for the document that a notebook shows."""
    kind = kind_of_notebook(notebook)
    return DocumentRequest(kind.name if kind else notebook.stem, notebook, parameters, kind)


def _mapping(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise InputError(_no_run_file(path))
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InputError(f"{path} should hold keys and values, such as 'title: …'.")
    return content


def _no_run_file(path: Path) -> str:
    """Say which run files there are instead: beside it, or where a project keeps them."""
    folder = path if path.is_dir() else path.parent
    files = [file for place in (folder / PROJECT_RUNS, folder) for file in place.glob("*.yml")]
    beside = {file.name: file.relative_to(folder).as_posix() for file in sorted(files)}
    what = f"{path} is a folder" if path.is_dir() else f"There is no run file at {path}"
    near = closest(path.name, beside)
    meant = f" Did you mean '{beside[near]}'?" if near else ""
    there = listed(beside.values()) if beside else "none; `ineq new` makes a project with one"
    return f"{what}.{meant} Run files there: {there}."


def _check_keys(content: dict[str, Any], path: Path) -> None:
    _refuse_unknown(content, TOP, str(path))
    needed = ["title", "pack", "out"]
    if absent := [key for key in needed if key not in content]:
        raise ParameterError(f"{path} lacks {listed(absent)}; a run file needs {listed(needed)}.")
    if ("notebook" in content) == ("documents" in content):
        raise ParameterError(
            f"{path} should say what to make: 'documents' (a list of kinds, such as "
            "'[area_briefing]') or 'notebook' (one notebook), not both."
        )


def _refuse_unknown(content: dict[str, Any], known: list[str], where: str) -> None:
    if unknown := unknown_keys(content, known):
        raise ParameterError(
            f"{where} has {unknown} It takes {', '.join(sorted(known))}. Parameters of a document, "
            "such as 'audience: member', stand under 'parameters'."
        )


_IN_WORDS: dict[type, str] = {str: "a text", list: "a list, in [ ]", dict: "keys and values"}


def _check_types(content: dict[str, Any], keys: list[str], where: str) -> None:
    expected: dict[str, type] = {
        **dict.fromkeys(TEXTS, str),
        **{"areas": list, "documents": list, "parameters": dict, "also": list},
    }
    wrong = [
        f"'{key}' should be {_IN_WORDS[kind]}, not {content[key]!r}"
        for key, kind in expected.items()
        if key in keys and key in content and not isinstance(content[key], kind)
    ]
    wrong += [
        f"'{key}' holds a sign that no path has: {content[key]!r}. {NO_QUOTES}"
        for key in ("notebook", "pack", "out")
        if not str(content.get(key, "")).isprintable()
    ]
    number = content.get("most_deprived", 1)
    if type(number) is not int or number < 1:
        wrong.append(f"'most_deprived' should be a whole number from 1 up, not {number!r}")
    areas = content.get("areas") or []
    wrong += [f"area {area!r} should be text" for area in areas if type(area) is not str]
    if wrong:
        raise ParameterError(f"{where}: {'; '.join(wrong)}.")


def _choice(content: dict[str, Any], where: str) -> AreaChoice:
    """Read which areas are meant; refuse words that choose nothing, and idle options."""
    given = {key: content[key] for key in CHOICE if content.get(key)}
    choice = AreaChoice(**{**given, "areas": tuple(given.get("areas", ()))})
    if "area_type" in content:
        type_meant(choice.area_type)
    if "most_deprived" not in content:
        if idle := [key for key in ("index", "by") if key in content]:
            raise ParameterError(f"{where}: {listed(idle)} says nothing without 'most_deprived'.")
    elif not choice.parent and not choice.area_type:
        raise ParameterError(
            f"{where}: 'most_deprived' chooses among the areas of a 'parent' or an 'area_type'; "
            "give one, such as 'area_type: all lower-tier districts'."
        )
    if choice.by not in MEASURES:
        raise ParameterError(
            f"{where}: areas cannot be ranked by '{choice.by}'.{choose_from(choice.by, MEASURES)}."
        )
    return choice


def _chooses(entry: dict[str, Any]) -> bool:
    return any(key in entry for key in CHOICE)


def _document_entries(content: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    """Return the documents of a run, each a mapping with its `name` and its request."""
    if "notebook" in content:
        notebook = (path.parent / content["notebook"]).resolve()
        request = notebook_request(notebook)
        return [{"name": request.name, "request": request}]
    entries = []
    for given in content["documents"]:
        entry = {"name": given} if isinstance(given, str) else given
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise ParameterError(
                f"{path}: a document is a kind's name, or 'name: …' with areas or parameters of "
                f"its own, not {given!r}."
            )
        where = f"{path}, document '{entry['name']}'"
        kind = kind_named(entry["name"])
        _refuse_unknown(entry, [*OF_DOCUMENT, *filter(None, [kind.varies_by])], where)
        _check_types(entry, OF_DOCUMENT, where)
        request = DocumentRequest(kind.name, kind.notebook, {}, kind)
        entries += [{**variant, "request": request} for variant in _variants(entry, kind.varies_by)]
    if not entries:
        raise ParameterError(f"{path} asks for no document; name a kind, such as area_briefing.")
    return entries


def _variants(entry: dict[str, Any], varies_by: str) -> list[dict[str, Any]]:
    """Return one document for each value asked for of the parameter that a kind varies by."""
    if varies_by not in entry:
        return [entry]
    values = entry[varies_by] if isinstance(entry[varies_by], list) else [entry[varies_by]]
    own = entry.get("parameters") or {}
    return [{**entry, "parameters": {**own, varies_by: value}} for value in values]


def _require_each_once(requests: Sequence[DocumentRequest], path: Path) -> None:
    if twice := repeated(request.key for request in requests):
        raise ParameterError(f"{path} asks for {listed(twice)} more than once; once is enough.")


def _with_parameters(
    entries: list[dict[str, Any]], shared: dict[str, Any], path: Path
) -> tuple[DocumentRequest, ...]:
    """Give each document its own parameters, and those of the run that its notebook has."""
    requests = []
    unused = set(shared)
    known: set[str] = set()
    for entry in entries:
        request: DocumentRequest = entry["request"]
        takes = set(shared)
        if len(entries) > 1:
            has = set(defaults(read_notebook(request.notebook), request.notebook))
            known |= has
            takes &= has
        unused -= takes
        chosen = {name: value for name, value in shared.items() if name in takes}
        chosen |= entry.get("parameters") or {}
        paths = request.kind.paths if request.kind else ()
        requests.append(replace(request, parameters=_as_meant(chosen, path, paths)))
    if unused:
        names = dict.fromkeys(entry["name"] for entry in entries)
        raise ParameterError(
            f"{path} has {len(unused)} unknown parameter(s): {listed(sorted(unused))}. No notebook "
            f"of {', '.join(names)} has any of that name.{nearest(min(unused), known)}"
        )
    return tuple(requests)


def _as_meant(parameters: dict[str, Any], path: Path, paths: tuple[str, ...]) -> dict[str, Any]:
    """Make files that parameters name relative to the run's file, and dates plain text."""
    return {
        name: _value_meant(value, path, is_path=name in paths and bool(value))
        for name, value in parameters.items()
    }


def _value_meant(value: Any, path: Path, *, is_path: bool) -> Any:
    if isinstance(value, str) and (is_path or value.endswith((".yml", ".yaml"))):
        return str((path.parent / value).resolve())
    return value.isoformat() if isinstance(value, date) else value


def _with_also(
    requests: tuple[DocumentRequest, ...],
    entries: list[dict[str, Any]],
    content: dict[str, Any],
    path: Path,
) -> tuple[DocumentRequest, ...]:
    """Have each document ask for what it, or else the run, wants besides its page."""
    shared = asked_for(content, str(path))
    own = [asked_for(entry, f"{path}, document '{entry['name']}'") for entry in entries]
    wanted = [also if "also" in entry else shared for entry, also in zip(entries, own, strict=True)]
    if strange := [r.name for r, also in zip(requests, wanted, strict=True) if also and not r.kind]:
        raise ParameterError(
            f"{path}: 'also' is made of a document, and the notebook {strange[0]} is that of no "
            "kind of document. Leave 'also' out, or ask for 'documents' instead of 'notebook'."
        )
    return tuple(replace(r, also=also) for r, also in zip(requests, wanted, strict=True))
