"""What pandas data of groups say by their labels, and numbers their kind, is not passed over."""

import numpy as np
import pandas as pd
import pytest

from ineqlib import measures as m
from ineqlib.errors import InputError

VALUE, PEOPLE = [20.0, 22, 25, 31, 35], [120.0, 90, 110, 70, 150]


def labelled(*labels: str) -> pd.Series:
    return pd.Series(VALUE[: len(labels)], index=labels)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (("Least deprived", "2", "3", "4", "Most deprived"), "'Most deprived' is at 4"),
        (("1", "10", "2", "3", "4"), "'10' is at 1"),
        (("Q2", "Q1", "Q3", "Q4", "Q5"), "'Q1' is at 1"),
        (("D1", "D3", "D2", "D4", "D5"), "'D3' is at 1"),
        (("1", "2", "3", "4", "Total"), "'Total' is no group"),
        (("1", "2", "2", "4", "5"), "1 of the labels are there twice ('2')"),
    ],
)
def test_labels_that_no_ordered_groups_have_are_refused(labels, words) -> None:
    for measure in (m.sii, m.rii, m.aci, m.concentration_curve):
        with pytest.raises(InputError, match="Expected") as caught:
            measure(labelled(*labels), np.array(PEOPLE))
        assert words in str(caught.value)


@pytest.mark.parametrize(
    "labels",
    [
        ("Most deprived", "2", "3", "4", "Least deprived"),
        ("5", "4", "3", "2", "1"),
        ("Q1", "Q2", "Q3", "Q9", "Q10"),
        ("North", "South", "East", "West", "City"),
    ],
)
def test_other_labels_are_left_in_peace(labels) -> None:
    named = m.sii(labelled(*labels), np.array(PEOPLE)).value
    assert named == m.sii(VALUE, PEOPLE).value


TURNED_ROUND = ("Least deprived", "2", "3", "4", "Most deprived")
DRAWS = m.Simulation(np.random.default_rng(1), draws=1000)
OF_ORDERED_GROUPS = {
    "difference": m.difference,
    "ratio": m.ratio,
    "odds_ratio": lambda groups: m.odds_ratio(groups / 100),
    "par": lambda groups: m.par(groups, PEOPLE),
    "paf": lambda groups: m.paf(groups, PEOPLE),
    "heat_par": lambda groups: m.heat_par(groups, PEOPLE, multiplier=100, polarity="adverse"),
    "heat_paf": lambda groups: m.heat_paf(groups, PEOPLE, multiplier=100, polarity="adverse"),
    "sii_of_counts": lambda groups: m.sii_of_counts(groups, PEOPLE),
    "rii_of_counts": lambda groups: m.rii_of_counts(groups, PEOPLE),
    "excess_events": lambda groups: m.excess_events(groups, PEOPLE),
    "relative_rank": m.relative_rank,
    "slope_trend_bootstrap": lambda groups: m.slope_trend_bootstrap(
        pd.DataFrame([groups] * 3), PEOPLE, [2020, 2021, 2022], simulation=DRAWS
    ),
}


@pytest.mark.parametrize("name", OF_ORDERED_GROUPS)
def test_groups_labelled_least_deprived_first_are_refused_by_whatever_takes_an_order(name) -> None:
    call = OF_ORDERED_GROUPS[name]
    with pytest.raises(InputError, match="'Most deprived' is at 4"):
        call(labelled(*TURNED_ROUND))
    call(labelled(*TURNED_ROUND[::-1]))


def test_groups_without_order_may_be_in_any() -> None:
    anyhow = labelled(*TURNED_ROUND)
    assert m.bgv(anyhow, np.array(PEOPLE)).value == m.bgv(VALUE, PEOPLE).value
    assert m.difference(anyhow, reference=0).value[4] == VALUE[4] - VALUE[0]
    for reference in (0, "highest", "lowest"):
        named = m.par(anyhow, np.array(PEOPLE), reference=reference)
        assert named.value == m.par(VALUE, PEOPLE, reference=reference).value


BANDS = ["60-69", "70-79", "80+"]


@pytest.mark.parametrize(
    ("count", "people", "words"),
    [
        ([0.005, 0.006, 0.007], [2000, 3000, 5000], "count: the highest of 3 is 0.007"),
        ([5, 6, 7], [0.2, 0.3, 0.5], "population: the highest of 3 is 0.5"),
    ],
)
def test_shares_are_not_taken_for_events_or_people(count, people, words) -> None:
    with pytest.raises(InputError) as caught:
        m.dsr(count, people, [5, 3, 2], bands=BANDS)
    assert words in str(caught.value)
    with pytest.raises(InputError, match="look like shares"):
        m.crude_rate(count, people)


ALSO_COUNT = {
    "isr": lambda count, people: m.isr(count, people, [20, 30, 40], [900, 800, 700], bands=BANDS),
    "smr": lambda count, people: m.smr(count, people, [20, 30, 40], [900, 800, 700], bands=BANDS),
    "the reference": lambda count, people: m.expected_events(
        [900, 800, 700], count, people, bands=BANDS
    ),
    "repeated events": lambda count, people: m.dsr_of_repeats(
        [count, [0, 0, 0]], people, [5, 3, 2], bands=BANDS
    ),
    "years of life lost": lambda count, people: m.years_of_life_lost(
        count, [20, 10, 2], population=people, bands=BANDS
    ),
    "parts of a difference": lambda count, people: m.arriaga_limits(
        [count], people, [[5, 6, 7]], [2000, 3000, 5000], bands=BANDS
    ),
}


@pytest.mark.parametrize("measure", ALSO_COUNT)
def test_nor_by_any_other_measure_of_events_by_age(measure: str) -> None:
    for count, people in (
        ([0.005, 0.006, 0.007], [2000, 3000, 5000]),
        ([5, 6, 7], [0.2, 0.3, 0.5]),
    ):
        with pytest.raises(InputError, match="look like shares"):
            ALSO_COUNT[measure](count, people)
    ALSO_COUNT[measure]([50, 60, 70], [2000, 3000, 5000])


def test_a_share_is_not_taken_for_a_count_of_a_proportion() -> None:
    with pytest.raises(InputError, match=r"count: the highest of 2 is 0\.119"):
        m.proportion([0.119, 0.102], [1000, 1000])
    assert m.proportion([0, 0], [10, 10]).value.tolist() == [0, 0]
    assert m.proportion([0.5, 2.5], [10, 10]).value.tolist() == [5, 25]


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        (["60-69", "65-79", "80+"], "'60-69' and '65-79' share ages"),
        (["60-69", "70+", "80+"], "'70+' and '80+' share ages"),
        (["0-4", "05-Sep", "Oct-14"], "2 of 3 labels are dates"),
    ],
)
def test_bands_that_share_ages_or_are_dates_are_refused(bands, words) -> None:
    with pytest.raises(InputError) as caught:
        m.dsr([90, 50, 30], [2000, 5000, 9000], [2, 3, 5], bands=bands)
    assert words in str(caught.value)
