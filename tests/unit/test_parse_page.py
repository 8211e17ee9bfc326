"""A page is read past its scripts, styles and drawings; what these load is noticed."""

import json
import re
from html import unescape

import pytest

from ineqlib.document.blocks import Paragraph
from ineqlib.document.facts_table import FactsFile, facts_section
from ineqlib.document.model import Section
from ineqlib.document.page import export_html
from ineqlib.document.parse_drawings import read_drawings
from ineqlib.document.parse_page import read_page
from ineqlib.document.parse_tags import Shown, TagReader, read_plain
from ineqlib.narrative.sentence import Number, sentence
from ineqlib.spreadsheet import csv_text

from ..pages import handmade

IMAGE = '<img src="https://example.org/a.png">'
FOUND = "<img src> https://example.org/a.png"


@pytest.mark.parametrize(
    ("page", "loads"),
    [
        (f"<svg>words</svg>{IMAGE}<svg></svg>", [FOUND]),
        (f'<svg viewBox="0 0 1 1"/>{IMAGE}<svg></svg>', [FOUND]),
        (f"<svg>{IMAGE}", [FOUND]),
        (f"<svg <script>{IMAGE}</script>", []),
        ('<svg><image href="//example.org/b"/></svg>', ["//example.org/b"]),
        ("<style>@import '//example.org/c';</style>", ["//example.org/c"]),
        ("<style>p {}</style><style>a {b: url(http://d)}</style>", ["http://d"]),
        ("<script>fetch('https://example.org')</script>", []),
    ],
)
def test_loads_are_found_in_drawings_and_styles_and_after_them(page: str, loads: list[str]) -> None:
    assert read_page(page).loads == loads


def test_words_in_scripts_styles_and_drawings_are_not_read() -> None:
    page = "<p>One</p><script>1</script><svg><text>2</text></svg><p> two</p><style>3</style> three"
    assert read_page(page).words == "One two three"


def test_facts_are_read_as_they_were_written() -> None:
    fact = {"id": "a", "text": '−5% "of" <all>, #1 & 100%41', "note": "two\r\nlines\tand a tab"}
    file = FactsFile(csv_text({name: [text] for name, text in fact.items()}))
    assert read_page(facts_section(file, "", name="x")).facts == [fact]


def test_sections_say_what_they_are_whose_and_what_was_asked() -> None:
    asked = {"indicators": ["life_expectancy"], "name": 'A "quoted" & <b>'}
    words = Paragraph("words", sentence("Longer ", Number("81.2 years", 81.24, "life"), "."))
    section = Section("trends", "Over < time", (words,), sentence("A lead."), "X&1", asked)
    html = section._repr_mimebundle_()["text/html"]
    read = read_page(f"<p>Before</p>{html}<p data-section='x'>After</p>")
    [shown] = read.sections
    assert (shown.name, shown.subject, json.loads(shown.arguments)) == ("trends", "X&1", asked)
    assert shown.html == html
    assert shown.text == "Over < timeA lead. Longer 81.2 years."
    assert read.marks == 2
    assert read.shown == [Shown("life", "81.24", "81.2 years")]


def test_a_whole_page_is_read() -> None:
    read = read_page(export_html(handmade.notebook()))
    assert read.title.startswith("Testshire: health inequalities briefing")
    assert read.heading == "Testshire: health inequalities briefing"
    assert (read.kind, read.subject_code) == ("area_briefing", "E99999999")
    assert "default-src 'none'" in read.policy
    assert [section.name for section in read.sections] == ["glance"]
    assert list(read.figures) == ["life-expectancy", "gradient"]
    assert "Line chart. Testshire rose" in read.figures["life-expectancy"]
    assert [row["id"] for row in read.facts] == ["life-expectancy-female", "gap"]
    assert read.rows == [("life-expectancy-female", "79.0 years"), ("gap", "−8.7 years")]
    assert read.loads == []


def test_drawings_are_read() -> None:
    drawings = read_drawings(export_html(handmade.notebook(handmade.HOSTILE)))
    assert list(drawings) == ["life-expectancy", "gradient"]
    assert all(svg.startswith("<svg") and svg.endswith("</svg>") for svg in drawings.values())
    labels = re.findall(' data-label="([^"]*)"', drawings["life-expectancy"])
    assert set(map(unescape, labels)) == {handmade.HOSTILE, "England"}
    undrawn = '<figure class="figure" id="a"><p>no</p></figure><figure class="b" id="c"><svg></svg>'
    assert read_drawings(undrawn) == {"c": "<svg></svg>"}


@pytest.mark.parametrize(
    "html",
    [
        '<p class="subject-code">Code: X1</p><h1>A &amp; B</h1><P>Words</P> after',
        '<!DOCTYPE html><title>T</title><meta name="n" content=\'{"a": 1}\'><script></script>',
        '<figure id="f"><figcaption>One</figcaption><svg aria-label="Two"/></figure>',
        '<p>At <data data-fact="a" value="1">1%</data> and <data data-fact="b"/>.</p>',
        '<IMG SRC="//a.b/c" x><a href="//d.e">f</a><b style="x: url(//g.h)">i</b>',
        '<meta http-equiv="refresh" content="0; http://a.b"><p>4 > 3 &lt; 5</p>',
    ],
)
def test_plain_tags_are_read_as_pythons_parser_reads_them(html: str) -> None:
    read, parser = read_plain(html), TagReader()
    parser.feed(html)
    parser.close()
    assert read is not None
    for said in ("policy", "meta", "shown", "loads", "figures", "text"):
        assert getattr(read, said) == getattr(parser, said)


@pytest.mark.parametrize(
    "html", ["<title>A <b>B</b></title>", "<script><img src='//a.b'></script>", "<p", "<p a=b>"]
)
def test_what_some_readers_take_otherwise_is_left_to_pythons_parser(html: str) -> None:
    assert read_plain(html) is None
