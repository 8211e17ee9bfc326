"""Evaluations: what is planted is found, what is not is not, and what cannot be told is said so."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import ineqlib as iq
from ineqlib.briefings.evaluate_project.asked import read_asked
from ineqlib.briefings.evaluate_project.design import (
    CannotEvaluate,
    Design,
    read_design,
    try_all,
)
from ineqlib.briefings.evaluate_project.results import (
    CANNOT_TELL,
    NO_SIGN,
    WORKED,
    Evaluation,
    evaluate,
)
from ineqlib.briefings.evaluate_project.words import both_moved, trend_title, what_next
from ineqlib.errors import ParameterError, UnknownArea, UnknownIndicator
from ineqlib.measures.placebo import power
from ineqlib.pack import Pack

HERE, OTHER = "X07000001", "X07000002"
SMOKING = {"indicator": "smoking_adults", "start": "2020"}


def design_of(pack: Pack, area: str = HERE, **asked: Any) -> Design:
    return read_design(pack, read_asked(pack, area, **{**SMOKING, **asked}))


def planted(design: Design, size: float) -> Design:
    """The same, with a change in the project's areas in every period after the start."""
    figures = {code: dict(of) for code, of in design.figures.items()}
    for code in design.project_codes:
        for label in design.after:
            row = figures[code][label]
            figures[code][label] = row._replace(value=row.value + size)
    return replace(design, figures=figures)


def verdict(pack: Pack, design: Design) -> str:
    return evaluate(pack, design).verdict


def test_the_effect_is_that_of_before_and_after(demo_pack: Pack) -> None:
    result = evaluate(demo_pack, design_of(demo_pack))
    answer = iq.before_after(demo_pack, "smoking_adults", HERE, 2019)
    [effect] = [fact for fact in answer.facts if "moved-beyond-similar" in fact.id]
    assert result.effect.value == pytest.approx(effect.value)
    own, similar = (answer.frame[name].tolist() for name in ("value", "similar"))
    assert [fact.value for fact in result.own] == pytest.approx(own)
    assert [fact.value for fact in result.similar] == pytest.approx(similar)


def test_a_large_planted_change_worked_and_the_other_way_did_not(demo_pack: Pack) -> None:
    design = design_of(demo_pack, hoped=8.0)
    assert verdict(demo_pack, planted(design, -10)) == WORKED
    assert verdict(demo_pack, planted(design, 10)) == NO_SIGN
    assert verdict(demo_pack, design) == NO_SIGN


def test_where_a_small_change_is_hoped_for_it_cannot_be_told_and_says_what_would_do(
    demo_pack: Pack,
) -> None:
    result = evaluate(demo_pack, design_of(demo_pack, hoped=1.5))
    assert result.verdict == CANNOT_TELL
    assert result.needed is not None and result.needed.areas is not None
    ratio = result.detectable.value / 1.5
    assert result.needed.areas.value == np.ceil(ratio**2) > 1
    people = demo_pack.population([HERE])["population"].item() * result.needed.areas.value
    assert result.needed.people is not None
    assert result.needed.people.value == pytest.approx(people, rel=0.05)


def test_where_one_more_year_would_do_it_says_so(demo_pack: Pack) -> None:
    design = design_of(demo_pack, start="2022", hoped=4.0)
    result = evaluate(demo_pack, design)
    assert result.needed is not None and result.needed.years is not None
    assert (len(design.after), result.needed.years.value) == (2, 1)
    # Two years after the start fall short; three, as the past eight years tell, do not.
    assert result.chance_to_see.value < 80
    labels = sorted(design.figures[HERE])
    past = try_all(design, labels[:5], labels[5:]).placebos
    spread = try_all(design, design.before, design.after).project.spread[0]
    assert power(4.0, spread, past) >= 0.8
    assert "1 more yearly figure, or" in what_next(design, result).text


def test_what_moved_that_way_before_is_not_said_to_have_worked(demo_pack: Pack) -> None:
    design = planted(design_of(demo_pack), -10)
    figures = {code: dict(of) for code, of in design.figures.items()}
    for step, label in enumerate(design.before):
        row = figures[HERE][label]
        figures[HERE][label] = row._replace(value=row.value - 4 * step)
    for label in design.after:
        row = figures[HERE][label]
        figures[HERE][label] = row._replace(value=row.value - 20)
    result = evaluate(demo_pack, replace(design, figures=figures))
    assert (result.verdict, result.moved_before) == (CANNOT_TELL, True)


