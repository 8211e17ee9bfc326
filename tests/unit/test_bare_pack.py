"""A pack of one indicator file still makes a briefing: sections say what is not there."""

from pathlib import Path

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.kinds import AREA_BRIEFING, find_area
from ineqlib.document.blocks import Note, Paragraph, sentences
from ineqlib.document.model import Document
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build
from ineqlib.publish.index import write_index
from ineqlib.publish.manifest import READY, Entry, Manifest
from ineqlib.publish.run_file import Run
from ineqlib.publish.target import DocumentRequest, Target

from .plain_words import avoided

HEADING = "area_code,area_name,indicator,period,value,lower_ci,upper_ci"
PLACES = {"E07000243": "Stevenage", "E07000103": "Watford", "E92000001": "England"}
WITHOUT_DATA = ("deprivation", "gradients", "most_deprived", "map", "deprivation_line")
WITH_DATA = ("headline", "at_a_glance", "trends", "missing", "sources")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("bare")
    (folder / "downloads").mkdir()
    rows = [
        f"{code},{name},smoking_adults,{year},12,10,14"
        for code, name in PLACES.items()
        for year in (2022, 2023)
    ]
    text = "\n".join([HEADING, *rows])
    (folder / "downloads" / "own.csv").write_text(text, encoding="utf-8")
    build(folder / "downloads", folder / "pack", title="Bare")
    return open_pack(folder / "pack")


@pytest.fixture(scope="module")
def briefing(pack: Pack) -> Document:
    return open_briefing(pack, "Stevenage")


@pytest.mark.parametrize("section", WITHOUT_DATA)
def test_a_section_without_data_is_one_line(briefing: Document, section: str) -> None:
    (line,) = briefing.section(section).blocks
    assert isinstance(line, Paragraph)
    assert line.style == "no-data"
    assert line.words.text


@pytest.mark.parametrize("section", WITH_DATA)
def test_the_rest_is_there(briefing: Document, section: str) -> None:
    blocks = briefing.section(section).blocks
    assert blocks
    assert "no-data" not in {getattr(block, "style", "") for block in blocks}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_reader_is_told_calmly_what_one_file_says(pack: Pack, audience: str) -> None:
    document = open_briefing(pack, "Stevenage", audience=audience, annex="none")
    first, *others = document.sections
    assert first.id == "summary"
    assert others
    for section in document.sections:
        for words in (section.lead, *sentences(section.blocks)):
            assert avoided(words.text) == []


def test_figures_of_wider_areas_are_folded_away(demo_pack: Pack) -> None:
    [note] = open_briefing(demo_pack, "X07000001").section("wider_areas").blocks
    assert isinstance(note, Note)
    assert note.folded.items


def test_an_index_needs_no_boundaries(pack: Pack, tmp_path: Path) -> None:
    request = DocumentRequest(AREA_BRIEFING.name, AREA_BRIEFING.notebook, {}, AREA_BRIEFING)
    run = Run("Bare", pack.path, tmp_path, (request,))
    subject = find_area(pack, "Stevenage")
    target = Target(request, subject)
    entry = Entry(request.name, subject.code, subject.name, READY, "in short")
    index = write_index(run, pack, [target], Manifest({target.key: entry}))
    page = index.read_text(encoding="utf-8")
    assert "Stevenage" in page
    assert "<svg" not in page
