"""Forks that their parent's parent has killed, cleared away by the process that they come from."""

import os
import signal
import sys
import time
from contextlib import suppress

REAP_SECONDS = 0.1
"""Seconds between attempts to reap workers that were killed."""

LAST_LOOKS = 20
"""Attempts to reap, within `REAP_SECONDS`, of a fork server that is about to end."""


def is_reaped(pid: int) -> bool:
    """Reap a worker, if it is gone: one that waits for a dead disk stays, killed or not.

    Only when the parent has killed it, so that no other process can have its number until then.
    """
    if sys.platform == "win32":
        raise NotImplementedError("Windows cannot fork.")
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True


def reap_last(killed: set[int]) -> None:
    """Reap what was killed just now, so that what it took of the processor is counted."""
    for _ in range(LAST_LOOKS):
        killed = {pid for pid in killed if not is_reaped(pid)}
        if not killed:
            return
        time.sleep(REAP_SECONDS / LAST_LOOKS)


def end_fork(pid: int) -> None:
    """Reap a fork that the parent has killed, if it was ready; else kill it too."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
