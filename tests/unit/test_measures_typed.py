"""What an analyst types after a table of measures: rows into a test of change, and a repr."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate
from ineqlib.measures import change_in_gap, measure_table, sii
from ineqlib.measures.frames.columns import Columns

TENTHS = pd.DataFrame(
    {
        "period": ["2015"] * 5 + ["2018"] * 5,
        "dimension": "fifths",
        "subgroup_order": [1, 2, 3, 4, 5] * 2,
        "value": [70.0, 72, 74, 76, 78, 68, 72, 74, 76, 81],
        "se": 0.2,
        "denominator": None,
        "unit": "years",
    }
)
BARE = Columns(lower=None, upper=None, label=None, status=None, se="se")
EVEN = Columns(lower=None, upper=None, label=None, status=None, se="se", population=None)


def test_groups_without_people_say_how_to_count_them_alike() -> None:
    table = measure_table(TENTHS, ["sii"], by="period", columns=BARE, groups=5)
    assert set(table["status"]) == {"not_available"}
    assert all("columns=Columns(population=None)" in note for note in table["note"])


def test_groups_taken_as_equally_large_are_equal_populations() -> None:
    table = measure_table(TENTHS, ["sii"], by="period", columns=EVEN, groups=5)
    assert table["value"].tolist() == [
        pytest.approx(sii(values, [1] * 5).value.item())
        for values in ([70, 72, 74, 76, 78], [68, 72, 74, 76, 81])
    ]


def test_rows_of_a_table_go_into_a_test_of_change() -> None:
    table = measure_table(TENTHS, ["sii"], by="period", columns=EVEN, groups=5)
    before, after = (table.iloc[at] for at in (0, 1))
    change = change_in_gap(before, after, start=(2015, 2018))
    assert change.change.value == pytest.approx(after["value"] - before["value"])
    assert str(change.verdict) == "wider"
    with pytest.raises(InputError, match="expected an Estimate"):
        change_in_gap(before.drop("se"), after, start=(2015, 2018))


def test_an_estimate_shows_plain_numbers() -> None:
    shown = repr(sii([1.0, 2, 3, 4, 5], [1] * 5))
    assert "np." not in shown
    assert shown.startswith("Estimate(value=5, ")
    assert repr(Estimate(*([[1.5, 2.5]] * 4))).startswith("Estimate(value=[1.5, 2.5]")
