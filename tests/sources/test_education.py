"""Promises about files of Explore Education Statistics. The rows are made up, in the layout."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.recognise import recognise

HEADING = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,old_la_code,new_la_code,la_name,lad_code,lad_name,sex,school_type,ready_percent"
)


def parse(*lines: str, heading: str = HEADING, **described: str) -> Parsed:
    content = "\n".join([heading, *lines]).encode() + b"\n"
    layout = recognise(content)
    assert layout.name == "Explore Education Statistics"
    return layout.parse(content, described)


def row(
    value: str = "66.1",
    level: str = "Local authority",
    sex: str = "Total",
    kind: str = "Total",
    period: str = "202223,Academic year",
) -> str:
    east = "E92000001,England,E12000006,East of England"
    council = "919,E10000015,Hertfordshire,E07000243,Stevenage"
    return f"{period},{level},{east},{council},{sex},{kind},{value}"


def only(**parts: str) -> pd.Series:
    return parse(row(), row(value="1", kind="Special"), row(**parts)).frame.iloc[2]


@pytest.mark.parametrize(
    ("level", "code", "name"),
    [
        ("National", "E92000001", "England"),
        ("Regional", "E12000006", "East of England"),
        ("Local authority", "E10000015", "Hertfordshire"),
        ("Local authority district", "E07000243", "Stevenage"),
    ],
)
def test_the_level_says_which_columns_are_the_area(level: str, code: str, name: str) -> None:
    read = only(level=level, value="66.2")
    assert (read["area_code"], read["area_name"], read["value"]) == (code, name, 66.2)
    assert (read["indicator_name"], read["unit"]) == ("Ready percent", "%")


def test_schools_and_providers_are_set_aside() -> None:
    parsed = parse(row(), row(level="School"))
    assert len(parsed.frame) == 1
    assert parsed.set_aside[0].examples == ("row 3: 'School'",)


def test_a_file_of_schools_alone_is_refused_with_what_to_download() -> None:
    with pytest.raises(InputError, match="but of: School"):
        parse(row(level="School"))
    with pytest.raises(InputError, match="holds numbers alone"):
        parse(row(value="many"))


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        ("c", None, "suppressed"),
        ("z", None, "not_applicable"),
        ("x", None, "not_available"),
        (":", None, "not_available"),
        ("u", None, "not_available"),
        ("low", 0, "ok"),
        ("[c]", None, "suppressed"),
    ],
)
def test_codes_stand_for_what_the_department_says(
    cell: str, value: float | None, status: str
) -> None:
    read = only(value=cell)
    assert read["status"] == status
    assert read["value"] == value if value is not None else pd.isna(read["value"])


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("202223,Academic year", "2022-04-01", "2023-03-31"),
        ("202223,Financial year", "2022-04-01", "2023-03-31"),
        ("2023,Calendar year", "2023-01-01", "2023-12-31"),
        ("2023,Reporting year", "2023-01-01", "2023-12-31"),
        ("2023,March", "2023-03-01", "2023-03-31"),
        ("2023,Calendar year Q2", "2023-04-01", "2023-06-30"),
        ("202223,Financial year Q1", "2022-04-01", "2022-06-30"),
        ("202223,Financial year Q1-Q2", "2022-04-01", "2022-09-30"),
        ("202223,Academic year Q1", "2022-08-01", "2022-10-31"),
        ("202223,Autumn term", "2022-09-01", "2022-12-31"),
        ("202223,Spring term", "2023-01-01", "2023-03-31"),
    ],
)
def test_the_time_identifier_says_what_a_period_is(period: str, start: str, end: str) -> None:
    read = only(period=period, value="66.2")
    assert (read["period_start"], read["period_end"]) == (pd.Timestamp(start), pd.Timestamp(end))


def test_a_week_is_set_aside_and_never_taken_for_a_year() -> None:
    parsed = parse(row(), row(period="2023,Week 12"))
    assert [out.reason for out in parsed.set_aside] == ["period cannot be read"]


def test_filters_are_sex_or_groups_and_their_totals_are_everybody() -> None:
    girls, special = only(sex="Girls"), only(kind="Special", value="2")
    assert (girls["sex"], girls["dimension"]) == ("Female", "")
    assert (special["dimension"], special["subgroup"]) == ("School type", "Special")
    both = parse(
        "202223,Academic year,National,E92000001,England,FSM,Eligible,Asian,61.5",
        "202223,Academic year,National,E92000001,England,Total,Total,Total,66.1",
        heading="time_period,time_identifier,geographic_level,country_code,country_name,"
        "breakdown_topic,breakdown,ethnicity,ready_percent",
    ).frame
    assert both["dimension"].tolist() == ["FSM and Ethnicity", ""]
    assert both["subgroup"].tolist() == ["Eligible, Asian", ""]


def test_a_filter_of_one_word_says_of_whom_the_file_is_and_makes_no_group() -> None:
    parsed = parse(row(kind="Special"), row(kind="Special", level="National"))
    assert set(parsed.frame["dimension"]) == {""}
    assert set(parsed.frame["note"]) == {"School type: Special"}


@pytest.mark.parametrize("name", ["characteristic", "pupil_fsm", "ethnicity_major"])
def test_one_kind_of_people_is_a_group_also_where_no_other_stands_beside_it(name: str) -> None:
    """Figures of pupils with free meals alone were everybody's."""
    heading = HEADING.replace("school_type", name)
    parsed = parse(row(kind="Eligible"), row(kind="Eligible", level="National"), heading=heading)
    assert set(parsed.frame["subgroup"]) == {"Eligible"}
    assert parsed.remarks == (f"every figure is of a group, for no row says Total in: {name}",)
    topic = HEADING.replace("school_type", "characteristic_group,characteristic")
    frame = parse(row(kind="Free meals,Eligible"), heading=topic).frame
    assert frame[["dimension", "subgroup"]].values.tolist() == [["Free meals", "Eligible"]]


