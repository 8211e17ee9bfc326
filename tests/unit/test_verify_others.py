"""A page that shows what is another area's is refused, and the other area named."""

import re
from pathlib import Path

from ineqlib.document.model import Document
from ineqlib.document.parse_drawings import read_drawings
from ineqlib.facts.fact import FactTable
from ineqlib.pack import Pack

from .made_pages import (
    HERE,
    NAMES,
    THERE,
    Check,
    Made,
    built,
    changed,
    made_page,
    own_figure,
    page_of,
    report_on,
    section_of,
)
from .revised_pack import revised

MAP = "neighbourhood-map"


def with_figures_swapped(pack: Pack, folder: Path) -> Pack:
    """A pack that gives each of two areas the other's rows."""
    tables = {name: pack.table(name) for name in pack.meta.tables}
    rows = tables["observations"]
    other = {HERE: THERE, THERE: HERE}
    rows["area_code"] = rows["area_code"].replace(other)
    rows["area_name"] = rows["area_name"].replace({NAMES[a]: NAMES[b] for a, b in other.items()})
    return revised(pack, folder, tables)


def test_another_areas_rows_are_seen_and_both_areas_named(
    check: Check, demo_pack: Pack, tmp_path: Path
) -> None:
    swapped = built(with_figures_swapped(demo_pack, tmp_path / "swapped"), HERE)
    refusals = check(made_page(swapped))
    [headlines] = [each for each in refusals if each.startswith("The section 'headline' is not")]
    assert "what the pack gives for Brackenhythe (X07000001)" in headlines
    assert headlines.endswith("They are the figures of Coldmarket (X07000002).")
    assert any(re.search(r"Of \d+ figures, \d+ are not the pack's", each) for each in refusals)
    assert any(each.startswith("Its line for the index is") for each in refusals)


def test_another_areas_headlines_are_seen(check: Check, pages: dict[str, Made]) -> None:
    own, theirs = (section_of(pages[code], "summary") for code in (HERE, THERE))
    reason = "The opening words of Coldmarket (X07000002) are on the page of Brackenhythe."
    refusals = check(changed(pages[HERE], own, theirs + own))
    assert "The section 'summary' is marked as that of Coldmarket (X07000002)." in refusals
    assert reason in refusals

    refusals = check(changed(pages[HERE], own, own + theirs.replace(THERE, HERE)))
    assert reason in refusals
    assert any(each.startswith("The section 'summary' is not what") for each in refusals)


def test_another_areas_page_is_seen(check: Check, pages: dict[str, Made]) -> None:
    refusals = "\n".join(check(pages[THERE]))
    assert "its title names Coldmarket" in refusals
    assert "its heading (h1) names Coldmarket" in refusals
    assert "code under the heading is “X07000002”; it should be X07000001" in refusals
    assert "is marked as that of Coldmarket" in refusals
    assert "The section 'headline' is marked" in refusals


def test_figures_none_of_which_are_about_the_area_are_seen(check: Check, ours: Document) -> None:
    others = FactTable(fact for fact in ours.facts.values() if fact.area_code != HERE)
    page = page_of(ours.cover, others)
    [reason] = check(Made(page, report_on(page, ours)))
    assert reason == f"The page holds {len(others)} figures, none of them about Brackenhythe."


def test_another_areas_chart_is_seen(check: Check, pages: dict[str, Made]) -> None:
    pattern = r'<figure class="[^"]*" id="deprivation-spread".*?</figure>'
    own, theirs = (re.search(pattern, pages[code].page, re.DOTALL)[0] for code in (HERE, THERE))
    [reason, *_] = check(changed(pages[HERE], own, theirs))
    assert "The section 'deprivation' is not what the pack gives" in reason
    assert "In “deprivation-spread” the page says" in reason
    assert "of Coldmarket's people are in" in reason


def test_another_areas_drawing_in_a_true_page_is_seen(
    check: Check, documents: dict[str, Document]
) -> None:
    true, other = (
        made_page(document, [document.section("deprivation")]) for document in documents.values()
    )
    own, theirs = (re.search("<g .*?</svg>", made.page, re.DOTALL)[0] for made in (true, other))
    reason = "The drawing of the figure 'deprivation-spread' is not what the pack gives."
    assert check(true) == []
    assert check(changed(true, own, theirs)) == [reason]


def test_an_edited_label_or_shape_of_any_chart_is_seen(
    check: Check, pages: dict[str, Made], ours: Document
) -> None:
    true = pages[HERE]
    figures = [figure for section in ours.sections for figure in section.figures]
    always_drawn_again = {each.labels.id for each in figures if each.is_quick} - {MAP}
    drawings = read_drawings(true.page)
    drawings = {name: svg for name, svg in drawings.items() if name in always_drawn_again}
    assert len(drawings) > 15
    for old, new in (('data-label="', 'data-label="Not '), ("translate(", "translate(1")):
        edited, names = true, []
        for name, drawing in drawings.items():
            if old in drawing[400:]:
                names.append(name)
                other = drawing[:400] + drawing[400:].replace(old, new, 1)
                edited = changed(edited, drawing, other)
        assert len(names) > 15
        assert sorted(check(edited)) == sorted(
            f"The drawing of the figure '{name}' is not what the pack gives." for name in names
        )


def test_a_figure_of_a_notebooks_own_about_another_area_is_seen(
    check: Check, ours: Document
) -> None:
    [reason] = check(made_page(ours, None, own_figure("Visits in Coldmarket")))
    assert "'own' is about Coldmarket and does not name Brackenhythe: “Visits in" in reason
    assert check(made_page(ours, None, own_figure("Brackenhythe and Coldmarket"))) == []
    assert check(made_page(ours, None, own_figure("Visits in Wendlemere"))) == []


def test_figures_of_a_place_it_is_not_compared_with_are_seen(
    check: Check, ours: Document, demo_pack: Pack
) -> None:
    areas = demo_pack.areas[demo_pack.areas["area_type"].eq("lad") & ~demo_pack.areas["ended"]]
    stranger = areas[~areas["area_code"].isin(ours.places)].iloc[0]
    theirs = [
        fact
        for fact in built(demo_pack, stranger["area_code"]).facts.values()
        if fact.area_code == stranger["area_code"] and fact.id not in ours.facts
    ]
    [reason] = check(made_page(ours, [ours.section("headline")], FactTable(theirs)))
    assert f"{stranger['area_name']} ({stranger['area_code']}, {len(theirs)} figures)" in reason
    assert "is not compared with" in reason
