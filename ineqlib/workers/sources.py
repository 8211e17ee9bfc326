"""Where workers come from: forked from a zygote, or each started as a program of its own."""

import contextlib
import itertools
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
from typing import Any

from ineqlib.workers.child import Door, Prepare
from ineqlib.workers.errors import JobFailed, WorkerEnded

TRIES = 3
"""Started processes that may end before they are ready, one after the other."""

# Nothing of the folder the parent happens to be in may take the place of a library.
BEGIN = """
import sys
sys.path[:] = [place for place in sys.path if place]
import pickle
sys.path += [place for place in pickle.load(sys.stdin.buffer) if place not in sys.path]
import ineqlib.workers.light  # before anything imports jsonschema
from ineqlib.workers.child import main
main()
"""


class Source:
    """What the pool asks of either way of making workers."""

    def order(self) -> None:
        """Ask for one more worker; it comes to the door when it is ready."""
        raise NotImplementedError

    def revive(self) -> bool:
        """Put right what was lost meanwhile; tell whether waiting orders were lost with it."""
        raise NotImplementedError

    def end(self, worker: tuple[int, int]) -> None:
        """End a worker, and where the system has groups of processes all that it started."""
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
        self._lock = threading.Lock()
        self._lost = 0
        self._closed = False

    def order(self) -> None:
        """Start one more."""
        with self._lock:
            if not self._closed:
                number = next(self._numbers)
                door = Door(self._address, self._key, number)
                self._started[number] = _begin("worker", door, None, self._prepare)

    def revive(self) -> bool:
        """Replace those that ended before they were ready."""
        with self._lock:
            ended = [n for n, process in self._started.items() if process.poll() is not None]
            for number in ended:
                _finish(self._started.pop(number))
            self._lost = self._lost + len(ended) if ended else self._lost
            if self._lost > TRIES:
                raise WorkerEnded(
                    f"{self._lost} processes ended before they were ready to work; what they wrote "
                    "above may say why."
                )
        for _ in ended:
            self.order()
        return False

    def end(self, worker: tuple[int, int]) -> None:
        """End one, and what it started where the system has groups."""
        with self._lock:
            self._lost = 0
            process = self._started.pop(worker[1], None)
        if process is not None:
            _kill_group(process.pid)
            process.kill()
            _finish(process)

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
            _finish(process)


class Zygote(Source):
    """Has one process make ready, and fork the workers."""

    def __init__(self, address: Any, key: bytes, prepare: Prepare) -> None:
        self._door, self._prepare = Door(address, key), prepare
        self._lock = threading.Lock()
        self._closed = False
        self._begin()

    def _begin(self) -> None:
        for _ in range(TRIES):
            kind, content = self._first_word()
            if kind == "ready":
                return
            self._stop()
            if kind == "failed":
                raise JobFailed(content)
        raise WorkerEnded(
            f"The process that makes ready ended {TRIES} times before it had done so: it was "
            "killed, or ran out of memory."
        )

    def _first_word(self) -> tuple[str, Any]:
        """Start the process, and wait until it is ready, has failed or is gone."""
        self._control, theirs = multiprocessing.Pipe()
        with theirs:
            self.process = _begin("zygote", self._door, theirs.fileno(), self._prepare)
        try:
            first_word: tuple[str, Any] = self._control.recv()
        except (EOFError, OSError):
            return "gone", None
        except BaseException:
            self._stop()
            raise
        return first_word

    def order(self) -> None:
        """Ask for one more fork."""
        self._tell(None)

    def end(self, worker: tuple[int, int]) -> None:
        """End one and what it started; the zygote clears it away."""
        _kill_group(worker[0])
        self._tell(worker[0])

    def _tell(self, order: int | None) -> None:
        with contextlib.suppress(OSError), self._lock:
            self._control.send(order)

    def revive(self) -> bool:
        """Start again where it was killed."""
        with self._lock:
            if self._closed or self.process.poll() is None:
                return False
            self._stop()
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
        _finish(self.process)


def _begin(
    role: str, door: Door, control: int | None, prepare: Prepare
) -> "subprocess.Popen[bytes]":
    # multiprocessing would run the parent's own script again, guarded or not.
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN],
        stdin=subprocess.PIPE,
        pass_fds=() if control is None else (control,),
        **_apart(),
    )
    assert process.stdin is not None
    with contextlib.suppress(OSError):  # it has ended already: that is seen elsewhere
        for each in (sys.path, (role, door, control), prepare):
            process.stdin.write(pickle.dumps(each))
        process.stdin.flush()
    return process


def _apart() -> dict[str, Any]:
    """Options that keep Ctrl-C for the parent."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _kill_group(pid: int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _finish(process: "subprocess.Popen[bytes]") -> None:
    """Clear away a process that has ended or was ended, and the pipe that kept it alive."""
    process.wait()
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
