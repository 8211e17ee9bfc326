"""Promises about other people's extracts of published indicators. The rows are made up."""

import gzip

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.beginning import head
from ineqlib.sources.layouts.extracts import FINGERTIPS_IDS, LAYOUTS

THEMES, NEIGHBOURS = LAYOUTS
HEADING = (
    "area_code,area_name,area_type,period,indicator,measure,unit,value,compared_to_England,"
    "inequality"
)
NEIGHBOURS_HEADING = (
    "ID,Name,Unit,Timeperiod,Polarity,Area_code,Area_name,Value,Lower_CI,Upper_CI,Numerator,"
    "Denominator,data_available"
)


def parse(*lines: str, heading: str = HEADING, **described: str) -> Parsed:
    return THEMES.parse("\n".join([heading, *lines]).encode(), described)


def theme(
    name: str = "Life expectancy at birth",
    measure: str = "Life expectancy",
    unit: str = "Years",
    value: str = "79.5",
    inequality: str = "NA",
) -> str:
    where = "E07000243,Stevenage,District,2015 - 17"
    return f'{where},"{name}",{measure},{unit},{value},Worse,{inequality}'


def only(**parts: str) -> pd.Series:
    frame = parse(theme(**parts), index="imd2019").frame
    assert len(frame) == 1
    return frame.iloc[0]


def neighbours(*lines: str) -> pd.DataFrame:
    content = "\n".join([NEIGHBOURS_HEADING, *lines]).encode()
    assert NEIGHBOURS.matches(head(content))
    return NEIGHBOURS.parse(content, {}).frame


def test_sex_is_found_in_either_column_that_may_hold_it() -> None:
    assert only(inequality="Female")["sex"] == "Female"
    assert only(unit="Male", measure="Age-standardised rate")["sex"] == "Male"
    assert only()["sex"] == "Persons"


def test_a_name_of_exactly_one_fingertips_indicator_gets_its_id() -> None:
    row = only()
    assert (row["publisher"], row["publisher_id"]) == ("fingertips", "90366")


def test_a_name_that_is_only_similar_stays_the_extracts_own() -> None:
    row = only(name="Life expectancy at birth, males")
    assert (row["publisher"], row["publisher_id"]) == ("extract", "Life expectancy at birth, males")


@pytest.mark.parametrize(
    ("name", "measure", "unit", "expected"),
    [
        ("x", "Percentage", "Persons", "%"),
        ("x", "Life expectancy", "Years", "years"),
        ("Mortality (per 100,000 population)", "Age-standardised rate", "Male", "per 100,000"),
        ("x", "count", "persons", "count"),
    ],
)
def test_the_unit_is_stated_never_guessed(
    name: str, measure: str, unit: str, expected: str
) -> None:
    assert only(name=name, measure=measure, unit=unit)["unit"] == expected


def test_na_is_missing_and_the_comparison_is_kept() -> None:
    row = only(value="NA")
    assert pd.isna(row["value"])
    assert (row["status"], row["comparison"]) == ("not_available", "worse")


def test_deprivation_fifths_are_read_under_the_index_the_user_states() -> None:
    row = only(inequality="Second least deprived quintile")
    assert row["dimension"] == "local_deprivation_quintile:imd2019"
    assert (row["subgroup"], row["subgroup_order"]) == ("Second least deprived fifth", 4)


def test_deprivation_fifths_without_an_index_are_set_aside_saying_what_to_state() -> None:
    parsed = parse(theme(), theme(inequality="Most deprived quintile"))
    assert len(parsed.frame) == 1
    (out,) = parsed.set_aside
    assert out.rows == 1
    assert "`index: imd2019`" in out.reason and "--describe" in out.reason


def test_the_short_layout_is_read_too() -> None:
    heading = "area_code,area_name,indicator,period,measure,unit,value"
    line = "E06000055,Bedford,People on Universal Credit,March 2023,count,persons,16849"
    assert THEMES.matches(head(heading.encode()))
    assert parse(line, heading=heading).frame["value"].tolist() == [16849]


