"""A frame in, a table of measures out: every fault of the groups has its status and its reason."""

import functools
import pickle
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import ineqlib as iq
from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    PROPORTIONS,
    REGISTRY,
    Columns,
    difference,
    erreygers,
    measure_table,
    sii,
    sii_logistic,
)
from ineqlib.measures.frames.groups import CAUTION
from ineqlib.measures.frames.groups import STATUSES as MEASURED_STATUSES
from ineqlib.measures.frames.measure_table import ADDED, NUMBERS
from ineqlib.observations import COLUMNS, HAS_VALUE, STATUSES

FIFTHS = [10.0, 20, 30, 40, 50]
FOUR = ["difference", "ratio", "sii", "rii"]


DIMENSIONS = {
    5: "local_deprivation_quintile:imd2019",
    10: "local_deprivation_decile:imd2019",
}
"""By how many groups there are of it."""


def groups(area: str = "A", values: list[float] = FIFTHS, **changed: object) -> pd.DataFrame:
    """Groups of one area, as the tidy contract has them."""
    order = np.arange(1, len(values) + 1)
    frame = pd.DataFrame(
        {
            "area_code": area,
            "dimension": DIMENSIONS.get(len(values), "Income"),
            "subgroup": [f"Fifth {number}" for number in order],
            "subgroup_order": pd.array(order, dtype="Int16"),
            "value": values,
            "lower_ci": np.array(values) - 1.96,
            "upper_ci": np.array(values) + 1.96,
            "denominator": 1000.0,
            "unit": "%",
            "status": "ok",
        }
    )
    return frame.assign(**changed)


def put(frame: pd.DataFrame, order: int, **cells: object) -> pd.DataFrame:
    """Change cells of one group."""
    frame = frame.copy()
    for name, cell in cells.items():
        frame.loc[frame["subgroup_order"] == order, name] = cell
    return frame


def table(*frames: pd.DataFrame, measures=FOUR, **options) -> pd.DataFrame:
    return measure_table(pd.concat(frames, ignore_index=True), measures, by="area_code", **options)


def of_a(*frames: pd.DataFrame, **options) -> pd.DataFrame:
    """Rows of area A, by measure."""
    found = table(*frames, **options)
    return found[found["area_code"] == "A"].set_index("measure")


def test_columns_and_rows_come_in_the_order_asked_for():
    found = table(groups("B"), groups("A"))
    assert list(found) == ["area_code", *ADDED]
    assert found["area_code"].tolist() == ["B"] * 4 + ["A"] * 4
    assert found["measure"].tolist() == FOUR * 2
    assert found["unit"].tolist() == ["%", "", "%", ""] * 2
    assert found["groups"].tolist() == [5] * 8
    assert (found["status"] == "ok").all()
    assert (found["note"] == "").all()
    expected = sii(FIFTHS, np.ones(5), se=np.ones(5) * 1.96 / 1.959963984540054)
    row = found.iloc[2]
    assert_allclose([row["value"], row["se"]], [50, expected.se])
    assert_allclose([row["lower_ci"], row["upper_ci"]], [expected.lower, expected.upper])
    assert row["method"] == expected.method


def test_the_tidy_contract_is_read_as_it_is():
    assert {name for name in vars(Columns()).values() if isinstance(name, str)} <= set(COLUMNS)
    assert iq.measure_table is measure_table


def test_by_several_columns_keeps_their_types_and_missing_keys():
    frame = pd.concat([groups(year=2020, sex=None), groups(year=2021, sex="Male")])
    found = measure_table(frame, ["sii"], by=["year", "sex"])
    assert found["year"].tolist() == [2020, 2021]
    assert found["sex"].isna().tolist() == [True, False]


def test_orders_of_the_rows_do_not_matter_and_ten_is_after_nine():
    tenths = groups(values=list(range(10, 110, 10)))
    found = of_a(tenths.sample(frac=1, random_state=3))
    assert found.loc["difference", "value"] == 90
    assert_allclose(found.loc["sii", "value"], 100)


def test_an_order_as_text_is_refused_and_told_how_to_convert():
    frame = groups(values=list(range(10, 110, 10))).astype({"subgroup_order": str})
    with pytest.raises(InputError, match=r"subgroup_order: 10 of 10 rows hold text.*pd.to_numeric"):
        table(frame)
    with pytest.raises(InputError, match="value: 5 of 5 rows hold text"):
        table(groups(value=["1", "2", "3", "4", "5"]))
    categories = groups().astype({"subgroup_order": "category"})
    assert_allclose(of_a(categories).loc["sii", "value"], 50)