def test_of_ten_districts_without_a_project_hardly_any_worked(demo_pack: Pack) -> None:
    codes = [code for code in demo_pack.current("districts")["area_code"] if "X07" in code][:10]
    said = [verdict(demo_pack, design_of(demo_pack, code)) for code in codes]
    assert said.count(WORKED) <= 1


def test_areas_of_the_project_are_compared_with_none_of_themselves(demo_pack: Pack) -> None:
    near = demo_pack.neighbours(HERE).codes[0]
    design = design_of(demo_pack, also=[near])
    tried = try_all(design, design.before, design.after)
    of_project = [tried.codes.index(code) for code in (HERE, near)]
    assert not tried.similar[:, of_project].any()
    result = evaluate(demo_pack, design)
    effects = [
        iq.before_after(demo_pack, "smoking_adults", code, 2019).frame for code in (HERE, near)
    ]
    means = np.mean([frame["value"] for frame in effects], axis=0)
    assert [fact.value for fact in result.own] == pytest.approx(means.tolist())
    assert result.tested.value > len(tried.codes)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"indicator": "healthy_life_expectancy"}, "modelled"),
        ({"indicator": "life_expectancy"}, "several years together"),
        ({"start": "2018"}, "fewer than three figures before the start"),
        ({"start": "2031"}, "no figure since the start yet"),
        ({"sex": "Male"}, "of this sex"),
        ({"also": ["X06000001", "Wendlemere"]}, "one tier"),
    ],
)
def test_what_cannot_be_evaluated_is_a_page_that_says_why(
    demo_pack: Pack, asked: dict[str, Any], words: str
) -> None:
    document = iq.open_evaluate_project(demo_pack, HERE, **{**SMOKING, **asked})
    text = document.markdown()
    assert words in text and "What would be needed" in text
    assert "could be asked instead" in text
    assert len(document.sections) == 1


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"start": "2020-13"}, "first day of the project"),
        ({"start": "last year"}, "first day of the project"),
        ({"direction": "rises"}, "rise"),
        ({"hoped": -1.0}, "zero or above"),
        ({"sex": "women"}, "Persons"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    demo_pack: Pack, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(ParameterError, match=words):
        read_asked(demo_pack, HERE, **{**SMOKING, **asked})


def test_unknown_names_are_refused_with_the_nearest(demo_pack: Pack) -> None:
    with pytest.raises(UnknownIndicator, match="smoking_adults"):
        read_asked(demo_pack, HERE, indicator="smoking_adult")
    with pytest.raises(UnknownArea):
        read_asked(demo_pack, HERE, **SMOKING, also=["Nowhere at all"])


def test_the_year_of_the_start_counts_on_neither_side(demo_pack: Pack) -> None:
    design = design_of(demo_pack, start="2020-06-15")
    assert design.across == ("2020",)
    assert (design.before[-1], design.after[0]) == ("2019", "2021")


def test_the_verdict_stands_first_with_its_placebo_rate(demo_pack: Pack) -> None:
    document = iq.open_evaluate_project(demo_pack, HERE, **SMOKING, hoped=8.0)
    section = document.section("answer")
    message, *_ = section.blocks
    assert getattr(message, "style", "") == "message"
    text = document.markdown("answer")
    design = design_of(demo_pack, hoped=8.0)
    result: Evaluation = evaluate(demo_pack, design)
    assert document.summary.startswith("No sign")
    assert f"{result.called.text} “worked” ({result.rate.text})" in text


def test_too_few_areas_are_said_to_be_too_few(demo_pack: Pack) -> None:
    design = design_of(demo_pack)
    few = {code: design.figures[code] for code in [HERE, *demo_pack.neighbours(HERE).codes]}
    with pytest.raises(CannotEvaluate, match="Fewer than twenty"):
        evaluate(demo_pack, replace(design, figures=few))


def test_what_did_not_move_is_not_said_to_rise_by_nothing(demo_pack: Pack) -> None:
    design = design_of(demo_pack)
    result = evaluate(demo_pack, design)
    level = replace(result, moved=replace(result.moved, value=0.04, text="0.0 percentage points"))
    assert "Brackenhythe stayed level; that of the similar areas" in both_moved(design, level).text
    assert trend_title(design, level).startswith("Brackenhythe stayed level; similar areas ")
    assert "by 0.0" not in both_moved(design, level).text
