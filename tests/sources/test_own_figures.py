"""Promises about your own figures: what is understood, and that every fault is told at once."""

import io
import re
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.beginning import head
from ineqlib.sources.layouts.own_figures import LAYOUTS, OPTIONAL, REQUIRED

(LAYOUT,) = LAYOUTS
HEADING = "area_code,indicator,period,value"


def parse(*lines: str, heading: str = HEADING, **described: str) -> Parsed:
    return LAYOUT.parse("\n".join([heading, *lines]).encode(), described)


def only(value: str, **cells: str) -> pd.Series:
    heading = ",".join([HEADING, *cells])
    line = ",".join(["E07000243", "Warm homes visits", "2023/24", f'"{value}"', *cells.values()])
    return parse(line, heading=heading).frame.iloc[0]


def faults(*lines: str, heading: str = HEADING) -> str:
    with pytest.raises(InputError) as caught:
        parse(*lines, heading=heading)
    return str(caught.value)


def test_four_columns_are_enough() -> None:
    row = only("12.5")
    assert (row["publisher"], row["publisher_id"]) == ("own_figures", "Warm homes visits")
    assert (row["value"], row["sex"], row["status"]) == (12.5, "Persons", "ok")


def test_every_documented_column_is_read() -> None:
    row = only(
        "1,204",
        area_name="Stevenage",
        sex="Female",
        age="65+ yrs",
        lower_ci="1100",
        upper_ci="1300",
        count="12",
        denominator="340",
        unit="visits",
        status="provisional",
        note="First count",
        dimension="local_deprivation_quintile:imd2019",
        subgroup="Most deprived fifth",
        subgroup_order="1",
    )
    assert (row["value"], row["lower_ci"], row["upper_ci"]) == (1204, 1100, 1300)
    assert (row["count"], row["denominator"], row["unit"]) == (12, 340, "visits")
    assert (row["sex"], row["age"], row["area_name"]) == ("Female", "65+ yrs", "Stevenage")
    assert (row["status"], row["note"], row["subgroup_order"]) == ("provisional", "First count", 1)


@pytest.mark.parametrize(
    ("cell", "status"),
    [("[c]", "suppressed"), ("[x]", "not_available"), ("[z]", "not_applicable")],
)
def test_shorthand_in_the_value_cell_says_why_there_is_no_value(cell: str, status: str) -> None:
    row = only(cell)
    assert pd.isna(row["value"])
    assert row["status"] == status


@pytest.mark.parametrize(
    ("cell", "status"), [("4.1 [p]", "provisional"), ("4.1[U]", "low_reliability")]
)
def test_shorthand_beside_a_value_qualifies_it(cell: str, status: str) -> None:
    row = only(cell)
    assert (row["value"], row["status"]) == (4.1, status)


@pytest.mark.parametrize(
    ("cell", "note"),
    [("4.1 [b]", "break in the series"), ("4.1 [e]", "estimated"), ("4.1 [r]", "revised")],
)
def test_shorthand_that_is_no_status_is_in_the_note(cell: str, note: str) -> None:
    row = only(cell, note="Ours")
    assert (row["value"], row["status"]) == (4.1, "ok")
    assert row["note"] == f"{note} (status {cell[-2]}); Ours"


def test_an_order_that_a_program_wrote_with_a_point_is_a_whole_number() -> None:
    group = {"dimension": "national_deprivation_quintile:iod2025", "subgroup": "Most deprived"}
    assert only("4.1", subgroup_order="1.0", **group)["subgroup_order"] == 1


