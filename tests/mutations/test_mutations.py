"""Of files damaged in every way, none ends a build, no row is lost, and what shows is found.

`benchmarks/mutations.py` does the same with many thousands, for `docs/mutations.md`.
"""

import json
import random
from dataclasses import replace
from typing import get_args

import pytest

from ineqlib.pack import reading
from ineqlib.sources.base import Parsed
from ineqlib.sources.maps import MAP_FORMATS, map_format
from ineqlib.sources.maps.files import UNREADABLE
from ineqlib.sources.recognise import LAYOUTS, recognise

from .campaign import IN_TESTS, Trial, campaign
from .evidence import contradicts
from .judge import Judge
from .mutations import MUTATIONS, Mutated, Mutation
from .seeds import seeds
from .table import Form, Seed


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    return list(campaign(IN_TESTS, tmp_path_factory.mktemp("damaged"), start=16))


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(tmp_path_factory.mktemp("judged"))


def named(name: str) -> Seed:
    return next(seed for seed in seeds() if seed.name == name)


def longer(seed: Seed) -> Mutated:
    """A digit more in the first value."""
    place = seed.at("value")
    return Mutated(seed.with_cells({(0, place): f"{seed.rows[0][place]}9"}).content)


@pytest.mark.parametrize("outcome", ["crash", "rows lost"])
def test_no_damage_ends_a_build_or_loses_a_row(trials: list[Trial], outcome: str) -> None:
    assert [(t.seed, t.mutation, t.content) for t in trials if t.outcome == outcome] == []


def test_what_contradicts_itself_is_nearly_always_caught(trials: list[Trial]) -> None:
    evident = [t for t in trials if t.is_evident and t.outcome != "harmless"]
    silent = [(t.seed, t.mutation) for t in evident if not t.is_caught]
    assert len(evident) > IN_TESTS / 5
    assert len(silent) <= 0.05 * len(evident), silent


@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.name)
def test_every_seed_is_of_its_layout(seed: Seed) -> None:
    if seed.form != "zip":
        assert recognise(seed.content).name == seed.layout


@pytest.mark.parametrize("name", ["your own deaths by age", "people by age"])
def test_what_is_used_only_together_is_right_alone(judge: Judge, name: str) -> None:
    """The thirty files of the tests seldom damage it, and a campaign would end at it."""
    assert judge.right(named(name)).figures == {}


def test_no_seed_contradicts_itself() -> None:
    assert [seed.name for seed in seeds() if seed.rows and contradicts(seed)] == []


def test_every_layout_and_every_format_of_maps_has_a_seed() -> None:
    assert {seed.layout for seed in seeds()} == {layout.name for layout in LAYOUTS}
    read = {map_format(seed.text) for seed in seeds()} - {""}
    assert read == set(MAP_FORMATS) - set(UNREADABLE)
    kinds = {json.loads(seed.text).get("type") for seed in seeds() if seed.text.startswith(b"{")}
    assert kinds == {"FeatureCollection", "Topology", None}
    assert {seed.form for seed in seeds()} == set(get_args(Form))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_every_mutation_damages_some_seed(mutation: Mutation) -> None:
    assert any(mutation.of(seed, random.Random(2)) for seed in seeds())


def test_the_judge_sees_a_number_that_changed_in_silence(judge: Judge) -> None:
    seed = named("own, values alone")
    assert judge.judge(seed, longer(seed)) == "changed in silence"


def test_the_judge_sees_a_crash(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = named("own, values alone")
    judge.right(seed)
    monkeypatch.setattr(reading, "with_visible_text", lambda parsed: 1 / 0)
    assert judge.judge(seed, longer(seed)) == "crash"


def test_the_judge_sees_rows_that_are_lost(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = named("own, values alone")
    judge.right(seed)
    whole = reading.with_visible_text
    monkeypatch.setattr(reading, "with_visible_text", lambda parsed: _halved(whole(parsed)))
    assert judge.judge(seed, longer(seed)) == "rows lost"


def _halved(parsed: Parsed) -> Parsed:
    return replace(parsed, frame=parsed.frame.iloc[::2])
