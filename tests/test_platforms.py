"""What is called is there on the users' machines, which few of us work on."""

import re
import subprocess
import sys
from pathlib import Path

import mypy
import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]


# Other packages are left out, and files that import nothing that differs: what those offer is the
# same on all platforms, and how we use it is checked for the platform we are on.
CHECK = ("--platform", "win32", "--no-site-packages", "--ignore-missing-imports")
CHECK += ("--follow-imports", "skip")
STUBS = Path(mypy.__file__).parent / "typeshed" / "stdlib"
ABSENT = re.compile(r'Module (?:"[\w.]+" )?has no attribute')


def importing_what_differs(package: Path) -> list[Path]:
    """Return the files that import a module of Python that is not the same on all platforms."""
    stubs = [stub for stub in STUBS.rglob("*.pyi") if "sys.platform" in stub.read_text("utf-8")]
    names = {stub.relative_to(STUBS).parts[0].removesuffix(".pyi") for stub in stubs}
    imports = re.compile(rf"^ *(?:import|from) (?:{'|'.join(sorted(names))})\b", re.MULTILINE)
    return [path for path in package.rglob("*.py") if imports.search(path.read_text("utf-8"))]


def absent_on_windows(*paths: str | Path) -> list[str]:
    """Return what the type checker says is used of a module and is not there on Windows."""
    # With a cache of its own: each platform's check would make the other's stale.
    cache = ROOT / ".mypy_cache" / "win32"
    cache.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "mypy", *CHECK, "--cache-dir", cache, *paths]
    with FileLock(f"{cache}.lock"):  # of another run of the tests in this folder
        done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert "checked" in done.stdout, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if ABSENT.search(line)]


@pytest.mark.skipif(sys.platform == "win32", reason="the type check itself is made for Windows")
def test_nothing_is_called_that_windows_lacks(tmp_path: Path) -> None:
    lacking = tmp_path / "lacking.py"
    lacking.write_text(
        "import fcntl\nimport os\n\nos.fork()\nfcntl.flock(1, 2)\nfrom signal import SIGHUP\n",
        encoding="utf-8",
    )
    said = absent_on_windows(*importing_what_differs(ROOT / "ineqlib"), lacking)
    # By its name: what the cache says of an equal file bears the folder of an earlier run.
    places = [line.split(":")[:2] for line in said]
    assert [(Path(file).name, line) for file, line in places] == [
        (lacking.name, line) for line in "456"
    ]
