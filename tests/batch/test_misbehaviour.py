"""A notebook may do anything: it costs its own area, in words, and no other."""

import sys
from dataclasses import replace
from pathlib import Path

import lxml.html
import nbformat
import pytest

from ineqlib.pack import Pack
from ineqlib.publish.batch import Batch, Outcome, render_batch
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import Manifest

from .conftest import lend, require_tidy, require_true_manifest, run

pytestmark = pytest.mark.slow

PATIENCE = 12
"""Seconds given to each, one of which waits for them to pass."""

# The file lets the same notebook be sound the second time.
FAULTS = """
import os, signal, sys, time
from pathlib import Path
if Path("broken").exists():
    match area:
        case "X07000002":
            raise ValueError("no such thing")
        case "X07000003":
            time.sleep(600)
        case "X07000004":
            sys.exit(3)
        case "X07000005":
            os._exit(3)
        case "X07000006":
            everything = bytearray(8 << 30)
        case "X07000007":
            for _ in range(100):
                print("x" * 1_000_000)
        case "X07000008":
            sys.exit(0)
        case "X07000009":
            area = "X07000001"
        case "X07000021" if not Path("killed").exists():
            Path("killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
"""
WORDS = {
    "X07000002": ["code cell 2 (import os, signal, sys, time)", "ValueError: no such thing"],
    "X07000003": [f"longer than {PATIENCE} seconds", "code cell 2", "--seconds"],
    "X07000004": ["SystemExit: 3", "code cell 2"],
    "X07000005": ["ended 2 times", "code cell 2"],
    "X07000006": ["MemoryError", "--memory"],
    "X07000007": ["put out", "a cell may put out 30 MB", "code cell 2", "Print a summary"],
    "X07000008": ["SystemExit"],
    "X07000009": ["refused", "Brackenhythe"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("misbehaviour")
    (made / "broken").touch()
    earlier = made / "out" / "x07000002-coldmarket.html"
    earlier.parent.mkdir()
    Manifest().write(earlier.parent)
    earlier.write_text("the last good briefing", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def batch(folder: Path, demo_pack: Pack, warm: LocalBackend) -> Batch:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm, "_limits", replace(warm._limits, seconds=PATIENCE))
        lend(patch, warm)
        return render_batch(run(folder, demo_pack, FAULTS))


def outcome(batch: Batch, code: str) -> Outcome:
    return next(each for each in batch.outcomes if each.target.subject.code == code)


@pytest.mark.parametrize("code", WORDS)
def test_the_failure_is_told_with_its_cell_and_what_to_do(batch: Batch, code: str) -> None:
    if code == "X07000006" and not sys.platform.startswith("linux"):
        pytest.skip("only Linux holds a process to its memory")
    found = outcome(batch, code)
    assert found.status == "failed"
    assert [words for words in WORDS[code] if words not in found.summary] == []
    assert "again" in found.summary


@pytest.mark.parametrize("code", ["X07000001", "X07000021"], ids=["sound", "lost once"])
def test_the_others_are_made(batch: Batch, code: str) -> None:
    assert outcome(batch, code).status == "ready"


def test_what_was_published_stays_and_what_half_ran_is_kept(batch: Batch, folder: Path) -> None:
    out = folder / "out"
    earlier = out / "x07000002-coldmarket.html"
    assert earlier.read_text(encoding="utf-8") == "the last good briefing"
    assert {path.name[:9].upper() for path in (out / "failed").iterdir()} == set(WORDS)
    for path in (out / "failed").iterdir():
        cells = nbformat.read(path, as_version=4).cells
        assert any("injected-parameters" in cell.metadata.get("tags", []) for cell in cells)
        assert path.stat().st_size < 1_000_000


def test_the_index_links_to_what_half_ran(batch: Batch) -> None:
    page = lxml.html.parse(str(batch.index)).getroot()
    rows = {row.xpath("td")[0].text: row for row in page.xpath("//tbody/tr")}
    for code in WORDS:
        assert rows[code].xpath("td")[-1].text == "failed"
        (link,) = rows[code].xpath(".//a/@href")
        assert (batch.index.parent / link).is_file()


def test_nothing_half_made_is_left(batch: Batch, folder: Path) -> None:
    require_tidy(folder / "out")
    require_true_manifest(folder / "out")


def test_once_mended_only_those_that_failed_are_made(
    batch: Batch, folder: Path, demo_pack: Pack, backend: object
) -> None:
    (folder / "broken").unlink()
    again = render_batch(run(folder, demo_pack, FAULTS))
    assert {each.target.subject.code for each in again.made} == set(WORDS)
    assert list((folder / "out" / "failed").iterdir()) == []
    require_true_manifest(folder / "out")
