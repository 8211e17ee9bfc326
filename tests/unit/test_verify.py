"""A page that is not what the pack says, or not what a page may be, is refused with the reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import pytest

from ineqlib.briefings.area.document import SECTIONS, Briefing, open_briefing
from ineqlib.document.page import export_html
from ineqlib.document.parse_page import read_headlines, read_page
from ineqlib.document.verify import charts as verify_charts
from ineqlib.document.verify.charts import drawn_again
from ineqlib.document.verify.page import WITH_FACTS, problems
from ineqlib.pack import Pack, open_pack, write_pack

HERE, THERE = "X07000001", "X07000002"
NAMES = {HERE: "Brackenhythe", THERE: "Coldmarket"}
PARAMETERS = {"comparators": ["county", "region", "country", "neighbours"]}
PARAMETERS |= {"indicator_set": "headline"}


@dataclass(frozen=True)
class Told:
    summary: str
    headline: str
    figures: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Finished:
    """A page, and what its maker tells of it."""

    page: str
    told: Told


def bundles(*shown: object) -> list[dict[str, object]]:
    """What a notebook's outputs would hold for these objects."""
    return [
        each._repr_mimebundle_() if hasattr(each, "_repr_mimebundle_") else {"text/html": each.html}
        for each in shown
    ]


def page_of(*shown: object) -> str:
    cells = [nbformat.v4.new_markdown_cell("## Headlines")]
    cells += [
        nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data)])
        for data in bundles(*shown)
    ]
    return export_html(nbformat.v4.new_notebook(cells=cells))


def finished(briefing: Briefing) -> Finished:
    headline = briefing.headline()
    page = page_of(briefing.page(), headline, briefing.poorest()[0], briefing.facts())
    [block] = read_headlines(headline.html)
    details = briefing.page().details
    return Finished(page, Told(details["summary"], block.text, details["figures"]))


@pytest.fixture(scope="module")
def pages(demo_pack: Pack) -> dict[str, Finished]:
    return {code: finished(open_briefing(demo_pack, code, **PARAMETERS)) for code in (HERE, THERE)}


Check = Callable[..., list[str]]


@pytest.fixture(scope="module")
def check(demo_pack: Pack, pages: dict[str, Finished]) -> Check:
    """Hold a page against the true pack, as the page of `HERE`."""

    def held(made: Finished, *, area: str = HERE, **options: int) -> list[str]:
        return problems(
            made.page,
            area=demo_pack.area(area),
            pack=demo_pack,
            parameters=PARAMETERS,
            made=made.told,
            others={code: each.told.headline for code, each in pages.items() if code != area},
            **options,
        )

    return held


def changed(made: Finished, old: str, new: str) -> Finished:
    assert old in made.page, "the test no longer changes anything"
    return replace(made, page=made.page.replace(old, new))


@pytest.mark.parametrize("area", [HERE, THERE])
def test_a_true_page_has_no_problems(check: Check, pages: dict[str, Finished], area: str) -> None:
    assert check(pages[area], area=area) == []


def with_figures_swapped(pack: Pack, folder: Path) -> Pack:
    """A pack that gives each of two areas the other's rows."""
    tables = {name: pack.table(name) for name in pack.meta.tables}
    rows = tables["observations"]
    other = {HERE: THERE, THERE: HERE}
    rows["area_code"] = rows["area_code"].replace(other)
    rows["area_name"] = rows["area_name"].replace({NAMES[a]: NAMES[b] for a, b in other.items()})
    write_pack(folder, tables, pack.meta)
    return open_pack(folder)


def test_another_areas_rows_are_seen_and_both_areas_named(
    check: Check, demo_pack: Pack, tmp_path: Path
) -> None:
    swapped = with_figures_swapped(demo_pack, tmp_path / "swapped")
    found = check(finished(open_briefing(swapped, HERE, **PARAMETERS)))
    [headlines] = [each for each in found if each.startswith("The headlines are not")]
    assert "what the pack gives for Brackenhythe (X07000001)" in headlines
    assert headlines.endswith("They are the figures of Coldmarket (X07000002).")
    assert any("are not the pack's" in each for each in found)


def test_another_areas_headlines_are_seen(check: Check, pages: dict[str, Finished]) -> None:
    ours, theirs = (
        each.page[each.page.index('<section class="headline"') :].partition("</section>")[0]
        for each in (pages[HERE], pages[THERE])
    )
    pasted = changed(pages[HERE], ours, ours + "</section>" + theirs)
    found = check(pasted)
    assert "The headlines are marked as those of Coldmarket (X07000002)." in found
    assert "The headlines of Coldmarket (X07000002) are on the page of Brackenhythe." in found

    disguised = changed(pages[HERE], ours, theirs.replace(THERE, HERE))
    assert "The headlines of Coldmarket (X07000002) are on the page of Brackenhythe." in check(
        disguised
    )


