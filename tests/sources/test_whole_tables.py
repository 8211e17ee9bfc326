"""A table is read whole or refused: no row is lost, moved or shortened in silence."""

import random
import re

import pytest

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import InputError
from ineqlib.pack import merge
from ineqlib.sources.base import Content
from ineqlib.sources.beginning import head
from ineqlib.sources.content import read_table
from ineqlib.sources.recognise import recognise
from ineqlib.sources.resolve import resolve

OWN = "area_code,indicator,period,value,unit"
ROW = "E07000243,Warm homes,2023/24,4.1,%"
OTHER = "E07000242,Warm homes,2023/24,3.1,%"


def read(*lines: str, end: str = "\r\n"):
    content = Content((end.join(lines) + end).encode())
    table = read_table(content)
    return table, content.account


def refusal(*lines: str, end: str = "\r\n") -> str:
    with pytest.raises(InputError) as caught:
        read_table((end.join(lines) + end).encode())
    return str(caught.value)


def test_a_file_that_broke_off_is_refused_with_its_row():
    whole = f"{OWN}\r\n{ROW}\r\n{OTHER[:24]}".encode()
    with pytest.raises(InputError, match="Row 3 has 3 cells, the heading has 5: the file is cut"):
        read_table(whole)


def test_a_number_that_lost_its_end_with_the_file_is_set_aside():
    lines = ["area_code,value", "E07000243,12.41", "E07000242,9.80", "E07000241,14.26"]
    whole = "\n".join(lines)
    assert len(read_table(whole.encode())) == 3
    cut = Content(whole[:-4].encode())
    assert len(read_table(cut)) == 2
    assert [(aside.rows, aside.examples) for aside in cut.account.set_aside] == [(1, ("row 4",))]
    assert cut.account.rows_read == 3


def test_a_heading_alone_is_no_table():
    with pytest.raises(InputError, match="a header but no rows"):
        read_table(OWN.encode())


def test_short_rows_in_the_middle_are_counted_and_the_first_is_named():
    message = refusal(OWN, ROW, "E07000242,Warm homes", "E07000241,Warm homes,2023/24", OTHER)
    assert message.startswith("2 row(s) have fewer cells than the heading has columns (row 3 has 2")


def test_long_rows_are_refused_and_the_first_is_named():
    message = refusal(OWN, ROW, "E07000242,Warm homes, Herts,2023/24,3.1,%")
    assert message.startswith("1 row(s) have more cells than the heading has columns (row 3 has 6")


def test_a_heading_with_one_name_more_than_every_row_is_a_publishers_habit():
    table, _ = read(OWN + ",note", ROW, OTHER)
    assert table["note"].tolist() == ["", ""]
    one, _ = read(OWN + ",note", ROW)
    assert one["value"].tolist() == ["4.1"]
    with pytest.raises(InputError, match="cut short"):
        read_table(f"{OWN},note\n{ROW}".encode())


def test_separators_at_the_ends_of_lines_make_no_column():
    table, account = read(OWN + ",,", ROW + ",,", OTHER + ",,")
    assert list(table) == OWN.split(",")
    assert account.remarks == []


@pytest.mark.parametrize("row", [3, 4])
def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_row(row):
    lines = [OWN + ",note", *[f"{ROW},x"] * 6]
    lines[row - 1] = f'{ROW},"x'
    said = f"Row {row}: a cell holds {7 - row} line end(s) and {5 * (7 - row)} separators"
    assert refusal(*lines).startswith(said)
    lines[6] = f'{ROW},"x"'
    assert "a quotation mark is not closed" in refusal(*lines)


@pytest.mark.parametrize("swallowed", [1, 2, 3])
@pytest.mark.parametrize("last", ["\n", ""])
def test_also_the_last_rows_of_a_file_are_not_swallowed(swallowed, last):
    lines = [OWN + ",note", f"{ROW},x", f'{ROW},"x', *[f"{ROW},x"] * swallowed]
    with pytest.raises(InputError, match=r"Row 3: .* the rows after it are swallowed"):
        read_table(("\n".join(lines) + last).encode())


@pytest.mark.parametrize("cell", [f"see\n{OTHER},x\n", f"see\n{OTHER},x\nabove"])
def test_one_row_alone_in_a_cell_that_is_closed_is_refused(cell):
    assert "a quotation mark is not closed" in refusal(OWN + ",note", f'{ROW},"{cell}"', ROW + ",x")


def test_a_cell_that_the_end_of_the_file_closes_is_refused():
    end = f'{OTHER},"cut sh'
    assert "is not closed at the end of the file" in refusal(OWN + ",note", f"{ROW},x", end)
    inches, _ = read(OWN + ",note", f"{ROW},x", f'{OTHER},6" pipes')
    assert inches["note"].tolist() == ["x", '6" pipes']
    closed, _ = read(OWN + ",note", f"{ROW},x", f'{OTHER},"see below,"')
    assert closed["note"].tolist() == ["x", "see below,"]


