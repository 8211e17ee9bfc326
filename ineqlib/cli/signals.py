"""Signals that ask a command to end, each of which ends it as Ctrl-C does."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ineqlib.cli.screen import silence

ENDING = ("SIGTERM", "SIGHUP")
"""What `kill` and a system that shuts down send; and a terminal that is closed, not on Windows."""


@contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """Have what tidies up after Ctrl-C do so after other signals, but for one that is ignored.

    Who starts a command with `nohup` has it ignore that the terminal is closed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    screens = [number for number in (1, 2) if os.isatty(number)]

    def end(number: int, _: object) -> None:
        if number != signal.SIGTERM:
            silence(*screens)  # to write to a terminal that is gone would be an error of its own
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
