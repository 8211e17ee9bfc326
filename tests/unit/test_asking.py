"""No question is answered wrongly: 573 written down, 1,000 made from them; why others are not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import ineqlib as iq
from ineqlib.asking.asker import Asker, asker_of
from ineqlib.asking.choose import comparisons_asked
from ineqlib.asking.grammar import FILE, Phrase, load_grammar, words_of
from ineqlib.asking.known import known_of, phrases_of
from ineqlib.asking.question import CannotAnswer, read_question
from ineqlib.catalogue import load_catalogue
from ineqlib.errors import ParameterError
from ineqlib.pack import Pack
from ineqlib.yaml_file import read_yaml
from tests.unit.asked import NEVER, Asked, Judge, questions
from tests.unit.asked_again import Tried, tables, try_changed, try_written

HERE = "Ambersea"
FEWEST_ANSWERED = 0.9
"""Share of the answerable questions; the table in docs/ask.md has what it is."""


@pytest.fixture(scope="module")
def judge(demo_pack: Pack) -> Judge:
    return Judge(demo_pack)


@pytest.fixture(scope="module")
def asker(demo_pack: Pack) -> Asker:
    return asker_of(demo_pack, HERE)


@pytest.fixture(scope="module")
def written(demo_pack: Pack, judge: Judge) -> list[Tried]:
    return try_written(demo_pack, judge)


@pytest.fixture(scope="module")
def changed(demo_pack: Pack, judge: Judge) -> list[Tried]:
    return try_changed(demo_pack, judge)


def test_none_of_the_questions_written_down_is_answered_wrongly(written: list[Tried]) -> None:
    assert [one for one in written if one.wrong] == []


def test_a_third_has_no_answer_and_most_of_the_others_are_answered(written: list[Tried]) -> None:
    answerable = sum(bool(asked.measure) for asked in questions())
    assert len(written) >= 500
    assert answerable <= len(written) * 2 / 3
    assert sum(one.is_answered for one in written) >= FEWEST_ANSWERED * answerable


def test_no_question_with_a_change_is_answered_beside_the_point(changed: list[Tried]) -> None:
    assert [one for one in changed if one.wrong] == []
    kinds = {one.kind for one in changed}
    assert {one.kind for one in changed if one.is_answered} == kinds - {*NEVER}


def test_the_page_of_docs_has_these_counts(
    repo: Path, written: list[Tried], changed: list[Tried]
) -> None:
    page = (repo / "docs" / "ask.md").read_text(encoding="utf-8")
    fresh = tables(written, changed) in page
    assert fresh, "docs/ask.md is not what was tried: run `python benchmarks/asking.py --write`"


def test_what_is_not_answered_has_a_reason_and_what_is_offered_is_answered(
    asker: Asker,
) -> None:
    refused = [asked for asked in questions() if not asked.measure][::6]
    for asked in refused:
        reply = asker.reply(asked.text)
        assert not reply.is_answer
        assert re.fullmatch(r"I don't know: .{10,}\.", str(reply))
        assert not reply.facts
        assert reply.can_ask
        assert all(asker.reply(text).is_answer for text in reply.can_ask)


@pytest.mark.parametrize("reason", ["cause", "forecast", "negation", "advice", "hypothetical"])
def test_the_reason_is_the_one_of_its_kind(asker: Asker, reason: str) -> None:
    """Nearly all: a question may have several faults, of which the first is told."""
    why = load_grammar().reasons[reason]
    kind = [asked for asked in questions() if asked.reason == reason]
    told = [str(asker.reply(asked.text)) for asked in kind]
    assert sum(why in text for text in told) >= 0.7 * len(told)


def test_men_are_not_set_against_women(asker: Asker) -> None:
    reply = asker.reply("Do men live longer than women?")
    assert "no comparison of men with women" in str(reply)


def test_a_strange_word_is_named_and_the_nearest_question_offered(
    asker: Asker,
) -> None:
    reply = asker.reply("Is smoknig getting better?")
    assert "“smoknig”" in str(reply)
    assert reply.can_ask[0] == "Is smoking getting better?"


def test_a_question_without_a_figure_is_completed(asker: Asker) -> None:
    reply = asker.reply("How far from Drayholme?")
    assert "say which figure" in str(reply)
    assert reply.can_ask[0] == "How far from Drayholme for length of life?"


def test_an_abolished_area_names_its_successor(asker: Asker) -> None:
    assert "no longer exists" in str(asker.reply("smoking in East Wren"))


def test_a_withheld_figure_is_said_to_be_so(demo_pack: Pack) -> None:
    known = known_of(demo_pack, demo_pack.area(HERE).code)
    grammar, phrases = load_grammar(), phrases_of(demo_pack)
    question = read_question("How many adults smoke?", grammar, phrases)
    (shown,) = comparisons_asked(question, known)
    hidden = replace(shown, facts={}, missing={"area": "suppressed"})
    with pytest.raises(CannotAnswer, match="withheld by the publisher"):
        comparisons_asked(question, replace(known, comparisons=(hidden,)))


def test_a_briefing_answers_as_its_pack_does_and_about_its_own_area_alone(demo_pack: Pack) -> None:
    document = iq.open_briefing(demo_pack, HERE)
    for text in ("Is smoking getting better?", "What are we worst at?", "gap in life expectancy"):
        reply = iq.ask(document, text)
        assert reply == iq.ask(demo_pack, text, area=HERE)
        assert {fact.id for fact in reply.facts} <= document.facts.keys()
    assert "about Ambersea alone" in str(iq.ask(document, "How many adults smoke in Drayholme?"))
    with pytest.raises(ParameterError, match="about Ambersea"):
        iq.ask(document, "smoking", area="Drayholme")


def test_a_document_without_facts_of_an_area_cannot_be_asked(demo_pack: Pack) -> None:
    with pytest.raises(ParameterError, match="cannot be asked"):
        iq.ask(iq.open_methods(demo_pack, HERE), "smoking")


def test_without_an_area_the_question_names_one(demo_pack: Pack) -> None:
    assert iq.ask(demo_pack, "How many adults smoke in Drayholme?").is_answer
    assert "say which area" in str(iq.ask(demo_pack, "How many adults smoke?"))


def test_an_answer_shows_itself_with_its_facts(demo_pack: Pack) -> None:
    shown = iq.ask(demo_pack, "smoking", area=HERE)._repr_mimebundle_()
    assert "data-fact" in shown["text/html"] and "“smoking”" in shown["text/html"]
    refused = iq.ask(demo_pack, "<b>", area=HERE)._repr_mimebundle_()
    assert "You can ask" in refused["text/html"] and "<b>" not in refused["text/html"]


def test_no_phrase_of_the_grammar_means_two_things() -> None:
    content = read_yaml(FILE)
    meant: dict[Phrase, set[tuple[str, str]]] = {}
    for section in ("words", "sexes", "roles", "measures", "refusals", "topics"):
        for value, texts in content[section].items():
            for text in texts:
                meant.setdefault(words_of(text), set()).add((section, value))
    for section in ("choices", "several"):
        for entry in content[section]:
            for text in entry["phrases"]:
                meant.setdefault(words_of(text), set()).add((section, str(entry)))
    assert not {phrase: of for phrase, of in meant.items() if len(of) > 1}
    assert content["refusals"].keys() == content["reasons"].keys()


def test_the_grammar_names_indicators_of_the_catalogue() -> None:
    content, catalogue = read_yaml(FILE), load_catalogue()
    named = {id for entry in content["choices"] + content["several"] for id in entry["indicators"]}
    assert all(id in catalogue for id in {*content["topics"], *named})


def test_a_phrase_hides_no_sex_unless_its_indicator_is_of_one_alone() -> None:
    """Of “how long can men expect to live” the phrase must not be all."""
    sexes = {words_of(text) for texts in read_yaml(FILE)["sexes"].values() for text in texts}
    for id, texts in read_yaml(FILE)["topics"].items():
        names = {load_catalogue()[id].name, load_catalogue()[id].public_name}
        of_one = any(re.search(r"\b(women|girls|mothers)\b", name.lower()) for name in names)
        hidden = [text for text in texts for word in words_of(text) if (word,) in sexes]
        assert of_one or not hidden


def test_every_public_name_is_understood(demo_pack: Pack, asker: Asker) -> None:
    known = asker.own
    assert known is not None
    grammar, phrases = load_grammar(), phrases_of(demo_pack)
    for figure in known.comparisons:
        if figure.indicator.value_type != "slope_index":
            question = read_question(figure.indicator.public_name, grammar, phrases)
            assert figure.indicator.id in question.indicators


def test_the_judge_sees_a_wrong_answer(asker: Asker, judge: Judge) -> None:
    reply = asker.answer("How many adults smoke?")
    right = Asked("", HERE, "level", frozenset({"smoking_adults"}))
    assert not judge.wrong(right, reply)
    assert judge.wrong(replace(right, area="Drayholme"), reply)
    assert judge.wrong(replace(right, years=(2019,)), reply)
    assert judge.wrong(replace(right, indicators=frozenset({"suicide"})), reply)
    assert judge.wrong(replace(right, measure=""), reply)
