"""The training county: truths that can be found, mistakes that are met with a hint, keys unread."""

from base64 import b85encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import compress

import pytest
from click.testing import CliRunner

import ineqlib as iq
from ineqlib.cli import main
from ineqlib.demo.training import answer_sheet, build, mark, question, total
from ineqlib.demo.training.county import Plant, make_county
from ineqlib.demo.training.exercises import EXERCISES
from ineqlib.demo.training.key import TABLE, key_table
from ineqlib.demo.training.marking import BLANK
from ineqlib.document.model import Document
from ineqlib.document.verify.page import problems
from ineqlib.errors import PackError, ParameterError
from ineqlib.pack import Pack, open_pack, write_pack

from .made_pages import built, made_page
from .training_solver import SOLVERS, broken, divided, not_found, project_of, projects

SEEDS = (1, 2, 3)
NEEDED = ("areas", "area_changes", "indicators", "observations", "sources")


class Keyed(NamedTuple):
    """What was planted from a seed, and a pack that has its key and hardly any figures."""

    plants: Mapping[str, Plant]
    pack: Pack


@cache
def planted(seed: int) -> dict[str, Plant]:
    return build.plant_all(make_county(seed))


@pytest.fixture(scope="module", params=SEEDS)
def keyed(
    request: pytest.FixtureRequest, training_pack: Pack, tmp_path_factory: pytest.TempPathFactory
) -> Keyed:
    plants = planted(request.param)
    tables = {name: training_pack.table(name) for name in NEEDED}
    tables["observations"] = tables["observations"].head(1)
    folder = tmp_path_factory.mktemp("keyed") / "pack"
    write_pack(folder, {**tables, TABLE: key_table(plants)}, training_pack.meta)
    return Keyed(plants, open_pack(folder))


def mistakes(plants: Mapping[str, Plant]) -> Iterator[tuple[str, str, str, object]]:
    """Give every planted mistake: exercise, its name, the field and the wrong answer."""
    for name, plant in plants.items():
        for mistake, (field, answers) in plant.wrong.items():
            for answer in answers:
                yield name, mistake, field, answer


def test_the_key_gets_full_marks(keyed: Keyed) -> None:
    marked = [mark(keyed.pack, name, **plant.right) for name, plant in keyed.plants.items()]
    assert [one.exercise for one in marked if not one.is_right] == []
    assert total(*marked).is_right
    assert total(*marked).of == sum(exercise.marks for exercise in EXERCISES.values()) == 13


def test_each_planted_wrong_answer_is_met_with_its_hint(keyed: Keyed) -> None:
    for name, mistake, field, answer in mistakes(keyed.plants):
        right = keyed.plants[name].right
        marked = mark(keyed.pack, name, **{**right, field: answer})
        assert marked.marks == marked.of - 1, (name, mistake, answer)
        hint = EXERCISES[name].hints[mistake]
        assert marked.remarks == (f"{field}: {hint}",), (name, mistake, answer)


def test_every_hint_has_its_mistake_and_every_exercise_a_hint_for_any_other(keyed: Keyed) -> None:
    for name, exercise in EXERCISES.items():
        assert set(exercise.hints) == set(keyed.plants[name].wrong)
        assert len(exercise.otherwise) > 60 or exercise.fields[0].kind == "choice"


def test_no_two_exercises_plant_in_one_indicator(keyed: Keyed) -> None:
    ids = [drawn.id for plant in keyed.plants.values() for drawn in plant.indicators]
    assert len(ids) == len(set(ids)) == 8


def test_another_seed_puts_the_truths_elsewhere() -> None:
    plants = [planted(seed) for seed in SEEDS]
    again = make_county(SEEDS[0])
    for name in ("divided", "broken", "withheld"):
        assert EXERCISES[name].plant(again).right == plants[0][name].right
    for name in EXERCISES:
        asked_and_right = {str((plant[name].asked, plant[name].right)) for plant in plants}
        assert len(asked_and_right) == len(plants), name


def test_what_is_planted_is_found_with_what_the_notebook_teaches(training_pack: Pack) -> None:
    assert set(SOLVERS) == set(EXERCISES)
    assert not_found(training_pack) == []


def test_the_divided_district_looks_average(training_pack: Pack) -> None:
    code = training_pack.area(divided(training_pack)["district"]).code
    ranked = iq.rank(training_pack, "life expectancy", "Wendlemere").frame
    own = ranked.set_index("area_code").loc[code]
    assert 2 <= own["rank"] <= 9
    gaps = iq.rank(training_pack, "life expectancy", "Wendlemere", by="gap inside").frame["value"]
    assert gaps.iloc[0] > 1.2 * gaps.iloc[1]


@pytest.mark.parametrize("name", EXERCISES)
def test_blank_answers_are_not_answered_yet(training_pack: Pack, name: str) -> None:
    exercise = EXERCISES[name]
    blank = {field.name: "" for field in exercise.fields}
    marked = mark(training_pack, name, **blank)
    asked = [field.name for field in exercise.fields if field.kind != "secret"]
    assert (marked.marks, marked.remarks) == (0, tuple(f"{each}: {BLANK}" for each in asked))
    assert mark(training_pack, name).remarks == marked.remarks
    assert f"Still open: {exercise.title}." in str(total(marked))


@pytest.mark.parametrize(
    ("exercise", "answers", "words"),
    [
        ("divided", {"district": "Pelwater"}, "Did you mean 'Pellwater'"),
        ("overlap", {"differs": "firstt"}, "Did you mean 'first'"),
        ("projects", {"effect": "a lot"}, "is no number"),
        ("broken", {"period": "1066"}, "the count, not the areas"),
        ("mislabelled", {"one": "Wendlemere"}, "not to praise"),
    ],
)
def test_what_could_be_no_answer_is_said_so(
    training_pack: Pack, exercise: str, answers: dict[str, str], words: str
) -> None:
    assert words in str(mark(training_pack, exercise, **answers))


