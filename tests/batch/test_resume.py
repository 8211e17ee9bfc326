"""A second run makes what is missing, failed or rests on something that changed, and no more."""

import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from ineqlib.pack import Pack, PackMeta
from ineqlib.publish.batch import render_batch
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import FORMAT, MANIFEST, PREVIOUS, read_manifest
from ineqlib.publish.plan import UNREADABLE, plan
from ineqlib.publish.run_file import Run
from ineqlib.publish.staleness import Selection

from ..unit.revised_pack import revised
from .conftest import FIRST, SECOND, key, lend, require_tidy, require_true_manifest, run

pytestmark = pytest.mark.slow


BACKWARDS = """
import time
hours = iter(range(2_000_000_000, 0, -3600))
time.time = lambda: float(next(hours))
"""


@pytest.fixture(scope="module")
def made_once(
    tmp_path_factory: pytest.TempPathFactory, demo_pack: Pack, warm: LocalBackend
) -> Path:
    """A folder with a notebook and what a batch has made with it."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        lend(patch, warm)
        assert len(render_batch(run(folder, demo_pack, areas=(FIRST, SECOND))).made) == 2
    return folder


@pytest.fixture
def made(made_once: Path, tmp_path: Path, demo_pack: Pack, backend: LocalBackend) -> Run:
    """A batch that is done, in a copy that the test may change."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return run(tmp_path, demo_pack, areas=(FIRST, SECOND))


def pages(asked: Run) -> list[Path]:
    return sorted(asked.out.glob("x*.html"))


def reasons(asked: Run, **options: object) -> dict[str, str]:
    tasks = plan(asked, choose=Selection(**options)).tasks
    return {each.target.subject.code: each.reason for each in tasks}


def test_an_unchanged_batch_writes_nothing(made: Run) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.out.iterdir() if path.name[0] != "."}
    assert render_batch(made).made == []
    assert {path: path.stat().st_mtime_ns for path in before} == before
    require_tidy(made.out)


