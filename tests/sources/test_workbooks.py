"""Workbooks arrive as the text a person sees in them, whichever program wrote them."""

import io
import zipfile
from datetime import date, time

import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from ineqlib.errors import InputError
from ineqlib.sources.base import Content
from ineqlib.sources.beginning import head
from ineqlib.sources.content import read_table
from ineqlib.sources.recognise import recognise, recognise_sheets

from .made_workbooks import PERCENT, ods, ods_number, saved, xls, xlsx, zipped

HEADING = ["area_code", "indicator", "period", "value"]
FIRST = ["E07000243", "Warm homes", "2023/24", 4.1]
SECOND = ["E07000242", "Warm homes", "2023/24", 3.1]


def read(content: bytes) -> tuple[pd.DataFrame, Content]:
    asked = Content(content)
    return read_table(asked), asked


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (0.119, "0.0%", "11.9%"),
        (0.119, "0%", "11.9%"),
        (11.9, '0.0"%"', "11.9"),
        (0.1 + 0.2, "General", "0.3"),
        (3.52590181719555, "0.0", "3.52590181719555"),
        (2023, "General", "2023"),
        (1234567, "#,##0", "1234567"),
        (0.00001, "General", "0.00001"),
        (date(2024, 3, 1), "mmm-yy", "2024-03-01"),
        (time(9, 0), "h:mm", "09:00:00"),
        (True, "General", "TRUE"),
    ],
)
def test_a_cell_is_the_text_that_is_seen_with_all_its_digits(value, shown, text):
    def style(sheet):
        sheet["D2"].number_format = shown

    table, _ = read(saved(HEADING, [*FIRST[:3], value], change=style))
    assert table["value"].tolist() == [text]


def test_the_same_table_comes_from_every_format():
    text = [FIRST[:3], SECOND[:3]]
    files = {
        "xlsx": saved(HEADING, FIRST, SECOND),
        "ods": ods(
            HEADING, *([*row, ods_number(v)] for row, v in zip(text, (4.1, 3.1), strict=True))
        ),
        "xls": xls(HEADING, FIRST, SECOND),
    }
    expected = pd.DataFrame([FIRST, SECOND], columns=HEADING, dtype="str")
    for content in files.values():
        table, asked = read(content)
        pd.testing.assert_frame_equal(table, expected)
        assert table.attrs["sheet"] == asked.account.sheet == "Figures"
        assert recognise(content).name == "your own figures"


@pytest.mark.parametrize(
    "content",
    [
        ods(["area", "value"], ["E07000243", ods_number(0.119, "percentage")]),
        xls(["area", "value"], ["E07000243", (0.119, PERCENT)]),
    ],
    ids=["ods", "xls"],
)
def test_percentages_of_other_formats_are_what_is_seen(content):
    assert read(content)[0]["value"].tolist() == ["11.9%"]


def test_rows_keep_the_numbers_of_the_spreadsheet_between_titles_and_notes():
    content = saved(
        ["Table 1: Warm homes"],
        [],
        HEADING,
        FIRST,
        [],
        SECOND,
        [],
        ["Note 1: invented"],
        ["Source"],
    )
    table, asked = read(content)
    assert (table.index + 2).tolist() == [4, 6]
    assert asked.account.rows_read == 2
    assert asked.account.remarks == [
        "the heading is in row 3",
        "2 row(s) of notes below the table are not read",
    ]
    assert head(content).columns == tuple(HEADING)


def test_every_sheet_with_a_known_table_is_read_and_the_others_are_named():
    sheets = {
        "Cover": [["Warm homes", "Statistics"], ["Published", "2026"]],
        "2022": [HEADING, [*FIRST[:2], "2022/23", 9]],
        "old": [HEADING, SECOND],
    }

    def hide(sheet):
        sheet.parent["old"].sheet_state = "hidden"

    parts, left_out = recognise_sheets(saved(HEADING, FIRST, change=hide, **sheets))
    assert [part.sheet for _, part in parts] == ["Figures", "2022"]
    values = [layout.parse(part, {}).frame["value"].tolist() for layout, part in parts]
    assert values == [[4.1], [9.0]]
    assert left_out == (
        "not read: 1 sheet(s) without a known table: Cover; "
        "1 hidden sheet(s), to be read if shown: old"
    )


def test_the_sheet_is_an_attribute_of_what_is_parsed():
    content = saved(["Warm homes"], Table_1=[HEADING, FIRST])
    assert recognise(content).parse(content, {}).attributes["sheet"] == "Table_1"
    assert (
        "sheet"
        not in recognise(b"area_code,indicator,period,value\n")
        .parse(b"area_code,indicator,period,value\nE07000243,a,2023,1\n", {})
        .attributes
    )


