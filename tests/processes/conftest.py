"""Jobs for workers, and whether processes are gone."""

import os
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module", autouse=True)
def jobs():
    """The jobs as a module that workers can import by name."""
    sys.path.insert(0, str(HERE))
    import jobs

    yield jobs
    sys.path.remove(str(HERE))


def alive(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be cleared away."""
    try:
        os.kill(pid, 0)
        stat = Path(f"/proc/{pid}/stat").read_text() if Path("/proc").exists() else ") R"
    except (ProcessLookupError, FileNotFoundError):  # it may go between the two looks
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def gone(pids: list[int], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while any(alive(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
