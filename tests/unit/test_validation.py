"""Promises about checking the tidy contract: all faults, in words, in one message."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.observations import COLUMNS, Dimension, conform, empty
from ineqlib.validation import faults, validate


def rows(number: int = 3, **changes: Any) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "indicator_id": "life_expectancy",
            "area_code": [f"E0700024{place}" for place in range(number)],
            "area_name": "Somewhere",
            "area_type": "lad",
            "period": "2021 - 23",
            "period_start": pd.Timestamp("2021-01-01"),
            "period_end": pd.Timestamp("2023-12-31"),
            "sex": "Female",
            "age": "All ages",
            "value": 80.1,
            "lower_ci": 79.0,
            "upper_ci": 81.0,
            "unit": "years",
            "status": "ok",
            "source": "fingertips",
        }
    )
    return conform(frame.assign(**changes))


def test_a_frame_that_keeps_the_contract_comes_back() -> None:
    frame = rows()
    assert validate(frame, "le.csv") is frame


@pytest.mark.parametrize(
    "frame",
    [
        empty(),
        empty().astype(object),
        pd.DataFrame(columns=list(COLUMNS), dtype="float64"),
        pd.DataFrame(columns=list(COLUMNS)),
        conform(pd.DataFrame()),
        rows()[:0],
    ],
)
def test_no_rows_keep_the_contract_whatever_their_dtypes(frame: pd.DataFrame) -> None:
    assert validate(frame, "nothing.csv") is frame


def test_a_frame_without_columns_is_told_to_have_none() -> None:
    (fault,) = faults(pd.DataFrame())
    assert fault.startswith(f"{len(COLUMNS)} column(s) are missing: indicator_id, area_code")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"indicator_id": ""}, "indicator_id to be filled"),
        ({"source": ""}, "source to be filled"),
        ({"area_code": ["E1", "E2", "E3"]}, "area_code to be a GSS code"),
        ({"sex": "Both"}, "sex to be one of Persons, Male, Female"),
        ({"status": "fine"}, "status to be one of ok, suppressed"),
        ({"period_end": pd.NaT}, "period_start and period_end to be dates"),
        ({"period_end": pd.Timestamp("2020-12-31")}, "the start not after the end"),
        ({"status": "suppressed"}, "a value where status is ok"),
        ({"value": np.nan, "lower_ci": np.nan, "upper_ci": np.nan}, "a value where status is ok"),
        ({"value": np.nan, "status": "suppressed"}, "no confidence limits where there is no value"),
        ({"value": 82.0}, "lower_ci <= value <= upper_ci"),
        ({"lower_ci": 90.0, "value": 85.0}, "lower_ci <= value <= upper_ci"),
        ({"count": np.inf}, "finite numbers"),
        ({"count": -1.0}, "count to be 0 or more"),
        ({"denominator": -1.0}, "denominator to be 0 or more"),
        ({"dimension": "Ethnic groups"}, "a subgroup wherever there is a dimension"),
        ({"subgroup": "Men"}, "a subgroup wherever there is a dimension"),
        (
            {"dimension": "local_deprivation_quintile:imd2019", "subgroup": "x"},
            "subgroup_order from 1",
        ),
        (
            {
                "dimension": "local_deprivation_quintile:imd2019",
                "subgroup": "x",
                "subgroup_order": 6,
            },
            "subgroup_order from 1",
        ),
        ({"area_code": "E07000243"}, "one row for each indicator, area"),
    ],
)
def test_each_breach_is_told_in_words(changes: dict[str, Any], expected: str) -> None:
    found = faults(rows(**changes))
    assert any(expected in fault and fault.startswith("3 row(s)") for fault in found), found


@pytest.mark.parametrize(
    ("text", "whose", "groups", "part", "index"),
    [
        ("local_deprivation_decile:imd2019", "local", 10, "tenth", "imd2019"),
        ("national_deprivation_quintile:iod2025", "national", 5, "fifth", "iod2025"),
        ("area_deprivation_decile:imd2015_county_ua", "area", 10, "tenth", "imd2015_county_ua"),
        ("local_deprivation_decile", "local", 10, "tenth", ""),
        ("Ethnic group: decile", "", 0, "", ""),
        ("", "", 0, "", ""),
    ],
)
def test_a_dimension_says_what_it_is_and_is_written_as_it_was_read(
    text: str, whose: str, groups: int, part: str, index: str
) -> None:
    dimension = Dimension.parse(text)
    assert (dimension.whose, dimension.groups, dimension.part) == (whose, groups, part)
    assert dimension.index == index
    assert (dimension.is_local, dimension.is_national) == (whose == "local", whose == "national")
    assert str(dimension) == text
    if dimension.is_deprivation:
        assert Dimension.of_deprivation(whose, groups, index) == dimension


def test_suppressed_rows_and_deprivation_groups_keep_the_contract() -> None:
    nothing = {"value": np.nan, "lower_ci": np.nan, "upper_ci": np.nan, "status": "suppressed"}
    group = {"dimension": "national_deprivation_decile:x", "subgroup": "a", "subgroup_order": 10}
    assert faults(rows(**nothing, **group)) == []


def test_rounding_of_the_last_digit_is_no_breach() -> None:
    assert faults(rows(value=81.0 + 1e-9)) == []


def test_one_message_tells_every_fault_the_first_five_rows_and_how_many_more() -> None:
    frame = rows(8, sex="Both", unit="")
    frame.loc[2, "value"] = 99.0
    with pytest.raises(InputError) as caught:
        validate(frame, "le.csv")
    message = str(caught.value)
    assert message.startswith("le.csv has 2 faults:")
    assert "8 row(s): expected sex to be one of Persons, Male, Female" in message
    assert "(life_expectancy E07000240 2021 - 23 Both 80.1 ok)" in message
    assert "and 3 more." in message
    assert (
        "1 row(s): expected lower_ci <= value <= upper_ci. First: (life_expectancy E07000242"
        in (message)
    )
    assert message.endswith("Correct the rows named and try again.")


def test_missing_columns_are_named() -> None:
    assert faults(rows().drop(columns=["sex", "age"])) == ["2 column(s) are missing: sex, age."]


def test_text_where_a_number_belongs_is_told() -> None:
    frame = rows().astype({"value": object})
    frame.loc[0, "value"] = "about 80"
    (fault,) = faults(frame)
    assert fault.startswith("value should be of type float64: could not convert")
