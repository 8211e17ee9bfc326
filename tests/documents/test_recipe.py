"""A new kind of document is one module, as CONTRIBUTING tells it: nothing else is touched."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from ineqlib.document.kinds import kind_named, kinds
from ineqlib.errors import ParameterError
from ineqlib.pack import Pack
from ineqlib.publish.batch import render_batch
from ineqlib.publish.diff import diff
from ineqlib.publish.manifest import read_manifest
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import Run, read_run

from ..unit.revised_pack import revised

MOST_LINES = 80
AREA = "X07000001"
PARAMETERS = f'area = "{AREA}"\npack = ""\ndecimals = 1'
SHOWS = (
    "from toy_documents.smoking import open_smoking\n"
    "document = open_smoking(pack, area, decimals=decimals)\ndocument.cover",
    'document.section("smoking")',
    "document.facts",
)
RUN = """
title: Two kinds
documents: [{{name: summary, areas: [X07000001]}}, smoking]
pack: {pack}
out: out
areas: [X07000001, X07000002]
parameters: {{indicator_set: headline}}
"""


@pytest.fixture
def recipe(repo: Path) -> str:
    """The module that CONTRIBUTING shows."""
    section = (repo / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = section.partition("## Add a document")[2].partition("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)[0]


@pytest.fixture
def package(recipe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with that module and its notebook."""
    site = tmp_path / "site"
    folder = site / "toy_documents"
    about = site / "toy_documents-1.0.dist-info"
    for place in (folder, about):
        place.mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "smoking.py").write_text(recipe, encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in SHOWS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "smoking.ipynb")
    (about / "METADATA").write_text("Name: toy-documents\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(
        "[ineqlib.documents]\nsmoking = toy_documents.smoking:KIND\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(site))
    return folder


@pytest.fixture(autouse=True)
def looked_for_afresh() -> Iterator[None]:
    """Kinds are looked for once in a process; here the package comes and goes."""
    forget()
    yield
    forget()


def forget() -> None:
    for cached in (kinds, kind_named):
        cached.cache_clear()
    for name in [name for name in sys.modules if name.startswith("toy_documents")]:
        del sys.modules[name]


def run(folder: Path, pack: Path, out: str) -> Run:
    path = folder / "run.yml"
    path.write_text(RUN.format(pack=pack.as_posix()), encoding="utf-8")
    return replace(read_run(path), out=folder / out)


def test_the_recipe_is_short(recipe: str) -> None:
    assert len(recipe.splitlines()) < MOST_LINES


@pytest.mark.slow
def test_the_recipe_is_made_checked_indexed_resumed_and_compared(
    small_pack: Pack, package: Path, tmp_path: Path
) -> None:
    batch = render_batch(run(tmp_path, small_pack.path, "then"), workers=2)
    assert [(each.target.key, each.status) for each in batch.outcomes] == [
        (key, "ready") for key in ("summary/X07000001", "smoking/X07000001", "smoking/X07000002")
    ]
    page = (tmp_path / "then" / "x07000001-brackenhythe-smoking.html").read_text(encoding="utf-8")
    fact = kind_named("smoking").build(small_pack, AREA).facts
    assert all(each.text in page for each in fact.values())
    index = batch.index.read_text(encoding="utf-8")
    for name in ("x07000001-brackenhythe-summary.html", "x07000001-brackenhythe-smoking.html"):
        assert f'href="{name}"' in index
    assert plan(run(tmp_path, small_pack.path, "then")).tasks == ()

    rows = small_pack.table("observations")
    here = rows["indicator_id"].eq("smoking_adults") & rows["area_code"].eq(AREA)
    rows.loc[here & rows["dimension"].eq(""), "value"] += 0.5
    tables = {name: small_pack.table(name) for name in small_pack.meta.tables}
    revised(small_pack, tmp_path / "later", {**tables, "observations": rows})
    assert not render_batch(run(tmp_path, tmp_path / "later", "now"), workers=2).failed
    changes = diff(tmp_path / "then", tmp_path / "now").rows
    of_recipe = changes[changes["document"] == "smoking"]
    assert of_recipe[["kind", "subject_code"]].to_numpy().tolist() == [["revised value", AREA]]
    assert read_manifest(tmp_path / "now").is_finished


@pytest.mark.slow
def test_a_page_of_the_recipe_that_says_something_else_is_refused(
    small_pack: Pack, package: Path, tmp_path: Path
) -> None:
    """The notebook shows two decimals, where it is asked for one."""
    notebook = package / "smoking.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("decimals=decimals", "decimals=2"), encoding="utf-8")
    asked = run(tmp_path, small_pack.path, "out")
    only = replace(asked, documents=tuple(d for d in asked.documents if d.name == "smoking"))
    batch = render_batch(only, workers=1)
    assert [each.status for each in batch.outcomes] == ["failed", "failed"]
    assert "is not what the pack gives for Brackenhythe" in batch.failed[0].summary


def test_a_kind_that_is_not_installed_is_told_with_those_that_are() -> None:
    with pytest.raises(ParameterError, match=r"no kind of document 'smokng'.*area_briefing"):
        kind_named("smokng")
