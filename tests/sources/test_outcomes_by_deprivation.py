"""Promises about tables of health by deprivation tenth. The rows are made up."""

import gzip

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Layout, Parsed
from ineqlib.sources.beginning import head
from ineqlib.sources.layouts.outcomes_by_deprivation import LAYOUTS

LIFE_EXPECTANCY, ENGLAND, NCMP, DISTRICTS = LAYOUTS


def parse(layout: Layout, heading: str, *lines: str, **described: str) -> Parsed:
    content = "\n".join([heading, *lines]).encode()
    assert [each for each in LAYOUTS if each.matches(head(content))] == [layout]
    return layout.parse(content, described)


STATED = {"period": "2014 - 16", "index": "imd2015"}


def life_expectancy(*lines: str, **described: str) -> Parsed:
    heading = "Sex,GeoCode,Decile,Pop,Deaths,LifeExp,SE"
    return parse(LIFE_EXPECTANCY, heading, *lines, **described)


def test_local_tenths_carry_limits_people_and_deaths() -> None:
    row = life_expectancy("1,E07000243,1,4000,40,75.0,1.0", **STATED).frame.iloc[0]
    assert (row["publisher_id"], row["sex"]) == ("90366", "Male")
    assert row["dimension"] == "local_deprivation_decile:imd2015"
    assert (row["subgroup"], row["subgroup_order"]) == ("Most deprived tenth", 1)
    assert (row["count"], row["denominator"]) == (40, 4000)
    assert row["lower_ci"] == pytest.approx(75 - 1.959964)
    assert row["upper_ci"] == pytest.approx(75 + 1.959964)


def test_whole_numbers_with_a_decimal_are_whole() -> None:
    """So pandas writes them where another cell of their column is empty."""
    row = life_expectancy("1.0,E07000243,1.0,4000,40,75.0,1.0", **STATED).frame.iloc[0]
    assert (row["sex"], row["subgroup_order"]) == ("Male", 1)


def test_a_missing_standard_error_leaves_no_limits() -> None:
    row = life_expectancy("1,E07000243,1,4000,40,75.0,NA", **STATED).frame.iloc[0]
    assert row["value"] == 75
    assert row[["lower_ci", "upper_ci"]].isna().all()


def test_upper_limits_in_the_column_of_standard_errors_are_none() -> None:
    lines = [f"1,E07000243,{n},4000,40,75.0,{se}" for n, se in ((1, "1.0"), (2, "77.0"))]
    parsed = life_expectancy(*lines, **STATED)
    assert parsed.frame["subgroup_order"].tolist() == [1]
    (aside,) = parsed.set_aside
    assert aside.rows == 1 and aside.reason.startswith("SE is half of LifeExp or more")


def test_englands_tenths_are_national_ones() -> None:
    row = life_expectancy("2,England,10,4000,40,85.0,0.1", **STATED).frame.iloc[0]
    assert (row["area_code"], row["sex"]) == ("E92000001", "Female")
    assert row["dimension"] == "national_deprivation_decile:imd2015"
    assert row["subgroup_order"] == 10


def test_a_file_that_does_not_say_its_period_asks_for_it() -> None:
    with pytest.raises(
        InputError, match=r"does not say its period.*`period: 2014 - 16`.*--describe"
    ):
        life_expectancy("1,E07000243,1,4000,40,75.0,1.0", index="imd2015")


def test_a_file_of_local_tenths_that_does_not_say_its_index_asks_for_it() -> None:
    with pytest.raises(InputError, match=r"does not say its index.*`index: imd2015`"):
        life_expectancy("1,E07000243,1,4000,40,75.0,1.0", period="2014 - 16")
    with pytest.raises(InputError, match=r"called 'imd215'. Did you mean 'imd2015'"):
        life_expectancy("1,E07000243,1,4000,40,75.0,1.0", period="2014 - 16", index="imd215")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("3,E07000243,1,4000,40,75,1", "sex is not Persons, Male or Female"),
        ("1,E07000243,11,4000,40,75,1", "deprivation tenth is not a whole number from 1 to 10"),
        ("1,E07000243,1,4000,40,old,1", "value cannot be read as a number"),
        ("1,E07000243,1,4000,40,75,wide", "lower_ci cannot be read as a number"),
    ],
)
def test_rows_that_cannot_be_used_are_set_aside(line: str, reason: str) -> None:
    parsed = life_expectancy("1,E07000243,2,4000,40,75,1", line, **STATED)
    assert len(parsed.frame) == 1
    assert [(out.reason, out.rows) for out in parsed.set_aside] == [(reason, 1)]
    assert parsed.set_aside[0].examples[0].startswith("row 3: '")


