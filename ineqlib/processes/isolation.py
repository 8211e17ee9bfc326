"""What keeps a worker's job to itself: its random numbers, its memory, and its end."""

import os
import random
import signal
import sys
from contextlib import suppress

from ineqlib.processes.channel import start_thread


def seed_random_numbers() -> None:
    """Give this fork random numbers of its own: all forks of one process share its generator."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def exit_with_parent(lifeline: int) -> None:
    """End this process, and all that it started, as soon as the parent is gone."""

    def watch() -> None:
        with suppress(OSError):
            os.read(lifeline, 1)
        if sys.platform != "win32":
            with suppress(OSError):
                os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)

    start_thread(watch)


def limit_memory(limit: int | None) -> None:
    """Let the job have `limit` bytes beyond what the process has now, where the system can."""
    if limit is None or not sys.platform.startswith("linux"):
        return
    import resource  # noqa: PLC0415 (not on Windows)

    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 (no file of anyone's)
        used = int(pages.read().split()[5]) * resource.getpagesize()
    # Not the address space: Vega's engine reserves far more of that than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (used + limit, resource.RLIM_INFINITY))
