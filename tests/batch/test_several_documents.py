"""One run file asks for every kind of document, one of them for two areas; some by Dask too."""

from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner, Result

from ineqlib.cli import main
from ineqlib.pack import Pack
from ineqlib.publish.diff import GONE_DOCUMENT, diff
from ineqlib.publish.local_backend import LocalBackend

from ..documents.test_every_kind import NEEDS_OPTIONS, SUBJECTS
from .conftest import FIRST, SECOND, require_tidy, require_true_manifest

pytestmark = pytest.mark.slow

AREAS = (FIRST, SECOND)
RUN = """
title: The county
documents:
  - area_briefing
{others}pack: {pack}
out: here
areas: [{areas}]
parameters:
  indicator_set: headline
"""
ELSEWHERE = {"area_briefing", *NEEDS_OPTIONS}
OTHERS = {kind: code for kind, code in SUBJECTS.items() if kind not in ELSEWHERE}
FAR = {kind: SUBJECTS[kind] for kind in ("methods", "county_profile", "indicator_gradient")}
"""About a district, a county and the country: a worker makes all kinds by the same function."""


def run_file(folder: Path, pack: Pack, others: dict[str, str]) -> Path:
    """A run of briefings of the areas and of other kinds, each of its own subject."""
    asked = "".join(f"  - {{name: {kind}, areas: [{code}]}}\n" for kind, code in others.items())
    text = RUN.format(others=asked, areas=", ".join(AREAS), pack=pack.path.as_posix())
    path = folder / f"run-{len(others)}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def ineq(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def test_they_are_published_checked_indexed_resumed_and_compared(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    """Every kind on this machine, and three of them, which are alike for a worker, by Dask."""
    near, far = tmp_path / "here", tmp_path / "dask"
    file = run_file(tmp_path, demo_pack, OTHERS)
    pages = len(AREAS) + len(OTHERS)
    assert f"{pages} pages made." in ineq("render", file, "--workers", 2).output
    few = run_file(tmp_path, demo_pack, FAR)
    ineq("render", few, "--out", far, "--dask", "local", "--workers", 1, "--quiet")

    for out, others in {near: OTHERS, far: FAR}.items():
        entries = require_true_manifest(out).entries
        documents = [entry.document for entry in entries.values()]
        assert {name: documents.count(name) for name in documents} == {
            "area_briefing": len(AREAS),
            **dict.fromkeys(others, 1),
        }
        require_tidy(out)
        rows = lxml.html.parse(str(out / "index.html")).getroot().xpath("//tbody/tr")
        links = [row.xpath(".//a/@href")[0] for row in rows]
        assert len(set(links)) == len(AREAS) + len(others)
        assert all((out / link).is_file() for link in links)
        statuses = [row.xpath("td[@class='status']") for row in rows]
        assert statuses == [[]] * len(links), "all are made: no status needs to be told"
    page = (near / "x07000001-brackenhythe-methods.html").read_text(encoding="utf-8")
    assert '<meta name="document-kind" content="methods">' in page

    again = ineq("render", file, "--dry-run").output
    assert f"0 to make, {pages} left as they are" in again
    (near / "x07000001-brackenhythe-methods.html").unlink()
    assert f"1 to make, {pages - 1} left" in ineq("render", file, "--dry-run").output
    assert f"1 page made. {pages - 1} were there" in ineq("render", file).output

    changes = diff(near, far)
    assert changes.in_both == len(AREAS) + len(FAR)
    assert set(changes.rows["kind"]) == {GONE_DOCUMENT}
    assert set(changes.rows["document"]) == set(OTHERS) - set(FAR)


VARIANTS = """
title: The county, for several readers
documents:
  - {{name: area_briefing, audience: [director, public]}}
  - {{name: summary, audience: member}}
pack: {pack}
out: here
areas: [{areas}]
parameters:
  indicator_set: headline
  published: 2026-11-30
  contact: public.health@wendlemere.example
"""


def test_several_audiences_are_pages_of_their_own(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    file, out = tmp_path / "run.yml", tmp_path / "here"
    text = VARIANTS.format(areas=", ".join(AREAS), pack=demo_pack.path.as_posix())
    file.write_text(text, encoding="utf-8")
    assert "6 pages made." in ineq("render", file, "--workers", 2).output
    entries = require_true_manifest(out).entries
    assert set(entries) == {
        f"{document}/{area}"
        for document in ("area_briefing", "area_briefing, public", "summary, member")
        for area in AREAS
    }
    require_tidy(out)
    public = out / "x07000001-brackenhythe-public.html"
    director = out / "x07000001-brackenhythe.html"
    assert "of every 100" in public.read_text(encoding="utf-8")
    assert "of every 100 " not in director.read_text(encoding="utf-8")
    assert "Published 30 November 2026" in public.read_text(encoding="utf-8")
    rows = lxml.html.parse(str(out / "index.html")).getroot().xpath("//tbody/tr")
    assert len({row.xpath(".//a/@href")[0] for row in rows}) == 6

    public.unlink()
    assert "1 to make, 5 left as they are" in ineq("render", file, "--dry-run").output
    file.write_text(text.replace("director, public", "public"), encoding="utf-8")
    assert "1 to make, 3 left as they are" in ineq("render", file, "--dry-run").output
    file.write_text(text.replace("2026-11-30", "2026-12-01"), encoding="utf-8")
    assert "6 to make, 0 left as they are" in ineq("render", file, "--dry-run").output
    assert ineq("diff", out, out).output.strip().endswith("6 documents in both; nothing changed.")
