"""Handing jobs to fresh processes, and an honest answer when one of them is lost."""

import contextlib
import itertools
import multiprocessing
import os
import queue
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from typing import Any, Self

from ineqlib.errors import IneqlibError
from ineqlib.workers.child import Prepare, nothing, work, zygote

LOOK = 0.5
"""Seconds between looks at whether the zygote still lives."""

LOOKS_BEFORE_ANOTHER = 20

_SPAWN = multiprocessing.get_context("spawn")


class WorkerEnded(IneqlibError):
    """A worker ended before its job did: it was killed, or left the process itself."""


class TimeLimit(IneqlibError):
    """A job took longer than it may, and was ended."""


class JobFailed(IneqlibError):
    """A job raised; the message is its traceback."""


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

    Raises
    ------
    JobFailed
        When `prepare` raised.
    """

    def __init__(
        self, count: int = 1, *, prepare: Prepare = nothing, fork: bool | None = None
    ) -> None:
        self._key = secrets.token_bytes(32)
        self._listener = Listener(backlog=64, authkey=self._key)
        self._ready: queue.Queue[Connection] = queue.Queue()
        self._closed = False
        forks = can_fork() if fork is None else fork
        source = _Zygote if forks else _Starter
        try:
            self._source = source(self._listener.address, self._key, prepare)
        except BaseException:
            self._listener.close()
            raise
        threading.Thread(target=self._welcome, daemon=True).start()
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
        on_message: Callable[[Any], None] = lambda _: None,
    ) -> Any:
        """Run ``function(send, *args)`` in a fresh process and return its result.

        Parameters
        ----------
        function
            A function of a module. What it gives to `send` reaches `on_message` at once.
        seconds
            Longest time between two messages, or until the result.
        memory
            Bytes it may take beyond what was made ready; only Linux can hold it to that.

        Raises
        ------
        JobFailed, TimeLimit, WorkerEnded
            It raised; it took too long; its process ended.
        """
        connection, pid = self._start((function, args, memory))
        try:
            while True:
                kind, content = self._hear(connection, pid, seconds)
                match kind:
                    case "result":
                        return content
                    case "raised":
                        raise JobFailed(content)
                    case "message":
                        on_message(content)
        finally:
            connection.close()
            _kill(pid)

    def close(self) -> None:
        """End every process that waits; a job under way goes on."""
        self._closed = True
        with contextlib.suppress(OSError, EOFError):
            Client(
                self._listener.address, authkey=self._key
            ).close()  # wakes the thread at the door
        self._listener.close()
        self._source.close()
        with contextlib.suppress(queue.Empty):
            while True:
                self._ready.get_nowait().close()

    def _start(self, job: tuple[Any, ...]) -> tuple[Connection, int]:
        """Give the job to a worker that takes it; one that was killed while waiting does not."""
        while True:
            connection, pid = self._take()
            self._source.order()
            with contextlib.suppress(OSError, EOFError):
                connection.send(job)
                if connection.recv()[0] == "started":
                    return connection, pid
            connection.close()

    def _take(self) -> tuple[Connection, int]:
        for look in itertools.count(1):
            with contextlib.suppress(queue.Empty):
                connection = self._ready.get(timeout=LOOK)
                kind, content = _first_word(connection)
                if kind == "ready":
                    return connection, content
                if kind == "failed":
                    raise JobFailed(content)
            self._source.revive()
            if look % LOOKS_BEFORE_ANOTHER == 0:
                self._source.order()  # the one ordered was lost on its way
        raise AssertionError

    def _hear(self, connection: Connection, pid: int, seconds: float | None) -> tuple[str, Any]:
        try:
            if not connection.poll(seconds):
                _kill(pid)
                raise TimeLimit(f"It took longer than {seconds:g} seconds and was ended.")
            return connection.recv()
        except (EOFError, OSError):
            raise WorkerEnded(
                "Its process ended before it was done: it was killed, ran out of memory, or left "
                "Python by itself."
            ) from None

    def _welcome(self) -> None:
        while not self._closed:
            try:
                self._ready.put(self._listener.accept())
            except (OSError, EOFError, multiprocessing.AuthenticationError):
                if not self._closed:
                    time.sleep(LOOK / 10)  # one that died at the door; the others still come


class _Starter:
    """Starts each worker as a process that makes ready by itself."""

    def __init__(self, *args: Any) -> None:
        self._args = args
        self._processes: list[Any] = []

    def order(self) -> None:
        self._processes = [process for process in self._processes if process.is_alive()]
        process = _SPAWN.Process(target=work, args=self._args, daemon=True)
        process.start()
        self._processes.append(process)

    def revive(self) -> None:
        if not any(process.is_alive() for process in self._processes):
            self.order()

    def close(self) -> None:
        """Nothing: a worker ends when its connection does."""


class _Zygote:
    """Has one process make ready, and fork the workers."""

    def __init__(self, *args: Any) -> None:
        self._args = args
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._control, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=zygote, args=(theirs, *self._args), daemon=True)
        self.process.start()
        theirs.close()
        try:
            kind, content = self._control.recv()
        except EOFError:
            kind, content = "failed", "The process that makes ready ended before it had done so."
        if kind == "failed":
            raise JobFailed(content)

    def order(self) -> None:
        with contextlib.suppress(OSError), self._lock:
            self._control.send("one more")

    def revive(self) -> None:
        """Start again where it was killed, with one worker to go on with."""
        with self._lock:
            if self.process.is_alive():
                return
            self._control.close()
            self._begin()
        self.order()

    def close(self) -> None:
        self._control.close()


def _first_word(connection: Connection) -> tuple[str, Any]:
    try:
        return connection.recv()
    except (EOFError, OSError):
        return "gone", None


def _kill(pid: int) -> None:
    """End a worker and, where there are process groups, all it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)
