"""A page changed by hand is refused, with what differs."""

import random
import re
from dataclasses import replace
from html import escape
from urllib.parse import quote

import pytest

from ineqlib.document.model import Document
from ineqlib.document.parse_page import read_page
from ineqlib.facts.fact import FactTable

from .made_pages import (
    HERE,
    Check,
    Made,
    changed,
    honest,
    made_page,
    own_fact,
    own_words,
    page_of,
    report_on,
    section_of,
)


def test_a_wrong_number_is_seen_in_the_text_and_in_what_it_carries(
    check: Check, pages: dict[str, Made]
) -> None:
    shown = next(each for each in read_page(pages[HERE].page).shown if "life-exp" in each.fact)
    text = f">{shown.text}</data>"
    refusals = check(changed(pages[HERE], text, ">99.9 years</data>"))
    assert any("99.9 years" in each and shown.text in each for each in refusals)
    assert any("“99.9 years” stands for" in each for each in refusals)

    value = f'value="{shown.value}" data-fact="{shown.fact}"'
    refusals = check(changed(pages[HERE], value, value.replace(shown.value, "12.5", 1)))
    assert any("the page says “the same words over other values”" in each for each in refusals)
    assert any("carries 12.5, its fact says" in each for each in refusals)


def test_a_number_of_a_notebooks_own_must_be_its_fact(check: Check, ours: Document) -> None:
    def reason(words: str) -> list[str]:
        return check(made_page(ours, [], FactTable([own_fact()]), words))

    assert reason(own_words()) == []
    assert "“43” carries 43, its fact says 42" in reason(own_words(value="43", text="43"))[0]
    assert "“43” stands for 42" in reason(own_words(text="43"))[0]


EDITED = {
    "sentence": ("headline", ", worse than", ", better than"),
    "lead": ("headline", "live shorter lives", "live longer lives"),
    "heading": ("trends", "Over time", "Over again"),
    "what was asked": ("trends", 'data-arguments="{}"', 'data-arguments="{&quot;x&quot;: 1}"'),
    "list folded away": ("methods", "It is not a test", "It is a test"),
    "title": ("deprivation", "its least deprived</h3>", "its richest</h3>"),
    "subtitle": ("deprivation", "tenth of deprivation, f", "fifth of deprivation, f"),
    "alternative text": ("deprivation", "1 most deprived: 24.8%", "1 most deprived: 2.4%"),
    "table cell": ("deprivation", ">24.8<", ">2.8<"),
    "source of a figure": ("deprivation", "Source: ", "Source: Us and "),
    "note of a figure": ("map", "however large it is", "however small it is"),
    "table without a chart": ("sources", "<td>", "<td>Not "),
}


@pytest.mark.parametrize("name", EDITED)
def test_what_is_changed_in_a_section_by_hand_is_seen(
    check: Check, pages: dict[str, Made], name: str
) -> None:
    section, old, new = EDITED[name]
    html = section_of(pages[HERE], section)
    assert old in html, "the test no longer changes anything"
    made = changed(pages[HERE], html, html.replace(old, new, 1))
    refusals = check(honest(made))
    assert any(f"'{section}'" in each for each in refusals), refusals


def test_every_letter_of_a_section_that_a_reader_sees_is_checked(
    check: Check, pages: dict[str, Made]
) -> None:
    page, chance = pages[HERE].page, random.Random(20)
    letters = [
        page.index(section.html) + chance.randrange(*words.span())
        for section in read_page(page).sections
        for words in re.finditer(r"(?<=>)[^<>]*\w[^<>]*(?=<(?!/text|/?tspan))", section.html)
    ]
    assert len(letters) > 1000
    for at in chance.sample(letters, 25):
        other = "x" if page[at] != "x" else "y"
        edited = replace(pages[HERE], page=page[:at] + other + page[at + 1 :])
        assert check(edited) != [], page[at - 80 : at + 80]


