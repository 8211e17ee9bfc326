"""What is to be made, and why: each briefing's manifest entry against what there is now.

Only contents count, by their hashes: no date and no clock is asked.
"""

import hashlib
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from ineqlib import __version__
from ineqlib.document.notebook_parameters import read_notebook
from ineqlib.errors import ParameterError, listed
from ineqlib.files import file_sha256
from ineqlib.pack import Area, Pack, Read
from ineqlib.pack.files import digest_of
from ineqlib.pack.model import MANIFEST as PACK_FILE
from ineqlib.publish.job import file_stem
from ineqlib.publish.manifest import FAILED, Entry, Manifest
from ineqlib.publish.run_file import Run

LIBRARIES = ("altair", "geopandas", "numpy", "pandas", "scipy", "shapely", "vl-convert-python")
"""Those whose version can change a figure or a drawing."""

PART = "/"
"""Stands between a table and the part of it that was read."""

SOURCES = {".py", ".yml", ".json", ".j2", ".css", ".js"}

AGAIN = "asked for again"
NOT_MADE = "not made yet"
NOT_NOTED = "a page is there, but no record of what it was made from"
FAILED_BEFORE = "failed last time"
NOT_AS_PUBLISHED = "its files are missing or not what was written"


@dataclass(frozen=True)
class Selection:
    """Which of a run's areas to make; by default those missing, failed or changed.

    Parameters
    ----------
    again
        All, changed or not.
    failed
        Those that failed last time.
    changed
        Those made before whose notebook, parameters, library or data have changed.
    only
        Codes or names; the other options choose among these.
    """

    again: bool = False
    failed: bool = False
    changed: bool = False
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One area to make.

    Parameters
    ----------
    reason
        Why, in words.
    rests_on_other
        Whether what it was made from has changed since it was published.
    """

    area: Area
    reason: str
    rests_on_other: bool = False


def stale_tasks(
    run: Run, pack: Pack, areas: Iterable[Area], manifest: Manifest, choose: Selection
) -> tuple[Task, ...]:
    """Return what a batch has to make, in the order of the run.

    Raises
    ------
    ParameterError
        One area alone was asked for that the run does not have.
    """
    wanted = _wanted(list(areas), pack, choose.only)
    now = _Now(recipe(run), pack, pack_sha256(pack))
    reasons = {area: _reason(area, manifest.entries.get(area.code), now) for area in wanted}
    reasons |= {
        area: Task(area, NOT_NOTED)
        for area in wanted
        if area.code not in manifest.entries and (run.out / f"{file_stem(area)}.html").exists()
    }
    unchanged = [area for area, reason in reasons.items() if reason is None]
    with ThreadPoolExecutor() as pool:  # hashing, which is nearly all there is to it, lets go
        entries = [manifest.entries[area.code] for area in unchanged]
        sound = pool.map(lambda entry: entry.is_as_published(run.out), entries)
        reasons |= {
            area: None if is_sound else Task(area, NOT_AS_PUBLISHED)
            for area, is_sound in zip(unchanged, sound, strict=True)
        }
    found = [reasons[area] for area in wanted]
    if choose.again:
        return tuple(each or Task(area, AGAIN) for area, each in zip(wanted, found, strict=True))
    kinds = choose.failed or choose.changed
    return tuple(
        each
        for each in found
        if each
        and (
            not kinds
            or (choose.failed and each.reason == FAILED_BEFORE)
            or (choose.changed and each.rests_on_other)
        )
    )


def _wanted(areas: list[Area], pack: Pack, only: tuple[str, ...]) -> list[Area]:
    chosen = [pack.area(name) for name in only]
    if strangers := [area.name for area in chosen if area not in areas]:
        raise ParameterError(
            f"The run has no area {listed(strangers)}. It has {len(areas)}: "
            f"{listed(area.name for area in areas)}."
        )
    return [area for area in areas if not only or area in chosen]


class _Now(NamedTuple):
    """What a briefing would be made from now."""

    recipe: dict[str, Any]
    pack: Pack
    pack_sha256: str


def _reason(area: Area, entry: Entry | None, now: _Now) -> Task | None:
    """Say why an area is to be made, whatever has become of its files."""
    if entry is None:
        return Task(area, NOT_MADE)
    differs = [name for name, value in now.recipe.items() if entry.recipe.get(name) != value]
    differs += _changed_inputs(entry, now)
    changed = bool(entry.files) and bool(differs)
    if entry.status == FAILED:
        return Task(area, FAILED_BEFORE, changed)
    return Task(area, f"changed: {listed(differs, 3)}", changed) if differs else None


def inputs_of(reads: Iterable[Read], pack: Pack) -> dict[str, str]:
    """Return the digests, in this pack, of what a briefing has read."""
    digests = {f"{read.table}{PART}{read.part}": pack.digest(read) for read in sorted(reads)}
    return {name: digest for name, digest in digests.items() if digest is not None}


def _changed_inputs(entry: Entry, now: _Now) -> list[str]:
    if entry.pack == now.pack_sha256:
        return []
    held = inputs_of([Read(*name.split(PART, 1)) for name in entry.inputs], now.pack)
    return [name.rstrip(PART) for name, digest in entry.inputs.items() if held.get(name) != digest]


def recipe(run: Run) -> dict[str, Any]:
    """Return what every briefing of a run is made with, besides the pack.

    A file that a parameter names, such as an indicator set, counts by its content.
    """
    files = {name: file_sha256(path) for name, path in named_files(run.parameters).items()}
    return {
        "notebook": digest_of(read_notebook(run.notebook)),
        "parameters": {**run.parameters, **files},
        "library": library(),
    }


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
    for path in sorted(each for each in root.rglob("*") if each.suffix in SOURCES):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    others = [f"{name} {version(name)}" for name in LIBRARIES]
    python = ".".join(map(str, sys.version_info[:2]))
    return ", ".join(
        [f"ineqlib {__version__} ({digest.hexdigest()[:16]})", f"Python {python}", *others]
    )