def test_low_is_a_value_that_rounds_to_nought() -> None:
    row = only("[low]")
    assert (row["value"], row["status"]) == (0, "low_reliability")
    assert row["note"] == "rounds to 0 but is not 0"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"value": "4.1", "status": "c"}, "has a value although its status says it has none"),
        ({"value": "[c]", "status": "x"}, "[low] or nothing (row 2: 'x and c')"),
        ({"value": "4.1", "status": "fine"}, "[low] or nothing (row 2: 'fine')"),
        ({"value": "4.1", "subgroup_order": "1st"}, "subgroup_order is not a whole number"),
        ({"value": "4.1", "subgroup": "Men"}, "has a dimension or a subgroup, but not both"),
        ({"value": "[c", "sex": ""}, "value cannot be read as a number: write digits"),
        ({"value": "[p] 3.8"}, "value cannot be read as a number: write digits"),
        ({"value": "[low]4"}, "value cannot be read as a number: write digits"),
        ({"value": "4.1 [p] 5.2"}, "value cannot be read as a number: write digits"),
        ({"value": "4.1 [u] [p]"}, "value cannot be read as a number: write digits"),
    ],
)
def test_what_contradicts_itself_is_refused(cells: dict[str, str], fault: str) -> None:
    with pytest.raises(InputError, match=re.escape(fault)):
        only(**cells)


def test_a_deprivation_group_needs_its_place() -> None:
    with pytest.raises(InputError, match=re.escape("subgroup_order from 1 (most deprived)")):
        only("3", dimension="local_deprivation_quintile:imd2019", subgroup="Most deprived fifth")


def test_a_code_that_stands_only_in_the_first_row_of_its_area_is_asked_for() -> None:
    """So pivot tables and merged cells leave it."""
    message = faults("E07000243,a,2022,1", ",a,2023,2")
    assert "area code is empty: fill it in, also where it is that of the row above" in message


def test_a_value_that_is_left_out_beside_its_count_is_told() -> None:
    heading = "area_code,indicator,period,value,count,denominator,unit"
    parsed = parse(
        "E07000243,a,2022,,74,1805,%",
        "E07000243,a,2023,[x],74,1805,%",
        "E07000242,a,2023,NA,74,1805,%",
        "E07000243,a,2024,,74,,%",
        "E07000242,a,2024,nan,nan,NA,%",
        heading=heading,
    )
    (remark,) = parsed.remarks
    assert remark.startswith("2 rows with a count and a denominator but no value")
    assert "(row 2, row 4)" in remark


@pytest.mark.parametrize(("text", "number"), [("0,151", None), ("1,151", 1151.0)])
def test_a_comma_after_nought_parts_no_thousands(text: str, number: float | None) -> None:
    lines = f'E07000243,a,2023,"{text}"', "E07000242,a,2023,9.8"
    if number is None:
        assert "value cannot be read as a number" in faults(*lines)
    else:
        assert parse(*lines).frame["value"].tolist() == [number, 9.8]


def test_all_faults_of_one_row_come_in_one_message() -> None:
    message = faults(
        "E07000243,a,2023,1,Female,1,,c",
        "nowhere,a,2023,1,Female,1,,",
        "E07000243,a,20233,some,Whose,-5,fifth,q",
        "E07000243,a,2023,1,Female,-5,fifth,",
        heading=f"{HEADING},sex,count,dimension,status",
    )
    assert message.startswith("Your own figures have 8 faults:")
    for fault in (
        "1 row(s): area code is not",
        "1 row(s): sex is not",
        "row 4: '20233'",
        "1 row(s): value cannot be read",
        "2 row(s): count is negative",
        "1 row(s): status is not one",
        "1 row(s): has a value although",
        "2 row(s): has a dimension or a subgroup",
    ):
        assert fault in message, message


def test_all_faults_come_in_one_message_with_row_numbers() -> None:
    message = faults(
        "E0700024,a,2023,1",
        "E07000243,a,soon,1",
        "E07000243,a,2023,lots",
        "E07000243,a,2022,1",
        "E07000243,a,2022,2",
        "W06000001,a,2022,2",
    )
    assert message.startswith("Your own figures have 5 faults:")
    for part in (
        "1 row(s): area code is not a GSS code (a letter and eight digits): write E92000001 for "
        "England, and leave out rows of notes and of other totals (row 2: 'E0700024')",
        "1 row(s): outside England: Wales (row 7: 'W06000001')",
        "1 row(s): period cannot be read: write 2023, 2023/24, 2021 - 23, Mar 2023, 2023 Q1 or "
        "2023-04-01 to 2024-03-31 (row 3: 'soon')",
        "1 row(s): value cannot be read as a number: write digits and a decimal point alone, as "
        "1234.5; [c], [x] or [z] where there is none (row 4: 'lots')",
        "2 row(s): expected one row for each indicator, area, period, sex, age and subgroup "
        "(row 5: a E07000243 2022 Persons 1.0, row 6: a E07000243 2022 Persons 2.0)",
    ):
        assert part in message


