"""A document as other files: pictures, a workbook, Markdown and a Word file."""

import struct
import sys
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from ineqlib.charts.figure import Figure, Labels
from ineqlib.document.blocks import (
    FigureGrid,
    TableBlock,
    bullets,
    folded,
    heading,
    paragraph,
)
from ineqlib.document.model import Document, Section
from ineqlib.document.subject import Subject
from ineqlib.errors import InputError, ParameterError
from ineqlib.facts.fact import Fact, FactTable
from ineqlib.narrative.sentence import Strong, sentence

SVG = "{http://www.w3.org/2000/svg}"
FACT = Fact("ash", 80.1234, "80.1 years", decimals=1, unit="years", area_name="=Ash")
LABELS = Labels(
    id="years-lived",
    title="People in Ash live longer than most, which no single line of it has room enough to say",
    subtitle="Life expectancy, Ash, 2024",
    alt="Bar chart. Ash 80.1 years.",
    source="A publisher",
    note="Without intervals.",
)
CELLS = {
    "Place": ["=Ash()", "Elm", "Oak"],
    "Value": ["80.1 years", "−1,234.5 years", "[c]"],
    "95% interval": ["79.0 to 81.2", "[x]", "[x]"],
}
CHART = {
    "data": {"values": [{"place": "Ash", "value": 80.1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "value", "type": "quantitative"}},
    "width": 200,
    "height": 60,
}


@pytest.fixture(scope="module")
def document() -> Document:
    figure = Figure(LABELS, CHART, CELLS)
    blocks = (
        paragraph("first", Strong("Ash"), ": people live ", FACT, " [p](x) *here*."),
        bullets("list", [sentence("One."), folded("Two:", ["a", "b"])]),
        heading("More"),
        TableBlock("short", {"Name": ["a|b"], "Value": ["1"]}, "A short table"),
        TableBlock("long", {"Name": list("abcdefghijklm"), "Value": ["1"] * 13}, "A long table"),
        FigureGrid((figure,)),
    )
    makers = {
        "first": partial(Section, "first", "The first", blocks, sentence("What it is about.")),
        "last": partial(Section, "last", "The last", (paragraph("end", "The end."),)),
    }
    return Document(
        "kind", Subject("E1", "Ash", "area"), {}, "Ash: a document", "In short",
        facts=FactTable([FACT]), outline=makers, pack_title="A pack", fictional=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def figure(document: Document) -> Figure:
    return document.section("first").figures[0]


def test_a_picture_holds_its_words_and_all_of_its_drawing(figure: Figure, tmp_path: Path) -> None:
    figure.save(tmp_path / "x.svg")
    root = ElementTree.parse(tmp_path / "x.svg").getroot()
    words = " ".join(root.itertext())
    for part in (LABELS.title, LABELS.subtitle, LABELS.note, "Source: A publisher"):
        assert part in words
    size = [float(root.get(side)) for side in ("width", "height")]
    [drawing] = root.findall(f"{SVG}svg")
    for at, side, whole in (("x", "width", size[0]), ("y", "height", size[1])):
        assert 0 < float(drawing.get(at)) <= whole - float(drawing.get(side))
    lowest = max(float(line.get("y")) for line in root.findall(f"{SVG}text"))
    assert lowest < size[1]


def test_a_png_is_twice_as_sharp_as_the_picture(figure: Figure, tmp_path: Path) -> None:
    for suffix in ("svg", "png"):
        figure.save(tmp_path / f"x.{suffix}")
    content = (tmp_path / "x.png").read_bytes()
    root = ElementTree.parse(tmp_path / "x.svg").getroot()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    size = struct.unpack(">II", content[16:24])
    assert size == pytest.approx([2 * float(root.get(side)) for side in ("width", "height")], abs=1)


def test_a_figure_is_saved_as_nothing_else(figure: Figure, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"'x\.gif'.*\.svg .*\.png"):
        figure.save(tmp_path / "x.gif")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def book(document: Document, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("book") / "x.xlsx"
    document.save_tables(path)
    return openpyxl.load_workbook(path)


def test_a_workbook_has_notes_first_and_one_named_table_a_sheet(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Notes", "Table 1", "Table 2", "Table 3", "All figures"]
    assert book["Notes"]["A1"].value == "Ash: a document"
    links = [cell.hyperlink.location for cell in book["Notes"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        head = int(table.ref.partition(":")[0][1:])
        assert table.ref.startswith("A")
        assert sheet.freeze_panes == f"B{head + 1}"
        assert not sheet.merged_cells.ranges


def test_a_workbook_has_numbers_as_numbers_and_its_words_above(book: openpyxl.Workbook) -> None:
    rows = list(book["Table 3"].iter_rows(values_only=True))
    assert [row[0] for row in rows[:5]] == [
        LABELS.title,
        "This worksheet contains one table.",
        LABELS.subtitle,
        LABELS.note,
        "Source: A publisher",
    ]
    assert rows[5:] == [
        ("Place", "Value (years)", "95% interval, lower", "95% interval, upper"),
        ("=Ash()", 80.1, 79, 81.2),
        ("Elm", -1234.5, "[x]", "[x]"),
        ("Oak", "[c]", "[x]", "[x]"),
    ]
    assert book["Table 3"]["B7"].number_format == "#,##0.0"
    facts = list(book["All figures"].iter_rows(min_row=3, values_only=True))
    assert dict(zip(*facts, strict=True))["value"] == 80.1234


def test_nothing_in_a_workbook_is_a_formula(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    [place] = [cell for cell in cells if cell.value == "=Ash()"]
    assert place.quotePrefix, "edited, it would become one"


def test_markdown_reads_as_sentences_and_lists(document: Document) -> None:
    assert document.markdown() == (
        "# Ash: a document\n\n"
        "Fictional demonstration data: every place and number is made up.\n\n"
        "## The first\n\nWhat it is about.\n\n"
        "**Ash**: people live 80.1 years [p]\\(x) \\*here\\*.\n\n"
        "- One.\n- Two:\n  - a\n  - b\n\n"
        "### More\n\n"
        "A short table\n\n| Name | Value |\n| --- | --- |\n| a\\|b | 1 |\n\n"
        "Table on the page, 13 rows: A long table\n\n"
        f"**{LABELS.title}.** {LABELS.subtitle}. Bar chart. Ash 80.1 years. {LABELS.note} "
        "Source: A publisher\n\n"
        "## The last\n\nThe end.\n"
    )
    assert "first" not in document.markdown("last")


def test_a_word_file_has_the_words_and_each_figure_with_its_source(
    document: Document, tmp_path: Path
) -> None:
    document.save_word(tmp_path / "x.docx", "first")
    file = docx.Document(str(tmp_path / "x.docx"))
    words = [paragraph.text for paragraph in file.paragraphs]
    assert words[0] == "Ash: a document"
    assert "Ash: people live 80.1 years [p](x) *here*." in words
    assert "The end." not in words
    drawn = next(n for n, p in enumerate(file.paragraphs) if "pic:pic" in p._p.xml)
    assert words[drawn - 2 : drawn] == [LABELS.title, LABELS.subtitle]
    assert words[drawn + 1 :] == [LABELS.note, "Source: A publisher"]
    [picture] = file.inline_shapes
    assert picture._inline.docPr.get("descr") == LABELS.alt
    [short, long] = file.tables
    assert [cell.text for cell in short.rows[1].cells] == ["a|b", "1"]
    assert len(long.rows) == 14
    assert round(file.sections[0].page_width.mm) == 210


def test_a_word_file_without_its_package_says_what_to_install(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match=r"pip install 'ineqlib\[word\]'"):
        document.save_word(tmp_path / "x.docx")
