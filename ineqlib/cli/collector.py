"""The collector of garbage: left as it is, it takes a sixth of a command that does little.

What a command imports makes hundreds of thousands of objects, of which next to none is garbage.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

ALLOCATIONS = 50_000
"""New objects after which it looks for garbage."""

# As the program ends, it would look three times through all that is there.
atexit.register(gc.freeze)


@contextmanager
def seldom_at_work() -> Iterator[None]:
    """Have it look for garbage seldom."""
    before = gc.get_threshold()
    gc.set_threshold(ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
