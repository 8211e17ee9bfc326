"""The files of a folder, recognised and parsed one by one; one bad file does not stop the rest."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ineqlib.errors import InputError
from ineqlib.pack.editions import Edition, edition_of
from ineqlib.pack.faults import contained
from ineqlib.pack.report import FileReport
from ineqlib.pack.verify import unreadable
from ineqlib.pack.write import sha256
from ineqlib.sources.base import DESCRIBED, NO_PUBLISHER, Parsed
from ineqlib.sources.recognise import read_content, recognise
from ineqlib.sources.unseen import with_visible_text
from ineqlib.text import visible
from ineqlib.yaml_file import check_keys, read_yaml

DESCRIPTIONS = Path("params") / "describe"
"""Where descriptions are read from when none is given, under the current folder."""

LEAVE_OUT = "leave_out"
"""Key of a description that keeps a file out of the pack; its text says why."""

Progress = Callable[[str], None]
"""Called with the name of each file before it is read."""


@dataclass(frozen=True)
class Input:
    """One file that was read: what it holds, its entry in the report, and its dates."""

    parsed: Parsed
    report: FileReport
    edition: Edition

    @property
    def order(self) -> tuple[int, int, str]:
        """Where it stands among files of which the first decides: the newest, then the largest.

        By content, and neither by its name nor by its place in the folder.
        """
        return -self.edition.newest.toordinal(), -len(self.parsed.frame), self.report.sha256


def list_files(folder: Path) -> list[Path]:
    """Return the files under a folder in a fixed order; hidden and lock files are left out.

    The order is the same on every system, so that reports are.

    Raises
    ------
    InputError
        The folder does not exist, or holds no file.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.")
    visible = (
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~$"))
    )
    # Windows would sort paths without regard to capitals.
    files = sorted(visible, key=lambda path: path.parts)
    if not files:
        raise InputError(f"The folder {folder} holds no files.")
    return files


def read_descriptions(path: Path | None) -> dict[str, dict[str, str]]:
    """Read what the user states about files: file name -> what its layout leaves out.

    Parameters
    ----------
    path
        YAML file of descriptions; None reads every one in `DESCRIPTIONS`.

    Raises
    ------
    InputError
        A description is not a list of file names, each with ``key: text`` pairs; a key is given
        twice or is not known; or a file is described twice.
    """
    paths = [path] if path else sorted(DESCRIPTIONS.glob("*.yml"))
    described: dict[str, dict[str, str]] = {}
    where: dict[str, Path] = {}
    for description in paths:
        for name, entry in _entries(description):
            if name in where:
                raise InputError(
                    f"'{name}' is described in {where[name]} and again in {description}. Keep one."
                )
            where[name] = description
            described[name] = entry
    return described


def _entries(description: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the file names of one description, each with what it states."""
    content = read_yaml(description) or {}
    if not isinstance(content, dict) or not all(isinstance(v, dict) for v in content.values()):
        raise InputError(
            f"The description {description} should give, for each file name, what its layout "
            "leaves out, for example `report.csv.gz: {period: 2014 - 16}`."
        )
    for name, entry in content.items():
        check_keys(entry, (*DESCRIBED, LEAVE_OUT), f"{description}: '{name}'")
    return [
        (composed(str(name)), {key: str(text) for key, text in entry.items()})
        for name, entry in content.items()
    ]


def read_files(
    folder: Path, files: list[Path], described: dict[str, dict[str, str]], progress: Progress
) -> tuple[list[Input], list[FileReport]]:
    """Recognise and parse every file; return those read, and a report on each one."""
    inputs: list[Input] = []
    reports = []
    for path in files:
        report = FileReport(visible(path.relative_to(folder).as_posix()))
        progress(report.name)
        reports.append(report)
        with contained(report):
            inputs.append(_read(path, described.get(composed(path.name), {}), report))
    return inputs, reports


def composed(name: str) -> str:
    """Return a file name with each accent in its letter: a Mac may have them apart, none shows."""
    return unicodedata.normalize("NFC", name)


def _read(path: Path, described: dict[str, str], report: FileReport) -> Input:
    try:
        report.sha256 = sha256(path)
    except OSError as error:
        raise InputError(unreadable("It", error)) from error
    if reason := described.get(LEAVE_OUT):
        raise InputError(f"Left out, as its description says: {reason}")
    content = read_content(path)
    layout = recognise(content)
    parsed = with_visible_text(layout.parse(content, described))
    edition, unread_dates = edition_of(path, described)
    edition = edition._replace(names_publisher=parsed.source.publisher != NO_PUBLISHER)
    report.recognised_as = layout.name
    report.kind = parsed.kind
    report.set_aside.extend(parsed.set_aside)
    report.remarks.extend([*parsed.remarks, *unread_dates])
    report.rows_found = len(parsed.frame) + report.rows_set_aside
    report.rows_read = getattr(parsed, "rows_read", 0) or report.rows_found
    report.accepted = described.get("accept", "")
    return Input(parsed, report, edition)
