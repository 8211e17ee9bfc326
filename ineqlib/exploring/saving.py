"""Saving what a view shows: a new file each time, never over another."""

from collections.abc import Callable
from pathlib import Path

from ineqlib.errors import OutputError
from ineqlib.text import slug


def save_new(save: Callable[[Path], None], folder: Path, name: str, kind: str) -> Path:
    """Save something in a folder, made where it is not there, under a name that no file has yet."""
    stem = slug(name, longest=100)
    folder = folder.expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = free_name(folder / f"{stem}.{kind}")
        save(path)
    except OSError as error:
        raise OutputError(
            f"Nothing could be saved in {folder}: {error.strerror or error}. Choose another folder."
        ) from error
    return path


def free_name(path: Path) -> Path:
    """Return a path if there is no file, else the first of its numbered names that is free."""
    free, number = path, 2
    while free.exists():
        free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return free
