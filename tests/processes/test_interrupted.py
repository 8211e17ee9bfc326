"""Whatever stops or is lost, and at whatever word: no job waits for it for ever."""

import os
import signal
import socket
import subprocess
import sys
from functools import partial

import psutil
import pytest

from ineqlib.processes import TimeLimit, WorkerEnded, Workers, hearing, sources
from ineqlib.processes.pool import can_fork

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be stopped")
FORKS = pytest.mark.parametrize("fork", [can_fork(), False])


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr("ineqlib.processes.pool.LOOK", 0.1)
    monkeypatch.setattr("ineqlib.processes.pool.LOOKS_BEFORE_ANOTHER", 2)
    monkeypatch.setattr(hearing, "TAKES", 0.3)
    monkeypatch.setattr(sources, "SOON", 1.0)


def stop_one_that_waits(pool: Workers) -> None:
    connection, word = pool._ready.get(timeout=20)
    os.kill(word[1][0], signal.SIGSTOP)
    pool._ready.put((connection, word))


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="knocks at a Unix socket")
def test_one_that_stops_at_the_door_keeps_no_other_waiting(jobs):
    with Workers(1) as pool, socket.socket(socket.AF_UNIX) as stopped:
        pool.run(jobs.pid)
        stopped.connect(pool._listener.address)
        assert [pool.run(jobs.count, 1) for _ in range(3)] == ["done"] * 3


@FORKS
def test_one_that_stops_while_it_waits_is_replaced(jobs, hasty, fork):
    with Workers(1, fork=fork) as pool:
        stop_one_that_waits(pool)
        assert pool.run(jobs.count, 1) == "done"


@FORKS
def test_one_that_stops_in_the_middle_of_a_word_has_its_limit(jobs, fork):
    with Workers(1, fork=fork) as pool:
        with pytest.raises(TimeLimit, match=r"longer than 0\.3 seconds"):
            pool.run(jobs.begin_a_word, seconds=0.3)
        assert pool.run(jobs.count, 1) == "done"


def test_one_that_stays_but_stops_between_two_jobs_is_replaced(jobs, hasty, monkeypatch):
    with Workers(1, fork=False, keep=True) as pool:
        first = pool.run(jobs.pid)
        # Stopped just before it could say that it is ready again, so nobody hears of it.
        connection, word = pool._ready.get(timeout=20)
        pool._source.expect(word[1])
        assert pool.run(jobs.pid) != first
        connection.close()


def test_one_that_hangs_while_it_makes_ready_is_replaced(jobs, hasty, monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "READY", 3.0)
    with Workers(1, prepare=partial(jobs.hang_at_first, str(tmp_path)), fork=False) as pool:
        assert pool.run(jobs.count, 1) == "done"


@pytest.mark.skipif(not can_fork(), reason="there is a zygote only where forking is safe")
class TestZygote:
    def test_one_that_hangs_is_started_again(self, jobs, hasty):
        with Workers(1, fork=True) as pool:
            pool.run(jobs.pid)
            os.kill(pool._source.process.pid, signal.SIGSTOP)
            for _ in range(2000):
                pool._source.order()  # nor does one wait until it hears
            assert [pool.run(jobs.count, 1) for _ in range(3)] == ["done"] * 3

    def test_one_that_never_is_ready_is_told(self, jobs, monkeypatch):
        monkeypatch.setattr(sources, "READY", 0.3)
        with pytest.raises(WorkerEnded, match=r"longer than 0\.3 seconds"):
            Workers(1, prepare=partial(jobs.sleep, None, 60), fork=True)

    def test_one_that_is_lost_again_and_again_is_told(self, jobs, hasty):
        with (
            Workers(1, fork=True, prepare=jobs.leave_at_a_fork) as pool,
            pytest.raises(WorkerEnded, match="4 times before another"),
        ):
            pool.run(jobs.pid)

    def test_one_that_finds_no_room_to_fork_is_asked_again(self, jobs, hasty, monkeypatch):
        monkeypatch.setattr(sources, "SOON", 60.0)
        with Workers(1, fork=True, prepare=jobs.find_no_room_to_fork) as pool:
            first = pool._source.process.pid
            assert pool.run(jobs.count, 1) == "done"
            assert pool._source.process.pid == first

    def test_one_that_was_told_to_clear_away_what_stays_forks_all_the_same(self, jobs):
        with Workers(1, fork=True) as pool:
            _, (_, (stays, _)) = held = pool._ready.get(timeout=20)
            pool._source._tell(stays)  # as if it were killed and waited for a dead disk
            pool._source.order()
            assert pool.run(jobs.count, 1) == "done"
            assert psutil.pid_exists(stays)
            held[0].close()


def test_where_all_were_lost_at_once_as_many_are_started_again(monkeypatch):
    source = sources.Starter("nowhere", b"", print)
    ended = [subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE) for _ in range(4)]
    for each in ended:
        each.wait()
    left = iter(ended)
    monkeypatch.setattr(sources, "begin", lambda *_: next(left, None))
    for _ in range(4):
        source.order()
    source.revive()
    assert len(source._due) == 4


def test_what_cannot_be_started_for_lack_of_room_is_tried_a_few_times(jobs, hasty, monkeypatch):
    def refuse(*_: object) -> None:
        raise BlockingIOError("no room")

    with Workers(1, fork=False) as pool:
        pool.run(jobs.pid)
        with monkeypatch.context() as full:
            full.setattr(sources, "begin", refuse)
            pool.run(jobs.pid)  # by the one that was there
            with pytest.raises(WorkerEnded, match="one after the other"):
                pool.run(jobs.pid)