def test_an_unknown_column_is_refused_with_its_nearest() -> None:
    message = faults("E07000243,a,2023,1,5", heading=HEADING + ",lower_cl")
    assert (
        "1 column(s) of your own figures are not known, and look like one that is: 'lower_cl' "
        "(Did you mean 'lower_ci'?)" in message
    )


@pytest.mark.parametrize("name", ["Lower limit", "uper_ci", "Upper", "denominatr", "Notes"])
def test_what_may_be_a_known_column_misspelt_is_never_passed_over(name: str) -> None:
    assert f"'{name}'" in faults("E07000243,a,2023,1,5", heading=f"{HEADING},{name}")


def test_headings_may_have_capitals_and_spaces_and_others_beside_them() -> None:
    heading = "Area Code,INDICATOR,Period,Value,Lower CI,Upper-CI,Team,Ward name"
    assert LAYOUT.matches(head(heading.encode()))
    parsed = parse("E05000001,a,2023,4.1,3.2,5.2,Housing,Bedwell", heading=heading)
    row = parsed.frame.iloc[0]
    assert (row["publisher_id"], row["lower_ci"], row["upper_ci"]) == ("a", 3.2, 5.2)
    assert parsed.remarks == ("2 column(s) not read: 'Team', 'Ward name'",)


def test_two_headings_that_mean_the_same_are_refused() -> None:
    message = faults("E07000243,a,2023,1,2", heading=f"{HEADING},Value")
    assert "2 column(s) of your own figures mean the same: value, Value. Keep one." in message


def test_one_period_has_one_spelling_however_it_is_written() -> None:
    frame = parse(
        "E07000243,a,2021/22,1", "E07000243,a,2022-23,2", "E07000243,a,2023 to 2024,3"
    ).frame
    assert frame["period"].tolist() == ["2021/22", "2022/23", "2023/24"]


def test_a_file_says_once_for_an_indicator_whether_high_is_good() -> None:
    rows = ("E07000243,a,2022,1,Favourable", "E07000243,a,2023,2,", "E07000243,b,2023,2,")
    heading = f"{HEADING},polarity"
    frame = parse(*rows, heading=heading).frame
    assert frame["polarity"].tolist() == ["favourable", "favourable", ""]
    assert parse(*rows, heading=heading, polarity="adverse").frame["polarity"].tolist() == [
        "favourable",
        "favourable",
        "adverse",
    ]
    assert "1 indicator(s) have more than one polarity ('a')" in faults(
        *rows, "E07000243,a,2021,2,adverse", heading=heading
    )
    assert "polarity should be favourable, adverse, neutral, where it is stated; not 'good'" in (
        faults("E07000243,a,2022,1,good", heading=heading)
    )


def test_a_file_may_say_in_which_district_a_ward_is() -> None:
    heading = f"{HEADING},parent_code"
    frame = parse("E05000001,a,2022,1,E07000243", "E05000001,a,2023,2,", heading=heading).frame
    assert frame["parent_code"].tolist() == ["E07000243", "E07000243"]
    assert "row 2: 'Stevenage'" in faults("E05000001,a,2022,1,Stevenage", heading=heading)
    assert "1 area_code(s) have more than one parent_code ('E05000001')" in faults(
        "E05000001,a,2022,1,E07000243", "E05000001,b,2022,1,E07000242", heading=heading
    )


def test_a_missing_column_is_named() -> None:
    heading = HEADING.replace("indicator", "indicater")
    assert LAYOUT.matches(head(heading.encode()))
    assert "'indicator' (Did you mean 'indicater'?)" in faults(
        "E07000243,a,2023,1", heading=heading
    )


def test_empty_rows_are_passed_over() -> None:
    assert len(parse("E07000243,a,2023,1", ",,,").frame) == 1


