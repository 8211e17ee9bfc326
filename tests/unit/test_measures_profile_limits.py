"""Limits of the nearest truths: that they are what decision 0008 says, and plain where they can."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import ndtr

from ineqlib.measures import idis, mdb, mdm, mdr, paf, par
from ineqlib.measures._dispersion import distances, groups_of, relative_groups

Z = 1.959963984540054
PEOPLE = np.array([3.0, 2, 4, 1, 2])


def folded(d: float, s: float) -> tuple[float, float]:
    """Mean and standard deviation of the size of a normal variable."""
    mean = d * (2 * ndtr(d / s) - 1) + 2 * s * np.exp(-((d / s) ** 2) / 2) / np.sqrt(2 * np.pi)
    return mean, np.sqrt(s**2 + d**2 - mean**2)


@pytest.mark.parametrize("apart", [2.0, 2.5, 4.0])
def test_with_two_groups_the_value_is_one_folded_normal_variable(apart):
    found = mdm([70, 70 + apart], [1, 1], se=[0.6, 0.8])  # half a distance of error 1
    for limit, way in ((found.lower, 1), (found.upper, -1)):
        mean, spread = folded(limit, 0.5)
        if limit > 0:
            assert_allclose(mean + way * Z * spread, found.value)
    assert (found.lower == 0) == (found.value < folded(0, 0.5)[0] + Z * folded(0, 0.5)[1])


@pytest.mark.parametrize("centre", ["mean", "fraction of the mean", "reference"])
def test_moments_are_those_of_simulated_values_also_where_sides_are_in_doubt(centre):
    truth, error = np.array([60.0, 61, 62, 65, 61]), np.array([1.0, 1.5, 1, 2, 1])
    rng = np.random.default_rng(7)
    relative = centre == "fraction of the mean"

    def seen(value):
        groups = (relative_groups if relative else groups_of)(value, PEOPLE, error)
        middle = np.eye(5)[1] if centre == "reference" else groups.share
        return distances(groups, middle, groups.share, relative=relative)

    for true in (truth, np.full(5, 61.0)):
        found = seen(true)
        simulated = seen(rng.normal(true, error, (100_000, 5)))
        mean, spread = found.moments(found.apart)
        values = simulated.total(simulated.apart)
        assert_allclose(mean, values.mean(), rtol=0.01)
        assert_allclose(spread, values.std(), rtol=0.05)


def test_limits_of_the_best_by_the_formula_of_the_decision():
    value, error = np.array([60.0, 61, 62, 62.5, 61]), np.array([0.2, 0.3, 0.2, 0.4, 0.2])
    found = mdb(value, PEOPLE, best="highest", se=error)
    share = PEOPLE / PEOPLE.sum()
    lead = value - share @ value
    own = np.array([np.sqrt((np.eye(5)[i] - share) ** 2 @ error**2) for i in range(5)])
    assert_allclose(found.value, lead.max())
    seen_less = ndtr((found.value - np.minimum(lead, found.lower)) / own).prod()
    assert_allclose(1 - seen_less, 0.025, rtol=1e-6)
    raised = ((found.upper - lead) / own).argmin()
    truth = np.where(np.arange(5) == raised, found.upper, lead)
    assert_allclose(ndtr((found.value - truth) / own).prod(), 0.025, rtol=1e-6)


def test_where_nothing_is_in_doubt_limits_are_the_plain_ones():
    data, se = ([60.0, 70, 80, 95, 99], PEOPLE), np.full(5, 0.2)
    for found in (
        mdm(*data, se=se),
        idis(*data, se=se),
        mdr(*data, reference=0, se=se),
        mdb(*data, best="lowest", se=se),
    ):
        assert_allclose([found.value - found.lower, found.upper - found.value], Z * found.se)
    chosen, fixed = (par(*data, se=se, reference=word) for word in ("highest", "least_deprived"))
    assert_allclose([chosen.lower, chosen.upper], [fixed.lower, fixed.upper])
    chosen, fixed = (paf(*data, se=se, reference=word) for word in ("highest", "least_deprived"))
    assert_allclose([chosen.lower, chosen.upper], [fixed.lower, fixed.upper], rtol=1e-4)


def test_a_chosen_reference_group_has_the_limits_of_the_best():
    value, se = np.array([60.0, 61, 62, 62.5, 61]), np.array([1.0, 1.5, 1, 2, 1])
    high = mdb(value, PEOPLE, best="highest", se=se)
    found = par(value, PEOPLE, reference="highest", se=se)
    assert_allclose([found.value, found.lower, found.upper], [high.value, high.lower, high.upper])
    low, turned = (
        measure(value, PEOPLE, se=se, reference=word)
        for measure, word in ((par, "lowest"), (paf, "lowest"))
    )
    mirror = par(-value, PEOPLE, se=se, reference="highest")
    assert_allclose([low.lower, low.upper], [-mirror.upper, -mirror.lower])
    assert turned.lower <= turned.value <= turned.upper <= 0


def test_equal_groups_lead_by_nothing():
    for measure in (par, paf):
        found = measure(np.full(5, 0.1), PEOPLE, reference="lowest", se=np.full(5, 0.01))
        assert found.value == found.upper == 0
        assert found.lower < 0


def test_a_mean_that_may_be_zero_has_no_limits_of_a_fraction():
    found = paf([1.0, 2, 3], [1, 1, 1], reference="highest", se=np.full(3, 4.0))
    assert np.isnan([found.lower, found.upper]).all()
    assert np.isnan(par([1.0, 2, 3], [1, 1, 1], reference="highest").lower)
