"""Promises about downloads from LG Inform and ScotPHO. The rows are made up, in the layouts."""

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.recognise import recognise


def parse(*lines: str, name: str = "LG Inform") -> Parsed:
    content = ("\n".join(lines) + "\n").encode()
    layout = recognise(content)
    assert layout.name == name
    return layout.parse(content, {})


def test_each_period_is_a_figure_of_the_metric_type() -> None:
    parsed = parse(
        "Area,Area code,Metric type,2023/24,2024/25",
        "Stevenage,E07000243,Percentage of adults who walk,10.5,Suppressed",
        "Luton,E06000032,Walks per 1000,7,Missing",
    )
    rows = parsed.frame
    assert rows["area_code"].tolist() == ["E07000243", "E07000243", "E06000032", "E06000032"]
    assert rows["period"].tolist() == ["2023/24", "2024/25"] * 2
    assert rows["unit"].tolist() == ["%", "%", "per 1000", "per 1000"]
    assert rows["status"].tolist() == ["ok", "suppressed", "ok", "not_available"]
    assert (parsed.rows_read, parsed.rows_added) == (2, 2)


def test_one_row_a_figure_is_read_too_and_areas_may_have_names_alone() -> None:
    rows = parse("Area,Metric type,Period,Value,Unit", "Stevenage,Walks,2023/24,5,walks").frame
    assert rows[["area_code", "area_name", "unit"]].values.tolist() == [["", "Stevenage", "walks"]]


def test_a_column_of_numbers_that_is_no_period_is_named() -> None:
    parsed = parse("Area,Metric type,Type,2023/24,2124/25", "Stevenage,Walks,District,5,6")
    assert parsed.frame["period"].tolist() == ["2023/24"]
    assert parsed.remarks == ("not read, for their headings are no periods: 2124/25",)


def test_a_table_without_a_period_is_refused() -> None:
    with pytest.raises(InputError, match="one column a period"):
        parse("Area,Metric type,Figure", "Stevenage,Walks,5")


@pytest.mark.parametrize(
    "limits", ["lower_confidence_interval,upper_confidence_interval", "lowci,upci"]
)
def test_figures_of_scotland_are_known_and_set_aside_with_the_reason(limits: str) -> None:
    parsed = parse(
        f"indicator,area_name,area_code,area_type,year,period,numerator,measure,{limits}",
        "Deaths,Fife,S12000047,Council area,2022,2022 calendar year,5,10,9,11",
        name="ScotPHO",
    )
    assert parsed.frame.empty
    assert [out.reason for out in parsed.set_aside] == ["outside England: Scotland"]
    assert "compare an area with England's" in parsed.remarks[0]
