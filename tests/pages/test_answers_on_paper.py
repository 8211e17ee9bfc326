"""An answer to a question fills its first sheet of paper: what follows begins under it."""

from pathlib import Path

import pytest

import ineqlib as iq
from ineqlib.document.kinds import kind_named
from ineqlib.document.page import document_page
from ineqlib.pack import Pack

from .conftest import printed

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("kind", "area", "under"),
    [
        ("evaluate_project", "X07000001", "What changed, and when"),
        ("equity_audit", "X10000001", "Uptake against need, place by place"),
    ],
)
def test_what_follows_an_answer_begins_on_the_same_sheet(
    demo_pack: Pack, tmp_path: Path, open_page, kind: str, area: str, under: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(document_page(kind_named(kind).build(demo_pack, area)), encoding="utf-8")
    first, *_ = printed(open_page(path, js=False), tmp_path)
    assert under in " ".join(words.text for words in first)


def test_an_answer_and_its_drawing_share_one_sheet_and_its_code_can_be_run(
    demo_pack: Pack, tmp_path: Path, open_page
) -> None:
    """35 areas were drawn a sheet high: it left the title on one sheet, the sentence on another."""
    path = tmp_path / "answer.html"
    iq.compare(demo_pack, "smoking_adults", "Brackenhythe").save(path)
    page = open_page(path)
    [sheet] = printed(page, tmp_path)
    assert {"Juniper Coast", "Lindermark"} <= {words.text for words in sheet}
    code = page.locator("[data-block=code]").inner_text()
    assert code.splitlines()[1] == f"pack = iq.open_pack({demo_pack.path.as_posix()!r})"
