"""Promises about tables of Stat-Xplore. The rows are made up, in its layouts."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.recognise import recognise

WIDE = (
    '"Year","2020/21","2020/21 - Annotations","2021/22 (p)","2021/22 - Annotations",\n'
    '"National - Regional - LA - OAs",\n"Stevenage",3094,,3327,,\n"Luton","..",,12,r,\n'
)
LONG = (
    '"Table 1"\n"Counting: People on Universal Credit"\n\n'
    '"National - Regional - LA - OAs","Month","Gender","Age band","People"\n'
    '"Stevenage","May 2025","Male","Total",12\n"Stevenage","May 2025","Total","16-24",".."\n'
)


def parse(content: str, **described: str) -> Parsed:
    layout = recognise(content.encode())
    assert layout.name == "Stat-Xplore"
    return layout.parse(content.encode(), described)


def test_each_period_of_each_area_is_a_figure() -> None:
    parsed = parse(WIDE, indicator="Children in low income")
    assert parsed.frame["area_name"].tolist() == ["Stevenage", "Stevenage", "Luton", "Luton"]
    assert parsed.frame["period"].tolist() == ["2020/21", "2021/22"] * 2
    assert (parsed.rows_read, parsed.rows_added, parsed.set_aside) == (2, 2, ())
    assert "row 2 only names the first column" in parsed.remarks


def test_marks_and_dots_are_statuses() -> None:
    rows = parse(WIDE, indicator="Children in low income").frame
    assert rows["status"].tolist() == ["ok", "provisional", "not_available", "ok"]
    assert rows["note"][2] == "shown as '..': nil, negligible or not available"
    assert pd.isna(rows["value"][2])


def test_what_is_counted_is_asked_where_no_title_says_it() -> None:
    with pytest.raises(InputError, match="does not say its indicator"):
        parse(WIDE)
    titled = parse('"Children in low income"\n"Counting: Children"\n\n' + WIDE).frame
    assert set(titled["indicator_name"]) == {"Children in low income: Children"}


@pytest.mark.parametrize("periods", [1, 2, 3])
def test_filters_above_a_narrow_table_are_not_its_heading(periods: int) -> None:
    years = ("2021/22", "2022/23", "2023/24")[:periods]
    heading = ",".join(f'"{text}"' for text in ("Year", *years))
    cells = ",".join("3200" for _ in years)
    table = (
        '"Children in low income"\n"Counting: Children"\n\n"Filters:"\n'
        f'"Default Summation","Children"\n\n{heading},\n"Local Authority",\n"Stevenage",{cells},\n'
        '\n"INFO","Cells are adjusted."\n'
    )
    frame = parse(table).frame
    rows = frame[frame["area_name"] == "Stevenage"]
    assert rows["period"].tolist() == list(years)
    assert set(rows["value"]) == {3200}


def test_one_row_a_figure_is_read_with_its_groups() -> None:
    rows = parse(LONG).frame
    assert rows["sex"].tolist() == ["Male", "Persons"]
    assert rows[["dimension", "subgroup"]].values.tolist() == [["", ""], ["Age band", "16-24"]]
    assert rows["status"].tolist() == ["ok", "not_available"]
    assert set(rows["indicator_name"]) == {"People"}


def test_a_code_beside_the_name_is_taken() -> None:
    coded = WIDE.replace('"Stevenage"', '"E07000243 : Stevenage"')
    row = parse(coded, indicator="Children in low income").frame.iloc[0]
    assert (row["area_code"], row["area_name"]) == ("E07000243", "Stevenage")


def test_a_column_added_to_one_row_a_figure_is_not_taken_for_its_figures() -> None:
    """It was, and the people counted became groups of it."""
    lines = LONG.splitlines()
    added = "\n".join([*lines[:3], f'{lines[3]},"Rank"', f"{lines[4]},1", f"{lines[5]},2"])
    with pytest.raises(InputError, match="two columns of figures, 'People' and 'Rank'"):
        parse(added.replace('".."', "31"))
    ages = '"Local Authority","Month","Age","People"\n'
    single = ages + '"Stevenage","May 2025",16,12\n"Stevenage","May 2025",17,14\n'
    layout = recognise(LONG.encode())
    assert layout.parse(single.encode(), {}).frame["age"].tolist() == ["16", "17"]
