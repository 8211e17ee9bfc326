"""Two estimates compared, many of them, and tables with hidden counts, as textbooks print them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import false_discovery_control, norm

from ineqlib.estimate import Estimate
from ineqlib.measures import (
    Sum,
    Totals,
    change_in_gap,
    compare,
    difference_p,
    differencing_risks,
    false_discovery,
    protect,
    suppress,
)


def of_ratio(value: float, lower: float, upper: float) -> Estimate:
    """Return a published ratio, its error told from the limits on the log scale."""
    return Estimate(value, lower, upper, value * np.log(upper / lower) / 3.92)


def test_two_relative_risks_of_fracture() -> None:
    older, younger = of_ratio(0.88, 0.71, 1.08), of_ratio(0.67, 0.46, 0.98)
    change = change_in_gap(older, younger, start=(2000, 2001), scale="relative").change
    assert_allclose([change.value, change.lower, change.upper], [0.76, 0.49, 1.17], atol=0.0051)
    logs = [Estimate(np.log(e.value), 0, 0, e.se / e.value) for e in (older, younger)]
    assert_allclose([log.se for log in logs], [0.1070, 0.1929], atol=5e-4)
    assert difference_p(*logs) == pytest.approx(0.2, abs=0.05)
    assert str(compare(*logs, rule="difference")) == "similar"
    # Each on its own: one trial's risk differs from 1, the other's does not.
    assert [str(compare(risk, 1.0)) for risk in (younger, older)] == ["lower", "similar"]


# p-values of fifteen comparisons of two treatments of a heart attack.
THROMBOLYSIS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]


def test_four_of_fifteen_comparisons_stand() -> None:
    judged = false_discovery(THROMBOLYSIS)
    assert judged.discoveries.tolist() == [True] * 4 + [False] * 11
    assert_allclose(judged.adjusted, false_discovery_control(THROMBOLYSIS))
    of_size = Estimate(norm.isf(np.array(THROMBOLYSIS) / 2), *np.ones((3, 15)))
    words = compare(of_size, 0.0, rule="false discovery")
    assert words.tolist() == ["higher"] * 4 + ["similar"] * 11


# Delinquent children by county and education of the head of the household.
CHILDREN = np.array([[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]])
GIVEN_AWAY = np.array([[0, 1, 1, 1], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1]], bool)
PROTECTED = np.array([[0, 1, 1, 1], [0, 0, 0, 0], [1, 1, 0, 1], [1, 0, 1, 1]], bool)


def sums_of(shape: tuple[int, int]) -> list[Sum]:
    """Return what adds up in a table whose totals stand in the last row and the last column."""
    place = np.arange(np.prod(shape)).reshape(shape)
    lines = [*place, *place.T]
    return [
        Sum(int(line[-1]), tuple(line[:-1].tolist()), f"line {n}") for n, line in enumerate(lines)
    ]


def with_totals(hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the table with its totals, and which of all these are hidden."""
    table = np.pad(CHILDREN, ((0, 1), (0, 1)))
    table[-1], table[:, -1] = table.sum(axis=0), table.sum(axis=1)
    table[-1, -1] = CHILDREN.sum()
    return table.astype(float), np.pad(hidden, ((0, 1), (0, 1)))


def test_a_hidden_count_is_given_away_by_rows_less_columns() -> None:
    table, hidden = with_totals(GIVEN_AWAY)
    risks = differencing_risks(np.where(hidden, np.nan, table).ravel(), sums_of(table.shape))
    assert [(risk.cell, risk.kind, risk.lowest) for risk in risks] == [(3, "exact", 1.0)]


def test_the_other_choice_of_hidden_counts_gives_nothing_away() -> None:
    table, hidden = with_totals(PROTECTED)
    sums = sums_of(table.shape)
    assert differencing_risks(np.where(hidden, np.nan, table).ravel(), sums) == []
    kept = protect(table.ravel(), sums, hidden=hidden.ravel())
    assert kept.tolist() == hidden.ravel().tolist()


def furthest(place: int, sign: int, secret: np.ndarray) -> int:
    """Return the least (sign 1) or greatest (-1) number a reader must think possible at a place.

    By branch and bound in whole numbers; the reader knows that 1 to 4 were hidden first.
    """
    small = secret & (CHILDREN < 5)
    least = np.where(small, 1, np.where(secret, 0, CHILDREN)).ravel()
    most = np.where(small, 4, np.where(secret, CHILDREN.sum(), CHILDREN)).ravel()
    rows, columns = np.indices(CHILDREN.shape)
    lines = np.array([(axis == n).ravel() for axis in (rows, columns) for n in range(4)], float)
    totals = lines @ CHILDREN.ravel()
    best = milp(
        sign * np.eye(CHILDREN.size)[place],
        integrality=np.ones(CHILDREN.size),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(lines, totals, totals),
    )
    return round(best.x[place])


def test_what_is_suppressed_could_be_any_number_of_the_rule() -> None:
    totals = Totals(CHILDREN.sum(axis=1), CHILDREN.sum(axis=0), CHILDREN.sum())
    hidden = suppress(CHILDREN, "fewer_than_5", totals=totals)
    assert (hidden.status[CHILDREN < 5] == "primary").all()
    secret = np.isnan(hidden.counts)
    for place in np.flatnonzero(secret):
        least, most = (furthest(place, sign, secret) for sign in (1, -1))
        assert (least, most) == (1, 4) if CHILDREN.flat[place] < 5 else least < most
