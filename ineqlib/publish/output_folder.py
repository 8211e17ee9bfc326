"""The folder of a batch: ours alone, held by one at a time, and never with half a file in it."""

import contextlib
import errno
import os
import platform
import shutil
from functools import partial
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from ineqlib.errors import OutputError, listed
from ineqlib.files import LITTER, TEMPORARY, file_sha256, retry_while_in_use, settle
from ineqlib.publish.manifest import MANIFEST, carries_our_mark

LOCK, HOLDER, STAGING = ".ineqlib-lock", ".ineqlib-holder", ".ineqlib-staging"
FULL = (errno.ENOSPC, errno.EDQUOT)
IN_THE_WAY = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY)
NOT_WRITABLE = (*FULL, *IN_THE_WAY, errno.EACCES, errno.EPERM, errno.EROFS)
SPARE = 20_000_000
"""Bytes a disk must have free beyond what is about to be written."""


class OutputFolder:
    """A folder that briefings are published into, for as long as it is held.

    Use it as a context manager.

    Parameters
    ----------
    path
        The folder; it is made where it is not there.

    Raises
    ------
    OutputError
        On entering: it is not ours, it cannot be written, or another batch holds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._staging = path / STAGING
        # Thread-local by default: then no other thread could let go of it.
        self._lock = FileLock(path / LOCK, timeout=0, thread_local=False)

    def __enter__(self) -> Self:
        require_ours(self.path)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise OutputError(self._who_holds_it()) from None
        except OSError as error:
            raise OutputError(cannot_write(self.path, error)) from error
        try:
            self._tidy()
            holder = f"process {os.getpid()} on {platform.node()}"
            (self.path / HOLDER).write_text(holder, encoding="utf-8")
            self._staging.mkdir(exist_ok=True)  # where something in it is still open
        except OSError as error:
            self._lock.release()
            raise OutputError(cannot_write(self.path, error)) from error
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self._tidy()
        self._lock.release()
        if isinstance(error, OSError) and error.errno in NOT_WRITABLE:
            raise OutputError(cannot_write(self.path, error)) from error

    def stage(self, name: str) -> Path:
        """Return a folder on the same disk, for what is not to be seen yet.

        It is new, and empty but for what another program has open.
        """
        folder = (self._staging / name).absolute()  # a notebook runs in another working folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        return folder

    def publish(self, files: dict[str, Path]) -> None:
        """Move files to their names in the folder, each at one stroke.

        Raises
        ------
        OSError
            A file cannot be replaced; it stays as it was.
        """
        for path in files.values():
            settle(path)
        for name, path in files.items():
            (self.path / name).parent.mkdir(parents=True, exist_ok=True)
            retry_while_in_use(partial(path.replace, self.path / name))

    def has_room(self, needed: int) -> bool:
        """Tell whether the disk can hold what is about to be written."""
        return shutil.disk_usage(self.path).free >= needed + SPARE

    def is_full(self, needed: int, made: int, failed: int, left: int) -> str:
        """Say that the disk is full, and how much is needed for what is not there."""
        free = shutil.disk_usage(self.path).free
        failures = f", {failed} failed" if failed else ""
        return (
            f"The disk that holds {self.path} is full: {_megabytes(free)} are free. {made} of "
            f"{made + failed + left} briefings were made{failures}; the other {failed + left} need "
            f"about {_megabytes(needed + SPARE)}. What was published is complete. Free some space "
            "and run the same command again: it makes the rest."
        )

    def _tidy(self) -> None:
        """Remove what a batch that was ended in the middle left behind."""
        shutil.rmtree(self._staging, ignore_errors=True)
        for left in [*self.path.glob(f".*{TEMPORARY}"), self.path / HOLDER]:
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)

    def _who_holds_it(self) -> str:
        try:
            holder = (self.path / HOLDER).read_text(encoding="utf-8")
        except OSError:
            holder = "another process"
        return (
            f"Another batch is at work in {self.path} ({holder}). Wait for it to end, or choose "
            "another folder with --out."
        )


def require_ours(path: Path) -> None:
    """Refuse a folder that holds anything, unless a batch has put its manifest there.

    Raises
    ------
    OutputError
        It holds what is not ours, is a file, or cannot be looked into.
    """
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(cannot_write(path, error)) from error
    # A batch may have been ended before it wrote its first manifest.
    ours = {LOCK, HOLDER, STAGING, *(name for name in names if name.endswith(TEMPORARY))}
    strange = [name for name in names if name not in ours | LITTER]
    if not strange or carries_our_mark(path / MANIFEST):
        return
    manifest = f"its {MANIFEST} is not" if MANIFEST in strange else f"has no {MANIFEST} that is"
    raise OutputError(
        f"{path} holds {len(strange)} file(s) or folder(s) ({listed(strange)}) and {manifest} "
        "ineqlib's, so nothing is written there. Choose another folder with --out, one that is new "
        "or empty."
    )


def records(files: dict[str, Path]) -> dict[str, dict[str, Any]]:
    """Return what files hold, for the manifest, by name."""
    return {
        name: {"sha256": file_sha256(path), "bytes": path.stat().st_size}
        for name, path in files.items()
    }


def cannot_write(path: Path, error: OSError) -> str:
    """Say that a folder or file cannot be written, and what to do."""
    if error.errno in FULL:
        return (
            f"The disk that holds {path} is full. What was published is complete. Free some space "
            "and run the same command again: it makes the rest."
        )
    if isinstance(error, FileNotFoundError):
        return (
            f"{error.filename or path} was removed while the batch was at work. Run the same "
            "command again: it makes what is missing."
        )
    if error.errno in IN_THE_WAY:
        return (
            f"{error.filename2 or error.filename or path} is in the way ({error.strerror}). Move "
            "it away and run the same command again, or choose another folder with --out."
        )
    return (
        f"{path} cannot be written ({error.strerror or error}). Choose another folder with --out, "
        "or ask for the right to write there."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