def test_a_workbook_is_read_as_the_same_text() -> None:
    table = pd.DataFrame(
        {
            "area_code": ["E07000243", "E07000095", None],
            "indicator": ["a", "a", None],
            "period": [2023, 2023, None],
            "value": [12.5, "[c]", None],
        }
    ).astype(object)
    file = io.BytesIO()
    table.to_excel(file, index=False)
    assert LAYOUT.matches(head(file.getvalue()))
    frame = LAYOUT.parse(file.getvalue(), {}).frame
    assert frame["status"].tolist() == ["ok", "suppressed"]
    assert frame["period"].tolist() == ["2023", "2023"]


def test_a_period_the_workbook_turned_into_a_date_is_refused_not_misread() -> None:
    table = pd.DataFrame({"area_code": ["E07000243"], "indicator": ["a"], "value": [1.0]})
    table.insert(2, "period", pd.Timestamp("2023-03-01"))
    file = io.BytesIO()
    table.to_excel(file, index=False)
    with pytest.raises(InputError, match="period cannot be read"):
        LAYOUT.parse(file.getvalue(), {})


def test_the_source_can_be_stated() -> None:
    source = parse("E07000243,a,2023,1", source="Stevenage housing team", licence="Internal").source
    assert (source.title, source.licence) == ("Stevenage housing team", "Internal")
    assert source.attribution == "Stevenage housing team."


def test_the_guide_names_every_column(repo: Path) -> None:
    guide = (repo / "docs" / "your-own-figures.md").read_text(encoding="utf-8")
    assert [name for name in (*REQUIRED, *OPTIONAL) if f"`{name}`" not in guide] == []


def test_the_guides_example_is_read(repo: Path) -> None:
    guide = (repo / "docs" / "your-own-figures.md").read_text(encoding="utf-8")
    example = re.search(r"```csv\n(.*?)```", guide, re.DOTALL)
    assert example
    assert len(LAYOUT.parse(example[1].encode(), {}).frame) == 5


@pytest.mark.parametrize("cell", ["4.1%", "4.1 %", "1,004.1%"])
def test_a_percent_sign_is_read_where_the_unit_is_percent(cell: str) -> None:
    assert only(cell, unit="%", lower_ci="3.2%")["value"] == float(
        cell.strip(" %").replace(",", "")
    )


def test_a_percent_sign_is_read_where_the_catalogue_says_percent() -> None:
    row = parse("E07000243,smoking_adults,2024,11.9%").frame.iloc[0]
    assert row["value"] == 11.9


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1\u202f234", 1234),  # narrow no-break space
        ("1\u00a0234.5", 1234.5),
        ("1\u2009234\u2009567", 1234567),
        ("1 234", 1234),
        ("1'234", 1234),
        ("\u22121.2", -1.2),  # true minus
        ("\u20131.2", -1.2),
        ("n/a", None),
    ],
)
def test_a_number_is_read_as_people_and_programs_write_it(cell: str, number: float | None) -> None:
    value = only(cell, unit="change")["value"]
    assert value == number if number is not None else pd.isna(value)


@pytest.mark.parametrize(
    "cell", ["£12.50", "(1.2)", "1.2-", "12.4*", "12.4 [note 2]", "1 23", "~3"]
)
def test_what_is_no_number_alone_is_refused_with_what_to_write(cell: str) -> None:
    message = faults(f"E07000243,a,2023,{cell}")
    assert "write digits and a decimal point alone, as 1234.5" in message
    assert f"row 2: '{cell}'" in message


@pytest.mark.parametrize("unit", ["", "per 1000", "years"])
def test_a_percent_sign_in_another_unit_is_refused(unit: str) -> None:
    with pytest.raises(InputError, match=re.escape("the unit is not %")) as caught:
        only("4.1%", unit=unit)
    assert "row 2: '4.1%'" in str(caught.value)


def test_a_count_in_percent_is_refused() -> None:
    with pytest.raises(InputError, match="count is written with %, but it is a number of people"):
        only("4.1", unit="%", count="7400%")


@pytest.mark.parametrize(
    "symbol",
    [
        "*",
        "**",
        "<5",
        "< 8",
        "c",
        "C",
        "S",
        ":",
        "#",
        "~",
        "¥",
        "(c)",
        "supp",
        "DNA",
        "1-4",
        "0 - 4",
        "Under 5",
        "confidential",
        "redacted",
    ],
)
def test_an_older_symbol_is_refused_and_says_what_to_write(symbol: str) -> None:
    message = faults(f"E07000243,a,2023,{symbol}")
    assert f"row 2: '{symbol}'" in message
    assert "write [c] for withheld, [x] for not available, 0 for none" in message
    assert "1 fault" in message


