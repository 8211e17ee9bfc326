"""A batch's scheduler ends in words whatever befalls it, and waits for nothing that is lost."""

import errno
import threading
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ineqlib.briefings.kinds import find_area
from ineqlib.errors import ClusterError, OutputError
from ineqlib.pack import Pack
from ineqlib.processes import WorkerEnded
from ineqlib.publish import dask_connection, dask_worker
from ineqlib.publish.dask_connection import Connection
from ineqlib.publish.dask_worker import BatchSpec
from ineqlib.publish.job import Failure
from ineqlib.publish.local_backend import Limits, LocalBackend
from ineqlib.publish.manifest import Manifest
from ineqlib.publish.output_folder import OutputFolder
from ineqlib.publish.scheduler import Scheduler
from ineqlib.publish.staleness import Task
from ineqlib.publish.target import DocumentRequest, Target

from .conftest import EXAMPLE, FIRST, MEMORY, SECOND, SECONDS, run

FULL = OSError(errno.ENOSPC, "No space left on device")
GONE = OSError(errno.EIO, "Input/output error")


def fail(error: BaseException) -> Any:
    def failing(*_: object) -> None:
        raise error

    return failing


@pytest.fixture
def tasks(demo_pack: Pack) -> Any:
    request = DocumentRequest("book", demo_pack.path)
    targets = (Target(request, find_area(demo_pack, code)) for code in (FIRST, SECOND))
    return tuple(Task(target, "") for target in targets)


def scheduler_of(tmp_path: Path, pack: Pack, folder: Any, backend: Any) -> Scheduler:
    asked = run(tmp_path, pack, areas=(FIRST, SECOND))
    return Scheduler(asked, pack, folder, Manifest(), backend)


def test_a_full_disk_that_is_gone_when_it_is_asked_for_its_size_ends_the_batch(
    tmp_path: Path, demo_pack: Pack, tasks: Any
) -> None:
    folder: Any = SimpleNamespace(has_room=fail(FULL), is_full=fail(GONE))
    made = scheduler_of(tmp_path, demo_pack, folder, SimpleNamespace(at_once=2))
    with pytest.raises(OSError, match="Input/output error"):
        made.work(tasks, lambda _: None)


def test_ctrl_c_while_it_waits_for_what_is_being_published_still_stops_it(
    tmp_path: Path, demo_pack: Pack, tasks: Any
) -> None:
    """What half the processes made while they were being ended must not count as failed."""

    class Impatient:
        def __enter__(self) -> None:
            if threading.current_thread() is threading.main_thread():
                raise KeyboardInterrupt
            raise OutputError("the first")

        def __exit__(self, *_: object) -> None:
            """Nothing is held."""

    with OutputFolder(tmp_path / "out") as folder:
        backend = SimpleNamespace(at_once=1, make=lambda *_: Failure("lost"))
        made = scheduler_of(tmp_path, demo_pack, folder, backend)
        made._publishing = Impatient()  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            made.work(tasks, lambda _: None)
    assert made._stopped


def test_where_no_process_can_be_started_a_batch_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LocalBackend, "_start", fail(BlockingIOError("no room")))
    with pytest.raises(WorkerEnded, match="No process could be started: no room"):
        LocalBackend(Limits(1, SECONDS, MEMORY), tmp_path, EXAMPLE)


def test_a_scheduler_that_hangs_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its connection stays, and what it is asked has no end."""
    never = threading.Event()
    hung: Any = SimpleNamespace(
        wait_for_workers=lambda *_, **__: never.wait(), run=lambda *_, **__: never.wait()
    )
    monkeypatch.setattr(dask_connection, "_client", lambda *_: nullcontext(hung))
    monkeypatch.setattr(dask_connection, "NO_WORKER_TIMEOUT", 0.1)
    monkeypatch.setattr(dask_connection, "REPLY_TIMEOUT", 0.1)
    with pytest.raises(ClusterError, match="not answered"):
        Connection("tcp://somewhere:1", 1)
    Connection.run_on_each(SimpleNamespace(_client=hung), print)  # type: ignore[arg-type]
    never.set()


def test_hands_on_another_machine_stay_for_as_long_as_their_own_briefings_may_take(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, closed = [0.0], []

    class Idle:
        def __init__(self, limits: Limits, *_: object, **__: object) -> None:
            self.limits = limits

        def close(self) -> None:
            closed.append(self.limits.seconds)

    monkeypatch.setattr(dask_worker, "LocalBackend", Idle)
    monkeypatch.setattr(dask_worker, "worker_threads", lambda: 1)
    monkeypatch.setattr(dask_worker, "_backends", {})
    monkeypatch.setattr(dask_worker, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def come(batch: str, seconds: float) -> None:
        sha256 = dask_worker.pack_sha256(demo_pack)
        place = str(demo_pack.path)
        spec = BatchSpec(batch, dask_worker.library(), place, sha256, EXAMPLE, seconds, MEMORY)
        assert dask_worker.prepare_worker(spec) == ""

    come("slow", 7200)
    now[0] = 7000
    come("quick", 60)
    assert closed == []
    now[0] = 8000
    come("another", 60)
    assert closed == [60]


def test_a_file_that_a_killed_notebooks_program_still_has_open_fails_its_area_alone() -> None:
    backend = object.__new__(LocalBackend)
    backend._limits = Limits(1, SECONDS, MEMORY)
    job: Any = SimpleNamespace(clear=fail(PermissionError(errno.EACCES, "denied", "left.txt")))
    failure = backend.make(job, 0)
    assert isinstance(failure, Failure)
    assert failure.what.startswith("left.txt is still open in a program")
