"""The crew of a batch ends in words whatever befalls it, and never waits for one that is lost."""

import errno
import threading
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ineqlib.batch import cluster, far_hands
from ineqlib.batch.cluster import Connection
from ineqlib.batch.crew import Crew
from ineqlib.batch.far_hands import Ticket
from ineqlib.batch.folder import OutputFolder
from ineqlib.batch.hands import Hands, Limits
from ineqlib.batch.job import Failure
from ineqlib.batch.manifest import Manifest
from ineqlib.errors import ClusterError, OutputError
from ineqlib.pack import Pack
from ineqlib.workers import WorkerEnded

from .conftest import FIRST, MEMORY, SECOND, SECONDS, run

FULL = OSError(errno.ENOSPC, "No space left on device")
GONE = OSError(errno.EIO, "Input/output error")


def fail(error: BaseException) -> Any:
    def failing(*_: object) -> None:
        raise error

    return failing


@pytest.fixture
def todo(demo_pack: Pack) -> Any:
    return tuple(SimpleNamespace(area=demo_pack.area(code)) for code in (FIRST, SECOND))


def crew(tmp_path: Path, pack: Pack, folder: Any, hands: Any) -> Crew:
    asked = run(tmp_path, pack, areas=(FIRST, SECOND))
    return Crew(asked, pack, folder, Manifest(), hands)


def test_a_full_disk_that_is_gone_when_it_is_asked_for_its_size_ends_the_batch(
    tmp_path: Path, demo_pack: Pack, todo: Any
) -> None:
    folder: Any = SimpleNamespace(has_room=fail(FULL), is_full=fail(GONE))
    made = crew(tmp_path, demo_pack, folder, SimpleNamespace(at_once=2))
    with pytest.raises(OSError, match="Input/output error"):
        made.work(todo, lambda _: None)


def test_ctrl_c_while_it_waits_for_what_is_being_published_still_stops_it(
    tmp_path: Path, demo_pack: Pack, todo: Any
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
        hands = SimpleNamespace(at_once=1, make=lambda *_: Failure("lost"))
        made = crew(tmp_path, demo_pack, folder, hands)
        made._publishing = Impatient()  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            made.work(todo, lambda _: None)
    assert made._stopped


def test_where_no_process_can_be_started_a_batch_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hands, "_begin", fail(BlockingIOError("no room")))
    with pytest.raises(WorkerEnded, match="No process could be started: no room"):
        Hands(Limits(1, SECONDS, MEMORY), tmp_path, FIRST)


def test_a_scheduler_that_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its connection stays, and what it is asked has no end."""
    never = threading.Event()
    hung: Any = SimpleNamespace(
        wait_for_workers=lambda *_, **__: never.wait(), run=lambda *_, **__: never.wait()
    )
    monkeypatch.setattr(cluster, "_client", lambda _: nullcontext(hung))
    monkeypatch.setattr(cluster, "NO_WORKER", 0.1)
    monkeypatch.setattr(cluster, "ANSWER", 0.1)
    with pytest.raises(ClusterError, match="not answered"):
        Connection("tcp://somewhere:1", 1)
    Connection.tell_each(SimpleNamespace(_client=hung), print)  # type: ignore[arg-type]
    never.set()


def test_hands_on_another_machine_stay_for_as_long_as_their_own_briefings_may_take(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, closed = [0.0], []

    class Idle:
        def __init__(self, limits: Limits, *_: object) -> None:
            self.limits = limits

        def close(self) -> None:
            closed.append(self.limits.seconds)

    monkeypatch.setattr(far_hands, "Hands", Idle)
    monkeypatch.setattr(far_hands, "threads_here", lambda: 1)
    monkeypatch.setattr(far_hands, "_held", {})
    monkeypatch.setattr(far_hands, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def come(batch: str, seconds: float) -> None:
        sha256 = far_hands.pack_sha256(demo_pack)
        place = str(demo_pack.path)
        ticket = Ticket(batch, far_hands.library(), place, sha256, FIRST, seconds, MEMORY)
        assert far_hands.make_ready_there(ticket) == ""

    come("slow", 7200)
    now[0] = 7000
    come("quick", 60)
    assert closed == []
    now[0] = 8000
    come("another", 60)
    assert closed == [60]


def test_a_file_that_a_killed_notebooks_program_still_has_open_fails_its_area_alone() -> None:
    hands = object.__new__(Hands)
    hands._limits = Limits(1, SECONDS, MEMORY)
    job: Any = SimpleNamespace(clear=fail(PermissionError(errno.EACCES, "denied", "left.txt")))
    failure = hands.make(job, 0)
    assert isinstance(failure, Failure)
    assert failure.what.startswith("left.txt is still open in a program")