IN_SECTION = '<ul data-block="headlines">'


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (IN_SECTION, f'<p data-block="own">Ours.</p>{IN_SECTION}', "holds 'own', which it does"),
        (IN_SECTION, f"<p>Ours.</p>\n{IN_SECTION}", "holds something besides its blocks"),
        (
            IN_SECTION,
            f'<ul data-block="headlines"></ul>\n{IN_SECTION}',
            "the block 'headlines' is shown twice",
        ),
        (
            'data-section="headline" data-subject',
            'data-section="headline"  data-subject',
            "marked as a section, but is not written as one",
        ),
        (
            'data-section="headline" data-subject',
            "data-subject",
            "block 'headlines' stands outside",
        ),
        (
            'data-section="headline" data-subject',
            'data-section="lines" data-subject',
            "has no section 'lines'",
        ),
    ],
    ids=["block", "words", "twice", "written otherwise", "unmarked", "renamed"],
)
def test_a_section_keeps_its_marks_and_holds_its_blocks_alone(
    check: Check, pages: dict[str, Made], old: str, new: str, reason: str
) -> None:
    made = changed(pages[HERE], old, new)
    assert any(reason in each for each in check(honest(made)))


@pytest.mark.parametrize(
    ("section", "asked"),
    [
        ("trends", '{"indicators": ["lief_expectancy"]}'),
        ("trends", '{"indicators": 5}'),
        ("trends", '{"indicator": []}'),
        ("at_a_glance", '{"objective": 5}'),
        ("at_a_glance", '{"name": "trends"}'),
        ("headline", "[1]"),
        ("headline", "{"),
    ],
)
def test_a_section_that_says_it_was_asked_what_it_does_not_take_is_seen(
    check: Check, pages: dict[str, Made], section: str, asked: str
) -> None:
    html = section_of(pages[HERE], section)
    other = html.replace('data-arguments="{}"', f'data-arguments="{escape(asked)}"')
    refusals = check(changed(pages[HERE], html, other))
    assert any(
        f"has no section '{section}' with the arguments {asked}" in each for each in refusals
    )


def test_blocks_keep_their_order(check: Check, ours: Document) -> None:
    section = ours.section("methods")
    turned = replace(section, blocks=section.blocks[::-1])
    [reason] = check(made_page(ours, [ours.section("headline"), turned]))
    assert "'methods' holds something besides its blocks, or not in their order" in reason


def test_a_figure_of_the_document_beside_its_sections_is_checked_too(
    check: Check, ours: Document
) -> None:
    [figure] = ours.section("deprivation").figures
    made = made_page(ours, [ours.section("headline")], figure)
    assert check(made) == []
    refusals = check(changed(made, ">24.8<", ">2.8<"))
    assert refusals == [
        "The figure 'deprivation-spread' is not what the pack gives for Brackenhythe (X07000001). "
        "Show a figure of your own under another id."
    ]


def test_a_changed_fact_is_seen_in_the_file(check: Check, ours: Document) -> None:
    fact = next(each for each in ours.facts.values() if len(each.rows) == 1)
    facts = [
        replace(each, value=each.value + 1) if each is fact else each
        for each in ours.facts.values()
    ]
    page = page_of(ours.cover, FactTable(facts))
    [reason] = check(Made(page, report_on(page, ours)))
    assert f"Of {len(facts)} figures, 1 are not the pack's: {fact.id} is" in reason
    assert "which the pack does not say" in reason

    facts = [replace(each, text="7") if each is fact else each for each in ours.facts.values()]
    page = page_of(ours.cover, FactTable(facts))
    [reason] = check(Made(page, report_on(page, ours)))
    assert f"{fact.id} is 7, not {fact.text}" in reason


def test_a_line_of_the_file_edited_by_hand_is_seen(check: Check, pages: dict[str, Made]) -> None:
    [first, *_] = [row for row in read_page(pages[HERE].page).facts if row["method"] == "published"]
    line = f"\n{first['id']},{first['value']},"
    old = quote(line, safe=",")
    refusals = check(changed(pages[HERE], old, old.replace(first["value"], "123.5")))
    assert any("1 are not the pack's" in each and "123.5 in the file" in each for each in refusals)


def test_the_table_of_all_figures_is_the_files(check: Check, pages: dict[str, Made]) -> None:
    (name, text), *_ = read_page(pages[HERE].page).rows
    row = f'<tr id="fact-{name}"><th scope="row">{text}<'
    refusals = check(changed(pages[HERE], row, row.replace(text, "7")))
    reason = "The table of all figures is not the file's: 1 row differ"
    assert [each for each in refusals if each.startswith(reason) and name in each]
    whole = re.search(rf"{re.escape(row)}.*?(?=<tr|</table)", pages[HERE].page)[0]
    assert any(each.startswith(reason) for each in check(changed(pages[HERE], whole, "")))
