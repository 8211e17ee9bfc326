"""Areas made, checked and published, several at a time; what goes wrong with one is its alone."""

import queue
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ineqlib.briefing.changes import Todo, inputs_now, pack_sha256, recipe
from ineqlib.briefing.folder import OutputFolder, cannot_write
from ineqlib.briefing.manifest import FAILED, READY, Entry, Manifest
from ineqlib.briefing.render import BOOK, PAGE, Failure, Job, Made, file_stem, kept_name
from ineqlib.briefing.runs import Run
from ineqlib.briefing.worker import check_one, make_one, make_ready
from ineqlib.errors import OutputError, PackError
from ineqlib.pack import Area, Pack
from ineqlib.workers import JobFailed, TimeLimit, WorkerEnded, Workers

LOOK = 0.5
"""Seconds between looks at the keyboard: on Windows, waiting cannot be interrupted."""

USUAL = 8_000_000
"""Bytes a briefing takes, where none has been made yet."""

TRIES = 2


@dataclass(frozen=True)
class Limits:
    """What a batch and each of its briefings may take.

    Parameters
    ----------
    workers
        Briefings at a time.
    seconds
        Time for each.
    memory
        Bytes for each, beyond what all share.
    """

    workers: int
    seconds: float
    memory: int


class Crew:
    """Makes what is to be made and keeps the manifest.

    Parameters
    ----------
    run, pack
        What is made, from what.
    folder
        Where to; it is held already.
    manifest
        What is there; it grows.
    limits
        What the batch may take.
    """

    def __init__(
        self, run: Run, pack: Pack, folder: OutputFolder, manifest: Manifest, limits: Limits
    ) -> None:
        self._run, self._pack, self._folder = run, pack, folder
        self._manifest, self._limits = manifest, limits
        self._recipe, self._pack_sha256 = recipe(run), pack_sha256(pack)
        self._publishing = threading.Lock()
        self._stopped = False
        self._left = 0

    def work(self, todo: tuple[Todo, ...], progress: Callable[[Entry], None]) -> None:
        """Make all areas; each one's entry is given to `progress` when it is done.

        Raises
        ------
        OutputError, PackError
            The disk is full, or the pack was replaced: nothing more was published.
        """
        self._left = len(todo)
        waiting: queue.SimpleQueue[Todo] = queue.SimpleQueue()
        done: queue.SimpleQueue[Entry | BaseException] = queue.SimpleQueue()
        for each in todo:
            waiting.put(each)
        count = min(self._limits.workers, len(todo))
        prepare = partial(make_ready, self._pack.path, todo[0].area.code)
        with Workers(count, prepare=prepare) as workers:
            for _ in range(count):
                # These end with the program, whatever they wait for.
                threading.Thread(
                    target=self._member, args=(workers, waiting, done), daemon=True
                ).start()
            try:
                for _ in todo:
                    result = _next(done)
                    if isinstance(result, BaseException):
                        raise result
                    progress(result)
            finally:
                with self._publishing:  # whoever is publishing ends that first
                    self._stopped = True

    def _member(self, workers: Workers, waiting: Any, done: Any) -> None:
        while not self._stopped:
            try:
                area = waiting.get_nowait().area
            except queue.Empty:
                return
            try:
                result: Entry | BaseException | None = self._one(workers, area)
            except OSError as error:
                result = OutputError(cannot_write(self._run.out, error))
            except BaseException as error:
                result = error
            if result is not None:
                done.put(result)

    def _one(self, workers: Workers, area: Area) -> Entry | None:
        """Make one area; None where the batch was stopped meanwhile."""
        self._folder.require_room(self._needed(self._limits.workers), self._left)
        name = file_stem(area)
        folder = self._folder.stage(name)
        job = Job(self._run.notebook, self._pack.path, area, self._run.parameters, folder)
        result = self._make(workers, job)
        if isinstance(result, Made):
            result = self._check(workers, job, result) or result
        with self._publishing:
            if self._stopped:
                return None
            self._require_same_pack()
            entry = self._settle(job, result)
            self._manifest.put(entry)
            self._manifest.write(self._run.out)
            self._left -= 1
        shutil.rmtree(folder, ignore_errors=True)
        return entry

    def _make(self, workers: Workers, job: Job) -> Made | Failure:
        limits = self._limits
        for _ in range(TRIES):
            self._folder.stage(job.folder.name)
            try:
                return workers.run(make_one, job, seconds=limits.seconds, memory=limits.memory)
            except WorkerEnded:
                continue
            except TimeLimit:
                return Failure(
                    f"The notebook took longer than {limits.seconds:g} seconds and was ended at "
                    "{where}.",
                    "mend the cause, or give it more time (`--seconds`), and render again",
                )
            except JobFailed as error:
                return Failure(f"Something failed at {{where}}: {_last_line(error)}")
        return Failure(
            f"The notebook's process ended {TRIES} times at {{where}}: it was killed, ran out of "
            "memory, or left Python by itself."
        )

    def _check(self, workers: Workers, job: Job, made: Made) -> Failure | None:
        others = {
            code: entry.headline
            for code, entry in list(self._manifest.entries.items())
            if code != job.area.code
        }
        for _ in range(TRIES):
            try:
                found = workers.run(check_one, job, made, others, seconds=self._limits.seconds)
            except WorkerEnded:
                continue
            except (TimeLimit, JobFailed) as error:
                return Failure(f"The page could not be checked: {_last_line(error)}")
            if found:
                return Failure(f"The page was refused and is not published: {' '.join(found)}")
            return None
        return Failure(f"The page could not be checked: its process ended {TRIES} times.")

    def _settle(self, job: Job, result: Made | Failure) -> Entry:
        """Publish what was made, or keep what failed; return the area's entry."""
        if isinstance(result, Failure):
            if result.fills_disk:
                raise OutputError(self._folder.is_full(self._needed(self._left), self._left))
            return self._failed(job, result)
        stem = file_stem(job.area)
        pages = {f"{stem}.html": job.folder / PAGE, f"{stem}.ipynb": job.folder / BOOK}
        try:
            files = self._folder.publish(pages)
        except PermissionError as error:
            name = error.filename2 or error.filename or stem
            return self._failed(
                job,
                Failure(
                    f"{name} cannot be replaced: it is open in another program, or protected.",
                    "close it and run the same command again",
                ),
            )
        (self._run.out / kept_name(job.area)).unlink(missing_ok=True)
        return Entry(
            job.area.code,
            job.area.name,
            READY,
            result.summary,
            files,
            self._recipe,
            inputs_now(self._pack.meta.tables, self._pack),
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

    def _needed(self, briefings: int) -> int:
        """Bytes that many briefings may take, going by the largest there is."""
        sizes = [entry.bytes for entry in list(self._manifest.entries.values())]
        return max([*sizes, 0]) * briefings or USUAL * briefings


def _next(done: Any) -> Any:
    while True:
        try:
            return done.get(timeout=LOOK)
        except queue.Empty:
            continue


def _last_line(error: Exception) -> str:
    return str(error).strip().rpartition("\n")[2]
