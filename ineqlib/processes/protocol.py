"""Messages to and from a worker that may end, hang or be stopped at any byte.

A worker sends pairs of a kind and its content: ``ready`` or ``failed`` once it has prepared,
``started`` when it has a job, ``message`` as often as the job sends one, then ``result`` or
``raised``, and ``ready`` once more. Asked to fork, it sends ``forked``.
"""

import contextlib
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from ineqlib.processes.channel import Channel, receive_plain
from ineqlib.processes.child import WorkerId
from ineqlib.processes.errors import JobFailed, TimeLimit, WorkerEnded

START_TIMEOUT = 30.0
"""Seconds for a worker that waits to start a job."""

LONGEST_WAIT = 3600.0
"""Seconds to wait at a time; more than some systems can count is asked again."""

Kill = Callable[[], None]


def hand_over(job: bytes, channel: Channel, kill: Kill) -> bool:
    """Send a job to a worker; tell whether it has started it."""
    try:
        with _killed_after(START_TIMEOUT, kill):
            channel.send_bytes(job)
            started: bool = receive_plain(channel) == ("started", None)
            return started
    except (OSError, EOFError, pickle.UnpicklingError):
        return False


def exchange(message: bytes, channel: Channel, kill: Kill, expected: str) -> Any:
    """Ask something of a worker that waits, or nothing, and return what it sends of the kind.

    Raises
    ------
    WorkerEnded
        It is gone, takes too long or sends something else.
    """
    try:
        with _killed_after(START_TIMEOUT, kill):
            if message:
                channel.send_bytes(message)
            kind, content = receive_plain(channel, (WorkerId,))
    except (OSError, EOFError, pickle.UnpicklingError, TypeError, ValueError):
        kind, content = "", None
    if kind != expected:
        raise _ended()
    return content


def outcome(
    channel: Channel,
    kill: Kill,
    classes: tuple[type, ...],
    seconds: float | None,
    on_message: Callable[[Any], float | None] = lambda _: None,
) -> Any:
    """Receive all that a job sends, and return its result.

    Raises
    ------
    TimeLimit, WorkerEnded, JobFailed
        As for `receive`; the job raised.
    """
    limit = inf if seconds is None else seconds
    deadline = time.monotonic() + limit
    while True:
        kind, content = receive(channel, kill, limit, deadline, classes)
        match kind:
            case "result":
                return content
            case "raised":
                raise JobFailed(content)
            case "message":
                more = on_message(content)
                if more is not None:
                    limit, deadline = more, time.monotonic() + more


def receive(
    channel: Channel, kill: Kill, limit: float, deadline: float, classes: tuple[type, ...]
) -> tuple[str, Any]:
    """Return the next message of a worker that runs a job.

    Raises
    ------
    TimeLimit, WorkerEnded
        No whole message came until the deadline; the worker is gone.
    JobFailed
        It holds more than plain values and instances of these classes.
    """
    try:
        while not channel.poll(max(0.0, min(deadline - time.monotonic(), LONGEST_WAIT))):
            if time.monotonic() >= deadline:
                raise _took_too_long(limit)
        # It may be stopped in the middle of a message.
        with _killed_after(deadline - time.monotonic(), kill):
            kind, content = receive_plain(channel, classes)
            return kind, content
    except (pickle.UnpicklingError, TypeError, ValueError) as error:
        raise JobFailed(f"Its process sent what no job may send: {error}.") from error
    except (EOFError, OSError):
        if time.monotonic() >= deadline:
            raise _took_too_long(limit) from None
        raise _ended() from None


def _ended() -> WorkerEnded:
    return WorkerEnded(
        "Its process ended before it was done: it was killed, ran out of memory, or left Python by "
        "itself."
    )


def _took_too_long(limit: float) -> TimeLimit:
    return TimeLimit(f"It took longer than {limit:g} seconds and was ended.")


@contextlib.contextmanager
def _killed_after(seconds: float, kill: Kill) -> Iterator[None]:
    """Kill the worker that keeps its parent waiting for longer: nothing else ends the wait."""
    if seconds > threading.TIMEOUT_MAX:
        yield
        return
    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # for another process may have the number later
