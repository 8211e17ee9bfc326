"""A pool of processes that wait for jobs, and an honest answer when one of them is lost.

How a job moves, where workers are forked; elsewhere the spawner starts each as a program::

      the program's process                         |  processes of the pool
                                                    |
      Workers.run --- request ---> Spawner ------------control pipe--> fork server
          |                           ^             |                     | fork
          | waits                     | note_ready  |                     v
          v                           |             |                   worker
      ready queue <-- _register <-- Server <-----------connects---------- |
          |                  (a thread for each     |   "ready"           |
          |                   that connects)        |                     |
          |                                         |                     |
          +--- hand_over: pickled job ------------------channel---------> | runs
          +<-- receive: "started", "message" ..., "result" or "raised" -- | the job
          |                                         |                     |
          v                                         |                     v
      dispose (killed and reaped), or where workers are kept: _register once more

Where workers are forked, one may also stay after its job (`Workers.lead`) and be asked to fork. The
fork connects as all do, and `_register` gives it to the leader that awaits it.
"""

import contextlib
import itertools
import pickle
import queue
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Self

from ineqlib.processes.channel import Channel, Server, receive_plain, start_thread
from ineqlib.processes.child import Prepare, Status, WorkerId, no_job, no_preparation
from ineqlib.processes.errors import JobFailed, WorkerEnded
from ineqlib.processes.fork_server import can_fork
from ineqlib.processes.leader import Forked, Leader
from ineqlib.processes.protocol import Kill, exchange, hand_over, outcome
from ineqlib.processes.spawners import ForkServerSpawner, ProgramSpawner, Spawner

POLL_SECONDS = 0.5
"""Seconds between looks at whether anything was lost, while no worker is ready."""

POLLS_BEFORE_ANOTHER = 20


