"""A worker may stay and have forks do jobs: they share what it has, and it nothing of theirs.

Only where workers are forked; elsewhere nothing is asked of a leader.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ineqlib.processes import JobFailed, TimeLimit, WorkerEnded, Workers
from ineqlib.processes.fork_server import can_fork

from .conftest import gone

pytestmark = pytest.mark.skipif(not can_fork(), reason="nothing is forked here")


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture(scope="module")
def workers():
    with Workers(1) as workers:
        yield workers


@pytest.fixture
def leader(workers, jobs):
    with workers.lead(jobs.what_is_open) as leader:
        yield leader


def test_forks_share_what_the_first_job_left_and_leave_nothing(leader, jobs):
    for _ in range(3):
        assert leader.run_in_fork(jobs.what_is_open) == ["left behind"] * 2
    assert leader.run(jobs.what_is_open) == ["left behind"] * 2


def test_it_does_more_jobs_itself_and_later_forks_share_what_they_left(leader, jobs):
    for count in (2, 3):
        assert leader.run(jobs.what_is_open) == ["left behind"] * count
        assert leader.run_in_fork(jobs.what_is_open) == ["left behind"] * (count + 1)
    assert leader.jobs == 3


def test_a_job_that_was_begun_goes_on_while_others_do_theirs(workers, leader, jobs, tmp_path):
    mark = tmp_path / "mark"
    leader.begin(jobs.wait_for, mark)
    assert workers.run(jobs.what_is_open) == ["left behind"]
    mark.touch()
    assert leader.run(jobs.what_is_open) == ["left behind"] * 2
    leader.begin(jobs.raise_error)
    with pytest.raises(JobFailed, match="this job is broken"):
        leader.run(jobs.what_is_open)


def test_each_fork_is_a_process_of_its_own_and_ends_with_its_job(leader, jobs):
    forks = [leader.run_in_fork(jobs.pid) for _ in range(3)]
    assert gone(forks)
    assert len({leader.run(jobs.pid), *forks}) == 4


@pytest.mark.parametrize(
    ("job", "args", "error"),
    [
        ("raise_error", (), JobFailed),
        ("be_killed", (), WorkerEnded),
        ("sleep", (60,), TimeLimit),
        ("send_half_a_message", (), TimeLimit),
        ("write_to_every_socket", (), (JobFailed, WorkerEnded)),
    ],
)
def test_what_goes_wrong_in_a_fork_is_told_and_its_leader_goes_on(leader, jobs, job, args, error):
    with pytest.raises(error):
        leader.run_in_fork(getattr(jobs, job), *args, seconds=0.5)
    assert leader.run_in_fork(jobs.count, 3) == "done"
    assert leader.run(jobs.what_is_open) == ["left behind"] * 2


def test_a_fork_has_messages_and_a_limit_of_memory(leader, jobs):
    messages = []
    assert leader.run_in_fork(jobs.count, 3, on_message=messages.append) == "done"
    assert messages == [0, 1, 2]
    with pytest.raises(JobFailed, match="MemoryError"):
        leader.run_in_fork(jobs.hold, 1 << 30, memory=1 << 28)


def test_what_a_fork_started_ends_with_it_and_the_leader_stays(leader, jobs):
    assert gone([leader.run_in_fork(jobs.leave_a_program)])
    assert leader.run(jobs.pid)


def test_random_numbers_differ_from_fork_to_fork(leader, jobs):
    first, second = (leader.run_in_fork(jobs.draw) for _ in range(2))
    assert not set(first) & set(second)


def test_a_leader_that_is_killed_fails_its_jobs_and_no_others(workers, jobs):
    with workers.lead(jobs.pid) as leader:
        with pytest.raises(WorkerEnded):
            leader.run_in_fork(jobs.kill_the_parent)
        with pytest.raises(WorkerEnded):
            leader.run_in_fork(jobs.pid)
        with pytest.raises(WorkerEnded):
            leader.run(jobs.pid)
    assert workers.run(jobs.count, 1) == "done"


def test_leaders_at_once(jobs):
    def lead(_: int) -> tuple[int, ...]:
        with workers.lead(jobs.pid) as leader:
            return leader.run_in_fork(jobs.pid), leader.run(jobs.pid)

    with Workers(2) as workers, ThreadPoolExecutor(2) as threads:
        numbers = [number for both in threads.map(lead, range(4)) for number in both]
    assert len(set(numbers)) == 8
    assert gone(numbers)


def test_what_a_leader_took_of_the_processor_is_counted_when_it_is_ended(jobs):
    before = os.times()
    with Workers(1) as workers, workers.lead(jobs.compute, 1.5):
        pass
    after = os.times()
    taken = after.children_user + after.children_system
    assert taken - before.children_user - before.children_system >= 1.5


def test_neither_descriptors_nor_dead_processes_pile_up(workers, jobs):
    with workers.lead(jobs.pid) as leader:
        leader.run_in_fork(jobs.pid)
        before = descriptors()
        worn = [leader.run_in_fork(jobs.pid) for _ in range(5)]
        assert descriptors() <= before + 2  # a worker may just be arriving
        assert leader.run(jobs.count, 1) == "done"
        end = time.monotonic() + 20
        while any(Path(f"/proc/{pid}").exists() for pid in worn):
            assert time.monotonic() < end
            time.sleep(0.05)
