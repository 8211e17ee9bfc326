"""Our slope and relative indices against those published with PHE's own methods (see ORIGIN.md)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.stats import norm

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate
from ineqlib.measures import (
    Simulation,
    gradient_checks,
    implied_se,
    rii,
    rii_simulated,
    sii,
    sii_simulated,
)
from ineqlib.measures.gradients import back, onto

pytestmark = pytest.mark.real

NOISE = {0: "linear", 1: "log", 2: "logit"}
"""Where OHID's tool draws chance, by its value type."""

OUR_DRAWS = 40_000
"""Fewer than their 100,000, for speed; what both leave open is reckoned with."""


@dataclass(frozen=True)
class Case:
    """Groups of one area in the sheet, what was asked of them, and what was answered."""

    groups: pd.DataFrame

    @property
    def answers(self) -> pd.Series:
        return self.groups.iloc[0]

    @property
    def kind(self) -> str:
        return self.answers["TestDescription"]

    @property
    def noise(self) -> str:
        return NOISE[self.answers["ValueType"]]

    @property
    def scale(self) -> str:
        return self.noise if "transform" in self.kind else "linear"

    @property
    def multiplier(self) -> int:
        times = 100 if "100)" in self.kind else 1
        return -times if "-100" in self.kind or "negative multiplier" in self.kind else times

    @property
    def data(self) -> dict:
        """Arguments; standard errors, which the sheet has on the noise's scale, in the unit."""
        value, error = self.groups["Value"].to_numpy(), self.groups["StandardError"].to_numpy()
        _, one = onto(value, np.ones_like(value), self.noise)
        return {
            "value": value,
            "population": self.groups["Population"],
            "se": error / one,
            "scale": self.scale,
        }

    def levels(self) -> list[tuple[int, float]]:
        """Place in the sheet and confidence of each pair of limits published."""
        found = [(1, 0.95), (2, 0.98 if "98" in self.kind else 0.99)]
        if "98%" in self.kind and "95%" not in self.kind:
            found = [(1, 0.98)]
        if "99% confidence" in self.kind:
            found = [(1, 0.99)]
        return [each for each in found if self.answers.notna()[f"sii_lowercl_{each[0]}"]]

    def published(self, name: str, place: int) -> np.ndarray:
        columns = [f"{name}_lowercl_{place}", f"{name}_uppercl_{place}"]
        return self.answers[columns].to_numpy(dtype=float)

    def as_published(self, name: str, found: Estimate) -> tuple[float, np.ndarray]:
        """Value and limits times the multiplier, which if negative inverts the relative index."""
        value, limits = found.value, np.array([found.lower, found.upper])
        if name == "sii":
            return value * self.multiplier, np.sort(limits * self.multiplier)
        return (value, limits) if self.multiplier > 0 else (1 / value, np.sort(1 / limits))


@pytest.fixture(scope="module")
def folder(real_data) -> Path:
    return real_data / "phe_methods_reference"


@pytest.fixture(scope="module")
def sheet(folder) -> dict[str, list[Case]]:
    """Cases by whether they were answered, most deprived group first."""
    rows = pd.read_csv(folder / "xlsx_SII__testdata_SII.csv.gz")
    parts = [Case(part) for _, part in rows.groupby(["TestDescription", "Area"], sort=False)]
    assert all(case.groups["Quantile"].is_monotonic_increasing for case in parts)
    return {
        "answered": [case for case in parts if case.answers.notna()["sii"]],
        "not": [case for case in parts if case.answers.isna()["sii"]],
    }


def test_values_and_intercepts(sheet):
    assert len(sheet["answered"]) == 44
    for case in sheet["answered"]:
        for name, measure in (("sii", sii), ("rii", rii)):
            if np.isnan(case.answers[name]):  # the test asked for the slope alone
                assert name == "rii" and "without rii" in case.kind
                continue
            found, _ = case.as_published(name, measure(**case.data))
            assert_allclose(found, case.answers[name], rtol=1e-9, err_msg=case.kind)
        if case.answers.notna()["Intercept"]:
            value, _ = onto(case.data["value"], case.data["se"], case.scale)
            ends = gradient_checks(value, case.data["population"])
            start = back(ends.most_deprived_end, case.scale)
            assert_allclose(start, case.answers["Intercept"], rtol=1e-9, err_msg=case.kind)


