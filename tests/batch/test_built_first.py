"""A page's document is built before its notebook runs; the check keeps a copy of its own."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from ineqlib.briefings.kinds import find_area
from ineqlib.pack import Pack
from ineqlib.processes.fork_server import can_fork
from ineqlib.publish import local_backend, worker
from ineqlib.publish.job import PAGE, Failure, Job, PageReport
from ineqlib.publish.local_backend import LocalBackend

from .conftest import FIRST, SECOND, notebook

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_fork(), reason="where nothing is forked each builds its own"),
]
THIRD = "X07000003"

TELLS = """
from pathlib import Path
from ineqlib.publish.worker import _built
Path(f"told {area}").write_text(str(_built[:1] == [briefing]))
"""
SPOILS_A_FACT = f"""
fact = next(iter(briefing.facts.values()))
if area == "{SECOND}":
    object.__setattr__(fact, "value", fact.value + 1)
"""
POISONS = {
    "a section that was written": """
section, reads = briefing._written["headline"]
section.__dict__["html"] = section.html.replace("</h2>", " indeed</h2>", 1)
""",
    "the check, and a section": """
import ineqlib.document.verify.page as page
import ineqlib.publish.worker as worker
page.problems = worker.problems = lambda *_, **__: []
worker._built.clear()
section, reads = briefing._written["headline"]
section.__dict__["html"] = section.html.replace("</h2>", " indeed</h2>", 1)
""",
}


def after_opening(folder: Path, source: str) -> Path:
    """A notebook with a cell of your own after that in which it opens its briefing."""
    book = nbformat.read(path := notebook(folder), as_version=4)
    book.cells.insert(2, nbformat.v4.new_code_cell(source))
    nbformat.write(book, path)
    return path


def job(book: Path, pack: Pack, code: str, folder: Path) -> Job:
    folder.mkdir()
    return Job(book, pack.path, find_area(pack, code), {}, folder)


def test_the_notebook_shows_what_was_built_but_on_a_page_that_is_checked_apart(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    book = after_opening(tmp_path, TELLS)
    for code, is_built in ((FIRST, "True"), (SECOND, "True"), (THIRD, "False")):
        page = job(book, demo_pack, code, tmp_path / code)
        page = replace(page, checked_apart=is_built == "False")
        made = backend.make(page, 0)
        assert isinstance(made, PageReport)
        assert (tmp_path / f"told {code}").read_text() == is_built
        assert backend.check(page, made, {}, 0) is None


def test_what_a_page_is_checked_apart_by_is_built_by_another_while_its_notebook_runs(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells = 'import os\nfrom pathlib import Path\nPath("parent").write_text(str(os.getppid()))'
    book = after_opening(tmp_path, tells)
    page = replace(job(book, demo_pack, THIRD, tmp_path / THIRD), checked_apart=True)
    made = backend.make(page, 0)
    assert isinstance(made, PageReport)
    fork_server = backend._makers._spawner._server.process.pid
    assert (tmp_path / "parent").read_text() == str(fork_server)
    builder = backend._leaders[page.folder]
    monkeypatch.setattr(backend, "_checkers", None)  # nobody else is asked
    assert backend.check(page, made, {}, 0) is None
    assert builder in backend._free_leaders[True]
    assert builder not in backend._free_leaders[False]


def test_one_process_checks_all_pages_apart_and_works_out_once_what_they_share(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = notebook(tmp_path)
    monkeypatch.setattr(local_backend, "JOBS_TO_A_LEADER", 1000)
    by = {}
    for code in (FIRST, SECOND, THIRD):
        page = job(book, demo_pack, code, tmp_path / code)
        page = replace(page, checked_apart=code != SECOND)
        made = backend.make(page, 0)
        assert isinstance(made, PageReport)
        by[code] = backend._leaders[page.folder]
        assert backend.check(page, made, {}, 0) is None
    assert by[FIRST] is by[THIRD]
    assert by[FIRST] is not by[SECOND]


def test_what_is_worked_out_apart_is_not_what_all_share(demo_pack: Pack, tmp_path: Path) -> None:
    pages = [job(notebook(tmp_path), demo_pack, code, tmp_path / code) for code in (FIRST, SECOND)]
    first, second = (worker._pack_of(replace(page, checked_apart=True)) for page in pages)
    assert first is second
    assert first._common is not worker._pack_of(pages[0])._common


@pytest.mark.parametrize("poison", POISONS)
def test_what_a_notebook_does_to_its_copy_is_refused_and_touches_no_other(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend, poison: str
) -> None:
    only_there = POISONS[poison].rstrip().replace("\n", "\n    ")
    book = after_opening(tmp_path, f'if area == "{SECOND}":{only_there}')
    results: list[Failure | None] = []
    for code in (FIRST, SECOND, THIRD):
        page = job(book, demo_pack, code, tmp_path / code)
        made = backend.make(page, 0)
        assert isinstance(made, PageReport)
        results.append(backend.check(page, made, {}, 0))
    first, second, third = results
    assert first is None
    assert second is not None
    assert "The page was refused and is not published" in second.what
    assert third is None


def test_what_a_notebook_makes_of_a_fact_is_on_no_page(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    """All that is shown of facts was written before it ran."""
    pages = []
    for name, source in (("spoilt", SPOILS_A_FACT), ("plain", "")):
        (folder := tmp_path / name).mkdir()
        page = job(after_opening(folder, source), demo_pack, SECOND, folder / SECOND)
        made = backend.make(page, 0)
        assert isinstance(made, PageReport)
        assert backend.check(page, made, {}, 0) is None
        pages.append((page.folder / PAGE).read_bytes())
    assert pages[0] == pages[1]


def test_a_page_that_breaks_a_promise_is_refused_by_the_process_that_checks_it(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    own = """from IPython.display import HTML\nHTML("<p onclick='x()'>Ash</p>")"""
    page = job(after_opening(tmp_path, own), demo_pack, FIRST, tmp_path / FIRST)
    made = backend.make(page, 0)
    assert isinstance(made, PageReport)
    refused = backend.check(page, made, {}, 0)
    assert refused is not None
    assert "Its content breaks promises: <p onclick" in refused.what


def test_a_path_beside_the_notebook_is_the_same_to_all_three(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    """To the notebook, to who builds first and to who checks; the program is in another folder."""
    own_set = "name: own\ntitle: Own\nindicators: [life_expectancy]\n"
    (tmp_path / "own.yml").write_text(own_set, encoding="utf-8")
    book = nbformat.read(path := notebook(tmp_path, sections=("headline",)), as_version=4)
    book.cells[0].source += '\nindicator_set = "own.yml"'
    opens = "iq.open_briefing(pack, area"
    book.cells[1].source = book.cells[1].source.replace(
        opens, f"{opens}, indicator_set=indicator_set"
    )
    nbformat.write(book, path)
    for code in (FIRST, SECOND):
        page = job(path, demo_pack, code, tmp_path / code)
        made = backend.make(page, 0)
        assert isinstance(made, PageReport)
        assert backend.check(page, made, {}, 0) is None


def builders(backend: LocalBackend, book: Path, pack: Pack, folder: Path) -> dict[str, str]:
    """Make and check three pages; return which process built each."""
    for code in (FIRST, SECOND, THIRD):
        page = job(book, pack, code, folder / code)
        made = backend.make(page, 0)
        assert isinstance(made, PageReport)
        assert backend.check(page, made, {}, 0) is None
    return {code: (book.parent / f"parent {code}").read_text() for code in (FIRST, SECOND, THIRD)}


def test_one_process_builds_page_after_page_until_it_is_replaced_and_none_shows(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells = (
        'import os\nfrom pathlib import Path\nPath(f"parent {area}").write_text(str(os.getppid()))'
    )
    book = after_opening(tmp_path, tells)
    (tmp_path / "kept").mkdir()
    (tmp_path / "alone").mkdir()
    monkeypatch.setattr(local_backend, "JOBS_TO_A_LEADER", 1000)
    kept = builders(backend, book, demo_pack, tmp_path / "kept")
    monkeypatch.setattr(local_backend, "JOBS_TO_A_LEADER", 2)
    alone = builders(backend, book, demo_pack, tmp_path / "alone")
    assert len(set(kept.values())) == 1
    assert len(set(alone.values())) == 3
    for code in kept:
        pages = [(tmp_path / way / code / PAGE).read_bytes() for way in ("kept", "alone")]
        assert pages[0] == pages[1], code


def test_a_builder_that_was_killed_while_it_waited_costs_no_page(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    book = notebook(tmp_path)
    for code in (FIRST, SECOND):
        page = job(book, demo_pack, code, tmp_path / code)
        made = backend.make(page, 0)
        assert isinstance(made, PageReport)
        assert backend.check(page, made, {}, 0) is None
        for leader in backend._free_leaders[False]:
            leader._kill()
