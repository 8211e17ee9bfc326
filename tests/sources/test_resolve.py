"""Promises about giving rows the catalogue's indicators."""

import itertools
import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ineqlib.catalogue import Catalogue, Indicator, PublisherId
from ineqlib.errors import InputError
from ineqlib.observations import COLUMNS
from ineqlib.sources.resolve import indicators_of, resolve
from ineqlib.text import name_id


def indicator(id: str, **publisher_ids: tuple[PublisherId, ...]) -> Indicator:
    return Indicator(
        id=id,
        name=id.replace("_", " ").capitalize(),
        public_name=f"How {id} goes",
        objective="O",
        polarity="favourable",
        unit="years",
        decimals=1,
        age="All ages",
        value_type="life_expectancy",
        publisher_ids=publisher_ids,
    )


HEALTHY = "Male healthy life expectancy"
CATALOGUE = Catalogue(
    objectives={},
    indicators={
        "life_expectancy": indicator("life_expectancy", fingertips=(PublisherId("90366"),)),
        "healthy_life": indicator(
            "healthy_life", explore_statistics=(PublisherId(HEALTHY, "Male"),)
        ),
    },
)


def rows(*parts: dict[str, str]) -> pd.DataFrame:
    usual = {
        "publisher": "fingertips",
        "publisher_id": "90366",
        "indicator_name": "Life expectancy at birth",
        "unit": "",
        "sex": "Male",
        "age": "All ages",
        "area_code": "E07000243",
    }
    frame = pd.DataFrame([usual | part for part in parts])
    return frame.reindex(columns=list(dict.fromkeys([*frame.columns, *COLUMNS])))


def test_a_known_indicator_gets_its_id_and_unit() -> None:
    found = resolve(rows({}), CATALOGUE)
    assert list(found.columns) == list(COLUMNS)
    assert found[["indicator_id", "unit", "sex", "age"]].to_numpy().tolist() == [
        ["life_expectancy", "years", "Male", "All ages"]
    ]


@pytest.mark.parametrize(
    ("age", "kept"),
    [("ALL AGES", "All ages"), ("all ages", "All ages"), ("65+", "65+ yrs"), ("all", "All ages")],
)
def test_an_age_that_is_the_catalogues_is_written_as_there(age: str, kept: str) -> None:
    assert resolve(rows({"age": age}), CATALOGUE)["age"].tolist() == [kept]


def test_the_sex_an_id_stands_for_wins_and_the_age_is_filled() -> None:
    part = {"publisher": "explore_statistics", "publisher_id": HEALTHY, "age": "", "sex": "Male"}
    found = resolve(rows(part), CATALOGUE).iloc[0]
    assert (found["indicator_id"], found["sex"], found["age"]) == (
        "healthy_life",
        "Male",
        "All ages",
    )


def test_an_age_the_publisher_gives_is_kept() -> None:
    assert resolve(rows({"age": "65"}), CATALOGUE)["age"].tolist() == ["65 yrs"]


def test_an_unknown_indicator_keeps_its_publishers_name_and_unit() -> None:
    part = {"publisher_id": "93356", "indicator_name": "Campylobacter", "unit": "per 100,000"}
    frame = rows(part)
    assert resolve(frame, CATALOGUE)["indicator_id"].tolist() == ["fingertips_93356"]
    table = indicators_of(frame, CATALOGUE, "fingertips")
    assert table.to_dict("records") == [
        {
            "indicator_id": "fingertips_93356",
            "name": "Campylobacter",
            "unit": "per 100,000",
            "decimals": 1,
            "source": "fingertips",
            "catalogued": False,
            "polarity": "",
        }
    ]


def test_rows_stay_in_their_order() -> None:
    frame = rows({"publisher_id": "1"}, {}, {"publisher_id": "1"}, {"sex": "Female"})
    found = resolve(frame, CATALOGUE)
    assert found["indicator_id"].tolist() == [
        "fingertips_1",
        "life_expectancy",
        "fingertips_1",
        "life_expectancy",
    ]
    assert found["sex"].tolist() == ["Male", "Male", "Male", "Female"]


