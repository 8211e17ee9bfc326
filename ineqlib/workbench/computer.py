"""What of this computer keeps ineqlib from working: folders, disk, long paths, clocks."""

import os
import shutil
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import platformdirs

from ineqlib.diagnosis import Check, Diagnosis
from ineqlib.files import WINDOWS
from ineqlib.pack.caches import caches

ENOUGH, LITTLE = 5e9, 1e9
"""Bytes of free disk; a pack of all districts and its pages take about two thousand million."""
LONGEST = 260
"""Signs in a path, from which on Windows refuses it unless it is told not to."""
DEEPEST_ROOT = 120
"""Signs in the name of a folder in which the longest names that we write still fit."""
APART = 120.0
"""Seconds that the clocks of a computer and of its disk may be apart."""
MUCH_KEPT = 20e9


def computer_checks(folder: Path) -> dict[str, Check]:
    """Return what is looked at, by name, where documents are to be made in a folder."""
    temporary, kept = Path(tempfile.gettempdir()), platformdirs.user_cache_path("ineqlib")
    return {
        "This folder": partial(writable, "This folder", folder, "Go to a folder of your own."),
        "Temporary folder": partial(
            writable,
            "Temporary folder",
            temporary,
            f"Let {'TEMP' if WINDOWS else 'TMPDIR'} name a folder that you may write to.",
        ),
        "Cache folder": partial(cache_folder, kept),
        "Caches": cache_size,
        "Disk": partial(disk, folder),
        "Long paths": partial(long_paths, folder),
        "Clock": clock,
        "Clock of the disk": partial(disk_clock, folder),
    }


def writable(name: str, folder: Path, remedy: str) -> Diagnosis:
    """Say whether files can be made in a folder and removed again."""
    if problem := _not_written(folder):
        return Diagnosis(name, "fail", f"{folder.resolve()} cannot be written: {problem}", remedy)
    return Diagnosis(name, "ok", f"{folder.resolve()} can be written")


def cache_folder(folder: Path) -> Diagnosis:
    """Say whether what was fetched and parsed can be kept; work goes on without."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    if problem := _not_written(existing):
        return Diagnosis(
            "Cache folder",
            "warn",
            f"{existing} cannot be written: {problem}",
            "Nothing is kept, so the same is fetched and read again each time. Ask for the right "
            f"to write to {folder}.",
        )
    return Diagnosis("Cache folder", "ok", f"{folder} can be written")


def _not_written(folder: Path) -> str:
    try:
        with tempfile.TemporaryDirectory(prefix=".ineqlib-", dir=folder) as inside:
            Path(inside, "written").write_text("written", encoding="utf-8")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def cache_size() -> Diagnosis:
    """Say how much is kept on this computer."""
    size = sum(cache.size() for cache in caches().values())
    if size > MUCH_KEPT:
        return Diagnosis(
            "Caches",
            "warn",
            f"{size / 1e9:,.1f} GB are kept",
            "`ineq cache size` says of what, and `ineq cache clear` deletes it: it is fetched and "
            "read again when it is needed.",
        )
    return Diagnosis("Caches", "ok", f"{size / 1e9:,.1f} GB are kept")


def disk(folder: Path) -> Diagnosis:
    """Say how much room there is."""
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:,.1f} GB are free where {folder.resolve()} is"
    if free >= ENOUGH:
        return Diagnosis("Disk", "ok", says)
    remedy = "Make room: `ineq cache clear` deletes what is only kept to be quicker."
    return Diagnosis("Disk", "fail" if free < LITTLE else "warn", says, remedy)


def long_paths(folder: Path) -> Diagnosis:
    """Say whether the system takes paths that are longer than Windows' old limit."""
    try:
        with tempfile.TemporaryDirectory(prefix="ineqlib-") as place:
            deep = Path(place, *["a-folder-of-thirty-two-characters"] * (LONGEST // 32))
            deep.mkdir(parents=True)
            (deep / "file").write_text("written", encoding="utf-8")
    except OSError:
        length = len(str(folder.resolve()))
        if length <= DEEPEST_ROOT:
            says = f"paths end at {LONGEST} characters; this folder's {length} leave room"
            return Diagnosis("Long paths", "ok", says)
        return Diagnosis(
            "Long paths",
            "warn",
            f"paths end at {LONGEST} characters, of which this folder takes {length}",
            "Work in a folder further up, such as C:\\ineqlib, or ask IT to switch on long paths "
            "(LongPathsEnabled).",
        )
    return Diagnosis("Long paths", "ok", f"paths of more than {LONGEST} characters can be written")


def clock() -> Diagnosis:
    """Say whether this computer's clock can be right: not before what is installed was made."""
    made = max(file.stat().st_mtime for file in Path(__file__).parent.glob("*.py"))
    now = time.time()
    says = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M} UTC"
    if now < made - APART:
        installed = datetime.fromtimestamp(made, UTC)
        return Diagnosis(
            "Clock",
            "fail",
            f"{says}, which is before ineqlib was installed ({installed:%Y-%m-%d})",
            "Set the clock: certificates are refused by it, and pages carry its date.",
        )
    return Diagnosis("Clock", "ok", says)


def disk_clock(folder: Path) -> Diagnosis:
    """Say whether a disk dates files as this computer does; that of a server need not."""
    try:
        with tempfile.NamedTemporaryFile(prefix=".ineqlib-", dir=folder) as file:
            apart = abs(os.fstat(file.fileno()).st_mtime - time.time())
    except OSError:
        return Diagnosis("Clock of the disk", "ok", "not looked at: the folder cannot be written")
    if apart > APART:
        return Diagnosis(
            "Clock of the disk",
            "warn",
            f"it is {apart:,.0f} seconds apart from this computer's",
            "Have IT set the clock of the server, or work on a disk of this computer.",
        )
    return Diagnosis("Clock of the disk", "ok", "agrees with this computer's")
