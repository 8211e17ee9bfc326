"""The gallery says what the command would write, and its pictures are there."""

import importlib.util
import re
from itertools import groupby
from pathlib import Path
from types import ModuleType

import pytest

from ineqlib.pack import Pack

REPO = Path(__file__).resolve().parents[2]
MOST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gallery", REPO / "docs" / "make_gallery.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(REPO / "docs")  # as where the command runs
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(maker: ModuleType, demo_pack: Pack) -> list:
    return list(maker.cases(demo_pack))


def test_the_gallery_is_fresh(maker: ModuleType, made: list) -> None:
    fresh = maker.PAGE.read_text(encoding="utf-8") == maker.page(made)
    assert fresh, "docs/gallery.md is not what the charts say: run `py tasks.py gallery`"


def test_every_kind_of_chart_has_a_good_and_a_bad_day(made: list) -> None:
    for kind, together in groupby(made, key=lambda case: case.kind):
        days = [case.day for case in together]
        assert days[0] == "A good day", kind
        assert len(days) > 1, kind


def test_every_picture_the_gallery_shows_is_there_and_no_other(maker: ModuleType) -> None:
    shown = re.findall(r"\(images/gallery/([^)]+)\)", maker.PAGE.read_text(encoding="utf-8"))
    there = {path.name: path.stat().st_size for path in maker.PICTURES.iterdir()}
    assert sorted(shown) == sorted(there)
    assert sum(there.values()) < MOST_BYTES
