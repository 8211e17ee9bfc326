"""A document built ahead is given out once, to who asks for the very same; else nothing changes."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ineqlib.briefings.area.document import open_briefing, open_summary
from ineqlib.document import ahead
from ineqlib.document.ahead import build_ahead
from ineqlib.document.facts_table import facts_file
from ineqlib.document.kinds import kind_named
from ineqlib.document.model import Document, Section
from ineqlib.document.subject import Subject
from ineqlib.facts.fact import FactTable
from ineqlib.pack import Pack, open_pack, recorded_reads

FIRST, SECOND = "X07000001", "X07000002"
ASKED = {"comparators": ["country"], "indicator_set": "headline"}


@pytest.fixture
def built(small_pack: Pack) -> Iterator[Document]:
    kind, sections = kind_named("area_briefing"), ("headline", "at_a_glance", "map", "none")
    yield build_ahead(kind, open_pack(small_pack.path), FIRST, ASKED, sections)
    ahead._ahead.clear()


@pytest.mark.parametrize(("sections", "written"), [(None, {"a", "b"}), ({"b", "c"}, {"b"})])
def test_every_section_is_written_where_nobody_knows_which_are_shown(
    small_pack: Pack, sections: set[str] | None, written: set[str]
) -> None:
    outline = {name: lambda: Section("x", "A title", ()) for name in ("a", "b")}
    document = Document(
        "small", Subject("X1", "Ash", "area"), {}, "Ash", "", FactTable(()), outline
    )
    kind = replace(kind_named("area_briefing"), build=lambda *_: document)
    build_ahead(kind, small_pack, "X1", {}, sections)
    ahead._ahead.clear()
    assert {name for name in outline if document.section(name) is document.section(name)} == written


def test_the_file_of_its_facts_is_written_with_it(
    built: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("facts.fact.csv_text", "document.facts_table.csv_lines_as_they_are"):
        monkeypatch.delattr(f"ineqlib.{module}")
    assert all(name in built.facts.csv for name in built.facts)
    assert facts_file(built.facts.csv).link.startswith("data:text/csv")


def test_it_is_given_out_once(built: Document, small_pack: Pack) -> None:
    assert open_briefing(str(small_pack.path), FIRST, **ASKED) is built
    again = open_briefing(str(small_pack.path), FIRST, **ASKED)
    assert again is not built
    assert again.section("headline").html == built.section("headline").html


@pytest.mark.parametrize(
    ("subject", "asked"),
    [
        (SECOND, ASKED),
        ("Brackenhythe", ASKED),
        (FIRST, {**ASKED, "comparators": ["county"]}),
        (FIRST, {**ASKED, "audience": "public"}),
        (FIRST, {"comparators": ["country"]}),
        (FIRST, {**ASKED, "comparators": {"country": 1}.keys()}),
    ],
)
def test_whoever_asks_otherwise_has_it_built(
    built: Document, small_pack: Pack, subject: str, asked: dict[str, Any]
) -> None:
    assert open_briefing(small_pack.path, subject, **asked) is not built
    assert open_briefing(small_pack.path, FIRST, **ASKED) is built


def test_another_kind_and_another_pack_are_built(
    built: Document, small_pack: Pack, tmp_path: Path
) -> None:
    shutil.copytree(small_pack.path, tmp_path / "other")
    assert open_summary(small_pack.path, FIRST, **ASKED) is not built
    assert open_briefing(tmp_path / "other", FIRST, **ASKED) is not built
    # Only a path surely means what it meant when the document was built.
    assert open_briefing(open_pack(small_pack.path), FIRST, **ASKED) is not built
    assert open_briefing(small_pack.path, FIRST, **ASKED) is built


@pytest.mark.parametrize("section", ["headline", "deprivation", "map"])
def test_a_page_rests_on_what_it_shows_whoever_has_read_it(
    built: Document, small_pack: Pack, section: str
) -> None:
    reads = []
    for _ in range(2):
        with recorded_reads() as read:
            briefing = open_briefing(small_pack.path, FIRST, **ASKED)
            briefing.section(section)._repr_mimebundle_()
        reads.append(read)
    assert reads[0] == reads[1]


def test_a_section_asked_for_otherwise_is_made(built: Document, small_pack: Pack) -> None:
    usual = built.section("at_a_glance")
    assert built.section("at_a_glance") is usual
    assert built.section("at_a_glance", objective="best_start").arguments
