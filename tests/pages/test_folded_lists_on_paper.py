"""Lists folded on the screen begin on paper under their heading, not on the sheet after it."""

from dataclasses import replace
from pathlib import Path

import pytest

from ineqlib.briefings.area.document import open_summary
from ineqlib.document.blocks import BulletList, folded, heading, paragraph
from ineqlib.document.model import Section
from ineqlib.document.page import document_page
from ineqlib.pack import Pack

from .conftest import printed

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_list_of_more_than_a_sheet_begins_where_there_is_room(
    demo_pack: Pack, tmp_path: Path, open_page
) -> None:
    """It was moved to the next sheet whole, and its heading left alone on a blank one."""
    missing = folded("Not in this pack", (f"Indicator number {n}" for n in range(250)))
    blocks = (
        *(paragraph(f"before-{n}", f"Line {n}") for n in range(20)),
        heading("What is missing"),
        BulletList("missing", (missing,)),
    )
    section = Section("notes", "Notes", blocks)
    document = replace(
        open_summary(demo_pack, "X07000001"), outline={"notes": lambda: section}, figures=()
    )
    path = tmp_path / "page.html"
    path.write_text(document_page(document), encoding="utf-8")
    sheets = [
        " ".join(words.text for words in sheet) for sheet in printed(open_page(path), tmp_path)
    ]
    (with_heading,) = (sheet for sheet in sheets if "What is missing" in sheet)
    assert "Indicator number 0" in with_heading
    assert "Line 19" in with_heading
