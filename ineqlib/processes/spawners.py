"""Where workers come from: forked by a fork server, or each started as a program of its own."""

import contextlib
import itertools
import subprocess
import threading
import time
from math import inf

from ineqlib.processes.channel import Endpoint
from ineqlib.processes.child import Prepare, WorkerId, no_preparation
from ineqlib.processes.errors import JobFailed, WorkerEnded
from ineqlib.processes.fork_server import PROGRAM, next_fork_server
from ineqlib.processes.programs import kill_group, reap, start_program

MAX_LOSSES = 3
"""How often, one after the other, processes may be lost before one is ready."""

PREPARE_TIMEOUT = 300.0
"""Seconds to prepare."""

READY_TIMEOUT = 60.0
"""Seconds for one that has prepared to say that it is ready."""

ENDS_WITHIN = 0.2
"""Seconds in which a fork server that is wanted no more reaps what was killed."""


class Spawner:
    """What the pool asks of either way of making workers."""

    def request(self) -> None:
        """Ask for one more worker; it connects when it is ready."""
        raise NotImplementedError

    def replace_lost(self) -> bool:
        """Replace what was lost meanwhile; tell whether requests were lost with it."""
        raise NotImplementedError

    def note_ready(self, worker: WorkerId) -> None:
        """Note that a worker is ready."""
        raise NotImplementedError

    def expect_ready(self, worker: WorkerId) -> None:
        """Note that a worker has done its job and is about to be ready again."""
        raise NotImplementedError

    def kill(self, worker: WorkerId) -> None:
        """Kill a worker, and where the system has groups of processes all that it started."""
        raise NotImplementedError

    def dispose(self, worker: WorkerId) -> None:
        """Kill a worker and reap it."""
        raise NotImplementedError

    def close(self) -> None:
        """Take no more requests."""
        raise NotImplementedError

    def shut_down(self) -> None:
        """End every process; no job is under way any more."""
        raise NotImplementedError


class ProgramSpawner(Spawner):
    """Starts each worker as a program that prepares by itself."""

    def __init__(self, endpoint: Endpoint, prepare: Prepare) -> None:
        self._endpoint, self._prepare = endpoint, prepare
        self._numbers = itertools.count()
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._due: dict[int, float] = {}
        self._lock = threading.Lock()
        self._losses = 0
        self._closed = False

    def request(self) -> None:
        """Start one more."""
        with self._lock:
            if self._closed:
                return
            number = next(self._numbers)
            self._due[number] = time.monotonic() + PREPARE_TIMEOUT
            with contextlib.suppress(OSError):  # no room for another: `replace_lost` tries again
                role = ("worker", number, no_preparation)
                self._processes[number] = start_program(
                    PROGRAM, role, self._endpoint, self._prepare
                )

    def note_ready(self, worker: WorkerId) -> None:
        """Note that one is ready."""
        with self._lock:
            self._losses = 0
            self._due.pop(worker.number, None)

    def expect_ready(self, worker: WorkerId) -> None:
        """Note that one is about to be ready again."""
        with self._lock:
            self._due[worker.number] = time.monotonic() + READY_TIMEOUT

    def replace_lost(self) -> bool:
        """Replace those that ended, or hang, before they were ready."""
        with self._lock:
            lost = [number for number, due in self._due.items() if self._is_lost(number, due)]
            for number in lost:
                del self._due[number]  # one thread is enough to replace it
            self._losses += bool(lost)
            is_hopeless = self._losses > MAX_LOSSES
        for number in lost:
            self.dispose(WorkerId(0, number))
            self.request()  # hopeless or not: others may be at work, and go on
        if is_hopeless:
            raise WorkerEnded(
                f"{self._losses} times, one after the other, processes ended before they were "
                "ready to work; what they wrote above may say why."
            )
        return False

    def _is_lost(self, number: int, due: float) -> bool:
        process = self._processes.get(number)
        return process is None or process.poll() is not None or due < time.monotonic()

    def kill(self, worker: WorkerId) -> None:
        """Kill one, and what it started where the system has groups."""
        process = self._processes.get(worker.number)
        if process is not None and process.returncode is None:
            kill_group(process.pid)
            with contextlib.suppress(OSError):
                process.kill()

    def dispose(self, worker: WorkerId) -> None:
        """Kill one and reap it."""
        self.kill(worker)
        with self._lock:
            self._due.pop(worker.number, None)
            process = self._processes.pop(worker.number, None)
        if process is not None:
            reap(process)

    def close(self) -> None:
        """Start no more."""
        with self._lock:
            self._closed = True

    def shut_down(self) -> None:
        """End those that are left."""
        with self._lock:
            remaining, self._processes = self._processes, {}
        for process in remaining.values():
            process.kill()
            reap(process)


class ForkServerSpawner(Spawner):
    """Has one process, the fork server, prepare and fork the workers."""

    def __init__(self, endpoint: Endpoint, prepare: Prepare) -> None:
        self._endpoint, self._prepare = endpoint, prepare
        self._lock = threading.Lock()
        self._closed = False
        self._losses = 0
        self._due = inf
        self._start()

    def _start(self) -> None:
        for _ in range(MAX_LOSSES):
            try:
                self._server = next_fork_server()
            except OSError as error:
                raise WorkerEnded(f"No process could be started: {error}.") from error
            kind, content = self._server.prepare(self._endpoint, self._prepare, PREPARE_TIMEOUT)
            if kind == "ready":
                return
            self._server.end()
            if kind == "failed":
                raise JobFailed(content)
            if kind == "late":
                raise WorkerEnded(f"Making ready took longer than {PREPARE_TIMEOUT:g} seconds.")
        raise WorkerEnded(
            f"The process that makes ready ended {MAX_LOSSES} times before it had done so: it was "
            "killed, or ran out of memory."
        )

    def request(self) -> None:
        """Ask for one more fork."""
        self._due = min(self._due, time.monotonic() + READY_TIMEOUT)
        self._ask(None)

    def note_ready(self, worker: WorkerId) -> None:
        """Note that one is ready, so the fork server lives; any others missed are asked for."""
        self._losses, self._due = 0, inf

    def expect_ready(self, worker: WorkerId) -> None:
        """Expect nothing: where one is missed another is asked for."""

    def kill(self, worker: WorkerId) -> None:
        """Kill one and what it started."""
        kill_group(worker.pid)

    def dispose(self, worker: WorkerId) -> None:
        """Kill one; the fork server reaps it."""
        self.kill(worker)
        self._ask(worker.pid)

    def _ask(self, what: int | None) -> None:
        with self._lock:
            self._server.ask(what)

    def replace_lost(self) -> bool:
        """Start the fork server again where it was killed, or hangs."""
        with self._lock:
            hangs = self._due < time.monotonic()
            if self._closed or (self._server.process.poll() is None and not hangs):
                return False
            self._server.end()
            self._due = inf
            self._losses += 1
            if self._losses > MAX_LOSSES:
                raise WorkerEnded(
                    f"The process that makes ready was lost {self._losses} times before another "
                    "had come from it."
                )
            self._start()
        return True

    def close(self) -> None:
        """Have the fork server fork no more, and end."""
        with self._lock:
            self._closed = True
            self._server.close()

    def shut_down(self) -> None:
        """End the fork server, and with it all that is left."""
        self._server.end(ENDS_WITHIN)
