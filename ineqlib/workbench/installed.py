"""What is installed, and what is not: Python, libraries, the Jupyter kernel, a browser, fonts."""

import json
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from ineqlib import __version__
from ineqlib.diagnosis import Check, Diagnosis
from ineqlib.errors import listed
from ineqlib.files import WINDOWS

OLDEST = (3, 11)
BITS = 64
AGAIN = "python -m pip install --upgrade --force-reinstall ineqlib, in an environment of its own."
REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?P<bounds>[^;]*)$")
"""One that always holds; those of extras have a condition behind a semicolon."""
BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge", "firefox"),
)
PLACES = (  # where Windows and macOS put browsers, which are not on PATH
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "/Applications/Safari.app/Contents/MacOS/Safari",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Mozilla Firefox/firefox.exe",
)
FONTS = ("arial", "helvetica", "liberationsans", "arimo", "nimbussans")
"""How the files of fonts begin that are as wide as the charts expect."""
FONT_FOLDERS = (
    *("~/.fonts", "~/.local/share/fonts", "/usr/share/fonts", "/usr/local/share/fonts"),
    *("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts"),
)
_SECONDS = 60


def installed_checks() -> dict[str, Check]:
    """Return what is looked at, by name."""
    return {
        "Python": python,
        "ineqlib": package,
        "Libraries": libraries,
        "Jupyter kernel": kernel,
        "Browser": browser,
        "Fonts": fonts,
    }


def python() -> Diagnosis:
    """Say which Python this is."""
    release = sys.version_info[:3]
    bits = struct.calcsize("P") * 8
    says = f"{'.'.join(map(str, release))}, {bits} bits, {platform.platform()}, {sys.executable}"
    if release < OLDEST or bits < BITS:
        remedy = "Install Python 3.11 or newer, of 64 bits: https://www.python.org/downloads/"
        return Diagnosis("Python", "fail", says, remedy)
    return Diagnosis("Python", "ok", says)


def package() -> Diagnosis:
    """Say which version of ineqlib runs, and from where."""
    says = f"{__version__}, {Path(__file__).parents[1]}"
    if "unknown" in __version__:
        remedy = "It runs from a folder and is not installed: python -m pip install -e FOLDER."
        return Diagnosis("ineqlib", "warn", says, remedy)
    return Diagnosis("ineqlib", "ok", says)


def libraries(requirements: Iterable[str] | None = None) -> Diagnosis:
    """Say whether every library that ineqlib needs is there, in a version that it works with.

    Parameters
    ----------
    requirements
        Such as ``pandas>=3.1``; by default those of the installed package.
    """
    needed = requires("ineqlib") or [] if requirements is None else requirements
    matches = [match for line in needed if (match := REQUIREMENT.match(line))]
    wrong = [problem for match in matches if (problem := _wrong(match["name"], match["bounds"]))]
    if wrong:
        return Diagnosis("Libraries", "fail", listed(wrong, most=10), AGAIN)
    return Diagnosis("Libraries", "ok", f"all {len(matches)} are there, each within its bounds")


def _wrong(name: str, bounds: str) -> str:
    try:
        there = version(name)
    except PackageNotFoundError:
        return f"{name} is missing"
    for bound, limit in BOUND.findall(bounds):
        if (_numbers(there) < _numbers(limit)) != (bound == "<"):
            needed = "at least" if bound == ">=" else "below"
            return f"{name} is {there}, {needed} {limit} is needed"
    return ""


def _numbers(text: str) -> list[int]:
    release = re.match(r"[0-9.]*", text)
    return [int(part) for part in (release[0] if release else "").split(".") if part]


def kernel() -> Diagnosis:
    """Say whether Jupyter finds the kernel of this very Python, which the notebooks ask for."""
    remedy = f"{sys.executable} -m ipykernel install --sys-prefix"
    command = [sys.executable, "-m", "jupyter_client.kernelspecapp", "list", "--json"]
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=True
        )
        specs = json.loads(done.stdout)["kernelspecs"]
        program = str(specs["python3"]["spec"]["argv"][0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return Diagnosis("Jupyter kernel", "fail", "Jupyter's list of kernels is not told", AGAIN)
    except (KeyError, IndexError, TypeError):
        return Diagnosis("Jupyter kernel", "fail", "there is none called python3", remedy)
    if not Path(program).is_absolute():  # Jupyter puts this Python in the place of such a name
        program = sys.executable
    if not Path(program).exists():
        says = f"python3 starts {program}, which is not there"
        return Diagnosis("Jupyter kernel", "fail", says, remedy)
    if Path(program).parent != Path(sys.executable).parent:
        says = f"python3 starts another Python, {program}"
        return Diagnosis("Jupyter kernel", "warn", says, remedy)
    return Diagnosis("Jupyter kernel", "ok", f"python3 starts {program}")


def browser() -> Diagnosis:
    """Say which browser there is to read pages in."""
    on_path = (path for name in BROWSERS if (path := shutil.which(name)))
    program = next(on_path, None) or next((place for place in PLACES if Path(place).is_file()), "")
    if not program:
        return Diagnosis(
            "Browser",
            "warn",
            "no Chromium, Chrome, Edge, Firefox or Safari was found",
            "Pages are made all the same, and open in any browser elsewhere. To work on the code, "
            "install Chromium or Chrome: the tests of pages need one.",
        )
    return Diagnosis("Browser", "ok", f"{_browser_version(Path(program))}, {program}")


def _browser_version(program: Path) -> str:
    if WINDOWS:  # asked for its version, it would open a window; a folder beside it is called so
        beside = [path.name for path in program.parent.glob("[0-9]*.*")]
        return max(beside, key=_numbers, default="version unknown")
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "version unknown"
    lines = done.stdout.strip().splitlines()
    return lines[-1].strip() if lines else "version unknown"


def fonts() -> Diagnosis:
    """Say whether there is a font as wide as the one that charts are measured in."""
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                if re.sub(r"[^a-z]", "", name.lower()).startswith(FONTS):
                    return Diagnosis("Fonts", "ok", f"{name}, as wide as charts expect")
    return Diagnosis(
        "Fonts",
        "warn",
        "neither Arial nor a font of its widths was found",
        "In charts words may run into one another on this computer; readers with Arial see them "
        "well. Install one: on Debian apt-get install fonts-liberation.",
    )
