"""Many documents: made, checked and published; an index page; an honest account.

A failed page never stops the others and never touches what an earlier run made.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ineqlib.errors import RenderError
from ineqlib.files import retry_while_in_use, write_text
from ineqlib.pack import Pack
from ineqlib.processes import WorkerEnded
from ineqlib.processes.channel import start_thread
from ineqlib.publish.dask_connection import Cluster
from ineqlib.publish.index import NOT_MADE, write_index
from ineqlib.publish.manifest import FAILED, MANIFEST, PREVIOUS, READY, Entry, Manifest
from ineqlib.publish.output_folder import OutputFolder
from ineqlib.publish.plan import UNREADABLE, Plan, manifest_in, plan
from ineqlib.publish.run_file import Run
from ineqlib.publish.staleness import Selection, Task, pack_sha256, stale_tasks
from ineqlib.publish.target import Target

if TYPE_CHECKING:
    from ineqlib.publish.dask_backend import DaskBackend
    from ineqlib.publish.local_backend import LocalBackend

SECONDS = 600
MEMORY = 4 << 30


@dataclass(frozen=True)
class Outcome:
    """What became of one page.

    Parameters
    ----------
    status
        ``ready``, ``failed`` or ``not made``.
    summary
        The document in one line, or why there is none.
    is_new
        Whether this batch made it, or tried; False for what was there already.
    """

    target: Target
    status: str
    summary: str
    is_new: bool = True


@dataclass(frozen=True)
class Batch:
    """What became of a run.

    Parameters
    ----------
    index
        The index page.
    outcomes
        One per page, in the order of the run.
    notes
        What happened besides, in words.
    """

    index: Path
    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...] = ()

    @property
    def made(self) -> list[Outcome]:
        """The pages this batch made."""
        return [outcome for outcome in self.outcomes if outcome.is_new and outcome.status == READY]

    @property
    def failed(self) -> list[Outcome]:
        """The pages this batch could not make."""
        return [outcome for outcome in self.outcomes if outcome.is_new and outcome.status == FAILED]


def render_batch(
    planned: Plan | Run | str | Path,
    *,
    workers: int | Cluster | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    choose: Selection | None = None,
    progress: Callable[[Outcome], None] = lambda _: None,
) -> Batch:
    """Make what a run lacks, or what is chosen of it, and the index page.

    Parameters
    ----------
    planned
        A plan (which has its own choice), a run, or a run's file.
    workers
        Pages at a time, the number of cores by default; or other machines.
    seconds, memory
        Time, and bytes beyond what all share, that one page may take. Only Linux can hold a
        process to its memory.
    choose
        Which pages to make; by default those missing, failed or changed.
    progress
        Called as each page is done.

    Returns
    -------
    Batch
        Failures are in it, they do not raise: the other pages are there.

    Raises
    ------
    ParameterError, PackError, InputError
        Something is wrong with what was asked; nothing was rendered.
    OutputError
        The folder cannot be written, is full, or another batch is at work in it.
    ClusterError
        The other machines cannot be reached or were lost.
    RenderError
        What makes the pages was lost again and again before it was ready.
    """
    planned = planned if isinstance(planned, Plan) else plan(planned, choose=choose)
    run, pack = planned.run, planned.pack
    with OutputFolder(run.out) as folder:
        manifest, notes = manifest_in(run.out)
        if notes:
            # The other stays until it is replaced: without one the folder would not be ours.
            retry_while_in_use(lambda: shutil.copyfile(run.out / MANIFEST, run.out / UNREADABLE))
        tasks, problems = planned.tasks, {}
        if manifest != planned.manifest:  # another batch was here since the plan
            tasks = stale_tasks(planned.targets, pack, run.out, manifest, planned.choose)
        if tasks:
            _begin(run, pack, manifest, tasks)
            # Heavy, and needed only where something is to be made.
            from ineqlib.publish.scheduler import Scheduler  # noqa: PLC0415

            # What draws the index's map takes long to import, and this thread is about to wait.
            start_thread(import_module, "ineqlib.publish.index_page")
            targets = {target.key: target for target in planned.targets}
            with _backend(planned, tasks, workers, seconds, memory) as backend:
                scheduler = Scheduler(run, pack, folder, manifest, backend)
                problems = scheduler.problems
                scheduler.work(
                    tasks, lambda entry: progress(_outcome(targets[entry.key], entry, problems))
                )
                notes += tuple(sorted(backend.notes))
        index = write_index(run, pack, planned.targets, manifest)
        if not manifest.is_finished:
            manifest.is_finished = True
            manifest.write(run.out)
    new = {task.target.key for task in tasks}
    outcomes = tuple(
        _outcome(target, manifest.entries.get(target.key), problems, target.key in new)
        for target in planned.targets
    )
    return Batch(index, outcomes, notes)


def _backend(
    planned: Plan,
    tasks: tuple[Task, ...],
    workers: int | Cluster | None,
    seconds: float,
    memory: int,
) -> "LocalBackend | DaskBackend":
    """Start what makes the pages, here or on other machines."""
    from ineqlib.publish.dask_backend import DaskBackend  # noqa: PLC0415
    from ineqlib.publish.local_backend import Limits, LocalBackend  # noqa: PLC0415

    count = workers.workers if isinstance(workers, Cluster) else workers
    limits = Limits(min(count or os.cpu_count() or 1, len(tasks)), seconds, memory)
    first = tasks[0].target
    example = (first.document.name, first.subject.code)
    if isinstance(workers, Cluster):
        return DaskBackend(workers, limits, planned.pack, planned.run.pack, example)
    try:
        return LocalBackend(limits, planned.pack.path, example)
    except WorkerEnded as error:
        raise RenderError(
            f"{error} Nothing was made. Free some memory, or ask for fewer --workers, and run the "
            "same command again."
        ) from error


def _begin(run: Run, pack: Pack, manifest: Manifest, tasks: tuple[Task, ...]) -> None:
    """Keep the manifest of what is about to be replaced, and say that a batch is at work."""
    if manifest.is_finished and any(task.rests_on_other for task in tasks):
        write_text(run.out / PREVIOUS, (run.out / MANIFEST).read_text(encoding="utf-8"))
    manifest.pack = {"title": pack.title, "sha256": pack_sha256(pack)}
    manifest.is_finished = False
    manifest.write(run.out)


def _outcome(
    target: Target, entry: Entry | None, problems: dict[str, str], is_new: bool = True
) -> Outcome:
    """Say what became of a page; why it failed now in full, what is published has no paths."""
    if entry is None:
        return Outcome(target, NOT_MADE, "", is_new)
    problem = problems.get(target.key, entry.problem)
    words = problem if entry.status == FAILED else entry.summary
    return Outcome(target, entry.status, words, is_new)