def test_a_workbook_without_a_table_says_so():
    with pytest.raises(InputError, match=r"None of the 1 sheet\(s\)"):
        recognise(saved(["Warm homes"], ["Published 2026"]))


@pytest.mark.parametrize(
    "content",
    [
        saved(HEADING, [*FIRST[:3], "=100*2/3"], [*SECOND[:3], "=D2"], [*SECOND[:3], 5]),
        ods(HEADING, *[[*FIRST[:3], "<table:table-cell table:formula='of:=1/3'/>"]] * 2),
    ],
    ids=["xlsx", "ods"],
)
def test_formulas_without_a_saved_result_are_counted_and_refused(content):
    with pytest.raises(InputError, match=r"2 cells hold a formula without a saved result.*D2, D3"):
        read_table(content)


def test_a_formula_whose_result_is_empty_has_a_result():
    rows = "<row r='1'><c r='A1' t='str'><v>a</v></c><c r='B1' t='str'><v>b</v></c></row>"
    rows += "<row r='2'><c r='A2'><f>1+1</f><v>2</v></c>"
    rows += "<c r='B2' t='str'><f>IF(A2,1)</f><v></v></c></row>"
    assert read(xlsx(f"<sheetData>{rows}</sheetData>"))[0].values.tolist() == [["2", ""]]


def test_cells_stand_under_their_own_heading_in_whatever_order_they_are_stored():
    rows = "<row><c r='B1' t='str'><v>b</v></c><c r='A1' t='str'><v>a</v></c></row>"
    rows += "<row><c r='B2'><v>2</v></c><c r='A2'><v>1</v></c></row>"
    table = read(xlsx(f"<sheetData>{rows}</sheetData>"))[0]
    assert table.to_dict("list") == {"a": ["1"], "b": ["2"]}


def test_error_cells_set_their_row_aside():
    rows = "<row r='1'><c r='A1' t='str'><v>a</v></c><c r='B1' t='str'><v>b</v></c></row>"
    rows += "<row r='2'><c r='A2'><v>1</v></c><c r='B2' t='e'><v>#N/A</v></c></row>"
    rows += "<row r='3'><c r='A3'><v>1</v></c><c r='B3'><v>2</v></c></row>"
    table, asked = read(xlsx(f"<sheetData>{rows}</sheetData>"))
    assert table.index.tolist() == [1]
    assert asked.account.set_aside[0].examples == ("row 2, b: '#N/A'",)


def test_a_merged_cell_stands_beside_every_row_that_it_spans():
    def merge(sheet):
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A5:D5")

    content = saved(HEADING, FIRST, [None, *SECOND[1:]], [], ["Note: invented, all"], change=merge)
    table, asked = read(content)
    assert table["area_code"].tolist() == ["E07000243"] * 2
    assert "1 cell(s) filled from the merged cell that spans them" in asked.account.remarks
    spanned = "<table:table-cell office:value-type='string' table:number-rows-spanned='2'>" + (
        "<text:p>E07000243</text:p></table:table-cell>"
    )
    covered = "<table:covered-table-cell/>"
    table, _ = read(ods(HEADING, [spanned, *FIRST[1:3], "1"], [covered, *FIRST[1:3], "2"]))
    assert table["area_code"].tolist() == ["E07000243"] * 2


def test_hidden_rows_are_read_and_counted():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    for content in (
        saved(HEADING, FIRST, SECOND, change=hide),
        xls(HEADING, FIRST, SECOND, hidden=[2]),
    ):
        table, asked = read(content)
        assert len(table) == 2
        assert "1 hidden row(s) are read like the others" in asked.account.remarks


def test_what_is_struck_out_is_read_and_told():
    def strike(sheet):
        sheet["D3"].font = Font(strike=True)
        sheet["D2"].font = Font(strike=False, bold=True)

    table, asked = read(saved(HEADING, FIRST, SECOND, change=strike))
    assert table["value"].tolist() == ["4.1", "3.1"]
    (remark,) = asked.account.remarks
    assert remark.startswith("1 cell(s) are struck out and read like the others (D3)")


def test_a_period_that_the_spreadsheet_made_a_date_of_is_refused_with_its_cell():
    content = saved(HEADING, FIRST, [*SECOND[:2], date(2024, 3, 1), 3.1])
    with pytest.raises(InputError, match=r"1 row\(s\): period cannot be read.*period, cell C3"):
        read_table(content)