@pytest.mark.parametrize(
    ("frame", "status", "note"),
    [
        (
            put(put(groups(), 3, status="suppressed", value=None), 5, status="suppressed"),
            "suppressed",
            "2 of 5 groups suppressed (3, 5)",
        ),
        (put(groups(), 2, value=None), "not_available", "1 of 5 groups without a value (2)"),
        (
            put(groups(), 2, value=np.inf),
            "not_available",
            "1 of 5 groups with an infinite value (2)",
        ),
        (
            put(groups(), 2, value=None, status="not_available"),
            "not_available",
            "1 of 5 groups not available (2)",
        ),
        (
            put(groups(), 2, value=None, status="not_applicable"),
            "not_applicable",
            "1 of 5 groups not applicable (2)",
        ),
        (groups().drop(index=2), "not_available", "1 of 5 groups missing (3)"),
        (groups().drop(index=4), "not_available", "1 of 5 groups missing (5)"),
        (
            pd.concat([groups(), groups().iloc[[1]]]),
            "not_available",
            "1 of 6 groups given again (2): add to 'by' what tells them apart",
        ),
        (
            put(groups(), 5, subgroup_order=0),
            "not_applicable",
            "1 of 5 groups with an order that is not one of 1, 2 … to the last (0); "
            "1 of 5 groups missing (5)",
        ),
        (
            groups(subgroup_order=[1, 2, 2.5, 3, 4]),
            "not_applicable",
            "1 of 5 groups with an order that is not one of 1, 2 … to the last (2.5); "
            "1 of 5 groups missing (5)",
        ),
        (
            put(groups(), 5, subgroup_order=None),
            "not_applicable",
            "1 of 5 groups without order (Fifth 5): leave out totals and unknowns; "
            "1 of 5 groups missing (5)",
        ),
        (
            groups(unit=["%", "%", "years", "%", "%"]),
            "not_applicable",
            "values in several units",
        ),
        (
            pd.concat([groups(), groups(dimension="another")]),
            "not_applicable",
            "groups of several dimensions: add the dimension to 'by'",
        ),
    ],
)
def test_a_fault_of_the_values_spoils_every_measure_of_that_area_alone(frame, status, note):
    both = table(frame, groups("B"))
    spoilt, sound = both[both["area_code"] == "A"], both[both["area_code"] == "B"]
    assert set(spoilt["status"]) == {status}
    assert set(spoilt["note"]) == {note}
    assert spoilt[list(NUMBERS)].isna().all(axis=None)
    assert set(sound["status"]) == {"ok"}
    assert sound[list(NUMBERS)].notna().all(axis=None)


def test_suppression_comes_before_a_missing_group_and_both_are_told():
    found = of_a(put(groups(), 3, status="suppressed").drop(index=0), groups("B")).loc["sii"]
    assert found["status"] == "suppressed"
    assert found["note"] == "1 of 4 groups suppressed (3); 1 of 5 groups missing (1)"


def test_many_culprits_are_counted():
    tenths = groups(values=list(range(10, 110, 10)))
    tenths.loc[1:8, "status"] = "suppressed"
    assert of_a(tenths).loc["sii", "note"] == "8 of 10 groups suppressed (2, 3, 4, 5, 6 and 3 more)"
    assert of_a(groups(status="suppressed")).loc["sii", "note"] == "all 5 groups suppressed"


def test_a_group_no_area_has_is_missing_and_the_number_expected_can_be_given():
    frame = put(groups(dimension="Income"), 3, subgroup_order=7)
    assert of_a(frame).loc["sii", "note"].startswith("2 of 7 groups missing (3, 6)")
    fewer = of_a(groups().iloc[:4], groups=5).loc["difference"]
    assert (fewer["status"], fewer["note"]) == ("not_available", "1 of 5 groups missing (5)")
    more = of_a(groups(), groups=4).loc["difference"]
    assert more["status"] == "not_applicable"
    for wrong in (1, 2.5, "5"):
        with pytest.raises(ParameterError, match="groups="):
            table(groups(), groups=wrong)


def test_of_fifths_there_are_five_and_a_total_is_none_of_them():
    six = groups(values=[*FIFTHS, 30.0], dimension=DIMENSIONS[5])
    found = of_a(six).loc["sii"]
    assert found["status"] == "not_applicable"
    assert "1 of 6 groups with an order that is not one of 1, 2" in found["note"]


@pytest.mark.parametrize("population", [0, -1, None, np.inf])
def test_a_fault_of_the_populations_spoils_weighted_measures_alone(population):
    found = of_a(put(groups(), 4, denominator=population))
    assert found["status"].to_dict() == {
        "difference": "ok",
        "ratio": "ok",
        "sii": "not_available",
        "rii": "not_available",
    }
    fault = (
        "with an infinite population" if population == np.inf else "without a population above zero"
    )
    assert found.loc["sii", "note"] == f"1 of 5 groups {fault} (4)"
    assert found.loc["difference", "value"] == 40


