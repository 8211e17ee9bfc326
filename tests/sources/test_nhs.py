"""Promises about machine-readable files of NHS England. The rows are made up, in its layouts."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.layouts.nhs import LAYOUTS
from ineqlib.sources.recognise import recognise

SERVICES = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,"
    "PRIMARY_LEVEL_DESCRIPTION,SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,"
    "MEASURE_NAME,MEASURE_VALUE"
)


def parse(*lines: str, **described: str) -> Parsed:
    content = ("\n".join(lines) + "\n").encode()
    layout = recognise(content)
    assert layout.name == "NHS England"
    return layout.parse(content, described)


def service(breakdown: str, primary: str, second: str = "NONE,NONE", value: str = "40") -> str:
    period = "01/04/2025,30/04/2025,Final"
    return f"{period},{breakdown},{primary},Name,{second},M1,People in contact,{value}"


def test_places_and_groups_are_told_by_the_breakdown() -> None:
    parsed = parse(
        SERVICES,
        service("LAD/UTLA", "E07000243"),
        service("England", "England"),
        service("England; Gender", "England", "1,Male"),
        service("England; Ethnicity", "England", "A,British"),
        service("England; Age Group", "England", "1,16 to 25"),
        service("Provider", "RX1"),
    )
    rows = parsed.frame
    assert rows["area_code"].tolist() == ["E07000243", *["E92000001"] * 4]
    assert rows["sex"].tolist() == ["Persons", "Persons", "Male", "Persons", "Persons"]
    assert rows["age"].tolist() == ["", "", "", "", "16 to 25"]
    assert rows["dimension"].tolist() == ["", "", "", "Ethnicity", ""]
    assert rows["subgroup"][3] == "British"
    assert set(rows["period"]) == {"April 2025"}
    assert [out.examples for out in parsed.set_aside] == [("row 7: 'RX1'",)]


@pytest.mark.parametrize(
    ("sign", "status"), [("*", "suppressed"), ("-", "not_available"), ("z", "not_applicable")]
)
def test_signs_are_statuses(sign: str, status: str) -> None:
    row = parse(SERVICES, service("LAD/UTLA", "E07000243", value=sign)).frame.iloc[0]
    assert row["status"] == status
    assert pd.isna(row["value"])


def test_outcome_indicators_have_limits_counts_sex_and_age() -> None:
    row = parse(
        "Reporting period,Breakdown,ONS code,Level,Level description,Gender,Age,Indicator value,"
        "CI lower,CI upper,Numerator,Denominator",
        "2023/24,Lower-tier authority,E07000243,05,Stevenage,Female,Under 75,12.5,11,14,50,400",
        indicator="Deaths before 75 (%)",
    ).frame.iloc[0]
    assert (row["sex"], row["age"], row["period"]) == ("Female", "Under 75", "2023/24")
    assert (row["lower_ci"], row["upper_ci"], row["unit"]) == (11, 14, "%")
    assert (row["count"], row["denominator"]) == (50, 400)


def test_the_short_form_and_that_of_social_care_are_read() -> None:
    short = parse(
        "YEAR,ORG_TYPE,ORG_CODE,ORG_NAME,MEASURE,VALUE",
        "2023/24,LA,E06000032,Luton,Quit rate per 100000,210",
    ).frame.iloc[0]
    assert (short["value"], short["unit"]) == (210, "per 100000")
    care = parse(
        "Fiscal Year,Geographical Code,ONS Area Code,Geographical Description,"
        "Disaggregation Level,Measure Group Description,Measure_Value",
        "2023-24,209,E10000015,Hertfordshire,Total,Quality of life,18.9",
        "2023-24,209,E10000015,Hertfordshire,Aged 18 to 64,Quality of life,[c]",
        period_kind="financial_year",
    ).frame
    assert care["dimension"].tolist() == ["", "Disaggregation"]
    assert care["status"].tolist() == ["ok", "suppressed"]


def test_what_a_file_does_not_say_is_asked() -> None:
    with pytest.raises(InputError, match="does not say its indicator"):
        parse("ONS code,Year,Indicator value", "E07000243,2024,5")
    with pytest.raises(InputError, match="does not say its period"):
        parse("ORG_CODE,MEASURE,VALUE", "E07000243,Quit rate,5")


def test_another_table_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="Expected a machine-readable file of NHS England"):
        LAYOUTS[0].parse(b"a,b\n1,2\n", {})


@pytest.mark.parametrize("heading", ["Fiscal Year", "Financial Year"])
def test_the_heading_says_that_a_dash_is_within_one_year(heading: str) -> None:
    """Or the user, who is asked under any other heading."""
    columns = ",ONS Code,Area Name,Indicator Name,Indicator Value"
    row = "2023-24,E07000243,Stevenage,Falls,4"
    assert parse(heading + columns, row).frame["period"].tolist() == ["2023/24"]
    asked = parse("Year" + columns, row)
    assert asked.frame.empty
    assert "one financial year, or 2 calendar years?" in asked.set_aside[0].reason
