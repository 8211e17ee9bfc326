"""Run the project's everyday tasks, with all the set-up they need.

    python tasks.py demo     make the demonstration briefings (build/demo/index.html)
    python tasks.py test     check style, types and spelling, then run the tests
    python tasks.py methods  remake docs/methods.md after a change of a measure's docstring or row
    python tasks.py gallery  remake both galleries and their pictures after a change of a chart
    python tasks.py docs     build the documentation site (build/site/html/index.html)
    python tasks.py lock     remake requirements.lock after a change in pyproject.toml
    python tasks.py dist     build what is released: archives, bill of materials, hashes (dist/)
    python tasks.py bounds   try the dependencies: --lowest or --newest versions that are allowed
    python tasks.py unmaintained   say which dependencies have had no release for long

Further words are passed on: ``python tasks.py test tests/unit -k periods``.
Standard library only, and readable by old Pythons so that they can say they are too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "ineqlib-installed"
LOCK = ROOT / "requirements.lock"
PYPROJECT = ROOT / "pyproject.toml"
OLDEST = (3, 11)
WINDOWS = os.name == "nt"
LONGEST_ROOT = 90  # so that with the packages' own longest names a path stays under Windows' 260
MOST_WORKERS = 4  # each worker may hold a kernel and a browser, and imports and collects it all


class TaskError(Exception):
    """Something to put right before the task can run; shown without a traceback."""


def run(*command, output=None):
    """Run a command in the project's folder and return its exit code."""
    # Each of hundreds of processes would compile all libraries anew.
    env = {name: word for name, word in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=env, check=False, stdout=output).returncode


def must(problem, *command):
    """Run a step of the set-up and raise `problem` when it fails."""
    if run(*command):
        raise TaskError(problem)


def fingerprint():
    """Return what the environment was installed from; it changes when a reinstall is due."""
    # The folder counts because the editable install points to it: a copied tree must reinstall.
    parts = [LOCK.read_bytes(), PYPROJECT.read_bytes(), str(ROOT).encode("utf-8")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def prepare():
    """Make .venv and install the locked packages and the project, unless that is already done."""
    works = PYTHON.exists() and run(PYTHON, "-c", "") == 0  # its Python may have been uninstalled
    if works and STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    uv = shutil.which("uv")
    print(f"Setting up .venv with {'uv' if uv else 'pip'} (a few minutes at most) ...", flush=True)
    if not works:
        make_environment(uv)
    if uv:
        install = [uv, "pip", "install", "--quiet", "--python", PYTHON]
    else:
        must(
            "This Python has no pip. On Debian or Ubuntu install python3-venv; or install uv.",
            *(PYTHON, "-m", "ensurepip"),
        )
        install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    must(
        "The packages in requirements.lock could not be installed: see the message above. "
        "The first set-up needs a connection to your package index; then run this again."
        + advice_on_paths(),
        *(*install, "--require-hashes", "-r", LOCK),
    )
    must(
        "The project itself could not be installed: see the message above.",
        *(*install, "--no-deps", "--no-build-isolation", "-e", ROOT),
    )
    STAMP.write_text(fingerprint(), encoding="utf-8")


def advice_on_paths():
    """Say how packages fit into a folder that is deep down, where that can be what is wrong."""
    if not WINDOWS or len(str(ROOT)) <= LONGEST_ROOT:
        return ""
    return " If a path is too long for Windows, move this folder up, such as to C:\\ineqlib."


def make_environment(uv):
    """Make an empty .venv on the Python that runs this file."""
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV]
    else:
        command = [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
    must("The folder .venv could not be made: see the message above.", *command)


def demo(extra):
    """Make the demonstration pack and its briefings."""
    prepare()
    # Not by its own program: locked-down laptops may refuse those that nobody has signed.
    return run(PYTHON, "-m", "ineqlib", "demo", *extra)


def test(extra):
    """Run every check, so that one run names everything there is to mend."""
    prepare()
    workers = min(MOST_WORKERS, 1 + (os.cpu_count() or 1))  # one more, for some tests wait
    # In the order of tests/conftest.py: by default files with few tests, which are the slow ones,
    # end up last, and all workers but one wait for them.
    spread = ["--dist", "loadfile", "--no-loadscope-reorder"]
    checks = {
        "ruff check": ["ruff", "check"],
        "ruff format": ["ruff", "format", "--check"],
        "codespell": ["codespell_lib"],
        "pytest": ["pytest", "-q", "-n", workers, *spread, *extra],
    }
    # On one core for half a minute where it has no cache; the tests leave that much of one idle.
    with tempfile.TemporaryFile() as said, ThreadPoolExecutor(1) as beside:
        types = beside.submit(run, PYTHON, "-m", "mypy", output=said)
        codes = {name: show(name, *words) for name, words in checks.items()}
        codes["mypy"] = types.result()
        said.seek(0)
        print(f"== mypy\n{said.read().decode('utf-8', 'replace')}", end="")
    failed = [name for name, code in codes.items() if code]
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def show(name, *words):
    """Run a check under its name."""
    print(f"== {name}", flush=True)
    return run(PYTHON, "-m", *words)


def methods(extra):
    """Write the methods page from docstrings and the registry of measures."""
    prepare()
    return run(PYTHON, ROOT / "docs" / "make_methods.py", *extra)


def gallery(extra):
    """Write the galleries of charts and documents and their pictures from the demonstration."""
    prepare()
    return run(PYTHON, ROOT / "docs" / "make_gallery.py", *extra)


def docs(extra):
    """Build the documentation site; a warning or a link that leads nowhere fails it."""
    prepare()
    return run(PYTHON, ROOT / "docs" / "_site" / "make_site.py", *extra)


def lock(extra):
    """Pin every package for every platform, with hashes and without naming an index."""
    uv = shutil.which("uv")
    if not uv:
        raise TaskError("Remaking the lock needs uv: https://docs.astral.sh/uv/")
    oldest = ".".join(map(str, OLDEST))
    options = ["--universal", "--generate-hashes", "--no-annotate", "--no-header"]
    options += ["--no-emit-index-url", "--extra", "dev", "--extra", "docs", "--quiet"]
    options += ["--python-version", oldest]
    return run(uv, "pip", "compile", PYPROJECT, *options, "--output-file", LOCK, *extra)


def dist(extra):
    """Build what is released."""
    prepare()
    return run(PYTHON, ROOT / "release" / "make_dist.py", *extra)


def bounds(extra):
    """Try the bounds of the dependencies in an environment of their own."""
    prepare()
    return run(PYTHON, ROOT / "release" / "dependency_bounds.py", *extra)


def unmaintained(extra):
    """Say which dependencies have had no release for long."""
    return run(sys.executable, ROOT / "release" / "unmaintained.py", *extra)


TASKS = {
    **{"demo": demo, "test": test, "docs": docs},
    **{"methods": methods, "gallery": gallery, "lock": lock},
    **{"dist": dist, "bounds": bounds, "unmaintained": unmaintained},
}


def main(words):
    """Run the task named by the first word and return its exit code."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"This is Python {found}; 3.11 or newer is needed: https://www.python.org/downloads/")
        print("If you have a newer one, name it: python3.12 tasks.py demo, or on Windows py -3.12.")
        return 2
    if not words or words[0] not in TASKS:
        print(__doc__.strip())
        return 0 if words in (["-h"], ["--help"]) else 2
    try:
        return TASKS[words[0]](words[1:])
    except TaskError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
