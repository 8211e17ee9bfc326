"""What is called is there on the users' machines, which few of us work on."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(sys.platform == "win32", reason="the type check itself is made for Windows")
def test_types_hold_on_windows() -> None:
    # With a cache of its own: each platform's check would make the other's stale.
    cache = ROOT / ".mypy_cache" / "win32"
    command = [sys.executable, "-m", "mypy", "--platform", "win32", "--cache-dir", str(cache)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
