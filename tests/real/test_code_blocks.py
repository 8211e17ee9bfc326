"""What guides tell people to type about real places can be typed where the real data are."""

import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from ineqlib.pack import Pack

from ..docs.code_blocks import Reader, blocks, guides
from ..docs.test_code_blocks import FUND, REAL_ALONE, comes_later

pytestmark = [pytest.mark.real, pytest.mark.slow]

PLACES = ("Hertfordshire", "Stevenage", "Liverpool", "E07000243")
OF_FILES = {"start", "tutorial", "a-year-later", "published-labels", "proxies", "fetching", "batch"}
"""Pages whose commands are about files of one's own, publishers or whole batches."""
OF_THE_DEMONSTRATION = {"how-to-economic-case", "how-to-equity-audit"}
"""Pages whose files are about the demonstration, or about figures that the real files lack."""
REAL = [
    page
    for page in guides()
    if page.stem not in OF_FILES | OF_THE_DEMONSTRATION
    and any(place in page.read_text("utf-8") for place in PLACES)
]


@pytest.fixture
def folder(
    pack: Pack, demo_pack: Pack, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.chdir(tmp_path)
    # Each page is read in a session of its own, with nothing on the screen.
    monkeypatch.setattr(import_module("ineqlib.exploring"), "_panels", {})
    for name, made in {"demo": demo_pack, "packs/england": pack, "packs/mine": pack}.items():
        shutil.copytree(made.path, tmp_path / "data" / name, copy_function=os.link)
    shutil.copytree(repo / "params", tmp_path / "params")
    fund = FUND.replace("X07000001", "E07000243")
    (tmp_path / "params" / "fund.csv").write_text(fund, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("page", REAL, ids=lambda page: page.stem)
def test_every_block_can_be_typed_of_real_places(page: Path, folder: Path) -> None:
    reader = Reader(folder, {})
    for block in sorted(blocks(page), key=comes_later):
        builds = block.text.startswith("ineq build")  # tests/real/test_build.py does, once
        reader.types(block._replace(before=REAL_ALONE) if builds else block)
