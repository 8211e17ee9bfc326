"""Talking to a worker that may end, hang or be stopped at any word."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from ineqlib.processes.child import Line
from ineqlib.processes.errors import TimeLimit, WorkerEnded

TAKES = 30.0
"""Seconds for a worker that waits to take a job."""

LONGEST_WAIT = 3600.0
"""Seconds to wait at a time; more than some systems can count is asked again."""

Kill = Callable[[], None]


def takes(connection: Line, kill: Kill, parcel: bytes) -> bool:
    """Give a worker a job; tell whether it took it."""
    try:
        with _killed_after(TAKES, kill):
            connection.send_bytes(parcel)
            return connection.recv()[0] == "started"
    except (OSError, EOFError):
        return False


def hear(connection: Line, kill: Kill, limit: float, deadline: float) -> tuple[str, Any]:
    """Return the next word of a worker at its job.

    Raises
    ------
    TimeLimit, WorkerEnded
        It has said nothing whole until the deadline; it is gone.
    """
    try:
        while not connection.poll(max(0.0, min(deadline - time.monotonic(), LONGEST_WAIT))):
            if time.monotonic() >= deadline:
                raise _took_too_long(limit)
        # It may be stopped in the middle of what it says.
        with _killed_after(deadline - time.monotonic(), kill):
            return connection.recv()
    except (EOFError, OSError):
        if time.monotonic() >= deadline:
            raise _took_too_long(limit) from None
        raise WorkerEnded(
            "Its process ended before it was done: it was killed, ran out of memory, or left "
            "Python by itself."
        ) from None


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