def test_an_indicator_is_listed_once_however_many_series_it_has() -> None:
    table = indicators_of(rows({}, {"sex": "Female"}), CATALOGUE, "fingertips")
    assert table["indicator_id"].tolist() == ["life_expectancy"]
    assert table["catalogued"].tolist() == [True]


@pytest.mark.parametrize("name", ["life_expectancy", "Life expectancy", "how LIFE_expectancy goes"])
def test_own_figures_may_name_an_indicator_by_id_or_name(name: str) -> None:
    part = {"publisher": "own_figures", "publisher_id": name, "unit": "years"}
    assert resolve(rows(part), CATALOGUE)["indicator_id"].tolist() == ["life_expectancy"]


def test_own_figures_in_another_unit_are_refused() -> None:
    part = {"publisher": "own_figures", "publisher_id": "life_expectancy", "unit": "months"}
    with pytest.raises(InputError, match="'life_expectancy' in 'months', not 'years'"):
        resolve(rows(part), CATALOGUE)


def own_id(name: str) -> str:
    part = {"publisher": "own_figures", "publisher_id": name, "indicator_name": name}
    (known_by,) = resolve(rows(part), CATALOGUE)["indicator_id"]
    assert indicators_of(rows(part), CATALOGUE, "own")["indicator_id"].tolist() == [known_by]
    return str(known_by)


@pytest.mark.parametrize("name", ["Warm homes visits", " warm HOMES  visits", "Warm homes\nvisits"])
def test_a_new_name_of_your_own_becomes_an_id(name: str) -> None:
    assert own_id(name) == "own_figures_warm_homes_visits"


@pytest.mark.parametrize(
    "names",
    [
        ("Falls at age <65", "Falls at age >65", "Falls at age 65", "Falls at age 65+"),
        ("Падения", "Курение", "السقوط", "跌倒", "吸烟", "§", "—", "_"),
        ("Warm homes: visits", "Warm homes visits", "Warm-homes visits", "warm_homes_visits"),
        ("Olé visits", "Ole visits", "Ol visits", "Ol é visits"),
        ("10% most deprived", "10 most deprived", "$10 most deprived", "−10 most deprived"),
    ],
    ids=["signs", "other letters", "punctuation", "accents", "units"],
)
def test_two_names_are_never_one_indicator(names: tuple[str, ...]) -> None:
    known_by = [own_id(name) for name in names]
    assert len(set(known_by)) == len(names), known_by
    assert all(each.isascii() and each.isidentifier() for each in known_by)


def as_one_name(name: str) -> str:
    """Fold what is no other name, as Unicode defines it, and white space."""
    folded = unicodedata.normalize("NFD", name).casefold()
    return " ".join(unicodedata.normalize("NFD", folded).split())


SIGNS = st.text("aAb12 _-<>=+%()é\u0301ßЖж日", max_size=6)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=150, deadline=None, database=None)
@given(st.lists(st.one_of(SIGNS, ANY), min_size=10, max_size=20))
def test_names_share_an_id_only_where_they_are_one_name(names: list[str]) -> None:
    """In thousands of pairs, most of them of few signs, so that they are close to each other."""
    for one, other in itertools.combinations(names, 2):
        assert (name_id(one) == name_id(other)) == (as_one_name(one) == as_one_name(other))


def test_how_accents_are_stored_makes_no_other_name() -> None:
    assert own_id("Café visits") == own_id(unicodedata.normalize("NFD", "CAFÉ visits"))


def test_no_rows_give_no_rows() -> None:
    assert resolve(rows({}).iloc[:0], CATALOGUE).empty
    assert indicators_of(rows({}).iloc[:0], CATALOGUE, "x").empty
