"""Reading many new files: other processes read some of them, and keep what they parse of each."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple

from ineqlib.pack import kept
from ineqlib.pack.helpers import Helpers
from ineqlib.sources.reading.limits import LARGEST_HELD_TEXT

Progress = Callable[[str, int, int], None]
"""Called with the name of a file, how many more of its bytes have been read, and the bytes of all
files; at least once for each file, when it is done."""

WORTH_WHILE = 8_000_000
"""Bytes from which on others help: to start one takes as long as to read a few million."""


class FileTask(NamedTuple):
    """A file to read.

    Parameters
    ----------
    path
        Where it is.
    name
        What reports call it.
    sha256
        Of its bytes; empty where it cannot be read.
    key
        See `ineqlib.pack.inputs.Input`.
    described
        What is stated of files, by their names.
    size
        Its bytes.
    """

    path: Path
    name: str
    sha256: str
    key: str
    described: dict[str, dict[str, str]]
    size: int


Keep = Callable[[Callable[[float], None], FileTask], object]
"""A function of a module that reads a file, says what share of it was read, and keeps the rows."""


class BytesRead:
    """How much of each file has been read, told as it grows; threads may tell it at a time.

    Parameters
    ----------
    progress
        Who is told.
    tasks
        All files.
    """

    def __init__(self, progress: Progress, tasks: Sequence[FileTask]) -> None:
        self._progress, self._lock = progress, Lock()
        self._read = {task.name: 0 for task in tasks}
        self._all = sum(task.size for task in tasks)

    def advance(self, task: FileTask, share: float) -> None:
        """Note what share of a file has been read."""
        with self._lock:
            now = min(task.size, int(share * task.size))
            if now > self._read[task.name]:
                self._tell(task, now)

    def end(self, task: FileTask) -> None:
        """Note that nothing more of a file is to be read."""
        with self._lock:
            self._tell(task, task.size)

    def _tell(self, task: FileTask, now: int) -> None:
        self._progress(task.name, now - self._read[task.name], self._all)
        self._read[task.name] = now


@contextmanager
def read_ahead(
    tasks: Sequence[FileTask], keep: Keep, bytes_read: BytesRead, helpers: Helpers
) -> Iterator[Iterator[FileTask]]:
    """Give the files that this process is to read, from the first; others read from the last.

    Whoever is done with a file takes another, so nobody waits for long.

    Parameters
    ----------
    tasks
        New files.
    keep
        What others do with a file.
    bytes_read
        Told of what they have read.
    helpers
        Started if there is enough to read.
    """
    # A large file takes much memory: one at a time, and nobody beside it.
    large = [task for task in tasks if task.size > LARGEST_HELD_TEXT]
    waiting = deque(task for task in tasks if task.size <= LARGEST_HELD_TEXT)
    to_keep = [task for task in waiting if task.key and task.size >= kept.LEAST]
    if not large and sum(task.size for task in to_keep) >= WORTH_WHILE:
        helpers.start(len(to_keep) - 1)
    give_away = partial(_give_away, helpers, waiting, keep, bytes_read)
    threads = [Thread(target=give_away, daemon=True) for _ in range(helpers.count)]
    for thread in threads:
        thread.start()
    try:
        yield chain(large, _taken(waiting.popleft))
        for thread in threads:
            thread.join()
    finally:
        waiting.clear()


def _taken(take: Callable[[], FileTask]) -> Iterator[FileTask]:
    with suppress(IndexError):  # none is left
        while True:
            yield take()


def _give_away(
    helpers: Helpers, waiting: deque[FileTask], keep: Keep, bytes_read: BytesRead
) -> None:
    """Have another process read one file after the other, for as long as there are any."""
    for task in _taken(waiting.pop):
        if not helpers.ask(keep, task, on_number=partial(bytes_read.advance, task)):
            return
        bytes_read.end(task)
