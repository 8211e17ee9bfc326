"""Areas made, checked and published, several at a time; what goes wrong with one is its alone."""

import contextlib
import queue
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from ineqlib.errors import InputError, OutputError, PackError
from ineqlib.pack import Area, Pack
from ineqlib.publish.job import BOOK, PAGE, Failure, Job, Made, file_stem, kept_name
from ineqlib.publish.manifest import FAILED, READY, Entry, Manifest
from ineqlib.publish.output_folder import FULL, OutputFolder, cannot_write, records
from ineqlib.publish.run_file import Run
from ineqlib.publish.staleness import Task, inputs_of, pack_sha256, recipe

LOOK = 0.5
"""Seconds between looks at the keyboard: on Windows, waiting cannot be interrupted."""

APART = 25
"""Of so many briefings, the first is checked without what all areas share.

Were that wrong, maker and checker would both believe it; to work it out anew takes three times as
long as all the rest of a check.
"""

Records = dict[str, dict[str, Any]]

USUAL = 8_000_000
"""Bytes a briefing takes, where none has been made yet."""


class Backend(Protocol):
    """What makes and checks briefings, here or on other machines; used by several threads."""

    at_once: int
    """How many briefings at a time."""

    def make(self, job: Job, which: int) -> Made | Failure:
        """Make a briefing into the job's folder; `which` of those that are made at a time it is."""

    def check(self, job: Job, made: Made, others: dict[str, str], which: int) -> Failure | None:
        """Check it where none of that is left, beside the headlines of the other areas."""


