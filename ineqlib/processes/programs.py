"""Modules of ours as programs of their own: started, killed and reaped."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from typing import Any

GRACE = 10.0
"""Seconds for a killed process to be gone; one that waits for a dead disk is not."""

# Nothing of the folder the parent happens to be in may take the place of a library.
BOOTSTRAP = """
import sys
sys.path[:] = [place for place in sys.path if place]
import pickle
sys.path += [place for place in pickle.load(sys.stdin.buffer) if place not in sys.path]
from {module} import main
main()
"""


def start_program(module: str, *messages: Any, **options: Any) -> "subprocess.Popen[bytes]":
    """Run `main` of a module in a new process.

    Parameters
    ----------
    module
        Its name.
    *messages
        What `main` reads first from its standard input, each with `pickle.load`. The end of that
        input means that the parent is gone.
    **options
        Those of `subprocess.Popen`.
    """
    # multiprocessing would run the parent's own script again, guarded or not.
    process = subprocess.Popen(
        [sys.executable, "-c", BOOTSTRAP.format(module=module)],
        stdin=subprocess.PIPE,
        **_without_ctrl_c(),
        **options,
    )
    send_messages(process, sys.path, *messages)
    return process


def send_messages(process: "subprocess.Popen[bytes]", *messages: Any) -> None:
    """Write more for `main` to read from its standard input."""
    assert process.stdin is not None
    with contextlib.suppress(OSError):  # it has ended already: that is noticed elsewhere
        for message in messages:
            process.stdin.write(pickle.dumps(message))
        process.stdin.flush()


def _without_ctrl_c() -> dict[str, Any]:
    """Options that keep Ctrl-C for the parent."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def kill_group(pid: int) -> None:
    """Kill a process and what it started, where the system has groups of processes."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def reap(process: "subprocess.Popen[bytes]") -> None:
    """Wait for a process that has ended or was ended, and close the pipes to it."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    close_pipes(process)


def close_pipes(process: "subprocess.Popen[bytes]") -> None:
    """Close the pipes to a process, which tells it that nobody needs it any more."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
