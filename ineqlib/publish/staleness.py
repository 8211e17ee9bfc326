"""What is to be made, and why: each page's manifest entry against what there is now.

Only contents count, by their hashes: no date and no clock is asked.
"""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from ineqlib import __version__
from ineqlib.document.kinds import Kind
from ineqlib.document.notebook_parameters import read_notebook
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.files import file_sha256
from ineqlib.pack import Pack, Read
from ineqlib.pack.files import digest_of
from ineqlib.pack.model import MANIFEST as PACK_FILE
from ineqlib.processes import LazyFunction
from ineqlib.publish.manifest import FAILED, Entry, Manifest
from ineqlib.publish.target import DocumentRequest, Target

LIBRARIES = ("altair", "geopandas", "numpy", "pandas", "scipy", "shapely", "vl-convert-python")
"""Those whose version can change a figure or a drawing."""

PART = "/"
"""Stands between a table and the part of it that was read."""

SOURCES = {".py", ".yml", ".json", ".j2", ".css", ".js"}

AGAIN = "asked for again"
NOT_YET = "not made yet"
NOT_NOTED = "a page is there, but no record of what it was made from"
FAILED_BEFORE = "failed last time"
NOT_AS_PUBLISHED = "its files are missing or not what was written"


@dataclass(frozen=True)
class Selection:
    """Which of a run's pages to make; by default those missing, failed or changed.

    Parameters
    ----------
    again
        All, changed or not.
    failed
        Those that failed last time.
    changed
        Those made before whose notebook, parameters, library or data have changed.
    only
        Codes or names of subjects; the other options choose among these.
    """

    again: bool = False
    failed: bool = False
    changed: bool = False
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One page to make.

    Parameters
    ----------
    target
        Which document, about which subject.
    reason
        Why, in words.
    rests_on_other
        Whether what it was made from has changed since it was published.
    """

    target: Target
    reason: str
    rests_on_other: bool = False


def stale_tasks(
    targets: Sequence[Target], pack: Pack, out: Path, manifest: Manifest, selection: Selection
) -> tuple[Task, ...]:
    """Return what a batch has to make, in the order of its targets.

    Raises
    ------
    ParameterError
        A subject alone was asked for that the run does not have.
    """
    wanted = _wanted(targets, selection.only)
    now = _Now(
        {target.document.key: recipe(target.document) for target in wanted},
        pack,
        pack_sha256(pack),
    )
    tasks = {target.key: _task(target, manifest.entries.get(target.key), now) for target in wanted}
    tasks |= {
        target.key: Task(target, NOT_NOTED)
        for target in wanted
        if target.key not in manifest.entries and (out / f"{target.file_stem}.html").exists()
    }
    unchanged = [target for target in wanted if tasks[target.key] is None]
    with ThreadPoolExecutor() as pool:  # hashing, which is nearly all there is to it, lets go
        entries = [manifest.entries[target.key] for target in unchanged]
        sound = pool.map(lambda entry: entry.is_as_published(out), entries)
        tasks |= {
            target.key: None if is_sound else Task(target, NOT_AS_PUBLISHED)
            for target, is_sound in zip(unchanged, sound, strict=True)
        }
    if selection.again:
        return tuple(tasks[target.key] or Task(target, AGAIN) for target in wanted)
    return tuple(task for task in tasks.values() if task and _is_selected(task, selection))


def _is_selected(task: Task, selection: Selection) -> bool:
    if not selection.failed and not selection.changed:
        return True
    has_failed = selection.failed and task.reason == FAILED_BEFORE
    return has_failed or (selection.changed and task.rests_on_other)


def _wanted(targets: Sequence[Target], only: tuple[str, ...]) -> list[Target]:
    names = {target.subject.name.casefold(): target.subject.code for target in targets}
    codes = {target.subject.code for target in targets}
    chosen = [names.get(name.casefold(), name) for name in only]
    if strangers := [name for name in chosen if name not in codes]:
        subjects = list(dict.fromkeys(target.subject.name for target in targets))
        raise ParameterError(
            f"The run has no area {listed(strangers)}.{nearest(strangers[0], subjects)} It has "
            f"{len(subjects)}: {listed(subjects)}."
        )
    return [target for target in targets if not only or target.subject.code in chosen]


class _Now(NamedTuple):
    """What pages would be made from now."""

    recipes: dict[str, dict[str, Any]]
    pack: Pack
    pack_sha256: str


def _task(target: Target, entry: Entry | None, now: _Now) -> Task | None:
    """Return why a page is to be made, whatever has become of its files; None if it is not."""
    if entry is None:
        return Task(target, NOT_YET)
    ingredients = now.recipes[target.document.key].items()
    differs = [name for name, value in ingredients if entry.recipe.get(name) != value]
    differs += _changed_inputs(entry, now)
    changed = bool(entry.files) and bool(differs)
    if entry.status == FAILED:
        return Task(target, FAILED_BEFORE, changed)
    return Task(target, f"changed: {listed(differs, 3)}", changed) if differs else None


def inputs_of(reads: Iterable[Read], pack: Pack) -> dict[str, str]:
    """Return the digests, in this pack, of what a page was made from; empty for what is absent."""
    return {f"{read.table}{PART}{read.part}": pack.digest(read) or "" for read in sorted(reads)}


def _changed_inputs(entry: Entry, now: _Now) -> list[str]:
    if entry.pack == now.pack_sha256:
        return []
    digests = inputs_of([Read(*name.split(PART, 1)) for name in entry.inputs], now.pack)
    inputs = entry.inputs.items()
    return [name.rstrip(PART) for name, digest in inputs if digests.get(name) != digest]


def recipe(request: DocumentRequest) -> dict[str, Any]:
    """Return what every page of a document is made with, besides the pack.

    A file that a parameter names, such as an indicator set, counts by its content.
    """
    files = {name: file_sha256(path) for name, path in named_files(request.parameters).items()}
    return {
        "notebook": digest_of(read_notebook(request.notebook)),
        "parameters": {**request.parameters, **files},
        "library": library(),
        "kind": _defined_in(request.kind) if request.kind else "",
        "also": list(request.also),
    }


def _defined_in(kind: Kind) -> str:
    """Return the hash of the file that a kind of document is built by, wherever that is."""
    build: Any = kind.build
    module = build.module if isinstance(build, LazyFunction) else build.__module__
    place = find_spec(module)
    return file_sha256(Path(place.origin)) if place and place.origin else ""


def named_files(parameters: dict[str, Any]) -> dict[str, Path]:
    """Return the files that parameters name, such as an indicator set, by parameter."""
    texts = {name: value for name, value in parameters.items() if isinstance(value, str)}
    return {name: Path(value) for name, value in texts.items() if _names_a_file(value)}


def _names_a_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # too long for a name, or nothing that can be one
        return False


def pack_sha256(pack: Pack) -> str:
    """Return the SHA-256 of `pack.json`, which holds that of every table."""
    return file_sha256(pack.path / PACK_FILE)


@cache
def library() -> str:
    """Name this library's version, the hash of its files, and the libraries it draws with."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(file for file in root.rglob("*") if file.suffix in SOURCES):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    others = [f"{name} {version(name)}" for name in LIBRARIES]
    python = ".".join(map(str, sys.version_info[:2]))
    return ", ".join(
        [f"ineqlib {__version__} ({digest.hexdigest()[:16]})", f"Python {python}", *others]
    )
