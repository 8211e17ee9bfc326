"""What runs in a worker: it waits for a job, does it, and is ended or given another.

The fork server is a process that has prepared once and forks a worker for each request; a fork
shares everything that has been imported and opened, and nothing it does is seen by the next.
"""

import gc
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from ineqlib.processes.channel import Channel, Endpoint
from ineqlib.processes.isolation import exit_with_parent, limit_memory, seed_random_numbers
from ineqlib.processes.reaping import REAP_SECONDS, end_fork, is_reaped, reap_last

Prepare = Callable[[], object]
Status = tuple[str, Any]

ALLOCATIONS = 50_000
"""New objects after which a fork, which does one job, looks for garbage: few are any."""

FORK, REAP = b"fork ", b"reap "
"""How a parent begins what it asks of a worker besides jobs; a number follows."""

_IN_WORKER = False


class WorkerId(NamedTuple):
    """By what the parent knows a worker."""

    pid: int
    number: int = 0
    """Given by the parent to a process that it started itself, or had a worker fork."""


def in_worker() -> bool:
    """Tell whether this process is a worker that has been given a job."""
    return _IN_WORKER


def no_preparation() -> None:
    """Prepare nothing."""


def no_job(send: Any) -> None:
    """Do nothing: the worker is wanted for what follows."""


def main() -> None:
    """Be the worker or the fork server that the parent describes on standard input."""
    # Before anything imports jsonschema, and only in a process of our own.
    import ineqlib.processes.fast_imports  # noqa: F401, PLC0415

    gc.disable()  # next to nothing of what is imported and opened now is ever garbage
    parent = sys.stdin.buffer
    role, argument, imports = pickle.load(parent)
    with suppress(Exception):  # the preparation needs them as well, and says what is wrong
        imports()
    try:
        endpoint = pickle.load(parent)
    except EOFError:
        return  # the parent has found nothing to do
    try:
        prepare: Prepare = pickle.load(parent)
    except BaseException:
        prepare = _UnreadablePreparation(traceback.format_exc())
    lifeline = _keep_standard_input()
    if role == "fork server":
        _run_fork_server(Connection(argument), endpoint, prepare, lifeline)
    else:
        _run_started_worker(argument, endpoint, prepare, lifeline)


@dataclass(frozen=True)
class _UnreadablePreparation:
    """Stands in for a preparation that could not be unpickled, and raises why."""

    reason: str

    def __call__(self) -> None:
        raise RuntimeError(self.reason)


def _keep_standard_input() -> int:
    """Keep the pipe whose end means that the parent is gone, and give jobs an empty input."""
    lifeline = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    return lifeline


def _run_started_worker(number: int, endpoint: Endpoint, prepare: Prepare, lifeline: int) -> None:
    exit_with_parent(lifeline)
    status = _prepared(prepare, WorkerId(os.getpid(), number))
    gc.freeze()  # the first job would otherwise pay for looking through all of it
    gc.enable()
    _Worker(endpoint, status).serve()
    _exit(0)


def _run_fork_server(
    control: Connection, endpoint: Endpoint, prepare: Prepare, lifeline: int
) -> None:
    """Prepare once; fork a worker for each request, and reap those that the parent has killed."""
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    status = _prepared(prepare, None)
    gc.freeze()  # the collector would otherwise copy every shared page into every worker
    gc.set_threshold(ALLOCATIONS)
    gc.enable()
    with suppress(OSError):  # the parent is gone, which is noticed just below
        control.send(status)
    killed: set[int] = set()
    while True:
        try:
            while not control.poll(REAP_SECONDS if killed else None):
                killed = {pid for pid in killed if not is_reaped(pid)}
            asked = control.recv()
        except (EOFError, OSError):
            reap_last(killed)
            _exit(0)  # the parent is gone, or wants no more
        if isinstance(asked, int):
            killed.add(asked)
            continue
        _flush()  # or each worker would write what waits here once more
        try:
            pid = os.fork()
        except OSError:
            continue  # no room for another now; the parent asks again
        if pid == 0:
            control.close()
            _run_forked_worker(endpoint, lifeline)


def _prepared(prepare: Prepare, worker: WorkerId | None) -> Status:
    """Prepare; return what the parent is to know of it."""
    try:
        prepare()
    except BaseException:
        return "failed", traceback.format_exc()
    return "ready", worker


def _run_forked_worker(endpoint: Endpoint, lifeline: int, number: int = 0) -> None:
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    try:
        os.setsid()  # what a job starts ends with it, and Ctrl-C is the parent's to handle
        seed_random_numbers()
        _Worker(endpoint, ("ready", WorkerId(os.getpid(), number)), lifeline).serve()
        _exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        _exit(1)  # no exit handler of the fork server's may run here


class _Worker:
    """Tells the parent that it waits, and does what that asks; then waits once more.

    Parameters
    ----------
    endpoint
        Where the parent listens.
    status
        What the parent is to know first.
    lifeline
        Where the end of the parent is seen; None where that is seen to already.
    """

    def __init__(self, endpoint: Endpoint, status: Status, lifeline: int | None = None) -> None:
        self._endpoint, self._status, self._lifeline = endpoint, status, lifeline
        self._is_watched = False

    def serve(self) -> None:
        """Do all that is asked, until the parent is gone or ends this process."""
        with (
            # The parent is gone, or needs this one no more.
            suppress(EOFError, OSError, AuthenticationError),
            self._endpoint.connect() as channel,
        ):
            channel.send(self._status)
            while self._status[0] == "ready":
                asked = channel.recv_bytes()
                if asked.startswith(FORK):
                    channel.send(("forked", self._fork(channel, int(asked[len(FORK) :]))))
                elif asked.startswith(REAP):
                    end_fork(int(asked[len(REAP) :]))
                else:
                    channel.send(("started", None))
                    self._run_job(asked, channel)
                    # The parent has another job, or ends this process while it surely is this one.
                    channel.send(self._status)

    def _fork(self, channel: Channel, number: int) -> int:
        """Fork a worker that shares what jobs have left here; return 0 where there is no room."""
        if sys.platform == "win32" or self._lifeline is None:
            raise NotImplementedError("This worker cannot fork.")
        gc.freeze()  # as in the fork server
        _flush()
        try:
            pid = os.fork()
        except OSError:
            return 0
        if pid == 0:
            channel.close()
            _run_forked_worker(self._endpoint, self._lifeline, number)
        return pid

    def _run_job(self, job: bytes, channel: Channel) -> None:
        global _IN_WORKER  # noqa: PLW0603 (it is a property of the process)
        _IN_WORKER = True
        send = _sender(channel)
        try:
            function, args, memory, is_to_fork = pickle.loads(job)
            self._watch(is_to_fork)
            limit_memory(memory)
            result = function(lambda message: send("message", message), *args)
            _flush()
            send("result", result)
        except BaseException:
            text = traceback.format_exc()
            _flush()
            send("raised", text)

    def _watch(self, is_to_fork: bool) -> None:
        """See to it that a job ends with the parent; not by a thread where forks are to follow."""
        if self._lifeline is not None and not (self._is_watched or is_to_fork):
            self._is_watched = True
            exit_with_parent(self._lifeline)


def _sender(channel: Channel) -> Callable[[str, object], None]:
    """Return a way to send for every thread of the job; a process it forks may not use it."""
    lock, owner = threading.Lock(), os.getpid()

    def send(kind: str, content: object) -> None:
        if os.getpid() != owner:
            _exit(1)
        with lock:
            channel.send((kind, content))

    return send


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def _exit(status: int) -> None:
    _flush()
    os._exit(status)