def test_a_note_of_several_lines_is_no_swallowed_row():
    note = '"Rounded, provisional, and\r\nrevised, later, as said, in 2024, here"'
    table, _ = read(OWN + ",note", f"{ROW},{note}", f"{OTHER},")
    assert table["value"].tolist() == ["4.1", "3.1"]
    table, _ = read(OWN + ",note", f'{ROW},"1,2,3\n"', f"{OTHER},")
    assert table["note"].str.strip().tolist() == ["1,2,3", ""]


def test_the_heading_once_more_is_set_aside():
    table, account = read(OWN, ROW, OWN, OTHER)
    assert table.index.tolist() == [0, 2]
    assert [(aside.rows, aside.examples) for aside in account.set_aside] == [(1, ("row 3",))]
    assert account.rows_read == 3


def test_a_heading_of_other_columns_below_the_first_is_refused():
    turned = "indicator,area_code,period,unit,value"
    assert refusal(OWN, ROW, turned, OTHER).startswith("Row 3 is a heading with other columns")


def test_counts_that_equal_the_ages_above_them_are_no_heading():
    table, _ = read("LSOA11CD,total_population,0,1,2", "E01000001,3,1,1,1", "E01000002,2,0,1,1")
    assert len(table) == 2


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("<!DOCTYPE html>", "web page"),
        ("<?xml version='1.0'?><Error><Code>SlowDown</Code></Error>", "web page"),
        ('{"error": {"code": 429, "message": "Too many"}}', "message in JSON"),
        ('[{"error": "Too many"}]', "message in JSON"),
    ],
)
def test_an_error_message_in_place_of_the_rest_names_its_line(line, what):
    assert refusal(OWN, ROW, line).startswith(f"Line 3 begins a {what}")
    assert refusal(OWN, ROW, "", line).startswith(f"Line 4 begins a {what}")


def test_an_error_page_in_the_last_line_of_the_data_is_refused():
    message = refusal(OWN, ROW, f"{OTHER}<html><body>504 Gateway Time-out</body></html>")
    assert message.startswith("The last line goes on as a web page")


def test_a_stray_byte_names_its_line_and_leaves_the_other_letters_alone():
    lines = [OWN.encode(), "E07000243,Môn,2023,1,%".encode(), b"E07000242,M\xf4n,2023,1,%"]
    with pytest.raises(InputError, match=r"Line 3 holds a byte \(0xf4\) that is not UTF-8"):
        read_table(b"\n".join(lines))
    all_windows = b"\n".join([lines[0], lines[2]])
    assert read_table(all_windows)["indicator"].tolist() == ["Môn"]
    with pytest.raises(InputError, match="Line 2 holds a byte"):
        read_table(b"\xef\xbb\xbf" + all_windows)


def test_a_zero_byte_is_no_text():
    with pytest.raises(InputError, match=r"not text.*Line 2"):
        read_table(f"{OWN}\nE07000243,a\0,2023,1,%\n".encode())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_divides_the_heading(separator):
    lines = [line.replace(",", separator) for line in (OWN, ROW, OTHER)]
    content = "\n".join(["Homes, by district", *lines]).encode()
    assert head(content).columns == tuple(OWN.split(","))
    assert read_table(content)["value"].tolist() == ["4.1", "3.1"]


@pytest.mark.parametrize("cut", [b"\xe2\x80", b"\xc3", b"\xf0\x9f\x98"])
def test_a_file_that_ends_within_a_letter_is_refused_with_its_line(cut):
    for note in (b"", b"\xe2\x80\x93 more"):
        whole = f"{OWN}\n{ROW} ".encode() + note + cut
        with pytest.raises(InputError, match=r"Line 2 ends within a letter of UTF-8.*cut short"):
            read_table(whole)


def test_decimal_commas_become_points_and_the_report_says_so():
    table, account = read("area;value;count", "E07000243;14,26;1.204", "E07000242;9,8;")
    assert table[["value", "count"]].values.tolist() == [["14.26", "1204"], ["9.8", ""]]
    assert account.remarks == ["decimal commas read as points in value, count"]
    for none in ("NA", "[c]", "-", "NaN"):
        beside, _ = read("area;value", "E07000243;14,2", f"E07000242;{none}")
        assert beside["value"].tolist() == ["14.2", none]
    quoted, _ = read("area,value", 'E07000243,"1.204,5"', 'E07000242,"1,204"')
    assert quoted["value"].tolist() == ["1204.5", "1.204"]


