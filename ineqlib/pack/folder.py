"""The files of a folder, in a fixed order, and those that are left out."""

from collections import defaultdict
from pathlib import Path

from ineqlib.errors import InputError, listed
from ineqlib.files import no_folder
from ineqlib.sources.members import reason_to_leave_out
from ineqlib.text import visible


def list_files(folder: Path) -> tuple[list[Path], tuple[str, ...]]:
    """Return the files under a folder in a fixed order, and what is left out, with the reasons.

    Hidden files and folders, locks, downloads that are not complete, links that lead out of the
    folder and whatever is no file are left out. The order is the same on every system, so that
    reports are.

    Raises
    ------
    InputError
        The folder does not exist, or holds no file.
    """
    if not folder.is_dir():
        raise InputError(
            f"{folder} is a file: give the folder that it is in."
            if folder.is_file()
            else no_folder(folder)
        )
    files, lines = files_under(folder)
    if not files:
        raise InputError(
            f"The folder {folder} holds no files to read. "
            + " ".join([*lines, "Put downloads or own figures into it and try again."])
        )
    return files, lines


def files_under(folder: Path) -> tuple[list[Path], tuple[str, ...]]:
    """Return what `list_files` does of a folder that is there, be it no file at all."""
    files: list[Path] = []
    left_out: dict[str, list[str]] = defaultdict(list)
    # Windows would sort paths without regard to capitals.
    for path in sorted(folder.rglob("*"), key=lambda path: path.parts):
        reason = _reason_to_leave_out(path, folder)
        if reason:
            left_out[reason].append(visible(path.relative_to(folder).as_posix()))
        elif path.is_file():
            files.append(path)
    lines = tuple(
        f"{len(names):,} left out, {reason}: {listed(names)}" for reason, names in left_out.items()
    )
    return files, lines


def _reason_to_leave_out(path: Path, folder: Path) -> str:
    if not path.is_file():
        return "" if path.is_dir() else "neither a file nor a folder, or a link to nothing"
    if not path.resolve().is_relative_to(folder.resolve()):
        return "a link that leads out of the folder"
    return reason_to_leave_out(path.relative_to(folder))
