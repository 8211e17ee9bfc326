"""Tables of Stat-Xplore as CSV: areas by name, one column a period, with or without annotations.

And as its interface answers, in JSON.
"""

import re

import pandas as pd

from ineqlib.errors import InputError
from ineqlib.sources.base import Head, Layout, Parsed, Source, stated_by_user
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import (
    NOT_AVAILABLE,
    in_shorthand,
    is_period,
    lengthened,
    statements,
    titles_above,
    unit_in,
    with_rows_added,
    without_mark,
)
from ineqlib.sources.layouts.stat_xplore_cube import as_file
from ineqlib.sources.not_read import put_together
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="stat_xplore",
    title="Stat-Xplore",
    publisher="Department for Work and Pensions",
    licence="Open Government Licence v3.0",
    attribution=(
        "Department for Work and Pensions, Stat-Xplore. Contains public sector information "
        "licensed under the Open Government Licence v3.0."
    ),
)

_ANNOTATIONS = re.compile(r"(.*?) ?- Annotations", re.IGNORECASE)
_TIMES = ("year", "month", "quarter", "financial year", "date", "time")
_GEOGRAPHY = re.compile(r"National - Regional - .*|Geography.*|Local Authority.*", re.IGNORECASE)
_HEADINGS = (
    *("National - Regional - LA - OAs", "Geography (residence-based)", "Local Authority"),
    *("Year", "Financial Year", "Quarter", "Month", "Date", "Time"),
    *("Gender", "Sex", "Age", "Age band"),
)
_CODED = re.compile(r"([A-Z]\d{8})(?:\s*[:\-]\s*|\s+)(.*)|(.*?)\s*\(([A-Z]\d{8})\)")
_SIGNS = {"..": NOT_AVAILABLE, "-": NOT_AVAILABLE, "n/a": NOT_AVAILABLE}
_NOT_SHOWN = "shown as '..': nil, negligible or not available"
_MORE = ("info", "filters", "counting", "default summation", "table", "total")


def _matches(head: Head) -> bool:
    names = [name for name in head.columns if name]
    if any(_ANNOTATIONS.fullmatch(name) for name in names):
        return True
    if any(re.match("National - Regional - ", name) for name in names):
        return True
    periods = [name for name in names[1:] if is_period(name)]
    return names[:1] != [] and names[0].casefold() in _TIMES and len(periods) == len(names) - 1 > 0


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    whole = read_csv_text(content, (), "a table of Stat-Xplore")
    table = whole[[name for name in whole if not _ANNOTATIONS.fullmatch(name)]]
    marks = {match[1]: whole[name] for name in whole if (match := _ANNOTATIONS.fullmatch(name))}
    titles = titles_above(content)
    periods = [name for name in table.columns[1:] if is_period(name)]
    if periods and len(periods) == len(table.columns) - 1:
        raw = lengthened(table, periods, "period").rename(columns={table.columns[0]: "area_name"})
        name = _name(titles, described)
    else:
        raw, name = _long(table, described)
    raw = _with_marks(raw, marks)
    parts = raw["area_name"].map(_code_and_name)
    raw = raw.assign(
        area_code=[code for code, _ in parts],
        area_name=[words for _, words in parts],
        publisher="stat_xplore",
        publisher_id=name.casefold(),
        indicator_name=name,
        unit=described.get("unit") or unit_in(name),
    )
    raw.attrs = whole.attrs
    kind = described.get("period_kind", "")
    parsed = tidy(raw, stated(SOURCE, described), period_kind=kind, by_name=True)
    return with_rows_added(parsed, len(whole))


