"""A fork server that makes more, which later workers share, while the first one does a job."""

import os
import signal
from functools import partial

import pytest

from ineqlib.processes import JobFailed, Workers
from ineqlib.processes.fork_server import can_fork

FORKS = pytest.mark.skipif(not can_fork(), reason="nothing is forked here")
COLD, WARM = ["prepared", "left behind"], ["prepared", "warm", "left behind"]


@pytest.fixture
def prepared(jobs):
    return partial(jobs.open_something, "prepared")


@FORKS
def test_the_first_job_is_done_meanwhile_by_one_that_shares_nothing_of_it(jobs, prepared, tmp_path):
    mark = tmp_path / "mark"
    warm_up = partial(jobs.open_when_there, "warm", mark)
    with Workers(2, prepare=prepared, warm_up=warm_up) as pool, pool.lead() as first:
        assert first.run(jobs.what_is_open, seconds=20) == COLD
        mark.touch()
        assert [pool.run(jobs.what_is_open) for _ in range(3)] == [WARM] * 3


@FORKS
def test_a_fork_server_that_is_lost_meanwhile_is_started_again_and_warms_up(
    jobs, prepared, tmp_path
):
    mark = tmp_path / "mark"
    warm_up = partial(jobs.open_when_there, "warm", mark)
    with Workers(1, prepare=prepared, warm_up=warm_up) as pool:
        assert pool.run(jobs.what_is_open) == COLD
        os.kill(pool._spawner._server.process.pid, signal.SIGKILL)
        mark.touch()
        assert [pool.run(jobs.what_is_open) for _ in range(2)] == [WARM] * 2


@FORKS
def test_what_cannot_be_made_besides_is_passed_over(jobs, prepared):
    with Workers(1, prepare=prepared, warm_up=jobs.refuse) as pool:
        assert [pool.run(jobs.what_is_open) for _ in range(2)] == [COLD] * 2


def test_where_each_is_started_for_itself_nothing_is_made_besides(jobs, prepared):
    warm_up = partial(jobs.open_something, "warm")
    with Workers(1, prepare=prepared, warm_up=warm_up, fork=False) as pool:
        assert [pool.run(jobs.what_is_open) for _ in range(2)] == [COLD] * 2


@FORKS
def test_a_job_that_was_begun_goes_on_while_others_do_theirs(jobs, prepared, tmp_path):
    mark = tmp_path / "mark"
    with Workers(1, prepare=prepared) as pool, pool.lead() as leader:
        leader.begin(jobs.wait_for, mark)
        assert pool.run(jobs.what_is_open) == COLD
        mark.touch()
        assert leader.run(jobs.what_is_open) == COLD
        leader.begin(jobs.raise_error)
        with pytest.raises(JobFailed, match="this job is broken"):
            leader.run(jobs.what_is_open)
