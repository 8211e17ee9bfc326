"""A question keeps together: bookmarks read back, choices that end are said, search finds."""

from dataclasses import replace

import pytest

from ineqlib.errors import ParameterError
from ineqlib.exploring import views
from ineqlib.exploring.choices import ALL, Choices
from ineqlib.exploring.explorer import Explorer
from ineqlib.exploring.links import Lit, Mark
from ineqlib.exploring.question import Question, from_line
from ineqlib.exploring.search import Entry, find
from ineqlib.exploring.settle import settle
from ineqlib.pack import Pack

BRACKENHYTHE, AMBERSEA = "X07000001", "X06000001"


@pytest.fixture(scope="module")
def choices(demo_pack: Pack) -> Choices:
    return Choices(demo_pack)


@pytest.fixture
def explorer(demo_pack: Pack) -> Explorer:
    return Explorer(Question(str(demo_pack.path), BRACKENHYTHE, "life_expectancy"))


def test_a_bookmark_is_one_line_and_says_the_question_again() -> None:
    question = Question(
        "C:/packs/my pack & yours", "X1", "a", (), "Female", "Ethnic group: A & B", "2022/23"
    )
    line = question.to_line()
    assert "\n" not in line
    assert from_line(line) == question


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hello", "no bookmark"),
        ("aera=X1", "Did you mean 'area'"),
        ("area=X1&area=X2", "more than once"),
        ("area=X1&views=trend,pears", "Did you mean 'peers'"),
        ("area=X1&comparators=england", "Choose from county"),
        ("area=X%0A1", "no screen shows"),
    ],
)
def test_a_wrong_bookmark_is_explained(line: str, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        from_line(line, pack="demo")


def test_a_bookmark_without_a_pack_says_so() -> None:
    with pytest.raises(ParameterError, match="names no pack"):
        from_line("area=X1")


def test_what_is_not_said_gets_a_default_without_a_remark(choices: Choices) -> None:
    question, remarks = settle(Question("demo"), choices)
    assert question.area in choices.areas
    assert question.indicator == "life_expectancy"
    assert question.sex == "Male"
    assert remarks == ()


@pytest.mark.parametrize(
    ("wish", "kept", "words"),
    [
        ({"area": "Nowhere"}, {"area": AMBERSEA}, "no area 'Nowhere'"),
        ({"second": BRACKENHYTHE}, {"second": ""}, "not compared with itself"),
        ({"indicator": "x"}, {"indicator": "life_expectancy"}, "no indicator 'x'"),
        ({"sex": "Persons"}, {"sex": "Male"}, "no figures of everybody: men is shown"),
        ({"dimension": "Ethnic group"}, {"dimension": ""}, "not published by Ethnic group"),
        ({"period": "1999"}, {"period": ""}, "no figures for 1999"),
        ({"selected": "X01999999"}, {"selected": ""}, "nothing is marked"),
    ],
)
def test_a_choice_that_ends_falls_to_a_default_and_says_so(
    choices: Choices, wish: dict[str, str], kept: dict[str, str], words: str
) -> None:
    asked = replace(Question("demo", BRACKENHYTHE, "life_expectancy", sex="Male"), **wish)
    question, [remark] = settle(asked, choices)
    assert {name: getattr(question, name) for name in kept} == kept
    assert words.casefold() in remark.casefold()


def test_an_area_is_found_by_its_name_and_kept_by_its_code(choices: Choices) -> None:
    assert settle(Question("demo", "Brackenhythe"), choices).question.area == BRACKENHYTHE


def test_the_newest_period_stays_the_newest_when_the_indicator_changes(explorer: Explorer) -> None:
    newest = explorer.choices.series(BRACKENHYTHE, "life_expectancy").periods[-1]
    explorer.ask(period=newest)
    explorer.ask(indicator="smoking_adults")
    assert explorer.question.period == ""
    assert not any("period" in remark or newest in remark for remark in explorer.remarks)


def test_a_pack_that_is_not_there_leaves_the_question(explorer: Explorer) -> None:
    before = explorer.question
    explorer.ask(pack="no-such-pack")
    assert explorer.question == before
    assert "no pack at no-such-pack" in explorer.remarks[0]


def test_lists_are_by_objective_and_by_lead(choices: Choices) -> None:
    assert set(choices.lists[ALL]) == set(choices.pack.indicators["indicator_id"])
    assert "smoking_adults" in choices.lists["Lead: Director of Public Health"]
    assert "life_expectancy" in choices.lists["Objective: Length and quality of life"]


def test_plain_words_find_indicators(choices: Choices) -> None:
    entries = list(choices.indicators.values())
    assert find(entries, "how long people live")[0].key == "life_expectancy"
    assert find(entries, "smokers adults")[0].key == "smoking_adults"
    assert find(entries, "life expectanxy")[0].key.startswith("life_expectancy")
    assert find(entries, "xyzzy") == []


def test_a_name_comes_before_one_that_holds_it() -> None:
    places = [Entry("2", "Solihull", ("Solihull",)), Entry("1", "Hull", ("Kingston upon Hull",))]
    assert [place.key for place in find(places, "Hull")] == ["1", "2"]


def test_only_what_a_change_touches_is_looked_at_again(explorer: Explorer) -> None:
    for place in explorer.stale():
        explorer.look(place)
    assert explorer.stale() == []
    explorer.ask(period=explorer.choices.series(BRACKENHYTHE, "life_expectancy").periods[0])
    assert {view for view, _ in explorer.stale()} == {"gradient", "peers", "areas", "table"}
    explorer.ask(area=AMBERSEA)
    assert {view for view, _ in explorer.stale()} > {"map", "trend"}


def test_a_neighbourhood_lights_its_fifth_and_a_fifth_its_neighbourhoods(
    explorer: Explorer,
) -> None:
    code, fifth = next(iter(explorer.choices.fifths(BRACKENHYTHE).items()))
    explorer.select(("map", 0), Mark(code, ""))
    lit = explorer.lit(("gradient", 0))
    assert code in lit.codes
    assert any("deprived fifth" in label or "Middle" in label for label in lit.labels), fifth
    explorer.select(("gradient", 0), Mark("", "Most deprived fifth"))
    assert explorer.lit(("map", 0)) == Lit((BRACKENHYTHE,), ("Most deprived fifth",), "1")
    explorer.select(("gradient", 0), Mark("", "Most deprived fifth"))
    assert explorer.question.selected == ""


def test_a_year_of_the_trend_sets_the_period(explorer: Explorer) -> None:
    first = explorer.choices.series(BRACKENHYTHE, "life_expectancy").periods[0]
    explorer.select(("trend", 0), Mark("", f"Brackenhythe, {first}"))
    assert explorer.question.period == first


def test_what_got_worse_is_what_the_question_of_that_name_answers(explorer: Explorer) -> None:
    from ineqlib.questions.what_changed import what_changed

    frame = what_changed(explorer.choices.pack, BRACKENHYTHE).frame
    assert set(explorer.got_worse()) == set(frame.loc[frame["verdict"] == "worse", "indicator_id"])
    assert explorer.got_worse()


def test_a_view_without_an_answer_says_why(explorer: Explorer) -> None:
    explorer.ask(indicator="smoking_adults")
    seen = explorer.look(("gradient", 0))
    assert "no figures of Adults who smoke" in seen.reason
    assert seen.html == ""


def test_a_fault_is_a_reason_too(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by 0")

    monkeypatch.setitem(views._ASK, "trend", fail)
    seen = explorer.look(("trend", 0))
    assert "a fault of ineqlib (ZeroDivisionError: by 0)" in seen.reason
    assert "Traceback" not in seen.reason
    assert not caplog.records


@pytest.mark.parametrize("kind", ["svg", "csv", "html", "png"])
def test_each_format_is_saved_and_nothing_is_written_over(
    explorer: Explorer, kind: str, tmp_path
) -> None:
    words = [explorer.save(("trend", 0), kind, str(tmp_path / "saved")) for _ in range(2)]
    files = sorted(path.name for path in (tmp_path / "saved").iterdir())
    stem = "trend-brackenhythe-life-expectancy-male"
    assert files == [f"{stem}-2.{kind}", f"{stem}.{kind}"]
    assert words[0] == f"Saved {tmp_path / 'saved' / f'{stem}.{kind}'}"


def test_a_folder_that_cannot_be_written_is_said(explorer: Explorer, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    assert "Choose another folder" in explorer.save(("trend", 0), "csv", str(tmp_path / "file"))


@pytest.mark.parametrize("view", ["trend", "gradient", "decomposition", "table", "peers", "areas"])
def test_the_code_of_a_view_makes_that_view(explorer: Explorer, view: str) -> None:
    seen = explorer.look((view, 0))
    *lines, last = seen.code.splitlines()
    names: dict[str, object] = {}
    exec("\n".join([*lines, f"answer = {last}"]), names)
    answer = names["answer"]
    assert len(seen.code.splitlines()) <= 3
    if view == "table":
        assert sorted(answer["value"]) == sorted(fact.value for fact in seen.facts)
    else:
        assert answer.sentence == seen.finding
