"""Rates of every population in a frame: bands matched by label, each fault with its reason."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import ABRIDGED_BANDS, dsr, life_expectancy, rate_table
from ineqlib.measures.frames.rate_table import ADDED, BandColumns

LABELS = ["0-4", "5-9", "10-14", "15+"]
STANDARD = pd.Series([5.0, 5.5, 5.5, 84], index=LABELS)
COUNT, PEOPLE = np.array([10.0, 0, 4, 60]), np.array([500.0, 600, 700, 4000])


def bands(area: str = "A", **changed: object) -> pd.DataFrame:
    frame = pd.DataFrame({"area_code": area, "age": LABELS, "count": COUNT, "denominator": PEOPLE})
    return frame.assign(**changed)


def rates(*frames: pd.DataFrame, **options) -> pd.DataFrame:
    frame = pd.concat(frames, ignore_index=True)
    return rate_table(frame, "dsr", **{"by": "area_code", "bands": STANDARD, **options})


def test_rates_equal_the_array_function_whatever_the_order_of_rows():
    many = [bands(f"area {n}", count=COUNT + n) for n in range(20)]
    found = rates(pd.concat(many).sample(frac=1, random_state=5), confidence=0.9)
    assert list(found) == ["area_code", *ADDED]
    found = found.set_index("area_code")
    for n in range(20):
        one = dsr(COUNT + n, PEOPLE, STANDARD, confidence=0.9)
        row = found.loc[f"area {n}"]
        assert_allclose(
            row[["value", "lower_ci", "upper_ci", "se"]].to_numpy(float),
            [one.value, one.lower, one.upper, one.se],
        )
        assert (row["status"], row["note"], row["method"]) == ("ok", "", one.method)


@pytest.mark.parametrize(
    ("frame", "status", "note"),
    [
        (bands().iloc[1:], "not_available", "1 of 4 bands missing (0-4)"),
        (
            pd.concat([bands(), bands().iloc[:1]]),
            "not_available",
            "1 of 5 bands given again (0-4)",
        ),
        (
            bands(age=["0-4", "5-9", "10-14", "15-19"]),
            "not_available",
            "1 of 4 bands not among those expected (15-19); 1 of 4 bands missing (15+)",
        ),
        (bands(count=[1, None, 2, 70]), "not_available", "1 of 4 bands without a count (5-9)"),
        (
            bands(count=[1, -1, 2, 70]),
            "not_available",
            "1 of 4 bands with a count below zero (5-9)",
        ),
        (
            bands(denominator=[0, 1, None, 9]),
            "not_available",
            "2 of 4 bands without a population above zero (0-4, 10-14)",
        ),
        (bands(count=[1, 2, 3, 3]), "suppressed", "fewer than 10 events"),
    ],
)
def test_a_fault_spoils_one_population_and_says_why(frame, status, note):
    found = rates(bands("B"), frame).set_index("area_code")
    assert found.loc["A", ["status", "note"]].tolist() == [status, note]
    assert np.isnan(found.loc["A", ["value", "lower_ci", "upper_ci", "se"]].to_numpy(float)).all()
    assert found.loc["B", "status"] == "ok"
    assert np.isfinite(found.loc["B", "value"])


def test_life_expectancy_of_each_population_and_why_it_has_none():
    ages = pd.Series(ABRIDGED_BANDS, index=[f"from {age}" for age in ABRIDGED_BANDS])
    deaths = np.round(np.exp(np.linspace(1, 6, 20)))
    frames = [
        pd.DataFrame({"area": area, "band": ages.index, "deaths": dead, "people": people})
        for area, dead, people in [
            ("A", deaths, 3000.0),
            ("few", deaths / 100, 30.0),
            ("none", [*deaths[:-1], 0], 3000.0),
        ]
    ]
    found = rate_table(
        pd.concat(frames).sample(frac=1, random_state=1).sort_values("area", kind="stable"),
        "life_expectancy",
        by=["area"],
        bands=ages,
        columns=BandColumns(band="band", count="deaths", population="people"),
    ).set_index("area")
    one = life_expectancy(deaths, np.full(20, 3000.0), bands=ABRIDGED_BANDS)
    assert_allclose(found.loc["A", ["value", "lower_ci"]].to_numpy(float), [one.value, one.lower])
    assert found["status"].tolist() == ["ok", "suppressed", "not_applicable"]
    assert found["note"].tolist() == [
        "",
        "5,000 person-years or fewer",
        "no deaths in the open age band",
    ]


def test_an_empty_frame_gives_an_empty_table():
    assert list(rates(bands().iloc[:0])) == ["area_code", *ADDED]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"by": "area"}, ParameterError, "Did you mean 'area_code'"),
        ({"by": "value"}, ParameterError, "no column 'value'"),
        ({"by": []}, ParameterError, "name one column or more"),
        ({"columns": BandColumns(count="counts")}, ParameterError, "Did you mean 'count'"),
        ({"confidence": 95}, ParameterError, "fraction"),
        ({"bands": [1, 2, 3, 4]}, InputError, "pandas Series"),
        ({"bands": pd.concat([STANDARD, STANDARD[:1]])}, InputError, "1 labels named twice"),
        ({"bands": STANDARD.astype(str)}, InputError, "4 of 4 rows hold text"),
    ],
)
def test_what_cannot_be_is_refused(options, error, message):
    with pytest.raises(error, match=message):
        rates(bands(), **options)


def test_an_unknown_rate_is_refused():
    with pytest.raises(ParameterError, match="Did you mean 'dsr'"):
        rate_table(bands(), "dsrs", by="area_code", bands=STANDARD)


def test_more_deaths_than_people_is_suppressed_by_its_rule():
    people = pd.DataFrame(
        {"area": "A", "age": ["60", "70"], "count": [9000, 40], "denominator": [8000, 900]}
    )
    [row] = rate_table(
        people, "life_expectancy", by="area", bands=pd.Series({"60": 60, "70": 70})
    ).itertuples()
    assert (row.status, row.note) == ("suppressed", "more deaths than person-years in an age band")