def test_a_comma_that_may_be_decimal_or_of_thousands_is_asked_about():
    message = refusal("area;count", "E07000243;1,204", "E07000242;340")
    assert message.startswith("'1,204' in row 2 of the column 'count' may be 1.204 or 1204")
    message = refusal("area;count", "E07000243;1.204", "E07000242;340")
    assert message.startswith("'1.204' in row 2 of the column 'count' may be 1.204 or 1204")
    assert read("area;count;rate", "E07000243;1.204;9.5")[0]["count"].tolist() == ["1.204"]
    for lines in (
        ("area;count;rate", "E07000243;1,204;9.5"),
        ("area,count", 'E07000243,"1,204"'),
        ("area,rate,count", 'E07000243,"1,204.5","1,204"', 'E07000242,"1,2045",'),
    ):
        table, account = read(*lines)
        assert (table["count"][0], account.remarks) == ("1,204", [])


def test_a_second_table_below_is_not_told_as_notes_alone():
    table, account = read(OWN, ROW, OTHER, "", "area_code,deaths", "E07000240,9")
    assert len(table) == 2
    assert "2 row(s) of notes below the table are not read; row 6 among them" in account.remarks[0]
    assert "save it as a file of its own" in account.remarks[0]
    table, account = read(OWN, ROW, OTHER, "# exported on 3 November")
    assert account.remarks == ["1 row(s) of notes below the table are not read"]


def test_titles_above_and_notes_below_are_told_apart_and_rows_keep_their_numbers():
    table, account = read(
        "Table 1: Warm homes, 2023/24",
        "",
        OWN,
        ROW,
        "",
        OTHER,
        "",
        "Note 1: figures are invented.",
        "Source,ONS",
    )
    assert (table.index + 2).tolist() == [4, 6]
    assert account.rows_read == 2
    assert account.remarks == [
        "the heading is in row 3",
        "2 row(s) of notes below the table are not read",
    ]


@pytest.mark.parametrize("note", ["Note: invented", "* invented", "[1] invented", "© Crown"])
def test_notes_need_no_empty_row_above_them(note):
    table, _ = read(OWN, ROW, note)
    assert len(table) == 1


def test_a_row_cut_short_in_its_first_words_is_no_note():
    heading = "name,area_code,period,value,unit"
    with pytest.raises(InputError, match="cut short"):
        read_table(f"{heading}\nEast Herts,E07000242,2023,1,%\nNorth Hertf".encode())


def test_a_row_without_figures_in_the_middle_stays_a_row():
    table, account = read(OWN, ROW, "E07000241,,,,", OTHER)
    assert (len(table), account.rows_read) == (3, 3)


def test_two_rows_run_together_are_not_taken_for_the_heading():
    joined = ROW + OTHER
    assert "row 3 has 9" in refusal(OWN, ROW, joined, OTHER)


def test_errors_of_a_spreadsheet_set_their_row_aside_with_the_cell():
    table, account = read(OWN, ROW, OTHER.replace("3.1", "#DIV/0!"), OTHER.replace("3.1", "####"))
    assert len(table) == 1
    (aside,) = account.set_aside
    assert aside.examples == ("row 3, value: '#DIV/0!'", "row 4, value: '####'")
    assert aside.rows == 2


def test_a_column_that_is_there_twice_with_other_numbers_is_refused():
    message = refusal(OWN + ",value", ROW + ",4.1", OTHER + ",3.2")
    assert message.startswith("The column 'value' is there twice, with different numbers in 1")
    same, _ = read(OWN + ",value", ROW + ",4.1", OTHER + ",3.1")
    assert same["value"].tolist() == ["4.1", "3.1"]


def test_cells_beside_the_table_are_told():
    table, account = read(OWN.replace("period", ""), ROW)
    assert list(table) == ["area_code", "indicator", "value", "unit"]
    assert account.remarks == ["cells without a heading are not read (the first in row 2)"]


def test_row_numbers_of_other_programs_are_passed_over():
    table, account = read("," + OWN, "17," + ROW, "230," + OTHER)
    assert list(table) == OWN.split(",")
    assert account.remarks == []


