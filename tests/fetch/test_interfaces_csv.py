"""What publishers' CSVs have looked like, and what comes in place of one. Figures are made up."""

from datetime import UTC, datetime

import pytest

from ineqlib.sources.fetch.failures import of_status
from ineqlib.sources.interfaces import explore_statistics, fingertips
from ineqlib.sources.interfaces.nomis import NomisCells
from ineqlib.sources.recognise import recognise

from .conftest import refuses
from .right import HEADER, RIGHT, ROWS

NOW = datetime(2026, 11, 29, tzinfo=UTC)
STEVENAGE = "E07000243"
[QUERY] = fingertips.data(("90366", "93190"), fingertips.Areas(501))


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        HEADER.replace("Compared to percentiles", "Compared to Region value or percentiles"),
        HEADER.replace("Compared to goal", "Target data"),
        f"{HEADER},Time period range",
    ],
    ids=["2020, England above", "2020, a region above", "2018", "2026"],
)
def test_every_header_that_fingertips_has_had_is_known(header: str) -> None:
    more = ",3y" * header.endswith("range")
    content = "".join(f"{line}\r\n" for line in (header, *(row + more for row in ROWS))).encode()
    proof = QUERY.expectation.prove(content)
    assert (proof.remarks, proof.proved[-1]) == ((), f"{len(ROWS)} whole rows")
    assert len(recognise(content).parse(content, {}).frame) == len(ROWS)


def test_rows_may_lack_the_last_cell_together_and_no_other() -> None:
    short = [row.removesuffix(",") for row in ROWS]
    content = "".join(f"{line}\r\n" for line in (HEADER, *short)).encode()
    assert QUERY.expectation.prove(content).proved[-1] == f"{len(ROWS)} whole rows"
    one = "".join(f"{line}\r\n" for line in (HEADER, *ROWS[1:], short[0])).encode()
    refuses(lambda: QUERY.expectation.prove(one), "has 25 cells", may_pass=True)
    two = content.replace(b"Similar,,20210000", b"Similar,,20210000"[:7])
    refuses(lambda: QUERY.expectation.prove(two), "cells, where the header has 26", may_pass=True)


def test_a_name_with_a_line_end_inside_is_one_row() -> None:
    content = RIGHT.replace(b",Invented,", b',"Invented,\n""so"" named",')
    assert QUERY.expectation.prove(content).proved[-1] == f"{len(ROWS)} whole rows"
    names = recognise(content).parse(content, {}).frame["indicator_name"]
    assert set(names) == {'Invented, "so" named'}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2022 - 24", "2022-01-01", "2024-12-31"),
        ("2019/20", "2019-04-01", "2020-03-31"),
        ("2017/18 - 19/20", "2017-04-01", "2020-03-31"),
        ("Jul 2018 - Jun 2019", "2018-07-01", "2019-06-30"),
        ("Aug 2018 - Jul 2019", "2018-08-01", "2019-07-31"),
        ("Mar 2018 - Feb 2019", "2018-03-01", "2019-02-28"),
        ("2019 Q1", "2019-01-01", "2019-03-31"),
        ("2019/20 Q1", "2019-04-01", "2019-06-30"),
        ("2019/20 Q1-Q3", "2019-04-01", "2019-12-31"),
        ("Jan 2019", "2019-01-01", "2019-01-31"),
    ],
)
def test_every_way_in_which_fingertips_writes_a_period_is_read(
    text: str, start: str, end: str
) -> None:
    row = ROWS[0].replace("2020 - 22", text).replace("90366", "99999").replace("93190", "99999")
    content = f"{HEADER}\r\n{row}\r\n".encode()
    parsed = recognise(content).parse(content, {})
    assert parsed.set_aside == ()
    dates = parsed.frame.loc[0, ["period_start", "period_end"]]
    assert [str(date.date()) for date in dates] == [start, end]


@pytest.mark.parametrize(
    ("status", "text", "attempts"),
    [
        (400, "IndicatorIds cannot be null or empty, ParentAreaCode cannot be null or empty", 1),
        (500, "CSV data could not be built for indicator 1 and time period 2015.\r\nAdditional "
         "information: No such type", 3),
    ],
)  # fmt: skip
def test_errors_are_quoted_and_a_500_is_tried_twice_more(
    status: int, text: str, attempts: int
) -> None:
    failed = of_status(status, {"Content-Type": "text/plain"}, text.encode(), NOW)
    assert " ".join(text.split()) in failed.reason
    assert failed.attempts == attempts


ELS_HEADER = "indicator,areacd,areanm,period,sex,age,value,lci_95,uci_95,status"
ELS_ROWS = (
    "hle,E07000243,Stevenage,2022-01-01/P3Y,Female,All ages,61.2,60.1,62.3,",
    "hle,E07000243,Stevenage,2022-01-01/P3Y,Male,All ages,,,,x",
    "hle,W06000001,Isle of Anglesey,2022-01-01/P3Y,Male,All ages,60.0,59,61,",
)


def test_a_download_of_explore_statistics_is_proved_and_read() -> None:
    query = explore_statistics.data("hle", ("ltla",))
    content = "\n".join([ELS_HEADER, *ELS_ROWS]).encode()
    proof = query.expectation.prove(content)
    assert (proof.remarks, proof.proved) == ((), ("3 whole rows",))
    parsed = recognise(content).parse(content, {})
    assert parsed.frame["sex"].tolist() == ["Female", "Male"]
    assert parsed.frame["status"].tolist() == ["ok", "not_available"]
    assert parsed.frame["period"].tolist() == ["2022 to 2024"] * 2
    assert [out.reason for out in parsed.set_aside] == ["outside England: Wales"]


@pytest.mark.parametrize(
    "said",
    [
        "Request contained invalid or duplicate parameters.",
        "Too much data requested. Please apply more filters.",
        "No data available for the selected filters.",
    ],
)
def test_what_explore_statistics_says_in_place_of_data_is_quoted_and_final(said: str) -> None:
    failed = of_status(400, {}, said.encode(), NOW)
    assert said in failed.reason
    assert failed.attempts == 1


@pytest.mark.parametrize("concept", ["SEX", "C_SEX", "GENDER"])
def test_nomis_calls_sex_by_three_names(concept: str) -> None:
    asked = NomisCells("NM_31_1", (STEVENAGE,), ("2024",), columns=(f"{concept}_NAME", "OBS_VALUE"))
    assert f"select=geography_code,geography_name,date,date_name,{concept.lower()}_name" in (
        asked.first().url
    )
    content = (
        f"GEOGRAPHY_CODE,GEOGRAPHY_NAME,DATE,DATE_NAME,{concept}_NAME,OBS_VALUE,RECORD_COUNT\n"
        "E07000243,Stevenage,2024,2024,Total,90000,3\n"
        "E07000243,Stevenage,2024,2024,Male,44000,3\n"
        "E07000243,Stevenage,2024,2024,Female,46000,3\n"
    ).encode()
    assert (
        asked.first().expectation.prove(content).proved[0] == "3 of 3 rows counted by the service"
    )
    rows = recognise(content).parse(content, {"indicator": "Residents"}).frame
    assert rows.set_index("sex")["value"].to_dict() == {
        "Persons": 90_000,
        "Male": 44_000,
        "Female": 46_000,
    }
