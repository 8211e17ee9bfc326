"""What is made beside a page on request is an output like the page itself."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from ineqlib.pack import Pack
from ineqlib.publish.also import is_also
from ineqlib.publish.batch import render_batch
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import read_manifest
from ineqlib.publish.run_file import Run

from .conftest import FIRST, run

STEM = "x07000001-brackenhythe"


def asking(folder: Path, pack: Pack, *also: str, source: str = "") -> Run:
    """A run of one small briefing and what is wanted besides."""
    plain = run(folder, pack, *filter(None, [source]), areas=(FIRST,))
    [request] = plain.documents
    return replace(plain, documents=(replace(request, also=also),))


def files(out: Path) -> set[str]:
    [entry] = read_manifest(out).entries.values()
    assert entry.is_as_published(out)
    return set(entry.files) - {f"{STEM}.html", f"{STEM}.ipynb"}


def test_outputs_are_made_listed_made_again_and_removed(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    wanted = asking(tmp_path, demo_pack, "docx", "figures", "markdown", "xlsx")
    assert render_batch(wanted).failed == []
    texts = {f"{STEM}.docx", f"{STEM}.md", f"{STEM}.xlsx"}
    pictures = {name for name in files(wanted.out) if name.startswith("figures/")}
    assert files(wanted.out) == texts | pictures
    assert {name.rpartition(".")[2] for name in pictures} == {"svg", "png"}
    words = (wanted.out / f"{STEM}.md").read_text(encoding="utf-8")
    assert "## Headlines" in words
    assert "## Over time" not in words, "the notebook does not show it"
    assert "Table 1" in openpyxl.load_workbook(wanted.out / f"{STEM}.xlsx").sheetnames

    assert render_batch(wanted).made == []
    (wanted.out / sorted(pictures)[0]).unlink()
    assert len(render_batch(wanted).made) == 1
    assert files(wanted.out) == texts | pictures

    fewer = asking(tmp_path, demo_pack, "markdown")
    assert len(render_batch(fewer).made) == 1
    assert files(fewer.out) == {f"{STEM}.md"}
    left = {path.name for path in fewer.out.rglob("*") if path.is_file()}
    assert not left & {name.rpartition("/")[2] for name in texts - {f"{STEM}.md"} | pictures}


def test_what_a_notebook_puts_there_itself_is_not_published(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    planted = "also.figure.planted.svg"
    source = f"""
from pathlib import Path
for folder in Path({str(tmp_path)!r}, "out", ".ineqlib-staging").iterdir():
    (folder / {planted!r}).write_text("<svg/>")
"""
    for also in ((), ("markdown",)):
        wanted = asking(tmp_path, demo_pack, *also, source=source)
        assert render_batch(wanted).failed == []
        assert files(wanted.out) == {f"{STEM}.{'md'}" for _ in also}


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        (f"{STEM}.xlsx", True),
        (f"figures/{STEM}/a.svg", True),
        (f"{STEM}.html", False),
        (f"{STEM}.ipynb", False),
        (f"figures/{STEM}/../../a.svg", False),
        (f"{STEM}.x/../../a", False),
        (f"figures/{STEM}/..\\\\a.svg", False),
        ("figures/other/a.svg", False),
        ("x07000001.xlsx", False),
    ],
)
def test_only_a_pages_own_files_are_removed(name: str, ours: bool) -> None:
    assert is_also(name, STEM) is ours
