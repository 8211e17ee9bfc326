import re
from math import nan
from typing import Any

import pandas as pd
import pytest

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import LINE
from ineqlib.charts.spine_chart import LOOKS, spine
from ineqlib.charts.theme import ORANGE
from ineqlib.errors import InputError

from .chart_records import spine_row

LABELS = Labels("spine", "Mixed", "Every indicator, Ambridge", "Some better.", "Made up")
LONG = "Percentage of 16 to 17 year olds not in education, employment or training " * 2


def draw(count: int = 6, **changes: Any) -> Figure:
    """Draw rows of every verdict; of a list of changes each row gets one."""
    rows = [
        spine_row(
            **{
                "indicator": f"Indicator {n}",
                "objective": "Early years" if n < count / 2 else "Good work",
                "verdict": list(LOOKS)[n % len(LOOKS)],
                **{name: x[n] if isinstance(x, list) else x for name, x in changes.items()},
            },
        )
        for n in range(count)
    ]
    return spine(rows, LABELS, area="Ambridge", country="England", above="Borsetshire")


def placed(figure: Figure) -> pd.DataFrame:
    return pd.DataFrame(figure.datasets[figure.spec["data"]["name"]])


def test_every_row_shows_its_verdict_in_words() -> None:
    svg = draw().svg
    assert all(f">{verdict}<" in svg for verdict in LOOKS)


def test_objectives_head_their_rows_once() -> None:
    svg = draw().svg
    assert svg.count("Early years") == 1
    assert svg.count("Good work") == 1


def test_table_has_a_row_per_indicator_and_the_given_texts() -> None:
    table = draw().table
    assert len(table) == 6
    assert table.iloc[0].to_dict() == {
        "Indicator": "Indicator 0",
        "Objective": "Early years",
        "Period": "2021 - 23",
        "Ambridge": "81.2 years",
        "95% interval": "80.4 to 82.0",
        "England": "80.1 years",
        "Ambridge against England": "better",
        "Rank": "rank 12 of 296",
        "Recent trend": "increasing",
        "County": "80.9 years",
        "Region": "[z]",
        "Similar areas, lowest to highest": "79.0 to 81.5",
        "All areas, lowest to highest": "74.4 to 84.2",
    }


def test_what_no_row_has_is_not_in_the_key() -> None:
    svg = draw().svg
    assert "Borsetshire" in svg
    assert all(f">{words}</text>" in svg for *_, words in LOOKS.values())
    few = draw(2, county_position=nan, verdict=["better", "worse"]).svg
    assert "Borsetshire" not in few
    assert ">Similar</text>" not in few
    assert ">Worse</text>" in few
    without_mark = draw(2, look=["better", "worse"], position=[0.3, nan]).svg
    assert ">Worse</text>" not in without_mark


def test_orange_is_the_colour_of_what_is_worse_and_of_nothing_else() -> None:
    assert ORANGE in draw(6).svg
    assert ORANGE not in draw(6, look="better", region_position=0.1).svg


def test_the_cards_for_a_phone_say_what_each_row_says() -> None:
    figure = draw(2, indicator=["Short", "<b>Bold</b>"], verdict=["worse", "similar"])
    assert '<div class="figure-narrow"><p class="cards-head">Early years</p>' in figure.html
    assert figure.narrow.count("<li") == 2
    assert (
        '<li class="card card-worse"><strong>Short</strong> (2021 - 23): <span class="card-values">'
        "Ambridge <strong>81.2 years</strong>, England 80.1 years. </span>"
        '<span class="card-verdict">Worse; rank 12 of 296.</span></li>'
    ) in figure.narrow
    # A mail preview drops the style that puts each on a line of its own.
    plain = re.sub("<.*?>", "", figure.narrow)
    assert "(2021 - 23): Ambridge 81.2 years, England 80.1 years. Worse; rank 12 of 296." in plain
    assert "<b>" not in figure.narrow


def test_a_missing_position_draws_no_mark() -> None:
    with_mark = draw(1).svg.count("<circle")
    without = draw(1, position=nan).svg.count("<circle")
    assert without < with_mark


def test_only_rows_without_judgement_say_that_their_sides_are_no_judgement() -> None:
    assert "← lower" not in draw(6).svg
    flagged = draw(3, is_neutral=[False, True, False], verdict="similar")
    assert flagged.svg.count("← lower") == 1


def test_a_longer_name_makes_its_row_taller_and_covers_no_other() -> None:
    data = placed(draw(3, indicator=["Short", LONG, "Short"]))
    half = (data["name"].str.count("\n") + 1) * LINE / 2
    assert (data["y"] + half <= data["foot"]).all()
    assert ((data["y"] - half)[1:].to_numpy() >= data["foot"][:-1]).all()


def test_positions_beyond_the_scale_are_drawn_at_its_end() -> None:
    data = placed(draw(2, highest=7.0, lowest=-7.0))
    assert data["highest"].max() == 1
    assert data["lowest"].min() == -1


def test_long_and_hostile_names_keep_the_period_and_stay_text() -> None:
    svg = draw(1, indicator=f'<b>"{LONG}').svg
    assert "(2021 - 23)" in svg
    assert "<b>" not in svg


def test_sixty_rows_are_one_specification_of_modest_size() -> None:
    figure = draw(60)
    assert "layer" in figure.spec
    assert len(figure.svg) < 120_000


def test_no_row_is_an_error() -> None:
    with pytest.raises(InputError, match="no indicator"):
        draw(0)
