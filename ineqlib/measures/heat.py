"""WHO's versions of measures, for those who must match the Health Equity Assessment Toolkit.

They carry defects on purpose, each named where it is: never use them for anything else.
"""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import above_zero, one_of, require
from ineqlib.measures._events import people_counts
from ineqlib.measures._groups import group_data
from ineqlib.measures._limits import normal_limits
from ineqlib.measures.impact import LAST, reference_group

POLARITIES = ("favourable", "adverse")


def heat_par(
    value: ArrayLike,
    population: ArrayLike,
    *,
    multiplier: float,
    polarity: str,
    reference: str | int = "least_deprived",
    confidence: float = 0.95,
) -> Estimate:
    """Population attributable risk as WHO's HEAT prints it; `par` is the one to trust.

    Parameters
    ----------
    value
        Value of each group, most deprived first, shape ``(…, k)``: a proportion times `multiplier`.
    population
        People in each group, same shape or broadcasting. HEAT takes them to be the people asked,
        so that limits made of a whole population's numbers are far too narrow.
    multiplier
        Per how many the indicator is: 100 for a percentage, 1,000 for a rate per 1,000.
    polarity
        ``"favourable"`` where high is good, ``"adverse"`` where high is bad.
    reference
        As in `par`. HEAT takes the least deprived of ordered groups, and of others the best:
        ``"highest"`` of a favourable indicator, ``"lowest"`` of an adverse one.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`. It is 0, without limits or standard error, where the
        reference group is worse than the mean.

    Raises
    ------
    InputError
        A missing value, a population not above zero, shares in place of people, a value outside 0
        to `multiplier`, a mean of zero.
    ParameterError
        A multiplier not above zero, an unknown polarity or reference.

    Method
    ------
    title: Population attributable risk as WHO's HEAT has it
    sentence: The population attributable risk with the standard error that HEAT prints.
    formula:
        PAR = y_ref − μ, but 0 where the reference group is worse than the mean
        y_ref: value of the reference group, the least deprived unless another is named
        μ = Σ p y: mean of the values y, each weighted by its share p of the population
    use: Only to match figures from WHO's Health Equity Assessment Toolkit.
    avoid: For anything else: take the population attributable risk.
    interval: Normal, with μ times the standard error of HEAT's fraction. It takes populations to be
        the people asked, so limits of a whole population's figures are too narrow; none where the
        risk is set to 0.
    source: Walter 1978, Int J Epidemiol 7:175; Schlotheuber and Hosseinpoor 2022, Int J Environ Res
        Public Health 19:3697
    doi: 10.1093/ije/7.2.175

    Examples
    --------
    >>> risk = heat_par([40.0, 60.0], [50, 50], multiplier=100, polarity="favourable")
    >>> float(risk.value), round(float(risk.se), 3)
    (10.0, 5.138)
    """
    gap, mean, error, words = _impact(value, population, multiplier, reference)
    return _towards_better(gap, mean * error, polarity, confidence, f"risk, {words}")


def heat_paf(
    value: ArrayLike,
    population: ArrayLike,
    *,
    multiplier: float,
    polarity: str,
    reference: str | int = "least_deprived",
    confidence: float = 0.95,
) -> Estimate:
    """Population attributable fraction as WHO's HEAT prints it; `paf` is the one to trust.

    The value is in percent but the standard error is a fraction, as HEAT has it: **limits are one
    hundred times too narrow**. Errors as in `heat_par`.

    Parameters
    ----------
    value, population, multiplier, polarity, reference, confidence
        As in `heat_par`.

    Returns
    -------
    Estimate
        Shape ``(…)``: value in percent, standard error a fraction; 0 where that of `heat_par` is.

    Method
    ------
    title: Population attributable fraction as WHO's HEAT has it
    sentence: The population attributable fraction, in percent, with the limits HEAT prints.
    formula:
        PAF = 100 (y_ref − μ) / μ, but 0 where the reference group is worse than the mean
        se = √(c n (a d (n − c) + b c²) / ((a + c)³ (c + d)³))
        a, b: people outside the reference group with and without the outcome; c, d: those in it; n:
            all of them
        y_ref: value of the reference group, the least deprived unless another is named
        μ = Σ p y: mean of the values y, each weighted by its share p of the population
    use: Only to match figures from WHO's Health Equity Assessment Toolkit.
    avoid: For anything else: take the population attributable fraction.
    interval: Normal, with a value in percent but a standard error that is a fraction: limits are
        one hundred times too narrow, as HEAT prints them. It takes populations to be the people
        asked; none where the fraction is set to 0.
    source: Walter 1978, Int J Epidemiol 7:175; Schlotheuber and Hosseinpoor 2022, Int J Environ Res
        Public Health 19:3697
    doi: 10.1093/ije/7.2.175

    Examples
    --------
    >>> fraction = heat_paf([40.0, 60.0], [50, 50], multiplier=100, polarity="favourable")
    >>> float(fraction.value), round(float(fraction.se), 4)
    (20.0, 0.1028)
    """
    gap, mean, error, words = _impact(value, population, multiplier, reference)
    return _towards_better(100 * gap / mean, error, polarity, confidence, f"fraction, {words}")


def _impact(
    value: ArrayLike, population: ArrayLike, multiplier: float, reference: str | int
) -> tuple[FloatArray, FloatArray, FloatArray, str]:
    """Reference group less mean, mean, Walter's standard error of the one over the other, words."""
    multiplier = above_zero(multiplier, "multiplier")
    value, population, _ = group_data(value, population, None, ordered=reference == LAST)
    people_counts(population, "population")
    require(
        (value >= 0) & (value <= multiplier),
        "value",
        f"from 0 to the multiplier of {multiplier:g}",
        "Walter's standard error needs proportions: look for a wrong multiplier.",
    )
    chosen, words = reference_group(value, reference, -population)
    cases = value / multiplier * population
    all_people, all_cases = population.sum(axis=-1), cases.sum(axis=-1)
    require(all_cases > 0, "the mean of value", "above zero")
    people_in = (chosen * population).sum(axis=-1)
    cases_in = (chosen * cases).sum(axis=-1)
    others, others_cases = all_people - people_in, all_cases - cases_in
    a, b, c, d = others_cases, others - others_cases, cases_in, people_in - cases_in
    spread = c * all_people * (a * d * (all_people - c) + b * c**2)
    error = np.sqrt(spread / (all_cases**3 * people_in**3))
    mean = multiplier * all_cases / all_people
    return multiplier * cases_in / people_in - mean, mean, error, words


def _towards_better(
    value: FloatArray, error: FloatArray, polarity: str, confidence: float, words: str
) -> Estimate:
    """Normal limits; 0 without limits where the reference group is worse than the mean."""
    one_of(polarity, "polarity", POLARITIES)
    better = value >= 0 if polarity == "favourable" else value <= 0
    error = np.where(better, error, np.nan)
    method = f"population attributable {words}, as WHO's HEAT"
    return normal_limits(np.where(better, value, 0.0), error, confidence, method)
