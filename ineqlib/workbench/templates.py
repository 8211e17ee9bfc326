"""Templates for own figures: a workbook and a CSV file, to be filled in as they are."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ineqlib.errors import OutputError
from ineqlib.spreadsheet import csv_of_rows

XLSX, CSV = "own-figures.xlsx", "own-figures.csv"

COLUMNS = {
    "area_code": ("needed", "A letter and eight digits", "E07000243", "E07000243"),
    "area_name": ("", "The area's name", "Stevenage", "Stevenage"),
    "indicator": (
        *("needed", "A name of your own, or one of the catalogue (`ineq indicators`)"),
        *("Warm homes visits", "Warm homes visits"),
    ),
    "period": (
        *("needed", "2023, 2023/24, 2021 - 23 or Mar 2023, typed as text"),
        *("2023/24", "2022/23"),
    ),
    "sex": ("", "Persons, Male or Female; empty means Persons", "Persons", "Persons"),
    "age": ("", "As published elsewhere, such as 18+ yrs", "", ""),
    "value": ("needed", "[c] where it is withheld, [x] where there is none", 4.1, "[c]"),
    "lower_ci": ("", "Lower 95% confidence limit", 3.2, ""),
    "upper_ci": ("", "Upper 95% confidence limit", 5.2, ""),
    "count": ("", "Events, such as visits", 74, ""),
    "denominator": ("", "What the events are out of", 1805, 1790),
    "unit": ("", "%, per 1,000, years …; of the catalogue's indicators, the catalogue's", "%", "%"),
    "note": ("", "What a reader must know about this figure", "", "Fewer than 8 visits"),
}
"""Column of the templates -> whether it is needed, what it holds, and two examples."""

_TEXT = "@"
_TEXTS = ("area_code", "period", "age")
"""Columns whose cells a spreadsheet must not read as dates or numbers."""
_LAST_ROW = 2_000
_HEADING = PatternFill("solid", fgColor="DDE7F3")


def write_templates(folder: Path) -> None:
    """Write both templates into a folder.

    Raises
    ------
    OutputError
        They cannot be written.
    """
    try:
        _workbook().save(folder / XLSX)
        # With a byte-order mark, without which Excel garbles accents that are typed into it.
        (folder / CSV).write_bytes(csv_of_rows([list(COLUMNS)]).encode("utf-8-sig"))
    except OSError as error:
        raise OutputError(f"No template can be written into {folder}: {error}.") from error


def _workbook() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "Figures"
    _head(sheet, list(COLUMNS))
    for number, name in enumerate(COLUMNS, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(12, len(name) + 2)
        if name in _TEXTS:
            sheet.column_dimensions[letter].number_format = _TEXT
        if name == "sex":
            choice = DataValidation("list", formula1='"Persons,Male,Female"', allow_blank=True)
            choice.error = "Persons, Male or Female"
            choice.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    _explain(book.create_sheet("How to fill it in"))
    return book


def _explain(sheet: Worksheet) -> None:
    lines = [
        "One row for each figure, on the sheet “Figures”. Columns not needed may stay empty.",
        "Only aggregates that may be published: nothing about one person; [c] for a small count.",
        "Save it, then ask `ineq check own-figures.xlsx` whether it can be used.",
    ]
    for words in lines:
        sheet.append([words])
    sheet.append([])
    sheet.append(["Column", "", "What it holds", "Example", "Withheld"])
    for name, cells in COLUMNS.items():
        sheet.append([name, *cells])
    for row in (1, 5):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    for letter, width in (("A", 14), ("B", 8), ("C", 70), ("D", 18), ("E", 18)):
        sheet.column_dimensions[letter].width = width


def _head(sheet: Worksheet, names: list[str]) -> None:
    sheet.append(names)
    for cell, (needed, *_) in zip(sheet[1], COLUMNS.values(), strict=True):
        cell.font = Font(bold=bool(needed))
        cell.fill = _HEADING
        cell.alignment = Alignment(vertical="top")
