from typing import Any

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


def answering(figure: Figure) -> list[dict[str, Any]]:
    """Layers that have a tooltip."""
    return [layer for layer in figure.spec["layer"] if "tooltip" in layer.get("encoding", {})]


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


def test_years_without_any_figure_part_the_line_and_are_marked() -> None:
    frame = series(4, segment=[0, 0, 1, 1] * 2)
    figure = draw(frame)
    assert drawn(figure).groupby("role")["run"].nunique().tolist() == [2, 2]
    assert "no figure" in figure.svg
    assert "no figure" not in draw(series(4)).svg


def test_years_without_a_figure_for_one_place_only_are_not_marked() -> None:
    frame = series(4, segment=[0, 0, 1, 1, 0, 0, 0, 0])
    assert "no figure" not in draw(frame).svg


def test_marks_of_many_gaps_do_not_cover_each_other() -> None:
    frame = series(12, segment=list(range(12)) * 2)
    assert 1 < draw(frame).svg.count("no figure") < 5


def test_a_value_of_low_reliability_says_so_when_pointed_at() -> None:
    figure = draw(series(2, status=["ok", "low_reliability"] * 2))
    assert drawn(figure)["shown"].tolist()[-2:] == ["81.0 years", "81.1 years [u]"]
    (layer,) = answering(figure)
    assert "shown" in [words["field"] for words in layer["encoding"]["tooltip"]]


def test_every_point_but_no_line_answers_the_pointer() -> None:
    figure = draw(series(4))
    (layer,) = answering(figure)
    assert layer["mark"]["type"] == "point"
    assert "transform" not in layer


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
    svg = draw(frame[(frame["role"] == "area") | (frame.index < 6)]).svg
    assert "80.1 England" in svg
    assert "(2001 - 03)" in svg
    assert "(2003 - 05)" not in svg


def test_a_leader_across_the_plot_does_not_look_like_a_line() -> None:
    frame = series(4)
    early = draw(frame[(frame["role"] == "area") | (frame.index < 6)]).svg
    assert 'stroke-dasharray="1,4"' in early
    assert 'stroke-dasharray="1,4"' not in draw(frame).svg


def test_long_names_of_periods_share_the_axis() -> None:
    frame = series(2, period=["Nov 2015 to Nov 2016", "Nov 2024 to Nov 2025"] * 2)
    svg = draw(frame).svg
    assert "Nov 2015 to<" in svg
    assert "Nov 2024 to Nov" not in svg
    assert 'height="224"' in svg


def test_hostile_names_stay_text() -> None:
    frame = series(3)
    frame["place"] = frame["place"].replace("Ambridge", HOSTILE)
    assert "<script>" not in draw(frame).html


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        draw(series(2, value=np.nan, lower_ci=np.nan, upper_ci=np.nan))
    with pytest.raises(InputError, match="no value to draw"):
        draw(series(2).head(0))
