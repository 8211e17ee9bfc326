"""What reaches a page, what does not, and what stops it from being written."""

import base64
import csv
import hashlib
import io
import re
from html import escape, unescape
from urllib.parse import unquote_to_bytes

import pytest
from nbformat.v4 import new_markdown_cell, new_output

from ineqlib.charts.figure import Figure
from ineqlib.document import assets
from ineqlib.document.blocks import (
    FigureBeside,
    Note,
    Paragraph,
    TableBlock,
    bullets,
    folded,
    heading,
    leaves,
    no_data,
)
from ineqlib.document.facts_table import FactsFile, facts_section
from ineqlib.document.html import blocks_html
from ineqlib.document.model import Section
from ineqlib.document.page import export_html
from ineqlib.document.parse_drawings import read_drawings
from ineqlib.errors import RenderError
from ineqlib.facts.fact import FACTS_MIME, Fact, FactTable
from ineqlib.narrative.sentence import sentence
from ineqlib.publish.index_page import index_html

from ..pages import handmade


@pytest.fixture(scope="module")
def page() -> str:
    return export_html(handmade.notebook())


def with_cell(cell):
    notebook = handmade.notebook()
    notebook.cells.append(cell)
    return notebook


def test_page_says_what_it_is(page):
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en-GB" data-title="Testshire: health inequalities briefing"' in page
    assert "<h1>Testshire: health inequalities briefing</h1>" in page
    assert page.count("<h1") == 1
    assert "FICTIONAL DEMONSTRATION DATA" in page
    assert "A notebook's own title" not in page


def test_real_data_are_not_called_fictional():
    assert "FICTIONAL" not in export_html(handmade.notebook(fictional=False))


def test_contents_list_the_sections_and_the_headings_of_the_prose(page):
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', page)
    assert listed == [
        ("glance-heading", "At a glance"),
        ("section-trends", "Trends"),
        ("section-the-gradient", "The gradient"),
        ("section-how-this-was-calculated", "How this was calculated"),
        ("facts-heading", "Every figure on this page"),
    ]
    assert all(f'id="{target}"' in page for target, _ in listed)


def test_headings_of_the_same_words_get_their_own_ids():
    page = export_html(with_cell(new_markdown_cell("## Trends\n\n## Trends")))
    assert re.findall(r'<h2 id="(section-trends[^"]*)"', page) == [
        "section-trends",
        "section-trends-2",
        "section-trends-3",
    ]


def test_code_prints_and_plain_text_stay_out(page):
    for unwanted in ("secret_code", "PRINTED", "PLAIN TEXT"):
        assert unwanted not in page


def test_same_notebook_gives_the_same_page(page):
    assert export_html(handmade.notebook()) == page


