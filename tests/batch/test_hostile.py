"""What others write in the middle of a batch is neither published nor told as ours."""

from pathlib import Path
from typing import Any

import pytest

from ineqlib.errors import InputError, OutputError, ParameterError
from ineqlib.pack import Pack
from ineqlib.publish.batch import Outcome, render_batch
from ineqlib.publish.job import PAGE, Failure, Job
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import JOURNAL, READY, Manifest, read_manifest
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import Run
from ineqlib.publish.staleness import NOT_NOTED, Selection
from ineqlib.publish.target import Target

from .conftest import FIRST, SECOND, notebook, require_tidy, require_true_manifest, run

pytestmark = pytest.mark.slow


@pytest.fixture
def asked(tmp_path: Path, demo_pack: Pack) -> Run:
    return run(tmp_path, demo_pack, areas=(FIRST, SECOND))


def test_a_page_changed_after_its_check_or_its_publication_fails(
    asked: Run, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = LocalBackend.check

    def then_change(self: LocalBackend, job: Job, *others: Any) -> Failure | None:
        found = check(self, job, *others)
        if job.subject.code == FIRST:
            (job.folder / PAGE).write_text("mine", encoding="utf-8")
        return found

    def change(_: Outcome) -> None:
        for page in asked.out.glob("x07000002*.html"):
            page.write_text("mine", encoding="utf-8")

    with monkeypatch.context() as hostile:
        hostile.setattr(LocalBackend, "check", then_change)
        told = {
            each.target.subject.code: each.summary
            for each in render_batch(asked, progress=change).failed
        }
    assert "changed by something else while it was being checked" in told[FIRST]
    assert "changed or removed by something else after it was published" in told[SECOND]
    assert all("run the same command again" in words for words in told.values())
    assert not list(asked.out.glob("x07000001*"))
    assert 'href="x0' not in (asked.out / "index.html").read_text(encoding="utf-8")

    assert len(render_batch(asked).made) == 2
    require_true_manifest(asked.out)
    require_tidy(asked.out)


def test_a_notebook_that_is_saved_in_the_middle_stops_the_batch(
    asked: Run, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or its pages would be noted as made by another."""
    monkeypatch.setattr(backend, "at_once", 1)

    def save(_: Outcome) -> None:
        notebook(asked.documents[0].notebook.parent, "'another'")

    with pytest.raises(InputError, match=r"book.ipynb.* was changed while .* 1 page\(s\) to"):
        render_batch(asked, progress=save)
    (published,) = require_true_manifest(asked.out).entries.values()
    assert published.status == READY
    assert {each.reason for each in plan(asked).tasks} == {"changed: notebook", "not made yet"}


def test_what_is_in_the_way_is_named(asked: Run) -> None:
    asked.out.mkdir()
    Manifest().write(asked.out)
    (asked.out / JOURNAL).mkdir()
    with pytest.raises(OutputError, match=rf"{JOURNAL} is in the way .*Move it away and run the"):
        render_batch(asked)
    require_tidy(asked.out)


def test_a_notebook_in_failed_that_the_manifest_does_not_list_stays(
    asked: Run, backend: LocalBackend
) -> None:
    mine = asked.out / "failed" / "x07000001-brackenhythe.ipynb"
    mine.parent.mkdir(parents=True)
    Manifest().write(asked.out)
    mine.write_text("mine", encoding="utf-8")
    assert len(render_batch(asked).made) == 2
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_page_that_nothing_is_noted_of_is_made_again(asked: Run) -> None:
    """As after a batch that was killed between publishing and noting it."""
    asked.out.mkdir()
    Manifest().write(asked.out)
    (asked.out / "x07000001-brackenhythe.html").write_text("whose?", encoding="utf-8")
    assert [each.reason for each in plan(asked).tasks] == [NOT_NOTED, "not made yet"]
    assert read_manifest(asked.out) == Manifest()


def test_an_area_that_the_run_does_not_have_is_refused(asked: Run) -> None:
    with pytest.raises(ParameterError, match=r"no area Greywick. It has 2: Brackenhythe, Cold"):
        plan(asked, choose=Selection(only=("Greywick", SECOND)))


def test_areas_whose_pages_would_have_one_name_are_refused(
    asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = property(lambda target: target.subject.code[:4].lower())
    monkeypatch.setattr(Target, "file_stem", short)
    told = r"Brackenhythe \(book\), X07000001 and Coldmarket .* would both .* x070.html"
    with pytest.raises(InputError, match=told):
        plan(asked)
