"""Promises about tables that R, pandas, SAS or a spreadsheet have saved again: what they add to a
file, or leave in its cells, changes no figure. The rows are made up."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.recognise import recognise

OWN = "area_code,indicator,period,value,dimension,subgroup,subgroup_order,age,note"
SURVEY = "DATE_NAME,GEOGRAPHY_CODE,SEX_NAME,VARIABLE_NAME,MEASURES_NAME,OBS_VALUE"
SURVEYED = ("Variable,70", "Numerator,700", "Denominator,1000")
DOWNLOAD = (
    "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Age,Category Type,Category,Time period,"
    "Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator"
)


def parse(*lines: str) -> Parsed:
    content = ("\n".join(lines) + "\n").encode()
    return recognise(content).parse(content, {})


def survey(*more: str, heading: str) -> Parsed:
    rows = [f"2023,E07000243,Total,Employment rate,{words}" for words in SURVEYED]
    marked = [f"{mark},{row}" for mark, row in zip(more, rows, strict=True)]
    return parse(f"{heading},{SURVEY}", *marked)


@pytest.mark.parametrize("heading", ["Unnamed: 0", "...1", "X", "index", "rowid", "_id", "NA"])
def test_numbers_of_rows_are_no_part_of_a_table(heading: str) -> None:
    row = survey("0", "1", "2", heading=heading).frame.iloc[0]
    assert (row["value"], row["count"], row["denominator"]) == (70, 700, 1000)


def test_a_text_in_a_formula_is_that_text() -> None:
    row = parse(OWN, '="E07000243",Visits,="2023/24","=""4.1""",,,,="5-9",').frame.iloc[0]
    texts = row[["area_code", "period", "value", "age"]].tolist()
    assert texts == ["E07000243", "2023/24", 4.1, "5-9"]


def test_a_numerator_without_its_figure_is_said_to_have_none() -> None:
    parsed = survey("AB", "CD", "AB", heading="CHECKED_BY")
    assert [out.rows for out in parsed.set_aside] == [1, 1]
    assert "of which no row has the figure" in parsed.set_aside[1].reason
    assert "'Numerator'" in parsed.set_aside[1].examples[0]


def test_texts_that_a_program_has_padded_are_the_same_texts() -> None:
    row = "E07000243  ,Stevenage   ,E12000006\xa0,East  "
    parsed = parse("LAD23CD,LAD23NM,RGN23CD,RGN23NM", row)
    found = parsed.frame[["code", "parent_code"]].values.tolist()
    assert (found, parsed.set_aside) == ([["E07000243", "E12000006"]], ())


@pytest.mark.parametrize("word", ["NA", "nan", ".", "-", "NULL", "None"])
def test_a_word_for_an_empty_cell_makes_no_group(word: str) -> None:
    cells = f"Persons,18+ yrs,{word},{word},2023,12.4,{word},{word},{word},{word}"
    row = parse(DOWNLOAD, f"92443,Smoking,E07000243,Stevenage,{cells}").frame.iloc[0]
    assert (row["dimension"], row["subgroup"], row["value"]) == ("", "", 12.4)
    own = parse(OWN, f"E07000243,Visits,2023,4.1,{','.join([word] * 5)}").frame.iloc[0]
    words = own[["dimension", "subgroup", "age", "note"]].tolist()
    assert words == [""] * 4
    assert pd.isna(own["subgroup_order"])


@pytest.mark.parametrize(
    ("text", "is_whole"), [("1.20E+04", False), ("1.2e+04", True), ("1E+04", True)]
)
def test_a_number_whose_last_digits_a_spreadsheet_left_out_is_not_believed(
    text: str, is_whole: bool
) -> None:
    cells = f"Persons,18+ yrs,,,2023,12.4,11,14,,{text}"
    parsed = parse(DOWNLOAD, f"92443,Smoking,E07000243,Stevenage,{cells}")
    assert bool(len(parsed.frame)) is is_whole
    if not is_whole:
        assert parsed.set_aside[0].reason.startswith("denominator has lost its last digits")


def test_a_group_may_be_called_none() -> None:
    row = parse(OWN, "E07000243,Visits,2023,4.1,Qualifications,None,,,").frame.iloc[0]
    assert (row["dimension"], row["subgroup"]) == ("Qualifications", "None")


def test_of_two_columns_of_one_meaning_that_of_the_download_stands() -> None:
    cells = "92443,Smoking,E07000243,Stevenage,Persons,18+ yrs,,,2023,12.4,11,14,,,3"
    assert parse(f"{DOWNLOAD},Value (%)", cells).frame["value"].tolist() == [12.4]
    with pytest.raises(InputError, match=r"2 columns may be the download's Value: value, Val"):
        parse(f"{DOWNLOAD},Value (%)".replace(",Value,", ",value,"), cells)


@pytest.mark.parametrize("second", ["sex_2", "Sex.1"])
def test_headings_of_the_ons_that_differ_in_capitals_may_be_told_apart(second: str) -> None:
    content = (
        f"v4_0,calendar-years,Time,administrative-geography,Geography,sex,{second}\n"
        "51,2022,2022,E07000243,Stevenage,male,Male\n"
        "88,2022,2022,E07000242,East Hertfordshire,all,All\n"
    ).encode()
    rows = recognise(content).parse(content, {"indicator": "Residents"}).frame
    assert rows[["sex", "dimension"]].values.tolist() == [["Male", ""], ["Persons", ""]]
