import pytest

from ineqlib.charts.distribution_chart import distribution
from ineqlib.charts.figure import Figure, Labels
from ineqlib.errors import InputError

from .chart_records import a_fact, tenths

LABELS = Labels("spread", "Mostly poor", "People by tenth", "Most are poor.", "Made up")


def draw(*shares: float) -> Figure:
    even = a_fact(10.0, "%", 0)
    return distribution(tenths(shares), even, LABELS, unit="people", country="England & <co>")


def test_bars_start_at_zero() -> None:
    figure = draw(10.0, 60.0, 30.0)
    bar = next(layer for layer in figure.spec["layer"] if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["x"]["scale"]["domain"][0] == {"expr": "shares[0]"}
    assert {"name": "shares", "value": [0, pytest.approx(63.6)]} in figure.spec["params"]
    assert bar["encoding"]["x2"] == {"value": 0}


def test_the_table_has_the_share_the_count_and_the_country() -> None:
    figure = draw(40.0, 60.0)
    assert figure.table.to_dict("list") == {
        "Group": ["1 most deprived", "2"],
        "Share": ["40.0%", "60.0%"],
        "Count": ["400 people", "600 people"],
        "England & <co>": ["10%", "10%"],
    }
    assert "England &amp; &lt;co&gt;" in figure.svg


def test_a_tenth_where_nobody_lives_has_no_bar_but_its_share_in_words() -> None:
    svg = draw(0.0, 100.0).svg
    assert "0.0%" in svg
    assert "100.0%" in svg


def test_distribution_without_shares_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        _ = draw().spec
