"""Promises about tables in the layout of WHO's HIDR and HEAT. The rows are made up."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.recognise import recognise

from .made_workbooks import saved

HEADING = (
    "setting,date,source,indicator_abbr,indicator_name,dimension,subgroup,subgroup_order,"
    "ordered_dimension,estimate,se,ci_lb,ci_ub,population,flag,setting_average,indicator_scale"
)


def parse(*lines: str, heading: str = HEADING, **described: str) -> Parsed:
    content = ("\n".join([heading, *lines]) + "\n").encode()
    layout = recognise(content)
    assert layout.name == "WHO Health Inequality Data Repository"
    return layout.parse(content, described)


def row(
    setting: str = "England",
    group: str = "Wealth quintile,Quintile 1 (poorest),1,1",
    value: str = "75.5,1.2,73,78",
    scale: str = "100",
) -> str:
    return f"{setting},2022,Survey,born,Births attended,{group},{value},210,,80,{scale}"


def test_dimensions_and_subgroups_are_the_contracts_and_the_average_is_everybodys() -> None:
    parsed = parse(row(), row(group="Wealth quintile,Quintile 2,2,1"))
    groups = parsed.frame[parsed.frame["dimension"] != ""]
    assert groups["subgroup"].tolist() == ["Quintile 1 (poorest)", "Quintile 2"]
    assert groups["subgroup_order"].tolist() == [1, 2]
    assert set(groups["denominator"]) == {210}
    [everybody] = parsed.frame.loc[parsed.frame["dimension"] == "", "value"]
    assert everybody == 80
    assert (parsed.rows_read, parsed.rows_added) == (2, 1)


def test_sex_is_sex_and_groups_without_an_order_have_none() -> None:
    rows = parse(row(group="Sex,Female,0,0"), row(group="Subnational region,North,0,0")).frame
    assert rows["sex"].tolist()[:2] == ["Female", "Persons"]
    assert rows["dimension"].tolist()[:2] == ["", "Subnational region"]
    assert rows["subgroup_order"].isna().all()


@pytest.mark.parametrize(
    ("scale", "unit"), [("100", "%"), ("1000", "per 1,000"), ("100000.0", "per 100,000"), ("1", "")]
)
def test_the_scale_is_the_unit(scale: str, unit: str) -> None:
    assert set(parse(row(scale=scale)).frame["unit"]) == {unit}


def test_other_countries_are_set_aside_and_english_areas_go_by_code() -> None:
    parsed = parse(row(), row(setting="Norway"), row(setting="E07000243"))
    assert set(parsed.frame["area_code"]) == {"E92000001", "E07000243"}
    [aside] = parsed.set_aside
    assert "write its code" in aside.reason
    assert aside.examples == ("row 3: 'Norway'",)


def test_an_estimate_that_is_missing_says_so() -> None:
    read = parse(row(value="NA,NA,NA,NA")).frame.iloc[0]
    assert read["status"] == "not_available"
    assert pd.isna(read["value"])


def test_a_table_without_setting_and_date_is_asked_for_them() -> None:
    heading = "indicator,dimension,subgroup,estimate,population,favourable_indicator"
    line = "Births attended (%),Region,North,91.5,60,1"
    with pytest.raises(InputError, match="`area: E92000001`"):
        parse(line, heading=heading)
    with pytest.raises(InputError, match="does not say its period"):
        parse(line, heading=heading, area="E92000001")
    read = parse(line, heading=heading, area="E92000001", period="2022").frame.iloc[0]
    assert (read["area_code"], read["period"], read["unit"]) == ("E92000001", "2022", "%")


def test_an_average_that_differs_from_row_to_row_is_left_out_and_said():
    groups = (row(), row(group="Wealth quintile,Quintile 2,2,1").replace(",80,", ",81,"))
    parsed = parse(*groups)
    assert set(parsed.frame["dimension"]) == {"Wealth quintile"}
    assert "setting_average differs: row 2: 80, row 3: 81" in " ".join(parsed.remarks)
    same = parse(row(), row(group="Wealth quintile,Quintile 2,2,1").replace(",80,", ",80.0,"))
    assert same.frame.loc[same.frame["dimension"] == "", "value"].tolist() == [80]


HIDR = [
    "setting", "date", "indicator_name", "dimension", "subgroup", "subgroup_order",
    "ordered_dimension", "reference_subgroup", "estimate", "se", "ci_lb", "ci_ub", "flag",
    "whoreg6", "wbincome2025", "update",
]  # fmt: skip


def test_the_workbook_of_a_data_set_is_read() -> None:
    end = ["", "European", "High income", "June 2026"]
    group = ["England", 2024, "Vaccinated (%)", "Economic status (wealth quintile)"]
    content = saved(
        HIDR,
        [*group, "Quintile 1 (poorest)", 1, 1, 0, 81.5, 0.4, 80.7, 82.3, *end],
        [*group, "Quintile 5 (richest)", 5, 1, 1, 92.0, 0.3, 91.4, 92.6, *end],
        ["France", *group[1:], "Quintile 1 (poorest)", 1, 1, 0, 70.0, 1, 68, 72, *end],
    )
    parsed = recognise(content).parse(content, {})
    assert parsed.frame["area_code"].unique().tolist() == ["E92000001"]
    assert parsed.frame["subgroup_order"].tolist() == [1, 5]
    assert parsed.frame["lower_ci"].tolist() == [80.7, 91.4]
    assert [out.rows for out in parsed.set_aside] == [1]
