"""What must hold of impact and concentration beyond the table of laws, whatever the data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import (
    aci,
    concentration_curve,
    concentration_decomposition,
    concentration_index,
    erreygers,
    extended_concentration_index,
    paf,
    par,
    rci,
    wagstaff,
)

BOUNDS = (0, 120)
GROUP_MEASURES = {
    "par": par,
    "paf": paf,
    "aci": aci,
    "rci": rci,
    "erreygers": lambda *data: erreygers(*data, bounds=BOUNDS),
    "wagstaff": lambda *data: wagstaff(*data, bounds=BOUNDS),
}
PEOPLE_MEASURES = {
    kind: lambda *data, kind=kind, bounds=bounds, **options: concentration_index(
        *data, kind=kind, bounds=bounds, **options
    )
    for kind, bounds in {
        "standard": None,
        "generalised": None,
        "modified": (-5, np.inf),
        "erreygers": BOUNDS,
        "wagstaff": BOUNDS,
    }.items()
}
PEOPLE_MEASURES["extended"] = lambda *data, **options: extended_concentration_index(
    *data, nu=3.5, **options
)

each_group_measure = pytest.mark.parametrize("measure", GROUP_MEASURES.values(), ids=GROUP_MEASURES)
each_people_measure = pytest.mark.parametrize(
    "measure", PEOPLE_MEASURES.values(), ids=PEOPLE_MEASURES
)


def drawn(draw: st.DrawFn, shape: tuple[int, ...], low: float, high: float) -> np.ndarray:
    return draw(hnp.arrays(float, shape, elements=st.floats(low, high, width=32)))


@st.composite
def groups(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    k = draw(st.integers(2, 12))
    return drawn(draw, (k,), 1, 100), drawn(draw, (k,), 1, 1000)


@st.composite
def people(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw values, ranks with many ties, and weights of 12 to 40 people."""
    n = draw(st.integers(12, 40))
    rank = draw(hnp.arrays(int, n, elements=st.integers(0, 6)))
    return drawn(draw, (n,), 1, 100), rank, drawn(draw, (n,), 0.25, 4)


def parts(estimate) -> np.ndarray:
    return np.stack([estimate.value, estimate.se])


def alike(found, expected) -> None:
    assert_allclose(found, expected, rtol=1e-8, atol=1e-10)


@each_group_measure
@given(data=groups(), at=st.integers(0, 1), share=st.floats(0.1, 0.9))
def test_a_group_split_in_two_alike_leaves_the_value(measure, data, at, share):
    value, population = (np.insert(part, at, part[at]) for part in data)
    population[at] *= share
    population[at + 1] *= 1 - share
    alike(measure(value, population).value, measure(*data).value)


@given(data=groups())
def test_the_index_is_the_area_between_curve_and_diagonal(data):
    curve = concentration_curve(*data)
    area = np.trapezoid(curve.value, curve.population)
    alike(1 - 2 * area, rci(*data).value)


@given(data=groups(), name=st.sampled_from(["rci", "erreygers", "wagstaff"]))
def test_relative_indices_stay_within_one(data, name):
    assert abs(GROUP_MEASURES[name](*data).value) <= 1 + 1e-12


@given(data=groups())
def test_the_best_and_the_worst_group_bound_the_impact(data):
    highest, lowest = (par(*data, reference=word).value for word in ("highest", "lowest"))
    assert lowest - 1e-9 <= par(*data).value <= highest + 1e-9


@each_people_measure
@given(data=people(), seed=st.integers(0, 1000))
def test_the_order_of_the_file_never_matters(measure, data, seed):
    order = np.random.default_rng(seed).permutation(len(data[0]))
    cluster = np.arange(len(order)) // 3
    for labels in (None, cluster):
        moved = None if labels is None else labels[order]
        alike(
            parts(measure(*(part[order] for part in data), cluster=moved)),
            parts(measure(*data, cluster=labels)),
        )


@each_people_measure
@given(data=people(), k=st.floats(0.01, 100))
def test_only_the_order_of_ranks_and_the_shares_of_weights_count(measure, data, k):
    value, rank, weight = data
    alike(parts(measure(value, np.exp(rank), weight * k)), parts(measure(*data)))


@each_people_measure
@given(data=people(), at=st.integers(0, 11), share=st.floats(0.1, 0.9))
def test_a_person_in_two_halves_leaves_the_value(measure, data, at, share):
    value, rank, weight = (np.insert(part, at, part[at]) for part in data)
    weight[at] *= share
    weight[at + 1] *= 1 - share
    alike(measure(value, rank, weight).value, measure(*data).value)


@pytest.mark.parametrize("kind", ["standard", "generalised", "modified", "erreygers", "wagstaff"])
@given(data=people())
def test_ranks_turned_about_turn_the_sign(kind, data):
    value, rank, weight = data
    measure = PEOPLE_MEASURES[kind]
    before, after = measure(*data), measure(value, -rank, weight)
    alike(
        [after.value, after.se, after.lower, after.upper],
        [-before.value, before.se, -before.upper, -before.lower],
    )


@pytest.mark.parametrize("kind", ["erreygers", "wagstaff"])
@given(data=people())
def test_a_bounded_index_does_not_mind_who_is_counted(kind, data):
    value, rank, weight = data
    low, high = BOUNDS
    before = PEOPLE_MEASURES[kind](*data)
    after = PEOPLE_MEASURES[kind](low + high - value, rank, weight)
    alike([after.value, after.se], [-before.value, before.se])


@each_people_measure
@given(data=people(), k=st.floats(1, 100))
def test_everybody_alike_is_no_inequality(measure, data, k):
    found = measure(np.full_like(data[0], k), *data[1:])
    assert_allclose([found.value, found.se], 0, atol=1e-9)


@given(data=people(), seed=st.integers(0, 1000))
def test_contributions_and_residual_add_up_in_any_order(data, seed):
    value, rank, weight = data
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(value))
    determinants = {
        "rank": rank + rng.uniform(1, 2, len(value)),
        "mixed sign": rng.normal(1, 3, len(value)),
    }
    found = concentration_decomposition(value, rank, determinants, weight)
    alike(found.contribution.sum() + found.residual, found.index)
    alike(found.index, concentration_index(value, rank, weight).value)
    moved = {name: column[order] for name, column in determinants.items()}
    again = concentration_decomposition(value[order], rank[order], moved, weight[order])
    alike(again.contribution, found.contribution)
    alike(again.residual, found.residual)
    bounded = concentration_decomposition(
        value, rank, determinants, weight, kind="erreygers", bounds=BOUNDS
    )
    alike(bounded.contribution.sum() + bounded.residual, bounded.index)
    # Each part has the same share of either index: nothing is left over by the kind.
    alike(bounded.residual * found.index, found.residual * bounded.index)
