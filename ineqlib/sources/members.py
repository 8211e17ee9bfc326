"""The files in a file: those of a zip archive, each as a file of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from ineqlib.errors import InputError
from ineqlib.sources.content import read_content
from ineqlib.sources.reading.archive import ZIP, Archive, read_all
from ineqlib.sources.reading.workbooks import is_workbook
from ineqlib.text import visible

ONE_SET = (".shp", ".gdbtable")
"""Endings of files that need others beside them: their archive is handed on whole."""

_BESIDE_MAPS = (
    *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".gz", ".zip"),
    *(".json", ".geojson", ".topojson", ".kml", ".kmz", ".gpkg"),
)
"""Endings of files that are read for themselves beside the parts of a map."""

_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download")


@dataclass(frozen=True)
class Member:
    """A file to be read."""

    name: str
    """Its name within the archive; empty for a file that is none."""
    read: Callable[[], bytes]


def reason_to_leave_out(path: PurePosixPath | Path) -> str:
    """Say why a file is no data of anybody's; nothing, where it may be.

    Examples
    --------
    >>> reason_to_leave_out(PurePosixPath("a/.ipynb_checkpoints/own-checkpoint.csv"))
    'in a hidden folder'
    """
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts[:-1]):
        return "in a hidden folder"
    if path.name.startswith("~$"):
        return "the lock of a document that is open"
    if path.name.startswith("."):
        return "hidden"
    return "not downloaded or saved to its end" if path.suffix.lower() in _UNFINISHED else ""


def list_members(path: Path) -> tuple[list[Member], str]:
    """Return the files that are in a file: itself, or those of a zip archive.

    Returns
    -------
    tuple
        The files, and which of an archive are left out.

    Raises
    ------
    InputError
        The file cannot be read, or is an archive without a file to read.
    """
    content = read_content(path)
    if not content.startswith(ZIP) or is_workbook(content):
        return [Member("", lambda: content)], ""
    archive = Archive(content)
    reasons = {name: reason_to_leave_out(PurePosixPath(name)) for name in archive.names}
    whole = []
    if any(name.lower().endswith(ONE_SET) for name in archive.names):
        whole = [Member("", lambda: content)]
        reasons = {n: reason for n, reason in reasons.items() if n.lower().endswith(_BESIDE_MAPS)}
    names = [name for name, reason in reasons.items() if not reason]
    if not names and not whole:
        raise InputError("The archive holds no file that can be data.")
    left_out = len(reasons) - len(names)
    remark = f"{left_out} hidden or unfinished file(s) of the archive are left out"
    members = [Member(visible(name), partial(_read_member, archive, name)) for name in names]
    return [*whole, *members], remark if left_out else ""


def _read_member(archive: Archive, name: str) -> bytes:
    whole = partial(archive.open, name, float("inf"))
    with whole() as file:
        content = read_all(file, name, whole)
    if content.startswith(ZIP) and not is_workbook(content):
        raise InputError("An archive in an archive: unpack the outer one.")
    return content
