"""WHO's logistic indices against WHO's own package and another regression (see ORIGIN.md)."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.special import expit

from ineqlib.errors import InputError
from ineqlib.measures import relative_rank, rii_logistic, sii_logistic

PUBLISHED = {sii_logistic: 0.4444502, rii_logistic: 3.159506}
"""Expected answers of healthequal's own tests; the slope there is in percentage points."""
PEOPLE = np.array([78.0, 91, 162, 103, 105])
VALUE = np.array([0.2, 0.3, 0.4, 0.5, 0.6])


def counted(value, population) -> np.ndarray:
    """Proportions of whole people, as healthequal and HEAT make them before the fit."""
    return np.round(value * population) / np.ceil(population)


def regression(value, population, weight) -> dict:
    import statsmodels.api as sm  # slow, and only these tests need it

    design = sm.add_constant(relative_rank(population))
    model = sm.GLM(value, design, family=sm.families.Binomial(), var_weights=weight)
    start, slope = model.fit(tol=1e-14, maxiter=200).params
    bottom, top = expit(start), expit(start + slope)
    return {sii_logistic: top - bottom, rii_logistic: top / bottom}


@pytest.mark.parametrize(("measure", "published"), PUBLISHED.items())
def test_as_heat_is_what_whos_own_package_expects(measure, published):
    found = measure(counted(VALUE, PEOPLE), PEOPLE, as_heat=True)
    assert_allclose(found.value, published, rtol=1e-6)


@pytest.mark.parametrize(("measure", "published"), PUBLISHED.items())
def test_weighted_once_is_another_number(measure, published):
    """They weigh counts by population again: see decision 0007."""
    found = measure(counted(VALUE, PEOPLE), PEOPLE).value
    assert abs(found / published - 1) > 0.003
    expected = regression(counted(VALUE, PEOPLE), PEOPLE, PEOPLE)[measure]
    assert_allclose(found, expected, rtol=1e-8)


@pytest.fixture(scope="module")
def fifths(real_data) -> dict[str, pd.DataFrame]:
    rows = pd.read_csv(real_data / "who" / "healthequal_OrderedSampleMultipleind.csv")
    assert len(rows) == 10
    return dict(list(rows.groupby("indicator")))


@pytest.mark.real
@pytest.mark.parametrize("measure", PUBLISHED)
@pytest.mark.parametrize("as_heat", [False, True])
def test_whos_samples(fifths, measure, as_heat):
    for rows in fifths.values():
        value = (rows["estimate"] / rows["indicator_scale"]).to_numpy()
        people = rows["population"].to_numpy()
        weight = people**2 if as_heat else people
        found = measure(value, people, se=rows["se"] / rows["indicator_scale"], as_heat=as_heat)
        assert_allclose(found.value, regression(value, people, weight)[measure], rtol=1e-8)
        assert found.lower < found.value < found.upper


@pytest.mark.real
def test_the_unit_is_never_guessed_from_the_largest_value(fifths):
    """They take a rate per 1,000 whose values are all below 100 for a percentage."""
    rows = fifths["Under-five mortality rate (deaths per 1000 live births)"]
    rate, people = rows["estimate"].to_numpy(), rows["population"].to_numpy()
    assert rate.max() < 100
    right = sii_logistic(rate / 1000, people, as_heat=True).value * 1000
    guessed = sii_logistic(rate / 100, people, as_heat=True).value * 100
    assert abs(guessed - right) > 0.5
    with pytest.raises(InputError, match=r"not a proportion from 0 to 1 .* rates per 1,000"):
        sii_logistic(rate, people)


@pytest.mark.real
def test_populations_in_other_units_change_nothing(fifths):
    """They round counts, so that populations in hundreds give another answer."""
    rows = fifths["Births attended by skilled health personnel (%)"]
    value, people = rows["estimate"].to_numpy() / 100, rows["population"].to_numpy()
    ours = [sii_logistic(value, people / unit).value for unit in (1, 100)]
    assert_allclose(*ours, rtol=1e-9)
    theirs = [
        sii_logistic(counted(value, people / unit), np.ceil(people / unit), as_heat=True).value
        for unit in (1, 100)
    ]
    assert abs(theirs[0] - theirs[1]) > 0.0005


@pytest.mark.real
def test_the_slope_who_published_of_births_in_indonesia(fifths):
    """Table A7 of Schlotheuber and Hosseinpoor 2022, as corrected, made with HEAT: 31.6 and 1.5."""
    rows = fifths["Births attended by skilled health personnel (%)"]
    people = rows["population"].to_numpy()
    data = counted(rows["estimate"].to_numpy() / 100, people), np.ceil(people)
    slope, ratio = (measure(*data, as_heat=True).value for measure in PUBLISHED)
    assert (round(100 * float(slope), 1), round(float(ratio), 1)) == (31.6, 1.5)
