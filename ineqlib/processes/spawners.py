"""Where workers come from: forked from a zygote, or each started as a program of its own."""

import contextlib
import itertools
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from math import inf
from typing import Any

from ineqlib.processes.child import Door, Prepare
from ineqlib.processes.errors import JobFailed, WorkerEnded
from ineqlib.processes.programs import begin, finish, kill_group

TRIES = 3
"""How often, one after the other, processes may be lost before one is ready."""

READY = 300.0
"""Seconds to make ready."""

SOON = 60.0
"""Seconds for one that has made ready to say so."""


class Source:
    """What the pool asks of either way of making workers."""

    def order(self) -> None:
        """Ask for one more worker; it comes to the door when it is ready."""
        raise NotImplementedError

    def revive(self) -> bool:
        """Put right what was lost meanwhile; tell whether waiting orders were lost with it."""
        raise NotImplementedError

    def arrived(self, worker: tuple[int, int]) -> None:
        """Note that a worker is ready."""
        raise NotImplementedError

    def expect(self, worker: tuple[int, int]) -> None:
        """Note that a worker has done its job and is about to be ready again."""
        raise NotImplementedError

    def kill(self, worker: tuple[int, int]) -> None:
        """Kill a worker, and where the system has groups of processes all that it started."""
        raise NotImplementedError

    def end(self, worker: tuple[int, int]) -> None:
        """Kill a worker and clear it away."""
        raise NotImplementedError

    def close(self) -> None:
        """Take no more orders."""
        raise NotImplementedError

    def let_go(self) -> None:
        """End everything; no job is under way any more."""
        raise NotImplementedError


class Starter(Source):
    """Starts each worker as a program that makes ready by itself."""

    def __init__(self, address: Any, key: bytes, prepare: Prepare) -> None:
        self._address, self._key, self._prepare = address, key, prepare
        self._numbers = itertools.count()
        self._started: dict[int, subprocess.Popen[bytes]] = {}
        self._due: dict[int, float] = {}
        self._lock = threading.Lock()
        self._lost = 0
        self._closed = False

    def order(self) -> None:
        """Start one more."""
        with self._lock:
            if self._closed:
                return
            number = next(self._numbers)
            self._due[number] = time.monotonic() + READY
            with contextlib.suppress(OSError):  # no room for another: `revive` tries again
                door = Door(self._address, self._key, number)
                self._started[number] = begin("worker", door, None, self._prepare)

    def arrived(self, worker: tuple[int, int]) -> None:
        """Note that one is ready."""
        with self._lock:
            self._lost = 0
            self._due.pop(worker[1], None)

    def expect(self, worker: tuple[int, int]) -> None:
        """Note that one is about to be ready again."""
        with self._lock:
            self._due[worker[1]] = time.monotonic() + SOON

    def revive(self) -> bool:
        """Replace those that ended, or hang, before they were ready."""
        with self._lock:
            lost = [number for number, due in self._due.items() if self._is_lost(number, due)]
            for number in lost:
                del self._due[number]  # one thread is enough to replace it
            self._lost += bool(lost)
            is_hopeless = self._lost > TRIES
        for number in lost:
            self.end((0, number))
            self.order()  # hopeless or not: others may be at work, and go on
        if is_hopeless:
            raise WorkerEnded(
                f"{self._lost} times, one after the other, processes ended before they were ready "
                "to work; what they wrote above may say why."
            )
        return False

    def _is_lost(self, number: int, due: float) -> bool:
        process = self._started.get(number)
        return process is None or process.poll() is not None or due < time.monotonic()

    def kill(self, worker: tuple[int, int]) -> None:
        """Kill one, and what it started where the system has groups."""
        process = self._started.get(worker[1])
        if process is not None and process.returncode is None:
            kill_group(process.pid)
            with contextlib.suppress(OSError):
                process.kill()

    def end(self, worker: tuple[int, int]) -> None:
        """Kill one and clear it away."""
        self.kill(worker)
        with self._lock:
            self._due.pop(worker[1], None)
            process = self._started.pop(worker[1], None)
        if process is not None:
            finish(process)

    def close(self) -> None:
        """Start no more."""
        with self._lock:
            self._closed = True

    def let_go(self) -> None:
        """End those that are left."""
        with self._lock:
            left, self._started = self._started, {}
        for process in left.values():
            process.kill()
            finish(process)


class Zygote(Source):
    """Has one process make ready, and fork the workers."""

    def __init__(self, address: Any, key: bytes, prepare: Prepare) -> None:
        self._door, self._prepare = Door(address, key), prepare
        self._lock = threading.Lock()
        self._closed = False
        self._lost = 0
        self._due = inf
        self._begin()

    def _begin(self) -> None:
        for _ in range(TRIES):
            try:
                kind, content = self._first_word()
            except OSError as error:
                raise WorkerEnded(f"No process could be started: {error}.") from error
            if kind == "ready":
                return
            self._stop()
            if kind == "failed":
                raise JobFailed(content)
            if kind == "late":
                raise WorkerEnded(f"Making ready took longer than {READY:g} seconds.")
        raise WorkerEnded(
            f"The process that makes ready ended {TRIES} times before it had done so: it was "
            "killed, or ran out of memory."
        )

    def _first_word(self) -> tuple[str, Any]:
        """Start the process, and wait until it is ready, has failed or is gone."""
        self._control, theirs = multiprocessing.Pipe()
        with theirs:
            self.process = begin("zygote", self._door, theirs.fileno(), self._prepare)
        try:
            if not self._control.poll(READY):
                return "late", None
            first_word: tuple[str, Any] = self._control.recv()
        except (EOFError, OSError):
            return "gone", None
        except BaseException:
            self._stop()
            raise
        if sys.platform != "win32":  # who tells it something must not wait for one that hangs
            os.set_blocking(self._control.fileno(), False)
        return first_word

    def order(self) -> None:
        """Ask for one more fork."""
        self._due = min(self._due, time.monotonic() + SOON)
        self._tell(None)

    def arrived(self, worker: tuple[int, int]) -> None:
        """Note that one is ready, so the zygote lives; if others are missed they are asked for."""
        self._lost, self._due = 0, inf

    def expect(self, worker: tuple[int, int]) -> None:
        """Expect nothing: where one is missed another is asked for."""

    def kill(self, worker: tuple[int, int]) -> None:
        """Kill one and what it started."""
        kill_group(worker[0])

    def end(self, worker: tuple[int, int]) -> None:
        """Kill one; the zygote clears it away."""
        self.kill(worker)
        self._tell(worker[0])

    def _tell(self, order: int | None) -> None:
        with contextlib.suppress(OSError), self._lock:
            self._control.send(order)

    def revive(self) -> bool:
        """Start again where it was killed, or hangs."""
        with self._lock:
            hangs = self._due < time.monotonic()
            if self._closed or (self.process.poll() is None and not hangs):
                return False
            self._stop()
            self._due = inf
            self._lost += 1
            if self._lost > TRIES:
                raise WorkerEnded(
                    f"The process that makes ready was lost {self._lost} times before another "
                    "had come from it."
                )
            self._begin()
        return True

    def close(self) -> None:
        """Have the zygote fork no more, and end."""
        with self._lock:
            self._closed = True
            self._control.close()

    def let_go(self) -> None:
        """End the zygote, and with it all that is left."""
        self._stop()

    def _stop(self) -> None:
        self._control.close()
        self.process.kill()
        finish(self.process)
