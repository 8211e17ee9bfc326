"""Workers that stay do job after job; one that is lost, fails or hangs is replaced, no other."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from ineqlib.processes import JobFailed, TimeLimit, WorkerEnded, Workers, pool
from ineqlib.processes.fork_server import can_fork

from .conftest import gone


@pytest.fixture(scope="module", params=[can_fork(), False], ids=["default", "started"])
def kept(request, jobs):
    prepare = partial(jobs.open_something, "pack")
    with Workers(1, prepare=prepare, fork=request.param, keep=True) as workers:
        yield workers


def test_a_worker_that_stays_finds_what_its_last_job_has_left(jobs):
    prepare = partial(jobs.open_something, "pack")
    with Workers(1, prepare=prepare, fork=False, keep=True) as workers:
        for left in range(1, 4):
            assert workers.run(jobs.what_is_open) == ["pack"] + ["left behind"] * left
        first = workers.run(jobs.pid)
    assert gone([first])


@pytest.mark.parametrize(
    ("job", "args", "error"),
    [
        ("raise_error", (), JobFailed),
        ("leave", (), WorkerEnded),
        ("be_killed", (), WorkerEnded),
        ("sleep", (60,), TimeLimit),
    ],
)
def test_one_whose_job_goes_wrong_is_replaced(kept, jobs, job, args, error):
    before = kept.run(jobs.pid)
    with pytest.raises(error):
        kept.run(getattr(jobs, job), *args, seconds=0.5)
    after = [kept.run(jobs.pid) for _ in range(3)]
    assert gone([before])
    assert len({before, *after}) == 2


def test_one_that_is_killed_while_it_waits_costs_nothing(kept, jobs):
    before = kept.run(jobs.pid)
    os.kill(before, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert gone([before])
    assert kept.run(jobs.pid) != before


def test_to_wait_for_a_busy_one_starts_no_others(jobs, monkeypatch):
    monkeypatch.setattr(pool, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(pool, "POLLS_BEFORE_ANOTHER", 2)
    with Workers(1, fork=False, keep=True) as workers, ThreadPoolExecutor(2) as threads:
        first = workers.run(jobs.pid)
        busy = threads.submit(workers.run, jobs.sleep, 0.6)
        assert threads.submit(workers.run, jobs.pid).result() == first
        busy.result()
        assert len(workers._spawner._processes) == 1


def test_one_that_is_at_work_when_the_workers_are_closed_ends_its_job_and_then_itself(jobs):
    workers = Workers(1, fork=False, keep=True)
    first = workers.run(jobs.pid)
    assert workers.run(jobs.count, 3, on_message=lambda _: workers.close()) == "done"
    assert gone([first])
