"""Nothing is started ahead of a batch of which as a rule nothing is to be made."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from ineqlib.publish import workers_ahead as ahead
from ineqlib.publish.manifest import MANIFEST


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    asked: list[object] = []
    monkeypatch.setattr(
        ahead, "started_ahead", lambda imports: (asked.append(imports), nullcontext())[1]
    )
    return asked


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run.yml"
    path.write_text("title: T\nout: pages\n", encoding="utf-8")
    return path


def test_it_is_started_for_a_folder_that_is_new_and_for_a_run_that_others_will_refuse(
    run: Path, started: list[object]
) -> None:
    for file in (run, run.with_name("absent.yml")):
        with ahead.workers_ahead(file, None):
            pass
    assert len(started) == 2


@pytest.mark.parametrize("own", [True, False])
def test_it_is_not_where_the_folder_holds_a_batch(
    run: Path, started: list[object], own: bool
) -> None:
    out = run.parent / ("pages" if own else "others")
    out.mkdir()
    (out / MANIFEST).write_text("{}", encoding="utf-8")
    with ahead.workers_ahead(run, None if own else out):
        pass
    assert started == []
