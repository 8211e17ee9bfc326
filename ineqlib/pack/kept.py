"""What builds have made, kept in the user's cache folder for the next build.

An entry is a folder of frames and JSON under a key of everything it depends on. What is not whole,
or was edited, is as good as none. The folder may be deleted at any time.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import platformdirs
import pyarrow as pa

from ineqlib.files import file_sha256, parse_json
from ineqlib.pack.files import digest_of, sha256
from ineqlib.pack.kept_frames import read_frame, write_frame
from ineqlib.sources.memory import give_back_memory

LEAST = 1_000
"""Bytes of the smallest file that is kept: less is read as fast as it is looked up."""

MOST = 5_000_000_000
"""Bytes of all that is kept; what was not used for longest goes first."""

_ABOUT = "about.json"

_is_trusted = ContextVar("is_trusted", default=True)
"""Whether the build at work takes anything from what is kept; one in another thread may."""

_folder: ContextVar[Path | None] = ContextVar("folder", default=None)
"""Where a process that helps another keeps what it makes: where that one will look for it."""


class DamagedEntry(BaseException):
    """A frame that a build counts on is gone, or is not what was written: all must begin anew.

    It is the failure of no file, and so no `Exception`.
    """


@contextmanager
def nothing_taken() -> Iterator[None]:
    """Take nothing from what is kept, and keep anew what is made."""
    before = _is_trusted.set(False)
    try:
        yield
    finally:
        _is_trusted.reset(before)


def is_trusted() -> bool:
    """Tell whether the build at work takes anything from what is kept."""
    return _is_trusted.get()


@contextmanager
def keeping_in(folder: Path) -> Iterator[None]:
    """Keep what is made in the cache folder of another process."""
    before = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(before)


class LazyTable(NamedTuple):
    """A table that is read once somebody needs its rows.

    Parameters
    ----------
    key
        What it was made from; empty where that is not known.
    read
        Returns the rows.
    """

    key: str
    read: Callable[[], pd.DataFrame]


Files = dict[int | None, LazyTable]
"""The rows of each file of a table, by its number; None where there is one file."""


def in_memory(frame: pd.DataFrame, key: str = "") -> LazyTable:
    """Return a table whose rows are there."""
    return LazyTable(key, partial(_given, frame))


class Entry(NamedTuple):
    """What is kept under a key: frames by name, and what JSON can write."""

    frames: dict[str, LazyTable]
    about: Any


def cache_folder() -> Path:
    """Return where parsed files, and what was made of them, are kept."""
    return _folder.get() or platformdirs.user_cache_path("ineqlib") / "parsed"


def read_entry(key: str) -> Entry | None:
    """Return what is kept under a key; None where nothing whole is. No frame is read."""
    folder = cache_folder() / key
    # A cache that cannot be read is as good as none.
    with suppress(OSError, ValueError, KeyError, TypeError):
        content = parse_json((folder / _ABOUT).read_bytes())
        if _is_trusted.get() and content["digest"] == digest_of(content["entry"]):
            frames, about = content["entry"]
            os.utime(folder)
            return Entry({name: _lazy(key, name, digest) for name, digest in frames.items()}, about)
    return None


def keep_entry(key: str, frames: Mapping[str, pd.DataFrame], about: object) -> bool:
    """Keep frames and what JSON can write, if it would be read back the same; tell whether."""
    above = cache_folder()
    # Without a writable cache folder the next build makes it again.
    with suppress(OSError, ValueError, TypeError, NotImplementedError, pa.ArrowException):
        above.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=above))
        try:
            for name, frame in frames.items():
                write_frame(_file(made, name), frame)
            digests = {name: sha256(_file(made, name)) for name in frames}
            entry = json.loads(json.dumps([digests, about]))
            text = json.dumps({"digest": digest_of(entry), "entry": entry})
            (made / _ABOUT).write_text(text, encoding="utf-8")
            if (above / key).exists():  # damaged, or of a build that runs at the same time
                shutil.rmtree(above / key)
            made.rename(above / key)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        _written_since_counted(sum(file.stat().st_size for file in (above / key).iterdir()))
        return True
    return False


def remember(key: str, value: object) -> None:
    """Keep what was found out about something under a key, as JSON; nothing under an empty one."""
    with suppress(OSError, TypeError):
        if key:
            file = cache_folder() / f"{key}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            # Of a file that is not written to its end nothing is recalled.
            file.write_text(json.dumps([value, digest_of(value)]), encoding="utf-8")


def recall(key: str) -> Any:
    """Return what `remember` kept under a key; None where it is not there or not whole."""
    with suppress(OSError, ValueError):
        value, digest = parse_json((cache_folder() / f"{key}.json").read_bytes())
        return value if key and _is_trusted.get() and digest == digest_of(value) else None
    return None


def drop_oldest() -> None:
    """Delete what was not used for longest, until no more than `MOST` bytes are kept.

    Nothing is counted before the files written since the last time come to a tenth of them.
    """
    with suppress(OSError):
        if _written_since_counted() < MOST / 10:
            return
        folders = sorted(
            (folder for folder in cache_folder().iterdir() if folder.is_dir()),
            key=lambda folder: folder.stat().st_mtime,
            reverse=True,
        )
        size = 0
        for folder in folders:
            size += sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            if size > MOST:
                shutil.rmtree(folder, ignore_errors=True)
        _written_file().write_text("0", encoding="ascii")


def _given(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def _lazy(key: str, name: str, digest: str) -> LazyTable:
    return LazyTable(f"{key}/{name}", partial(_read, key, name, digest))


def _read(key: str, name: str, digest: str) -> pd.DataFrame:
    file = _file(cache_folder() / key, name)
    with suppress(OSError, pa.ArrowInvalid):
        if file_sha256(file) == digest:
            frame = read_frame(file)
            give_back_memory(len(frame))
            return frame
    raise DamagedEntry(key)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.arrow"


def _written_file() -> Path:
    return cache_folder().with_suffix(".written")


def _written_since_counted(more: int = 0) -> int:
    """Return how many bytes were written since they were last counted, and some more now."""
    try:
        size = int(_written_file().read_bytes()) + more
    except (OSError, ValueError):
        return MOST  # never counted
    if more:
        _written_file().write_text(str(size), encoding="ascii")
    return size
