"""In how many shares figures are put, and in which of them an indicator is.

A share of a table has all rows of some of its indicators. Which share has an indicator depends on
its name and on how many shares there are.
"""

from zlib import crc32

ROWS_OF_A_FILE = 100_000
"""Observations from twice as many of which on a pack has them in several files of about so many."""


def share_of(indicator: str, shares: int) -> int:
    """Return the number of the share that has an indicator; shares are a power of two.

    With twice as many shares, each has some of those of one before.
    """
    return crc32(indicator.encode()) % shares


def shares_for(rows: int) -> int:
    """Return in how many files a pack has so many figures."""
    return 1 << max(0, (rows // ROWS_OF_A_FILE).bit_length() - 1)
