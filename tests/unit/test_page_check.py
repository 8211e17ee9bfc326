"""No page gets past the check that a page is plain HTML which needs nothing else."""

from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ineqlib.briefing import page_check
from ineqlib.briefing.page_check import check_content
from ineqlib.errors import RenderError

PLAIN = (
    "<h2>", "<h3>", '<h3 id="a">', "<h4>", "<p>", "</p>", '<td class="number">', "</td>", "words",
    '<tr id="b">', '<data class="fact" value="1" data-fact="f">', "</data>", "<br />", "<br/>",
    '<svg viewBox="0 0 1 1"/>', '<p aria-label="a > b">', '<p class="<b">', '<a href="//x">',
    "&lt;b&gt;",
)  # fmt: skip
HOSTILE = (
    "<script>", "</script>", "<SCRIPT>", "<ScRiPt\n>", "<style>", "</style>", "<iframe>", "<base>",
    '<meta http-equiv="refresh" content="0">', '<link rel="stylesheet" href="//x">', "<form>",
    '<img src="https://x">', '<img src="&#104;ttps://x">', "<img src=//x>", "<img/src='//x'>",
    '<img srcset="https://x 2x">', '<img SRC="//x">', '<video poster="//x">', '<object data="//x">',
    '<p style="background:url(//x)">', "<p style=a>", "<P STYLE='a'>", '<p onclick="x">',
    "<p ONCLICK=x>", '<p/onclick="x">', '<p class=""onclick="x">', "<p class=<td>", "<td <b>",
    "<h1>", "<H1>", "<!--", "-->", "<!-->", "<![CDATA[", "]]>", "<?php", "<svg>", "<svg", "</svg>",
    "<SVG>", "<template>", "</template>", "<textarea>", "</textarea>", "<title>", "</title>",
    "<plaintext>", "<noscript>", "<math>", "</p id='c'>", "<", ">", '"', "'", "=", "/", " ", "\x00",
    "</", "<td", 'id="a"', '<td id="a" id="d">', '<td\tid="e">', "<td data-fact=lost>",
)  # fmt: skip
CONTENTS = st.lists(st.sampled_from(PLAIN + HOSTILE) | st.text("<>\"'=/ !-", max_size=4))
PLAIN_CONTENTS = st.lists(st.sampled_from(PLAIN))


def refusal(content: str) -> str:
    try:
        check_content(content, fact_ids={"f"})
    except RenderError as error:
        return str(error)
    return ""


def refusal_of_all_there_is(content: str) -> str:
    """What is refused where the parser reads every word and every tag."""
    with patch.object(page_check, "_to_judge", lambda content: content):
        return refusal(content)


@given(CONTENTS.map("".join) | PLAIN_CONTENTS.map("".join))
@example('<p class=<td>" <script>x</script> ">')
@example('<h2><h3 id="a"></h3><p id="a"><h2></h2><h4>')
def test_what_the_parser_does_not_read_breaks_no_promise(content: str) -> None:
    assert refusal(content) == refusal_of_all_there_is(content)


@pytest.mark.parametrize("around", ["{}", "<td>{}</td>", "<p class='x'>{}", '<td class="x">{}'])
@pytest.mark.parametrize(
    "hidden",
    [
        "<SCRIPT>x</SCRIPT>",
        "<script\n>x</script>",
        "<script/x>",
        "<img src=//example.org/x>",
        "<img/src='//example.org/x'>",
        '<img SRC="&#104;ttps://example.org/x">',
        '<img srcset="https://example.org/x 2x">',
        '<video poster="//example.org/x">',
        '<p class=""style="background:url(//example.org)">',
        "<P STYLE='background:url(//example.org)'>",
        "<p\tonclick=x()>",
        '<td class="a" ONMOUSEOVER="x()">',
        '<td title=">" onclick="x()">',
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        '<base href="https://example.org">',
        "<template><script>x</script></template>",
        "<!-- --><script>x</script>",
        "<td class=<td><style>x</style>",
        "<textarea></textarea><iframe>",
        '<svg viewBox="0 0 1 1"/><script>x</script><svg></svg>',
        '<svg viewBox="0 0 1 1" onload="x()"/>',
        '<svg xlink:href="x" src="//example.org/x"/>',
    ],
)
def test_nothing_is_smuggled_in(hidden: str, around: str) -> None:
    assert "The page was not written" in refusal(around.format(hidden))


def test_a_page_of_nothing_but_plain_html_costs_little() -> None:
    row = '<tr><th scope="row">Ash</th><td class="number">1.5</td></tr>'
    judged = page_check._to_judge(f'<h2 id="a">A</h2><table>{row * 1000}</table><h3>B</h3>')
    assert judged == '<h2 id="a"></h2><h3></h3>'
