"""Each job has a fresh process; one that is lost is told, and costs the others nothing."""

import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from ineqlib.workers import JobFailed, TimeLimit, WorkerEnded, Workers
from ineqlib.workers.pool import can_fork

HERE = Path(__file__).parent


@pytest.fixture(scope="module", autouse=True)
def jobs():
    """The jobs as a module that workers can import by name."""
    sys.path.insert(0, str(HERE))
    import jobs

    yield jobs
    sys.path.remove(str(HERE))


@pytest.fixture(params=[True, False], ids=["forked", "started"])
def workers(request, jobs):
    if request.param and not can_fork():
        pytest.skip("this system cannot fork safely; the other way of starting is tested")
    with Workers(2, prepare=partial(jobs.open_something, "pack"), fork=request.param) as pool:
        yield pool


def test_each_job_has_a_process_of_its_own(workers, jobs):
    pids = [workers.run(jobs.pid) for _ in range(3)]
    assert len({*pids, os.getpid()}) == 4


def test_what_was_opened_is_there_and_what_a_job_leaves_is_not(workers, jobs):
    assert workers.run(jobs.what_is_open) == ["pack", "left behind"]
    assert workers.run(jobs.what_is_open) == ["pack", "left behind"]


def test_messages_arrive_in_order_before_the_result(workers, jobs):
    heard = []
    assert workers.run(jobs.count, 5, on_message=heard.append) == "done"
    assert heard == [0, 1, 2, 3, 4]


def test_jobs_at_once(workers, jobs):
    with ThreadPoolExecutor(4) as threads:
        pids = list(threads.map(lambda _: workers.run(jobs.pid), range(12)))
    assert len(set(pids)) == 12


def test_an_error_comes_with_its_traceback(workers, jobs):
    with pytest.raises(JobFailed, match=r"(?s)raise_error.*this job is broken"):
        workers.run(jobs.raise_error)
    assert workers.run(jobs.count, 1) == "done"


@pytest.mark.parametrize("way", ["leave", "be_killed"])
def test_a_process_that_is_lost_is_told(workers, jobs, way):
    with pytest.raises(WorkerEnded, match="ended before it was done"):
        workers.run(getattr(jobs, way))
    assert workers.run(jobs.count, 1) == "done"


def test_a_job_that_hangs_is_ended(workers, jobs):
    started = time.monotonic()
    with pytest.raises(TimeLimit, match=r"longer than 0\.5 seconds"):
        workers.run(jobs.sleep, 60, seconds=0.5)
    assert time.monotonic() - started < 20


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits memory")
def test_a_job_that_eats_memory_fails_alone(workers, jobs):
    with pytest.raises(JobFailed, match="MemoryError"):
        workers.run(jobs.hold, 1 << 30, memory=1 << 28)
    assert workers.run(jobs.hold, 1 << 20, memory=1 << 28) == 1 << 20


def test_random_numbers_differ_from_job_to_job(workers, jobs):
    first, second = workers.run(jobs.draw), workers.run(jobs.draw)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_job_may_start_processes(workers, jobs):
    assert workers.run(jobs.start_a_process) == 0


def test_a_preparation_that_fails_says_so(jobs):
    with pytest.raises(JobFailed, match="nothing to open"), Workers(prepare=jobs.refuse) as pool:
        pool.run(jobs.pid)


@pytest.mark.skipif(not can_fork(), reason="there is a zygote only where forking is safe")
def test_a_zygote_that_is_killed_is_started_again(jobs):
    with Workers(1, fork=True) as pool:
        assert pool.run(jobs.count, 1) == "done"
        os.kill(pool._source.process.pid, signal.SIGKILL)
        pool._source.process.join()
        assert [pool.run(jobs.count, 1) for _ in range(4)] == ["done"] * 4


@pytest.mark.skipif(not can_fork(), reason="there is a zygote only where forking is safe")
def test_nothing_is_left_running(jobs):
    before = threading.active_count()
    pool = Workers(2, fork=True)
    pool.run(jobs.pid)
    zygote = pool._source.process
    pool.close()
    zygote.join(timeout=20)
    assert zygote.exitcode == 0
    assert threading.active_count() <= before
