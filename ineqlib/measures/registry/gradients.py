"""Slopes: a straight line through all the groups."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures.gradients import LEAST_GROUPS, fit_line, rii, sii
from ineqlib.measures.registry.needs import ABOVE_ZERO
from ineqlib.measures.registry.rows import Measure, Need


def _ends_above_zero(value: FloatArray, population: FloatArray) -> NDArray:
    line = fit_line(value, population)
    return (line.most_deprived_end > 0) & (line.least_deprived_end > 0)


def _proportions(value: FloatArray, _population: FloatArray) -> NDArray:
    return np.asarray(((value > 0) & (value < 1)).all(axis=-1))


_SCALES = (
    replace(ABOVE_ZERO, words="every value above zero for the log scale", when=("scale", "log")),
    Need(
        words="every value a proportion above 0 and below 1 for the logit scale",
        met=_proportions,
        when=("scale", "logit"),
    ),
)

_LINE = (
    "line through the values y on relative rank b, by least squares weighted by population\n"
    "a: a group's share of the population; b: midpoint of the cumulative share, most deprived at 0"
)

ROWS = (
    Measure(
        function=sii,
        title="Slope index of inequality",
        sentence=(
            "How far apart the two ends of the scale of deprivation are, "
            "judged by a line through all the groups."
        ),
        formula=f"SII = ŷ(1) − ŷ(0) = Σ a (b − ½) y / Σ a (b − ½)²\nŷ: {_LINE}",
        use="The gap across all of an area, in the indicator's unit, from five groups or more.",
        avoid=(
            "Where a straight line is a poor picture (see gradient_checks). Never compare one of "
            "fifths with one of tenths, or one on IMD 2019 with one on IoD 2025."
        ),
        interval=(
            "Linear scale, exact for normal values: SII ± z √Σ h² se², h being what each value is "
            "multiplied by above. Log and logit scales: the limits of the slope there, the line "
            "turned about its middle, taken back to the unit of the values. Groups are taken to be "
            "independent of one another, and a straight line to be true."
        ),
        source="Low and Low 2004, J Public Health 26:388; Pamuk 1985, Popul Stud 39:17",
        doi="10.1093/pubmed/fdh175",
        kind="absolute",
        ordered=True,
        least_groups=LEAST_GROUPS,
        needs=_SCALES,
    ),
    Measure(
        function=rii,
        title="Relative index of inequality",
        sentence=(
            "How many times the most deprived end's value the least deprived end has, "
            "judged by a line through all the groups."
        ),
        formula=f"RII = ŷ(1) / ŷ(0)\nŷ: {_LINE}",
        use="Beside the slope index, to compare indicators of different units or levels.",
        avoid=(
            "Where the line meets zero: the ratio is then refused. Three other things are called "
            "RII (SII over the mean, its inverse, a regression's ratio): never compare across them."
        ),
        interval=(
            "Linear scale: Fieller's, exact for the ratio of two correlated normal values; none "
            "where the fitted deprived end cannot be told from zero. Log and logit scales: from "
            "the limits of the slope, as for the slope index."
        ),
        source="Mackenbach and Kunst 1997, Soc Sci Med 44:757; limits: Fieller 1954",
        doi="10.1016/S0277-9536(96)00073-1",
        kind="relative",
        ordered=True,
        at_equality=1,
        least_groups=LEAST_GROUPS,
        needs=(
            Need(
                words="both ends of the fitted line above zero",
                met=_ends_above_zero,
                when=("scale", "linear"),
            ),
            *_SCALES,
        ),
    ),
)