def test_a_heading_that_the_spreadsheet_made_the_first_of_a_month_is_refused_with_its_cell():
    """2010-11 and Nov 2010 look alike then, and were read as one day."""
    heading, row = ["Area", "Metric type"], ["Stevenage", "Claimants", 1, 2]
    with pytest.raises(InputError, match=r"1 column\(s\) are headed by.*cell D1: 2010-11-01"):
        read_table(saved([*heading, "2009/10", date(2010, 11, 1)], row))
    days = [date(2023, 3, 31), date(2024, 3, 31)]
    assert list(read_table(saved([*heading, *days], row)))[2:] == ["2023-03-31", "2024-03-31"]


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("#,##0", "1190000"),
        ("#,##0,", "1190000 (shown in thousands)"),
        ('0.0,,"m"', "1190000 (shown in millions)"),
        ('#,##0.0" per 1,000"', "1190000"),
        ("#,##0;(#,##0,)", "1190000"),
    ],
)
def test_a_number_that_is_shown_in_thousands_is_not_taken_for_what_is_stored(number_format, text):
    def shown(sheet):
        sheet["D2"].number_format = number_format

    assert read(saved(HEADING, [*FIRST[:3], 1190000], change=shown))[0]["value"].tolist() == [text]


def test_comments_and_hidden_texts_are_no_part_of_a_cell():
    def comment(sheet):
        sheet["D2"].comment = Comment("ask Ann", "Bob")

    assert read(saved(HEADING, FIRST, change=comment))[0]["value"].tolist() == ["4.1"]
    noted = (
        "<table:table-cell office:value-type='string'><office:annotation><text:p>ask Ann</text:p>"
        "</office:annotation><text:p>E07<text:s/>x</text:p></table:table-cell>"
    )
    assert read(ods(["a", "b"], [noted, "1"]))[0]["a"].tolist() == ["E07 x"]
    sounds = "<is><t>E</t><rPh><t>i</t></rPh><r><t>07</t></r></is>"
    row = f"<c t='inlineStr'>{sounds}</c><c><v>1</v></c>"
    names = "<c t='str'><v>a</v></c><c t='str'><v>b</v></c>"
    content = xlsx(f"<sheetData><row>{names}</row><row>{row}</row></sheetData>")
    assert read(content)[0].values.tolist() == [["E07", "1"]]


RAISED = "<rPr><vertAlign val='superscript'/></rPr>"
BOTH = "<is><r><t>4.1</t></r><r>" + RAISED + "<t>2</t></r></is>"
AN_ORDINAL = "<is><r><t>1</t></r><r>" + RAISED + "<t>st</t></r></is>"
ODS_STYLES = (
    "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:style='s'>"
    "<office:automatic-styles><style:style style:name='T1'><style:text-properties "
    "style:text-position='super 58%'/></style:style></office:automatic-styles>"
)


def ods_with_raised(plain: str, raised: str) -> bytes:
    span = f"<text:p>{plain}<text:span text:style-name='T1'>{raised}</text:span></text:p>"
    cell = f"<table:table-cell office:value-type='string'>{span}</table:table-cell>"
    archive = zipfile.ZipFile(io.BytesIO(ods(["a", "b"], ["x", cell])))
    members = {name: archive.read(name).decode() for name in archive.namelist()}
    beginning = members["content.xml"].index("<office:body>")
    members["content.xml"] = ODS_STYLES + members["content.xml"][beginning:]
    return zipped(members)


def xlsx_with(cell: str) -> bytes:
    names = "<c t='str'><v>a</v></c><c t='str'><v>b</v></c>"
    row = f"<c t='str'><v>x</v></c><c t='inlineStr'>{cell}</c>"
    return xlsx(f"<sheetData><row>{names}</row><row>{row}</row></sheetData>")


@pytest.mark.parametrize(
    ("raised", "ordinal"),
    [
        (xlsx_with(BOTH), xlsx_with(AN_ORDINAL)),
        (ods_with_raised("4.1", "2"), ods_with_raised("1", "st")),
        (xls(["a", "b"], ["x", ["4.1", "2"]]), xls(["a", "b"], ["x", ["1", "st"]])),
    ],
    ids=["xlsx", "ods", "xls"],
)
def test_the_raised_mark_of_a_note_is_no_figure_of_a_number(raised, ordinal):
    """4.1 with a note 2 was read as 4.12."""
    table, asked = read(raised)
    assert table["b"].tolist() == ["4.1"]
    assert "1 cell(s) are read without the raised mark of a note (B2)" in asked.account.remarks
    table, asked = read(ordinal)
    assert table["b"].tolist() == ["1st"]
    assert not asked.account.remarks


