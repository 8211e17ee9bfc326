"""Promises about Explore Local Statistics files. The rows are made up, in the layout."""

import gzip

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.beginning import head
from ineqlib.sources.layouts.explore_statistics import LAYOUTS
from ineqlib.sources.recognise import recognise

from .made_workbooks import saved

(LAYOUT,) = LAYOUTS
HEADING = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)


COMBINED = ("E67000001", "E67000002")
CORNWALL_AND_SCILLY = "Value for Cornwall and Isles of Scilly combined"


def parse(*lines: str, heading: str = HEADING) -> Parsed:
    return LAYOUT.parse(("\r\n".join([heading, *lines]) + "\r\n").encode("utf-8-sig"), {})


def row(
    code: str = "E07000243",
    indicator: str = "Cigarette smokers",
    period: str = "2022-01-01/P3Y",
    value: str = "12.5",
    tail: str = "12,13,,",
) -> str:
    return f"{code},Stevenage,District,{indicator},{period},{value},Percentage,%,{tail}"


def only(**parts: str) -> pd.Series:
    frame = parse(row(**parts)).frame
    assert len(frame) == 1
    return frame.iloc[0]


def test_the_indicators_own_text_is_its_id() -> None:
    found = only()
    assert (found["publisher"], found["publisher_id"]) == (
        "explore_statistics",
        "Cigarette smokers",
    )
    assert (found["value"], found["lower_ci"], found["upper_ci"]) == (12.5, 12, 13)
    assert (found["unit"], found["source"]) == ("%", "explore_statistics")


@pytest.mark.parametrize(
    ("period", "label", "first", "last"),
    [
        ("2022-01-01/P3Y", "2022 to 2024", "2022-01-01", "2024-12-31"),
        ("2022-09-01/P1Y", "2022/23", "2022-09-01", "2023-08-31"),
        ("2015-11-16/P1Y", "Nov 2015 to Nov 2016", "2015-11-16", "2016-11-15"),
        ("2010-03-15", "15 March 2010", "2010-03-15", "2010-03-15"),
    ],
)
def test_iso_periods_become_readable_and_keep_their_dates(
    period: str, label: str, first: str, last: str
) -> None:
    found = only(period=period)
    assert found["period"] == label
    dates = (found["period_start"], found["period_end"])
    assert dates == (pd.Timestamp(first), pd.Timestamp(last))


@pytest.mark.parametrize(
    ("indicator", "sex"),
    [
        ("Male healthy life expectancy", "Male"),
        ("Female healthy life expectancy", "Female"),
        ("Employment rate", "Persons"),
    ],
)
def test_sex_is_read_from_the_indicators_first_word(indicator: str, sex: str) -> None:
    assert only(indicator=indicator)["sex"] == sex


@pytest.mark.parametrize(
    ("value", "tail", "status", "note"),
    [
        ("", ",,x,", "not_available", "not published: not available (status x)"),
        ("", ",,x,Small sample", "not_available", "Small sample"),
        ("", ",,[c],", "suppressed", ""),
        ("", ",,C,Small numbers", "suppressed", "Small numbers"),
        ("", ",,u,", "not_available", "not published: unreliable (status u)"),
        ("", ",,u,Obsolete code since 2025", "not_available",
         "not published: unreliable (status u); Obsolete code since 2025"),
        ("", ",,,Estimate unreliable since the group sample size is small (3-9)", "not_available",
         "Estimate unreliable since the group sample size is small (3-9)"),
        ("12.5", "12,13,u,", "low_reliability", "unreliable (status u)"),
        ("12.5", "12,13,,Estimate unreliable", "low_reliability",
         "Estimate unreliable"),
        ("12.5", "12,13,Value for Hackney and City of London combined,", "ok",
         "Value for Hackney and City of London combined"),
        ("12.5", "12,13,Value combined,Obsolete code since 2025", "ok",
         "Value combined; Obsolete code since 2025"),
    ],
)  # fmt: skip
def test_status_codes_and_notes_are_told_apart(
    value: str, tail: str, status: str, note: str
) -> None:
    found = only(value=value, tail=tail)
    assert (found["status"], found["note"]) == (status, note)


def test_an_obsolete_code_is_kept_as_given_with_its_note() -> None:
    note = "Obsolete code since 2025 (replaced by E08000038 Barnsley)"
    found = only(code="E08000016", tail=f"12,13,,{note}")
    assert (found["area_code"], found["note"], found["status"]) == ("E08000016", note, "ok")


def test_a_combined_figure_stands_for_the_larger_authority_with_its_note() -> None:
    parsed = parse(row(), row(code="E67000002", tail=f"12,13,{CORNWALL_AND_SCILLY},"))
    assert parsed.frame["area_code"].tolist() == ["E07000243", "E67000002", "E06000052"]
    assert parsed.frame["area_name"].tolist() == ["Stevenage", "Stevenage", "Cornwall"]
    combined = parsed.frame.iloc[1:]
    for column, value in {"value": 12.5, "lower_ci": 12, "upper_ci": 13, "status": "ok"}.items():
        assert set(combined[column]) == {value}
    assert set(combined["note"]) == {CORNWALL_AND_SCILLY}
    assert set(combined["area_type"].iloc[1:]) == {"lad"}
    assert parsed.frame.dtypes.equals(parse(row()).frame.dtypes)
    assert parsed.remarks[0].startswith("1 rows added: figures for two authorities combined")


