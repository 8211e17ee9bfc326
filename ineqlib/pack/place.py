"""The folder of a pack: empty, new or an earlier pack of ours, which a build replaces in one step.

A folder cannot be renamed over another, so the earlier pack steps aside for a moment. Whoever next
builds or opens there puts right what a build that was ended in that moment left.
"""

import itertools
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PureWindowsPath
from uuid import uuid4

from filelock import FileLock, Timeout

from ineqlib.errors import OutputError, listed
from ineqlib.files import LITTER, parse_json, retry_while_in_use
from ineqlib.pack.model import MADE_BY, MANIFEST
from ineqlib.text import visible

_LOCK, _NEW = ".ineqlib-lock", ".ineqlib-new"


def require_place(path: Path) -> None:
    """Refuse a place for a pack that holds anything but an earlier pack of ours.

    Raises
    ------
    OutputError
        It is a file, or a folder of something else.
    """
    if path.name in ("", ".."):  # the current folder, one above it, or a whole drive
        raise OutputError("A pack is a folder of its own: give it a name, such as data/packs/mine.")
    if (shown := visible(str(path.resolve()))) != str(path.resolve()):
        raise OutputError(
            f"The name {shown} holds a control character or bytes that are no UTF-8, and a table "
            "of a pack could not be opened by it. Choose another folder with --out."
        )
    if path.is_file():
        raise OutputError(
            f"{path} is a file, and a pack is a folder. Give --out the name of a folder, such as "
            f"{path.with_suffix('')}-pack."
        )
    try:
        if not path.is_dir() or _own_files(path) is not None:
            return
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        raise _cannot_write(path, error) from error
    manifest = f"its {MANIFEST} is not" if MANIFEST in names else f"has no {MANIFEST} that is"
    raise OutputError(
        f"{path} holds {len(names)} file(s) or folder(s) ({listed(names)}) and {manifest} "
        "ineqlib's, so it is not replaced. Choose another folder with --out, one that is new or "
        "empty."
    )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary folder beside `path` that takes its place if nothing fails.

    Files in an earlier pack's folder that are not the pack's stay in the folder.

    Raises
    ------
    OutputError
        The place is not ours, or cannot be written; what was there is as it was.
    """
    require_place(path)
    with holding(path) as place:
        new = place.with_name(f".{place.name}-{uuid4().hex[:8]}{_NEW}")
        try:
            _clear_left(place)
            give_back(place)
            new.mkdir(parents=True)
            yield new
            _require_room(new, path)
            _swap(new, place)
        except OSError as error:
            raise _cannot_write(path, error) from error
        finally:
            shutil.rmtree(new, ignore_errors=True)


@contextmanager
def holding(path: Path) -> Iterator[Path]:
    """Keep other builds from a pack's place meanwhile, and give where it is.

    Who holds it already may hold it again.

    Raises
    ------
    OutputError
        Another build is at work there, or nothing can be written beside it.
    """
    place = path.resolve()  # where it is a link, what it leads to is replaced
    lock = FileLock(place.with_name(f".{place.name}{_LOCK}"), timeout=0, is_singleton=True)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"Another build is at work on {path}. Wait for it to end, or choose another folder "
            "with --out."
        ) from None
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        yield place
    finally:
        if lock.lock_counter == 1:
            with suppress(OSError):  # Windows removes no file that is open, but does so itself
                Path(lock.lock_file).unlink()
        lock.release()


def _clear_left(place: Path) -> None:
    """Remove what builds that were ended in the middle left beside a place that is held."""
    left = re.compile(rf"\.{re.escape(place.name)}-[0-9a-f]{{8}}{re.escape(_NEW)}")
    for entry in place.parent.iterdir():
        if left.fullmatch(entry.name):
            shutil.rmtree(entry, ignore_errors=True)


def give_back(path: Path) -> None:
    """Put a pack back that had stepped aside when a build was ended, or end what that began.

    Raises
    ------
    OutputError
        A build is at work there, which does so itself.
    """
    old = _aside(path)
    if not old.is_dir():
        return
    with holding(path):
        if path.exists():
            _put_away(old, path)
        else:
            retry_while_in_use(partial(old.rename, path))


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"No pack could be written to {path}: {error.strerror or error}. What was there is as it "
        "was. Free some space, close what has a file of the earlier pack open, or choose another "
        "folder."
    )


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.ineqlib-old")


def _own_files(folder: Path) -> set[str] | None:
    """Name the files that are a pack's own; none where it is empty, None where it is no pack."""
    try:
        content = parse_json((folder / MANIFEST).read_bytes())
        # An earlier format has one file a table.
        files = [table.get("files", [table]) for table in content["tables"].values()]
        names = {record["file"] for record in itertools.chain(*files)}
        if not content["built_with"].startswith(MADE_BY):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None if {entry.name for entry in folder.iterdir()} - LITTER else set()
    return {MANIFEST, *(name for name in names if PureWindowsPath(name).name == name)}


def _others(folder: Path) -> list[Path]:
    """Return what lies in a pack's folder and is not the pack's."""
    own = _own_files(folder) or set()
    return [entry for entry in folder.iterdir() if entry.name not in own]


def _require_room(new: Path, path: Path) -> None:
    """Refuse to replace a pack beside which lies what the new one would write over."""
    names = {entry.name for entry in new.iterdir()}
    others = [entry.name for entry in _others(path)] if path.exists() else []
    if lost := [name for name in others if name in names]:
        raise OutputError(
            f"{path} holds {listed(lost)}, which the earlier pack did not write and the new one "
            "would replace. Move it away, or choose another folder with --out."
        )


def _swap(new: Path, path: Path) -> None:
    """Rename `new` to `path`; the earlier pack steps aside, and goes when the new one is there."""
    if not path.exists():
        retry_while_in_use(partial(new.rename, path))
        return
    old = _aside(path)
    retry_while_in_use(partial(path.rename, old))
    try:
        retry_while_in_use(partial(new.rename, path))
    except BaseException:
        retry_while_in_use(partial(old.rename, path))
        raise
    _put_away(old, path)


def _put_away(old: Path, path: Path) -> None:
    """Remove an earlier pack's own files; what else lay beside them goes to the new one's folder.

    What is in use stays for the next build to remove; `pack.json`, which names them, goes last.
    """
    own = _own_files(old) or set()
    with suppress(OSError):
        for entry in _others(old):
            entry.rename(path / entry.name)
        for name in sorted(own, key=lambda name: name == MANIFEST):
            (old / name).unlink(missing_ok=True)
        old.rmdir()