def test_another_areas_page_is_seen(check: Check, pages: dict[str, Finished]) -> None:
    found = "\n".join(check(pages[THERE]))
    assert "its title names Coldmarket" in found
    assert "its heading (h1) names Coldmarket" in found
    assert "area code under the heading is “X07000002”; it should be X07000001" in found
    assert "marked as those of Coldmarket" in found
    assert "none of them about Brackenhythe" in found


def test_a_wrong_number_is_seen_in_the_text_and_in_what_it_carries(
    check: Check, pages: dict[str, Finished]
) -> None:
    shown = next(each for each in read_page(pages[HERE].page).shown if "life-exp" in each.fact)
    text = f">{shown.text}</data>"
    found = check(changed(pages[HERE], text, ">99.9 years</data>"))
    assert any("99.9 years" in each and shown.text in each for each in found)
    assert any("“99.9 years” stands for" in each for each in found)

    value = f'value="{shown.value}" data-fact="{shown.fact}"'
    found = check(changed(pages[HERE], value, value.replace(shown.value, "12.5", 1)))
    assert any("carries 12.5, its fact says" in each for each in found)


def test_a_fact_that_is_not_in_the_pack_is_seen(check: Check, demo_pack: Pack) -> None:
    briefing = open_briefing(demo_pack, HERE, **PARAMETERS)
    headline = briefing.headline()
    of_headline = set(briefing.facts().facts)
    briefing.poorest()
    book = briefing.facts().facts
    more = [fact for name, fact in book.items() if name not in of_headline and len(fact.rows) == 1]
    book[more[0].id] = replace(more[0], value=more[0].value + 1)
    page = page_of(briefing.page(), headline, briefing.facts())
    [block] = read_headlines(headline.html)
    [told] = check(Finished(page, Told(briefing.page().details["summary"], block.text)))
    assert "figures, 1 are not the pack's" in told
    assert more[0].id in told


def test_figures_of_a_place_it_is_not_compared_with_are_seen(check: Check, demo_pack: Pack) -> None:
    area = demo_pack.area(HERE)
    current = demo_pack.areas.query("area_type == 'lad' and not ended")
    stranger = current[current["region_code"] != area.region_code].iloc[0]
    briefing = open_briefing(demo_pack, HERE, comparators=["country"], indicator_set="headline")
    book = open_briefing(demo_pack, stranger["area_code"], **PARAMETERS)
    book.headline()
    briefing.facts().facts.update(book.facts().facts)
    found = check(finished(briefing))
    assert any(stranger["area_name"] in each and "not compared with" in each for each in found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<title>Brackenhythe:", "<title>Briefing:", "its title does not name it"),
        (
            "<title>Brackenhythe:",
            "<title>Coldmarket, near Brackenhythe:",
            "title names Coldmarket",
        ),
        ("<h1>Brackenhythe:", "<h1>Brackenhythes:", "heading (h1) does not name it"),
        ("Area code X07000001", "", "area code under the heading is missing"),
        ("</section>", '</section><img src="https://example.org/a.png">', "from elsewhere"),
        ("</section>", '</section><svg><image href="//example.org/a"/></svg>', "from elsewhere"),
        ("</style>", "@import 'https://example.org/a.css'</style>", "from elsewhere"),
        ("Content-Security-Policy", "Other", "no security policy"),
        ("default-src &#39;none&#39;", "default-src *", "no security policy"),
        ("img-src data:", "img-src data: https:", "lets through img-src https:"),
        ("; style-src", " 'sha256-AAAA'; style-src", "admits a script or style that is not"),
        ("</section>", "</section><svg><script>x</script></svg>", "<script> in an output"),
        ("</section>", '</section><p title="<svg">hidden</svg>', "not every program reads alike"),
        ("</section>", '</section><p onclick="x()">', "breaks promises: <p onclick"),
        (
            '"><th scope="row">76.4',
            '"><th scope="row">67.4',
            "table of all figures is not the file",
        ),
        ('<section class="headline"', '<section class="headline "', "not written as headlines"),
        ("</section>", "</section>Traceback (most recent call last)", "error message"),
        ("</section>", "</section><pre>KeyError: 'value'</pre>", "error message"),
        (
            "</section>",
            '</section><figure id="f"><figcaption>Coldmarket over time</figcaption></figure>',
            "The figure 'f' is about Coldmarket",
        ),
    ],
)
def test_what_a_page_may_not_be(
    check: Check, pages: dict[str, Finished], old: str, new: str, told: str
) -> None:
    assert any(told in each for each in check(changed(pages[HERE], old, new)))