LAYOUTS = {
    "Fingertips download": (
        "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Age,Category Type,Category,"
        "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator",
        "90366,Life expectancy,{code},A,{sex},All ages,,,{period},{value},{lower},90,,",
    ),
    "Explore Local Statistics": (
        "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,"
        "notes",
        "{code},A,LA,Smokers,{period},{value},Percentage,%,{lower},90,,",
    ),
    "life expectancy by tenth, England": (
        "period,imd_decile,sex,le,hle",
        "{period},{tenth},{sex},{value},{lower}",
    ),
}
CELLS = {
    "code": ("E07000243", "E07000242", "E67000001", "W06000001", "Herts"),
    "sex": ("Male", "Female", "Other"),
    "period": ("2021", "2022", "soon"),
    "value": ("78.9", "12", "", "many", "#N/A"),
    "lower": ("70", "10", "99"),
    "tenth": ("1", "10", "11"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(12))
def test_rows_kept_and_set_aside_add_up_to_those_of_the_file(layout, seed):
    """Rows of the file and rows made beyond those are rows kept or rows set aside, always."""
    dice = random.Random(seed)
    heading, row = LAYOUTS[layout]
    lines = [heading]
    for _ in range(40):
        kind = dice.random()
        cells = {name: dice.choice(texts) for name, texts in CELLS.items()}
        lines.append(heading if kind < 0.05 else "" if kind < 0.1 else row.format(**cells))
    lines += ["", "Note: invented", ""]
    content = "\n".join(lines).encode()
    assert recognise(content).name == layout
    parsed = recognise(content).parse(content, {"index": "imd2019"})
    assert parsed.rows_read == sum(1 for line in lines[1:] if line.count(",") > 2)
    left_out = sum(aside.rows for aside in parsed.set_aside)
    assert parsed.rows_read + parsed.rows_added == len(parsed.frame) + left_out


@pytest.mark.parametrize(
    "heading",
    [
        "IndicatorID,AreaCode,Timeperiod,LowerCI95.0limit,UpperCI95.0limit",
        "Indicator.ID,Area.Code,Time.period,Lower.CI.95.0.limit,Upper.CI.95.0.limit",
        "indicator_id,area_code,time_period,lower_ci95_0_limit,upper_ci95_0_limit",
    ],
)
def test_fingertips_is_read_as_the_clients_for_r_and_python_save_it(heading):
    rest = "IndicatorName,AreaName,Sex,Age,CategoryType,Category,Value,Count,Denominator,Valuenote"
    cells = "92443,E07000243,2023,12.0,18.2,Smoking,Stevenage,Persons,18+ yrs,NA,NA,15.1,420,NA,NA"
    content = f",{heading},{rest}\n1,{cells}\n7,{cells.replace('Persons', 'Male')}\n".encode()
    frame = recognise(content).parse(content, {}).frame
    assert frame[["value", "lower_ci", "upper_ci", "count"]].iloc[0].tolist() == [
        15.1,
        12,
        18.2,
        420,
    ]
    assert frame[["dimension", "note", "status"]].iloc[0].tolist() == ["", "", "ok"]


def test_an_indicator_with_two_names_is_one_indicator():
    heading, row = LAYOUTS["Fingertips download"]
    cells = {"code": "E07000243", "sex": "Male", "period": "2021", "value": "78.9", "lower": "70"}
    line = row.format(**cells)
    content = "\n".join([heading, line, line.replace("Life", "Years of life")]).encode()
    parsed = recognise(content).parse(content, {})
    assert parsed.frame["indicator_name"].tolist() == ["Life expectancy"] * 2
    assert merge.repeats(resolve(parsed.frame, load_catalogue())).tolist() == [False, True]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Smith,John,1970-01-01\nJones,Ann,1980-01-01\n", "3 column(s) and no heading"),
        ("Dear Mrs Smith, your results are these\nand more\n", "2 column(s) and no heading"),
        ("Dear Mrs Smith\n", "1 column(s) and no heading"),
        ("a,b,c,d,e,f\n1,2,3,4,5,6\n", "the columns a, b, c, d, e and 1 more"),
        (f'{{"{"Smith" * 99}": 1}}', "Smith" * 12 + "."),
        ("<a>Smith</a>", "an XML file."),
        ("<html>Smith</html>", "a web page (HTML), perhaps an error page"),
    ],
)
def test_an_unknown_file_is_described_without_its_content(content, said):
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        recognise(content.encode())
    assert "Smith" not in str(caught.value).replace(said, "")


@pytest.mark.parametrize(
    ("last", "end", "is_told"),
    [("12", "", True), ("12", "\n", False), ("900", "", False), ("0", "", False)],
)
def test_a_last_whole_number_that_may_be_cut_short_is_told(last, end, is_told):
    """1250 may have become 12; a small number is possible, and so it stays."""
    lines = ["code,value", *(f"E0700024{n},{1250 + n}" for n in range(3)), f"E07000249,{last}"]
    content = Content(("\n".join(lines) + end).encode())
    assert len(read_table(content)) == 4
    told = [remark for remark in content.account.remarks if "does not end in a line end" in remark]
    assert len(told) == is_told
    assert all(f"({last}, row 5)" in remark for remark in told)
