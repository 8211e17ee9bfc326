"""Promises about giving rows the catalogue's indicators."""

import pandas as pd
import pytest

from ineqlib.catalogue import Catalogue, Indicator, PublisherId
from ineqlib.errors import InputError
from ineqlib.observations import COLUMNS
from ineqlib.sources.resolve import indicators_of, resolve


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


def test_the_sex_an_id_stands_for_wins_and_the_age_is_filled() -> None:
    part = {"publisher": "explore_statistics", "publisher_id": HEALTHY, "age": "", "sex": "Male"}
    found = resolve(rows(part), CATALOGUE).iloc[0]
    assert (found["indicator_id"], found["sex"], found["age"]) == (
        "healthy_life",
        "Male",
        "All ages",
    )


def test_an_age_the_publisher_gives_is_kept() -> None:
    assert resolve(rows({"age": "65"}), CATALOGUE)["age"].tolist() == ["65"]


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


def test_a_new_name_of_your_own_becomes_an_id() -> None:
    part = {"publisher": "own_figures", "publisher_id": "Warm homes: visits"}
    assert resolve(rows(part), CATALOGUE)["indicator_id"].tolist() == [
        "own_figures_warm_homes_visits"
    ]


def test_no_rows_give_no_rows() -> None:
    assert resolve(rows({}).iloc[:0], CATALOGUE).empty
    assert indicators_of(rows({}).iloc[:0], CATALOGUE, "x").empty
