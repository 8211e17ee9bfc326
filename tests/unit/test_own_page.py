"""A page of any notebook: readable for all, nothing false on it, honest about what is checked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

import ineqlib as iq
from ineqlib.document.parse_page import read_page
from ineqlib.errors import InputError, ParameterError, RenderError
from ineqlib.facts.fact import FACTS_MIME
from ineqlib.pack import Pack
from ineqlib.publish import own_page

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
Outputs = dict[str, Any]


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Make a page of a notebook whose cells show this: without a kernel, which takes seconds."""

    def page(*cells: tuple[str, Outputs], pack: object = None, area: str = "Brackenhythe") -> str:
        book = nbformat.v4.new_notebook(metadata={"papermill": {}})
        book.cells = [nbformat.v4.new_markdown_cell("# Is it *so*?\n\nWho asks.")]
        if pack:
            tags = {"tags": ["parameters"]}
            source = f"pack = {str(pack)!r}\narea = {area!r}"
            book.cells.append(nbformat.v4.new_code_cell(source, metadata=tags))
        path = tmp_path / "own.ipynb"
        book.cells += [nbformat.v4.new_code_cell(source) for source, _ in cells]
        nbformat.write(book, path)
        for cell, (_, data) in zip(book.cells[-len(cells) :], cells, strict=True):
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
        monkeypatch.setattr(own_page, "run_notebook", lambda *_: book)
        return iq.page(path, tmp_path / "pages").read_text(encoding="utf-8")

    return page


@pytest.fixture
def answer(demo_pack: Pack) -> Outputs:
    trend = iq.trend(demo_pack, "life expectancy", areas=["Brackenhythe"])
    return dict(trend._repr_mimebundle_())


def test_tables_and_pictures_of_others_can_be_read_by_all(shown: Callable[..., str]) -> None:
    columns = pd.MultiIndex.from_tuples([("Visits", "a & b"), ("Visits", "c")])
    cells = [[1, 2], ['say class="x"', 4]]
    frame = pd.DataFrame(cells, index=["North", "South"], columns=columns)
    html = shown(
        ("# table: Visits\nframe", {"text/html": frame._repr_html_()}),
        ("# alt: A line & more\nplot()", {"image/svg+xml": SVG}),
        ("# alt: A dot\nplot()", {"image/png": "iVBORw0KGgo=\n"}),
    )
    assert "<caption>Visits</caption>" in html
    assert '<th scope="col">a &amp; b</th>' in html
    assert '<th scope="row">North</th>' in html
    assert '<th scope="col" colspan="2">Visits</th>' in html
    assert '<td>say class="x"</td>' in html
    assert 'class="dataframe"' not in html
    assert 'alt="A line &amp; more"' in html
    assert 'src="data:image/png;base64,iVBORw0KGgo=" alt="A dot"' in html
    assert read_page(html).heading == "Is it so?"


def test_a_picture_without_words_is_refused(shown: Callable[..., str]) -> None:
    with pytest.raises(RenderError, match=r"cell 2 has no words.*# alt:"):
        shown(("plot()", {"image/png": "iVBORw0KGgo="}))


def test_a_page_without_facts_says_that_nothing_was_checked(shown: Callable[..., str]) -> None:
    words = read_page(shown(("1 + 1", {"text/html": "<p>2</p>"}))).words
    assert "No figure of this page says where it comes from" in words


def test_answers_are_compared_with_their_pack(
    shown: Callable[..., str], answer: Outputs, demo_pack: Pack
) -> None:
    html = shown(("iq.trend()", answer), ("again", dict(answer)), pack=demo_pack.path)
    read = read_page(html)
    assert "Compared with the rows of “Demonstration county (fictional)”" in read.words
    assert "FICTIONAL DEMONSTRATION DATA" in html
    assert len(read.figures) == 2, "shown twice, each has an id of its own"


