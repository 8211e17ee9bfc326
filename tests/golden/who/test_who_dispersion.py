"""Our measures of dispersion against the World Health Organization's samples (see ORIGIN.md)."""

import math
from functools import partial

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib import measures
from ineqlib.errors import InputError

pytestmark = pytest.mark.real

SAMPLES = {
    "births by region": ("NonorderedSample", "Births", 34),
    "deaths by region": ("NonorderedSampleMultipleind", "Under-five", 37),
    "births by wealth": ("OrderedSample", "Births", 5),
    "deaths by wealth": ("OrderedSampleMultipleind", "Under-five", 5),
}

ANALYTIC = {  # value, standard error, limits as printed
    "bgv": (50.42023, 9.560196, 31.68259, 69.15787),
    "theil_index": (3.143872, 0.000623933, 3.142649, 3.145095),
    "mean_log_deviation": (3.307901, 0.0007073368, 3.306514, 3.309287),
}
PRINTED = {  # value and limits as printed; limits are the middle 95% of 100 draws
    "bgsd": (measures.bgsd, 7.10072, 6.327117, 8.540935),
    "cov": (partial(measures.cov, as_heat=True), 7.752158, 6.860121, 9.349835),
    "idisu": (partial(measures.idis, weighted=False, as_heat=True), 7.222503, 6.561635, 8.455798),
    "idisw": (partial(measures.idis, as_heat=True), 5.814742, 5.296582, 7.211044),
    "mdmu": (partial(measures.mdm, weighted=False), 6.615573, 6.065521, 7.675856),
    "mdmw": (measures.mdm, 5.326111, 4.633221, 6.563132),
    "mdbu": (
        partial(measures.mdb, best="highest", weighted=False),
        10.3264,
        9.253222,
        11.10566,
    ),
    "mdbw": (partial(measures.mdb, best="highest"), 8.403313, 7.449621, 9.52427),
    "mdru": (partial(measures.mdr, reference=0, weighted=False), 7.158216, 6.171583, 8.753128),
    "mdrw": (partial(measures.mdr, reference=0), 5.64322, 4.66525, 7.056331),
}


