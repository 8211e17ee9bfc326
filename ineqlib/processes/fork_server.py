"""The fork server as its parent sees it: started, told what to prepare, and asked for forks.

Its imports take longer than its parent takes to find out what it is to prepare. A program that will
need one has it start, and import, before anything else (`started_ahead`).
"""

import contextlib
import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator

from ineqlib.processes.channel import Endpoint, receive_plain
from ineqlib.processes.child import Prepare, Status, no_preparation
from ineqlib.processes.programs import reap, send_messages, start_program

PROGRAM = "ineqlib.processes.child"

_ahead: "list[ForkServer]" = []
"""The one that was started ahead, until a pool takes it."""


def can_fork() -> bool:
    """Tell whether forking is safe here: macOS has the call, but its libraries do not bear it."""
    return sys.platform.startswith("linux")


class ForkServer:
    """One process that prepares once and forks workers.

    Parameters
    ----------
    imports
        What it imports while it waits to be told what to prepare.

    Raises
    ------
    OSError
        No process could be started.
    """

    def __init__(self, imports: Prepare = no_preparation) -> None:
        self._control, child_end = multiprocessing.Pipe()
        with child_end:
            number = child_end.fileno()
            role = ("fork server", number, imports)
            self.process = start_program(PROGRAM, role, pass_fds=(number,))

    def prepare(self, endpoint: Endpoint, prepare: Prepare, seconds: float) -> Status:
        """Have it prepare, and wait until it is ready, has failed, is late or is gone.

        Parameters
        ----------
        endpoint
            Where those that it forks connect.
        prepare
            What it does before it forks.
        seconds
            Longest time to prepare.
        """
        send_messages(self.process, endpoint, prepare)
        try:
            if not self._control.poll(seconds):
                return "late", None
            status: Status = receive_plain(self._control)
        except (EOFError, OSError, pickle.UnpicklingError):
            return "gone", None
        except BaseException:
            self.end()
            raise
        if sys.platform != "win32":  # no request may wait for a fork server that hangs
            os.set_blocking(self._control.fileno(), False)
        return status

    def ask(self, what: int | None) -> None:
        """Ask for a fork; or have a worker that was killed reaped."""
        with contextlib.suppress(OSError):
            self._control.send(what)

    def close(self) -> None:
        """Have it fork no more, and end by itself."""
        self._control.close()

    def end(self, within: float = 0.0) -> None:
        """End it, and with it all that it has forked; within some seconds it may do so itself."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(within)
        self.process.kill()
        reap(self.process)


@contextlib.contextmanager
def started_ahead(imports: Prepare) -> Iterator[None]:
    """Start a fork server for the next pool that forks; end it where none has taken it.

    Where nothing can be forked, nothing is started.

    Parameters
    ----------
    imports
        What it imports meanwhile.
    """
    if can_fork():
        with contextlib.suppress(OSError):  # the pool tries again, and says so
            _ahead.append(ForkServer(imports))
    try:
        yield
    finally:
        while _ahead:
            _ahead.pop().end()


def next_fork_server() -> ForkServer:
    """Return the one that was started ahead, or a new one."""
    return _ahead.pop() if _ahead else ForkServer()
