import numpy as np
import pandas as pd
import pytest

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient import beside, gradient
from ineqlib.errors import InputError

LABELS = Labels("gradient", "Steep", "Life expectancy, Ambridge", "It rises.", "Made up")
NO_LINE = pd.DataFrame({"rank": [], "fitted": []})
LINE = pd.DataFrame({"rank": [0.0, 1.0], "fitted": [74.5, 79.5]})


def groups(values: list[float]) -> pd.DataFrame:
    value, k = np.array(values), len(values)
    return pd.DataFrame(
        {
            "order": range(1, k + 1),
            "label": [f"Group {number}" for number in range(1, k + 1)],
            "value": value,
            "lower_ci": value - 1,
            "upper_ci": value + 1,
            "start": np.arange(k) / k,
            "end": np.arange(1, k + 1) / k,
        }
    )


def draw(values: list[float], line: pd.DataFrame = NO_LINE) -> Figure:
    return gradient(groups(values), line, LABELS, unit="years", decimals=1)


def test_table_holds_groups_and_both_ends_of_the_line() -> None:
    table = draw([75.0, 77.0, 79.0, 80.0], LINE).table
    assert table["Value"].tolist() == [
        *["75.0 years", "77.0 years", "79.0 years", "80.0 years"],
        *["74.5 years", "79.5 years"],
    ]
    assert table["Share of the population"][0] == "25.0%"
    assert table["Group"][4] == "Fitted line, most deprived end"


def test_values_are_written_where_they_fit_else_at_the_two_ends() -> None:
    assert "<text" in draw([75.0, 77.0]).svg
    crowded = draw([1000.0 + ten for ten in range(10)]).svg
    assert "1,000.0" in crowded
    assert "1,009.0" in crowded
    assert "1,004.0" not in crowded


def test_a_missing_group_is_not_drawn_but_is_in_the_table() -> None:
    figure = draw([75.0, np.nan, 79.0])
    assert len(figure.datasets[figure.spec["data"]["name"]]) == 2
    assert figure.table["Value"].tolist() == ["75.0 years", "[x]", "79.0 years"]


def test_the_line_is_drawn_only_where_there_is_one() -> None:
    assert "Fitted line" in draw([75.0, 79.0], LINE).svg
    assert "Fitted line" not in draw([75.0, 79.0]).svg


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        gradient(groups([np.nan, np.nan]), NO_LINE, LABELS, unit="years", decimals=1)


def rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": ["Poorest fifth of Ambridge", 'A "long" <name>', "England"],
            "value": [74.0, np.nan, 79.0],
            "lower_ci": [73.0, np.nan, np.nan],
            "upper_ci": [75.0, np.nan, np.nan],
            "role": ["area_poorest", "area_average", "country_average"],
            "status": ["ok", "suppressed", "ok"],
        }
    )


def test_beside_writes_every_value_and_says_what_is_missing() -> None:
    figure = beside(rows(), LABELS, unit="years", decimals=1)
    assert figure.table["Value"].tolist() == ["74.0 years", "[c]", "79.0 years"]
    assert "[c]" in figure.svg
    assert "&lt;name&gt;" in figure.svg


def test_beside_with_nothing_is_an_error() -> None:
    with pytest.raises(InputError):
        beside(rows().head(0), LABELS, unit="years", decimals=1)
