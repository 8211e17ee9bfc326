"""Memory that nothing uses any more, given back to the system between the steps of a build."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pyarrow as pa

MANY_ROWS = 200_000
"""Rows from which on it is worth while: a step more takes some milliseconds."""


RARELY = (2_000_000, 20, 20)
"""Thresholds of `gc.set_threshold`, for work that makes millions of values and hardly a cycle."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for cycles of values that nobody uses more rarely: it takes longer than parsing JSON."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def give_back_memory(rows: int = MANY_ROWS) -> None:
    """Have the system take back what was freed; where its library cannot, nothing happens.

    Otherwise each step of a build would add to what the step before it had freed but kept.

    Parameters
    ----------
    rows
        Of the table that was worked at; after a small one nothing is done.
    """
    if rows < MANY_ROWS:
        return
    pa.default_memory_pool().release_unused()
    with suppress(OSError, TypeError, AttributeError):  # only the C library of GNU has it
        ctypes.CDLL(None).malloc_trim(0)
