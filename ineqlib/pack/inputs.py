"""The files of a folder, recognised and parsed one by one; one bad file does not stop the rest."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ineqlib.errors import InputError, UserError
from ineqlib.pack.report import FileReport
from ineqlib.pack.verify import unreadable
from ineqlib.pack.write import sha256
from ineqlib.sources.base import DESCRIBED, Parsed
from ineqlib.sources.period_reading import check_period_kind
from ineqlib.sources.plausible import check_names
from ineqlib.sources.recognise import read_content, recognise
from ineqlib.yaml_file import check_keys, read_yaml

DESCRIPTIONS = Path("params") / "describe"
"""Where descriptions are read from when none is given, under the current folder."""

ACCEPT = "accept"
"""Key of a description that overrules checks by name, see `ineqlib.sources.plausible`."""

LEAVE_OUT = "leave_out"
"""Key of a description that keeps a file out of the pack; its text says why."""

Progress = Callable[[str], None]
"""Called with the name of each file before it is read."""


@dataclass(frozen=True)
class Input:
    """One file that was read: what it holds, and its entry in the report."""

    parsed: Parsed
    report: FileReport
    accepted: tuple[str, ...] = ()
    """Checks that its description overrules."""


def list_files(folder: Path) -> list[Path]:
    """Return the files under a folder in a fixed order; hidden and lock files are left out.

    The order is the same on every system, for it settles which of two equal figures is kept.

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
        check_keys(entry, (*DESCRIBED, ACCEPT, LEAVE_OUT), f"{description}: '{name}'")
    texts = {
        composed(str(name)): {key: _text(value) for key, value in entry.items()}
        for name, entry in content.items()
    }
    for entry in texts.values():
        check_names(entry.get(ACCEPT, ""))
        check_period_kind(entry.get("period_kind", ""))
    return list(texts.items())


def _text(value: object) -> str:
    """Return what a description states as text; a list of names is joined by commas."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def read_files(
    folder: Path, files: list[Path], described: dict[str, dict[str, str]], progress: Progress
) -> tuple[list[Input], list[FileReport]]:
    """Recognise and parse every file; return those read, and a report on each one."""
    inputs, reports = [], []
    for path in files:
        report = FileReport(path.relative_to(folder).as_posix())
        progress(report.name)
        reports.append(report)
        try:
            stated = described.get(composed(path.name), {})
            parsed = _parse(path, stated, report)
        except UserError as error:
            report.remarks.append(str(error))
            continue
        inputs.append(Input(parsed, report, check_names(stated.get(ACCEPT, ""))))
    return inputs, reports


def composed(name: str) -> str:
    """Return a file name with each accent in its letter: a Mac may have them apart, none shows."""
    return unicodedata.normalize("NFC", name)


def _parse(path: Path, described: dict[str, str], report: FileReport) -> Parsed:
    try:
        report.sha256 = sha256(path)
    except OSError as error:
        raise InputError(unreadable("It", error)) from error
    if reason := described.get(LEAVE_OUT):
        raise InputError(f"Left out, as its description says: {reason}")
    content = read_content(path)
    layout = recognise(content)
    parsed = layout.parse(content, described)
    report.recognised_as = layout.name
    report.set_aside.extend(parsed.set_aside)
    report.remarks.extend(parsed.remarks)
    return parsed
