"""What is called is there on the users' machines, which few of us work on."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


# Other packages are left out, which takes a third of the time: what they offer is the same on all
# platforms, and how we use it is checked for the platform we are on.
CHECK = ("--platform", "win32", "--no-site-packages", "--ignore-missing-imports")
ABSENT = "Module has no attribute"


def absent_on_windows(*paths: str | Path) -> list[str]:
    """Return what the type checker says is used of a module and is not there on Windows."""
    # With a cache of its own: each platform's check would make the other's stale.
    cache = ROOT / ".mypy_cache" / "win32"
    command = [sys.executable, "-m", "mypy", *CHECK, "--cache-dir", cache, *paths]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert "checked" in done.stdout, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if ABSENT in line]


@pytest.mark.skipif(sys.platform == "win32", reason="the type check itself is made for Windows")
def test_nothing_is_called_that_windows_lacks(tmp_path: Path) -> None:
    lacking = tmp_path / "lacking.py"
    lacking.write_text(
        "import fcntl\nimport os\n\nos.fork()\nfcntl.flock(1, 2)\n", encoding="utf-8"
    )
    said = absent_on_windows("ineqlib", lacking)
    assert [line.split(":")[:2] for line in said] == [[str(lacking), "4"], [str(lacking), "5"]]
