"""What the tutorial and every how-to tell people to type can be typed, from top to bottom."""

import os
import shutil
from pathlib import Path

import pytest

from ineqlib.pack import Pack

from .code_blocks import IN_THE_DEMONSTRATION, Reader, blocks, guides, lay_out


@pytest.fixture
def folder(demo_pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of somebody's own; the demonstration is made by taking it from where it is."""

    def make(out: Path, **_: object) -> Path:
        return Path(shutil.copytree(demo_pack.path, out, copy_function=os.link, dirs_exist_ok=True))

    monkeypatch.setattr("ineqlib.demo.make_demo_pack", make)
    monkeypatch.chdir(tmp_path)
    lay_out(tmp_path, demo_pack.path)
    return tmp_path


@pytest.mark.parametrize("page", guides(), ids=lambda page: page.stem)
def test_every_block_can_be_typed(page: Path, folder: Path) -> None:
    reader = Reader(folder, IN_THE_DEMONSTRATION)
    for block in blocks(page):
        reader.types(block)


@pytest.mark.parametrize("page", guides(), ids=lambda page: page.stem)
def test_no_block_is_overlooked(page: Path) -> None:
    fences = [line for line in page.read_text("utf-8").splitlines() if line.lstrip().startswith("```")]
    assert len(fences) == 2 * len(blocks(page))