@pytest.fixture(scope="module")
def charted(demo_pack: Pack) -> Finished:
    """A page with a chart."""
    briefing = open_briefing(demo_pack, HERE, **PARAMETERS)
    page = page_of(briefing.page(), briefing.deprivation()[-1], briefing.facts())
    return Finished(page, Told(briefing.page().details["summary"], ""))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (">54% of Brackenhythe", ">45% of Brackenhythe", "“45% of Brackenhythe"),
        ("tenth of deprivation, fictional", "fifth of deprivation, fictional", "fifth of"),
        ("1 most deprived: 24.8%", "1 most deprived: 2.4%", "1 most deprived: 2.4%"),
        (">24.8%</td>", ">2.8%</td>", "The table under the figure 'deprivation-spread'"),
    ],
)
def test_words_and_table_of_a_chart_are_held_against_the_pack(
    check: Check, charted: Finished, old: str, new: str, told: str
) -> None:
    assert check(charted) == []
    found = check(changed(charted, old, new))
    assert any(told in each for each in found)


@pytest.fixture(scope="module")
def another(demo_pack: Pack) -> Finished:
    """The page of another area with the same chart."""
    briefing = open_briefing(demo_pack, THERE, **PARAMETERS)
    return Finished(page_of(briefing.deprivation()[-1], briefing.page()), Told("", ""))


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (r"<g .*?</svg>", "The drawing of the figure 'deprivation-spread'"),
        (
            r'(?<=id="page-data">)[^<]+',
            "What the figure 'deprivation-spread' shows where scripts run",
        ),
    ],
    ids=["drawn", "live"],
)
def test_another_areas_drawing_in_a_true_page_is_seen(
    check: Check, charted: Finished, another: Finished, part: str, told: str
) -> None:
    ours, theirs = (re.search(part, made.page, re.DOTALL)[0] for made in (charted, another))
    with patch.object(verify_charts, "ONE_IN", 1):
        assert check(charted) == []
        found = check(changed(charted, ours, theirs))
    assert found == [f"{told} is not what the pack gives."]


def test_damaged_data_of_charts_are_seen(check: Check, charted: Finished) -> None:
    found = check(changed(charted, 'id="page-data">', 'id="page-data">x'))
    assert found == ["The data that charts come alive with cannot be read."]


def test_one_drawing_in_ten_is_made_again_and_every_one_for_some_area() -> None:
    charts = [f"chart-{n:02}" for n in range(25)]
    chosen = [set(drawn_again(charts, f"E070{n:05}")) for n in range(200)]
    assert {len(each) for each in chosen} == {2, 3}
    assert set().union(*chosen) == set(charts)


def test_a_link_to_a_publisher_is_no_request(check: Check, pages: dict[str, Finished]) -> None:
    link = '</section><p><a href="https://example.org">Publisher</a></p>'
    assert check(changed(pages[HERE], "</section>", link)) == []


def test_a_page_beyond_its_budget_is_told_its_size(
    check: Check, pages: dict[str, Finished]
) -> None:
    size = len(pages[HERE].page.encode())
    assert check(pages[HERE], budget=size) == []
    [told] = check(pages[HERE], budget=size - 1)
    assert "MB are allowed" in told


def test_what_the_maker_tells_is_held_against_the_page(
    check: Check, pages: dict[str, Finished]
) -> None:
    made = pages[HERE]
    found = check(replace(made, told=replace(made.told, summary="All is well")))
    assert len(found) == 1
    assert "index is “All is well”" in found[0]
    found = check(replace(made, told=replace(made.told, headline="All is well")))
    assert found == ["The headlines its maker speaks of are not those on the page."]
    figures = [{**made.told.figures[0], "value": 1.5}, *made.told.figures[1:]]
    [told] = check(replace(made, told=replace(made.told, figures=figures)))
    assert "comparing it with a later briefing" in told


def test_a_notebook_without_headlines_is_held_against_its_facts(
    check: Check, demo_pack: Pack
) -> None:
    briefing = open_briefing(demo_pack, HERE, **PARAMETERS)
    shown = briefing.at_a_glance()[-1]
    summary = briefing.page().details["summary"]
    page = page_of(briefing.page(), shown, briefing.facts())
    assert check(Finished(page, Told(summary, ""))) == []
    [told] = check(Finished(page, Told(summary, "Lives are long here.")))
    assert "the page has none" in told


def test_two_areas_without_figures_may_say_the_same(demo_pack: Pack) -> None:
    """The headlines of an area without figures are no other area's pasted in."""
    nothing = {"comparators": ["country"], "indicator_set": ["attainment_8"]}
    briefing = open_briefing(demo_pack, HERE, **nothing)
    made = finished(briefing)
    same = {THERE: made.told.headline}
    options = {"area": demo_pack.area(HERE), "pack": demo_pack, "parameters": nothing}
    assert problems(made.page, made=made.told, others=same, **options) == []


def test_a_fresh_computation_has_every_fact_that_any_section_shows(demo_pack: Pack) -> None:
    """Or a section that is new could show figures that nobody has computed again."""
    briefing = open_briefing(demo_pack, HERE)
    for section in ("headline", *WITH_FACTS, "page"):
        getattr(briefing, section)()
    computed = set(briefing.profile.book.facts)
    for section in SECTIONS:
        getattr(briefing, section)()
    assert set(briefing.profile.book.facts) == computed