def test_without_a_unit_only_relative_measures_are_made():
    found = of_a(groups(unit=""))
    assert found["status"].tolist() == ["not_available", "ok", "not_available", "ok"]
    assert found.loc["sii", "note"] == "no unit stated, and this measure is in one"
    found = of_a(put(groups(), 1, unit=None))
    assert set(found["note"]) == {"values in several units"}


def test_what_a_measure_needs_is_told_of_that_measure_alone():
    found = of_a(groups(values=[5.0, 8, 30, 33, 60]))
    assert found["status"].tolist() == ["ok", "ok", "ok", "not_applicable"]
    assert found.loc["rii", "note"] == "needs both ends of the fitted line above zero"
    found = of_a(groups(values=[0.0, 10, 20, 30, 40]))
    assert found["status"].tolist() == ["ok", "not_applicable", "ok", "not_applicable"]
    quarters = groups(values=[10.0, 20, 30, 40], dimension="quarters of deprivation")
    found = of_a(quarters)
    assert found["status"].tolist() == ["ok", "ok", "not_applicable", "not_applicable"]
    assert found.loc["sii", "note"] == "4 groups, at least 5 needed"


def test_options_of_a_measure_and_the_needs_that_come_with_them():
    shares = groups(values=[0.1, 0.2, 0.3, 0.4, 0.5], lower_ci=None, upper_ci=None)
    measures = ["sii", ("sii", {"scale": "logit"}), ("rii", {"scale": "log"})]
    found = table(shares, groups("B", [0.0, 10, 20, 30, 40]), measures=measures)
    expected = sii([0.1, 0.2, 0.3, 0.4, 0.5], np.ones(5), scale="logit")
    assert found.loc[1, "value"] == expected.value
    assert found["status"].tolist() == ["ok"] * 4 + ["not_applicable"] * 2
    assert found["note"].tolist()[4:] == [
        "needs every value a proportion above 0 and below 1 for the logit scale",
        "needs every value above zero for the log scale",
    ]


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"lower_ci": None}, "no limits: 1 of 5 groups without both limits (2)"),
        (
            {"lower_ci": 21.0, "upper_ci": 19.0},
            "no limits: 1 of 5 groups with limits the wrong way round (2)",
        ),
        (
            {"lower_ci": 21.0, "upper_ci": 22.0},
            "no limits: 1 of 5 groups with a value outside its limits (2)",
        ),
    ],
)
def test_faulty_limits_leave_the_value_and_say_why_it_has_none(cells, note):
    found = of_a(put(groups(), 2, **cells))
    assert set(found["status"]) == {"ok"}
    assert set(found["note"]) == {note}
    assert found["value"].tolist() == pytest.approx([40, 5, 50, 11])
    assert found[["lower_ci", "upper_ci", "se"]].isna().all(axis=None)


def test_standard_errors_of_a_column():
    columns = Columns(se="se")
    found = of_a(groups(se=2.0), columns=columns, confidence=0.9)
    expected = difference(FIFTHS, se=np.full(5, 2.0), confidence=0.9)
    assert_allclose(found.loc["difference", ["lower_ci", "se"]], [expected.lower, expected.se])
    assert set(found["confidence"]) == {0.9}
    found = of_a(groups(se=[1.0, None, -1, 1, 1]), columns=columns)
    assert set(found["note"]) == {
        "no limits: 1 of 5 groups without a standard error (2); "
        "no limits: 1 of 5 groups with a standard error below zero (3)"
    }
    assert found["value"].notna().all()


def test_limits_of_another_level():
    wide = groups(lower_ci=np.array(FIFTHS) - 3.09, upper_ci=np.array(FIFTHS) + 3.09)
    found = of_a(wide, columns=Columns(limits_confidence=0.998))
    assert_allclose(found.loc["difference", "se"], np.sqrt(2), rtol=1e-4)


def test_a_relative_index_without_bounded_limits_says_so():
    wide = groups(lower_ci=np.array(FIFTHS) - 10, upper_ci=np.array(FIFTHS) + 10)
    found = of_a(wide)
    assert found.loc["rii", "note"] == "no limits exist by this method at this confidence"
    assert found.loc["sii", "note"] == ""


