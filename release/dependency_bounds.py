"""Try the bounds of the dependencies: with the lowest versions that are allowed, or the newest.

    python tasks.py bounds --lowest
    python tasks.py bounds --newest [--python 3.13] [words for pytest]

A new environment gets the wheel, and what it needs in such versions; what only the tests need
comes as new as that allows. Then one briefing is made, and the unit tests
and laws run, on the wheel and not on the folder. Needs uv and a connection to the package index.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import reproducible

ROOT = Path(__file__).resolve().parents[1]
RESOLUTIONS = {"--lowest": "lowest-direct", "--newest": "highest"}
TESTS = ("tests/unit", "tests/laws")
NOT_FOR_TESTS = ("cyclonedx-bom",)
"""It brings chardet, whose newest version the lowest requests warns of."""
BRIEFING = """\
import sys
from pathlib import Path
import ineqlib as iq
from ineqlib.demo import make_demo_pack
from ineqlib.files import shipped

make_demo_pack(Path("demo"))
notebook = shipped("notebooks", "area_briefing.ipynb")
print("made:", iq.render(notebook, pack="demo", area="X07000001", out="pages"))
"""


class BoundsError(Exception):
    """A step that failed; what ran has said why."""


def try_bounds(resolution: str, python_wanted: str, extra: list[str]) -> None:
    """Make the environment and run everything in it.

    Parameters
    ----------
    resolution
        One of uv's.
    python_wanted
        The Python to try them on, by its version or path.
    extra
        Further words for pytest; a test named there is run instead of those that are usual.

    Raises
    ------
    BoundsError
        One of the steps failed.
    """
    uv = shutil.which("uv")
    if not uv:
        raise BoundsError("This needs uv: https://docs.astral.sh/uv/")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sources, environment = place / "sources", place / "environment"
        run("git", "clone", "--quiet", ROOT, sources, at=ROOT)
        wheel = reproducible.build(sources, place / "dist", "0", 1_000_000_000)[1]
        needed, tools = place / "needed.txt", place / "tools.txt"
        extras = ["--extra", "cluster", "--extra", "word"]
        tools.write_text("\n".join(names_of_tools(sources / "pyproject.toml")), encoding="utf-8")
        run(uv, "venv", "--quiet", "--python", python_wanted, environment, at=place)
        python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        words = ["--python", python, "--resolution", resolution, "--quiet", "-o", needed]
        run(uv, "pip", "compile", "pyproject.toml", *extras, *words, at=sources)
        install = [uv, "pip", "install", "--quiet", "--python", python]
        run(*install, "-r", needed, at=place)
        run(*install, "-r", tools, "-c", needed, at=place)
        run(*install, "--no-deps", wheel, at=place)
        run(uv, "pip", "check", "--python", python, at=place)
        have_the_wheel_read(sources, python)
        run(python, "-W", "error", "-c", BRIEFING, at=place)
        named = [] if any(word.startswith("tests") for word in extra) else TESTS
        run(python, "-m", "pytest", "-q", *named, *extra, at=sources)


def names_of_tools(pyproject: Path) -> list[str]:
    """Return what the dev extra asks for besides, without versions."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    bounded = {*project["dependencies"], *optional["cluster"], *optional["word"]}
    names = [re.split("[<>=]", line)[0] for line in optional["dev"] if line not in bounded]
    return [name for name in names if name not in NOT_FOR_TESTS]


def have_the_wheel_read(sources: Path, python: Path) -> None:
    """Put the installed package in the place of the folder's, which the tests would import."""
    code = "import ineqlib; print(ineqlib.__path__[0])"
    command = [python, "-P", "-c", code]
    installed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    shutil.rmtree(sources / "ineqlib")
    shutil.copytree(installed.strip(), sources / "ineqlib")


def run(*words: object, at: Path) -> None:
    """Run a step in a folder.

    Raises
    ------
    BoundsError
        It failed.
    """
    command = [str(word) for word in words]
    print("==", *(word if "\n" not in word else "..." for word in command[:9]), flush=True)
    if subprocess.run(command, cwd=at, check=False).returncode:
        raise BoundsError(f"Failed: {' '.join(command[:4])}")


def main(words: list[str]) -> int:
    """Try one way and say how it went."""
    parser = argparse.ArgumentParser("tasks.py bounds", description="Further words go to pytest.")
    ways = parser.add_mutually_exclusive_group(required=True)
    for option, resolution in RESOLUTIONS.items():
        ways.add_argument(option, dest="resolution", action="store_const", const=resolution)
    parser.add_argument("--python", default=sys.executable, help="such as 3.13; default: this one")
    options, extra = parser.parse_known_args(words)
    try:
        try_bounds(options.resolution, options.python, extra)
    except BoundsError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The bounds hold ({options.resolution}) on {options.python}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
