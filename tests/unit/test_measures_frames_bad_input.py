"""Every kind of bad cell in a frame: the right table, a status with its reason, or words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ineqlib.errors import InputError, ParameterError, UserError
from ineqlib.measures import (
    REGISTRY,
    AgeBands,
    Columns,
    add_by_lookup,
    measure_table,
    rate_table,
)
from ineqlib.measures.frames.band_rates import RATES

ORDER = [1, 2, 3, 4, 5]
FIFTHS = pd.DataFrame(
    {
        "area_code": "A",
        "dimension": "local_deprivation_quintile:iod2025",
        "subgroup": [f"Fifth {order}" for order in ORDER],
        "subgroup_order": ORDER,
        "value": [20.0, 24, 27, 31, 35],
        "lower_ci": [19.0, 23, 26, 30, 34],
        "upper_ci": [21.0, 25, 28, 32, 36],
        "denominator": [900.0, 800, 950, 700, 990],
        "unit": "%",
        "status": "ok",
    }
)
LABELS = ["60-69", "70-79", "80+"]
BANDS = pd.DataFrame(
    {
        "area_code": "A",
        "age": LABELS,
        "count": [30.0, 50, 90],
        "denominator": [9000.0, 5000, 2000],
    }
)
STANDARD = pd.Series([5.0, 3, 2], index=LABELS)
EXPECTED: dict[str, Any] = {
    "proportion": None,
    "crude_rate": None,
    "dsr": STANDARD,
    "isr": BANDS.set_index("age"),
    "smr": BANDS.set_index("age"),
    "life_expectancy": AgeBands([60, 70, 80]),
}


def measured(frame: Any) -> pd.DataFrame:
    return measure_table(frame, list(REGISTRY), by="area_code")


def rated(rate: str, frame: Any) -> pd.DataFrame:
    return rate_table(frame, rate, by="area_code", bands=EXPECTED[rate])


def of_rate(rate: str) -> pd.DataFrame:
    """Rows of one population as this rate takes them."""
    return BANDS.iloc[:1].drop(columns="age") if EXPECTED[rate] is None else BANDS


def of_footprints(frame: Any) -> pd.DataFrame:
    lookup = pd.DataFrame({"area_code": ["A"], "icb": ["North"]})
    added = add_by_lookup(frame, lookup, to="icb", by="age")
    return rate_table(added, "life_expectancy", by="icb", bands=EXPECTED["life_expectancy"])


TABLES: dict[str, tuple[Callable[[Any], pd.DataFrame], pd.DataFrame, tuple[str, ...]]] = {
    "measure_table": (
        measured,
        FIFTHS,
        ("subgroup_order", "value", "lower_ci", "upper_ci", "denominator"),
    ),
    **{
        rate: (lambda frame, rate=rate: rated(rate, frame), of_rate(rate), ("count", "denominator"))
        for rate in RATES
    },
    "add_by_lookup": (of_footprints, BANDS, ("count", "denominator")),
}
every_table = pytest.mark.parametrize("name", list(TABLES))

ALIKE: dict[str, Callable[[pd.Series], Any]] = {
    "decimals": lambda column: column.map(lambda item: Decimal(str(item))),
    "objects": lambda column: column.astype(object),
    "nullable": lambda column: column.astype("Float64"),
    "whole": lambda column: column.astype("int16"),
    "categories": lambda column: column.astype("category"),
}
REFUSED: dict[str, Callable[[pd.Series], Any]] = {
    "text": lambda column: column.astype(str),
    "one text": lambda column: pd.Series(["[c]", *column[1:]], dtype=object),
    "booleans": lambda column: column > 0,
    "one boolean": lambda column: pd.Series([True, *column[1:]], dtype=object),
    "dates": lambda column: pd.Timestamp("2026-01-01"),
    "spans": lambda column: pd.Timedelta(days=1),
    "python dates": lambda column: date(2026, 1, 1),
    "complex": lambda column: column + 1j,
    "things": lambda column: object(),
    "lists": lambda column: pd.Series([[1]] * len(column)),
    "endless": lambda column: pd.Series([10**400, *column[1:]], dtype=object),
}
SPOILT = {"missing": np.nan, "none": None, "infinite": np.inf, "below zero": -5.0}


def numbers(table: pd.DataFrame) -> np.ndarray:
    return table[["value", "lower_ci", "upper_ci", "se"]].to_numpy(float)


@every_table
def test_the_same_numbers_in_other_clothes_give_the_same_table(name: str) -> None:
    make, frame, columns = TABLES[name]
    right = numbers(make(frame))
    for column in columns:
        for dress in ALIKE.values():
            found = numbers(make(frame.assign(**{column: dress(frame[column])})))
            np.testing.assert_allclose(found, right, rtol=1e-12)


@every_table
def test_a_column_that_holds_no_numbers_is_refused_by_name(name: str) -> None:
    make, frame, columns = TABLES[name]
    for column in columns:
        for what, spoil in REFUSED.items():
            with pytest.raises(InputError) as refusal:
                make(frame.assign(**{column: spoil(frame[column])}))
            assert column in str(refusal.value), what


@every_table
def test_a_cell_that_cannot_be_gives_a_status_and_a_reason_or_the_right_number(name: str) -> None:
    make, frame, columns = TABLES[name]
    for column in columns:
        for what, cell in SPOILT.items():
            cells = pd.Series([cell, *frame[column][1:]], dtype=object)
            spoilt = frame.assign(**{column: cells})
            for row in make(spoilt).itertuples():
                told = row.status != "ok" and np.isnan(row.value)
                no_limits = column in ("lower_ci", "upper_ci") and np.isnan(row.se)
                untouched = name == "measure_table" and (
                    (column == "denominator" and not REGISTRY[row.measure].weighted)
                    or (column in ("value", "lower_ci") and what == "below zero" and not told)
                )
                assert (row.note and (told or no_limits)) or untouched, (column, what, row)


@every_table
@pytest.mark.parametrize("frame", [None, 5, "frame", [1, 2], {"value": [1]}, np.ones((2, 2))])
def test_what_is_no_frame_is_refused(name: str, frame: Any) -> None:
    make, *_ = TABLES[name]
    with pytest.raises(InputError, match=r"frame: .* found, expected a pandas DataFrame"):
        make(frame)


WRONG = ["nonsense", -1, np.nan, True, [0.1, 0.2], object(), 1j, {"a": 1}]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: type(wrong).__name__)
def test_an_option_that_is_not_what_it_should_be_is_refused(wrong: Any) -> None:
    for option in ("by", "columns", "groups", "confidence"):
        with pytest.raises(UserError):
            measure_table(FIFTHS, ["sii"], **{"by": "area_code", option: wrong})
    for option in ("by", "bands", "columns", "confidence"):
        for rate in ("dsr", "smr", "life_expectancy"):
            options = {"by": "area_code", "bands": EXPECTED[rate], option: wrong}
            if (rate, option, wrong) == ("life_expectancy", "bands", [0.1, 0.2]):
                note = rate_table(BANDS, rate, **options)["note"].iloc[0]
                assert "2 of 2 bands missing (0.1 to under 0.2, 0.2+)" in note
                continue
            with pytest.raises(UserError):
                rate_table(BANDS, rate, **options)
    with pytest.raises(UserError):
        rate_table(BANDS, wrong, by="area_code")
    with pytest.raises(UserError):
        measure_table(FIFTHS, wrong, by="area_code")


def test_each_kind_of_fault_has_its_own_words():
    notes = {}
    for what, cell in {**SPOILT, "zero": 0.0}.items():
        counts = BANDS.assign(count=[30, cell, 90])
        people = BANDS.assign(denominator=[9000, cell, 2000])
        notes[what] = [rated("dsr", frame)["note"].iloc[0] for frame in (counts, people)]
    of = "1 of 3 bands {} (70-79)"
    nobody = of.format("without a population above zero")
    assert notes == {
        "missing": [of.format("without a count"), nobody],
        "none": [of.format("without a count"), nobody],
        "infinite": [
            of.format("with an infinite count"),
            of.format("with an infinite population"),
        ],
        "below zero": [of.format("with a count below zero"), nobody],
        "zero": ["", nobody],
    }


def test_one_bad_population_does_not_stop_the_rates_of_the_others():
    frame = pd.DataFrame(
        {
            "area_code": [*"ABCDE", "E"],
            "count": [5, np.nan, 12, -1, 2, 3],
            "denominator": [10, 10, 10, 10, 10, 10],
        }
    )
    table = rate_table(frame, "proportion", by="area_code").set_index("area_code")
    assert table.loc["A", ["value", "status", "note"]].tolist() == [50, "ok", ""]
    assert table["note"].tolist()[1:] == [
        "without a count",
        "a count above its denominator, which no proportion has",
        "with a count below zero",
        "2 rows, 1 expected: add to 'by' what tells them apart",
    ]
    rates = rate_table(frame, "crude_rate", by="area_code").set_index("area_code")
    assert rates["status"].tolist() == ["ok", "not_available", "ok", *["not_available"] * 2]
    with pytest.raises(ParameterError, match="proportion has none"):
        rate_table(frame, "proportion", by="area_code", bands=STANDARD)


def test_one_bad_population_does_not_stop_the_ratios_of_the_others():
    bad = BANDS.assign(area_code="B", count=[1, None, 3])
    both = pd.concat([BANDS.assign(count=2 * BANDS["count"]), bad])
    table = rated("smr", both.sample(frac=1, random_state=1)).set_index("area_code")
    assert table.loc["A", ["value", "status"]].tolist() == [2, "ok"]
    assert table.loc["B", ["status", "note"]].tolist() == [
        "not_available",
        "1 of 3 bands without a count (70-79)",
    ]
    nothing = BANDS.assign(count=0).set_index("age")
    [row] = rate_table(BANDS, "isr", by="area_code", bands=nothing).itertuples()
    assert (row.status, row.note) == ("not_applicable", "no events expected")


def turned(labels: list[str], **changes: Any) -> pd.DataFrame:
    return measured(FIFTHS.assign(subgroup=labels, **changes)).set_index("measure")


FULL_LABELS = [
    "Most deprived fifth",
    "Second most deprived fifth",
    "Middle fifth",
    "Second least deprived fifth",
    "Least deprived fifth",
]


def test_label_and_order_that_contradict_each_other_spoil_ordered_measures():
    table = turned(FULL_LABELS[::-1])
    ordered = [name for name, row in REGISTRY.items() if row.ordered]
    assert (table.loc[ordered, "status"] == "not_applicable").all()
    assert table.loc["sii", "note"] == (
        "2 of 5 groups labelled as the other end (1, 5): 1 is the most deprived; "
        "turn the order round, or correct the labels"
    )
    assert table.loc["bgv", "status"] == "ok"
    for labels in (FULL_LABELS, ["Quintile 1 (most deprived)", "2", "3", "4", "5: least deprived"]):
        assert (turned(labels)["status"] == "ok").all()
    one_wrong = ["1", "2", "3", "most deprived", "5"]
    assert "1 of 5 groups labelled as the other end (4)" in turned(one_wrong).loc["sii", "note"]


@pytest.mark.parametrize(
    ("most", "least"),
    [
        ("Poorest", "Richest"),
        ("Least affluent fifth", "Most affluent fifth"),
        ("Highest deprivation", "Lowest deprivation"),
        ("Worst fifth", "Best fifth"),
        ("Lowest income", "Highest income"),
        ("Worst off", "Best-off"),
    ],
)
def test_the_ends_of_the_scale_are_known_in_other_words(most, least):
    labels = [most, "2", "3", "4", least]
    assert turned(labels).loc["sii", "status"] == "ok"
    assert "labelled as the other end (1, 5)" in turned(labels[::-1]).loc["sii", "note"]


def test_a_last_group_missing_everywhere_is_found_out_or_told():
    for words, groups in (("quintile:imd2019", 5), ("tenths of deprivation", 10)):
        fewer = FIFTHS.iloc[:4].assign(dimension=words)
        two = pd.concat([fewer, fewer.assign(area_code="B")])
        table = measure_table(two, ["difference"], by="area_code")
        assert (table["status"] == "not_available").all()
        assert table["note"].str.startswith(f"{groups - 4} of {groups} groups missing").all()
    unnamed = FIFTHS.iloc[:4].assign(dimension="income")
    [row] = measure_table(unnamed, ["difference"], by="area_code").itertuples()
    assert (
        row.note == "nothing tells how many groups there should be but the most found: say groups="
    )
    [row] = measure_table(unnamed, ["difference"], by="area_code", groups=5).itertuples()
    assert (row.status, row.note) == ("not_available", "1 of 5 groups missing (5)")
    [row] = measure_table(unnamed, ["difference"], by="area_code", groups=4).itertuples()
    assert (row.status, row.note) == ("ok", "")


def test_columns_are_called_by_columns():
    bare = Columns(lower=None, upper=None, status=None, dimension=None, label=None)
    assert measure_table(FIFTHS, "sii", by="area_code", columns=bare)["value"].notna().all()


def test_a_cell_beyond_numbers_does_not_stop_the_others_and_next_to_nothing_is_nought():
    two = pd.concat([FIFTHS, FIFTHS.assign(area_code="B")], ignore_index=True)
    two.loc[0, "value"] = 1e300
    table = measured(two).set_index(["area_code", "measure"])
    assert table.loc[("A", "sii"), "note"] == "1 of 5 groups with an infinite value (1)"
    assert table.loc[("B", "sii"), "status"] == "ok"
    two.loc[0, ["value", "lower_ci"]] = 5e-324, 0.0
    nought = two.assign(value=two["value"].mask(two["value"] < 1, 0.0))
    pd.testing.assert_frame_equal(measured(two), measured(nought))