def test_answers_may_be_written_as_people_write_them(keyed: Keyed) -> None:
    right = keyed.plants["projects"].right
    effect = f"−{right['effect']:.2f}"
    written = {"worked": f" {str(right['worked']).upper()} ", "effect": effect}
    assert mark(keyed.pack, "projects", **written).is_right
    period = str(keyed.plants["broken"].right["period"])[:4]
    assert mark(keyed.pack, "broken", period=period).marks == 1
    pair = keyed.plants["mislabelled"].right
    names = [keyed.pack.area(str(code)).name for code in (pair["other"], pair["one"])]
    assert mark(keyed.pack, "mislabelled", one=names[0], other=names[1]).is_right
    assert mark(keyed.pack, "mislabelled", one=names[0], other=names[0]).marks == 1


def test_unknown_exercises_fields_and_packs_are_refused(
    training_pack: Pack, demo_pack: Pack
) -> None:
    with pytest.raises(ParameterError, match="Did you mean 'divided'"):
        mark(training_pack, "divide")
    with pytest.raises(ParameterError, match="Did you mean 'district'"):
        mark(training_pack, "divided", districts="Pellwater")
    with pytest.raises(ParameterError, match="ineq demo --training"):
        question(demo_pack, "divided")
    with pytest.raises(ParameterError, match="names no 'areas'"):
        question(training_pack, "broken")["areas"]


def test_the_key_is_not_read_by_accident(training_pack: Pack) -> None:
    [file] = training_pack.meta.tables[TABLE].files
    content = (training_pack.path / file.file).read_bytes()
    right = divided(training_pack)["district"]
    for words in (right, training_pack.area(right).code, "hide another", "right"):
        assert words.encode() not in content
        assert not training_pack.table(TABLE)["coded"].str.contains(words).any()


def test_a_key_that_is_damaged_or_of_other_exercises_is_refused(
    training_pack: Pack, tmp_path: Path
) -> None:
    tables = {name: training_pack.table(name) for name in (*NEEDED, TABLE)}
    tables["observations"] = tables["observations"].head(1)
    whole = tables[TABLE]
    bomb = b85encode(compress(b"[" + b" " * 10_000_000 + b"{}, {}, {}]")).decode()
    for coded in ("no key", bomb, b85encode(compress(b'[[1], "a", {}]')).decode()):
        tables[TABLE] = whole.assign(coded=coded)
        write_pack(tmp_path / "pack", tables, training_pack.meta)
        with pytest.raises(PackError, match="cannot be read"):
            mark(tmp_path / "pack", "divided")
    for other in (whole.head(0), whole.assign(coded=whole["coded"].iloc[-1])):
        tables[TABLE] = other
        write_pack(tmp_path / "pack", tables, training_pack.meta)
        with pytest.raises(ParameterError, match="with another exercise"):
            mark(tmp_path / "pack", "divided")


def test_a_seed_that_hides_a_truth_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    county = make_county(SEEDS[0])
    monkeypatch.setattr("ineqlib.demo.training.county.MOST_DRAWS", 1)
    with pytest.raises(ParameterError, match="Choose another --seed"):
        county.draw(county.indicators["dental_decay_5"], lambda rows: rows.empty)
    first, *others = county.order
    with pytest.raises(ParameterError, match="is not the widest"):
        EXERCISES["divided"].plant(replace(county, order=(*others, first)))


def test_pages_of_the_county_hold_and_say_that_it_is_fictional(training_pack: Pack) -> None:
    code = training_pack.area(divided(training_pack)["district"]).code

    def documents() -> list[Document]:
        of_projects = [project_of(training_pack, name) for name in ("first", "second")]
        return [built(training_pack, code), *of_projects]

    for document, again in zip(documents(), documents(), strict=True):
        made = made_page(document)
        assert problems(made.page, again, training_pack, report=made.report, others={}) == []
        assert "fictional" in made.page.lower()


def test_the_sheet_of_the_instructor_has_every_answer(training_pack: Pack) -> None:
    sheet = answer_sheet(training_pack)
    assert f"**district**: {divided(training_pack)['district']}" in sheet
    assert f"**period**: {broken(training_pack)['period']}" in sheet
    assert f"**worked**: {projects(training_pack)['worked']}" in sheet
    for exercise in EXERCISES.values():
        assert exercise.title in sheet
        assert all(hint in sheet for hint in exercise.hints.values())
    assert "fictional" in sheet


def ineq(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.output


def test_the_command_makes_the_pack_of_a_seed_and_prints_the_answers(
    training_pack: Pack, demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {}
    monkeypatch.setattr(
        "ineqlib.demo.training.make_training_pack", lambda out, seed: made.update({str(out): seed})
    )
    assert "exercises.ipynb" in ineq("demo", "--training", "--pack", "x", "--seed", 3)[1]
    assert ineq("demo", "--training", "--quiet") == (0, "")
    assert made == {"x": 3, str(Path("data/training")): 2024}
    code, told = ineq("demo", "--training", "--answers", "--pack", training_pack.path)
    assert (code, told.rstrip()) == (0, answer_sheet(training_pack).rstrip())
    assert ineq("demo", "--training", "--answers", "--pack", demo_pack.path)[0] == 3
    together = (["--seed", 1], ["--answers"], ["--training", "--answers", "--seed", 1])
    for words in (*together, ["--training", "--out", "x"], ["--training", "--workers", 1]):
        assert ineq("demo", *words)[0] == 2