@pytest.mark.parametrize("symbol", ["-", "–", ".."])
def test_a_dash_is_asked_about_for_it_can_mean_none(symbol: str) -> None:
    message = faults(f"E07000243,a,2023,{symbol}")
    assert "value can mean none, withheld or not available: write [c]" in message
    assert f"row 2: '{symbol}'" in message


def test_shorthand_beside_the_value_is_no_number_and_no_fault() -> None:
    row = only("[c]", lower_ci="[c]", upper_ci="[x]", count="[c]", denominator="[z]")
    assert row[["value", "lower_ci", "upper_ci", "count", "denominator"]].isna().all()


@pytest.mark.parametrize("mark", ["[c]", "[C]"])
def test_a_withheld_count_is_not_given_away_by_value_and_denominator(mark: str) -> None:
    with pytest.raises(
        InputError, match=r"1 row\(s\): count is withheld .* give it away \(row 2\)"
    ):
        only("2.5", count=mark, denominator="120")
    assert only("2.5", count=mark)["value"] == 2.5
    assert only("[c]", count=mark, denominator="120")["denominator"] == 120


@pytest.mark.parametrize("code", ["e07000243", "E07 000243", "E07\u00a0000 243"])
def test_a_code_is_read_as_people_type_it(code: str) -> None:
    rows = parse(
        f"{code},a,2023,1,E10000015", heading="area_code,indicator,period,value,parent_code"
    ).frame
    assert rows[["area_code", "parent_code"]].to_numpy().tolist() == [["E07000243", "E10000015"]]


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        ("All sexes", "Persons"),
        ("Males and females", "Persons"),
        ("men & women", "Persons"),
        ("Person", "Persons"),
        ("Both sexes combined", "Persons"),
        ("Woman", "Female"),
        ("Boys and girls", "Persons"),
        ("Men/Women", "Persons"),
    ],
)
def test_sexes_are_read_in_the_words_of_tables(words: str, sex: str) -> None:
    assert only("4.1", sex=words)["sex"] == sex


def test_a_withheld_value_takes_its_count_with_it_and_says_so() -> None:
    parsed = parse(
        "E07000243,a,2023,[c],3,120",
        "E07000242,a,2023,3.1,51,1620",
        "E07000241,a,2023,[x],4,90",
        heading=f"{HEADING},count,denominator",
    )
    assert parsed.frame["count"].fillna(-1).tolist() == [-1, 51, 4]
    assert parsed.frame["denominator"].tolist() == [120, 1620, 90]
    (remark,) = parsed.remarks
    assert remark.startswith("1 count(s) withheld too") and "(row 2)" in remark


def test_a_period_with_two_readings_is_asked_about_with_its_row() -> None:
    message = faults("E07000243,a,2022,1", "E07000243,b,2023-24,1")
    assert "one financial year, or 2 calendar years?" in message
    assert "row 3: '2023-24'" in message


