"""Whether this computer can make pages: processes start, and the notebook engine fits."""

import subprocess
import sys
from importlib.metadata import version

from ineqlib.diagnosis import Check, Diagnosis
from ineqlib.engine.compatibility import incompatibility
from ineqlib.processes.fork_server import can_fork

_SECONDS = 60


def readiness_checks() -> dict[str, Check]:
    """Return what is looked at, by name."""
    return {"Processes": processes, "Notebook engine": notebook_engine}


def processes() -> Diagnosis:
    """Start a process as batches do, and say by which method workers are made."""
    command = [sys.executable, "-I", "-c", "print('started')"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        problem = "" if done.stdout.strip() == "started" else f"it ended with {done.returncode}"
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    if problem:
        return Diagnosis(
            "Processes",
            "fail",
            f"a second Python could not be started: {problem}",
            f"Ask IT to let programs start {sys.executable}: pages are made in processes of their "
            "own. Until then, work in notebooks, and save each figure.",
        )
    method = "forked by a server" if can_fork() else "each started as a program"
    return Diagnosis("Processes", "ok", f"a second Python starts; workers are {method}")


def notebook_engine() -> Diagnosis:
    """Say whether our engine runs the notebooks, or Papermill's slower one."""
    if problem := incompatibility():
        return Diagnosis(
            "Notebook engine",
            "warn",
            problem,
            'Pages are made all the same. For the quicker engine: python -m pip install "ineqlib" '
            "--upgrade --force-reinstall, in an environment of its own.",
        )
    return Diagnosis("Notebook engine", "ok", f"ours, on ipykernel {version('ipykernel')}")
