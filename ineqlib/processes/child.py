"""What runs in a worker: it waits for a job, does it, and is ended or given another.

The zygote is a process that has made ready once and forks a worker for each order; a fork shares
everything that has been imported and opened, and nothing it does is seen by the next.
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
from multiprocessing.connection import Client, Connection
from typing import Any, TypeAlias

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection

    Line: TypeAlias = Connection | PipeConnection
else:
    Line: TypeAlias = Connection

Prepare = Callable[[], object]
Send = Callable[[object], None]

LOOK = 0.1
"""Seconds between looks at whether those that were killed have gone."""

_IN_WORKER = False


def in_worker() -> bool:
    """Tell whether this process is a worker that has been given a job."""
    return _IN_WORKER


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Door:
    """Where a worker offers itself to its parent."""

    address: Any
    key: bytes
    number: int = 0
    """By which the parent knows a process that it started itself."""

    def knock(self) -> Line | None:
        """Return a connection to the parent; none where nobody waits any more."""
        try:
            return Client(self.address, authkey=self.key)
        except (OSError, EOFError, AuthenticationError):
            return None


def main() -> None:
    """Be the worker or the zygote that the parent describes on standard input."""
    told = sys.stdin.buffer
    role, door, control = pickle.load(told)
    try:
        prepare: Prepare = pickle.load(told)
    except BaseException:
        prepare = _Refusal(traceback.format_exc())
    lifeline = _keep_standard_input()
    if role == "zygote":
        _be_the_zygote(Connection(control), door, prepare, lifeline)
    else:
        _be_a_started_worker(door, prepare, lifeline)


@dataclass(frozen=True)
class _Refusal:
    """Stands in for a preparation that could not be read, and says why."""

    why: str

    def __call__(self) -> None:
        raise RuntimeError(self.why)


def _keep_standard_input() -> int:
    """Keep the pipe whose end means that the parent is gone, and give jobs an empty input."""
    lifeline = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    return lifeline


def _be_a_started_worker(door: Door, prepare: Prepare, lifeline: int) -> None:
    _end_with(lifeline)
    first_word = _make_ready(prepare, (os.getpid(), door.number))
    gc.freeze()  # the first job would otherwise pay for looking through all of it
    gc.enable()
    _offer_oneself(door, first_word)
    _leave(0)


def _be_the_zygote(control: Connection, door: Door, prepare: Prepare, lifeline: int) -> None:
    """Make ready once; fork a worker for each order, and clear away those that were ended."""
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    first_word = _make_ready(prepare, os.getpid())
    gc.collect()
    gc.freeze()  # the collector would otherwise copy every shared page into every worker
    gc.enable()
    with suppress(OSError):  # the parent is gone, which is noticed just below
        control.send(first_word)
    ended: set[int] = set()
    while True:
        try:
            while not control.poll(LOOK if ended else None):
                ended = {pid for pid in ended if not _cleared_away(pid)}
            told = control.recv()
        except (EOFError, OSError):
            return  # the parent is gone, or wants no more
        if told is not None:
            ended.add(told)
            continue
        _flush()  # or each worker would write what waits here once more
        try:
            pid = os.fork()
        except OSError:
            continue  # no room for another now; the parent asks again
        if pid == 0:
            control.close()
            _be_a_forked_worker(door, lifeline)


def _cleared_away(pid: int) -> bool:
    """Clear away a worker, if it is gone: one that waits for a dead disk stays, killed or not.

    Only when the parent has ended it, so that no other process can have its number until then.
    """
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True


def _make_ready(prepare: Prepare, about: Any) -> tuple[str, Any]:
    """Prepare, with the collector off; return the first word to the parent."""
    gc.disable()  # next to nothing of what is imported and opened now is ever garbage
    try:
        prepare()
    except BaseException:
        return "failed", traceback.format_exc()
    return "ready", about


def _be_a_forked_worker(door: Door, lifeline: int) -> None:
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    try:
        os.setsid()  # what a job starts ends with it, and Ctrl-C is the parent's to handle
        _seed_afresh()
        _end_with(lifeline)
        _offer_oneself(door, ("ready", (os.getpid(), door.number)))
        _leave(0)
    except BaseException:
        traceback.print_exc()
    finally:
        _leave(1)  # no exit handler of the zygote's may run here


def _offer_oneself(door: Door, first_word: tuple[str, Any]) -> None:
    """Tell the parent that a worker waits, and do the job it gives; then wait for it once more."""
    connection = door.knock()
    if connection is None:
        return
    with connection, suppress(EOFError, OSError):  # the parent has hung up
        connection.send(first_word)
        while first_word[0] == "ready":
            parcel = connection.recv_bytes()
            connection.send(("started", None))
            _do(connection, parcel)
            # The parent has another job, or ends this process while it surely is this one.
            connection.send(first_word)


def _do(connection: Line, parcel: bytes) -> None:
    global _IN_WORKER  # noqa: PLW0603 (it is a property of the process)
    _IN_WORKER = True
    send = _sender(connection)
    try:
        function, args, memory = pickle.loads(parcel)
        _limit_memory(memory)
        result = function(lambda message: send("message", message), *args)
        _flush()
        send("result", result)
    except BaseException:
        text = traceback.format_exc()
        _flush()
        send("raised", text)


def _sender(connection: Line) -> Callable[[str, object], None]:
    """Return a way to send for every thread of the job; a process it forks has no part in it."""
    lock, owner = threading.Lock(), os.getpid()

    def send(kind: str, content: object) -> None:
        if os.getpid() != owner:
            _leave(1)
        with lock:
            connection.send((kind, content))

    return send


def _seed_afresh() -> None:
    """Give this fork random numbers of its own: all forks of one process share its generator."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _end_with(lifeline: int) -> None:
    """End this process, and all that it started, as soon as the parent is gone."""

    def watch() -> None:
        with suppress(OSError):
            os.read(lifeline, 1)
        if sys.platform != "win32":
            with suppress(OSError):
                os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def _leave(status: int) -> None:
    _flush()
    os._exit(status)


def _limit_memory(limit: int | None) -> None:
    """Let the job have `limit` bytes beyond what the process holds now, where the system can."""
    if limit is None or not sys.platform.startswith("linux"):
        return
    import resource  # noqa: PLC0415 (not on Windows)

    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 (no file of anyone's)
        held = int(pages.read().split()[5]) * resource.getpagesize()
    # Not the address space: Vega's engine reserves far more of that than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (held + limit, resource.RLIM_INFINITY))
