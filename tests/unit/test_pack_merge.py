"""The same figure from several files is kept once, and what is left out is counted."""

import numpy as np
import pandas as pd

from ineqlib.observations import conform
from ineqlib.pack.merge import merge


def rows(*values, lower=np.nan, periods=(), status="ok"):
    """One file: a value per area, and further periods of another area that date the file."""
    years = [2020] * len(values) + list(periods)
    frame = pd.DataFrame(
        {
            "indicator_id": "life_expectancy",
            "area_code": [f"E0700000{n}" for n in range(1, len(values) + 1)]
            + ["E07000099"] * len(periods),
            "period": [str(year) for year in years],
            "period_start": [pd.Timestamp(year, 1, 1) for year in years],
            "period_end": [pd.Timestamp(year, 12, 31) for year in years],
            "sex": "Male",
            "value": [*values, *([70.0] * len(periods))],
            "lower_ci": lower,
            "upper_ci": np.nan if np.isnan(lower) else 99.0,
            "status": status,
        }
    )
    return conform(frame)


def asides(found):
    return [(aside.reason.split()[0], aside.rows) for aside in found]


def test_of_rows_that_agree_to_the_coarser_rounding_the_one_with_limits_is_kept():
    kept, (first, second) = merge([rows(80.1, 79.9), rows(80.0612, 80.0012, lower=78)])
    assert kept["value"].tolist() == [80.0612, 80.0012]
    assert asides(first) == [("the", 1), ("differs", 1)]
    assert second == []


def test_rounding_is_that_of_the_file_not_of_the_figure():
    kept, (_, second) = merge([rows(81.25, 70.11), rows(81.0, 70.1)])
    assert kept["value"].tolist() == [81.25, 70.11]
    assert asides(second) == [("the", 1), ("differs", 1)], "81.0 is to one decimal, not to none"


def test_a_later_edition_stands_against_limits_and_decimals():
    kept, (first, second) = merge([rows(78.4475, lower=78), rows(78.6, periods=[2021, 2022])])
    assert kept.loc[kept["area_code"] == "E07000001", "value"].tolist() == [78.6]
    assert asides(first) == [("differs", 1)]
    assert first[0].examples == ("life_expectancy E07000001 2020 Male: 78.4475, kept 78.6",)
    assert second == []


def test_an_earlier_edition_that_agrees_lends_its_limits():
    kept, _ = merge([rows(78.6475, lower=78), rows(78.6, periods=[2021])])
    row = kept[kept["area_code"] == "E07000001"].iloc[0]
    assert (row["value"], row["lower_ci"]) == (78.6475, 78)


def test_a_value_is_kept_rather_than_its_absence():
    kept, (first, _) = merge(
        [rows(np.nan, status="not_available", periods=[2021]), rows(80.0, lower=79)]
    )
    assert kept.loc[kept["area_code"] == "E07000001", "status"].tolist() == ["ok"]
    assert asides(first) == [("no", 1)]


def test_nothing_is_lost_or_made_up():
    files = [rows(1.0, 2.0, np.nan), rows(1.0, 2.5), rows(1.04, lower=1)]
    kept, found = merge(files)
    left_out = sum(aside.rows for each in found for aside in each)
    assert len(kept) + left_out == sum(map(len, files))
    assert list(kept.columns) == list(files[0].columns)
