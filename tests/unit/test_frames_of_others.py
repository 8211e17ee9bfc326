"""Frames of other libraries are taken in where they hand over their columns as Arrow."""

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from ineqlib.errors import InputError
from ineqlib.measures import ESP2013, measure_table, rate_table

FIFTHS = pd.DataFrame(
    {
        "area_code": "A",
        "dimension": "local_deprivation_quintile:iod2025",
        "subgroup": [f"Fifth {order}" for order in range(1, 6)],
        "subgroup_order": range(1, 6),
        "value": [20.0, 24, 27, 31, 35],
        "lower_ci": [19.0, 23, 26, 30, 34],
        "upper_ci": [21.0, 25, 28, 32, 36],
        "denominator": [900.0, 800, 950, 700, 990],
        "unit": "%",
        "status": "ok",
    }
)


def test_a_frame_that_speaks_arrow_gives_the_same_table():
    found = measure_table(pa.Table.from_pandas(FIFTHS), ["sii", "bgv"], by="area_code")
    pd.testing.assert_frame_equal(found, measure_table(FIFTHS, ["sii", "bgv"], by="area_code"))
    ages = pd.DataFrame({"area": "A", "age": ESP2013.bands, "count": 9, "denominator": 900.0})
    found = rate_table(pa.Table.from_pandas(ages), "dsr", by="area", bands=ESP2013)
    np.testing.assert_allclose(found["value"], 1000)


def test_without_pyarrow_the_way_to_convert_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.Table.from_pandas(FIFTHS)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"Table found, expected .* frame\.to_pandas\(\)"):
        measure_table(table, ["sii"], by="area_code")


def test_one_column_in_place_of_a_frame_is_refused_in_words() -> None:
    """It speaks Arrow too."""
    with pytest.raises(InputError, match=r"Series found, expected a pandas DataFrame"):
        measure_table(FIFTHS["value"], ["sii"], by="area_code")
