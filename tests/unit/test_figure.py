"""A figure carries its words, its text alternative and its table; its drawing is fit for a page."""

import re
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest

from ineqlib.charts import theme
from ineqlib.charts.draw.renderers import to_svg
from ineqlib.charts.draw.svg import inline_svg
from ineqlib.charts.figure import Figure, Labels, notebook_html, page_html, table_html

FRAME = pd.DataFrame({"place": ["A & <b>", "C"], "value": [1.23456, 2.0]})
WORDS = {
    "id": "a-chart",
    "title": "A <is> more than C",
    "subtitle": "Something, somewhere, 2024",
    "alt": 'A "quoted" <alternative>',
    "source": "Somebody & sons",
}


def chart(**properties) -> alt.Chart:
    point = alt.selection_point(fields=["place"])
    encoded = alt.Chart(FRAME).encode(
        x=alt.X("value", type="quantitative"),
        y=alt.Y("place", type="nominal"),
        opacity=alt.condition(point, alt.value(1), alt.value(0.5)),
    )
    return encoded.mark_bar(clip=True).add_params(point).properties(**properties)


def figure(**words) -> Figure:
    return Figure(Labels(**{**WORDS, **words}), chart(), FRAME.astype(str))


def tidied(members: str) -> str:
    """What is left of the members of a drawing."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{members}</svg>'
    return re.sub("^<svg[^>]*>|</svg>$", "", inline_svg(drawing, figure_id="f", alt="a"))


@pytest.mark.parametrize("bad", ["", "A", "a b", "a--b", "1a", "-a", "ä"])
def test_figure_id_must_be_a_slug(bad):
    with pytest.raises(ValueError, match="figure id"):
        Labels(**{**WORDS, "id": bad})


@pytest.mark.parametrize("missing", ["title", "subtitle", "alt", "source"])
def test_words_must_be_there(missing):
    with pytest.raises(ValueError, match=missing):
        Labels(**{**WORDS, missing: ""})


def test_same_figure_gives_the_same_bytes_whatever_was_drawn_before():
    first = figure()
    before = first.html
    for _ in range(3):
        _ = figure(id="another").html
    again = figure()
    assert again.html == before
    assert again.spec == first.spec


def test_equal_data_have_one_name():
    assert len(figure().datasets) == 1


def test_datasets_carry_no_empty_cells():
    frame = pd.DataFrame({"place": ["A", None], "value": [1 / 3, None], "count": [1234567, 2]})
    rows = Figure(Labels(**WORDS), alt.Chart(frame).mark_point(), FRAME).datasets
    assert list(rows.values()) == [[{"place": "A", "value": 1 / 3, "count": 1234567}, {"count": 2}]]


def test_specification_carries_neither_data_nor_theme():
    spec = figure().spec
    assert "datasets" not in spec
    assert "config" not in spec
    assert spec["description"] == WORDS["alt"]


def test_drawing_is_one_image_with_one_name():
    root = ElementTree.fromstring(figure().svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == WORDS["alt"]
    inside = [name for part in root.iter() if part is not root for name in part.attrib]
    assert not [name for name in inside if name == "role" or name.startswith("aria-")]


def test_drawing_has_nothing_a_strict_policy_blocks():
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", figure().svg)


def test_ids_in_drawing_belong_to_the_figure():
    drawing = figure().svg
    ids = re.findall(r'\bid="([^"]+)"', drawing)
    assert ids
    assert all(name.startswith("a-chart--") for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", drawing)) <= set(ids)


def test_drawing_is_in_the_theme():
    drawing = figure().svg
    assert theme.DARK_BLUE in drawing
    assert f'font-family="{theme.FONT}"' in drawing


def test_charts_own_configuration_wins_over_the_theme():
    own = chart().configure_bar(color="#801650").to_dict()
    assert "#801650" in to_svg(own)
    assert theme.DARK_BLUE not in to_svg(own)


def test_numbers_written_in_a_drawing_are_kept_whole():
    drawing = '<text x="1.23456" stroke-width="0.35">1.23456</text>'
    assert tidied(drawing) == '<text x="1.2" stroke-width="0.35">1.23456</text>'


def test_what_draws_nothing_is_left_out_of_a_drawing():
    assert tidied('<g><path d="M0,0h9v9h-9Z"/><text opacity="0">x</text><g/></g>') == ""
    clip = '<clipPath><path d="M0,0h9v9h-9Z"/></clipPath>'
    assert tidied(f"<defs>{clip}</defs>") == f"<defs>{clip}</defs>"


def test_a_group_says_once_what_all_its_members_say():
    text = '<text fill="{}" font-size="12px">{}</text>'
    both = f"<g>{text.format('red', 1)}{text.format('blue', 2)}</g>"
    assert tidied(both) == (
        '<g font-size="12px"><text fill="red">1</text><text fill="blue">2</text></g>'
    )
    own = '<g fill="none"><path fill="red" d="M0"/><path d="M1" stroke="red"/></g>'
    assert tidied(own) == own


def test_dots_are_written_as_circles():
    dot = "M2.64,0A2.64,2.64,0,1,1,-2.64,0A2.64,2.64,0,1,1,2.64,0"
    drawn = tidied(f'<path transform="translate(1.26,-0.01)" d="{dot}" fill="red"/>')
    assert drawn == '<circle fill="red" cx="1.3" cy="0" r="2.6"/>'


def test_static_figure_has_its_words_escaped():
    html = figure(note="Note & <note>").html
    for words in ("A &lt;is&gt; more than C", "Somebody &amp; sons", "Note &amp; &lt;note&gt;"):
        assert words in html
    assert "<is>" not in html
    assert "A &amp; &lt;b&gt;" in html


@pytest.mark.parametrize(
    ("width", "kind"),
    [(150, "figure figure-small"), (450, "figure"), (700, "figure figure-wide")],
)
def test_page_learns_how_much_room_a_drawing_needs(width, kind):
    made = Figure(Labels(**WORDS), chart(width=width), FRAME.astype(str))
    assert f'<figure class="{kind}"' in made.html


def test_a_chart_is_made_when_it_is_needed_and_once() -> None:
    made = []

    def make() -> alt.Chart:
        made.append("made")
        return chart()

    lazy = Figure(Labels(**WORDS), make, FRAME.astype(str))
    assert lazy.table.equals(FRAME.astype(str))
    assert WORDS["source"] in unescape(lazy.undrawn_parts[1])
    assert made == []
    assert (lazy.spec, lazy.datasets) == (figure().spec, figure().datasets)
    assert lazy.html == figure().html
    assert made == ["made"]


def test_notebook_gets_the_static_figure():
    bundle = figure()._repr_mimebundle_()
    assert bundle == {"text/html": f'<div class="figures">{figure().html}</div>'}


def test_a_notebook_shows_drawings_alone_and_its_page_what_stands_in_for_them_too():
    listed = [replace(figure(id=name), narrow=f"<ul><li>{name}</ul>") for name in ("a", "b")]
    whole = [listed[0], figure(), listed[1]]
    on_page = "".join(drawn.html for drawn in whole)
    bundle = notebook_html(on_page, whole)
    assert "<li>" in on_page
    assert "<li>" not in bundle["text/html"]
    assert page_html(bundle) == on_page
    assert "<li>" not in listed[0]._repr_mimebundle_()["text/html"]


def test_table_names_rows_and_aligns_numbers():
    frame = pd.DataFrame({"Place": ["A<"], "Value": ["−1.2"], "Share": ["[c]"], "Word": ["x"]})
    assert table_html(frame, caption="Cap & tion", row_ids=["r1"]) == (
        '<div class="table-scroll" tabindex="0" role="group" aria-label="Scrolls sideways">'
        '<table class="numbers words-4"><caption>Cap &amp; tion</caption><thead><tr>'
        '<th scope="col">Place<th scope="col">Value<th scope="col">Share<th scope="col">Word'
        '<tbody><tr id="r1"><th scope="row">A&lt;<td>-1.2<td>[c]<td>x</table></div>'
    )


@pytest.mark.parametrize("k", [1, 2, 3, 5, 10])
def test_sequential_runs_from_dark_to_light(k):
    colours = theme.sequential(k)
    brightness = [sum(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in colours]
    assert len(set(colours)) == k
    assert brightness == sorted(brightness)
    assert colours[0] == theme.DARK_BLUE