def test_caution_is_handed_on():
    found = of_a(put(put(groups(), 2, status="provisional"), 4, status="low_reliability")).loc[
        "sii"
    ]
    assert found["status"] == "low_reliability"
    assert found["note"] == ("1 of 5 groups provisional (2); 1 of 5 groups of low reliability (4)")
    assert_allclose(found["value"], 50)


def test_groups_without_order_are_known_by_their_labels():
    ethnic = groups(
        dimension="ethnic group", subgroup=list("edcba"), subgroup_order=pd.NA, unit="years"
    )
    found = table(ethnic, groups("B"), ethnic.assign(area_code="C").iloc[1:])
    notes = found["note"].tolist()
    assert notes[:4] == ["these groups have no order"] * 4
    assert notes[4:8] == [""] * 4
    assert notes[8] == "1 of 5 groups missing (e); these groups have no order"


def test_rows_of_whole_areas_are_not_groups():
    whole = groups().iloc[:1].assign(dimension="", subgroup="", subgroup_order=pd.NA)
    found = table(groups(), whole, whole.assign(area_code="B"))
    assert found["status"].tolist() == ["ok"] * 4 + ["not_available"] * 4
    assert found["note"].tolist()[4] == "no rows of groups, only of the whole area"
    frame = pd.concat([groups(), whole])
    assert len(measure_table(frame, ["sii"], by=["area_code", "dimension"])) == 1