def test_simulated_limits_are_the_published_ones_within_what_both_simulations_leave_open(sheet):
    rng = np.random.default_rng(2026)
    compared = 0
    for case in sheet["answered"]:
        simulation = Simulation(rng, OUR_DRAWS, case.noise)
        one_draw = 1 / OUR_DRAWS + 1 / case.answers["Repetitions"]
        for place, level in case.levels():
            tail = (1 - level) / 2
            z = -norm.ppf(tail)
            left_open = np.sqrt(tail * (1 - tail) * one_draw) / norm.pdf(z)  # in standard errors
            for name, measure in (("sii", sii_simulated), ("rii", rii_simulated)):
                expected = case.published(name, place)
                if np.isnan(expected).all():
                    assert name == "rii" and "without rii" in case.kind
                    continue
                found = measure(**case.data, simulation=simulation, confidence=level)
                value, limits = case.as_published(name, found)
                error = np.abs(expected - value) / z  # each side its own: ratios are skewed
                assert (np.abs(limits - expected) < 4.5 * left_open * error).all(), case.kind
                compared += 1
    assert compared == 92


def test_exact_limits_are_what_a_hundred_thousand_simulations_come_near(sheet):
    """Also of rates and proportions with noise on their own scale: see decision 0001."""
    compared = 0
    for case in sheet["answered"]:
        for place, level in case.levels():
            for name, measure in (("sii", sii), ("rii", rii)):
                expected = case.published(name, place)
                if np.isnan(expected).all():
                    continue
                _, limits = case.as_published(name, measure(**case.data, confidence=level))
                near = 0.02 * np.ptp(expected)
                assert_allclose(limits, expected, atol=near, rtol=0, err_msg=case.kind)
                compared += 1
    assert compared == 92


def test_limits_not_published_are_those_of_the_fifths(sheet):
    without = {case.kind for case in sheet["answered"] if not case.levels()}
    assert without == {"default - testing quintiles"}


REFUSED = {
    "negative populations": "population: 1 of 10 not above zero",
    "negative counts/standard error": "se: 1 of 10 not zero or above",
    "missing value field": "value: 10 of 10 not a number",
    "missing confidence limits and se": "se: 5 of 10 not a number",
    "missing populations, counts or values": "value: 1 of 10 not a number",
}


def test_what_the_sheet_says_cannot_be_answered_is_refused(sheet):
    seen = set()
    for case in sheet["not"]:
        what = case.kind.split(" - ")[1]
        seen.add(what)
        groups = {**case.data, "se": case.groups["StandardError"], "scale": "linear"}
        if what in REFUSED:
            with pytest.raises(InputError, match=REFUSED[what]):
                sii(**groups)
        elif what == "invalid proportion in CLs":  # a lower limit of 8 above an upper one of 0.09
            with pytest.raises(InputError, match="Are the two swapped"):
                implied_se(case.groups["LowerCL"], case.groups["UpperCL"])
        else:  # they warn; we print the number of groups beside every slope
            assert what == "large number of quantiles (>10)"
            assert "15 groups" in sii(**groups).method
    assert seen == {*REFUSED, "invalid proportion in CLs", "large number of quantiles (>10)"}


@pytest.fixture(scope="module")
def life_expectancy(folder) -> pd.DataFrame:
    """Areas and sexes with all ten tenths, in order."""
    rows = pd.read_csv(folder / "LE_by_la_decile_sex.csv.gz").dropna()
    whole = rows.groupby(["GeoCode", "Sex"])["Decile"].transform("size") == 10
    return rows[whole].sort_values(["GeoCode", "Sex", "Decile"])


def tenths(rows: pd.DataFrame, column: str) -> np.ndarray:
    return rows[column].to_numpy(dtype=float).reshape(-1, 10)


def test_englands_published_slope_index(life_expectancy):
    for sex, published in ((1, 9.3), (2, 7.3)):
        england = life_expectancy["GeoCode"] == "England"
        rows = life_expectancy[england & (life_expectancy["Sex"] == sex)]
        assert round(float(sii(rows["LifeExp"], rows["Pop"]).value), 1) == published


def test_every_area_in_one_call_equals_least_squares_area_by_area(life_expectancy):
    value, people = tenths(life_expectancy, "LifeExp"), tenths(life_expectancy, "Pop")
    assert len(value) > 600
    found = sii(value, people, se=tenths(life_expectancy, "SE")).value
    relative = rii(value, people).value
    for row in range(len(value)):
        share = people[row] / people[row].sum()
        rank = np.cumsum(share) - share / 2
        weight = np.sqrt(share)
        design = np.column_stack([weight, weight * rank])
        (start, slope), *_ = np.linalg.lstsq(design, weight * value[row], rcond=None)
        assert_allclose(found[row], slope, rtol=0, atol=1e-9)
        assert_allclose(relative[row], (start + slope) / start, rtol=0, atol=1e-9)
