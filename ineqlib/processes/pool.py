"""Handing jobs to fresh processes, and an honest answer when one of them is lost."""

import contextlib
import itertools
import pickle
import queue
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from math import inf
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener, answer_challenge, deliver_challenge
from typing import Any, Self

from ineqlib.processes.child import Line, Prepare, nothing
from ineqlib.processes.errors import JobFailed, WorkerEnded
from ineqlib.processes.protocol import Kill, hear, takes
from ineqlib.processes.spawners import Source, Starter, Zygote

LOOK = 0.5
"""Seconds between looks at whether the zygote still lives."""

LOOKS_BEFORE_ANOTHER = 20


def can_fork() -> bool:
    """Tell whether forking is safe here: macOS has the call, but its libraries do not bear it."""
    return sys.platform.startswith("linux")


class Workers:
    """Processes that have made ready and wait for a job; each does one and is replaced.

    Where the platform can fork, a zygote makes ready once and forks them; elsewhere each is started
    ahead and makes ready by itself. Safe to use from several threads, and as a context manager.

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

    Raises
    ------
    JobFailed
        When `prepare` raised.
    """

    def __init__(
        self,
        count: int = 1,
        *,
        prepare: Prepare = nothing,
        fork: bool | None = None,
        keep: bool = False,
    ) -> None:
        self._count, self._keep = count, keep
        self._key = secrets.token_bytes(32)
        # Without the key, which each is asked for apart: see `_welcome`.
        self._listener = Listener(backlog=64)
        self._ready: queue.Queue[tuple[Line, tuple[str, Any]]] = queue.Queue()
        self._lock = threading.Lock()
        self._running = 0
        self._closed = False
        self._forks = can_fork() if fork is None else fork
        try:
            self._source: Source = (Zygote if self._forks else Starter)(
                self._listener.address, self._key, prepare
            )
        except BaseException:
            self._listener.close()
            raise
        threading.Thread(target=self._welcome, name="workers' door", daemon=True).start()
        for _ in range(count):
            self._source.order()

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
        parcel = pickle.dumps((function, args, memory))
        with self._a_job(), self._started(parcel) as (connection, kill):
            limit = inf if seconds is None else seconds
            deadline = time.monotonic() + limit
            while True:
                kind, content = hear(connection, kill, limit, deadline)
                match kind:
                    case "result":
                        return content
                    case "raised":
                        raise JobFailed(content)
                    case "message":
                        more = on_message(content)
                        if more is not None:
                            limit, deadline = more, time.monotonic() + more

    def close(self) -> None:
        """End every process that waits; a job under way goes on."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            idle = self._running == 0
        with contextlib.suppress(OSError):
            # Wakes the thread at the door. Without a key nobody waits for an answer, which would
            # never come where the thread has just seen for itself that it may go.
            Client(self._listener.address).close()
        self._listener.close()
        self._source.close()
        self._send_home()
        if idle:
            self._source.let_go()

    @contextlib.contextmanager
    def _a_job(self) -> Iterator[None]:
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
                self._source.let_go()

    @contextlib.contextmanager
    def _started(self, parcel: bytes) -> Iterator[tuple[Line, Kill]]:
        """Give the job to a worker that takes it; one that was killed while waiting does not."""
        while True:
            connection, worker = self._take()
            if not self._keep:
                self._source.order()
            kill = partial(self._source.kill, worker)
            with contextlib.ExitStack() as ending:
                ending.callback(self._end, connection, worker)
                if not takes(connection, kill, parcel):
                    continue
                yield connection, kill
                if self._keep:
                    ending.pop_all()
                    self._source.expect(worker)
                    _aside(self._hear_first_word, connection)  # once more
                return

    def _end(self, connection: Line, worker: tuple[int, int]) -> None:
        # While the connection is open a worker that has done its job still waits.
        self._source.end(worker)
        connection.close()
        if self._keep:
            self._source.order()

    def _take(self) -> tuple[Line, tuple[int, int]]:
        for look in itertools.count(1):
            self._require_open()
            with contextlib.suppress(queue.Empty):
                connection, (kind, content) = self._ready.get(timeout=LOOK)
                if kind == "ready":
                    return connection, content
                connection.close()
                raise JobFailed(content)
            if self._source.revive():
                for _ in range(self._count):
                    self._source.order()
            elif self._forks and look % LOOKS_BEFORE_ANOTHER == 0:
                # The one ordered was lost on its way. One that was started would have been missed.
                self._source.order()
        raise AssertionError

    def _require_open(self) -> None:
        if self._closed:
            raise WorkerEnded("The workers were closed; no job can be given to them any more.")

    def _welcome(self) -> None:
        while not self._closed:
            try:
                # One that is stopped in the middle of being let in keeps no other waiting.
                _aside(self._let_in, self._listener.accept())
            except (OSError, RuntimeError):
                if not self._closed:
                    time.sleep(LOOK / 10)  # one that died at the door; the others still come
        self._send_home()

    def _let_in(self, connection: Line) -> None:
        try:
            deliver_challenge(connection, self._key)
            answer_challenge(connection, self._key)
        except (OSError, EOFError, AuthenticationError):
            connection.close()
        else:
            self._hear_first_word(connection)

    def _hear_first_word(self, connection: Line) -> None:
        """Put a worker among those that wait; the source misses one that never says a word."""
        try:
            first_word = connection.recv()
        except (OSError, EOFError):
            connection.close()
            return
        if first_word[0] == "ready":
            self._source.arrived(first_word[1])
        self._ready.put((connection, first_word))
        if self._closed:
            self._send_home()

    def _send_home(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._ready.get_nowait()[0].close()


def _aside(function: Callable[[Line], None], connection: Line) -> None:
    threading.Thread(target=function, args=(connection,), daemon=True).start()