class Scheduler:
    """Makes what is to be made and keeps the manifest.

    Parameters
    ----------
    run, pack
        What is made, from what.
    folder
        Where to; it is held already.
    manifest
        What is there; it grows.
    backend
        What makes and checks the briefings.
    """

    def __init__(
        self, run: Run, pack: Pack, folder: OutputFolder, manifest: Manifest, backend: Backend
    ) -> None:
        self._run, self._pack, self._folder = run, pack, folder
        self._manifest, self._backend = manifest, backend
        self._recipe, self._pack_sha256 = recipe(run), pack_sha256(pack)
        self._publishing = threading.Lock()
        self._stopped = False
        self._left = self._failures = self._made = 0

    def work(self, tasks: tuple[Task, ...], progress: Callable[[Entry], None]) -> None:
        """Make all areas; each one's entry is given to `progress` when it is done.

        Raises
        ------
        OutputError, PackError, InputError
            The disk is full, or the pack or the notebook was replaced: nothing more was published.
        """
        self._left = len(tasks)
        waiting: queue.SimpleQueue[tuple[Area, bool]] = queue.SimpleQueue()
        done: queue.SimpleQueue[Entry | BaseException] = queue.SimpleQueue()
        for number, each in enumerate(tasks):
            waiting.put((each.area, number % APART == 0))
        try:
            for which in range(min(self._backend.at_once, len(tasks))):
                # These end with the program, whatever they wait for.
                member = partial(self._member, which, waiting, done)
                threading.Thread(target=member, daemon=True).start()
            for _ in tasks:
                result = _next(done)
                if isinstance(result, BaseException):
                    raise result
                progress(result)
        finally:
            self._stopped = True
            with self._publishing:  # whoever is publishing ends that first
                pass
        self._look_again(tasks)

    def _member(self, which: int, waiting: Any, done: Any) -> None:
        while not self._stopped:
            try:
                area, apart = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                result: Entry | BaseException | None = self._told(which, area, apart)
            except BaseException as error:
                result = error
            if result is not None:
                done.put(result)

    def _told(self, which: int, area: Area, apart: bool) -> Entry | None:
        """Make one area, and put into words what the disk says."""
        try:
            return self._one(which, area, apart)
        except OSError as error:
            full = error.errno in FULL
            words = self._is_full() if full else cannot_write(self._run.out, error)
            raise OutputError(words) from error

    def _one(self, which: int, area: Area, apart: bool) -> Entry | None:
        """Make one area; None where the batch was stopped meanwhile."""
        if not self._folder.has_room(self._needed(min(self._backend.at_once, self._left))):
            raise OutputError(self._is_full())
        folder = self._folder.stage(file_stem(area))
        run = self._run
        job = Job(run.notebook, self._pack.path, area, run.parameters, folder, apart)
        result = self._backend.make(job, which)
        files: Records = {}
        if isinstance(result, Made):
            files = records(_pages(job))
            result = self._backend.check(job, result, self._headlines(area), which) or result
        with self._publishing:
            if self._stopped:
                return None
            self._require_same_pack()
            self._require_same_recipe()
            entry = self._settle(job, result, files)
            self._manifest.note(self._run.out, entry)
            self._left -= 1
            self._made += entry.status == READY
            self._failures += entry.status == FAILED
        shutil.rmtree(folder, ignore_errors=True)
        return entry

    def _headlines(self, area: Area) -> dict[str, str]:
        """Return the headlines of the other areas."""
        entries = list(self._manifest.entries.items())
        return {code: entry.headline for code, entry in entries if code != area.code}

    def _settle(self, job: Job, result: Made | Failure, files: Records) -> Entry:
        """Publish what was made, or keep what failed; return the area's entry."""
        if isinstance(result, Failure):
            if result.fills_disk:
                raise OutputError(self._is_full())
            return self._failed(job, result)
        pages = _pages(job)
        if records(pages) != files:
            return self._failed(
                job,
                Failure(
                    "The page was changed by something else while it was being checked, and is not "
                    "published",
                    f"have no notebook or other program write into {job.folder.parent}, and run "
                    "the same command again",
                ),
            )
        try:
            self._folder.publish(pages)
        except (PermissionError, IsADirectoryError) as error:
            name = error.filename2 or error.filename or file_stem(job.area)
            return self._failed(
                job,
                Failure(
                    f"{name} cannot be replaced: it is open in another program, or protected, or "
                    "a folder.",
                    "close it or move it away, and run the same command again",
                ),
            )
        with contextlib.suppress(PermissionError):  # open in another program; nothing links to it
            (self._run.out / kept_name(job.area)).unlink(missing_ok=True)
        return Entry(
            job.area.code,
            job.area.name,
            READY,
            result.summary,
            files,
            self._recipe,
            inputs_of(result.reads, self._pack),
            self._pack_sha256,
            result.headline,
            result.figures,
        )

    def _failed(self, job: Job, failure: Failure) -> Entry:
        kept = self._run.out / kept_name(job.area)
        job.keep(kept)
        before = self._manifest.entries.get(job.area.code)
        entry = before or Entry(job.area.code, job.area.name, FAILED)
        words = failure.words(job, kept)
        return replace(entry, status=FAILED, problem=words, kept=kept_name(job.area))

    def _require_same_pack(self) -> None:
        if pack_sha256(self._pack) != self._pack_sha256:
            raise PackError(
                f"The pack at {self._pack.path} was replaced while the batch was at work, so it "
                f"stopped with {self._left} briefing(s) to make. What was published rests on the "
                "earlier data. Run the same command again: it makes all that rests on what changed."
            )

    def _require_same_recipe(self) -> None:
        try:
            changed = recipe(self._run) != self._recipe
        except InputError:
            changed = True  # it is gone, or just being saved
        if changed:
            raise InputError(
                f"The notebook {self._run.notebook}, or a file its parameters name, was changed "
                "while the batch was at work, so it stopped with "
                f"{self._left} briefing(s) to make. What was published was made with what was "
                "there before. Run the same command again: it makes all with what is there now."
            )

    def _look_again(self, tasks: tuple[Task, ...]) -> None:
        """Have what did not stay as it was published count as failed."""
        for each in tasks:
            entry = self._manifest.entries[each.area.code]
            if entry.status == READY and not entry.is_as_published(self._run.out):
                words = (
                    "Its page or notebook was changed or removed by something else after it was "
                    f"published. Have no notebook or other program write into {self._run.out}, and "
                    "run the same command again."
                )
                failed = replace(entry, status=FAILED, problem=words)
                self._manifest.note(self._run.out, failed)

    def _is_full(self) -> str:
        needed = self._needed(self._failures + self._left)
        return self._folder.is_full(needed, self._made, self._failures, self._left)

    def _needed(self, briefings: int) -> int:
        """Bytes that many briefings may take, going by the largest there is."""
        sizes = [entry.bytes for entry in list(self._manifest.entries.values())]
        return max([*sizes, 0]) * briefings or USUAL * briefings


def _pages(job: Job) -> dict[str, Path]:
    """Return what was made, by the names it is published under."""
    stem = file_stem(job.area)
    return {f"{stem}.html": job.folder / PAGE, f"{stem}.ipynb": job.folder / BOOK}


def _next(done: Any) -> Any:
    while True:
        try:
            return done.get(timeout=LOOK)
        except queue.Empty:
            continue
