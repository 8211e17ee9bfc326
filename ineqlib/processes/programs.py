"""Workers and zygotes as programs of their own: begun, killed and cleared away."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from typing import Any

from ineqlib.processes.child import Door, Prepare

GRACE = 10.0
"""Seconds for a killed process to be gone; one that waits for a dead disk is not."""

# Nothing of the folder the parent happens to be in may take the place of a library.
BEGIN = """
import sys
sys.path[:] = [place for place in sys.path if place]
import pickle
sys.path += [place for place in pickle.load(sys.stdin.buffer) if place not in sys.path]
import ineqlib.processes.fast_imports  # before anything imports jsonschema
from ineqlib.processes.child import main
main()
"""


def begin(
    role: str, door: Door, control: int | None, prepare: Prepare
) -> "subprocess.Popen[bytes]":
    """Start one and tell it what to be."""
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


def kill_group(pid: int) -> None:
    """Kill a process and what it started, where the system has groups of processes."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def finish(process: "subprocess.Popen[bytes]") -> None:
    """Clear away a process that has ended or was ended, and the pipe that kept it alive."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
