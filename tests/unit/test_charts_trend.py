import numpy as np
import pandas as pd
import pytest

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.trend import trend
from ineqlib.errors import InputError

LABELS = Labels("trend", "Flat", "Life expectancy, Ambridge", "It is flat.", "Made up")
PLACES = {"area": "Ambridge", "country": "England"}
HOSTILE = '<script>alert("x")</script> & Sons'


def series(periods: int = 4, **changes: object) -> pd.DataFrame:
    rows = [
        {
            "role": role,
            "place": place,
            "period": f"{2000 + year} - {(2 + year) % 100:02d}",
            "mid": pd.Timestamp(2001 + year, 7, 1),
            "value": 80.0 + year / 10 + (role == "area"),
            "lower_ci": 79.0 if role == "area" else np.nan,
            "upper_ci": 83.0 if role == "area" else np.nan,
            "segment": 0,
        }
        for role, place in PLACES.items()
        for year in range(periods)
    ]
    return pd.DataFrame(rows).assign(**changes)


def draw(frame: pd.DataFrame) -> Figure:
    return trend(frame, LABELS, unit="years", decimals=1)


def drawn(figure: Figure) -> pd.DataFrame:
    return pd.DataFrame(figure.datasets[figure.spec["data"]["name"]])


def test_table_holds_every_number_with_its_unit() -> None:
    table = draw(series(2)).table
    assert table.to_dict("list") == {
        "Period": ["2000 - 02", "2001 - 03"],
        "Ambridge": ["81.0 years", "81.1 years"],
        "Ambridge: 95% interval": ["79.0 to 83.0", "79.0 to 83.0"],
        "England": ["80.0 years", "80.1 years"],
    }


def test_a_missing_value_is_a_gap_in_the_line_and_says_why_in_the_table() -> None:
    frame = series(5, status="ok")
    frame.loc[2, ["value", "lower_ci", "upper_ci"]] = np.nan
    frame.loc[2, "status"] = "suppressed"
    figure = draw(frame)
    area = drawn(figure).query("role == 'area'")
    assert len(area) == 4
    assert area["run"].nunique() == 2
    assert figure.table["Ambridge"][2] == "[c]"


def test_a_new_segment_breaks_the_line_and_is_marked() -> None:
    frame = series(4, segment=[0, 0, 1, 1] * 2)
    figure = draw(frame)
    assert drawn(figure).groupby("role")["run"].nunique().tolist() == [2, 2]
    assert "break" in figure.svg
    assert "break" not in draw(series(4)).svg


def test_a_single_period_is_a_dot_without_a_line() -> None:
    figure = draw(series(1))
    assert drawn(figure)["alone"].all()
    assert "81.0 Ambridge" in figure.svg


@pytest.mark.parametrize("periods", [1, 2, 20])
def test_the_panel_has_one_size(periods: int) -> None:
    assert 'width="344" height="210"' in draw(series(periods)).svg


def test_first_and_last_period_are_written_as_published() -> None:
    svg = draw(series(20)).svg
    assert "2000 - 02" in svg
    assert "2019 - 21" in svg


def test_a_place_that_ends_early_keeps_its_label() -> None:
    frame = series(4)
    assert "80.1 England" in draw(frame[(frame["role"] == "area") | (frame.index < 6)]).svg


def test_hostile_names_stay_text() -> None:
    frame = series(3)
    frame["place"] = frame["place"].replace("Ambridge", HOSTILE)
    assert "<script>" not in draw(frame).html


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        draw(series(2, value=np.nan, lower_ci=np.nan, upper_ci=np.nan))
    with pytest.raises(InputError, match="no value to draw"):
        draw(series(2).head(0))
