"""Files written whole, hashed, and opened where Windows refuses a file that is in use a moment."""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ineqlib.errors import nearest

T = TypeVar("T")

TEMPORARY = ".ineqlib-tmp"
"""How the names of files that are not whole yet end: nobody else gives a file such a name."""

LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What a system puts into a folder that was looked at: with no more in it, it is empty."""

WINDOWS = os.name == "nt"

_PACKAGE = Path(__file__).parent

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds. Virus scanners and programs that copy folders to a store let go of a file sooner."""


def retry_while_in_use(act: Callable[[], T]) -> T:
    """Return ``act()``, tried again for a moment while Windows refuses it.

    It has one refusal for a file that is in use and for one that nobody may touch.

    Examples
    --------
    >>> retry_while_in_use(lambda: "done")
    'done'
    """
    for wait in WAITS:
        try:
            return act()
        except PermissionError:
            if not WINDOWS:
                raise
        time.sleep(wait)
    return act()


def shipped(*parts: str) -> Path:
    """Return where a file of the product stands that is no code, such as a notebook.

    In an installed package it is inside; in a clone it stands beside the package.

    Examples
    --------
    >>> shipped("notebooks", "methods.ipynb").is_file()
    True
    """
    inside = _PACKAGE / "shipped"
    return (inside if inside.is_dir() else _PACKAGE.parent).joinpath(*parts)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file; empty where it cannot be read."""
    try:
        with retry_while_in_use(lambda: path.open("rb")) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def unreadable(file: Path | str, error: OSError) -> str:
    """Say that a file cannot be read, and what to do."""
    path = Path(file)
    if isinstance(error, FileNotFoundError):
        beside = sorted(other.name for other in path.parent.glob("*"))
        return f"There is no file {file}.{nearest(path.name, beside)}"
    if path.is_dir():
        return f"{file} is a folder: name a file in it."
    return (
        f"{file} cannot be read: {error.strerror or error}. Close it in other programs; where it "
        "is kept in the cloud alone, have it kept on this computer too."
    )


def no_folder(folder: Path | str) -> str:
    """Say that there is no such folder, which may be meant, and where it was looked for."""
    path = Path(folder)
    beside = sorted(other.name for other in path.parent.glob("*") if other.is_dir())
    return (
        f"There is no folder {folder}.{nearest(path.name, beside)} It was looked for in "
        f"{path.parent.resolve()}."
    )


def in_command(path: Path | str) -> str:
    """Write a path as it is typed in a command: in quotes where a shell would part it.

    Examples
    --------
    >>> print(in_command("build/mine"), in_command("C:/My council/mine.yml"))
    build/mine "C:/My council/mine.yml"
    """
    text = str(path)
    return text if re.fullmatch(r"[\w./\\:~+-]+", text) else f'"{text}"'


def parse_json(content: str | bytes) -> Any:
    """Return what JSON says, whoever wrote it; `ValueError` also where it is nested too deep."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def write_text(path: Path, text: str) -> None:
    """Write a file whole: it appears under its name only when it is complete and on the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        settle(temporary)
        retry_while_in_use(partial(temporary.replace, path))
    finally:
        retry_while_in_use(partial(temporary.unlink, missing_ok=True))


def settle(path: Path) -> None:
    """Have a file on the disk before it is renamed: a power cut could leave the name without it."""
    with retry_while_in_use(partial(path.open, "rb+")) as file:
        os.fsync(file.fileno())
