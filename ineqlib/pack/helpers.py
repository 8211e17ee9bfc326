"""Other processes that do part of a build: they keep what they make, and this one looks for it."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from ineqlib.pack import kept
from ineqlib.processes import JobFailed, WorkerEnded, Workers, in_worker
from ineqlib.sources.memory import rare_collections

MOST = 3
"""Each takes some hundred megabytes."""

Work = Callable[..., object]
"""A function of a module that keeps what it makes. It is given a function to send a number with,
such as how far it has come, and what else it was called with."""


class Helpers:
    """Some processes, started once they are wanted; a context manager. Threads may share them.

    Whatever they fail to do is nobody's loss: what they keep is looked for, not counted on.
    """

    def __init__(self) -> None:
        self.count = 0
        self._workers: Workers | None = None
        self._waiting: ThreadPoolExecutor | None = None
        self._scratch: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._workers and self._waiting:
            self._waiting.shutdown(wait=False, cancel_futures=True)
            self._workers.close()
        if self._scratch:
            self._scratch.cleanup()

    @property
    def folder(self) -> Path | None:
        """A folder for files that they make for this process; None where there are no others."""
        return Path(self._scratch.name) if self._scratch else None

    def start(self, most: int) -> None:
        """Start as many as the computer has processors to spare, and at most so many."""
        spare = min(MOST, most, (os.cpu_count() or 1) - 1)
        # What they keep is of no use to a build that takes nothing from what is kept.
        if spare > 0 and kept.is_trusted() and not in_worker():
            prepare = partial(import_module, "ineqlib.pack.assemble")
            self._workers = Workers(spare, prepare=prepare, fork=False, keep=True)
            self._waiting = ThreadPoolExecutor(spare)
            self._scratch = TemporaryDirectory(prefix="ineq-", ignore_cleanup_errors=True)
            self.count = spare

    def ask(
        self,
        work: Work,
        *args: Any,
        on_number: Callable[[float], None] = lambda _: None,
    ) -> bool:
        """Have one of them do some work, and wait; return whether there are any to do more."""
        if self._workers is None:
            return False
        try:
            self._workers.run(_do, work, args, kept.cache_folder(), on_message=on_number)
        except JobFailed:
            return True
        except WorkerEnded:
            return False
        return True

    def later(self, work: Work, arguments: Callable[[], tuple[Any, ...]]) -> Future[Any]:
        """Have one of them do some work once it is done with what it was asked for later before.

        Parameters
        ----------
        work
            See `Work`.
        arguments
            Returns what it is called with, when that is wanted: it may take much memory.

        Returns
        -------
        Future
            Of the plain value that the work returns; None where it failed. Who does the work, or
            has no use for it, cancels it, which cannot be done once it has begun.
        """
        if self._waiting is None:
            nobody: Future[Any] = Future()
            nobody.cancel()
            return nobody
        return self._waiting.submit(self._done, work, arguments)

    def _done(self, work: Work, arguments: Callable[[], tuple[Any, ...]]) -> Any:
        if self._workers:
            with suppress(JobFailed, WorkerEnded):
                return self._workers.run(_do, work, arguments(), kept.cache_folder())
        return None


def _do(send: Callable[[float], None], work: Work, args: tuple[Any, ...], folder: Path) -> Any:
    with kept.keeping_in(folder), rare_collections():
        return work(send, *args)
