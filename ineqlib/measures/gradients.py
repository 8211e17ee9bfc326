"""Slope and relative index of inequality: a straight line through all the groups.

The line is fitted by least squares, groups weighted by population, on each group's relative rank
(the midpoint of its share of the population, 0 = most deprived, 1 = least). Why these limits, and
what else was possible: docs/decisions/0001-sii-and-rii-limits.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import one_of, require, z_score
from ineqlib.measures._groups import group_data
from ineqlib.measures._limits import ratio_of_sums
from ineqlib.measures.quantiles import relative_rank

LEAST_GROUPS = 5
"""Fewer groups make no gradient: with two to four, show the groups and their difference."""

SCALES = ("linear", "log", "logit")


@dataclass(frozen=True)
class Line:
    """A least squares line on one scale, and how each of its parts weighs the groups' values.

    `slope` is the fitted value at rank 1 minus at rank 0; `middle` is the one at rank 1/2.
    """

    share: FloatArray
    leverage: FloatArray
    middle: FloatArray
    slope: FloatArray

    @property
    def most_deprived_end(self) -> FloatArray:
        """Fitted value at rank 0."""
        return self.middle - self.slope / 2

    @property
    def least_deprived_end(self) -> FloatArray:
        """Fitted value at rank 1."""
        return self.middle + self.slope / 2


def sii(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    scale: str = "linear",
    confidence: float = 0.95,
) -> Estimate:
    """Slope index of inequality: fitted value at the least deprived end minus at the most deprived.

    Positive where the value rises with affluence (life expectancy), negative where it falls
    (mortality). It depends on how many groups there are.

    Parameters
    ----------
    value
        Value of each group, most deprived first, shape ``(…, k)``, k at least 5.
    population
        People in each group, same shape or broadcasting.
    se
        Standard errors of `value`, in its own unit whatever the scale; without them no limits.
    scale
        Where the line is straight: ``"linear"``; ``"log"`` (values above zero); ``"logit"`` (values
        are proportions between 0 and 1, not percentages). The index is in the unit of `value`.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``.

    Raises
    ------
    InputError
        Fewer than five groups; a missing value; a population not above zero; a negative standard
        error; a value its scale cannot take.
    ParameterError
        An unknown scale or a confidence that is not a fraction.

    Method
    ------
    title: Slope index of inequality
    sentence: How far apart the two ends of the scale of deprivation are, judged by a line through
        all the groups.
    formula:
        SII = ŷ(1) − ŷ(0) = Σ a (b − ½) y / Σ a (b − ½)²
        ŷ: line through the values y on relative rank b, by least squares weighted by population
        a: a group's share of the population; b: midpoint of the cumulative share, most deprived at
            0
    use: The gap across all of an area, in the indicator's unit, from five groups or more.
    avoid: Where a straight line is a poor picture (see gradient_checks). Never compare one of
        fifths with one of tenths, or one on IMD 2019 with one on IoD 2025.
    interval: Linear scale, exact for normal values: SII ± z √Σ h² se², h being what each value is
        multiplied by above. Log and logit scales: the limits of the slope there, the line turned
        about its middle, taken back to the unit of the values. Groups are taken to be independent
        of one another, and a straight line to be true.
    source: Low and Low 2004, J Public Health 26:388; Pamuk 1985, Popul Stud 39:17
    doi: 10.1093/pubmed/fdh175

    Examples
    --------
    >>> slope = sii([10, 20, 30, 40, 50], [1, 1, 1, 1, 1], se=[2, 2, 2, 2, 2])
    >>> round(float(slope.value), 6), round(float(slope.se), 3)
    (50.0, 3.162)
    """
    value, population, error = groups_on(value, population, se, scale)
    z = z_score(confidence)
    line, slope_error = _line_on(value, population, error, scale)
    half = z * slope_error
    method = f"slope index of inequality, {_words(value, scale)}"
    estimate, low, high = (
        _height(line.middle, slope, scale)
        for slope in (line.slope, line.slope - half, line.slope + half)
    )
    bottom = _derivative(line.most_deprived_end, scale)
    top = _derivative(line.least_deprived_end, scale)
    return Estimate(estimate, low, high, (bottom + top) / 2 * slope_error, confidence, method)


def rii(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    scale: str = "linear",
    confidence: float = 0.95,
) -> Estimate:
    """Relative index of inequality: fitted value at the least deprived end over the most deprived.

    1 at equality.

    Parameters
    ----------
    value, population, se, scale, confidence
        As in `sii`.

    Returns
    -------
    Estimate
        Shape ``(…)``. The standard error is the delta method's.

    Raises
    ------
    InputError
        As `sii`; besides, a fitted value at or below zero at either end, where a ratio means
        nothing: `gradient_checks` says where that is so.
    ParameterError
        An unknown scale or a confidence that is not a fraction.

    Method
    ------
    title: Relative index of inequality
    sentence: How many times the most deprived end's value the least deprived end has, judged by a
        line through all the groups.
    formula:
        RII = ŷ(1) / ŷ(0)
        ŷ: line through the values y on relative rank b, by least squares weighted by population
        a: a group's share of the population; b: midpoint of the cumulative share, most deprived at
            0
    use: Beside the slope index, to compare indicators of different units or levels.
    avoid: Where the line meets zero: the ratio is then refused. Three other things are called RII
        (SII over the mean, its inverse, a regression's ratio): never compare across them.
    interval: Linear scale: Fieller's, exact for the ratio of two correlated normal values; none
        where the fitted deprived end cannot be told from zero. Log and logit scales: from the
        limits of the slope, as for the slope index.
    source: Mackenbach and Kunst 1997, Soc Sci Med 44:757; limits: Fieller 1954
    doi: 10.1016/S0277-9536(96)00073-1

    Examples
    --------
    >>> round(float(rii([10, 20, 30, 40, 50], [1, 1, 1, 1, 1]).value), 6)
    11.0
    """
    value, population, error = groups_on(value, population, se, scale)
    z = z_score(confidence)
    line, slope_error = _line_on(value, population, error, scale)
    method = f"relative index of inequality, {_words(value, scale)}"
    bottom = back(line.most_deprived_end, scale)
    top = back(line.least_deprived_end, scale)
    if scale == "linear":
        require(
            (bottom > 0) & (top > 0),
            "rii",
            "above zero at both ends of the fitted line",
            "A ratio means nothing there: use the slope index, or scale='log'.",
        )
        half_leverage = line.leverage / 2
        estimate, low, high, ratio_error = ratio_of_sums(
            line.share + half_leverage, line.share - half_leverage, value, error, confidence
        )
    else:
        half = z * slope_error
        estimate, low, high = (
            back(line.middle + slope / 2, scale) / back(line.middle - slope / 2, scale)
            for slope in (line.slope, line.slope - half, line.slope + half)
        )
        bottom_rate = _derivative(line.most_deprived_end, scale) / bottom
        top_rate = _derivative(line.least_deprived_end, scale) / top
        ratio_error = estimate * (bottom_rate + top_rate) / 2 * slope_error
    return Estimate(estimate, low, high, ratio_error, confidence, method)


def fit_line(value: FloatArray, population: FloatArray) -> Line:
    """Least squares line of `value` on relative rank, weighted by population; last axis = groups.

    Shares add up to 1, so the weighted mean rank is 1/2 and the line needs no matrix: the slope is
    the sum of leverage times value, and the fitted middle is the weighted mean.
    """
    share = population / population.sum(axis=-1, keepdims=True)
    from_middle = relative_rank(population) - 0.5
    spread = (share * from_middle**2).sum(axis=-1, keepdims=True)
    leverage = share * from_middle / spread
    # Values less one of themselves: what all groups have in common must not cost digits.
    base = value[..., :1]
    slope = (leverage * (value - base)).sum(axis=-1)
    return Line(share, leverage, (share * value).sum(axis=-1), slope)


def groups_on(
    value: ArrayLike, population: ArrayLike, se: ArrayLike | None, scale: str
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Values, populations and errors of groups, checked for what the scale can take."""
    one_of(scale, "scale", SCALES)
    value, population, error = group_data(
        value, population, se, at_least=LEAST_GROUPS, ordered=True
    )
    if scale == "log":
        require(value > 0, "value", "above zero", "The log scale needs that: use the linear one.")
    if scale == "logit":
        require(
            (value > 0) & (value < 1),
            "value",
            "a proportion above 0 and below 1",
            "The logit scale needs that: divide percentages by 100, or use the linear scale.",
        )
    return value, population, error


def _line_on(
    value: FloatArray, population: FloatArray, error: FloatArray, scale: str
) -> tuple[Line, FloatArray]:
    """Line on the scale, and the standard error of its slope there."""
    value, error = onto(value, error, scale)
    line = fit_line(value, population)
    return line, np.sqrt((line.leverage**2 * error**2).sum(axis=-1))


def onto(value: FloatArray, error: FloatArray, scale: str) -> tuple[FloatArray, FloatArray]:
    """Values and their standard errors on the scale, errors by the delta method."""
    if scale == "log":
        return np.log(value), error / value
    if scale == "logit":
        return np.asarray(logit(value)), error / (value * (1 - value))
    return value, error


def back(fitted: FloatArray, scale: str) -> FloatArray:
    """From the scale to the unit of the values."""
    return {"linear": np.asarray, "log": np.exp, "logit": expit}[scale](fitted)


def _derivative(fitted: FloatArray, scale: str) -> FloatArray:
    """How fast `back` changes at a fitted value."""
    there = back(fitted, scale)
    return {"linear": np.ones_like(there), "log": there, "logit": there * (1 - there)}[scale]


def _height(middle: FloatArray, slope: FloatArray, scale: str) -> FloatArray:
    """End to end of the line with this slope through the middle, in the unit of the values."""
    if scale == "linear":
        return slope
    return back(middle + slope / 2, scale) - back(middle - slope / 2, scale)


def _words(value: FloatArray, scale: str) -> str:
    return f"{value.shape[-1]} groups, {scale} scale, least squares weighted by population"
