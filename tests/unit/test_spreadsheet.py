"""No table that we write holds what a spreadsheet would run, whoever gave the words in it."""

import ast
import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from ineqlib import spreadsheet
from ineqlib.spreadsheet import csv_of_frame, csv_of_rows, csv_text

PACKAGE = Path(spreadsheet.__file__).parent
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
WRITERS = {
    *("csv.writer", "csv.DictWriter", "openpyxl.Workbook", "xlsxwriter"),
    *("to_csv", "to_excel"),
}
"""What writes tables in the libraries we use; the last two are methods of a frame."""
ALLOWED = {
    "spreadsheet.py": "the one that knows what a formula is",
    "document/workbook.py": "marks every text in a cell as text",
    "workbench/templates.py": "an empty table with headings of our own",
    "briefings/methods/published.py": "never written: read again at once",
    "sources/layouts/stat_xplore_cube.py": "never written: read again at once",
    "sources/reading/records.py": "never written: read again at once",
}
FORMULA = '=HYPERLINK("x")'


def writers_in(source: str) -> set[str]:
    """Return which writers of tables a module uses or imports."""
    names = set()
    if not any(writer.rpartition(".")[2] in source for writer in WRITERS):
        return names
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            names |= {node.attr, f"{ast.unparse(node.value)}.{node.attr}"}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names & WRITERS


def test_only_those_that_guard_against_formulas_write_tables() -> None:
    sources = {file: (PACKAGE / file).read_text(encoding="utf-8") for file in FILES}
    writing = {file for file, source in sources.items() if writers_in(source)}
    assert writing - {*ALLOWED} == set(), "these are to use ineqlib.spreadsheet"
    assert {*ALLOWED} - writing == set(), "these write no tables any more"


def test_a_writer_is_seen_however_it_is_named() -> None:
    assert writers_in("import csv\ndef f(): csv.writer(x)") == {"csv.writer"}
    assert writers_in("from csv import DictWriter as D") == {"csv.DictWriter"}
    assert writers_in("frame.to_csv()") == {"to_csv"}


@pytest.mark.parametrize("name", ["csv_text", "csv_of_rows", "csv_of_frame"])
def test_texts_and_headings_are_guarded_and_numbers_are_not(name: str) -> None:
    columns = {FORMULA: [FORMULA, "Ash"], "value": [-0.5, -2.0]}
    text = {
        "csv_text": lambda: csv_text(columns),
        "csv_of_rows": lambda: csv_of_rows([[*columns], *zip(*columns.values(), strict=True)]),
        "csv_of_frame": lambda: csv_of_frame(pd.DataFrame(columns)),
    }[name]()
    heading, first, second = csv.reader(io.StringIO(text, newline=""))
    assert heading == [f"'{FORMULA}", "value"]
    assert first == [f"'{FORMULA}", "-0.5"]
    assert second == ["Ash", "-2.0"]


@pytest.mark.parametrize("dtype", ["object", "string", "category"])
def test_a_column_is_guarded_whatever_its_type(dtype: str) -> None:
    frame = pd.DataFrame({"name": pd.Series([FORMULA], dtype=dtype)})
    assert csv_of_frame(frame).splitlines()[1] == '"\'=HYPERLINK(""x"")"'
