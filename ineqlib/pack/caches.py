"""What is kept on this computer to be quicker the next time: how much, and how it is deleted."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ineqlib.errors import OutputError, ParameterError, nearest
from ineqlib.files import file_sha256
from ineqlib.pack import kept, remote
from ineqlib.sources.fetch.store import Download, Store, store_folder


@dataclass(frozen=True)
class CacheFolder:
    """One folder of what is kept."""

    name: str
    what: str
    folder: Path

    def files(self) -> list[Path]:
        """Return its files, locks apart; another process may delete some at any time."""
        # `rglob` fails where a folder has gone since it was listed.
        every = (Path(place, name) for place, _, names in os.walk(self.folder) for name in names)
        return [path for path in every if path.suffix != ".lock"]

    def size(self) -> int:
        """Return its size in bytes."""
        return sum(map(_bytes_of, self.files()))

    def clear(self) -> int:
        """Delete what it holds; return how many bytes that were.

        Raises
        ------
        OutputError
            Another process is at work in it, or it cannot be deleted.
        """
        size = self.size()
        try:
            for path in self.folder.rglob("*.lock"):
                lock = FileLock(path, timeout=0)
                lock.acquire()
                lock.release()
            if self.folder.is_dir():
                shutil.rmtree(self.folder)
        except Timeout as error:
            raise OutputError(
                f"Another process is at work in {self.folder}. Stop it, or wait for it."
            ) from error
        except OSError as error:
            raise OutputError(
                f"{self.folder} cannot be deleted: {error.strerror or error}. Close what has its "
                "files open."
            ) from error
        return size


def _bytes_of(file: Path) -> int:
    with suppress(FileNotFoundError):
        return file.stat().st_size
    return 0


def caches() -> dict[str, CacheFolder]:
    """Return the folders there may be, by name."""
    every = (
        CacheFolder("fetched", "what was fetched from publishers, and where from", store_folder()),
        CacheFolder("parsed", "what builds read of files and made of them", kept.cache_folder()),
        CacheFolder("packs", "packs that were opened by an address", remote.cache_folder()),
    )
    return {cache.name: cache for cache in every}


def chosen(names: Iterable[str]) -> list[CacheFolder]:
    """Return the folders of these names, or all where none is given.

    Raises
    ------
    ParameterError
        There is none of that name.
    """
    known, wanted = caches(), list(names)
    for name in wanted:
        if name not in known:
            raise ParameterError(
                f"No cache is called '{name}'.{nearest(name, known)} There are: {', '.join(known)}."
            )
    return [known[name] for name in wanted or known]


def fetched() -> list[Download]:
    """Return everything fetched from publishers that is kept and whole."""
    return Store().downloads()


def is_kept_whole(sha256: str) -> bool | None:
    """Tell whether the bytes kept under a hash still have it; None where none are kept."""
    path = store_folder() / "bytes" / sha256
    return file_sha256(path) == sha256 if path.is_file() else None
