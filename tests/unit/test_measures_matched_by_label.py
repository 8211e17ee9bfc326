"""Numbers that carry labels are never matched by their position alone, whatever carries them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ineqlib import measures as m
from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate

PEOPLE = [f"person {number}" for number in range(12)]
VALUE = pd.Series(np.arange(1.0, 13.0), index=PEOPLE)
BARE = m.Columns(lower=None, upper=None, se="se", status=None, dimension=None, label=None)


def frame_of(period: str, **steps: float) -> pd.DataFrame:
    """Five groups of each area, one step apart."""
    parts = [
        pd.DataFrame(
            {"area": area, "period": period, "subgroup_order": range(1, 6), "value": step * place}
        )
        for area, step in steps.items()
        for place in [np.arange(1.0, 6.0)]
    ]
    return pd.concat(parts, ignore_index=True).assign(se=0.1, denominator=1000, unit="%")


def table_of(period: str, measures: tuple[str, ...] = ("sii",), **steps: float) -> pd.DataFrame:
    frame = frame_of(period, **steps)
    return m.measure_table(frame, measures, by=["area", "period"], columns=BARE)


BEFORE, AFTER = table_of("2015", A=1, B=5), table_of("2018", A=1, B=5)
TURNED = table_of("2018", B=5, A=1)


def change(before: Any, after: Any) -> Any:
    return m.change_in_gap(before, after, start=(2015, 2018))


two_tables = pytest.mark.parametrize("call", [change, m.compare, m.difference_p])


@two_tables
def test_tables_are_not_matched_across_areas(call: Callable[[Any, Any], Any]) -> None:
    with pytest.raises(InputError, match=r"other rows: 'A' and 'B' at 0 .* of area"):
        call(BEFORE, TURNED)
    with pytest.raises(InputError, match="other rows: 'B' and 'C' at 1"):
        call(BEFORE, table_of("2018", A=1, C=5))
    with pytest.raises(InputError, match="other rows: 'A' and 'B' at 0"):
        call(BEFORE.set_index("area"), TURNED.set_index("area"))
    with pytest.raises(InputError, match="of measure"):
        call(table_of("2015", A=1, B=5).assign(measure=["sii", "rii"]), AFTER)


def test_tables_of_the_same_rows_are_compared_whatever_their_numbering() -> None:
    both = pd.concat([BEFORE, AFTER], ignore_index=True)
    earlier, later = (both[both["period"] == period] for period in ("2015", "2018"))
    assert change(earlier, later).change.value.tolist() == [0.0, 0.0]
    assert m.compare(BEFORE, AFTER).tolist() == ["similar", "similar"]


def test_one_row_serves_many_and_so_does_one_that_is_repeated() -> None:
    whole = BEFORE.iloc[[0]]
    expected = ["similar", "higher"]
    assert m.compare(BEFORE, whole).tolist() == expected
    assert m.compare(BEFORE, pd.concat([whole, whole])).tolist() == expected
    assert str(m.compare(BEFORE.iloc[1], BEFORE.iloc[0])) == "higher"


def test_periods_may_follow_one_another() -> None:
    years = pd.concat([table_of(year, A=step) for year, step in (("1", 1), ("2", 2), ("3", 3))])
    assert m.compare(years[1:], years[:-1]).tolist() == ["higher", "higher"]


def test_labels_of_bare_values_and_estimates_are_those_of_the_table() -> None:
    with pytest.raises(InputError, match="of area"):
        m.compare(BEFORE, pd.Series([20.0, 4.0], index=["B", "A"]))
    labelled = Estimate(*(pd.Series([1.0, 2.0], index=["A", "B"]) for _ in range(4)))
    turned = labelled.__class__(*(pd.Series([2.0, 1.0], index=["B", "A"]) for _ in range(4)))
    with pytest.raises(InputError, match="carry different labels"):
        change(labelled, turned)


@pytest.mark.parametrize("level", [np.nan, None, pd.NA])
def test_a_table_without_a_level_or_method_is_told(level: Any) -> None:
    with pytest.raises(InputError, match="confidence"):
        m.compare(BEFORE.assign(confidence=[level, 0.95]), AFTER)
    nameless = BEFORE.convert_dtypes().assign(method=pd.NA)
    assert m.compare(nameless, AFTER).tolist() == ["similar", "similar"]


def test_a_missing_error_in_a_table_is_none() -> None:
    missing = BEFORE.convert_dtypes().assign(se=pd.array([pd.NA, 0.1], dtype="Float64"))
    assert m.compare(missing, AFTER, rule="difference").tolist() == ["not compared", "similar"]


@pytest.mark.parametrize("option", ["cluster", "strata"])
@pytest.mark.parametrize(
    "measure", [m.concentration_index, m.sii_of_people, m.rii_of_people], ids=lambda f: f.__name__
)
def test_clusters_and_strata_belong_to_their_people(
    measure: Callable[..., Any], option: str
) -> None:
    labels = pd.Series(list("aabbccddeeff"), index=PEOPLE)
    measure(VALUE, VALUE, **{option: labels})
    with pytest.raises(InputError, match=f"value and {option} carry different labels"):
        measure(VALUE, VALUE, **{option: labels[::-1]})


def test_groups_of_places_and_marks_of_counts_belong_to_them() -> None:
    group = pd.Series(list("aaabbbcccddd"), index=PEOPLE)
    with pytest.raises(InputError, match="group carry different labels"):
        m.theil_between_within(VALUE, VALUE, group[::-1])
    counts = pd.Series([12, 9, 3], index=["persons", "men", "women"])
    marks = pd.Series([True, False, False], index=["women", "men", "persons"])
    for function in (m.protect, m.differencing_risks):
        with pytest.raises(InputError, match="hidden carry different labels"):
            function(counts, [m.Sum(0, (1, 2))], hidden=marks)


def test_names_of_counts_may_be_labelled_themselves() -> None:
    counts = pd.Series([12, 9, np.nan], index=["persons", "men", "women"])
    names = pd.Series(["Persons", "Men", "Women"], index=counts.index)
    [risk] = m.differencing_risks(counts, [m.Sum(0, (1, 2))], labels=names)
    assert risk.label == "Women"


@pytest.mark.parametrize(
    "labels",
    [
        ["a", np.nan, "b", "b"],
        ["a", None, "b", "b"],
        pd.Series(["a", pd.NA, "b", "b"], dtype="string"),
        np.ma.array(["a", "a", "b", "b"], mask=[False, True, False, False]),
    ],
)
def test_a_missing_group_is_no_group_called_nan(labels: Any) -> None:
    with pytest.raises(InputError, match="group: 1 of 4 missing"):
        m.theil_between_within([1, 2, 3, 4], [1, 1, 1, 1], labels)


def test_numbers_of_groups_may_be_text_in_one_file_and_not_in_another() -> None:
    value = pd.Series([71.0, 74, 72, 79, 83], index=["1", "2", "3", "4", "5"])
    people = pd.Series([120.0, 90, 110, 70, 150], index=[1, 2, 3, 4, 5])
    expected = m.sii(value.to_numpy(), people.to_numpy()).value
    assert m.sii(value, people).value == expected
    assert m.sii(value, people.set_axis(range(5))).value == expected  # places in a file, no groups
    with pytest.raises(InputError, match="carry different labels: '1' and 5"):
        m.sii(value, people[::-1])


@pytest.mark.parametrize("words", [("Q1 (most)", "Q5 (least)"), ("1 - most", "5 - least")])
def test_most_and_least_beside_a_number_name_the_ends(words: tuple[str, str]) -> None:
    most, least = words
    labels = [least, "4", "3", "2", most]
    with pytest.raises(InputError, match="most deprived group first"):
        m.sii(pd.Series([1.0, 2, 3, 4, 5], index=labels), [1.0] * 5)
    reversed_frame = frame_of("2015", A=1).assign(subgroup=labels)
    columns = m.Columns(lower=None, upper=None, se="se", status=None, dimension=None)
    table = m.measure_table(reversed_frame, ["sii"], by="area", columns=columns)
    assert "labelled as the other end" in table["note"][0]


def test_numbered_groups_out_of_order_are_refused_and_numbered_places_are_not() -> None:
    for label, is_group in (("Decile {}", True), ("Fifth {}", True), ("Ward {}", False)):
        labels = [label.format(number) for number in (3, 1, 2, 5, 4)]
        value = pd.Series([1.0, 2, 3, 4, 5], index=labels)
        if is_group:
            with pytest.raises(InputError, match="most deprived group first"):
                m.sii(value, [1.0] * 5)
        else:
            assert m.sii(value, [1.0] * 5).value == pytest.approx(5.0)


def test_an_index_named_as_a_column_hides_nothing_and_one_in_its_place_is_told() -> None:
    frame = frame_of("2015", A=1, B=5)
    keys = ["area", "period"]
    expected = m.measure_table(frame, ["sii"], by=keys, columns=BARE)
    kept = m.measure_table(frame.set_index(keys, drop=False), ["sii"], by=keys, columns=BARE)
    pd.testing.assert_frame_equal(kept, expected)
    with pytest.raises(ParameterError, match=r"It is in the index: give frame.reset_index\(\)"):
        m.measure_table(frame.set_index(keys), ["sii"], by=keys, columns=BARE)


def test_more_pairs_of_areas_than_memory_holds_are_refused() -> None:
    with pytest.raises(InputError, match="1,156,000,000 pairs of areas found"):
        m.rank_intervals(np.arange(34_000.0), 1.0)


def test_no_areas_have_no_ranks() -> None:
    ranks = m.rank_intervals(np.empty((0, 4)), 1.0)
    assert ranks.rank.shape == ranks.lower.shape == ranks.upper.shape == (0, 4)


def test_a_table_without_bands_is_told_that_they_are_not_given() -> None:
    """It was told that bare numbers of nothing do not say which ages they are of."""
    frame = pd.DataFrame({"area": "A", "age": ["0", "1+"], "count": [1, 2], "denominator": 100})
    with pytest.raises(InputError, match=r"bands: not given\. Expected the ages"):
        m.rate_table(frame, "life_expectancy", by="area")
