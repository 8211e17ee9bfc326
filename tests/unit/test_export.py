"""What reaches a page, what does not, and what stops it from being written."""

import base64
import gzip
import hashlib
import json
import re

import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_output

from ineqlib.charts.figure import FIGURE_MIME
from ineqlib.document import assets
from ineqlib.document.facts_table import facts_section
from ineqlib.document.page import _laid_out, export_html
from ineqlib.errors import RenderError
from ineqlib.facts.fact import FACTS_MIME
from ineqlib.publish.index_page import index_html

from ..pages import handmade


@pytest.fixture(scope="module")
def page() -> str:
    return export_html(handmade.notebook())


def with_cell(cell):
    notebook = handmade.notebook()
    notebook.cells.append(cell)
    return notebook


def page_data(page: str) -> dict:
    packed = re.search(r'id="page-data">(.*?)</script>', page, re.DOTALL)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_page_says_what_it_is(page):
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en-GB">' in page
    assert "<h1>Testshire: health inequalities briefing</h1>" in page
    assert page.count("<h1") == 1
    assert "FICTIONAL DEMONSTRATION DATA" in page
    assert "A notebook's own title" not in page


def test_real_data_are_not_called_fictional():
    assert "FICTIONAL" not in export_html(handmade.notebook(fictional=False))


def test_contents_list_the_sections(page):
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', page)
    assert listed == [
        ("section-at-a-glance", "At a glance"),
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
    assert len(parts) == 3
    for part in parts:
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_vega_travels_once_and_only_with_figures(page):
    bundle = assets.vega_bundle()
    assert page.count(bundle) == 1
    bare = handmade.notebook()
    bare.cells = [cell for cell in bare.cells if FIGURE_MIME not in str(cell.get("outputs"))]
    assert bundle not in export_html(bare)


def test_data_travel_once():
    notebook = handmade.notebook()
    twin = handmade.line_figure()
    twin = type(twin)(
        type(twin.labels)(**{**vars(twin.labels), "id": "twin"}), twin.chart, twin.table
    )
    notebook.cells.append(handmade.cell(handmade.output(twin)))
    data = page_data(export_html(notebook))
    assert [figure["id"] for figure in data["figures"]] == ["life-expectancy", "gradient", "twin"]
    assert len(data["datasets"]) == 2


def test_data_cannot_end_their_element():
    page = export_html(handmade.notebook(handmade.HOSTILE))
    assert "<script>document" not in page
    assert handmade.HOSTILE in str(page_data(page)["datasets"]).replace("\\'", "'")


LARGE, SMALL = "<figure >", '<figure class="figure figure-small">'
PAIR = f'<div class="pair"><p>\n{SMALL}</div>'


@pytest.mark.parametrize(
    ("blocks", "page"),
    [
        (["<h2>", "<ul>"], ["<h2>", "<ul>"]),
        ([LARGE, SMALL], [f'<div class="figures">{LARGE}\n{SMALL}</div>']),
        ([LARGE, "<p>", LARGE], [f'<div class="figures">{LARGE}</div>', "<p>",
                                 f'<div class="figures">{LARGE}</div>']),
        (["<p>", SMALL, "<h2>"], [f'<div class="figures">{PAIR}</div>', "<h2>"]),
        (["<p>", SMALL] * 2, [f'<div class="figures">{PAIR}\n{PAIR}</div>']),
        (["<p>", SMALL, SMALL], ["<p>", f'<div class="figures">{SMALL}\n{SMALL}</div>']),
    ],
)  # fmt: skip
def test_figures_are_boxed_with_their_like_or_their_paragraph(blocks, page):
    assert _laid_out(blocks) == page


def test_cell_for_the_analyst_is_left_out_but_its_facts_are_kept():
    notebook = handmade.notebook()
    notebook.cells[-1].metadata["tags"] = ["remove-cell"]
    notebook.cells[4].metadata["tags"] = ["remove-cell"]
    page = export_html(notebook)
    assert 'id="fact-gap"' in page
    assert "section-trends" not in page


def test_failed_cell_stops_the_page():
    failed = handmade.cell(new_output("error", ename="KeyError", evalue="'x'", traceback=[]))
    with pytest.raises(RenderError, match="Cell 11 failed with KeyError: 'x'"):
        export_html(with_cell(failed))


def test_page_without_a_name_is_not_written():
    notebook = handmade.notebook()
    del notebook.cells[1]
    with pytest.raises(RenderError, match="title, pack_title, fictional, made_with"):
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
    other = handmade.output({FACTS_MIME: {"facts": [{"id": "gap", "text": "1"}]}})
    with pytest.raises(RenderError, match="two different facts with the id 'gap'"):
        export_html(with_cell(handmade.cell(other)))


def csv_of(section: str) -> bytes:
    return base64.b64decode(re.search(r"base64,([^\"]+)", section)[1])


def test_facts_show_their_interval_to_the_decimals_of_the_figure():
    facts = handmade.facts()._repr_mimebundle_()[FACTS_MIME]["facts"]
    section = facts_section(facts, name="x")
    assert ">78.5 to 79.5</td>" in section
    assert "[z]" in section


def test_names_like_formulas_are_words_in_the_file():
    fact = {"id": "a", "text": "−1", "value": -1.5, "area_name": '=HYPERLINK("x")', "note": "+1"}
    content = csv_of(facts_section([fact], name="x"))
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'+1" in text
    assert ",-1.5," in text


def test_bundle_is_kept_whole_in_the_cache(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(assets.platformdirs, "user_cache_path", lambda name: tmp_path / name)
    monkeypatch.setattr(assets, "_bundled", lambda: made.append(1) or "bundle\n")
    for _ in range(2):
        assets.vega_bundle.cache_clear()
        assert assets.vega_bundle() == "bundle\n"
    assets.vega_bundle.cache_clear()
    assert len(made) == 1
    assert len(list((tmp_path / "ineqlib").iterdir())) == 1


def test_index_without_shapes_has_no_map():
    entries = pd.DataFrame(
        {"area_code": ["E1"], "area_name": ["A"], "href": ["a.html"], "summary": ["s"],
         "status": ["made"]}
    )  # fmt: skip
    words = {"title": "T", "pack_title": "P", "fictional": False, "made_with": "m"}
    page = index_html(entries, handmade.shapes(), **words)
    assert "<svg" not in page
    assert '<a href="a.html">A</a>' in page
