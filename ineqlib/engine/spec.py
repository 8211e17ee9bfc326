"""Whether a kernel is the one that this Python would start: no other can run in its process."""

import os
import sys
from pathlib import Path
from typing import Any

LAUNCHERS = ("ipykernel_launcher", "ipykernel")
HARMLESS = {"-Xfrozen_modules=off"}


def is_this_python(spec: Any) -> bool:
    """Tell whether a kernel's specification starts this Python's ipykernel, and nothing more."""
    command, *arguments = spec.argv or [""]
    arguments = [argument for argument in arguments if argument not in HARMLESS]
    plain = any(arguments == ["-m", name, "-f", "{connection_file}"] for name in LAUNCHERS)
    own_way = "kernel_provisioner" in (spec.metadata or {})
    return plain and not spec.env and not own_way and _starts_this(command)


def _starts_this(command: str) -> bool:
    # Jupyter starts a kernel whose command is plain "python" with the Python that asks for it.
    major, minor = sys.version_info[:2]
    if command in {"python", f"python{major}", f"python{major}.{minor}"}:
        return True
    # Two environments may link to one program, so the folder has to be the same as well.
    here, there = Path(sys.executable), Path(command)
    return _normal(here.parent) == _normal(there.parent) and here.resolve() == there.resolve()


def _normal(folder: Path) -> str:
    return os.path.normcase(os.path.realpath(folder))