def test_an_empty_frame_gives_an_empty_table():
    found = table(groups().iloc[:0])
    assert list(found) == ["area_code", *ADDED]
    assert found.empty


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measures": ["si"]}, "Did you mean 'sii'"),
        ({"measures": [("sii", {"scal": "log"})]}, "no option 'scal'. Did you mean 'scale'"),
        ({"measures": [("sii", {"scale": "lgo"})]}, "Did you mean 'log'"),
        ({"measures": [("sii", {"confidence": 0.9})]}, "set for the whole table"),
        ({"measures": [("difference", {"reference": 0})]}, "the table holds one"),
        ({"by": "area_cod"}, "no column 'area_cod'. Did you mean 'area_code'"),
        ({"by": []}, "name one column or more"),
        ({"by": ["area_code", "unit"]}, "the table has columns called unit"),
        ({"columns": Columns(population="people")}, "no column 'people'"),
        ({"columns": Columns(unit="units")}, "Did you mean 'unit'"),
        ({"confidence": 95}, "fraction"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(options, message):
    arguments = {"measures": FOUR, "by": "area_code", **options}
    with pytest.raises(ParameterError, match=message):
        measure_table(groups(), **arguments)


def test_an_unknown_status_is_refused():
    with pytest.raises(InputError, match=r"1 rows hold 'Suppressed'.*Did you mean 'suppressed'"):
        table(put(groups(), 2, status="Suppressed"))


def test_statuses_are_those_of_the_tidy_contract():
    assert set(MEASURED_STATUSES) == set(STATUSES)
    assert {"ok", *CAUTION} == set(HAS_VALUE), "what has a value here has one everywhere"
    for status in STATUSES:
        assert status in table(put(groups(), 2, status=status))["status"].tolist()


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """Areas with 2 to 8 groups each, some cells faulty, rows shuffled."""
    sizes = draw(st.lists(st.integers(2, 8), min_size=1, max_size=6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    parts = []
    for number, size in enumerate(sizes):
        part = groups(f"area {number}", list(rng.uniform(-2, 30, size).round(1)))
        parts.append(part.assign(dimension=f"{size}", denominator=rng.integers(0, 30, size)))
    frame = pd.concat(parts, ignore_index=True)
    faulty = rng.random(len(frame)) < draw(st.sampled_from([0, 0, 0.1]))
    frame.loc[faulty, "lower_ci"] = np.nan
    return frame.sample(frac=1, random_state=int(rng.integers(1000)))


def one_by_one(frame: pd.DataFrame, name: str) -> dict[str, np.ndarray]:
    """The same numbers from a plain loop over areas."""
    measure, found = REGISTRY[name], {}
    for area, rows in frame.sort_values("subgroup_order").groupby("area_code"):
        value = rows["value"].to_numpy()
        data = (value, rows["denominator"].to_numpy()) if measure.weighted else (value,)
        known = rows["lower_ci"].notna().all()
        se = (rows["upper_ci"] - rows["lower_ci"]).to_numpy() / 2 / 1.959963984540054
        try:
            estimate = measure.function(*data, se=se if known else None)
        except InputError:
            found[area] = np.full(4, np.nan)
        else:
            found[area] = np.array(
                [estimate.value, estimate.lower, estimate.upper, estimate.se], dtype=float
            )
    return found


@settings(max_examples=25, deadline=None, derandomize=True)
@given(frame=frames())
def test_the_table_equals_a_plain_loop_over_areas(frame):
    names = list(REGISTRY)
    found = measure_table(frame, names, by="area_code").set_index(["measure", "area_code"])
    for name in names:
        for area, expected in one_by_one(frame, name).items():
            row = found.loc[(name, area)]
            assert_allclose(row[list(NUMBERS)].to_numpy(float), expected, rtol=1e-9, atol=1e-12)
            assert (row["status"] == "ok") == np.isfinite(expected[0])
            assert np.isfinite(expected[:3]).all() or row["note"]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(frame=frames(), seed=st.integers(0, 1000))
def test_shuffled_rows_give_the_same_answer(frame, seed):
    before = measure_table(frame, FOUR, by="area_code").sort_values(["area_code", "measure"])
    shuffled = frame.sample(frac=1, random_state=seed)
    after = measure_table(shuffled, FOUR, by="area_code").sort_values(["area_code", "measure"])
    pd.testing.assert_frame_equal(
        before.reset_index(drop=True), after.reset_index(drop=True), check_exact=True
    )


def test_ten_thousand_areas_are_a_few_calls_not_ten_thousand(monkeypatch):
    calls = []
    row = REGISTRY["sii"]

    @functools.wraps(row.function)
    def counted(*data, **options):
        calls.append(data[0].shape)
        return row.function(*data, **options)

    monkeypatch.setattr(
        sys.modules[measure_table.__module__],
        "REGISTRY",
        {"sii": replace(row, function=counted)},
    )
    frame = pd.concat(
        [groups(values=[1.0, 2, 3, 4, 5]), groups(values=[1.0, 2, 3, 4, 5, 6], dimension="sixths")]
    )
    many = pd.concat([frame] * 1000, ignore_index=True)
    many["area_code"] = np.repeat(np.arange(2000), np.tile([5, 6], 1000))
    found = measure_table(many, ["sii"], by="area_code")
    assert sorted(calls) == [(1000, 5), (1000, 6)]
    assert found["value"].notna().all()


SHARES = [0.4, 0.35, 0.25, 0.2, 0.1]


def test_measures_of_proportions_are_made_by_name() -> None:
    frame = groups(values=SHARES, unit="fraction")
    bounds = {"bounds": (0, 1)}
    asked = ["odds_ratio", "sii_logistic", "rii_logistic"]
    asked += [("erreygers", bounds), ("wagstaff", bounds)]
    found = measure_table(frame, asked, by="area_code")
    assert (found["status"] == "ok").all()
    values = found.set_index("measure")["value"]
    people = frame["denominator"]
    assert values["odds_ratio"] == pytest.approx(1 / 6)
    assert values["sii_logistic"] == pytest.approx(float(sii_logistic(SHARES, people).value))
    assert values["erreygers"] == pytest.approx(
        float(erreygers(SHARES, people, bounds=(0, 1)).value)
    )
    units = found.set_index("measure")["unit"]
    assert dict(units) == {**dict.fromkeys(PROPORTIONS, ""), "sii_logistic": "fraction"}


def test_percentages_are_no_proportions_and_the_row_says_so() -> None:
    frame = groups(values=[40.0, 35, 25, 20, 101])
    asked = ["sii_logistic", "odds_ratio", ("erreygers", {"bounds": (0, 100)})]
    found = measure_table(frame, asked, by="area_code")
    assert (found["status"] == "not_applicable").all()
    assert found["note"].tolist() == [
        "needs every value a proportion from 0 to 1",
        "needs the first and the last value above 0 and below 1",
        "needs every value within the bounds",
    ]


def test_an_option_that_a_measure_cannot_be_without_is_asked_for() -> None:
    with pytest.raises(ParameterError, match="erreygers needs 'bounds': give it with the name"):
        measure_table(groups(values=SHARES), ["erreygers"], by="area_code")


def test_a_known_average_is_an_option_of_the_table() -> None:
    asked = [("paf", {"average": 25}), ("par", {"average": 60})]
    found = measure_table(groups(values=[10.0, 20, 30, 40, 50]), asked, by="area_code")
    assert found["value"].iloc[0] == pytest.approx(1)
    assert found["note"].iloc[1] == "needs an average between the lowest and the highest group"
    with pytest.raises(InputError, match="average: expected numbers"):
        measure_table(groups(), [("paf", {"average": "25"})], by="area_code")


@pytest.mark.parametrize("name", [*REGISTRY, *PROPORTIONS])
def test_a_measure_goes_to_another_process_whole(name):
    row = {**REGISTRY, **PROPORTIONS}[name]
    assert pickle.loads(pickle.dumps(row)) == row
