"""Promises about ages: one age is one however it is written, and two are never taken for one."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.sources.ages import one_spelling, plain_age

HEADING = "area_code,area_name,indicator,period,age,value,unit\n"

SAME = {
    "65+ yrs": (
        "65+ | 65 and over | 65 yrs+ | 65 years and older | aged 65 and above | 65 plus | >=65"
        " | ≥ 65 | 65yrs+ | Age 65+ | ages 65 & over | People aged 65 and over"
        " | adults 65+ | 65s and over | 65 or more | 65-plus | Age_65_plus | 65 years plus"
    ),
    "All ages": (
        "ALL AGES | Total | all persons | People of all ages | All | All persons, all ages | 0+"
    ),
    "0-4 yrs": "0-4 | 0 to 4 | under 5 | <5 | < 5 yrs | Under 5s | 0–4 years old",
    "<75 yrs": "under 75 | <75 | 0-74 | aged 0 to 74 years",
    "16-64 yrs": "16-64 | 16 to 64 | 16–64 years | Aged 16 - 64 | 16 years to 64 years",
    "10-11 yrs": "10-11 year olds | 10 to 11",
    "5 yrs": "5 | 5-year-olds | aged 5 | 5 years",
    "<1 yr": "under 1 | 0 | < 1 year | 0 yrs",
}
APART = (
    *("16-64", "16-65", "<16", "0-16", "0-5", "<5", "65+", "66+", "65", "over 65", ">65", ">64"),
    *("6-8 weeks", "6-8", "0-4 months", "2-2.5 yrs", "2-25 yrs", "Adults", "All adults", "All"),
    *("Year 6", "6", "Years 7-11", "7-11", "64 and under", "<64", "School age", "Not applicable"),
    *("16-64 (women)", "12+", "12+ months", "All children", "", ">=37 weeks", "37+"),
)


@pytest.mark.parametrize(("age", "ways"), SAME.items())
def test_an_age_has_one_spelling(age: str, ways: str) -> None:
    assert {one_spelling(way) for way in [age, *ways.split(" | ")]} == {age}


def test_ages_that_differ_are_never_joined() -> None:
    assert len({plain_age(text) for text in APART}) == len(APART)


@pytest.mark.parametrize("text", ["Over 65", "6-8 weeks", "2-2.5 yrs", "Year 6", "70-65", ""])
def test_what_is_no_age_in_whole_years_stays_as_it_is_written(text: str) -> None:
    assert one_spelling(text) == text


def built(folder, **files: str) -> pd.DataFrame:
    (folder / "in").mkdir()
    for name, rows in files.items():
        (folder / "in" / f"{name}.csv").write_text(HEADING + rows, encoding="utf-8")
    return open_pack(build(folder / "in", folder / "out").path).observations()


def test_one_age_in_two_files_is_one_series(tmp_path) -> None:
    """England's figure of people of 65+ stood beside no district's of 65 and over."""
    rows = built(
        tmp_path,
        district="E07000243,Stevenage,Falls,2023,65 and over,10,\n",
        country="E92000001,England,Falls,2023,65+,14,\n",
    )
    assert rows[["area_code", "age"]].values.tolist() == [
        ["E07000243", "65+ yrs"],
        ["E92000001", "65+ yrs"],
    ]


def test_one_age_in_two_ways_in_a_file_is_quoted_as_it_is_written(tmp_path) -> None:
    twice = (
        "E07000243,Stevenage,Falls,2023,65 and over,10,\nE07000243,Stevenage,Falls,2023,65+,14,\n"
    )
    with pytest.raises(InputError, match=r"stated_age 65 and over.*stated_age 65\+, value 14"):
        built(tmp_path, district=twice)


def test_files_in_two_units_name_each_other_and_both_units(tmp_path) -> None:
    with pytest.raises(InputError) as refused:
        built(
            tmp_path,
            district='E07000243,Stevenage,Falls,2023,65+,10,"per 1,000"\n',
            country='E92000001,England,Falls,2023,65+,1400,"per 100,000"\n',
        )
    told = str(refused.value)
    assert "per 100,000, as in country.csv (row 2: unit per 1,000" in told
    assert "per 1,000, as in district.csv (row 2: unit per 100,000" in told
    assert "Convert the values of one of the files" in told