def test_policy_names_the_hash_of_every_script_and_the_style(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    parts = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    parts += re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(parts) == policy.count("sha256-") == 4
    assert page.count("<script") == 3
    for part in parts:
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_has_a_script_for_a_part_of_it_only_with_that_part(page, monkeypatch):
    monkeypatch.setitem(assets.SCRIPTS_FOR, ' data-block="headlines"', "page.css")
    monkeypatch.setitem(assets.SCRIPTS_FOR, "data-nowhere", "layout.html.j2")
    with_part = export_html(handmade.notebook())
    script = '<script type="module">'
    assert with_part.count(script) == page.count(script) + 1
    assert with_part.count("sha256-") == page.count("sha256-") + 1


def test_a_figure_alone_is_boxed_and_what_its_marks_say_is_escaped(page):
    assert '<div class="figures"><figure class="figure' in page
    hostile = export_html(handmade.notebook(handmade.HOSTILE))
    assert "<script>document" not in hostile
    labels = re.findall(' data-label="([^"]*)"', read_drawings(hostile)["life-expectancy"])
    assert handmade.HOSTILE in map(unescape, labels)


def test_a_section_without_blocks_is_left_out():
    assert "Nothing here" not in export_html(
        with_cell(handmade.cell(handmade.output(Section("none", "Nothing here", ()))))
    )


def test_each_kind_of_block_is_one_element_that_says_which_it_is():
    hostile = handmade.HOSTILE
    blocks = (
        Paragraph("plain", sentence(hostile)),
        Paragraph("small", sentence("Read it so"), "note"),
        no_data("nothing", "None here"),
        bullets("list", [sentence("one"), folded("more", ["a", hostile])]),
        Note("note", folded("Notes", ["b"])),
        heading("A part"),
        TableBlock("table", {"Name": [hostile]}, hostile),
        FigureBeside(Paragraph("words", sentence("Beside")), handmade.bar_figure()),
    )
    html = blocks_html(blocks)
    names = [leaf.labels.id if isinstance(leaf, Figure) else leaf.id for leaf in leaves(blocks)]
    assert names[-2:] == ["words", "gradient"]
    assert re.findall(r'data-block="([^"]+)"', html) == names[:-1]
    assert '<p data-block="nothing" class="no-data">None here</p>' in html
    assert '<p data-block="small" class="figure-note">Read it so</p>' in html
    assert '<h3 data-block="heading-a-part">A part</h3>' in html
    listed = '<ul data-block="list"><li>one</li><li><details><summary>more</summary><ul><li>a</li>'
    assert listed in html
    pair = '<div class="figures"><div class="pair"><p data-block="words">Beside</p>\n<figure class='
    assert pair in html
    assert "<script>" not in html
    assert html.count(escape(hostile)) == 4


def test_cell_for_the_analyst_is_left_out_but_its_facts_are_kept():
    notebook = handmade.notebook()
    notebook.cells[-1].metadata["tags"] = ["remove-cell"]
    for cell in (notebook.cells[3], notebook.cells[4]):
        cell.metadata["tags"] = ["remove-cell"]
    page = export_html(notebook)
    assert 'id="fact-gap"' in page
    assert "section-trends" not in page
    assert 'id="life-expectancy"' not in page


def test_failed_cell_stops_the_page():
    failed = handmade.cell(new_output("error", ename="KeyError", evalue="'x'", traceback=[]))
    with pytest.raises(RenderError, match="Cell 10 failed with KeyError: 'x'"):
        export_html(with_cell(failed))


def test_page_without_a_name_is_not_written():
    notebook = handmade.notebook()
    del notebook.cells[1]
    with pytest.raises(RenderError, match="kind, title, pack_title, fictional, made_with"):
        export_html(notebook)


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<script>1</script>", "<script> in an output"),
        ("<style>p {}</style>", "<style> in an output"),
        ('<p style="color: red">', "<p style="),
        ('<p onclick="x()">', "<p onclick="),
        ('<img src="https://example.org/x.png" alt="">', "loads https://example.org"),
        ("<h1>Again</h1>", "second <h1>"),
        ("<h4>Too deep</h4>", "level 4 follows one of level 2"),
        ('<p id="gradient">', "id 'gradient' is used twice"),
        ('<p data-block="headlines">', "the block 'headlines' is shown twice"),
        ('<data data-fact="lost">1</data>', "'lost' has no fact"),
    ],
)
def test_broken_promise_stops_the_page(html, why):
    with pytest.raises(RenderError, match=re.escape(why)):
        export_html(with_cell(handmade.cell(handmade.html(html))))


def test_all_broken_promises_are_told_at_once():
    html = '<h1>a</h1><p style="x"><data data-fact="lost">1</data>'
    with pytest.raises(RenderError, match=r"3 thing\(s\)"):
        export_html(with_cell(handmade.cell(handmade.html(html))))


def test_two_facts_of_one_id_stop_the_page():
    other = handmade.output({FACTS_MIME: {"csv": FactTable([Fact("gap", 1.0, "1")]).csv}})
    with pytest.raises(RenderError, match="two different facts with the id 'gap'"):
        export_html(with_cell(handmade.cell(other)))


def all_facts() -> FactsFile:
    return FactsFile(handmade.facts().csv)


def in_words(fact: str) -> str:
    return f'<p><data data-fact="{fact}">1</data></p>'


