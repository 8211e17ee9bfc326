"""A batch where no process can be forked, as on Windows and macOS, makes the same."""

import os
import signal
from pathlib import Path

import pytest

from ineqlib.pack import Pack
from ineqlib.publish import local_backend as processes
from ineqlib.publish.batch import Outcome, render_batch
from ineqlib.publish.local_backend import Limits, LocalBackend

from .conftest import FIRST, MEMORY, SECOND, lend, require_tidy, require_true_manifest, run, use

pytestmark = pytest.mark.slow

FAILS = f"if area == '{FIRST}':\n    raise ValueError('no such thing')"


def note_process(folder: Path) -> str:
    """Return a cell that tells which process a notebook runs in."""
    return f"import os, pathlib\n(pathlib.Path({str(folder)!r}) / str(os.getpid())).touch()"


def test_one_area_fails_a_checker_is_killed_and_the_other_page_is_that_of_a_forked_batch(
    tmp_path: Path, demo_pack: Pack, warm: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "processes"
    noted.mkdir()
    asked = run(tmp_path, demo_pack, note_process(noted), FAILS, areas=(FIRST, SECOND))
    lend(monkeypatch, warm)
    render_batch(asked)
    forked = {
        path.name: path.read_bytes()
        for path in asked.out.rename(tmp_path / "forked").glob("x*.html")
    }

    opened: list[LocalBackend] = []
    checkers: list[int] = []

    class Watched(LocalBackend):
        def __init__(self, limits: Limits, pack: Path, area: str) -> None:
            super().__init__(limits, pack, area)
            opened.append(self)

    def kill_the_first_checker(_: Outcome) -> None:
        (checker,) = opened[0]._checkers._spawner._processes.values()
        if not checkers:
            os.kill(checker.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        checkers.append(checker.pid)

    use(monkeypatch, Watched)
    monkeypatch.setattr(processes, "can_fork", lambda: False)
    for path in noted.iterdir():
        path.unlink()

    batch = render_batch(asked, workers=1, memory=MEMORY, progress=kill_the_first_checker)

    assert [outcome.status for outcome in batch.outcomes] == ["failed", "ready"]
    assert "ValueError: no such thing" in batch.failed[0].summary
    assert {path.name: path.read_bytes() for path in asked.out.glob("x*.html")} == forked
    assert len(forked) == 1
    makers = {int(path.name) for path in noted.iterdir()}
    assert len({*makers, *checkers, os.getpid()}) == 5, "each has a process of its own"
    require_true_manifest(asked.out)
    require_tidy(asked.out)