def test_the_catalogue_or_the_description_says_which_year_is_meant() -> None:
    row = parse("E07000243,good_level_of_development,2023-24,67").frame.iloc[0]
    assert (row["period"], str(row["period_end"].date())) == ("2023/24", "2024-03-31")
    row = parse("E07000243,a,2023-24,67", period_kind="calendar_years").frame.iloc[0]
    assert (row["period"], str(row["period_end"].date())) == ("Jan 2023 to Dec 2024", "2024-12-31")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("45292", "as a spreadsheet stores 1 January 2024; format the column as text"),
        ("01/04/2023", "which is the day and which the month? Write 1 April 2023"),
        ("FY24", "which of two years is meant? Write 2023/24"),
        ("2023/24 [p]", "write its mark in the column status"),
        ("2023-04-01T00:00:00", "a moment, as programs write one"),
        ("20230401", "a day run together? Write the period it stands for"),
        ("2023r", "write its mark in the column status"),
        ("AY 2023", "which of two years is meant? Write 2023/24"),
        ("2023 [note 1]", "write what the footnote says in the column note"),
        ("2023/24*", "write what the footnote says in the column note"),
        ("2024 YTD", "part of a year: write its months"),
        ("Spring 2024", "write 2023, 2023/24, 2021 - 23, Mar 2023"),
    ],
)
def test_what_looks_like_a_period_is_refused_with_what_to_write(text: str, hint: str) -> None:
    message = faults(f"E07000243,a,{text},1")
    assert "period cannot be read: " in message
    assert hint in message
    assert f"row 2: '{text}'" in message


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *(("2023.0", "2023"), ("2024M03", "March 2024"), ("3/2024", "March 2024")),
        *[(text, text) for text in ("FYE 2024", "H1 2024", "At 31 March 2024", "Year 2023")],
    ],
)
def test_a_period_is_shown_as_people_read_it(text: str, label: str) -> None:
    assert parse(f"E07000243,a,{text},1").frame["period"].tolist() == [label]


def test_months_as_iso_8601_writes_them_are_months() -> None:
    frame = parse("E07000243,a,2024-01,3.1", "E07000243,a,2024-03,3.4").frame
    assert frame["period"].tolist() == ["January 2024", "March 2024"]
    assert [str(day.date()) for day in frame["period_end"]] == ["2024-01-31", "2024-03-31"]


def test_rows_keep_their_number_in_the_file() -> None:
    frame = parse("E07000243,a,2022,1", ",,,", "E07000243,a,2023,2").frame
    assert frame["file_row"].tolist() == [2, 4]


@pytest.mark.parametrize(
    ("kind", "periods", "words"),
    [
        ("financial_year", ["2023", "2024"], "expected periods of `period_kind: financial_year`"),
        ("month", ["2023/24", "2023-05"], "1 row(s) have a period that is not of"),
        ("calendar_years", ["2021 - 23", "2021/22"], "can be read in one way only ('2021/22')"),
        ("financial_year", ["2023-24", "year ending March 2023"], ""),
        ("calendar_year", ["2023"], ""),
    ],
)
def test_a_stated_kind_that_a_plain_period_contradicts_is_told(
    kind: str, periods: list[str], words: str
) -> None:
    rows = [f"E07000243,a,{period},{n}" for n, period in enumerate(periods)]
    try:
        said = " ".join(parse(*rows, period_kind=kind).remarks)
    except InputError as error:
        said = str(error)
    assert words in said if words else not said


def test_standard_errors_are_not_taken_for_a_misspelt_sex() -> None:
    parsed = parse("E07000243,a,2023,4.1,0.4", heading=f"{HEADING},SE")
    assert parsed.remarks == ("1 column(s) not read: 'SE'",)


def test_an_empty_period_says_to_fill_it_in() -> None:
    message = faults("E07000243,a,2023,1", "E07000242,a,,2")
    assert "period is empty: fill it in, also where it is that of the row above (row 3: '')" in (
        message
    )


@pytest.mark.parametrize(
    ("limits", "hint"),
    [
        (("16.2", "12.1"), "lower_ci is above it and upper_ci below, as if exchanged"),
        (("0.7", "0.7"), "as a standard error or a distance is"),
        (("-1.4", "1.4"), "as a standard error or a distance is"),
        (("", "1.4"), "less and plus that, of a standard error 1.96 times"),
        (("14.5", "16.0"), "limits (row 2: 'E07000243 14.1, limits 14.5 to 16')"),
    ],
)
def test_limits_beside_their_value_say_what_they_look_like(
    limits: tuple[str, str], hint: str
) -> None:
    with pytest.raises(InputError, match="value lies outside its own confidence") as caught:
        only("14.1", lower_ci=limits[0], upper_ci=limits[1])
    assert hint in str(caught.value)
    assert "'E07000243 14.1, limits " in str(caught.value)


