"""Other processes that do part of a build: they keep what they make, and this one looks for it."""

import os
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._workers:
            self._workers.close()

    def start(self, most: int) -> None:
        """Start as many as the computer has processors to spare, and at most so many."""
        spare = min(MOST, most, (os.cpu_count() or 1) - 1)
        # What they keep is of no use to a build that takes nothing from what is kept.
        if spare > 0 and kept.is_trusted() and not in_worker():
            prepare = partial(import_module, "ineqlib.pack.assemble")
            self._workers = Workers(spare, prepare=prepare, fork=False, keep=True)
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


def _do(send: Callable[[float], None], work: Work, args: tuple[Any, ...], folder: Path) -> None:
    with kept.keeping_in(folder), rare_collections():
        work(send, *args)
