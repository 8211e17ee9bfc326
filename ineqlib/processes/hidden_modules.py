"""Modules that look for a while as if they were not installed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Hide modules from those that can do without; not what has been imported already."""
    absent = [name for name in names if name not in sys.modules]
    # Python's way to say "not installed".
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