def test_names_that_are_nearly_known_are_told() -> None:
    (remark,) = parse("E07000243,smoking_adult,2023,1").remarks
    assert "1 indicator(s) are not the catalogue's, but nearly" in remark
    assert "'smoking_adult' (Did you mean 'smoking_adults'?)" in remark
    assert parse("E07000243,Warm homes visits,2023,1").remarks == ()
    (remark,) = parse("E07000243,92443,2023,1").remarks
    assert "'92443' (Fingertips' number of smoking_adults: write that)" in remark
    (remark,) = of_fifths("local_deprivation_quintile:imd2018").remarks
    assert "1 deprivation index(es) are not known: 'imd2018' (Did you mean 'imd20" in remark
    (remark,) = of_fifths("IMD quintile").remarks
    assert remark.startswith("'IMD quintile': words of your own, which are not taken for groups")
    assert of_fifths("Ethnic group").remarks == ()


@pytest.mark.parametrize(
    "text", ["LOCAL_DEPRIVATION_QUINTILE:IMD2019", "Local deprivation quintile: imd2019"]
)
def test_a_dimension_of_deprivation_is_known_whatever_its_capitals_and_spaces(text: str) -> None:
    parsed = of_fifths(text)
    assert parsed.remarks == ()
    assert parsed.frame["dimension"].tolist() == ["local_deprivation_quintile:imd2019"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Gender", "sex"),
        ("age band", "age"),
        ("LCI", "lower_ci"),
        ("uci_95", "upper_ci"),
        ("CI lower", "lower_ci"),
        ("conf.high", "upper_ci"),
        ("Numerator", "count"),
        ("denom", "denominator"),
    ],
)
def test_another_word_for_a_known_column_is_never_passed_over(heading: str, column: str) -> None:
    message = faults("E07000243,a,2023,1,F", heading=f"{HEADING},{heading}")
    assert f"'{heading}' (Did you mean '{column}'?)" in message
    both = parse("E07000243,a,2023,1,,F", heading=f"{HEADING},{column},{heading}")
    assert f"1 column(s) not read: '{heading}'" in both.remarks[0]


def test_figures_of_one_group_do_not_stand_for_everybody() -> None:
    heading = f"{HEADING},Ethnicity"
    rows = ["E07000243,a,2023,1", "E07000095,a,2023,2"]
    message = faults(*(f"{row},Asian" for row in rows), heading=heading)
    assert "The column 'Ethnicity' of your own figures says 'Asian' in every row" in message
    for groups in (["All groups"] * 2, ["Asian", "Black"]):
        told = [f"{row},{group}" for row, group in zip(rows, groups, strict=True)]
        assert len(parse(*told, heading=heading).frame) == 2


def of_fifths(dimension: str) -> Parsed:
    row = f"E07000243,a,2023,1,{dimension},Most deprived fifth,1"
    return parse(row, heading=f"{HEADING},dimension,subgroup,subgroup_order")


def test_areas_that_no_briefing_is_about_are_told() -> None:
    parsed = parse(*(f"{code},a,2023,1" for code in ("E14000729", "E12000006", "E54000025")))
    assert len(parsed.frame) == 3
    (remark,) = parsed.remarks
    assert remark.startswith("2 rows of areas that no briefing is about: row 2: E14000729, row 4: ")


def test_another_age_than_the_catalogues_is_told() -> None:
    heading = f"{HEADING},age"
    (remark,) = parse("E07000243,smoking_adults,2023,1,16+", heading=heading).remarks
    assert "1 indicator(s) are of another age" in remark
    assert "'smoking_adults' at 16+, not 18+ yrs" in remark
    for age in ("18+", "18 and over", "18+ yrs", ""):
        assert parse(f"E07000243,smoking_adults,2023,1,{age}", heading=heading).remarks == ()


def test_an_age_has_the_dash_of_the_keyboard() -> None:
    ages = [only("4", age=age)["age"] for age in ("5–9 yrs", "5 – 9 yrs", "5-9 yrs")]
    assert ages == ["5-9 yrs"] * 3


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060"])
def test_characters_that_take_no_room_are_left_out(unseen: str) -> None:
    row = parse(f"E07000243{unseen},a,2023,1{unseen}2.5").frame.iloc[0]
    assert (row["area_code"], row["value"]) == ("E07000243", 12.5)


def test_less_than_nothing_is_nothing() -> None:
    assert str(only("-0.0")["value"]) == "0.0"
