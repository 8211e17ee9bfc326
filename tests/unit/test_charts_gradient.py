import pytest

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient, gradient_scale
from ineqlib.charts.layout import CUT
from ineqlib.charts.theme import ORANGE
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


def test_every_value_is_written_and_every_other_one_below_where_they_are_close() -> None:
    figure = draw([1000.0 + ten for ten in range(10)])
    assert all(f">1,00{ten}.0</text>" in figure.svg for ten in range(10))
    rows = figure.datasets[figure.spec["data"]["name"]]
    assert [row["below"] for row in rows] == [False, True] * 5
    wide = draw([75.0, 77.0])
    assert not any(row["below"] for row in wide.datasets[wide.spec["data"]["name"]])


def test_two_charts_side_by_side_share_a_scale_that_holds_both() -> None:
    men, women = group_points([75.0, 79.0]), group_points([80.0, 84.0])
    scale = gradient_scale([*men, *women], [])
    drawn = [gradient(each, (), LABELS, unit="years", scale=scale) for each in (men, women)]
    assert drawn[0].spec["params"] == drawn[1].spec["params"]
    assert scale.low < 74
    assert scale.high > 85


def test_the_fitted_line_is_quiet() -> None:
    assert ORANGE not in draw([75.0, 79.0], LINE).svg


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


def test_the_chart_itself_says_that_its_scale_omits_zero() -> None:
    assert draw([75.0, 79.0]).labels.subtitle == f"{LABELS.subtitle}; {CUT}"
    assert draw([20.0, 79.0]).labels == LABELS
