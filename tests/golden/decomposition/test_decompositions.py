"""Differences in life expectancy, taken apart, against published parts (see ORIGIN.md)."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.integrate import quad

from ineqlib.measures import AgeBands, arriaga, arriaga_by_cause, horiuchi, life_expectancy

AGES = [0, 1, *range(5, 90, 5)]
RATES_1935 = [
    *(0.047139, 0.004157, 0.001525, 0.001208, 0.002022, 0.002944, 0.003562, 0.003980, 0.005003),
    *(0.005927, 0.008310, 0.011638, 0.016309, 0.024373, 0.035823, 0.055769, 0.092454, 0.130808),
    0.222482,
]
RATES_1995 = [
    *(0.006830, 0.000358, 0.000167, 0.000196, 0.000459, 0.000503, 0.000647, 0.000892, 0.001266),
    *(0.001765, 0.002612, 0.004171, 0.006575, 0.010387, 0.016349, 0.024504, 0.038841, 0.063900),
    0.151106,
]
PRINTED = [
    *(2.8051081, 1.0399461, 0.4333348, 0.2976956, 0.4195021, 0.5990223, 0.6536626, 0.5999136),
    *(0.6600597, 0.6231166, 0.7428925, 0.8048068, 0.8333338, 0.9327126, 0.9383034, 1.0030556),
    *(1.0389165, 0.6826590, 0.5719583),
]


@pytest.mark.parametrize(("rates", "published"), [(RATES_1935, 63.32), (RATES_1995, 79.00)])
def test_life_expectancy_is_the_published_one(rates: list[float], published: float) -> None:
    people = np.full(len(AGES), 1e9)
    ours = life_expectancy(np.multiply(rates, people), people, bands=AGES).value
    assert_allclose(ours, published, atol=0.05)


def test_arriagas_symmetric_parts_are_those_printed() -> None:
    parts = arriaga(RATES_1935, RATES_1995, bands=AGES, symmetric=True)
    assert_allclose(parts.total, PRINTED, atol=0.012)
    assert_allclose(parts.difference, sum(PRINTED), atol=0.05)


def test_horiuchis_parts_lie_near_those_printed() -> None:
    parts = horiuchi([RATES_1935], [RATES_1995], bands=AGES)
    assert_allclose(parts.parts[0], PRINTED, atol=0.03)
    # Nearer than what comes of replacing the rates in either order.
    one_way = arriaga(RATES_1935, RATES_1995, bands=AGES).total
    assert np.abs(parts.parts[0] - PRINTED).max() < np.abs(one_way - PRINTED).max() / 5


def plain_life_expectancy(rates: np.ndarray, bands: AgeBands) -> complex:
    """Sum the years lived in each band by those who reach it; rates may be complex."""
    years, reaching = 0.0 + 0.0j, 1.0 + 0.0j
    widths = [*np.diff(bands.start), None]
    lived = bands.share_lived(np.real(rates))
    for rate, width, share in zip(rates, widths, lived, strict=True):
        if width is None:
            return years + reaching / rate
        dying = reaching * width * rate / (1 + (1 - share) * width * rate)
        years += width * (reaching - dying) + share * width * dying
        reaching -= dying
    raise AssertionError("the last band is open")


def test_horiuchis_parts_are_the_integral_worked_out_afresh() -> None:
    first, last = np.array(RATES_1935), np.array(RATES_1995)
    bands = AgeBands(AGES)

    def speed(when: float, band: int) -> float:
        """Return how fast life expectancy rises by what one rate does, on the way."""
        rates = (first + when * (last - first)).astype(complex)
        rates[band] += 1e-30j
        slope = plain_life_expectancy(rates, bands).imag / 1e-30
        return float(slope * (last - first)[band])

    afresh = [quad(speed, 0, 1, args=(band,), epsabs=1e-11)[0] for band in range(len(AGES))]
    assert_allclose(horiuchi([first], [last], bands=bands).parts[0], afresh, rtol=1e-9)


DEATHS_OF_MEN = {
    "India": [0.0267, 0.0025, 0.0021, 0.0043, 0.0139, 0.0388, 0.0929],
    "China": [0.0084, 0.0009, 0.0015, 0.0028, 0.0102, 0.0342, 0.1003],
}
CAUSES = {
    "India": [
        [0.882, 0.504, 0.382, 0.429, 0.304, 0.248, 0.247],
        [0.073, 0.188, 0.223, 0.315, 0.592, 0.722, 0.728],
        [0.046, 0.309, 0.394, 0.257, 0.104, 0.030, 0.025],
    ],
    "China": [
        [0.677, 0.174, 0.068, 0.101, 0.095, 0.070, 0.084],
        [0.174, 0.337, 0.380, 0.573, 0.796, 0.879, 0.877],
        [0.149, 0.488, 0.552, 0.326, 0.109, 0.051, 0.039],
    ],
}
YEARS_BY_AGE = [5.6, 0.8, 0.3, 0.6, 0.8, 0.3, -0.3]
YEARS_BY_CAUSE = [
    [5.4661508, 0.5517, 0.3501, 0.62476, 0.7041297, 0.4714174, 0.5886932],
    [0.1491803, 0.08335, -0.05085, -0.09996, 0.0236973, -0.1335783, -0.8242662],
    [-0.007160656, 0.16665, -0.0003, 0.07692, 0.072172973, -0.03783913, -0.064427027],
]


@pytest.mark.parametrize("method", [arriaga_by_cause, horiuchi])
def test_causes_part_the_years_of_an_age_as_printed(method) -> None:
    rates = [np.multiply(CAUSES[place], DEATHS_OF_MEN[place]) for place in ("India", "China")]
    bands = AgeBands([0, 5, 15, 30, 45, 60, 70], infants=0.2)
    parts = method(*rates, bands=bands).parts
    of_age = parts.sum(axis=0)
    assert_allclose(parts / of_age * YEARS_BY_AGE, YEARS_BY_CAUSE, rtol=0.006, atol=0.003)
    if method is arriaga_by_cause:
        assert_allclose(of_age, YEARS_BY_AGE, atol=0.15)