@pytest.fixture(scope="module")
def read(real_data):
    def one(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        file, indicator, groups = SAMPLES[name]
        rows = pd.read_csv(real_data / "who" / f"healthequal_{file}.csv")
        rows = rows[rows["indicator"].str.startswith(indicator)]
        assert len(rows) == groups
        return tuple(rows[column].to_numpy() for column in ("estimate", "population", "se"))

    return one


def plainly(value, population) -> dict[str, float]:
    """Every measure, group by group."""
    people = math.fsum(population)
    share = [n / people for n in population]
    groups = list(zip(share, value, strict=True))
    k, mean = len(groups), math.fsum(p * y for p, y in groups)
    variance = math.fsum(p * (y - mean) ** 2 for p, y in groups)
    best, first = max(value), value[0]
    return {
        "bgv": variance,
        "bgsd": math.sqrt(variance),
        "cov": math.sqrt(variance) / mean,
        "theil_index": math.fsum(p * y / mean * math.log(y / mean) for p, y in groups),
        "mean_log_deviation": -math.fsum(p * math.log(y / mean) for p, y in groups),
        "mdm": math.fsum(p * abs(y - mean) for p, y in groups),
        "mdm alike": math.fsum(abs(y - mean) for _, y in groups) / k,
        "idis": math.fsum(p * abs(y - mean) for p, y in groups) / mean,
        "idis alike": math.fsum(abs(y - mean) for _, y in groups) / k / mean,
        "mdb": math.fsum(p * (best - y) for p, y in groups),
        "mdb alike": math.fsum(best - y for _, y in groups) / k,
        "mdb lowest": math.fsum(p * (y - min(value)) for p, y in groups),
        "mdr": math.fsum(p * abs(y - first) for p, y in groups),
        "mdr alike": math.fsum(abs(y - first) for _, y in groups) / k,
        "gini": math.fsum(p * q * abs(y - x) for p, y in groups for q, x in groups) / 2 / mean,
        "atkinson": 1 - math.exp(math.fsum(p * math.log(y) for p, y in groups)) / mean,
    }


OURS = {
    name: getattr(measures, name)
    for name in ("bgv", "bgsd", "cov", "theil_index", "mean_log_deviation", "mdm", "idis")
} | {
    "mdm alike": partial(measures.mdm, weighted=False),
    "idis alike": partial(measures.idis, weighted=False),
    "mdb": partial(measures.mdb, best="highest"),
    "mdb alike": partial(measures.mdb, best="highest", weighted=False),
    "mdb lowest": partial(measures.mdb, best="lowest"),
    "mdr": partial(measures.mdr, reference=0),
    "mdr alike": partial(measures.mdr, reference=0, weighted=False),
    "gini": measures.gini,
    "atkinson": measures.atkinson,
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_measure_is_its_formula(read, sample):
    value, population, se = read(sample)
    expected = plainly(value.tolist(), population.tolist())
    assert expected.keys() == OURS.keys()
    for name, measure in OURS.items():
        found = measure(value, population, se=se)
        assert_allclose(found.value, expected[name], rtol=1e-9, err_msg=name)
        assert found.lower <= found.value <= found.upper, name


@pytest.mark.parametrize("name", ANALYTIC)
def test_as_heat_gives_what_its_authors_print(read, name):
    value, population, se = read("births by region")
    found = getattr(measures, name)(value, population, se=se, as_heat=True)
    printed = ANALYTIC[name]
    assert_allclose([found.value, found.se, found.lower, found.upper], printed, rtol=1e-6)


@pytest.mark.parametrize("name", PRINTED)
def test_values_are_what_its_authors_print(read, name):
    measure, value, *_ = PRINTED[name]
    found = measure(*read("births by region")[:2])
    assert_allclose(found.value, value, rtol=1e-6)


@pytest.mark.parametrize("name", ["cov", "idis"])
def test_limits_nobody_else_can_draw_are_left_out(read, name):
    value, population, se = read("births by region")
    found = getattr(measures, name)(value, population, se=se, as_heat=True)
    assert np.isnan([found.lower, found.upper, found.se]).all()
    assert found.method.endswith("per cent as in HEAT, no limits")


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", ["theil_index", "mean_log_deviation"])
def test_heat_errors_of_entropy_are_a_thousand_times_too_small(read, sample, name):
    measure = getattr(measures, name)
    value, population, se = read(sample)
    draws = np.random.default_rng(1).normal(value, se, (20_000, value.size))
    draws = np.where(draws > 0, draws, value)
    simulated = measure(draws, population).value.std()
    ours, heat = (measure(value, population, se=se, as_heat=as_heat) for as_heat in (False, True))
    assert_allclose(ours.se, simulated, rtol=0.12)
    assert_allclose(heat.value, 1000 * ours.value, rtol=1e-9)
    assert_allclose(heat.se, ours.se, rtol=1e-9)  # that of the value before it is multiplied


@pytest.mark.parametrize("name", ["theil_index", "mean_log_deviation"])
def test_default_limits_hold_the_truth_where_those_of_heat_do_not(read, name):
    measure = getattr(measures, name)
    value, population, se = read("deaths by wealth")
    truth = measure(value, population).value
    draws = np.random.default_rng(2).normal(value, se, (4000, 5))
    ours = measure(draws, population, se=se)
    heat = measure(draws, population, se=se, as_heat=True)
    assert 0.93 < ((ours.lower <= truth) & (truth <= ours.upper)).mean() < 0.97
    assert ((heat.lower <= 1000 * truth) & (1000 * truth <= heat.upper)).mean() < 0.01


@pytest.mark.parametrize("name", ["bgv", "bgsd", "cov", "mdm", "idis", "mdb", "mdr"])
def test_default_limits_hold_the_truth_behind_the_samples(read, name):
    measure = OURS[name]
    value, population, se = read("deaths by wealth")
    found = measure(np.random.default_rng(3).normal(value, se, (4000, 5)), population, se=se)
    truth = measure(value, population).value
    assert 0.93 < ((found.lower <= truth) & (truth <= found.upper)).mean() < 0.99


def test_the_error_of_the_variance_under_as_heat_is_that_of_its_draws(read):
    value, population, se = read("births by region")
    draws = np.random.default_rng(4).normal(value, se, (50_000, value.size))
    heat = measures.bgv(value, population, se=se, as_heat=True)
    assert_allclose(heat.se, measures.bgv(draws, population).value.std(), rtol=0.015)


def test_a_group_known_without_error_is_taken_but_cannot_be_tested(read):
    value, population, se = read("births by region")
    assert (se == 0).sum() == 1
    assert np.isfinite(measures.bgv(value, population, se=se).upper)
    with pytest.raises(InputError, match="se: 1 of 34 not above zero"):
        measures.no_difference_p(value, se=se)


def test_a_missing_error_is_refused_with_its_place(read):
    value, population, se = read("births by region")
    se = np.where(np.arange(34) == 3, np.nan, se)
    with pytest.raises(InputError, match=r"se: 1 of 34 not a number.*at 3"):
        measures.mdm(value, population, se=se)