def test_a_mark_in_a_text_that_cells_share_is_told_with_each_cell():
    def mark(sheet):
        raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
        sheet["B2"] = sheet["B3"] = CellRichText("Warm homes", raised)

    table, asked = read(saved(HEADING, FIRST, SECOND, change=mark))
    assert set(table["indicator"]) == {"Warm homes"}
    assert asked.account.remarks == [
        "2 cell(s) are read without the raised mark of a note (B2, B3)"
    ]


def test_letters_that_excel_writes_by_their_number_are_read():
    cell = "<is><t>Warm_x000D_\n homes_x005F_x0041_ _xD83D_</t></is>"
    assert read(xlsx_with(cell))[0]["b"].tolist() == ["Warm homes_x0041_ _xD83D_"]


@pytest.mark.parametrize(("old", "new"), [("xl/workbook.xml", "xl/workbook22.xml"), ("/", "\\")])
def test_parts_of_other_names_are_found(old, new):
    """Some services number the part that lists the sheets, or part folders as Windows does."""
    archive = zipfile.ZipFile(io.BytesIO(saved(HEADING, FIRST)))
    members = {name.replace(old, new): archive.read(name) for name in archive.namelist()}
    if new.endswith("22.xml"):
        links = members.pop("xl/_rels/workbook.xml.rels")
        members["xl/_rels/workbook22.xml.rels"] = links
        members["_rels/.rels"] = members["_rels/.rels"].replace(old.encode(), new.encode())
    assert read(zipped(members))[0]["value"].tolist() == ["4.1"]


def test_numbers_as_headings_are_text():
    with pytest.raises(
        InputError, match=r"1 column\(s\) of your own figures are headed by a period: '2024'"
    ):
        content = saved([*HEADING, 2024], [*FIRST, 5])
        recognise(content).parse(content, {})


def test_published_layouts_are_read_from_a_workbook():
    imd = "Index of Multiple Deprivation (IMD)"
    names = [
        *("LSOA code (2021)", "LSOA name (2021)", "Local Authority District code (2024)"),
        *(f"{imd} Rank (where 1 is most deprived)", f"{imd} Decile (where 1 is most deprived 10%)"),
    ]
    rows = [["E01000001", "A", "E07000243", 1, 1], ["E01000002", "B", "E07000243", 2, 10]]
    content = saved(["Notes"], data=[names, *rows])
    assert recognise(content).name == "Indices of Deprivation, small areas (File 7)"
    parsed = recognise(content).parse(content, {})
    assert parsed.frame["decile"].tolist() == [1, 10]
    assert parsed.rows_read == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "no workbook"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "binary workbook"),
        (
            zipped({"Index/Document.iwa": "", "Metadata/Properties.plist": ""}),
            "Apple Numbers: export",
        ),
        (zipped({"[Content_Types].xml": "", "xl/styles.xml": ""}), "lacks its part xl/workbook"),
        (xlsx("<sheetData><row>"), "sheet1.xml is damaged"),
        (xlsx("<sheetData><row><c t='s'><v>7</v></c></row></sheetData>"), "sheet1.xml is damaged"),
        (xlsx("<sheetData><row r='x'/></sheetData>"), "sheet1.xml is damaged"),
        (xls(HEADING, FIRST)[:900], "cannot be read: open it in Excel"),
        (ods(HEADING)[:80], "cannot be opened"),
    ],
    ids=range(9),
)
def test_damaged_workbooks_are_refused_in_words(content, said):
    with pytest.raises(InputError, match=said):
        recognise(content)


@pytest.mark.parametrize(
    ("number_format", "value", "text"),
    [
        ('[<5]"[c]";0', 3, "[c]"),
        ('[<5]"[c]";0', 7, "7"),
        ('[<0.05]"<5%";0.0%', 0.03, "<5%"),
        ('[<0.05]"<5%";0.0%', 0.3, "30%"),
        ('[>=5]0;"*"', 4, "*"),
        (";;;", 3, ""),
        ('0.0%;;"-"', 0, "0%"),  # a nought, however it is shown
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 3, "3"),
    ],
)
def test_a_number_that_the_format_hides_is_not_read(number_format, value, text):
    def style(sheet):
        sheet["D2"].number_format = number_format

    table, _ = read(saved(HEADING, [*FIRST[:3], value], SECOND, change=style))
    assert table["value"].tolist() == [text, "3.1"]
