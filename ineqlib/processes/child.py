"""What runs in a worker: it waits for a job, does it, and is ended or given another.

The fork server is a process that has prepared once and forks a worker for each request; a fork
shares everything that has been imported and opened, and nothing it does is seen by the next.
"""

import gc
import os
import pickle
import random
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from ineqlib.processes.channel import Channel, Endpoint, start_thread

Prepare = Callable[[], object]
Status = tuple[str, Any]

REAP_SECONDS = 0.1
"""Seconds between attempts to reap workers that were killed."""

ALLOCATIONS = 50_000
"""New objects after which a fork, which does one job, looks for garbage: few are any."""

_IN_WORKER = False


class WorkerId(NamedTuple):
    """By what the parent knows a worker."""

    pid: int
    number: int = 0
    """Given by the parent to a process that it started itself."""


def in_worker() -> bool:
    """Tell whether this process is a worker that has been given a job."""
    return _IN_WORKER


def no_preparation() -> None:
    """Prepare nothing."""


def main() -> None:
    """Be the worker or the fork server that the parent describes on standard input."""
    # Before anything imports jsonschema, and only in a process of our own.
    import ineqlib.processes.fast_imports  # noqa: F401, PLC0415

    parent = sys.stdin.buffer
    role, endpoint, argument = pickle.load(parent)
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
    _exit_with_parent(lifeline)
    status = _prepared(prepare, WorkerId(os.getpid(), number))
    gc.freeze()  # the first job would otherwise pay for looking through all of it
    gc.enable()
    _serve_jobs(endpoint, status)
    _exit(0)


def _run_fork_server(
    control: Connection, endpoint: Endpoint, prepare: Prepare, lifeline: int
) -> None:
    """Prepare once; fork a worker for each request, and reap those that the parent has killed."""
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    status = _prepared(prepare, None)
    gc.collect()
    gc.freeze()  # the collector would otherwise copy every shared page into every worker
    gc.set_threshold(ALLOCATIONS)
    gc.enable()
    with suppress(OSError):  # the parent is gone, which is noticed just below
        control.send(status)
    killed: set[int] = set()
    while True:
        try:
            while not control.poll(REAP_SECONDS if killed else None):
                killed = {pid for pid in killed if not _reaped(pid)}
            killed_worker = control.recv()
        except (EOFError, OSError):
            return  # the parent is gone, or wants no more
        if killed_worker is not None:
            killed.add(killed_worker)
            continue
        _flush()  # or each worker would write what waits here once more
        try:
            pid = os.fork()
        except OSError:
            continue  # no room for another now; the parent asks again
        if pid == 0:
            control.close()
            _run_forked_worker(endpoint, lifeline)


def _reaped(pid: int) -> bool:
    """Reap a worker, if it is gone: one that waits for a dead disk stays, killed or not.

    Only when the parent has killed it, so that no other process can have its number until then.
    """
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True


def _prepared(prepare: Prepare, worker: WorkerId | None) -> Status:
    """Prepare, with the collector off; return what the parent is to know of it."""
    gc.disable()  # next to nothing of what is imported and opened now is ever garbage
    try:
        prepare()
    except BaseException:
        return "failed", traceback.format_exc()
    return "ready", worker


def _run_forked_worker(endpoint: Endpoint, lifeline: int) -> None:
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    try:
        os.setsid()  # what a job starts ends with it, and Ctrl-C is the parent's to handle
        _seed_random_numbers()
        _exit_with_parent(lifeline)
        _serve_jobs(endpoint, ("ready", WorkerId(os.getpid())))
        _exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        _exit(1)  # no exit handler of the fork server's may run here


def _serve_jobs(endpoint: Endpoint, status: Status) -> None:
    """Tell the parent that a worker waits, and do the job it gives; then wait for it once more."""
    # The parent is gone, or needs this one no more.
    with suppress(EOFError, OSError, AuthenticationError), endpoint.connect() as channel:
        channel.send(status)
        while status[0] == "ready":
            job = channel.recv_bytes()
            channel.send(("started", None))
            _run_job(job, channel)
            # The parent has another job, or ends this process while it surely is this one.
            channel.send(status)


def _run_job(job: bytes, channel: Channel) -> None:
    global _IN_WORKER  # noqa: PLW0603 (it is a property of the process)
    _IN_WORKER = True
    send = _sender(channel)
    try:
        function, args, memory = pickle.loads(job)
        _limit_memory(memory)
        result = function(lambda message: send("message", message), *args)
        _flush()
        send("result", result)
    except BaseException:
        text = traceback.format_exc()
        _flush()
        send("raised", text)


def _sender(channel: Channel) -> Callable[[str, object], None]:
    """Return a way to send for every thread of the job; a process it forks may not use it."""
    lock, owner = threading.Lock(), os.getpid()

    def send(kind: str, content: object) -> None:
        if os.getpid() != owner:
            _exit(1)
        with lock:
            channel.send((kind, content))

    return send


def _seed_random_numbers() -> None:
    """Give this fork random numbers of its own: all forks of one process share its generator."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _exit_with_parent(lifeline: int) -> None:
    """End this process, and all that it started, as soon as the parent is gone."""

    def watch() -> None:
        with suppress(OSError):
            os.read(lifeline, 1)
        if sys.platform != "win32":
            with suppress(OSError):
                os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)

    start_thread(watch)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def _exit(status: int) -> None:
    _flush()
    os._exit(status)


def _limit_memory(limit: int | None) -> None:
    """Let the job have `limit` bytes beyond what the process has now, where the system can."""
    if limit is None or not sys.platform.startswith("linux"):
        return
    import resource  # noqa: PLC0415 (not on Windows)

    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 (no file of anyone's)
        used = int(pages.read().split()[5]) * resource.getpagesize()
    # Not the address space: Vega's engine reserves far more of that than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (used + limit, resource.RLIM_INFINITY))