def _long(table: pd.DataFrame, described: dict[str, str]) -> tuple[pd.DataFrame, str]:
    """Read the form with one row a figure: columns of places, times, groups and one of values."""
    areas = next((name for name in table if _GEOGRAPHY.fullmatch(name)), None)
    times = next((name for name in table if name.casefold() in _TIMES), None)
    values = table.columns[-1]
    if areas is None or values in (areas, times):
        raise InputError(
            "A table of Stat-Xplore with neither a column a period nor one row a figure. Put the "
            "areas in the rows and the periods in the columns, and download it as CSV again."
        )
    if is_period(values) or table[values].str.fullmatch(r"[^\d]*").all():
        raise InputError(
            "The table of Stat-Xplore has other columns between its areas and its periods. Put "
            "areas in rows, periods in columns and everything else under Filters, or download "
            "'String Value CSV'."
        )
    _refuse_second_figures(table, values)
    if summed := put_together(table):
        raise InputError(f"Expected a table of Stat-Xplore, but {summed}.")
    some = {
        name: table[name].mask(table[name].str.casefold().isin(["total", "all"]), "")
        for name in table
        if name not in (areas, times, values)
    }
    people = {
        column: some.pop(name)
        for name, column in (("Gender", "sex"), ("Sex", "sex"), ("Age", "age"))
        if name in some
    }
    raw = pd.DataFrame(
        {
            "area_name": table[areas],
            "period": table[times] if times else stated_by_user(described, "period", "2024"),
            "value": table[values],
            "dimension": _joined(
                [column.where(column == "", name) for name, column in some.items()],
                table.index,
                " and ",
            ),
            "subgroup": _joined(list(some.values()), table.index, ", "),
            **people,
        }
    )
    return raw, described.get("indicator") or values


def _refuse_second_figures(table: pd.DataFrame, values: str) -> None:
    """Refuse a table with a second column of numbers that parts no two rows."""
    for name in table.columns.drop(values):
        others = table.columns.drop([name, values])
        is_number = table[name].str.fullmatch(r"-?[\d,]*\.?\d+").all()
        if is_number and table[name].nunique() > 1 and not table.duplicated(list(others)).any():
            raise InputError(
                f"The table of Stat-Xplore has two columns of figures, '{name}' and '{values}'. "
                "Leave out what was added to the download."
            )


def _joined(columns: list[pd.Series], index: pd.Index, between: str) -> pd.Series:
    text = pd.Series("", index)
    for column in columns:
        both = (text != "") & (column != "")
        text = text + both.map({True: between, False: ""}) + column
    return text


def _with_marks(raw: pd.DataFrame, marks: dict[str, pd.Series]) -> pd.DataFrame:
    """Read values with their signs, and whether a period or a cell is marked as provisional."""
    parts = {text: without_mark(text) for text in raw["period"].unique()}
    shown = in_shorthand(raw["value"], _SIGNS)
    beside = [
        marks[parts[period][0]].get(row, "") if parts[period][0] in marks else ""
        for row, period in zip(raw.index, raw["period"], strict=True)
    ]
    mark = pd.Series(beside, raw.index, dtype="str").str.strip("() ").str.casefold()
    mark = mark.mask(~mark.isin(["p", "r"]), raw["period"].map(lambda text: parts[text][1]))
    hidden = shown["status"] != ""
    return raw.assign(
        value=shown["value"],
        status=shown["status"].where(hidden, mark),
        note=hidden.map({True: _NOT_SHOWN, False: ""}),
        period=raw["period"].map(lambda text: parts[text][0]),
    )


def _name(titles: list[list[str]], described: dict[str, str]) -> str:
    """Name what is counted: the title of the table, what it counts, and its filters."""
    if "indicator" in described:
        return described["indicator"]
    stated_above = statements(titles)
    title = next((row[0] for row in titles if not row[0].casefold().startswith(_MORE)), "")
    counted = stated_above.get("counting", "")
    filters = [text for key, text in stated_above.items() if key not in (*_MORE, title.casefold())]
    parts = dict.fromkeys(filter(None, [title.rstrip(":"), counted, *filters]))
    return ": ".join(parts) or stated_by_user(described, "indicator", "Children in low income")


def _code_and_name(text: str) -> tuple[str, str]:
    """Part a code from the name beside it, where the table shows both.

    Examples
    --------
    >>> _code_and_name("Stevenage"), _code_and_name("E07000243 : Stevenage")
    (('', 'Stevenage'), ('E07000243', 'Stevenage'))
    """
    match = _CODED.fullmatch(text)
    if not match:
        return "", text
    return match[1] or match[4], (match[2] or match[3] or "").strip()


def _is_answer(head: Head) -> bool:
    return {"fields", "cubes"} <= set(head.properties)


def _parse_answer(content: bytes, described: dict[str, str]) -> Parsed:
    return _parse(as_file(content), described)


LAYOUTS = (
    Layout("Stat-Xplore", _matches, _parse, _HEADINGS),
    Layout("Stat-Xplore's interface", _is_answer, _parse_answer),
)