class Workers:
    """Processes that have prepared and wait for a job; each does one and is replaced.

    Where the platform can fork, a fork server prepares once and forks them; elsewhere each is
    started ahead and prepares by itself. Safe to use from several threads, and as a context
    manager.

    Parameters
    ----------
    count
        How many wait at a time.
    prepare
        What to import and open before any job: a function of a module, or a `partial` of one.
    fork
        Whether to fork; by default where that is safe.
    keep
        Whether each does job after job, and is replaced only when it is lost or a job of its failed
        or took too long. For jobs that leave nothing behind but what all may share.
    results
        Classes whose instances a job may send or return; else only plain values, for a job may run
        others' code, and what it sends is not to run here.

    Raises
    ------
    JobFailed
        When `prepare` raised.
    """

    def __init__(
        self,
        count: int = 1,
        *,
        prepare: Prepare = no_preparation,
        fork: bool | None = None,
        keep: bool = False,
        results: tuple[type, ...] = (),
    ) -> None:
        self._count, self._keep, self._results = count, keep, results
        self._ready: queue.Queue[tuple[Channel, Status]] = queue.Queue()
        self._lock = threading.Lock()
        self._running = 0
        self._forked: Forked = {}
        self._closed = False
        self._forks = can_fork() if fork is None else fork
        self._server = Server(self._register)
        try:
            self._spawner: Spawner = (
                ForkServerSpawner(self._server.endpoint, prepare)
                if self._forks
                else ProgramSpawner(self._server.endpoint, prepare)
            )
        except BaseException:
            self._server.close()
            raise
        for _ in range(count):
            self._spawner.request()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(
        self,
        function: Callable[..., Any],
        *args: Any,
        seconds: float | None = None,
        memory: int | None = None,
        on_message: Callable[[Any], float | None] = lambda _: None,
    ) -> Any:
        """Run ``function(send, *args)`` in one of the processes and return its result.

        Parameters
        ----------
        function
            A function of a module. What it gives to `send` reaches `on_message` at once.
        seconds
            Longest time until the result.
        memory
            Bytes it may take beyond what was made ready; only Linux can hold it to that.
        on_message
            A number it returns replaces `seconds` and is counted from then on.

        Raises
        ------
        JobFailed, TimeLimit, WorkerEnded
            It raised; it took too long; its process ended, or the workers were closed.
        """
        job = pickle.dumps((function, args, memory, False))
        with self._counted(), self._assigned(job) as worker:
            return outcome(*worker, self._results, seconds, on_message)

    def lead(
        self, function: Callable[..., Any] = no_job, *args: Any, seconds: float | None = None
    ) -> Leader:
        """Run a job in one of the processes, which stays: forks of it share what the job left.

        Only where workers are forked.

        Parameters
        ----------
        function, *args, seconds
            As for `run`; by default a job that does nothing. It may start no thread that stays, and
            draw nothing by itself.

        Raises
        ------
        JobFailed, TimeLimit, WorkerEnded
            As for `run`.
        """
        job = pickle.dumps((function, args, None, True))
        with contextlib.ExitStack() as opened:
            opened.enter_context(self._counted())
            worker = opened.enter_context(self._assigned(job))
            outcome(*worker, self._results, seconds)
            exchange(b"", *worker, "ready")
            return Leader(*worker, self._results, self._forked, opened.pop_all())

    def close(self) -> None:
        """End every process that waits; a job under way goes on."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            idle = self._running == 0
        self._server.close()
        self._spawner.close()
        self._disconnect_ready()
        if idle:
            self._spawner.shut_down()

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """Count a job as running; the last one after `close` ends every process."""
        with self._lock:
            self._require_open()
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                last = self._closed and self._running == 0
            if last:
                self._spawner.shut_down()

    @contextlib.contextmanager
    def _assigned(self, job: bytes) -> Iterator[tuple[Channel, Kill]]:
        """Give the job to a worker that starts it; one that was killed while waiting does not."""
        while True:
            channel, worker = self._next_ready()
            if not self._keep:
                self._spawner.request()
            kill = partial(self._spawner.kill, worker)
            with contextlib.ExitStack() as cleanup:
                cleanup.callback(self._dispose, channel, worker)
                if not hand_over(job, channel, kill):
                    continue
                yield channel, kill
                if self._keep:
                    cleanup.pop_all()
                    self._spawner.expect_ready(worker)
                    start_thread(self._register, channel)
                return

    def _dispose(self, channel: Channel, worker: WorkerId) -> None:
        # While the channel is open a worker that has done its job still waits.
        self._spawner.dispose(worker)
        channel.close()
        if self._keep:
            self._spawner.request()

    def _next_ready(self) -> tuple[Channel, WorkerId]:
        for polls in itertools.count(1):
            self._require_open()
            with contextlib.suppress(queue.Empty):
                channel, (kind, content) = self._ready.get(timeout=POLL_SECONDS)
                if kind == "ready":
                    return channel, content
                channel.close()
                raise JobFailed(content)
            if self._spawner.replace_lost():
                for _ in range(self._count):
                    self._spawner.request()
            elif self._forks and polls % POLLS_BEFORE_ANOTHER == 0:
                # A fork was lost on its way. A program that was started would have been missed.
                self._spawner.request()
        raise AssertionError

    def _require_open(self) -> None:
        if self._closed:
            raise WorkerEnded("The workers were closed; no job can be given to them any more.")

    def _register(self, channel: Channel) -> None:
        """Queue a worker as soon as it is ready; the spawner misses one that never is."""
        try:
            status = receive_plain(channel, (WorkerId,))
        except (OSError, EOFError, pickle.UnpicklingError):
            channel.close()
            return
        if status[0] == "ready":
            self._spawner.note_ready(status[1])
            if self._forks and (leader := self._forked.get(status[1].number)):
                leader.put(channel)
                return
        self._ready.put((channel, status))
        if self._closed:
            self._disconnect_ready()

    def _disconnect_ready(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._ready.get_nowait()[0].close()
