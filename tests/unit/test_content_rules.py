"""No page gets past the check that a page is plain HTML which needs nothing else."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ineqlib.charts.draw.svg import inline_svg
from ineqlib.document.content_rules import check_content
from ineqlib.errors import RenderError

PLAIN = (
    "<h2>", "<h3>", '<h3 id="a">', "<h4>", "<p>", "</p>", '<td class="number">', "</td>", "words",
    '<tr id="b">', '<data class="fact" value="1" data-fact="f">', "</data>", "<br />", "<br/>",
    '<svg viewBox="0 0 1 1"/>', '<svg role="img">', '<path fill="#fff" d="M0 0"/>', "</svg>",
    '<g clip-path="url(#a--1)">', '<a href="//x">', "&lt;b&gt;", " < ", " > ", "<!-- note -->",
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
    "<plaintext>", "<noscript>", "<math>", '<p title="<svg">', '<p aria-label="a > b">', "--!>",
    "</p id='c'>", "<", ">", '"', "'", "=", "/", " ", "\x00",
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


class Strict(HTMLParser):
    """Python's own parser, which reads every word and every tag."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.breaks_a_promise = False
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        active = tag in {"script", "style", "iframe", "object", "base", "meta", "link", "form"}
        held = [
            name in {"style", "srcset"}
            or name.startswith("on")
            or (name in {"src", "poster", "data"} and not (value or "").startswith("data:"))
            for name, value in attrs
        ]
        self.breaks_a_promise |= active or any(held)


@given(CONTENTS.map("".join) | PLAIN_CONTENTS.map("".join))
@example('<p class=<td>" <script>x</script> ">')
@example('<p title="<svg"><script>x</script></svg>')
@example("<!--><script>x</script>-->")
def test_what_the_parser_sees_breaks_no_promise(content: str) -> None:
    if Strict(content).breaks_a_promise:
        assert "The page was not written" in refusal(content)


@given(PLAIN_CONTENTS.map("".join))
def test_plain_html_is_refused_for_its_ids_and_headings_alone(content: str) -> None:
    told = refusal(content).splitlines()[1:]
    assert [each for each in told if not re.search(r"the id '.' is used|a heading of", each)] == []


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
        "<svg><script>x</script></svg>",
        '<svg><g onclick="x()"/></svg>',
        '<svg><g style="fill: url(//example.org)"/></svg>',
        '<svg><image href="//example.org/x"/></svg>',
        '<svg><image xlink:href="x.png"/></svg>',
        '<svg><use href="https://example.org/x#y"/></svg>',
        '<svg><path fill="url(//example.org/x#y)"/></svg>',
        '<svg><path fill="&#117;rl(//example.org/x#y)"/></svg>',
        '<svg><path fill="u\\72l(//example.org/x#y)"/></svg>',
        "<svg><g mask='url(#a) URL(x)'/></svg>",
        "<svg><g cursor=\"image-set('//example.org/x' 1x)\"/></svg>",
        '<svg><a href="#a"><set attributeName="href" to="//example.org"/></a></svg>',
        "<svg><![CDATA[><script>x</script>]]></svg>",
        '<svg><title><p title="</title><script>x</script>"></svg>',
        "<svg><foreignObject><iframe/></foreignObject></svg>",
        '<p title="<svg"><script>x</script></svg>',
        '<p title="<svg">what nobody checked</svg>',
        "<!--><script>x</script>-->",
        "<!---><img src=//example.org/x>-->",
        "<!-- --!><script>x</script>-->",
        "<!-- hides the rest",
        '<p title="hides the rest>',
        '<noscript><p title="</noscript><script>x</script>"></noscript>',
        '<xmp><p title="</xmp><script>x</script>"></xmp>',
        "<plaintext>",
        "<?php <script>x</script> ?>",
        "</ <script>x</script>",
        "<p\x0bonclick=x()>",
        "<p\xa0onclick=x()>",
        "<img src='\"data:,'>",
        '<td background="//example.org/x">',
        '<a href="java&#10;script:x()">x</a>',
        '<a href=" JAVASCRIPT:x()">x</a>',
        '<a href="#a" ping="//example.org">x</a>',
        '<button formaction="//example.org">x</button>',
        "<div hidden>headlines</div>",
        "<div popover>headlines</div>",
        '<div class="visually-hidden">headlines</div>',
        "<canvas>headlines</canvas>",
    ],
)
def test_nothing_is_smuggled_in(hidden: str, around: str) -> None:
    assert "The page was not written" in refusal(around.format(hidden))


@pytest.mark.parametrize(
    "sound",
    [
        '<summary aria-label="Table: of what">Table</summary>',
        "p < 0.05, 3 > 2, <0.1%, a<=b",
        "<!-- a note to myself -->",
        "<P CLASS=note TITLE='an \"other\"'>words</P>",
        "<img alt='' src='data:image/png;base64,AAAA'>",
        '<a href="https://example.org">x</a><a href="mailto:a@example.org">y</a><a href="b.csv">',
        '<svg><use href="#a"/><g clip-path="url(#a)" filter="url(#b)"><rect fill="rgb(1, 2, 3)"/>',
        '<figure><input type="checkbox" checked disabled></figure>',
    ],
)
def test_what_breaks_no_promise_passes(sound: str) -> None:
    assert refusal(sound) == ""


def test_a_block_is_shown_once() -> None:
    assert refusal('<p data-block="a">1</p><p data-block="b">2</p>') == ""
    for again in ('<ul data-block="a"></ul>', "<DIV DATA-BLOCK=a>", "<p\tdata-block='&#97;'>"):
        assert "the block 'a' is shown twice" in refusal(f'<p data-block="a">1</p>{again}')


def test_what_our_drawings_hold_passes_at_a_glance() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><clipPath id="clip1">'
        '<rect width="9" height="9"/></clipPath></defs><g clip-path="url(#clip1)">'
        '<path d="M0,0L1,1" fill="#fff" stroke="rgb(1,2,3)"/><text fill="none">1 &lt; 2</text>'
        "</g></svg>"
    )
    assert refusal(inline_svg(drawing, figure_id="a", alt='"a" < b > c')) == ""
