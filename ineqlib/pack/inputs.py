"""The files of a folder, recognised and parsed one by one; one bad file does not stop the rest."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.files import no_folder
from ineqlib.observations import NO_PUBLISHER
from ineqlib.pack import kept
from ineqlib.pack.code_version import key_of
from ineqlib.pack.descriptions import ACCEPT, LEAVE_OUT, composed
from ineqlib.pack.editions import Edition, edition_of
from ineqlib.pack.faults import contained
from ineqlib.pack.file_hashes import file_hash
from ineqlib.pack.kept import drop_oldest
from ineqlib.pack.kept_parts import Part, keep_parts, read_parts
from ineqlib.pack.report import FileReport
from ineqlib.sources.base import Content, Layout, Parsed
from ineqlib.sources.members import Member, list_members, reason_to_leave_out
from ineqlib.sources.memory import give_back_memory
from ineqlib.sources.plausible import check_names
from ineqlib.sources.reading.archive import ZIP
from ineqlib.sources.reading.limits import LARGEST_HELD_TEXT
from ineqlib.sources.recognise import recognise_sheets
from ineqlib.sources.unseen import with_visible_text
from ineqlib.text import visible

Progress = Callable[[str, int, int], None]
"""Called with the name of a file, how many more of its bytes have been read, and the bytes of all
files; at least once for each file, when it is done."""


@dataclass(frozen=True)
class Input:
    """One file that was read: what it holds, its entry in the report, and its dates."""

    parsed: Parsed
    report: FileReport
    edition: Edition
    accepted: tuple[str, ...] = ()
    """Checks that its description overrules."""
    rows: int = 0
    """How many rows were parsed of it."""
    key: str = ""
    """By which its bytes and all else that decides what is parsed of it are known; empty where
    they are not."""

    @property
    def order(self) -> tuple[int, int, str]:
        """Where it stands among files of which the first decides: the newest, then the largest.

        By content, and neither by its name nor by its place in the folder.
        """
        return -self.edition.newest.toordinal(), -self.rows, self.report.sha256


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


def hashes_of(files: list[Path]) -> dict[Path, str]:
    """Return the SHA-256 of each file; empty for one that cannot be read."""
    return {path: file_hash(path) for path in files}


def read_files(
    folder: Path,
    files: list[Path],
    described: dict[str, dict[str, str]],
    progress: Progress,
    hashes: Mapping[Path, str] | None = None,
) -> tuple[list[Input], list[FileReport]]:
    """Recognise and parse every file; return those read, and a report on each one.

    What an earlier build parsed of the same file is taken from where it was kept.

    Parameters
    ----------
    folder
        Under which the files are.
    files
        Those to read.
    described
        What is stated of each, by its name.
    progress
        See `Progress`.
    hashes
        See `hashes_of`; None has them made here.
    """
    hashes = hashes_of(files) if hashes is None else hashes
    inputs: list[Input] = []
    reports = []
    sizes = [path.stat().st_size if path.is_file() else 0 for path in files]
    of_all = sum(sizes)
    for path, size in zip(files, sizes, strict=True):
        name = visible(path.relative_to(folder).as_posix())
        done = 0

        def advance(share: float, name: str = name, size: int = size) -> None:
            nonlocal done
            if (now := min(size, int(share * size))) > done:
                progress(name, now - done, of_all)
                done = now

        for report, read in _parts_of(path, name, hashes[path], described, advance):
            reports.append(report)
            if read:
                inputs.append(read)
        progress(name, size - done, of_all)
        if size > LARGEST_HELD_TEXT:
            give_back_memory()
    drop_oldest()
    return inputs, reports


Parts = list[tuple[FileReport, Input | None]]
"""What became of a file, or of each file of an archive and each sheet of a workbook."""


def _parts_of(
    path: Path,
    name: str,
    sha256: str,
    described: dict[str, dict[str, str]],
    advance: Callable[[float], None],
) -> Parts:
    key = _key(path, name, sha256, described)
    if key and (parts := read_parts(key)) is not None:
        return [
            (part.report, Input(*part, key=f"{key}/{number}")) for number, part in enumerate(parts)
        ]
    read = list(_read_file(path, name, described, advance))
    for report, _ in read:
        report.sha256 = sha256
    give_back_memory(sum(file.rows for _, file in read if file))
    if not key:
        return read
    inputs = [
        file and replace(file, key=f"{key}/{number}") for number, (_, file) in enumerate(read)
    ]
    whole = [file for file in inputs if file]
    # What was refused is looked at again: the fault may not lie in the file.
    if len(whole) == len(inputs) and path.stat().st_size >= kept.LEAST:
        keep_parts(key, [Part(f.parsed, f.report, f.edition, f.accepted, f.rows) for f in whole])
    return [(report, file) for (report, _), file in zip(read, inputs, strict=True)]


def _key(path: Path, name: str, sha256: str, described: dict[str, dict[str, str]]) -> str:
    """Return the key of all that decides what is parsed of a file; none where it is unreadable."""
    try:
        with path.open("rb") as file:
            is_archive = file.read(len(ZIP)) == ZIP
    except OSError:
        return ""
    if not sha256:
        return ""
    # The files in an archive may be described by their own names.
    stated = described if is_archive else described.get(composed(path.name), {})
    return key_of(name, sha256, stated)


def _read_file(
    path: Path, name: str, described: dict[str, dict[str, str]], advance: Callable[[float], None]
) -> Iterator[tuple[FileReport, Input | None]]:
    """Give what became of a file, or of each file of an archive and each sheet of a workbook."""
    whole, stated = FileReport(name), described.get(composed(path.name), {})
    members: list[Member] = []
    with contained(whole):
        _refuse_unwanted(stated)
        members, left_out = list_members(path)
    if not members:
        yield whole, None
    for member in members:
        own = described.get(composed(PurePosixPath(member.name).name), stated)
        for report, read in _read_member(member, f"{name}/{member.name}".rstrip("/"), own, advance):
            report.remarks += [left_out] if left_out else []
            left_out = ""
            yield report, read


def _read_member(
    member: Member, name: str, stated: dict[str, str], advance: Callable[[float], None]
) -> Iterator[tuple[FileReport, Input | None]]:
    whole = FileReport(name)
    tables: list[tuple[Layout, Content]] = []
    with contained(whole):
        _refuse_unwanted(stated)
        tables, left_out = recognise_sheets(member.read())
    if not tables:
        yield whole, None
    for layout, content in tables:
        report = FileReport(f"{name}/{visible(content.sheet)}" if len(tables) > 1 else name)
        read = None
        content.watch = advance
        with contained(report):
            read = _read_table(layout, content, stated, report)
        if read is None:
            report.rows_read = report.rows_found = content.account.rows_read
            report.rows_refused = report.rows_read
        report.remarks += [left_out] if left_out else []
        left_out = ""
        yield report, read


def _read_table(
    layout: Layout, content: Content, stated: dict[str, str], report: FileReport
) -> Input:
    parsed = with_visible_text(layout.parse(content, stated))
    edition, unread_dates = edition_of(content, stated)
    edition = edition._replace(names_publisher=parsed.source.publisher != NO_PUBLISHER)
    report.recognised_as = layout.name
    report.kind, report.source = parsed.kind, parsed.source.id
    report.stated, report.days = dict(stated), edition.days
    report.set_aside.extend(parsed.set_aside)
    report.remarks.extend([*parsed.remarks, *unread_dates])
    report.rows_found = _rows_of(parsed.frame) + report.rows_set_aside
    report.rows_read = parsed.rows_read or report.rows_found
    accepted = check_names(stated.get(ACCEPT, ""))
    report.accepted = ", ".join(accepted)
    return Input(parsed, report, edition, accepted, len(parsed.frame))


def _rows_of(frame: pd.DataFrame) -> int:
    """Count what a file gave: of shapes, the features that were joined to one area each."""
    return int(frame["features"].sum()) if "features" in frame else len(frame)


def _refuse_unwanted(stated: dict[str, str]) -> None:
    if reason := stated.get(LEAVE_OUT):
        raise InputError(f"Left out, as its description says: {reason}")
