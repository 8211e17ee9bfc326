"""Whatever stops or is lost, and at whatever byte: no job waits for it for ever."""

import os
import signal
import socket
import subprocess
import sys
from functools import partial

import psutil
import pytest

from ineqlib.processes import TimeLimit, WorkerEnded, Workers, protocol, spawners
from ineqlib.processes.channel import Endpoint
from ineqlib.processes.fork_server import can_fork

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be stopped")
FORKS = pytest.mark.parametrize("fork", [can_fork(), False])


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr("ineqlib.processes.pool.POLL_SECONDS", 0.1)
    monkeypatch.setattr("ineqlib.processes.pool.POLLS_BEFORE_ANOTHER", 2)
    monkeypatch.setattr(protocol, "START_TIMEOUT", 0.3)
    monkeypatch.setattr(spawners, "READY_TIMEOUT", 1.0)


def stop_one_that_waits(pool: Workers) -> None:
    channel, status = pool._ready.get(timeout=20)
    os.kill(status[1].pid, signal.SIGSTOP)
    pool._ready.put((channel, status))


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="connects to a Unix socket")
def test_one_that_stops_before_it_has_authenticated_keeps_no_other_waiting(jobs):
    with Workers(1) as pool, socket.socket(socket.AF_UNIX) as stopped:
        pool.run(jobs.pid)
        stopped.connect(pool._server.endpoint.address)
        assert [pool.run(jobs.count, 1) for _ in range(3)] == ["done"] * 3


@FORKS
def test_one_that_stops_while_it_waits_is_replaced(jobs, hasty, fork):
    with Workers(1, fork=fork) as pool:
        stop_one_that_waits(pool)
        assert pool.run(jobs.count, 1) == "done"


@FORKS
def test_one_that_stops_in_the_middle_of_a_message_has_its_limit(jobs, fork):
    with Workers(1, fork=fork) as pool:
        with pytest.raises(TimeLimit, match=r"longer than 0\.3 seconds"):
            pool.run(jobs.send_half_a_message, seconds=0.3)
        assert pool.run(jobs.count, 1) == "done"


def test_one_that_stays_but_stops_between_two_jobs_is_replaced(jobs, hasty):
    with Workers(1, fork=False, keep=True) as pool:
        first = pool.run(jobs.pid)
        # Stopped just before it could say that it is ready again, so nobody knows.
        channel, status = pool._ready.get(timeout=20)
        pool._spawner.expect_ready(status[1])
        assert pool.run(jobs.pid) != first
        channel.close()


def test_one_that_hangs_while_it_makes_ready_is_replaced(jobs, hasty, monkeypatch, tmp_path):
    monkeypatch.setattr(spawners, "PREPARE_TIMEOUT", 3.0)
    with Workers(1, prepare=partial(jobs.hang_at_first, str(tmp_path)), fork=False) as pool:
        assert pool.run(jobs.count, 1) == "done"


@pytest.mark.skipif(not can_fork(), reason="there is a fork server only where forking is safe")
class TestForkServer:
    def test_one_that_hangs_is_started_again(self, jobs, hasty):
        with Workers(1, fork=True) as pool:
            pool.run(jobs.pid)
            os.kill(pool._spawner._server.process.pid, signal.SIGSTOP)
            for _ in range(2000):
                pool._spawner.request()  # nor does one wait until it reads
            assert [pool.run(jobs.count, 1) for _ in range(3)] == ["done"] * 3

    def test_one_that_never_is_ready_is_reported(self, jobs, monkeypatch):
        monkeypatch.setattr(spawners, "PREPARE_TIMEOUT", 0.3)
        with pytest.raises(WorkerEnded, match=r"longer than 0\.3 seconds"):
            Workers(1, prepare=partial(jobs.sleep, None, 60), fork=True)

    def test_one_that_is_lost_again_and_again_is_reported(self, jobs, hasty):
        with (
            Workers(1, fork=True, prepare=jobs.leave_at_a_fork) as pool,
            pytest.raises(WorkerEnded, match="4 times before another"),
        ):
            pool.run(jobs.pid)

    def test_one_that_finds_no_room_to_fork_is_asked_again(self, jobs, hasty, monkeypatch):
        monkeypatch.setattr(spawners, "READY_TIMEOUT", 60.0)
        with Workers(1, fork=True, prepare=jobs.find_no_room_to_fork) as pool:
            first = pool._spawner._server.process.pid
            assert pool.run(jobs.count, 1) == "done"
            assert pool._spawner._server.process.pid == first

    def test_one_that_is_to_reap_what_stays_forks_all_the_same(self, jobs):
        with Workers(1, fork=True) as pool:
            channel, (_, (stays, _)) = pool._ready.get(timeout=20)
            pool._spawner._ask(stays)  # as if it were killed and waited for a dead disk
            pool._spawner.request()
            assert pool.run(jobs.count, 1) == "done"
            assert psutil.pid_exists(stays)
            channel.close()


def test_where_all_were_lost_at_once_as_many_are_started_again(monkeypatch):
    spawner = spawners.ProgramSpawner(Endpoint("nowhere", b""), print)
    ended = [subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE) for _ in range(4)]
    for process in ended:
        process.wait()
    left = iter(ended)
    monkeypatch.setattr(spawners, "start_program", lambda *_: next(left, None))
    for _ in range(4):
        spawner.request()
    spawner.replace_lost()
    assert len(spawner._due) == 4


def test_what_cannot_be_started_for_lack_of_room_is_tried_a_few_times(jobs, hasty, monkeypatch):
    def refuse(*_: object) -> None:
        raise BlockingIOError("no room")

    with Workers(1, fork=False) as pool:
        pool.run(jobs.pid)
        with monkeypatch.context() as full:
            full.setattr(spawners, "start_program", refuse)
            pool.run(jobs.pid)  # by the one that was there
            with pytest.raises(WorkerEnded, match="one after the other"):
                pool.run(jobs.pid)
