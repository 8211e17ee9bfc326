import numpy as np
import pandas as pd
import pytest

from ineqlib.charts.distribution import distribution
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.peers import peers
from ineqlib.errors import InputError

LABELS = Labels("peers", "Better than expected", "Life expectancy", "It is better.", "Made up")
LINE = pd.DataFrame({"deprivation": [5.0, 45.0], "fitted": [83.0, 77.0]})


def points(**changes: object) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": ["E1", "E2", "E3", "E4"],
            "area_name": ["Ambridge", "Borchester", 'Feni<ng> & "Co"', "Darrington"],
            "deprivation": [10.0, 20.0, 30.0, 40.0],
            "value": [84.0, 80.0, 79.0, np.nan],
            "lower_ci": [83.0, 79.0, np.nan, np.nan],
            "upper_ci": [85.0, 81.0, np.nan, np.nan],
            "role": ["area", "comparator", "other", "other"],
            "status": ["ok", "ok", "ok", "suppressed"],
        }
    ).assign(**changes)


def draw(frame: pd.DataFrame, line: pd.DataFrame = LINE) -> Figure:
    return peers(frame, line, LABELS, unit="years", decimals=1)


def test_the_area_is_named_and_the_rest_explained_in_words() -> None:
    svg = draw(points()).svg
    words = ("Ambridge", "Similar areas", "Other areas", "Fitted line")
    assert all(each in svg for each in words)
    assert "Borchester" not in svg


def test_without_a_line_nothing_is_expected() -> None:
    assert "Fitted line" not in draw(points(), LINE.head(0)).svg


def test_an_area_without_a_value_is_in_the_table_but_not_drawn() -> None:
    figure = draw(points())
    assert len(figure.datasets[figure.spec["data"]["name"]]) == 3
    table = figure.table.set_index("Area")
    assert table["Value"].to_dict() == {
        "Darrington": "[c]",
        'Feni<ng> & "Co"': "79.0 years",
        "Borchester": "80.0 years",
        "Ambridge": "84.0 years",
    }
    assert table["Shown as"]["Ambridge"] == "This area"


def test_only_marked_areas_carry_their_interval_and_a_table_without_any_has_no_column() -> None:
    figure = draw(points(role=["area", "other", "other", "other"]))
    drawn = figure.datasets[figure.spec["data"]["name"]]
    assert ["lower_ci" in row for row in drawn] == [False, False, True]
    assert "95% interval" in figure.table
    bare = draw(points(lower_ci=np.nan, upper_ci=np.nan))
    assert list(bare.table) == ["Area", "Deprivation score", "Value", "Shown as"]


def test_a_chart_without_the_area_itself_is_still_drawn() -> None:
    assert "<svg" in draw(points().tail(3)).svg


def test_peers_with_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        draw(points(value=np.nan), LINE.head(0))


def groups(shares: list[float]) -> pd.DataFrame:
    count = len(shares)
    return pd.DataFrame(
        {
            "decile": range(1, count + 1),
            "label": [f"{tenth} <i>" for tenth in range(1, count + 1)],
            "share": shares,
            "text": [f"{share:.1f}%" for share in shares],
            "country_share": 100 / count,
        }
    )


def test_bars_start_at_zero() -> None:
    figure = distribution(groups([10.0, 60.0, 30.0]), LABELS, country="England")
    bar = next(layer for layer in figure.spec["layer"] if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["x"]["scale"]["domain"][0] == {"expr": "shares[0]"}
    assert {"name": "shares", "value": [0, pytest.approx(63.6)]} in figure.spec["params"]
    assert bar["encoding"]["x2"] == {"value": 0}


def test_a_missing_share_is_written_never_drawn_as_zero() -> None:
    figure = distribution(groups([np.nan, 60.0, 40.0]), LABELS, country="England")
    assert figure.table["Share"].tolist() == ["[x]", "60.0%", "40.0%"]
    assert "[x]" in figure.svg


def test_the_country_is_in_the_key_only_where_it_is_drawn() -> None:
    frame = groups([40.0, 60.0])
    assert "England" in distribution(frame, LABELS, country="England").svg
    assert (
        "England"
        not in distribution(frame.assign(country_share=np.nan), LABELS, country="England").svg
    )


def test_distribution_without_shares_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        distribution(groups([np.nan]).assign(country_share=np.nan), LABELS, country="England")
