"""Promises about data sets of the ONS interface. The rows are made up, in the layout."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.recognise import recognise

PEOPLE = (
    "v4_0,calendar-years,Time,administrative-geography,Geography,sex,Sex,age-groups,AgeGroups",
    "5100,2022,2022,E07000243,Stevenage,male,Male,20-24,20-24",
    "88000,2022,2022,E07000243,Stevenage,all,All,total,Total",
)
ANXIETY = (
    "v4_3,LCL,UCL,Data Marking,yyyy-yy,Time,local-authority,Geography,measure-of-wellbeing,"
    "MeasureOfWellbeing,household-type,HouseholdType",
    "3.1,2.9,3.3,,2022-23,2022-23,E07000243,Stevenage,anxiety,Anxiety,all,All households",
    ",,,x,2022-23,2022-23,E07000242,East Hertfordshire,anxiety,Anxiety,one,One person",
    "7.5,7.1,7.9,,2022-23,2022-23,E07000243,Stevenage,happiness,Happiness,all,All households",
)


def parse(*lines: str, **described: str) -> Parsed:
    content = ("\n".join(lines) + "\n").encode()
    layout = recognise(content)
    assert layout.name == "ONS data set"
    return layout.parse(content, described)


def test_each_row_is_a_figure_with_its_place_time_and_people() -> None:
    parsed = parse(*PEOPLE, indicator="Residents")
    columns = ["area_code", "area_name", "period", "sex", "age", "value"]
    assert parsed.frame[columns].values.tolist() == [
        ["E07000243", "Stevenage", "2022", "Male", "20-24", 5100.0],
        ["E07000243", "Stevenage", "2022", "Persons", "", 88000.0],
    ]
    assert (parsed.rows_read, parsed.set_aside) == (2, ())


def test_limits_markings_and_measures_are_where_the_heading_says() -> None:
    described = {"indicator": "Well-being", "period_kind": "financial_year"}
    rows = parse(*ANXIETY, **described).frame
    assert rows["indicator_name"].tolist() == [
        "Well-being: Anxiety",
        "Well-being: Anxiety",
        "Well-being: Happiness",
    ]
    assert rows["period"].tolist() == ["2022/23"] * 3
    assert rows[["lower_ci", "upper_ci"]].values.tolist()[::2] == [[2.9, 3.3], [7.1, 7.9]]
    assert rows["status"].tolist() == ["ok", "not_available", "ok"]
    assert pd.isna(rows["value"][1])
    assert rows[["dimension", "subgroup"]].values.tolist() == [
        ["", ""],
        ["Household type", "One person"],
        ["", ""],
    ]


def test_what_the_file_does_not_say_is_asked() -> None:
    with pytest.raises(InputError, match="does not say its indicator"):
        parse(*PEOPLE)


def test_columns_that_are_no_pairs_are_refused() -> None:
    with pytest.raises(InputError, match="a pair of columns for each dimension"):
        parse("v4_0,calendar-years,Time,Geography", "1,2022,2022,Stevenage", indicator="Residents")


def test_a_code_of_another_year_than_its_words_is_refused() -> None:
    heading, row, _ = PEOPLE
    with pytest.raises(InputError, match=r"another year in calendar-years than in Time .*row 2"):
        parse(heading, row.replace("2022,2022", "2021,2022"), indicator="Residents")
