"""Each job has a fresh process; one that is lost is reported, and costs the others nothing."""

import itertools
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import inf
from pathlib import Path

import pytest

from ineqlib.processes import JobFailed, TimeLimit, WorkerEnded, Workers
from ineqlib.processes.fork_server import can_fork

from .conftest import HERE, gone


@pytest.fixture(scope="module", params=[True, False], ids=["forked", "started"])
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
    received = []
    assert workers.run(jobs.count, 5, on_message=received.append) == "done"
    assert received == [0, 1, 2, 3, 4]


def test_jobs_at_once(workers, jobs):
    with ThreadPoolExecutor(4) as threads:
        pids = list(threads.map(lambda _: workers.run(jobs.pid), range(12)))
    assert len(set(pids)) == 12


def test_an_error_comes_with_its_traceback(workers, jobs):
    with pytest.raises(JobFailed, match=r"(?s)raise_error.*this job is broken"):
        workers.run(jobs.raise_error)
    assert workers.run(jobs.count, 1) == "done"


@pytest.mark.parametrize("way", ["leave", "be_killed"])
def test_a_process_that_is_lost_is_reported(workers, jobs, way):
    with pytest.raises(WorkerEnded, match="ended before it was done"):
        workers.run(getattr(jobs, way))
    assert workers.run(jobs.count, 1) == "done"


def test_a_job_that_hangs_is_ended(workers, jobs):
    started = time.monotonic()
    with pytest.raises(TimeLimit, match=r"longer than 0\.5 seconds"):
        workers.run(jobs.sleep, 60, seconds=0.5)
    assert time.monotonic() - started < 20


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits memory")
@pytest.mark.parametrize("hours", [-1, 24], ids=["backwards", "ahead"])
def test_a_clock_that_is_set_changes_no_limit(workers, jobs, monkeypatch, hours):
    began, now = time.monotonic(), itertools.count(time.time(), hours * 3600)
    monkeypatch.setattr(time, "time", lambda: next(now))
    assert workers.run(jobs.count, 3, seconds=60) == "done"
    with pytest.raises(TimeLimit):
        workers.run(jobs.sleep, 600, seconds=1)
    assert 1 <= time.monotonic() - began < 60


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


@pytest.mark.skipif(not can_fork(), reason="there is a fork server only where forking is safe")
def test_a_fork_server_that_is_killed_is_started_again(jobs):
    with Workers(1, fork=True) as pool:
        assert pool.run(jobs.count, 1) == "done"
        os.kill(pool._spawner._server.process.pid, signal.SIGKILL)
        pool._spawner._server.process.wait()
        assert [pool.run(jobs.count, 1) for _ in range(4)] == ["done"] * 4


@pytest.mark.parametrize("fork", [can_fork(), False])
@pytest.mark.parametrize("lost", [1, 9])
def test_one_that_is_killed_while_it_makes_ready_is_started_again_a_few_times(
    jobs, tmp_path, fork, lost
):
    prepare = partial(jobs.be_killed_at_first, str(tmp_path), lost)
    if lost == 1:
        with Workers(1, prepare=prepare, fork=fork) as pool:
            assert pool.run(jobs.count, 1) == "done"
        return
    with (
        pytest.raises(WorkerEnded, match=r"ended .*before"),
        Workers(1, prepare=prepare, fork=fork) as pool,
    ):
        pool.run(jobs.count, 1)
    assert len(list(tmp_path.iterdir())) < lost


@pytest.mark.parametrize("fork", [can_fork(), False])
def test_nothing_is_left_running(jobs, fork):
    before = threading.active_count()
    workers = Workers(2, fork=fork)
    worker = workers.run(jobs.pid)
    workers.close()
    workers.close()
    assert gone([worker])
    end = time.monotonic() + 20
    while threading.active_count() > before:
        assert time.monotonic() < end, threading.enumerate()
        time.sleep(0.05)
    with pytest.raises(WorkerEnded, match="were closed"):
        workers.run(jobs.pid)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts what /proc lists")
@pytest.mark.parametrize("fork", [True, False])
def test_neither_descriptors_nor_dead_processes_pile_up(jobs, fork):
    with Workers(1, prepare=partial(jobs.open_something, "pack"), fork=fork) as pool:
        pool.run(jobs.pid)
        before = descriptors()
        worn = [pool.run(jobs.pid) for _ in range(5)]
        assert (
            len(list(Path("/proc/self/fd").iterdir())) <= before + 2
        )  # the next one may just be arriving
        end = time.monotonic() + 20
        while any(Path(f"/proc/{pid}").exists() for pid in worn):
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no groups of processes")
def test_what_a_job_started_ends_with_it(workers, jobs):
    assert gone([workers.run(jobs.leave_a_program)])
    assert workers.run(jobs.leave_a_thread) == "done"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a job cannot fork here")
def test_a_fork_of_a_job_does_not_answer_for_it(workers, jobs):
    assert gone([workers.run(jobs.fork)])


def test_a_job_reads_an_empty_input(workers, jobs):
    assert workers.run(jobs.what_is_read) == ""


def test_large_results_and_messages_from_several_threads_arrive_whole(workers, jobs):
    assert len(workers.run(jobs.big, 100_000_000)) == 100_000_000
    sizes = []
    workers.run(jobs.from_threads, 8, 1_000_000, on_message=lambda m: sizes.append(len(m)))
    assert sizes == [1_000_000] * 8


def test_what_cannot_be_handed_over_is_reported(workers, jobs):
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        workers.run(lambda send: None)
    with pytest.raises(JobFailed, match="nothing to open"):
        workers.run(jobs.count, jobs.Unreadable())
    with pytest.raises(JobFailed, match=r"(?i)pickle"):
        workers.run(jobs.cannot_be_sent)
    assert workers.run(jobs.count, 1) == "done"


def test_an_error_while_listening_ends_the_job(workers, jobs):
    def stumble(message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workers.run(jobs.chatter, 0.01, on_message=stumble)
    assert workers.run(jobs.count, 1) == "done"


def test_time_is_counted_over_all_messages_unless_the_listener_gives_more(workers, jobs):
    with pytest.raises(TimeLimit):
        workers.run(jobs.chatter, 0.05, seconds=0.6)
    assert workers.run(jobs.count, 1, seconds=20, on_message=lambda _: inf) == "done"


def test_one_killed_while_it_waits_costs_nothing(jobs):
    with Workers(1, prepare=partial(jobs.open_something, "pack")) as pool:
        channel, status = pool._ready.get(timeout=20)
        os.kill(status[1].pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        pool._ready.put((channel, status))
        started = time.monotonic()
        assert pool.run(jobs.count, 1) == "done"
        assert time.monotonic() - started < 20


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


PARENT = """
import sys, time
sys.path.insert(0, {here!r})
import jobs
from ineqlib.processes import Workers
pool = Workers(2, fork={fork})  # a script without the guard that multiprocessing asks for
print(pool.run(jobs.pid), flush=True)
pool.run(jobs.chatter, 0.05, on_message=lambda _: print("working", flush=True))
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the children in /proc")
@pytest.mark.parametrize("fork", [True, False])
def test_all_ends_when_the_parent_is_killed(fork):
    script = PARENT.format(here=str(HERE), fork=fork)
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with parent:
        assert int(parent.stdout.readline()) > 0
        assert parent.stdout.readline() == "working\n"
        family = descendants(parent.pid)
        parent.kill()
    assert len(family) >= 2
    assert gone(family)


def descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    family, parents = [], [pid]
    while parents:
        below = children.get(parents.pop(), [])
        family += below
        parents += below
    return family
