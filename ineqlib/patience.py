"""Windows refuses to replace or open a file that another program has open, if only for a moment."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

HELD = (5, 32, 33)
"""Windows' numbers for: access denied, in use by another process, locked by another process."""

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds. Virus scanners and programs that copy folders to a store let go of a file sooner."""


def patiently(act: Callable[[], T]) -> T:
    """Return ``act()``, tried again for a moment while Windows says that somebody has it open.

    Examples
    --------
    >>> patiently(lambda: "done")
    'done'
    """
    for wait in WAITS:
        try:
            return act()
        except OSError as error:
            if getattr(error, "winerror", None) not in HELD:
                raise
        time.sleep(wait)
    return act()
