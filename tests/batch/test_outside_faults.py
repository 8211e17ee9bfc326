"""What goes wrong around a batch: what is published stays, words say it, the next run ends it."""

import errno
import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from ineqlib.errors import OutputError, PackError
from ineqlib.pack import Pack
from ineqlib.processes.fork_server import can_fork
from ineqlib.publish import output_folder as folders
from ineqlib.publish.batch import Outcome, render_batch
from ineqlib.publish.local_backend import Limits, LocalBackend
from ineqlib.publish.manifest import READY, read_manifest
from ineqlib.publish.output_folder import OutputFolder
from ineqlib.publish.run_file import Run

from .conftest import FIRST, MEMORY, SECOND, require_tidy, require_true_manifest, run, use

pytestmark = pytest.mark.slow


@pytest.fixture
def asked(tmp_path: Path, demo_pack: Pack) -> Run:
    return run(tmp_path, demo_pack, areas=(FIRST, SECOND, "X07000003"))


def finish(asked: Run) -> None:
    """Run once more: all is there, nothing is left over."""
    entries = read_manifest(asked.out).entries.values()
    done = {entry.subject_code for entry in entries if entry.status == READY}
    batch = render_batch(asked)
    assert batch.failed == []
    assert {each.target.subject.code for each in batch.made} == set(asked.choice.areas) - done
    assert require_true_manifest(asked.out).is_finished
    require_tidy(asked.out)


@pytest.mark.skipif(not can_fork(), reason="only where processes are forked")
def test_a_fork_server_and_a_renderer_that_are_killed_cost_nothing(
    asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[LocalBackend] = []

    class Watched(LocalBackend):
        def __init__(self, limits: Limits, pack: Path, area: str) -> None:
            super().__init__(limits, pack, area)
            opened.append(self)

    use(monkeypatch, Watched)
    killed = []

    def kill(_: Outcome) -> None:
        if not killed:
            (backend,) = opened
            killed.append(backend._renderers._all[0].process.pid)
            killed.append(backend._makers._spawner._server.process.pid)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    assert len(render_batch(asked, workers=1, memory=MEMORY, progress=kill).made) == 3
    assert len(killed) == 2
    require_true_manifest(asked.out)
    require_tidy(asked.out)


def after(number: int, fault: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have publishing fail from then on."""
    publish, count = OutputFolder.publish, [0]

    def fail(self: OutputFolder, files: dict[str, Path]) -> dict[str, dict[str, object]]:
        count[0] += 1
        if count[0] > number:
            raise fault
        return publish(self, files)

    monkeypatch.setattr(OutputFolder, "publish", fail)


def test_a_disk_that_fills_up_stops_the_batch(
    asked: Run, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        after(2, OSError(errno.ENOSPC, "No space left on device"), full)
        with pytest.raises(OutputError, match=r"full.*Free some space and run the same command"):
            render_batch(asked)
    assert len(require_true_manifest(asked.out).entries) == 2
    finish(asked)


def test_a_disk_without_room_is_told_before_anything_is_made(
    asked: Run, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        usage = shutil.disk_usage(asked.documents[0].notebook.parent)._replace(free=5_000_000)
        full.setattr(folders.shutil, "disk_usage", lambda _: usage)
        with pytest.raises(OutputError, match=r"5 MB are free. 0 of 3 .* need about \d+ MB"):
            render_batch(asked)
    finish(asked)


def test_a_page_that_is_open_elsewhere_fails_alone(
    asked: Run, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as windows:
        replace = Path.replace

        def in_use(self: Path, target: Path) -> Path:
            if Path(target).name == "x07000002-coldmarket.html":
                raise PermissionError(errno.EACCES, "in use", str(self), None, str(target))
            return replace(self, target)

        windows.setattr(Path, "replace", in_use)
        batch = render_batch(asked)
    (failed,) = batch.failed
    assert failed.target.subject.code == SECOND
    assert "coldmarket.html cannot be replaced: it is open in another program" in failed.summary
    assert "close it or move it away, and run the same command again" in failed.summary
    finish(asked)


def test_a_folder_that_cannot_be_written_is_told(asked: Run) -> None:
    asked.out.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(OutputError, match=r"out is in the way .* --out"):
        render_batch(asked)


def test_a_second_batch_in_one_folder_is_told_who_is_there(
    asked: Run, backend: LocalBackend
) -> None:
    with OutputFolder(asked.out):
        with pytest.raises(OutputError, match=f"Another batch is at work.*process {os.getpid()}"):
            render_batch(asked)
        assert not list(asked.out.glob("x*"))
    assert len(render_batch(asked).made) == 3


def test_a_pack_that_is_replaced_stops_the_batch(
    asked: Run, demo_pack: Pack, backend: LocalBackend, tmp_path: Path
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(demo_pack.path, pack)
    moved = replace(asked, pack=pack)
    about = pack / "pack.json"

    def refresh(_: Outcome) -> None:
        text = about.read_text(encoding="utf-8")
        about.write_text(text.replace("Demonstration", "Another"), encoding="utf-8")

    with pytest.raises(PackError, match=r"was replaced while .* \d page\(s\) to make"):
        render_batch(moved, workers=1, progress=refresh)
    published = require_true_manifest(asked.out).entries
    assert 1 <= len(published) < 3
    batch = render_batch(moved)
    assert len(batch.made) == 3
    require_true_manifest(asked.out)
    require_tidy(asked.out)
