"""Counts added up to larger areas, by hand; what is missing withholds the whole."""

import numpy as np
import pandas as pd
import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import add_by_lookup, life_expectancy, rate_table

BANDS = ["60-69", "70-79", "80+"]
DEATHS = pd.DataFrame(
    {
        "area_code": np.repeat(["A", "B", "C", "elsewhere"], 3),
        "age": BANDS * 4,
        "count": [30.0, 50, 90, 10, 40, 70, 80, 90, 200, 1, 1, 1],
        "denominator": [9000.0, 5000, 2000, 4000, 3000, 1500, 8000, 3000, 2000, 5, 5, 5],
    }
)
LOOKUP = pd.DataFrame({"area_code": ["A", "B", "C"], "icb": ["North", "North", "South"]})


def test_deaths_and_people_are_added_up_and_life_expectancy_is_of_the_sums() -> None:
    added = add_by_lookup(DEATHS, LOOKUP, to="icb", by="age")
    north = added[added["icb"] == "North"]
    assert north["count"].tolist() == [40, 90, 160]
    assert north["denominator"].tolist() == [13_000, 8000, 3500]
    table = rate_table(added, "life_expectancy", by="icb", bands=BANDS).set_index("icb")
    expected = life_expectancy([40, 90, 160], [13_000, 8000, 3500], bands=[60, 70, 80], age=60)
    assert table.loc["North", "value"] == pytest.approx(float(expected.value))
    assert table.loc["North", "se"] == pytest.approx(float(expected.se))
    assert set(table.index) == {"North", "South"}


def test_rows_in_any_order_and_sexes_apart() -> None:
    both = pd.concat([DEATHS.assign(sex="Female"), DEATHS.assign(sex="Male", count=1.0)])
    added = add_by_lookup(both.sample(frac=1, random_state=1), LOOKUP, to="icb", by=["sex", "age"])
    found = added.set_index(["icb", "sex", "age"])["count"]
    assert found["North", "Female", "80+"] == 160
    assert found["North", "Male", "80+"] == 2
    assert len(found) == 12


def test_an_area_in_two_larger_ones_gives_each_its_share() -> None:
    lookup = pd.DataFrame(
        {
            "area_code": ["A", "A", "B"],
            "icb": ["North", "South", "North"],
            "people": [0.25, 0.75, 1],
        }
    )
    added = add_by_lookup(DEATHS, lookup, to="icb", by="age", share="people")
    north = added[added["icb"] == "North"]["count"].tolist()
    assert north == [0.25 * 30 + 10, 0.25 * 50 + 40, 0.25 * 90 + 70]
    with pytest.raises(InputError, match=r"1 areas lie in several larger ones.*\(A\).*Give each"):
        add_by_lookup(DEATHS, lookup, to="icb", by="age")


@pytest.mark.parametrize("spoilt", [np.nan, -1.0, "no row"])
def test_what_one_area_lacks_the_whole_lacks_and_the_note_names_it(spoilt: float | str) -> None:
    if spoilt == "no row":
        frame = DEATHS.drop(index=4)
    else:
        frame = DEATHS.assign(count=np.where(DEATHS.index == 4, spoilt, DEATHS["count"]))
    added = add_by_lookup(frame, LOOKUP, to="icb", by="age").set_index(["icb", "age"])
    assert np.isnan(added.loc[("North", "70-79"), "count"])
    assert "count of B" in added.loc[("North", "70-79"), "note"]
    assert added["count"].isna().sum() == 1
    table = rate_table(added.reset_index(), "life_expectancy", by="icb", bands=BANDS)
    assert table["status"].tolist() == ["not_available", "ok"]


def test_what_cannot_be_added_up_is_refused_in_words() -> None:
    with pytest.raises(InputError, match=r"3 of 15 rows .* such as 60-69 A.* name every column"):
        add_by_lookup(pd.concat([DEATHS, DEATHS[:3]]), LOOKUP, to="icb", by="age")
    with pytest.raises(ParameterError, match="no column 'ibc'"):
        add_by_lookup(DEATHS, LOOKUP, to="ibc", by="age")
    with pytest.raises(InputError, match="icb: 1 of 3 not a label"):
        add_by_lookup(DEATHS, LOOKUP.assign(icb=["North", None, "South"]), to="icb", by="age")
    with pytest.raises(InputError, match="people: 1 of 3 not above 0"):
        lookup = LOOKUP.assign(people=[1.0, 0, 1])
        add_by_lookup(DEATHS, lookup, to="icb", by="age", share="people")
    with pytest.raises(ParameterError, match="by"):
        add_by_lookup(DEATHS, LOOKUP, to="icb", by=["age", "count"])
