"""Windows refuses to replace or open a file that another program has open, if only for a moment."""

import os
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

WINDOWS = os.name == "nt"

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds. Virus scanners and programs that copy folders to a store let go of a file sooner."""


def patiently(act: Callable[[], T]) -> T:
    """Return ``act()``, tried again for a moment while Windows refuses it.

    It has one refusal for a file that is in use and for one that nobody may touch.

    Examples
    --------
    >>> patiently(lambda: "done")
    'done'
    """
    for wait in WAITS:
        try:
            return act()
        except PermissionError:
            if not WINDOWS:
                raise
        time.sleep(wait)
    return act()