def csv_of(section: str) -> bytes:
    return unquote_to_bytes(re.search(r'href="data:text/csv;charset=utf-8,([^"]+)"', section)[1])


@pytest.mark.parametrize(
    ("cells", "warned"),
    [
        ("2011/12,Persons,All ages", True),
        ("2023,Persons,10-14", True),
        ("2023,Persons,5-9", True),
        ("2012/13,Persons,16-24", False),
        ("2013 to 2015,Persons,4-5 yrs", False),
    ],
)
def test_texts_that_a_spreadsheet_makes_dates_of_are_warned_of(cells: str, warned: bool) -> None:
    """2011/12 became December 2011 where the file was opened, and the ages 10-14 October."""
    file = FactsFile(f"id,period,sex,age,value\r\nfigure,{cells},3.1\r\n")
    section = facts_section(file, "", name="x")
    assert ("with period and age as text" in section) == warned


def test_facts_show_their_interval_to_the_decimals_of_the_figure():
    section = facts_section(all_facts(), in_words("life-expectancy-female"), name="x")
    assert "<td>78.5<td>79.5<" in section
    assert "[z]" in section


def test_marks_on_a_page_are_explained_once() -> None:
    marked = f"{in_words('gap')}<td>[x]</td><td>11.3% [u]</td>"
    explained = "[u]: low reliability: interpret with caution."
    assert f"[x]: not available. {explained}" in facts_section(all_facts(), marked, name="x")
    itself = f"{marked}<li>[u] low reliability: interpret with caution</li>"
    assert explained not in facts_section(all_facts(), itself, name="x")
    assert "not available" not in facts_section(all_facts(), in_words("gap"), name="x")


def test_the_table_has_the_facts_in_words_and_the_file_has_all():
    section = facts_section(all_facts(), in_words("gap"), name="x")
    assert re.findall(r'<tr id="fact-([^"]+)">', section) == ["gap"]
    assert "Show the 1 figure of the text as a table" in section
    assert "Download all 2 figures (CSV)" in section
    rows = csv.DictReader(io.StringIO(csv_of(section).decode("utf-8-sig"), newline=""))
    assert [row["id"] for row in rows] == ["life-expectancy-female", "gap"]
    assert "<table" not in facts_section(all_facts(), "no words", name="x")
    assert facts_section(FactsFile.joined([]), in_words("gap"), name="x") == ""


def test_names_like_formulas_are_words_in_the_file():
    fact = Fact("a", -1.5, "−1", area_name='=HYPERLINK("x")', note="+1")
    file = FactsFile(FactTable([fact]).csv)
    content = csv_of(facts_section(file, "", name="x"))
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'+1" in text
    assert ",-1.5," in text
    assert ">=HYPERLINK(&quot;x&quot;)<" in facts_section(file, in_words("a"), name="x")


def test_file_of_facts_says_nothing_where_a_fact_does():
    facts = [Fact("a", 1.0, "1", lower_ci=None, note="x"), Fact("b", 2.0, "2 [p]", mark="[p]")]
    text = csv_of(facts_section(FactsFile(FactTable(facts).csv), "", name="x"))
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    said = [{name: cell for name, cell in row.items() if cell} for row in rows]
    assert said == [
        {"id": "a", "value": "1.0", "text": "1", "method": "published", "note": "x"},
        {"id": "b", "value": "2.0", "text": "2 [p]", "method": "published"},
    ]


def test_facts_of_several_outputs_stand_in_one_file_each_once():
    more = FactTable([*handmade.facts().values(), Fact("b", -0.5, "−0.5")])
    file = FactsFile.joined([handmade.facts().csv, more.csv])
    assert file.text == more.csv
    assert file.ids == ["life-expectancy-female", "gap", "b"]


def test_index_without_shapes_has_no_map():
    words = {"title": "T", "pack_title": "P", "fictional": False, "made_with": "m"}
    page = index_html(handmade.entries(), handmade.shapes().head(0), **words)
    assert "<svg" not in page
    assert '<a href="alder.html">Alder</a>' in page