def test_no_clock_decides(made: Run) -> None:
    for path in [*made.out.iterdir(), made.documents[0].notebook, *made.pack.iterdir()]:
        os.utime(path, (0, 0))
    assert reasons(made) == {}
    page = pages(made)[0]
    stamp = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("better", "poorer"), encoding="utf-8")
    os.utime(page, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert reasons(made) == {FIRST: "its files are missing or not what was written"}


def test_a_clock_that_goes_backwards_changes_nothing(
    tmp_path: Path, demo_pack: Pack, backend: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither that of the batch, nor that of the notebook, nor the dates of what is there."""
    hours = iter(range(2_000_000_000, 0, -3600))
    monkeypatch.setattr(time, "time", lambda: float(next(hours)))
    monkeypatch.setattr(time, "time_ns", lambda: next(hours) * 10**9)
    asked = run(tmp_path, demo_pack, BACKWARDS, areas=(FIRST, SECOND))
    assert len(render_batch(asked).made) == 2
    first = require_true_manifest(asked.out).entries

    for path in asked.out.iterdir():
        os.utime(path, (4e9, 4e9))  # of a later date than all that follows
    assert reasons(asked) == {}
    pages(asked)[0].unlink()
    assert len(render_batch(asked).made) == 1

    again = require_true_manifest(asked.out).entries
    assert again[key(SECOND)] == first[key(SECOND)]
    assert replace(again[key(FIRST)], files={}) == replace(first[key(FIRST)], files={})
    require_tidy(asked.out)


def test_a_page_that_is_gone_or_was_changed_is_made_again_as_it_was(made: Run) -> None:
    first, second = pages(made)
    before = first.read_bytes(), second.read_bytes()
    first.unlink()
    second.write_bytes(b"<html>mine</html>")
    assert len(render_batch(made).made) == 2
    assert (first.read_bytes(), second.read_bytes()) == before


def test_that_a_notebook_was_run_is_no_change_but_its_words_are(made: Run) -> None:
    book = nbformat.read(made.documents[0].notebook, as_version=4)
    book.cells[-1].outputs = [nbformat.v4.new_output("stream", text="seen")]
    nbformat.write(book, made.documents[0].notebook)
    assert reasons(made) == {}
    book.cells[1].source = "## Another section"
    nbformat.write(book, made.documents[0].notebook)
    assert reasons(made) == dict.fromkeys((FIRST, SECOND), "changed: notebook")
    assert reasons(made, failed=True) == {}
    assert set(reasons(made, changed=True)) == {FIRST, SECOND}
    assert set(reasons(made, only=("Coldmarket",))) == {SECOND}


def test_all_or_one_can_be_asked_for_again(made: Run) -> None:
    assert set(reasons(made, again=True)) == {FIRST, SECOND}
    assert reasons(made, again=True, only=(SECOND,)) == {SECOND: "asked for again"}


def test_a_plan_writes_nothing(tmp_path: Path, demo_pack: Pack) -> None:
    asked = run(tmp_path, demo_pack, areas=(FIRST,))
    assert reasons(asked) == {FIRST: "not made yet"}
    assert not asked.out.exists()


def pack_with(demo_pack: Pack, folder: Path, area: str) -> Path:
    """A copy of the pack whose neighbourhoods in one area have other figures."""
    tables = {name: demo_pack.table(name) for name in demo_pack.meta.tables}
    rows = tables["small_areas"]
    moved = rows["population"].where(rows["area_code"] != area, rows["population"] + 1)
    tables["small_areas"] = rows.assign(population=moved)
    meta = PackMeta(demo_pack.title, demo_pack.fictional, demo_pack.meta.vintage)
    return revised(demo_pack, folder, tables, meta).path


def test_another_pack_makes_only_what_rests_on_what_changed(
    made: Run, demo_pack: Pack, tmp_path: Path
) -> None:
    same = replace(made, pack=tmp_path / "same")
    shutil.copytree(demo_pack.path, same.pack)
    assert reasons(same) == {}
    other = replace(made, pack=pack_with(demo_pack, tmp_path / "other", SECOND))
    assert reasons(other) == {SECOND: f"changed: small_areas/{SECOND}"}


def test_the_manifest_of_what_is_replaced_is_kept(made: Run, demo_pack: Pack) -> None:
    before = (made.out / MANIFEST).read_text(encoding="utf-8")
    pages(made)[0].unlink()
    render_batch(made)
    assert not (made.out / PREVIOUS).exists()
    book = nbformat.read(made.documents[0].notebook, as_version=4)
    book.cells[1].source = "## Another section"
    nbformat.write(book, made.documents[0].notebook)
    render_batch(made)
    kept = json.loads((made.out / PREVIOUS).read_text(encoding="utf-8"))
    earlier = json.loads(before)["documents"]
    assert kept["documents"].keys() == earlier.keys()
    assert kept["documents"][key(FIRST)]["recipe"] == earlier[key(FIRST)]["recipe"]


@pytest.mark.parametrize("damage", ["torn", "another format", "not a whole one"])
def test_a_manifest_that_cannot_be_read_is_set_aside_and_told(made: Run, damage: str) -> None:
    file = made.out / MANIFEST
    text = file.read_text(encoding="utf-8")
    torn = {
        "torn": text[: len(text) // 2],
        "another format": text.replace(f'"format":{FORMAT}', '"format":99'),
        "not a whole one": f'{{"format":{FORMAT},"is_finished":true}}',
    }[damage]
    file.write_text(torn, encoding="utf-8")
    batch = render_batch(made)
    assert len(batch.made) == 2
    assert UNREADABLE in batch.notes[0]
    assert (made.out / UNREADABLE).read_text(encoding="utf-8") == torn
    require_true_manifest(made.out)


def test_the_manifest_says_what_the_briefing_says(made: Run) -> None:
    entry = read_manifest(made.out).entries[key(FIRST)]
    assert entry.summary.startswith("How long people can expect to live, men: ")
    assert entry.opening
    assert {"observations/life_expectancy", "pack.json/"} <= set(entry.inputs)
    keys = {"indicator", "sex", "age", "period", "value", "comparison"}
    assert all(set(figure) == keys for figure in entry.figures)
    (men,) = [
        figure
        for figure in entry.figures
        if (figure["indicator"], figure["sex"]) == ("life_expectancy", "Male")
    ]
    assert f"{men['value']:.1f}" in entry.summary
    assert men["comparison"] == "worse"
