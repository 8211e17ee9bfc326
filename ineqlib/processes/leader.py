"""A worker that stays after a first job, and has forks of itself do others."""

import contextlib
import itertools
import pickle
import queue
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Self

from ineqlib.processes.channel import Channel
from ineqlib.processes.child import FORK, REAP
from ineqlib.processes.errors import WorkerEnded
from ineqlib.processes.programs import kill_group
from ineqlib.processes.protocol import START_TIMEOUT, Kill, exchange, hand_over, outcome

Forked = dict[int, "queue.SimpleQueue[Channel]"]
"""Number of a fork that is awaited -> where its channel goes."""

_numbers = itertools.count(1)


class Leader:
    """A worker that has done a job, from `Workers.lead`; a context manager, for one thread.

    Its forks share what the job left there. What they do is seen neither by it nor by one another.

    Parameters
    ----------
    channel, kill
        To speak to it, and to kill it.
    results
        Classes whose instances a job may return.
    forked
        Where the pool looks up who awaits a fork.
    opened
        What ends it.

    Attributes
    ----------
    jobs
        How many it has done itself, the first included.
    """

    def __init__(
        self,
        channel: Channel,
        kill: Kill,
        results: tuple[type, ...],
        forked: Forked,
        opened: contextlib.ExitStack,
    ) -> None:
        self._channel, self._kill, self._results = channel, kill, results
        self._forked, self._opened = forked, opened
        self._begun = False
        self.jobs = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it."""
        self._opened.close()

    def run(self, function: Callable[..., Any], *args: Any, seconds: float | None = None) -> Any:
        """Run one more job in it, under the terms of `Workers.lead`."""
        if self._begun:
            self._result(seconds)
        self.begin(function, *args)
        return self._result(seconds)

    def begin(self, function: Callable[..., Any], *args: Any) -> None:
        """Have it begin a job whose result nobody needs; `run` first waits for its end."""
        self.jobs += 1
        self._hand_over((function, args, None, True), self._channel, self._kill)
        self._begun = True

    def _result(self, seconds: float | None) -> Any:
        self._begun = False
        result = outcome(self._channel, self._kill, self._results, seconds)
        exchange(b"", self._channel, self._kill, "ready")
        return result

    def run_in_fork(
        self,
        function: Callable[..., Any],
        *args: Any,
        seconds: float | None = None,
        memory: int | None = None,
        on_message: Callable[[Any], float | None] = lambda _: None,
    ) -> Any:
        """Run a job in a fork of it; parameters and errors are those of `Workers.run`."""
        with self._fork() as (channel, kill):
            self._hand_over((function, args, memory, False), channel, kill)
            return outcome(channel, kill, self._results, seconds, on_message)

    def _hand_over(self, job: tuple[Any, ...], channel: Channel, kill: Kill) -> None:
        if not hand_over(pickle.dumps(job), channel, kill):
            raise WorkerEnded("Its process was gone before it could be given the job.")

    @contextlib.contextmanager
    def _fork(self) -> Iterator[tuple[Channel, Kill]]:
        """Have it fork, and end the fork afterwards with all that that started."""
        number = next(_numbers)
        awaited = self._forked[number] = queue.SimpleQueue()
        with contextlib.ExitStack() as cleanup:
            cleanup.callback(self._forked.pop, number)
            pid = exchange(FORK + b"%d" % number, self._channel, self._kill, "forked")
            if not pid:
                raise WorkerEnded("There was no room for another process.")
            cleanup.callback(self._reap, pid)
            try:
                channel = awaited.get(timeout=START_TIMEOUT)
            except queue.Empty:
                raise WorkerEnded("Its process ended before it was ready.") from None
            cleanup.callback(channel.close)
            kill = partial(kill_group, pid)
            cleanup.callback(kill)
            yield channel, kill

    def _reap(self, pid: int) -> None:
        # Until now no other process can have had the number.
        with contextlib.suppress(OSError):
            self._channel.send_bytes(REAP + b"%d" % pid)
