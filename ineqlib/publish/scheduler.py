"""Pages made, checked and published, several at a time; what goes wrong with one is its alone."""

import contextlib
import queue
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.document.verify.page import Other
from ineqlib.errors import InputError, OutputError, PackError
from ineqlib.pack import Pack
from ineqlib.publish.also import files_also, is_also
from ineqlib.publish.job import BOOK, PAGE, Backend, Failure, Job, PageReport
from ineqlib.publish.machine_paths import names_of, without_paths
from ineqlib.publish.manifest import FAILED, READY, Entry, Manifest
from ineqlib.publish.output_folder import FULL, OutputFolder, cannot_write, records
from ineqlib.publish.run_file import Run
from ineqlib.publish.staleness import Task, inputs_of, pack_sha256, recipe
from ineqlib.publish.target import Target

POLL = 0.5
"""Seconds between looks at the keyboard: on Windows, waiting cannot be interrupted."""

CHECKED_APART = 25
"""Of so many pages, the first is checked without what all subjects share.

Were that wrong, maker and checker would both believe it; to work it out anew takes three times as
long as all the rest of a check.
"""

Records = dict[str, dict[str, Any]]

USUAL_SIZE = 8_000_000
"""Bytes a page and its notebook take, where none has been made yet."""


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
        self._recipes = {request.key: recipe(request) for request in run.documents}
        self._pack_sha256 = pack_sha256(pack)
        self._publishing = threading.Lock()
        self._stopped = False
        self._left = self._failures = self._pages_made = 0
        self.problems: dict[str, str] = {}
        """Why pages failed, with the paths of this machine."""

    def work(self, tasks: tuple[Task, ...], progress: Callable[[Entry], None]) -> None:
        """Make all pages; each one's entry is given to `progress` when it is done.

        Raises
        ------
        OutputError, PackError, InputError
            The disk is full, or the pack or a notebook was replaced: nothing more was published.
        """
        self._left = len(tasks)
        waiting: queue.SimpleQueue[tuple[Target, bool]] = queue.SimpleQueue()
        done: queue.SimpleQueue[Entry | BaseException] = queue.SimpleQueue()
        for number, task in enumerate(tasks):
            waiting.put((task.target, number % CHECKED_APART == 0))
        try:
            for slot in range(min(self._backend.at_once, len(tasks))):
                # These end with the program, whatever they wait for.
                thread = partial(self._work_off, slot, waiting, done)
                threading.Thread(target=thread, daemon=True).start()
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

    def _work_off(self, slot: int, waiting: Any, done: Any) -> None:
        while not self._stopped:
            try:
                target, checked_apart = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                result: Entry | BaseException | None = self._entry(slot, target, checked_apart)
            except BaseException as error:
                result = error
            if result is not None:
                done.put(result)

    def _entry(self, slot: int, target: Target, checked_apart: bool) -> Entry | None:
        """Publish one page, and put into words what the disk says."""
        try:
            return self._publish(slot, target, checked_apart)
        except OSError as error:
            full = error.errno in FULL
            words = self._is_full() if full else cannot_write(self._run.out, error)
            raise OutputError(words) from error

    def _publish(self, slot: int, target: Target, checked_apart: bool) -> Entry | None:
        """Make, check and publish one page; None where the batch was stopped meanwhile."""
        if not self._folder.has_room(self._needed(min(self._backend.at_once, self._left))):
            raise OutputError(self._is_full())
        request = target.document
        folder = self._folder.stage(target.file_stem)
        job = Job(
            request.notebook,
            self._pack.path.absolute(),  # it is opened from the notebook's folder
            target.subject,
            request.parameters,
            folder,
            checked_apart,
            request.also,
        )
        result = self._backend.make(job, slot)
        files: Records = {}
        if isinstance(result, PageReport):
            files = records(_pages(target, job))
            result = self._backend.check(job, result, self._others(target), slot) or result
        with self._publishing:
            if self._stopped:
                return None
            self._require_same_pack()
            self._require_same_recipe(target)
            entry = self._settle(target, job, result, files)
            self._manifest.note(self._run.out, entry)
            self._left -= 1
            self._pages_made += entry.status == READY
            self._failures += entry.status == FAILED
        shutil.rmtree(folder, ignore_errors=True)
        return entry

    def _others(self, target: Target) -> dict[str, Other]:
        """Return what the same document says first of the other subjects, by their codes."""
        return {
            entry.subject_code: Other(entry.subject_name, entry.opening)
            for entry in list(self._manifest.entries.values())
            if entry.document == target.document.key and entry.key != target.key
        }

    def _settle(
        self, target: Target, job: Job, result: PageReport | Failure, files: Records
    ) -> Entry:
        """Publish what was made, or keep what failed; return its entry."""
        if isinstance(result, Failure):
            if result.fills_disk:
                raise OutputError(self._is_full())
            return self._failed(target, job, result)
        pages = _pages(target, job)
        if records(pages) != files:
            return self._failed(
                target,
                job,
                Failure(
                    "The page was changed by something else while it was being checked, and is not "
                    "published",
                    f"have no notebook or other program write into {job.folder.parent}, and run "
                    "the same command again",
                ),
            )
        also = files_also(job.folder, target.file_stem) if job.also else {}
        files = files | records(also)
        try:
            self._folder.publish(pages | also)
        except (PermissionError, IsADirectoryError) as error:
            name = error.filename2 or error.filename or target.file_stem
            return self._failed(
                target,
                job,
                Failure(
                    f"{name} cannot be replaced: it is open in another program, or protected, or "
                    "a folder.",
                    "close it or move it away, and run the same command again",
                ),
            )
        self._remove_others(target, files)
        if self._earlier(target).kept:
            with contextlib.suppress(PermissionError):  # open elsewhere; nothing links to it
                (self._run.out / target.kept_name).unlink(missing_ok=True)
        return Entry(
            document=target.document.key,
            subject_code=target.subject.code,
            subject_name=target.subject.name,
            status=READY,
            summary=result.summary,
            files=files,
            recipe=self._recipes[target.document.key],
            inputs=inputs_of(result.reads, self._pack),
            pack=self._pack_sha256,
            opening=result.opening,
            figures=result.figures,
        )

    def _remove_others(self, target: Target, files: Records) -> None:
        """Remove what was made besides the page before and is not any more."""
        for name in self._earlier(target).files.keys() - files:
            if is_also(name, target.file_stem):
                with contextlib.suppress(OSError):  # open elsewhere; nothing links to it
                    (self._run.out / name).unlink(missing_ok=True)

    def _failed(self, target: Target, job: Job, failure: Failure) -> Entry:
        kept = self._run.out / target.kept_name
        job.keep(kept)
        words = failure.words(job, kept)
        names = job.public_names({kept: target.kept_name, self._run.out: "."})
        earlier = replace(self._earlier(target), kept=target.kept_name)
        return self._with_problem(earlier, words, names)

    def _with_problem(self, entry: Entry, words: str, names: dict[str, str]) -> Entry:
        """Say why a page failed, in its entry as it may be published; keep the words."""
        self.problems[entry.key] = words
        return replace(entry, status=FAILED, problem=without_paths(words, names))

    def _earlier(self, target: Target) -> Entry:
        """Return what the manifest says of a page; that of one never tried where it has none."""
        subject = target.subject
        never = Entry(target.document.key, subject.code, subject.name, FAILED)
        return self._manifest.entries.get(target.key, never)

    def _require_same_pack(self) -> None:
        if pack_sha256(self._pack) != self._pack_sha256:
            raise PackError(
                f"The pack at {self._pack.path} was replaced while the batch was at work, so it "
                f"stopped with {self._left} page(s) to make. What was published rests on the "
                "earlier data. Run the same command again: it makes all that rests on what changed."
            )

    def _require_same_recipe(self, target: Target) -> None:
        request = target.document
        try:
            changed = recipe(request) != self._recipes[request.key]
        except InputError:
            changed = True  # it is gone, or just being saved
        if changed:
            raise InputError(
                f"The notebook {request.notebook}, or a file its parameters name, was changed "
                "while the batch was at work, so it stopped with "
                f"{self._left} page(s) to make. What was published was made with what was "
                "there before. Run the same command again: it makes all with what is there now."
            )

    def _look_again(self, tasks: tuple[Task, ...]) -> None:
        """Have what did not stay as it was published count as failed."""
        for task in tasks:
            entry = self._manifest.entries[task.target.key]
            if entry.status == READY and not entry.is_as_published(self._run.out):
                words = (
                    "Its page or notebook was changed or removed by something else after it was "
                    f"published. Have no notebook or other program write into {self._run.out}, and "
                    "run the same command again."
                )
                names = names_of({self._run.out: "its folder"})
                self._manifest.note(self._run.out, self._with_problem(entry, words, names))

    def _is_full(self) -> str:
        needed = self._needed(self._failures + self._left)
        return self._folder.is_full(needed, self._pages_made, self._failures, self._left)

    def _needed(self, pages: int) -> int:
        """Bytes that many pages and their notebooks may take, going by the largest there is."""
        sizes = [entry.bytes for entry in list(self._manifest.entries.values())]
        return (max(sizes, default=0) or USUAL_SIZE) * pages


def _pages(target: Target, job: Job) -> dict[str, Path]:
    """Return what was made, by the names it is published under."""
    stem = target.file_stem
    return {f"{stem}.html": job.folder / PAGE, f"{stem}.ipynb": job.folder / BOOK}


def _next(done: Any) -> Any:
    while True:
        try:
            return done.get(timeout=POLL)
        except queue.Empty:
            continue
