"""One area's failure is its own: the others are made, and what was there before stays."""

import os
from dataclasses import replace
from pathlib import Path

import lxml.html
import nbformat
import pytest

from ineqlib.pack import Pack
from ineqlib.publish.area_selection import AreaChoice
from ineqlib.publish.batch import render_batch
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import Manifest
from ineqlib.publish.run_file import Run, notebook_request

from .conftest import require_tidy

pytestmark = pytest.mark.slow

SOUND = """
import ineqlib as iq
briefing = iq.open_briefing(pack, area)
briefing.cover
"""
FAILS = "if area == 'X07000002':\n    raise ValueError('no such thing')"
DIES = "import os\nif area == 'X07000002':\n    os._exit(3)"
PARAMETERS = 'area = ""\npack = ""'


def notebook(folder: Path, *sources: str) -> Path:
    cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    path = folder / "book.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def run(folder: Path, pack: Pack, *sources: str) -> Run:
    request = notebook_request(notebook(folder, *sources))
    choice = AreaChoice(("X07000001", "X07000002"))
    return Run("Batch", pack.path, folder / "out", (request,), choice)


def test_paths_may_be_given_from_the_working_folder(
    tmp_path: Path, demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = run(tmp_path, demo_pack, SOUND)
    monkeypatch.chdir(tmp_path)
    (request,) = asked.documents
    here = replace(request, notebook=request.notebook.relative_to(tmp_path))
    pack = Path(os.path.relpath(asked.pack))
    from_here = replace(asked, documents=(here,), pack=pack, out=Path("some") / "where")
    assert [each.status for each in render_batch(from_here).outcomes] == ["ready", "ready"]
    assert (tmp_path / "some" / "where" / "x07000001-brackenhythe.html").is_file()


@pytest.mark.parametrize("fault", [FAILS, DIES], ids=["raises", "dies"])
def test_a_failed_area_stops_no_other_and_keeps_its_earlier_page(
    tmp_path: Path, demo_pack: Pack, backend: LocalBackend, fault: str
) -> None:
    earlier = tmp_path / "out" / "x07000002-coldmarket.html"
    earlier.parent.mkdir()
    Manifest().write(earlier.parent)
    earlier.write_text("the last good briefing", encoding="utf-8")

    batch = render_batch(run(tmp_path, demo_pack, SOUND, fault))

    assert [outcome.status for outcome in batch.outcomes] == ["ready", "failed"]
    assert (tmp_path / "out" / "x07000001-brackenhythe.html").is_file()
    assert earlier.read_text(encoding="utf-8") == "the last good briefing"
    rows = lxml.html.parse(str(batch.index)).getroot().xpath("//tbody/tr")
    assert [row.text_content().split()[-1] for row in rows] == ["ready", "failed"]
    require_tidy(tmp_path / "out")


def test_the_reason_names_the_cell_and_the_half_run_notebook_is_kept(
    tmp_path: Path, demo_pack: Pack, backend: LocalBackend
) -> None:
    (_, failed) = render_batch(run(tmp_path, demo_pack, SOUND, FAILS)).outcomes
    assert "ValueError: no such thing" in failed.summary
    assert "area == 'X07000002'" in failed.summary
    kept = tmp_path / "out" / "failed" / "x07000002-coldmarket.ipynb"
    assert str(kept) in failed.summary
    assert any("outputs" in cell for cell in nbformat.read(kept, as_version=4).cells)


def test_a_notebook_that_never_says_what_its_page_is_is_not_published(
    tmp_path: Path, demo_pack: Pack, backend: LocalBackend
) -> None:
    batch = render_batch(run(tmp_path, demo_pack, "1 + 1"))
    assert {outcome.status for outcome in batch.outcomes} == {"failed"}
    assert not list((tmp_path / "out").glob("x*.html"))