ENGLAND_HEADING = "period,period_start,period_end,imd_decile,deprivation_label,sex,le,hle,hle_pct"
ENGLAND_LINE = "2013 to 2015,2013,2015,1,Most deprived,Male,73.9,52.1,70"


def test_life_and_healthy_life_expectancy_become_two_indicators() -> None:
    frame = parse(ENGLAND, ENGLAND_HEADING, ENGLAND_LINE, index="imd2015").frame
    assert frame["publisher_id"].tolist() == ["90366", "90362"]
    assert frame["value"].tolist() == [73.9, 52.1]
    assert set(frame["dimension"]) == {"national_deprivation_decile:imd2015"}
    assert set(frame["period"]) == {"2013 to 2015"}


def test_a_file_that_does_not_say_its_index_asks_for_it() -> None:
    with pytest.raises(InputError, match="does not say its index"):
        parse(ENGLAND, ENGLAND_HEADING, ENGLAND_LINE)


NCMP_HEADING = "Period,SchoolYear,AreaCode,Decile,Measured,Count,Rate,LCL,UCL,SE"


@pytest.mark.parametrize(
    ("code", "period"), [("607", "2006/07"), ("910", "2009/10"), ("1718", "2017/18")]
)
def test_coded_school_years_are_read(code: str, period: str) -> None:
    line = f"{code},R,E92000001,1,1000,120,12,10,14,1"
    row = parse(NCMP, NCMP_HEADING, line, index="imd2015").frame.iloc[0]
    assert row["period"] == period
    assert (row["publisher_id"], row["age"], row["unit"]) == ("90319", "4-5 yrs", "%")
    assert (row["count"], row["denominator"]) == (120, 1000)


def test_a_code_that_is_no_school_year_is_set_aside() -> None:
    lines = [f"{code},6,E92000001,1,1000,120,12,10,14,1" for code in ("1719", "2018", "1718")]
    parsed = parse(NCMP, NCMP_HEADING, *lines, index="imd2015")
    assert parsed.frame["period"].tolist() == ["2017/18"]
    assert parsed.set_aside[0].examples == ("row 2: 'code 1719'", "row 3: 'code 2018'")


def test_a_school_year_without_an_indicator_is_set_aside() -> None:
    lines = [f"1718,{year},E92000001,1,1000,120,12,10,14,1" for year in ("6", "9")]
    parsed = parse(NCMP, NCMP_HEADING, *lines, index="imd2015")
    assert parsed.frame["publisher_id"].tolist() == ["90323"]
    assert parsed.set_aside[0].examples == ("row 3: '9'",)


def test_district_life_expectancy_leaves_the_deprivation_columns() -> None:
    heading = "lad_code,lad_name_le,sex,le_value,period,imd_avg_score"
    parsed = parse(DISTRICTS, heading, "E07000243,Stevenage,Female,82.7,2017-19,20.1")
    row = parsed.frame.iloc[0]
    assert (row["value"], row["sex"], row["dimension"]) == (82.7, "Female", "")
    assert "are not used" in parsed.remarks[0]


@pytest.mark.real
def test_real_tenths_are_read_whole_and_complete(real_data) -> None:
    path = real_data / "phe_methods_reference" / "LE_by_la_decile_sex.csv.gz"
    parsed = LIFE_EXPECTANCY.parse(gzip.decompress(path.read_bytes()), STATED)
    assert (len(parsed.frame), parsed.set_aside) == (7222, ())
    england = parsed.frame[parsed.frame["area_code"] == "E92000001"]
    assert england.groupby("sex")["subgroup_order"].nunique().tolist() == [10, 10]
    assert england["dimension"].unique().tolist() == ["national_deprivation_decile:imd2015"]


@pytest.mark.real
@pytest.mark.parametrize(
    ("layout", "path", "rows"),
    [
        (ENGLAND, "deprivation_gradients/england_le_hle_*.csv", 400),
        (NCMP, "phe_methods_reference/NCMP_england_by_decile.csv", 240),
        (DISTRICTS, "deprivation_gradients/lad_life_expectancy_*.csv", 576),
    ],
)
def test_real_tables_lose_no_row(real_data, layout: Layout, path: str, rows: int) -> None:
    (found,) = real_data.glob(path)
    content = found.read_bytes()
    assert [each for each in LAYOUTS if each.matches(head(content))] == [layout]
    parsed = layout.parse(content, {"index": "imd2015"})
    assert (len(parsed.frame), parsed.set_aside) == (rows, ())
