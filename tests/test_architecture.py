"""The house keeps its shape: who may import whom, who may fetch, run kernels and print."""

import ast
import sys
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import pytest

from ineqlib import _NAMES
from ineqlib.areas import AREA_TYPES
from ineqlib.catalogue import load_catalogue

PACKAGE = Path(__file__).resolve().parents[1] / "ineqlib"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 320

BASE = {"errors", "estimate", "areas", "files", "periods", "observations", "validation", "text"} | {
    *("yaml_file", "spreadsheet", "period_grammar", "period_parts", "diagnosis", "deprecation"),
    "deprivation_words",
}
BELOW = {
    **dict.fromkeys(BASE, BASE),
    "errors": set(),
    "processes": {"errors"},
    "engine": {"errors", "processes"},
    "measures": {"errors", "estimate", "deprecation", "deprivation_words"},
    "catalogue": BASE,
    "sources": BASE | {"catalogue"},
    "geography": BASE | {"catalogue", "measures"},
    "pack": BASE | {"catalogue", "sources", "geography", "processes"},
    "pulling": BASE | {"catalogue", "sources", "pack"},
    "audit": BASE | {"catalogue", "measures"},
    "demo": BASE | {"catalogue", "measures", "pack", "facts"},
    "facts": BASE | {"catalogue", "measures", "pack"},
    "narrative": BASE | {"catalogue", "facts"},
    "charts": BASE | {"catalogue", "facts", "processes"},
    "document": BASE | {"pack", "facts", "narrative", "charts"},
    "briefings": BASE
    | {"catalogue", "measures", "pack", "facts", "narrative", "charts", "document", "processes"},
    "questions": BASE
    | {"catalogue", "measures", "pack", "facts", "narrative", "charts", "document"},
    "asking": BASE | {"catalogue", "measures", "pack", "facts", "narrative", "document"},
    "exploring": BASE
    | {"catalogue", "geography", "pack", "facts", "narrative", "charts", "questions"},
    "publish": BASE | {"catalogue", "pack", "charts", "document", "processes", "engine"},
    "trace": BASE | {"catalogue", "measures", "sources", "pack", "facts", "document", "publish"},
    "workbench": BASE
    | {"catalogue", "pack", "demo", "facts", "narrative", "document", "briefings", "publish"},
    "cli": BASE
    | {"catalogue", "sources", "pack", "pulling", "demo", "facts", "document", "briefings"}
    | {"publish", "trace", "workbench", "audit"},
    "__main__": {"cli"},
    "__init__": BASE
    | {"catalogue", "measures", "pack", "facts", "charts", "document", "briefings", "questions"}
    | {"asking", "exploring", "publish"},
}
ENGINE = ("kernel", "notebook", "record", "shell", "streams")
HTTP = ("requests", "urllib3", "truststore", "stamina", "tenacity")
FETCH = ("failures", "fetcher", "session", "transfer")
MAY_FETCH = ("sources/fetch/", "pack/caches.py", "pulling/")
"""Who may use the one room that reaches publishers: everything else works on files."""
ONLY_IN = {
    **dict.fromkeys(
        (*HTTP, "httpx", "urllib.request", "http", "socket", "ssl", "aiohttp", "ftplib"),
        tuple(f"sources/fetch/{part}.py" for part in FETCH),
    ),
    "fsspec": ("pack/remote.py",),  # packs in a store; publishers' files come by sources/fetch
    **dict.fromkeys(["dask", "distributed"], ("publish/dask_connection.py",)),
    **dict.fromkeys(
        ["papermill", "nbclient", "jupyter_client", "ipykernel"],
        ("publish/render.py", *(f"engine/{part}.py" for part in ENGINE)),
    ),
    "ipywidgets": ("exploring/panel.py", "exploring/controls.py"),
    "anywidget": ("exploring/card.py",),
}
ARITHMETIC = {"numpy", "scipy", "pandas"}
NOT_ARITHMETIC = {"os", "io", "pathlib", "tempfile", "time", "datetime", "random", "logging"}


@lru_cache(maxsize=1)
def parsed(source: str) -> ast.Module:
    """Return a file's tree; the tests of one file follow each other."""
    return ast.parse(source)


