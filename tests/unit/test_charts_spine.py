import numpy as np
import pandas as pd
import pytest

from ineqlib.charts.figure import Labels
from ineqlib.charts.layout import LINE
from ineqlib.charts.spine import LOOKS, spine
from ineqlib.errors import InputError

LABELS = Labels("spine", "Mixed", "Every indicator, Ambridge", "Some better.", "Made up")
LONG = "Percentage of 16 to 17 year olds not in education, employment or training " * 2


def rows(count: int = 6, **changes: object) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "objective": [
                "Early years" if row < count / 2 else "Good work" for row in range(count)
            ],
            "indicator": [f"Indicator {row}" for row in range(count)],
            "period": "2021 - 23",
            "value_text": "81.2 years",
            "country_text": "80.1 years",
            "position": 0.4,
            "position_lower": 0.2,
            "position_upper": 0.6,
            "county_position": 0.1,
            "region_position": np.nan,
            "neighbour_low": -0.3,
            "neighbour_high": 0.3,
            "lowest": -0.9,
            "highest": 1.0,
            "verdict": [list(LOOKS)[row % len(LOOKS)] for row in range(count)],
        }
    ).assign(**changes)


def test_every_row_shows_its_verdict_in_words() -> None:
    svg = spine(rows(), LABELS).svg
    assert all(f">{verdict}</text>" in svg for verdict in LOOKS)


def test_objectives_head_their_rows_once() -> None:
    svg = spine(rows(), LABELS).svg
    assert svg.count("Early years") == 1
    assert svg.count("Good work") == 1


def test_table_has_a_row_per_indicator_and_the_given_texts() -> None:
    frame = rows(interval_text="80.4 to 82.0", county_text="80.9 years")
    table = spine(frame, LABELS, area="Ambridge").table
    assert list(table) == [
        *["Indicator", "Objective", "Period", "Ambridge", "95% interval", "England"],
        *["Ambridge against England", "County"],
    ]
    assert len(table) == 6
    assert table["95% interval"][0] == "80.4 to 82.0"


def test_what_no_row_has_is_not_in_the_key() -> None:
    svg = spine(rows(), LABELS).svg
    assert "County" in svg
    assert "Region" not in svg


def test_a_missing_position_draws_no_mark() -> None:
    with_mark = spine(rows(1), LABELS).svg.count("<circle")
    without = spine(rows(1, position=np.nan), LABELS).svg.count("<circle")
    assert without < with_mark


def test_only_rows_without_judgement_say_that_their_sides_are_no_judgement() -> None:
    svg = spine(rows(6), LABELS).svg
    assert svg.count("← lower") == svg.count("higher →") == 2
    assert "← lower" not in spine(rows(3), LABELS).svg
    flagged = rows(3, neutral=[False, True, False], verdict="similar")
    assert spine(flagged, LABELS).svg.count("← lower") == 1


def test_a_longer_name_makes_its_row_taller_and_covers_no_other() -> None:
    figure = spine(rows(3, indicator=["Short", LONG, "Short"]), LABELS)
    data = pd.DataFrame(figure.datasets[figure.spec["data"]["name"]])
    half = (data["name"].str.count("\n") + 1) * LINE / 2
    assert (data["y"] + half <= data["foot"]).all()
    assert ((data["y"] - half)[1:].to_numpy() >= data["foot"][:-1]).all()


def test_positions_beyond_the_scale_are_drawn_at_its_end() -> None:
    figure = spine(rows(2, highest=7.0), LABELS)
    data = pd.DataFrame(figure.datasets[figure.spec["data"]["name"]])
    assert data["highest"].max() == 1


def test_long_and_hostile_names_keep_the_period_and_stay_text() -> None:
    svg = spine(rows(1, indicator=f'<b>"{LONG}'), LABELS).svg
    assert "(2021 - 23)" in svg
    assert "<b>" not in svg


def test_sixty_rows_are_one_specification_of_modest_size() -> None:
    figure = spine(rows(60), LABELS)
    assert "layer" in figure.spec
    assert len(figure.svg) < 120_000


def test_no_row_is_an_error() -> None:
    with pytest.raises(InputError, match="no indicator"):
        spine(rows().head(0), LABELS)
