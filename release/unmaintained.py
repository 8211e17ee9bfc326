"""Say which dependencies have had no release for long.

    python tasks.py unmaintained [--months 24]

For each package that pyproject.toml asks for, uv is asked which version was the newest so many
months ago and which is today: where they are the same, nobody has released since. Needs uv and a
connection to the package index.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
DAYS_OF_A_MONTH = 30.44
Newest = Callable[[str, datetime], str]
"""The newest version of a package at a time; empty where there was none."""


def dependencies(pyproject: Path) -> list[str]:
    """Return the names of what the project asks for, each once."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    return sorted({re.split("[<>= ]", line)[0] for line in lines})


def without_release(
    names: Iterable[str], months: int, newest: Newest, now: datetime
) -> dict[str, str]:
    """Return the packages without a release for so many months, with their newest version.

    Parameters
    ----------
    names
        Of the packages.
    months
        How long is long.
    newest
        Tells the newest version at a time.
    now
        The time.

    Raises
    ------
    LookupError
        A package is not there at all.
    """
    then = now - timedelta(days=months * DAYS_OF_A_MONTH)
    idle = {}
    for name in names:
        today = newest(name, now)
        if not today:
            raise LookupError(f"The package index has no {name}.")
        if newest(name, then) == today:
            idle[name] = today
    return idle


def newest_by_uv(name: str, at: datetime) -> str:
    """Ask uv for the newest version of a package that was there at a time.

    Raises
    ------
    LookupError
        uv could not ask.
    """
    uv = shutil.which("uv")
    if not uv:
        raise LookupError("This needs uv: https://docs.astral.sh/uv/")
    words = ["--no-deps", "--no-header", "--no-annotate", "--quiet"]
    done = subprocess.run(
        [uv, "pip", "compile", "-", *words, "--exclude-newer", f"{at:%Y-%m-%dT%H:%M:%SZ}"],
        input=name,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and "exclude-newer" not in done.stderr:
        raise LookupError(f"uv cannot tell about {name}: {done.stderr.strip()}")
    lines = [line for line in done.stdout.splitlines() if "==" in line]
    return lines[0].partition("==")[2].split()[0] if lines else ""


def main(words: list[str]) -> int:
    """Print what had no release; that is no fault by itself, so the exit code is 0."""
    parser = argparse.ArgumentParser(description="Which dependencies had no release for long.")
    parser.add_argument("--months", type=int, default=24)
    months = parser.parse_args(words).months
    names = dependencies(PYPROJECT)
    try:
        idle = without_release(names, months, newest_by_uv, datetime.now(UTC))
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(idle)} of {len(names)} dependencies have had no release for {months} months.")
    for name, version in idle.items():
        print(f"  {name} {version}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
