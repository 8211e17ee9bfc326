"""Limits and verdicts of the published funnel plot template."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.measures import funnel_limits, funnel_points, funnel_significance

AVERAGE = 0.80642448
# Denominator; lower and upper limit at 95%, lower and upper at 99.8%; per cent.
PROPORTIONS = np.array(
    [
        [1, 3.204264, 100, 0, 100],
        [10, 56.154344, 100, 42.03259, 100],
        [20, 63.326743, 97.958152, 53.341156, 100],
        [50, 69.691035, 91.593861, 63.375595, 97.909301],
        [102, 72.974925, 88.309971, 68.553233, 92.731663],
        [1008, 78.203374, 83.081521, 76.796814, 84.488082],
        [9998, 79.867989, 81.416907, 79.421375, 81.863521],
        [110000, 80.408963, 80.875933, 80.274317, 81.010578],
    ]
)
# Events; events expected where that many lie on the lower and upper limit at 95%, at 99.8%.
RATIOS = np.array(
    [
        [1, 5.571644585, 0.025317898, 9.233410143, 0.001000547],
        [2, 7.224687515, 0.242209467, 11.22886836, 0.04540199],
        [5, 11.6683331, 1.623486324, 16.45474478, 0.739371928],
        [10, 18.39035799, 4.795387629, 24.13397235, 2.960519925],
        [53, 69.32529115, 39.70064084, 79.58122829, 33.31437379],
        [100, 121.6268111, 81.36400699, 134.9243187, 71.92139974],
        [716, 770.4222128, 664.5083011, 802.60414, 636.1521174],
    ]
)
# Primary care trusts: percentage's events, people, verdict.
TRUSTS = [
    (35078.488, 41980, "higher (99.8%)"),
    (24803.6256, 31824, "lower (99.8%)"),
    (50050.7443, 61921, "similar"),
    (26789.238, 33012, "higher (95%)"),
    (18550.7595, 22905, "similar"),
    (30277.5312, 37828, "lower (95%)"),
    (18504.9982, 22739, "higher (95%)"),
]
# Events, standardised rate per 100,000, people; verdict of the rate, of the crude rate.
AREAS = [
    (2419, 907.6174266, 264102, "higher (99.8%)", "higher (99.8%)"),
    (2130, 752.3254955, 286718, "higher (95%)", "higher (99.8%)"),
    (2083, 717.7035916, 297424, "similar", "similar"),
    (2033, 785.6210132, 277710, "higher (99.8%)", "higher (95%)"),
    (2002, 652.3391553, 290888, "lower (99.8%)", "similar"),
    (1912, 662.4465438, 289859, "lower (95%)", "similar"),
    (1881, 627.1624732, 289653, "lower (99.8%)", "lower (95%)"),
    (1809, 646.7588823, 288384, "lower (99.8%)", "lower (99.8%)"),
    (1688, 662.3775859, 303255, "lower (95%)", "lower (99.8%)"),
]
LEVELS = ((0.95, 1, 2), (0.998, 3, 4))


@pytest.mark.parametrize(("confidence", "low", "high"), LEVELS)
def test_limits_of_proportions(confidence, low, high):
    found = funnel_limits(PROPORTIONS[:, 0], AVERAGE, kind="proportion", confidence=confidence)
    assert_allclose(found.lower * 100, PROPORTIONS[:, low], atol=2e-6)
    assert_allclose(found.upper * 100, PROPORTIONS[:, high], atol=2e-6)


@pytest.mark.parametrize(("confidence", "low", "high"), LEVELS)
def test_limits_of_ratios(confidence, low, high):
    events = RATIOS[:, 0]
    below = funnel_limits(RATIOS[:, low], 1.0, kind="ratio", confidence=confidence)
    above = funnel_limits(RATIOS[:, high], 1.0, kind="ratio", confidence=confidence)
    assert_allclose(below.lower * RATIOS[:, low], events, rtol=1e-5)
    assert_allclose(above.upper * RATIOS[:, high], events, rtol=1e-4)


def test_verdicts_of_proportions():
    events, people, verdicts = zip(*TRUSTS, strict=True)
    found = funnel_significance(events, people, kind="proportion", average=AVERAGE)
    assert found.tolist() == list(verdicts)


def test_verdicts_of_rates():
    events, rate, people, standardised, crude = zip(*AREAS, strict=True)
    size = np.array(events) / np.array(rate) * 100_000
    found = funnel_significance(events, size, kind="dsr", average=75831 / 10757688.949237805)
    assert found.tolist() == list(standardised)
    found = funnel_significance(events, people, kind="rate", average=75831 / 11045484)
    assert found.tolist() == list(crude)


# Events, rate per 100,000, people of a year as published: of three years, and of five.
POINTS = np.array(
    [
        [414, 184, 75_000, 45_000],
        [462, 102, 150980.3922, 90588.23529],
        [13, 70, 6190.47619, 3714.285714],
        [988, 167, 197205.5888, np.nan],
        [22, 185, 3963.963964, 2378.378378],
        [308, 155, 66236.55914, 39741.93548],
    ]
)


@pytest.mark.parametrize(("years", "column"), [(3, 2), (5, 3)])
@pytest.mark.parametrize("kind", ["rate", "dsr"])
def test_points_of_a_funnel(kind: str, years: int, column: int) -> None:
    known = POINTS[np.isfinite(POINTS[:, column])]
    points = funnel_points(known[:, 0], known[:, 1], kind=kind, years=years)
    assert_allclose(points.size, known[:, column], rtol=1e-9)
    assert_allclose(points.value, known[:, 1])


def test_an_area_without_events_stands_at_its_people() -> None:
    # Theirs of five years and 6,883 people.
    assert funnel_points(0, 0, 6883, kind="rate", years=5).size == 1376.6
    assert np.isnan(funnel_points(9, 70, kind="dsr").size)
