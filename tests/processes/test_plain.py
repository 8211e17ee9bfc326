"""What a job sends is data: nothing of it runs in the process that receives it."""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ineqlib.charts.draw.renderers import Renderers
from ineqlib.processes import JobFailed, Workers
from ineqlib.processes.channel import Server
from ineqlib.processes.fork_server import can_fork
from ineqlib.processes.socket_folder import LONGEST_ADDRESS


@pytest.fixture(scope="module")
def workers(jobs):
    with Workers(1, fork=can_fork(), results=(jobs.Figure,)) as pool:
        yield pool


@pytest.mark.parametrize("way", ["return_what_runs", "send_what_runs"])
def test_what_would_run_where_it_is_unpickled_fails_its_job(workers, jobs, tmp_path, way):
    made = tmp_path / "made"
    pickle.loads(pickle.dumps(jobs.Runs(str(made))))
    made.rmdir()  # it does run
    with pytest.raises(JobFailed, match=r"sent what no job may send: \w+.mkdir is no plain value"):
        workers.run(getattr(jobs, way), str(made))
    assert not made.exists()
    assert workers.run(jobs.count, 1) == "done"


@pytest.mark.parametrize(
    "content",
    [
        b"garbage",
        b"",
        pickle.dumps("one"),
        pickle.dumps(("result",)),
        b"cos\nsystem\n(S'exit 1'\ntR.",
        b"cbuiltins\neval\n(S'1/0'\ntR.",
    ],
)
def test_what_is_no_message_fails_its_job(workers, jobs, content):
    with pytest.raises(JobFailed, match="sent what no job may send"):
        workers.run(jobs.send_bytes, content)
    assert workers.run(jobs.count, 1) == "done"


def test_plain_values_and_the_classes_asked_for_arrive_as_they_are(workers, jobs):
    assert workers.run(jobs.return_a_figure, "falls", 2.5) == [jobs.Figure("falls", 2.5)]
    with Workers(1, fork=can_fork()) as strict, pytest.raises(JobFailed, match=r"Figure is no pl"):
        strict.run(jobs.return_a_figure, "falls", 2.5)


def test_nobody_who_connects_to_the_pool_or_a_renderer_runs_anything_there(workers, jobs, tmp_path):
    made = tmp_path / "made"
    with workers._server.endpoint.connect() as channel:
        channel.send(jobs.Runs(str(made)))
        with pytest.raises(EOFError):
            channel.recv()
    with Renderers(1) as renderers, renderers.endpoint(0).connect() as channel:
        channel.send({"mark": jobs.Runs(str(made))})
        assert channel.recv() is None, "it could not be drawn"
        channel.send({"data": {"values": [{}]}, "mark": "point"})
        assert channel.recv().startswith("<svg")
    assert not made.exists()
    assert workers.run(jobs.count, 1) == "done"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows lie in no folder")
def test_a_socket_fits_however_long_the_temporary_folder(jobs, tmp_path, monkeypatch):
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with Server(lambda channel: channel.send("here")) as server:
        place = Path(server.endpoint.address)
        assert len(str(place)) <= LONGEST_ADDRESS
        with server.endpoint.connect() as channel:
            assert channel.recv() == "here"
    assert not place.parent.exists()
    with Workers(1, fork=can_fork()) as pool, Renderers(1) as renderers:
        assert pool.run(jobs.count, 1) == "done"
        with renderers.endpoint(0).connect() as channel:
            channel.send({"data": {"values": [{}]}, "mark": "point"})
            assert channel.recv().startswith("<svg")


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder by which the path of a socket is not too long, as those of tests may be."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows lie in no folder")
def test_the_folder_of_a_killed_process_is_cleared_by_the_next_one(short_folder, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(short_folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    listen = (
        "from ineqlib.processes.channel import Server; Server(print); print(flush=True); input()"
    )
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with (
        subprocess.Popen([sys.executable, "-c", listen], **options) as killed,
        subprocess.Popen([sys.executable, "-c", listen], **options) as living,
    ):
        for process in (killed, living):
            process.stdout.readline()
        assert len(list(short_folder.iterdir())) == 2
        killed.kill()
        killed.wait()
        with Server(print):
            assert len(list(short_folder.iterdir())) == 2, "that of the living one, and ours"
        (left,) = short_folder.iterdir()
        assert (left / "socket").is_socket()
        living.kill()
