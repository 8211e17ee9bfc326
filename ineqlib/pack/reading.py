"""The files of a folder, recognised and parsed one by one; one bad file does not stop the rest."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

import pandas as pd

from ineqlib.errors import InputError
from ineqlib.observations import NO_PUBLISHER
from ineqlib.pack import kept
from ineqlib.pack.code_version import key_of
from ineqlib.pack.descriptions import ACCEPT, LEAVE_OUT, composed
from ineqlib.pack.editions import edition_of, without_dates_before
from ineqlib.pack.faults import contained
from ineqlib.pack.file_areas import WITH_AREAS, areas_of
from ineqlib.pack.file_hashes import file_hash
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.inputs import Input, kept_inputs
from ineqlib.pack.kept import drop_oldest
from ineqlib.pack.kept_parts import Part, keep_parts
from ineqlib.pack.read_ahead import BytesRead, FileTask, Progress, read_ahead
from ineqlib.pack.report import FileReport
from ineqlib.sources.base import Content, Layout
from ineqlib.sources.members import Member, list_members
from ineqlib.sources.memory import give_back_memory
from ineqlib.sources.plausible import check_names
from ineqlib.sources.reading.archive import ZIP
from ineqlib.sources.reading.limits import LARGEST_HELD_TEXT
from ineqlib.sources.recognise import recognise_sheets
from ineqlib.sources.unseen import with_visible_text
from ineqlib.text import visible


def hashes_of(files: list[Path]) -> dict[Path, str]:
    """Return the SHA-256 of each file; empty for one that cannot be read."""
    return {path: file_hash(path) for path in files}


def read_files(
    folder: Path,
    files: list[Path],
    described: dict[str, dict[str, str]],
    progress: Progress,
    hashes: Mapping[Path, str] | None = None,
    helpers: Helpers | None = None,
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
    helpers
        Who may read some of them; None where nobody else is to.
    """
    hashes = hashes_of(files) if hashes is None else hashes
    tasks = [_task(path, folder, hashes[path], described) for path in files]
    bytes_read = BytesRead(progress, tasks)
    read = {}
    for task in tasks:
        if (parts := _kept_parts(task)) is not None:
            read[task.name] = parts
            bytes_read.end(task)
    new = [task for task in tasks if task.name not in read]
    with read_ahead(new, _keep, bytes_read, helpers or Helpers()) as mine:
        for task in mine:
            read[task.name] = _parts_of(partial(bytes_read.advance, task), task)
            bytes_read.end(task)
    for task in new:
        if task.name not in read:
            read[task.name] = _kept_parts(task) or _parts_of(lambda _: None, task)
    drop_oldest()
    parts = [part for task in tasks for part in read[task.name]]
    return [file for _, file in parts if file], [report for report, _ in parts]


Parts = list[tuple[FileReport, Input | None]]
"""What became of a file, or of each file of an archive and each sheet of a workbook."""


def _task(path: Path, folder: Path, sha256: str, described: dict[str, dict[str, str]]) -> FileTask:
    name = visible(path.relative_to(folder).as_posix())
    key = _key(path, name, sha256, described)
    size = path.stat().st_size if path.is_file() else 0
    return FileTask(path, name, sha256, key, described, size)


def _kept_parts(task: FileTask) -> Parts | None:
    """Return what an earlier build, or another process, parsed of a file, if it is kept."""
    inputs = kept_inputs(task.key) if task.key else None
    return None if inputs is None else [(file.report, file) for file in inputs]


def _parts_of(advance: Callable[[float], None], task: FileTask) -> Parts:
    """Read a file, and keep what is parsed of it."""
    read = list(_read_file(task.path, task.name, task.described, advance))
    for report, _ in read:
        report.sha256 = task.sha256
    give_back_memory(sum(file.rows for _, file in read if file))
    if task.size > LARGEST_HELD_TEXT:
        give_back_memory()
    if not task.key:
        return read
    inputs = [
        file and replace(file, key=f"{task.key}/{number}") for number, (_, file) in enumerate(read)
    ]
    whole = [file for file in inputs if file]
    # What was refused is looked at again: the fault may not lie in the file.
    if len(whole) == len(inputs) and task.size >= kept.LEAST:
        parts = [Part(f.parsed, f.report, f.edition, f.accepted, f.rows) for f in whole]
        keep_parts(task.key, parts)
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


def _keep(advance: Callable[[float], None], task: FileTask) -> None:
    """Read a file for another process, and keep what it will ask of it."""
    for _, file in _parts_of(advance, task):
        if file and file.parsed.kind in WITH_AREAS:
            areas_of(file)


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
    if "period_end" in parsed.frame and len(parsed.frame):
        last = parsed.frame["period_end"].max().date()
        edition, too_early = without_dates_before(last, edition)
        unread_dates += too_early
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
