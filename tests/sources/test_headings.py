"""Promises about tables whose headings, or form, another program has changed: what their layout
tells beyond doubt is read as if it had not. The rows are made up."""

import csv
import io
import json
import re

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.recognise import recognise_sheets

LG_INFORM = (
    "Area,Area code,Metric type,2023/24,2024/25\n"
    "Stevenage,E07000243,Percentage of adults who walk,10.50,Suppressed\n"
)
STAT_XPLORE = (
    '"National - Regional - LA - OAs","Month","Gender","Age band","People"\n'
    '"Stevenage","May 2025","Male","Total",12\n"Stevenage","May 2025","Total","16-24",".."\n'
)
WIDE = (
    "Year,2020/21,2020/21 - Annotations,2021/22 (p),2021/22 - Annotations\n"
    "National - Regional - LA - OAs,,,,\nStevenage,3094,,3327,\nLuton,..,,12,r\n"
)
FILE_7 = (
    "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),"
    "Local Authority District name (2024),Index of Multiple Deprivation (IMD) Rank (where 1 is "
    "most deprived),Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of "
    'LSOAs),"Education, Skills and Training Decile (where 1 is most deprived 10% of LSOAs)"\n'
    "E01000001,Marsh 001A,E06000001,Marsh,2,10,9\nE01000002,Marsh 001B,E06000001,Marsh,1,1,1\n"
)
FINGERTIPS = (
    "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Age,Category Type,Category,Time period,"
    "Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator\n"
    "92443,Smoking,E07000243,Stevenage,Persons,18+ yrs,,,2023,12.40,11.5,14.25,,1200\n"
)
TABLES = (LG_INFORM, STAT_XPLORE, WIDE, FILE_7, FINGERTIPS)


def parsed_of(content: str) -> Parsed:
    [(layout, part)], _ = recognise_sheets(content.encode())
    return layout.parse(part, {"indicator": "Children in low income"})


def by_r(heading: str) -> str:
    dotted = re.sub(r"[^A-Za-z0-9._]", ".", heading)
    return dotted if dotted[0].isalpha() else f"X{dotted}"


def by_janitor(heading: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", heading.casefold().replace("%", "_percent_")).strip("_")
    return words if words[0].isalpha() else f"x{words}"


def respelt(table: str, spelling) -> str:
    rows = list(csv.reader(io.StringIO(table)))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([map(spelling, rows[0]), *rows[1:]])
    return text.getvalue()


def records(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table)))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("spelling", [by_r, str.upper])
def test_a_table_is_the_same_with_headings_of_another_program(table: str, spelling) -> None:
    as_downloaded, parsed = parsed_of(table), parsed_of(respelt(table, spelling))
    pd.testing.assert_frame_equal(parsed.frame, as_downloaded.frame)
    assert (parsed.set_aside, parsed.source) == (as_downloaded.set_aside, as_downloaded.source)


@pytest.mark.parametrize("table", [LG_INFORM, STAT_XPLORE, FINGERTIPS])
def test_names_in_snake_case_are_the_same_names(table: str) -> None:
    pd.testing.assert_frame_equal(
        parsed_of(respelt(table, by_janitor)).frame, parsed_of(table).frame
    )


@pytest.mark.parametrize("table", [LG_INFORM, STAT_XPLORE, FILE_7, FINGERTIPS])
@pytest.mark.parametrize("spelling", [str, by_r])
def test_records_are_the_rows_of_a_table(table: str, spelling) -> None:
    rows = records(respelt(table, spelling))
    for text in (json.dumps(rows, indent=1), "\n".join(map(json.dumps, rows))):
        pd.testing.assert_frame_equal(parsed_of(text).frame, parsed_of(table).frame)


def test_numbers_of_records_keep_their_digits_and_what_is_left_out_is_empty() -> None:
    first = '{"area_code": "E07000243", "indicator": "Falls", "period": 2023, "value": 12.10}'
    other = '{"area_code": "E07000242", "indicator": "Falls", "period": 2023, "status": "c"}'
    frame = parsed_of(f'[{first}, {other[:-1]}, "value": null}}]').frame
    assert frame["value"].tolist()[0] == 12.1
    assert frame["status"].tolist() == ["ok", "suppressed"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"Area Code": "E1", "Area Code": "E2"}]', "a field twice: Area Code"),
        ('[{"code": "E1", "shape": {"x": 1}}]', "JSON of type 'list' with code"),
        ('[{"colour": "red"}]', "JSON of type 'list' with colour"),
        ("[1, 2]", "JSON of type 'list'"),
    ],
)
def test_what_are_no_records_of_a_known_layout_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        recognise_sheets(text.encode())


def test_two_headings_that_may_be_one_are_left_as_they_are() -> None:
    with pytest.raises(InputError, match="Not a layout"):
        recognise_sheets(b"Area,Metric.Type,metric_type,X2023.24\nStevenage,Walks,Walks,5\n")