def test_the_source_can_be_stated() -> None:
    source = parse(theme(), source="Joint strategic needs assessment 2024").source
    assert source.id == "joint_strategic_needs_assessment_2024"
    assert source.attribution == "Joint strategic needs assessment 2024."


def test_a_missing_column_is_named() -> None:
    heading = HEADING.replace(",value", ",values")
    with pytest.raises(InputError, match=r"'value' .Did you mean 'values'"):
        parse(theme(), heading=heading)


def test_zero_marked_no_data_is_missing_and_keeps_its_count() -> None:
    rows = neighbours(
        "20201,Breastfeeding,proportion,2016/17,Higher,E10000003,Cambs,0.0,0.0,0.0,540,689,No data",
        "20201,Breastfeeding,proportion,2016/17,Higher,E10000008,Devon,0.0,0.0,0.4,0,689,Data",
    )
    assert rows["status"].tolist() == ["not_available", "ok"]
    assert pd.isna(rows["value"][0]) and rows["value"][1] == 0
    assert rows["count"].tolist() == [540, 0]


def test_limits_of_nought_and_nought_are_no_limits() -> None:
    rows = neighbours(
        "90366,Male life expectancy at birth,rate,2017,Higher,E07000243,S,79,0.0,0.0,,,Data"
    )
    assert rows["lower_ci"].isna().all() and rows["upper_ci"].isna().all()
    assert rows["value"].tolist() == [79]


def test_sex_is_in_the_name_and_the_authors_own_ids_are_not_fingertips() -> None:
    rows = neighbours(
        "90366,Male life expectancy at birth,rate,2017,Higher,E07000243,S,79,78,80,,,Data",
        "015,Hourly gross earnings females,median,2017,Higher,E07000243,S,13,,,,,Data",
        "014,Females in work,proportion,2017,Higher,E07000243,S,13,,,,,",
    )
    assert rows["sex"].tolist() == ["Male", "Female", "Persons"]
    assert rows["publisher"].tolist() == ["fingertips", "extract", "extract"]
    assert rows["unit"].tolist() == ["rate", "median", "%"]


@pytest.mark.real
def test_every_real_theme_row_is_kept_or_counted(real_data) -> None:
    paths = sorted((real_data / "fingertips_derived" / "trafford_themes").glob("*.csv.gz"))
    assert len(paths) == 23
    names = set()
    for path in paths:
        content = gzip.decompress(path.read_bytes())
        assert THEMES.matches(head(content)), path.name
        parsed = THEMES.parse(content, {"index": "imd_trend"})
        rows = len(content.decode().splitlines()) - 1
        assert len(parsed.frame) + sum(out.rows for out in parsed.set_aside) == rows, path.name
        assert {out.reason for out in parsed.set_aside} <= {"period cannot be read"}, path.name
        names |= set(parsed.frame["indicator_name"])
    assert len(set(FINGERTIPS_IDS) & names) >= len(FINGERTIPS_IDS) - 1


@pytest.mark.real
@pytest.mark.parametrize(("tier", "rows", "missing"), [("ltla", 3779, 170), ("utla", 1403, 14)])
def test_real_neighbour_rows_marked_no_data_are_missing(
    real_data, tier: str, rows: int, missing: int
) -> None:
    path = real_data / "fingertips_derived" / "sussex_2020" / f"{tier}_neighbours_tidy.csv.gz"
    parsed = NEIGHBOURS.parse(gzip.decompress(path.read_bytes()), {})
    assert len(parsed.frame) == rows
    assert int((parsed.frame["status"] == "not_available").sum()) == missing
    # England's children in low income families, 2016: the value was rounded, its limits were not.
    assert [(out.reason, out.rows) for out in parsed.set_aside] == [
        ("value lies outside its own confidence limits", 1)
    ]


def test_an_id_that_a_program_wrote_with_a_decimal_is_the_id() -> None:
    line = "92443.0,Smoking,proportion,2021,Low,E07000243,Stevenage,14,12,16,140,1000,Yes"
    assert neighbours(line)["publisher_id"].tolist() == ["92443"]
