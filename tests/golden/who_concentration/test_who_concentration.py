"""Our impact and concentration measures on WHO's samples (see ORIGIN.md)."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib.measures import (
    aci,
    concentration_index,
    erreygers,
    heat_paf,
    heat_par,
    paf,
    par,
    rci,
    wagstaff,
)

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def fifths(real_data) -> pd.DataFrame:
    rows = pd.read_csv(real_data / "who" / "healthequal_OrderedSample.csv", encoding="utf-8")
    return rows.sort_values("subgroup_order")


@pytest.fixture(scope="module")
def births(real_data) -> pd.DataFrame:
    return pd.read_csv(real_data / "who" / "healthequal_IndividualSample.csv.gz", encoding="utf-8")


def printed(found, *expected: float) -> None:
    """Hold value, error and limits against numbers printed to seven digits."""
    parts = [found.value, found.se, found.lower, found.upper][: len(expected)]
    assert_allclose(parts, expected, rtol=2e-7)


def test_groups_as_printed(fifths):
    data = fifths["estimate"], fifths["population"]
    assert_allclose(aci(*data).value, 4.30052, rtol=2e-7)
    assert_allclose(rci(*data).value, 0.0469506, rtol=2e-7)
    assert_allclose(par(*data).value, 7.627362, rtol=2e-7)
    assert_allclose(paf(*data).value, 0.08327116, rtol=2e-7)


def test_bounded_indices_follow_from_what_is_printed(fifths):
    """Erreygers' index is 4 / (b - a) times the absolute one; Wagstaff's follows from both."""
    data = fifths["estimate"], fifths["population"]
    absolute, mean = 4.30052, 4.30052 / 0.0469506
    assert_allclose(erreygers(*data, bounds=(0, 100)).value, 4 / 100 * absolute, rtol=2e-7)
    expected = 100 * absolute / ((100 - mean) * mean)
    assert_allclose(wagstaff(*data, bounds=(0, 100)).value, expected, rtol=2e-5)


def test_erreygers_index_person_by_person(births):
    """His own formula, 8 / (n^2 (b - a)) times the sum of z h, z the distance from the middle rank.

    Erreygers 2009, J Health Econ 28:504: of n people, none of whom rank alike.
    """
    some = births.iloc[: 5 * (len(births) // 5)]
    health, n = some["sba"].to_numpy(float), len(some)
    within_fifths = np.random.default_rng(2009).random(n)
    rank = (some["subgroup_order"] + within_fifths).rank().to_numpy()
    by_formula = 8 / n**2 * ((rank - (n + 1) / 2) * health).sum()
    found = concentration_index(health, rank, kind="erreygers", bounds=(0, 1)).value
    assert found > 0.1
    assert_allclose(found, by_formula, rtol=1e-9)
    fifth = np.repeat(np.arange(5), n // 5)
    in_order = health[np.argsort(rank)].reshape(5, -1)
    between = (in_order.mean(axis=1), np.full(5, n // 5))
    middle = np.array([(fifth == group).nonzero()[0].mean() + 1 for group in range(5)])
    of_groups = 8 / n**2 * ((middle[fifth] - (n + 1) / 2) * in_order.mean(axis=1)[fifth]).sum()
    assert_allclose(erreygers(*between, bounds=(0, 1)).value, of_groups, rtol=1e-9)


def test_a_known_setting_average_gives_what_is_printed(fifths):
    """WHO's average of the country, rounded otherwise than that of its fifths, moves nothing."""
    average = fifths["setting_average"].iloc[0]
    data = fifths["estimate"], fifths["population"]
    assert average != pytest.approx(np.average(*data[:1], weights=data[1]), rel=1e-9)
    assert_allclose(par(*data, average=average).value, 7.627362, rtol=5e-7)
    assert_allclose(paf(*data, average=average).value, 0.08327116, rtol=5e-7)


def test_heat_as_printed(fifths):
    data = fifths["estimate"], fifths["population"]
    options = {"multiplier": 100, "polarity": "favourable"}
    printed(heat_par(*data, **options), 7.627362, 0.3372516, 6.966361, 8.288363)
    printed(heat_paf(*data, **options), 8.327116, 0.003681919, 8.319899, 8.334332)


def test_people_as_printed(births):
    data = births["sba"], births["subgroup_order"], births["weight"]
    absolute = concentration_index(*data, kind="generalised")
    assert_allclose(absolute.value, 0.07801353, rtol=2e-7)
    assert_allclose(concentration_index(*data).value, 0.09723792, rtol=2e-7)


def convenience(value: np.ndarray, rank: np.ndarray, weight: np.ndarray) -> float:
    """Slope of twice the variance of rank times value over the mean, on rank: the index."""
    statsmodels = pytest.importorskip("statsmodels.api")
    mean = np.average(value, weights=weight)
    spread = np.average((rank - np.average(rank, weights=weight)) ** 2, weights=weight)
    design = statsmodels.add_constant(rank)
    return (
        statsmodels.WLS(2 * spread * np.asarray(value) / mean, design, weights=weight)
        .fit()
        .params[1]
    )


def middle_rank(births: pd.DataFrame) -> np.ndarray:
    """Weighted rank of each birth's fifth, by adding up its table."""
    share = births.groupby("subgroup_order")["weight"].sum() / births["weight"].sum()
    return births["subgroup_order"].map(share.cumsum() - share / 2).to_numpy()


def test_people_against_the_convenience_regression(births):
    expected = convenience(births["sba"], middle_rank(births), births["weight"].to_numpy())
    found = concentration_index(births["sba"], births["subgroup_order"], births["weight"])
    assert_allclose(found.value, expected, rtol=1e-9)


def test_groups_against_the_convenience_regression(fifths):
    share = (fifths["population"] / fifths["population"].sum()).to_numpy()
    rank = np.cumsum(share) - share / 2
    expected = convenience(fifths["estimate"].to_numpy(), rank, share)
    assert_allclose(rci(fifths["estimate"], fifths["population"]).value, expected, rtol=1e-9)


def test_people_one_by_one_and_by_fifth_agree(births):
    weight = births["weight"]
    total = weight.groupby(births["subgroup_order"]).sum()
    mean = (births["sba"] * weight).groupby(births["subgroup_order"]).sum() / total
    found = concentration_index(
        births["sba"], births["subgroup_order"], weight, kind="erreygers", bounds=(0, 1)
    )
    assert_allclose(found.value, erreygers(mean, total, bounds=(0, 1)).value, rtol=1e-9)


def test_limits_of_a_clustered_survey_agree_with_the_jackknife(births):
    data = [births[name].to_numpy() for name in ("sba", "subgroup_order", "weight")]
    unit = births["psu"].to_numpy()
    # Forty lots of whole sampling units, left out one lot at a time.
    lot = unit.astype(int) % 40
    left = [concentration_index(*(part[lot != one] for part in data)).value for one in range(40)]
    expected = np.sqrt(39 * np.var(left))
    assert_allclose(concentration_index(*data, cluster=lot).se, expected, rtol=0.02)
    by_unit, alone = (concentration_index(*data, cluster=c).se for c in (unit, None))
    assert by_unit > alone
