"""A record of assurance has the template's parts, figures that are computed, and no signature."""

import importlib
import re
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from ineqlib.facts.comparisons import OVERLAP
from ineqlib.pack import Pack

from .named_tests import REPO, rows_of

TEMPLATE = (REPO / "docs" / "assurance.md").read_text(encoding="utf-8")
EXAMPLE = (REPO / "docs" / "assurance-example.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(REPO / "docs")  # as where the command runs
        return importlib.import_module("make_assurance")


@pytest.fixture(scope="module")
def checked(maker: ModuleType, small_pack: Pack) -> Any:
    return maker.check(small_pack, "Brackenhythe", None)


def part(text: str, number: int) -> str:
    return HEADING.split(text)[2 * number]


def test_the_example_has_the_templates_parts() -> None:
    assert len(HEADING.findall(TEMPLATE)) == 9
    assert HEADING.findall(EXAMPLE) == HEADING.findall(TEMPLATE)


@pytest.mark.parametrize("text", [TEMPLATE, EXAMPLE], ids=["template", "example"])
def test_nobody_has_signed(text: str) -> None:
    for number, given in ((2, 2), (9, 1)):
        rows = list(rows_of(part(text, number)))
        assert len(rows) == 4
        assert {cell for row in rows for cell in row[given:]} == {""}


def test_a_record_says_what_came_out_of_its_checks(maker: ModuleType, checked: Any) -> None:
    text = maker.page(checked)
    assert HEADING.findall(text) == HEADING.findall(TEMPLATE)
    came_out = [row[1] for row in rows_of(part(text, 4))]
    tables = len(checked.pack.meta.tables)
    assert came_out[:2] == [f"{tables} compared, none differs", "no difference"]
    for cell in came_out[2:]:
        made, of = cell.split(" of ")
        assert made == of != "0"
    followed = list(rows_of(part(text, 5)))
    assert len(followed) == len(checked.judgement.leading) > 0
    for line, about, _, fact_id, chain in followed:
        fact = checked.document.facts[fact_id.strip("`")]
        assert fact.text in about
        assert fact.period in about
        assert fact.size in line
        assert chain == "6 of 6 steps proved"


def test_a_page_that_differs_is_told(maker: ModuleType, checked: Any) -> None:
    text = maker.page(checked._replace(problems=["a section is missing"]))
    assert "| a section is missing |" in part(text, 4)


def test_where_nothing_leads_the_reason_stands_instead(maker: ModuleType, checked: Any) -> None:
    judgement = replace(checked.judgement, leading=(), nothing="So few people live there.")
    text = maker.page(checked._replace(judgement=judgement))
    assert part(text, 5).strip() == "So few people live there."


def test_what_is_wrong_is_counted_as_wrong(maker: ModuleType, checked: Any) -> None:
    comparison = next(
        each
        for each in checked.facts.comparisons
        if each.basis == OVERLAP and each.verdict == "similar"
    )
    assert maker.verdict_again(comparison)
    assert not maker.verdict_again(replace(comparison, verdict="worse"))
    gradient = next(each for each in checked.facts.gradients if each.sii is not None)
    assert maker.slope_again(gradient)
    moved = replace(gradient.sii, value=gradient.sii.value * 1.000001)
    assert not maker.slope_again(replace(gradient, sii=moved))
    fact = next(each for each in checked.document.facts.values() if each.method == "published")
    assert maker.as_in_the_pack(checked.pack, [fact, replace(fact, value=fact.value + 1e-9)]) == 1