def imports(tree: ast.AST, module: tuple[str, ...]) -> set[str]:
    """Return the dotted names a file imports anywhere, relative ones made absolute."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name for alias in aliases}
            case ast.ImportFrom(module=source, names=aliases, level=level):
                stem = [*module[:-level], *([source] if source else [])] if level else [source]
                names |= {".".join([*stem, alias.name]) for alias in aliases}
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                names.add(name)
    return names


def is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def offences(file: str, source: str) -> list[str]:
    """Return what a file (path inside the package) imports against the rules, one line each."""
    parts = file.removesuffix(".py").split("/")
    room = parts[0]
    if room not in BELOW:
        return [f"{file}: '{room}' has no layer; give it one in BELOW of {Path(__file__).name}"]
    found = []
    for name in sorted(imports(parsed(source), ("ineqlib", *parts))):
        top, _, inner = name.partition(".")
        owners = {
            place
            for module, places in ONLY_IN.items()
            if is_within(name, module)
            for place in places
        }
        if name == "ineqlib.__version__":
            continue
        if top == "ineqlib":
            # A name that is no room is taken from the public face, which only users may do.
            other = inner.split(".")[0] if inner.split(".")[0] in BELOW else "__init__"
            if other != room and other not in BELOW[room]:
                found.append(f"{file} imports {name}: {room} may not know {other}")
            elif is_within(name, "ineqlib.sources.fetch") and not file.startswith(MAY_FETCH):
                found.append(f"{file} imports {name}: only {', '.join(MAY_FETCH)} may fetch")
        elif owners and file not in owners:
            found.append(f"{file} imports {name}: only {', '.join(sorted(owners))} may")
        elif room == "measures" and (
            top in NOT_ARITHMETIC or top not in ARITHMETIC | sys.stdlib_module_names
        ):
            found.append(f"{file} imports {name}: measures know arithmetic only")
    return found


def prints(source: str) -> list[int]:
    """Return the lines that print."""
    calls = [node for node in ast.walk(parsed(source)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Name | ast.Attribute)
        and ast.unparse(call.func) in {"print", "click.echo", "click.secho", "echo", "secho"}
    ]


FOR_ALL_DOCUMENTS = ("document/", "publish/", "processes/", "engine/")
"""Rooms that know no indicator, no type of area and no single kind of document."""


@cache
def known_names() -> set[str]:
    """Return the names of all indicators, types of area and kinds of document."""
    kinds = {path.parent.name for path in PACKAGE.glob("briefings/*/document.py")}
    # That a document may be about an area is no type of area; a kind's package is called so too.
    return {*load_catalogue().indicators, *AREA_TYPES.values(), *kinds, "area_briefing"} - {"area"}


def known_by_name(source: str) -> set[str]:
    """Return the indicators, types of area and kinds of document that a source names."""
    constants = (node for node in ast.walk(parsed(source)) if isinstance(node, ast.Constant))
    return {node.value for node in constants if node.value in known_names()}


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def sources(*rooms: str) -> dict[str, str]:
    """Return the source of each file of some rooms, or of all, by its place in the package.

    One test reads them all: a test for each file and rule costs more than all the rules do.
    """
    files = [path for path in FILES if not rooms or place(path).startswith(rooms)]
    return {place(path): path.read_text(encoding="utf-8") for path in files}


def test_imports_run_one_way() -> None:
    wrong = [offence for file, source in sources().items() for offence in offences(file, source)]
    assert wrong == []


def file_of(name: str) -> str:
    """Return the file of the module that a dotted name is, or stands in; empty for no file."""
    parts = name.split(".")[1:]
    while parts:
        for file in (f"{'/'.join(parts)}.py", f"{'/'.join(parts)}/__init__.py"):
            if (PACKAGE / file).is_file():
                return file
        parts.pop()
    return ""


def reached(files: Iterable[str]) -> set[str]:
    """Return some files of the package, those they import, those these import, and so on."""
    known: set[str] = set()
    waiting = {*files}
    while waiting:
        file = waiting.pop()
        known.add(file)
        module = ("ineqlib", *file.removesuffix(".py").split("/"))
        names = imports(parsed((PACKAGE / file).read_text(encoding="utf-8")), module)
        waiting |= {file_of(name) for name in names if is_within(name, "ineqlib")} - {*known, ""}
    return known


def public_names(source: str) -> set[str]:
    """Return the functions and classes that a module offers."""
    defined = (ast.FunctionDef, ast.ClassDef)
    names = (node.name for node in parsed(source).body if isinstance(node, defined))
    return {name for name in names if not name.startswith("_")}


def used_names(source: str) -> set[str]:
    """Return every name that a module says, other than those it defines."""
    nodes = [*ast.walk(parsed(source))]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_no_function_of_the_public_face_is_called_like_a_room() -> None:
    """Importing a room would hide the function of its name."""
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    assert set(_NAMES) & (rooms | modules) == set()


INTERFACES = "sources/interfaces/"


def test_every_interface_of_a_publisher_is_reached_by_a_command() -> None:
    commands = reached(sources("cli/"))
    interfaces = {file for file in sources(INTERFACES) if not file.endswith("/__init__.py")}
    assert interfaces - commands == set(), "offer it by `ineq pull`, or remove it"
    assert "exploring/panel.py" not in commands, "what no command imports is seen"


def test_every_question_to_a_publisher_is_asked() -> None:
    offered = {name for source in sources(INTERFACES).values() for name in public_names(source)}
    asked = {name for source in sources().values() for name in used_names(source)}
    assert offered - asked == set(), "nothing asks it: remove it"
    assert {"data", "file_7", "NomisCells"} <= offered


def test_only_the_command_line_prints() -> None:
    printing = {file for file, source in sources().items() if prints(source)}
    assert {file for file in printing if not file.startswith("cli/")} == set()
    assert printing, "the command line prints"


def test_files_are_short_and_say_what_they_are_for() -> None:
    files = sources()
    lines = {file: len(source.splitlines()) for file, source in files.items()}
    assert {file: n for file, n in lines.items() if n > MOST_LINES} == {}, "split by meaning"
    silent = [file for file, source in files.items() if not ast.get_docstring(parsed(source))]
    assert silent == [], "say in one line what the module is for"


def test_what_serves_all_documents_knows_none_by_name() -> None:
    files = sources(*FOR_ALL_DOCUMENTS)
    named = {file: known_by_name(source) for file, source in files.items()}
    assert {file: names for file, names in named.items() if names} == {}


def test_no_code_of_a_briefing_knows_an_indicator_by_name() -> None:
    files = sources("facts/", "narrative/", "charts/", "briefings/area/")
    indicators = set(load_catalogue().indicators)
    named = {file: known_by_name(source) & indicators for file, source in files.items()}
    assert {file: names for file, names in named.items() if names} == {}


def test_what_is_known_by_name_is_seen() -> None:
    source = "if kind == 'area_briefing' and id == 'life_expectancy' or level == 'lad': pass"
    assert known_by_name(source) == {"area_briefing", "life_expectancy", "lad"}


@pytest.mark.parametrize(
    ("file", "source", "culprit"),
    [
        ("measures/gaps.py", "def f():\n    from ineqlib.sources import base", "ineqlib.sources"),
        ("measures/gaps.py", "from ..pack import open_pack", "ineqlib.pack"),
        ("measures/gaps.py", "import pyarrow", "pyarrow"),
        ("measures/gaps.py", "import time", "time"),
        ("sources/base.py", "from .. import measures", "ineqlib.measures"),
        ("sources/base.py", "import urllib.request", "urllib.request"),
        ("sources/base.py", "from urllib import request", "urllib.request"),
        ("sources/interfaces/nomis.py", "import requests", "requests"),
        ("sources/interfaces/nomis.py", "from ineqlib.sources.fetch import Fetcher", "fetch"),
        ("sources/proof/tables.py", "from ..fetch import Store", "fetch"),
        ("sources/fetch/store.py", "import requests", "requests"),
        ("pack/build.py", "from ineqlib.sources.fetch import Fetcher", "fetch"),
        ("charts/trend.py", "import ineqlib.document.page as page", "ineqlib.document"),
        ("charts/trend.py", "from ineqlib import open_pack", "ineqlib.open_pack"),
        ("facts/notes.py", "import_module('ineqlib.sources.base')", "ineqlib.sources"),
        ("document/page.py", "import papermill as pm", "papermill"),
        ("pack/open.py", "import fsspec", "fsspec"),
        ("publish/batch.py", "from distributed import Client", "distributed"),
        ("attic.py", "", "attic"),
    ],
)
def test_forbidden_import_is_named(file: str, source: str, culprit: str) -> None:
    [offence] = offences(file, source)
    assert culprit in offence


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("measures/gaps.py", "import numpy as np\nfrom ..estimate import Estimate"),
        ("measures/__init__.py", "from .gaps import ratio"),
        ("sources/fetch/transfer.py", "import requests"),
        ("publish/render.py", "import papermill"),
        ("facts/gaps.py", "from ineqlib.measures import ratio"),
        ("sources/own.py", "from urllib.parse import quote"),
        ("pack/write.py", "from ineqlib import __version__"),
    ],
)
def test_allowed_import_passes(file: str, source: str) -> None:
    assert offences(file, source) == []


def test_printing_is_seen_inside_functions() -> None:
    assert prints("def f():\n    print('x')\n    click.echo('y')") == [2, 3]
