"""What the tutorial and every how-to tell people to type can be typed, from top to bottom."""

import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from ineqlib.pack import Pack
from ineqlib.publish.manifest import Manifest

from ..unit.test_audit_labels import ENGLAND, HEADING, line
from .code_blocks import Block, Reader, blocks, guides

PACKS = ("demo", "packs/england", "packs/mine", "packs/mine-2027")
"""Packs that pages take to be there; all are the demonstration."""
IN_THE_DEMONSTRATION = {
    "North Hertfordshire": "Hollinscar",
    "East Hertfordshire": "Larkstead",
    "hertfordshire.yml": "demo.yml",
    "england-districts.yml": "demo.yml",
    "Hertfordshire": "Wendlemere",
    "Stevenage": "Brackenhythe",
    "E07000243": "X07000001",
    "Liverpool": "Ambersea",
    "Watford": "Greywick",
    "Cornwall": "Coldmarket",
    "Kent": "Tidewell",
    "England": "Lindermark",
}
"""What pages say of real places -> what is typed on the demonstration."""
OF_THE_PRACTICE_FILES = {"start.md": {"Stevenage": "Practiceham"}, "tutorial.md": {}}
"""Pages that go on with a pack they have built -> the same for them."""
OF_REAL_PLACES = {"areas-of-your-own.md": "neighbourhoods and wards by their codes"}
"""Pages whose commands need real places, and which: tests/real types them."""
REAL_ALONE = "<!-- not run: needs real places -->"
FUND = "funder,area_code,period,amount\nHealth fund,X07000001,2024/25,100000\n"


@pytest.fixture
def folder(demo_pack: Pack, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the pages take it to be: the project's, with packs and files of one's own."""

    def make(out: Path, **_: object) -> Path:
        return Path(shutil.copytree(demo_pack.path, out, copy_function=os.link))

    for room in ("demo", "workbench.project"):
        monkeypatch.setattr(f"ineqlib.{room}.make_demo_pack", make)
    monkeypatch.chdir(tmp_path)
    # Each page is read in a session of its own, with nothing on the screen.
    monkeypatch.setattr(import_module("ineqlib.exploring"), "_panels", {})
    for name in PACKS:
        make(tmp_path / "data" / name)
    shutil.copytree(repo / "params", tmp_path / "params")
    shutil.copy(repo / "params" / "runs" / "demo.yml", tmp_path / "params" / "runs" / "mine.yml")
    for place in ("docs/practice", "downloads"):
        shutil.copytree(repo / "docs" / "practice", tmp_path / place)
    for year in ("2026", "2027"):
        (tmp_path / "build" / f"mine-{year}").mkdir(parents=True)
        Manifest({}).write(tmp_path / "build" / f"mine-{year}")
    (tmp_path / "params" / "fund.csv").write_text(FUND, encoding="utf-8")
    (tmp_path / "council-root.pem").touch()
    labels = "\n".join([HEADING, line(), line(ENGLAND)])
    (tmp_path / "indicators.data.csv").write_text(labels, encoding="utf-8")
    return tmp_path


def comes_later(block: Block) -> bool:
    """Whether a block is typed after the files that run files above them name."""
    return not block.text.startswith("costs:")


@pytest.mark.parametrize("page", guides(), ids=lambda page: page.stem)
def test_every_block_can_be_typed(page: Path, folder: Path) -> None:
    own = OF_THE_PRACTICE_FILES.get(page.name)
    reader = Reader(folder, IN_THE_DEMONSTRATION if own is None else own, makes=own is not None)
    for block in sorted(blocks(page), key=comes_later):
        is_command = block.language == ""
        needs_more = is_command and page.name in OF_REAL_PLACES
        reader.types(block._replace(before=REAL_ALONE) if needs_more else block)


@pytest.mark.parametrize("page", guides(), ids=lambda page: page.stem)
def test_no_block_is_overlooked(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    fences = [line for line in lines if line.lstrip().startswith("```")]
    assert len(fences) == 2 * len(blocks(page))
