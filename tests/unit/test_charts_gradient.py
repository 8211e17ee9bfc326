import pytest

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient
from ineqlib.errors import InputError
from ineqlib.facts.deprivation_line import LineEnd

from .chart_records import group_points, line_ends

LABELS = Labels("gradient", "Steep", "Life expectancy, Ambridge", "It rises.", "Made up")
LINE = line_ends((0.0, 74.5), (1.0, 79.5))


def draw(
    values: list[float | None], line: tuple[LineEnd, ...] = (), status: str = "not_available"
) -> Figure:
    return gradient(group_points(values, status), line, LABELS, unit="years")


def test_table_holds_groups_and_both_ends_of_the_line() -> None:
    table = draw([75.0, 77.0, 79.0, 80.0], LINE).table
    assert table["Value"].tolist() == [
        *["75.0 years", "77.0 years", "79.0 years", "80.0 years"],
        *["74.5 years", "79.5 years"],
    ]
    assert table["95% interval"].tolist()[3:] == ["79.0 to 81.0", "[z]", "[z]"]
    assert table["Share of the population"][0] == "25.0%"
    assert table["Group"][4] == "Fitted line, most deprived end"


def test_values_are_written_where_they_fit_else_at_the_two_ends() -> None:
    assert "75.0</text>" in draw([75.0, 77.0]).svg
    crowded = draw([1000.0 + ten for ten in range(10)]).svg
    assert "1,000.0<" in crowded
    assert "1,009.0<" in crowded
    assert "1,004.0<" not in crowded


def test_a_missing_group_is_not_drawn_but_the_table_says_why() -> None:
    figure = draw([75.0, None, 79.0], status="suppressed")
    assert len(figure.datasets[figure.spec["data"]["name"]]) == 2
    assert figure.table["Value"].tolist() == ["75.0 years", "[c]", "79.0 years"]


def test_an_unknown_share_of_the_population_is_not_given() -> None:
    groups = [group._replace(share=None) for group in group_points([75.0, 79.0])]
    table = gradient(groups, (), LABELS, unit="years").table
    assert table["Share of the population"].tolist() == ["[x]", "[x]"]


def test_the_line_is_drawn_only_where_there_is_one() -> None:
    assert "Fitted line" in draw([75.0, 79.0], LINE).svg
    assert "Fitted line" not in draw([75.0, 79.0]).svg


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        draw([None, None])
