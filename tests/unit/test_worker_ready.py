"""A process that others are forked from holds the pack for all of them, and has one thread."""

import threading

import pandas as pd
import pytest

from ineqlib.errors import PackError
from ineqlib.pack import Pack, open_pack
from ineqlib.publish import worker


@pytest.fixture(autouse=True)
def _imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "import_libraries", lambda: None)


@pytest.mark.parametrize("is_forked", [True, False])
def test_only_who_is_forked_from_reads_the_pack_ahead(
    small_pack: Pack, monkeypatch: pytest.MonkeyPatch, is_forked: bool
) -> None:
    held: list[str] = []
    hold = Pack.hold
    monkeypatch.setattr(Pack, "hold", lambda pack: (hold(pack), held.append(pack.title)))
    before = threading.active_count()
    worker.make_ready(small_pack.path, "area_briefing", is_forked=is_forked)
    assert held == [small_pack.title] * is_forked
    assert threading.active_count() == before
    again = open_pack(small_pack.path).table("observations")
    pd.testing.assert_frame_equal(again, small_pack.table("observations"))


def test_what_is_wrong_with_the_pack_is_said_where_it_is_opened(small_pack: Pack) -> None:
    with pytest.raises(PackError, match="nowhere"):
        worker.make_ready(small_pack.path / "nowhere", "area_briefing", is_forked=True)
