"""What a Dask worker does for a batch: make ready, then make and check pages by a local backend.

A notebook never runs in the worker itself, whose threads make it unfit for forking.
"""

import contextlib
import multiprocessing
import platform
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ineqlib.document.subject import Subject
from ineqlib.document.verify.page import Other
from ineqlib.errors import ClusterError
from ineqlib.pack import open_pack
from ineqlib.processes import JobFailed, WorkerEnded
from ineqlib.publish.dask_connection import worker_threads
from ineqlib.publish.job import BOOK, PAGE, Failure, Job, PageReport
from ineqlib.publish.local_backend import TRIES, Limits, LocalBackend
from ineqlib.publish.staleness import library, pack_sha256

Files = dict[str, bytes]
"""File name -> content."""
IDLE = 900.0
"""Seconds unused after which a backend was left by a batch that is gone."""


@dataclass(frozen=True)
class BatchSpec:
    """What a worker has to know to take part in a batch.

    Parameters
    ----------
    batch
        Names the batch.
    library
        What every page must be made with.
    pack, pack_sha256
        Where the pack is, and which it must be.
    example
        Kind of document and code of its subject to make ready with.
    seconds, memory
        As of `Limits`.
    """

    batch: str
    library: str
    pack: str
    pack_sha256: str
    example: tuple[str, str]
    seconds: float
    memory: int


@dataclass(frozen=True)
class JobPayload:
    """A job on its way; as plain text and bytes, for the other side may be another system.

    Parameters
    ----------
    subject, parameters, checked_apart, also
        As of `Job`.
    notebook
        Its file name and content.
    named
        Parameter -> file name and content of the file it names.
    files
        What is in the job's folder.
    """

    subject: Subject
    parameters: dict[str, Any]
    checked_apart: bool
    notebook: tuple[str, bytes]
    named: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    also: tuple[str, ...] = ()


class _WorkerBackend:
    """The local backend of one batch on this machine."""

    used: float
    """When it was asked for last."""

    def __init__(self, spec: BatchSpec) -> None:
        threads = worker_threads()
        pack = open_pack(spec.pack)
        if pack_sha256(pack) != spec.pack_sha256:
            raise ClusterError(f"the pack at {spec.pack} is not the same there.")
        limits = Limits(threads, spec.seconds, spec.memory)
        # Dask marks its workers as processes that may have none of their own.
        multiprocessing.current_process().daemon = False
        self.pack = pack.path
        self.backend = LocalBackend(limits, pack.path, spec.example, checks_too=False)
        self.idle_seconds = max(IDLE, TRIES * spec.seconds)
        self._free_renderers: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(threads):
            self._free_renderers.put(number)

    @contextlib.contextmanager
    def renderer(self) -> Iterator[int]:
        """Lend the number of a renderer that no other job uses."""
        number = self._free_renderers.get()
        try:
            yield number
        finally:
            self._free_renderers.put(number)


_backends: dict[str, _WorkerBackend] = {}
_lock = threading.Lock()


def prepare_worker(spec: BatchSpec) -> str:
    """Make this Dask worker ready for a batch; return what is wrong with it, in words."""
    if library() != spec.library:
        return _other_library(spec)
    _worker_backend(spec)
    return ""


def _other_library(spec: BatchSpec) -> str:
    installed, wanted = library().split(", "), spec.library.split(", ")
    return (
        f"it has {', '.join(part for part in installed if part not in wanted)} where the batch has "
        f"{', '.join(part for part in wanted if part not in installed)}"
    )


def make_on_worker(
    spec: BatchSpec, payload: JobPayload
) -> tuple[PageReport | Failure, Files, set[str]]:
    """Make a page in a fresh process of this machine; return its files and notes too."""
    worker = _worker_backend(spec)
    try:
        with _unpacked_job(payload, worker.pack) as job, worker.renderer() as number:
            result = worker.backend.make(job, number)
            if isinstance(result, PageReport):
                names = [PAGE, BOOK]
            else:
                result = replace(result, fills_disk=False)  # that disk is not the batch's
                names = [path.name for path in job.folder.iterdir()]
            files = {name: (job.folder / name).read_bytes() for name in names}
            return result, files, set(worker.backend.notes)
    except OSError as error:
        return _cannot_work(error), {}, set()


def check_on_worker(
    spec: BatchSpec, payload: JobPayload, report: PageReport, others: dict[str, Other]
) -> tuple[Failure | None, Files]:
    """Check a page in a fresh process of this machine; return what was made besides, too."""
    worker = _worker_backend(spec)
    try:
        with _unpacked_job(payload, worker.pack) as job, worker.renderer() as number:
            failure = worker.backend.check(job, report, others, number)
            also = [path for path in job.folder.iterdir() if path.name != PAGE] if job.also else []
            return failure, {path.name: path.read_bytes() for path in also}
    except OSError as error:
        return _cannot_work(error), {}


def _cannot_work(error: OSError) -> Failure:
    return Failure(
        f"{platform.node()} could not keep its files: {error}.",
        "free some space there, or take that worker away, and render again",
    )


def release(batch: str) -> None:
    """End the local backend of a batch."""
    worker = _backends.pop(batch, None)
    if worker is not None:
        worker.backend.close()


def _worker_backend(spec: BatchSpec) -> _WorkerBackend:
    """Return the backend of a batch; a worker that came late, or again, makes ready first."""
    with _lock:
        if spec.batch not in _backends:
            for batch, worker in list(_backends.items()):
                if time.monotonic() - worker.used > worker.idle_seconds:
                    release(batch)
            if library() != spec.library:
                raise ClusterError(f"A worker came late: {_other_library(spec)}.")
            try:
                _backends[spec.batch] = _WorkerBackend(spec)
            except (JobFailed, WorkerEnded) as error:
                words = str(error).strip().rpartition("\n")[2]
                raise ClusterError(f"{platform.node()} could not make ready: {words}") from error
        _backends[spec.batch].used = time.monotonic()
        return _backends[spec.batch]


@contextlib.contextmanager
def _unpacked_job(payload: JobPayload, pack: Path) -> Iterator[Job]:
    with TemporaryDirectory(prefix="ineqlib-", ignore_cleanup_errors=True) as place:
        beside, folder = Path(place) / "beside", Path(place) / "made"
        beside.mkdir()
        folder.mkdir()
        name, content = payload.notebook
        (beside / name).write_bytes(content)
        parameters = dict(payload.parameters)
        for parameter, (file_name, file_content) in payload.named.items():
            file = beside / parameter / file_name
            file.parent.mkdir()
            file.write_bytes(file_content)
            parameters[parameter] = str(file)
        for file_name, file_content in payload.files.items():
            (folder / file_name).write_bytes(file_content)
        apart = payload.checked_apart
        yield Job(beside / name, pack, payload.subject, parameters, folder, apart, payload.also)
