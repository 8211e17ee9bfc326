"""Memory that nothing uses any more, given back to the system between the steps of a build."""

import ctypes
from contextlib import suppress

import pyarrow as pa

MANY_ROWS = 200_000
"""Rows from which on it is worth while: a step more takes some milliseconds."""


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