def test_an_id_shown_twice_is_renamed_where_it_is_an_id_alone(shown: Callable[..., str]) -> None:
    once = (
        '<figure id="map" aria-labelledby="heading map" aria-label="What the map shows">'
        '<h3 id="heading">A map</h3><p id="map-2">Here the #map "map" shows</p>'
        '<a href="#map" title="See #map">the map </a><svg role="img" aria-label="the map is">'
        '<g clip-path="url(#map)"></g></svg></figure>'
    )
    twice = (
        '<figure id="map-3" aria-labelledby="heading-2 map-3" aria-label="What the map shows">'
        '<h3 id="heading-2">A map</h3><p id="map-2">Here the #map "map" shows</p>'
        '<a href="#map-3" title="See #map">the map </a><svg role="img" aria-label="the map is">'
        '<g clip-path="url(#map-3)"></g></svg></figure>'
    )
    first = once.replace(' id="map-2"', "")
    html = shown(("", {"text/html": first}), ("", {"text/html": once}))
    assert first in html
    assert twice in html


def test_an_answer_whose_pack_is_not_known_is_said_not_to_be_compared(
    shown: Callable[..., str], answer: Outputs
) -> None:
    assert "Not compared with where they come from" in read_page(shown(("", answer))).words


def test_a_figure_that_is_not_the_packs_is_refused(
    shown: Callable[..., str], answer: Outputs, demo_pack: Pack
) -> None:
    csv = answer[FACTS_MIME]["csv"]
    row = next(line for line in csv.splitlines() if "published" in line)
    value = row.split(",")[next(i for i, n in enumerate(csv.split(",")) if n == "value")]
    assert value.replace(".", "").isdigit()
    false = {**answer, FACTS_MIME: {"csv": csv.replace(row, row.replace(value, "99.9"))}}
    with pytest.raises(RenderError, match="not the pack's"):
        shown(("", false), pack=demo_pack.path)


def test_a_document_is_held_against_itself_built_again(
    shown: Callable[..., str], demo_pack: Pack
) -> None:
    summary = iq.open_summary(demo_pack, "Brackenhythe")
    parts = (summary.cover, summary.section("summary"), summary.facts)
    cells = [("", dict(part._repr_mimebundle_())) for part in parts]
    assert read_page(shown(*cells, pack=demo_pack.path)).kind == "summary"
    cells[1][1]["text/html"] = cells[1][1]["text/html"].replace("Brackenhythe", "Coldmarket")
    with pytest.raises(RenderError, match=r"No page was made of own\.ipynb"):
        shown(*cells, pack=demo_pack.path)
    with pytest.raises(InputError, match="'pack' and 'area'"):
        shown(*cells)


def test_a_document_that_chooses_its_area_itself_becomes_a_page(
    shown: Callable[..., str], demo_pack: Pack
) -> None:
    methods = iq.open_methods(demo_pack)
    parts = (methods.cover, methods.section("limits"), methods.facts)
    cells = [("", dict(part._repr_mimebundle_())) for part in parts]
    assert read_page(shown(*cells, pack=demo_pack.path, area="")).kind == "methods"


def test_mistakes_are_told_before_anything_runs(tmp_path: Path, repo: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        iq.page(tmp_path / "none.ipynb", tmp_path)
    with pytest.raises(ParameterError, match=r"ends in \.html, not '\.pdf'"):
        iq.page(repo / "notebooks" / "my_question.ipynb", tmp_path / "mine.pdf")
    with pytest.raises(ParameterError, match="Did you mean 'indicator'"):
        iq.page(repo / "notebooks" / "my_question.ipynb", tmp_path, indicater="smoking")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["my_question", "welcome"])
def test_the_notebooks_for_a_beginner_become_pages(
    name: str, demo_pack: Pack, repo: Path, tmp_path: Path
) -> None:
    notebook = repo / "notebooks" / f"{name}.ipynb"
    page = iq.page(notebook, tmp_path / "a.html", pack=str(demo_pack.path))
    read = read_page(page.read_text(encoding="utf-8"))
    assert read.figures and read.facts
    assert "and the same" in read.words


@pytest.mark.slow
def test_a_cell_that_fails_is_named(tmp_path: Path) -> None:
    cells = [nbformat.v4.new_code_cell("1 / 0  # here")]
    path = tmp_path / "bad.ipynb"
    path.write_text(json.dumps(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    with pytest.raises(RenderError, match=r"code cell 1 \(1 / 0  # here\) with ZeroDivisionError"):
        iq.page(path, tmp_path)