def test_every_figure_of_a_row_is_read_and_the_rows_add_up() -> None:
    heading = f"{HEADING},readers_number,ready_ci_lower"
    parsed = parse(f"{row()},412,60", f"{row(level='School')},3,1", heading=heading)
    assert parsed.frame["value"].tolist() == [66.1, 412]
    assert set(parsed.frame["file_row"]) == {2}
    assert parsed.remarks == ("not read, being confidence limits: ready_ci_lower",)
    left_out = sum(out.rows for out in parsed.set_aside)
    assert parsed.rows_read + parsed.rows_added == len(parsed.frame) + left_out


def test_a_figure_that_any_data_set_could_have_is_asked_for_its_subject() -> None:
    heading = HEADING.replace("ready_percent", "pupil_percent")
    with pytest.raises(InputError, match="`indicator: Free school meals`"):
        parse(row(), heading=heading)
    named = parse(row(), heading=heading, indicator="School readiness").frame
    assert named["indicator_name"].tolist() == ["School readiness: Pupil percent"]


@pytest.mark.parametrize("year", ["Academic year", "Financial year", "Tax year"])
def test_four_digits_of_a_year_that_spans_two_are_asked_about(year: str) -> None:
    parsed = parse(row(), row(value="1", kind="Special"), row(period=f"2023,{year}", value="66.2"))
    assert 66.2 not in set(parsed.frame["value"])
    assert "which of two years is meant?" in parsed.set_aside[0].reason


def test_a_column_that_somebody_added_makes_no_groups() -> None:
    for name, cells in (("My notes", ("look", "")), ("rag", ("Red", "Amber"))):
        first, second = row(), row(level="National")
        parsed = parse(f"{first},{cells[0]}", f"{second},{cells[1]}", heading=f"{HEADING},{name}")
        assert set(parsed.frame["dimension"]) == {""}
        assert parsed.remarks == (f"not read, for the department has no such headings: {name}",)


def test_a_filter_without_a_total_is_told() -> None:
    parsed = parse(row(kind="Special"), row(kind="Primary"))
    assert parsed.remarks == ("every figure is of a group, for no row says Total in: school_type",)
    assert parse(row(kind="Special"), row(kind="Total")).remarks == ()
    assert parse(row(sex="Girls"), row(sex="Boys")).remarks == ()


def test_years_that_a_program_wrote_with_a_decimal_are_years() -> None:
    assert only(period="202223.0,Academic year", value="66.2")["period"] == "2022/23"
