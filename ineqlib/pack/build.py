"""Building a pack from a folder of published files."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from ineqlib.errors import OutputError
from ineqlib.geography.own_areas import OwnAreas
from ineqlib.pack.assemble import assemble
from ineqlib.pack.descriptions import (
    never_met,
    own_areas,
    read_descriptions,
    without_dates_to_come,
)
from ineqlib.pack.faults import without_culprits
from ineqlib.pack.figures import alike_remarks, undecided_remarks
from ineqlib.pack.folder import list_files
from ineqlib.pack.geography import without_district, without_name
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.kept import DamagedEntry, Files, nothing_taken
from ineqlib.pack.model import PackMeta
from ineqlib.pack.place import holding, require_place
from ineqlib.pack.provenance import Records, note_origins, provenance_of
from ineqlib.pack.read_ahead import Progress
from ineqlib.pack.reading import hashes_of, read_files
from ineqlib.pack.report import BuildReport, NothingToBuild
from ineqlib.pack.unchanged import fingerprint, unchanged
from ineqlib.pack.write import write_pack
from ineqlib.periods import period_label
from ineqlib.sources.memory import give_back_memory, rare_collections


@dataclass(frozen=True)
class _Task:
    """What is built of what.

    Parameters
    ----------
    made_from
        See `fingerprint`.
    is_described
        Whether the descriptions are those of a file that was named.
    remarks
        What is said of files that are not read, and of descriptions.
    """

    out: Path
    title: str
    made_from: str
    folder: Path
    files: list[Path]
    hashes: dict[Path, str]
    described: dict[str, dict[str, str]]
    is_described: bool
    remarks: tuple[str, ...]
    own: OwnAreas
    fetched: Records
    today: pd.Timestamp
    progress: Progress


def build(  # noqa: PLR0913 (four of them files and folders)
    folder: str | Path,
    out: str | Path,
    *,
    title: str | None = None,
    describe: str | Path | None = None,
    areas: str | Path | None = None,
    progress: Progress = lambda _name, _more, _of: None,
    today: date | None = None,
) -> BuildReport:
    """Build a pack from every file under a folder that is in a known layout.

    Parameters
    ----------
    folder
        Where the files are; they are recognised by content, whatever their names.
    out
        Folder of the pack; an earlier pack there is replaced once the new one is complete.
    title
        Of the pack, as briefings print it; None takes the name of its folder.
    describe
        YAML file that states what the layouts of some files leave out, by file name. None reads
        ``params/describe/*.yml`` under the current folder.
    areas
        YAML file of areas of one's own; None takes an ``areas.yml`` beside the descriptions.
    progress
        Called with the name of a file, how many more of its bytes were read, and those of all.
    today
        No figure, code, lookup or map is of a later day; None asks the clock.

    Returns
    -------
    BuildReport
        What became of every file; also kept in the pack.

    Raises
    ------
    InputError
        The folder, the description or the areas cannot be read, or no file gives a figure.
    ParameterError
        A part of an area of one's own is unknown or no more, or two parts overlap.
    OutputError
        The pack's place holds the files themselves or something else that is not a pack of ours,
        cannot be written, or another build is at work there.
    """
    folder, out = Path(folder), Path(out)
    files, left_out = list_files(folder)
    _require_own_place(out, folder)
    day = pd.Timestamp(today or date.today())
    described, dates_to_come = without_dates_to_come(
        read_descriptions(Path(describe) if describe else None), day.date()
    )
    remarks = (*left_out, *dates_to_come)
    own = own_areas(Path(areas) if areas else None, Path(describe) if describe else None)
    hashes = hashes_of(files)
    fetched = provenance_of(folder)
    stated = [remarks, described, bool(describe), str(day.date()), repr(own), fetched]
    made_from = fingerprint(folder, hashes, stated)
    if before := unchanged(out, title or out.name, made_from):
        return before
    task = _Task(
        out=out,
        title=title or out.name,
        made_from=made_from,
        folder=folder,
        files=files,
        hashes=hashes,
        described=described,
        is_described=bool(describe),
        remarks=remarks,
        own=own,
        fetched=fetched,
        today=day,
        progress=progress,
    )
    with holding(out), rare_collections():
        give_back_memory()  # of what the process did before, such as fetching
        with suppress(DamagedEntry), Helpers() as helpers:
            return _built(task, helpers)
        with nothing_taken(), Helpers() as helpers:
            return _built(task, helpers)


def _require_own_place(out: Path, folder: Path) -> None:
    """Refuse a place for the pack that is not ours, before any file is read."""
    if folder.resolve().is_relative_to(out.resolve()):
        raise OutputError(
            f"{out} holds the files the pack is to be built from ({folder}), and a pack is a "
            "folder of its own. Choose another folder with --out, such as data/packs/mine."
        )
    require_place(out)


def _built(task: _Task, helpers: Helpers) -> BuildReport:
    """Read the files, make the tables and write them."""
    inputs, reports = read_files(
        task.folder, task.files, task.described, task.progress, task.hashes, helpers
    )
    inputs.sort(key=lambda file: file.order)
    give_back_memory()
    made = without_culprits(inputs, partial(assemble, today=task.today, helpers=helpers))
    inputs.clear()  # what was parsed takes as much memory as the tables
    figures, areas = made.figures, made.areas
    tables: Mapping[str, pd.DataFrame | Files] = made.tables
    about_own: tuple[str, ...] = ()
    if task.own:
        from ineqlib.geography.tables import with_own_areas  # noqa: PLC0415 (it loads SciPy)

        tables, about_own = with_own_areas(made.whole_tables(), task.own)
    give_back_memory(figures.rows)
    for report in reports:
        report.settle()
    note_origins(reports, task.fetched)
    names = [report.name for report in reports]
    remarks = (
        *undecided_remarks(figures.undecided()),
        *alike_remarks(figures.indicators),
        *without_district(areas),
        *without_name(figures.codes, areas),
        *(never_met(task.described, names) if task.is_described else ()),
        *task.remarks,
        *about_own,
    )
    told = BuildReport(task.out, tuple(reports), remarks)
    if not figures.rows:
        raise NothingToBuild(
            f"None of the {len(task.files)} file(s) in {task.folder} gives a figure, so no pack "
            f"was written.{told.without_figures()}",
            told,
        )
    meta = PackMeta(
        title=task.title,
        fictional=False,
        vintage=_vintage(figures.days, task.today),
        inputs=tuple(report.as_json() for report in reports),
        remarks=remarks,
        made_from=task.made_from,
    )
    write_pack(task.out, tables, meta, made.ahead)
    return told


def _vintage(days: list[str], today: pd.Timestamp) -> str:
    """Say how far the figures go; projections that a description accepts are none."""
    ended = [day for day in map(pd.Timestamp, days) if day <= today]
    last = max(ended, default=today)
    return f"figures up to {period_label(last, last)}"