def test_an_authoritys_own_value_stands_before_a_combined_one() -> None:
    parsed = parse(
        row(code="E06000052", value="14", tail="13,15,,"),
        row(code="E06000053", value="", tail=",,x,"),
        row(code="E09000012", value="", tail=",,x,"),
        row(code="E09000012", value="", tail=",,x,", period="2021-01-01/P3Y"),
        row(code="E67000001", tail=f"12,13,{CORNWALL_AND_SCILLY},"),
        row(code="E67000002", tail=f"12,13,{CORNWALL_AND_SCILLY},"),
    )
    figures = parsed.frame.set_index(["area_code", "period"])["value"].dropna().to_dict()
    assert figures == {
        ("E06000052", "2022 to 2024"): 14,
        ("E09000012", "2022 to 2024"): 12.5,
        ("E67000001", "2022 to 2024"): 12.5,
        ("E67000002", "2022 to 2024"): 12.5,
    }
    assert len(parsed.frame) == 6, (
        "the missing figure of another period is still said to be missing"
    )
    assert [out.rows for out in parsed.set_aside] == [1]


def test_a_combined_code_without_the_publishers_word_for_it_is_left_as_it_is() -> None:
    parsed = parse(row(code="E67000001"))
    assert parsed.frame["area_code"].tolist() == ["E67000001"]
    assert parsed.remarks == ()


def test_measure_and_observation_may_change_places() -> None:
    heading = HEADING.replace("observation,measure", "measure,observation")
    line = "E07000243,Stevenage,District,Anxiety,2022-04-01/P1Y,Mean,3.1,Score out of 10,3,3.2,,"
    assert parse(line, heading=heading).frame["value"].tolist() == [3.1]


def test_a_second_notes_column_does_no_harm() -> None:
    heading = HEADING + ",notes"
    assert LAYOUT.matches(head(heading.encode("utf-8-sig")))
    assert parse(row() + ",", heading=heading).frame["note"].tolist() == [""]


def test_only_england_is_kept_and_the_rest_counted_by_place() -> None:
    codes = ["W06000001", "S12000033", "N09000001", "K02000001", "K04000001", "TLC31"]
    parsed = parse(*(row(code=code) for code in [*codes, "E92000001"]))
    assert parsed.frame["area_code"].tolist() == ["E92000001"]
    assert {out.reason: out.rows for out in parsed.set_aside} == {
        "area code is not a GSS code (a letter and eight digits)": 1,
        "outside England: Wales": 1,
        "outside England: Scotland": 1,
        "outside England: Northern Ireland": 1,
        "outside England: United Kingdom, Great Britain, or England and Wales": 2,
    }


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_the_service_offers_for_download_is_read(form: str) -> None:
    heading = "areacd,areanm,period,sex,age,value,lci_95,uci_95,status"
    lines = [
        "E07000243,Stevenage,2022-01-01/P3Y,Female,All,61.5,60,63,",
        "E06000032,L,2022,Male,,,,,x",
    ]
    content = "\n".join([heading, *lines, ""]).encode()
    if form == "xlsx":
        content = saved(*(line.split(",") for line in [heading, *lines]))
    layout = recognise(content)
    with pytest.raises(InputError, match="does not say its indicator"):
        layout.parse(content, {})
    rows = layout.parse(content, {"indicator": "Healthy life expectancy", "unit": "years"}).frame
    assert rows["sex"].tolist() == ["Female", "Male"]
    assert rows["value"].iloc[0] == 61.5
    assert rows["status"].tolist() == ["ok", "not_available"]
    assert set(rows["unit"]) == {"years"}


def test_a_workbook_of_the_files_is_read_as_they_are() -> None:
    content = saved(*(line.split(",") for line in [HEADING, row()]))
    asked = recognise(content).parse(content, {}).frame
    pd.testing.assert_frame_equal(asked, parse(row()).frame)


@pytest.mark.real
def test_every_real_row_is_kept_or_counted(real_data) -> None:
    paths = sorted((real_data / "ons_els").glob("*.csv.gz"))
    assert len(paths) == 21
    for path in paths:
        content = gzip.decompress(path.read_bytes())
        assert LAYOUT.matches(head(content)), path.name
        parsed = LAYOUT.parse(content, {})
        lines = len(content.decode("utf-8-sig").splitlines()) - 1
        copies = int(parsed.frame["area_code"].isin(COMBINED).sum())
        kept = len(parsed.frame) - copies
        assert kept + sum(out.rows for out in parsed.set_aside) == lines, path.name
        for out in parsed.set_aside:
            assert out.reason.startswith(("outside England", "area code is not")), path.name


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("preventable-cardiovascular-mortality-england", 2 * 22),
        ("cancer-diagnosis-at-stage-1-and-2", 10),
    ],
)
def test_real_combined_figures_reach_the_larger_one(real_data, name: str, members: int) -> None:
    content = gzip.decompress((real_data / "ons_els" / f"{name}.csv.gz").read_bytes())
    rows = LAYOUT.parse(content, {}).frame
    copied = rows[rows["note"].str.contains("combined") & ~rows["area_code"].isin(COMBINED)]
    assert len(copied) == members
    assert set(copied["area_type"]) == {"lad"}
