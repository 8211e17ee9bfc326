"""A fork server that imports while its parent still finds out what it is to prepare."""

from functools import partial

import psutil
import pytest

from ineqlib.processes import Workers, fork_server
from ineqlib.processes.fork_server import can_fork, next_fork_server, started_ahead

from .conftest import gone

pytestmark = pytest.mark.skipif(not can_fork(), reason="nothing is forked here")


@pytest.fixture
def started():
    """What this test has started: other tests in this process may keep processes of their own."""
    before = {child.pid for child in psutil.Process().children()}
    return lambda: [c.pid for c in psutil.Process().children() if c.pid not in before]


def test_the_next_pool_takes_it_with_what_it_has_imported_and_prepares_in_it(jobs, started):
    with started_ahead(partial(jobs.open_something, "first")):
        (ahead,) = started()
        with Workers(1, prepare=partial(jobs.open_something, "then")) as pool:
            assert pool._spawner._server.process.pid == ahead
            assert pool.run(jobs.what_is_open) == ["first", "then", "left behind"]
        assert gone([ahead])


def test_only_one_pool_takes_it(jobs):
    imports = partial(jobs.open_something, "first")
    with started_ahead(imports), Workers(1) as pool, Workers(1) as other:
        assert pool.run(jobs.what_is_open) == ["first", "left behind"]
        assert other.run(jobs.what_is_open) == ["left behind"]


def test_one_that_no_pool_has_taken_is_ended(jobs, started):
    with started_ahead(partial(jobs.sleep, None, 60)):
        waiting = started()
    assert len(waiting) == 1
    assert gone(waiting)


def test_one_whose_parent_has_nothing_for_it_ends_without_a_word(jobs, capfd):
    with started_ahead(partial(jobs.open_something, "first")):
        server = next_fork_server()
    server.process.stdin.close()
    assert server.process.wait(20) == 0
    server.end()
    assert capfd.readouterr().err == ""


def test_what_it_cannot_import_is_for_the_preparation_to_say(jobs):
    with started_ahead(jobs.refuse), Workers(1) as pool:
        assert pool.run(jobs.what_is_open) == ["left behind"]


def test_where_nothing_can_be_forked_nothing_is_started(jobs, started, monkeypatch):
    monkeypatch.setattr(fork_server, "can_fork", lambda: False)
    with started_ahead(partial(jobs.open_something, "first")):
        assert started() == []
