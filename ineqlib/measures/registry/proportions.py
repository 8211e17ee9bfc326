"""Measures of what has two ends: proportions as fractions, and values with known bounds."""

import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures.concentration import bounds_of, erreygers, wagstaff
from ineqlib.measures.gaps import odds_ratio
from ineqlib.measures.logistic import LEAST_GROUPS, rii_logistic, sii_logistic
from ineqlib.measures.registry.concentration import GROUPS, KNOWN
from ineqlib.measures.registry.publications import SCHLOTHEUBER, SCHLOTHEUBER_DOI
from ineqlib.measures.registry.rows import Measure, Need

Bounds = tuple[float, float]


def _ends_between(value: FloatArray, _population: FloatArray) -> NDArray:
    ends = value[..., [0, -1]]
    return np.asarray(((ends > 0) & (ends < 1)).all(axis=-1))


def _fractions(value: FloatArray, _population: FloatArray) -> NDArray:
    return np.asarray(((value >= 0) & (value <= 1)).all(axis=-1))


def _not_a_step(value: FloatArray, _population: FloatArray) -> NDArray:
    """Whether no place parts groups that are all 0 from groups that are all 1."""
    flat = (value == value[..., :1]).all(axis=-1)

    def parted(first: float, last: float) -> NDArray:
        places = [
            (value[..., :place] == first).all(axis=-1)
            & (value[..., place + 1 :] == last).all(axis=-1)
            for place in range(value.shape[-1])
        ]
        return np.asarray(np.asarray(places).any(axis=0))

    return np.asarray(flat | ~np.asarray(parted(0, 1) | parted(1, 0)))


def _some_above_zero(value: FloatArray, _population: FloatArray) -> NDArray:
    return np.asarray((value > 0).any(axis=-1))


def _inside(value: FloatArray, _population: FloatArray, bounds: Bounds) -> NDArray:
    low, high = bounds_of(bounds)
    return np.asarray(((value >= low) & (value <= high)).all(axis=-1))


def _mean_inside(value: FloatArray, population: FloatArray, bounds: Bounds) -> NDArray:
    low, high = bounds_of(bounds)
    mean = (value * population).sum(axis=-1) / population.sum(axis=-1)
    return np.asarray((mean > low) & (mean < high))


_WITHIN = Need(words="every value within the bounds", met=_inside, option="bounds")
_MEAN_WITHIN = Need(words="a mean between the bounds, on none", met=_mean_inside, option="bounds")
_CURVED = (
    Need(words="every value a proportion from 0 to 1", met=_fractions),
    Need(words="groups that are not all 0 on one side and all 1 on the other", met=_not_a_step),
)

_CURVE = (
    "p(b) = 1 / (1 + exp(−α − β b)) with Σ a (y − p) = 0 and Σ a b (y − p) = 0\n"
    "α, β: such that both sums are 0; y: proportion of a group; a: its share of the population; "
    "b: its relative rank"
)
_DELTA = (
    "The fitted ends are functions of the groups' proportions; their errors follow from the "
    "groups' by the delta method. Groups are taken to be independent, the curve to be true."
)
_AS_WHO = (
    "To compare with figures made with WHO's HEAT or healthequal (as_heat matches their weights), "
    "or where a straight line leaves 0 to 1."
)
_NOT_SII = (
    "Beside England's indices: it is another quantity. Never of percentages (divide by 100), "
    "nor where all groups on one side are 0."
)

ROWS = (
    Measure(
        function=odds_ratio,
        title="Odds ratio",
        sentence=(
            "How many times the most deprived group's odds of something the least deprived has."
        ),
        formula=(
            "OR = p_k / (1 − p_k) / (p_1 / (1 − p_1))\n"
            "p_1: proportion of the most deprived group; p_k: of the least deprived"
        ),
        use="To compare with studies that give odds ratios, and where either outcome may be named.",
        avoid=(
            "For readers: it is read as a ratio of proportions, and is further from 1 than that "
            "one. Never where a proportion is 0 or 1."
        ),
        interval=(
            "Normal on the log scale, errors of the logits by the delta method. The two groups are "
            "taken to be independent of one another."
        ),
        source="Bland and Altman 2000, BMJ 320:1468",
        doi="10.1136/bmj.320.7247.1468",
        kind="relative",
        ordered=True,
        weighted=False,
        at_equality=1,
        needs=(Need(words="the first and the last value above 0 and below 1", met=_ends_between),),
    ),
    Measure(
        function=sii_logistic,
        title="Slope index of inequality, WHO's",
        sentence=(
            "How far apart the two ends of the scale of deprivation are, judged by a logistic "
            "curve through all the groups."
        ),
        formula=f"SII = p(1) − p(0)\n{_CURVE}",
        use=_AS_WHO,
        avoid=_NOT_SII,
        interval=f"Normal. {_DELTA}",
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
        kind="absolute",
        ordered=True,
        least_groups=LEAST_GROUPS,
        needs=_CURVED,
    ),
    Measure(
        function=rii_logistic,
        title="Relative index of inequality, WHO's",
        sentence=(
            "How many times the most deprived end's proportion the least deprived end has, judged "
            "by a logistic curve through all the groups."
        ),
        formula=f"RII = p(1) / p(0)\n{_CURVE}",
        use=_AS_WHO,
        avoid=_NOT_SII,
        interval=f"Normal on the log scale. {_DELTA}",
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
        kind="relative",
        ordered=True,
        at_equality=1,
        least_groups=LEAST_GROUPS,
        needs=(
            *_CURVED,
            Need(words="some value above zero", met=_some_above_zero),
        ),
    ),
    Measure(
        function=erreygers,
        title="Erreygers index",
        sentence="The absolute concentration index as a part of the greatest it could ever be.",
        formula=(
            f"E = 4 ACI / (b − a), with ACI = 2 Σ p (R − ½) y\n"
            f"a, b: least and greatest value there could be\n{GROUPS}"
        ),
        use=(
            "For proportions and scores with two ends, where equal gaps should count the same "
            "whatever the level."
        ),
        avoid="Where the value has no upper end. Never with the least and greatest values found.",
        interval=f"Normal, exact for normal values: 4 / (b − a) times those of ACI. {KNOWN}",
        source="Erreygers 2009, J Health Econ 28:504",
        doi="10.1016/j.jhealeco.2008.02.003",
        kind="absolute",
        bounded=True,
        ordered=True,
        needs=(_WITHIN,),
    ),
    Measure(
        function=wagstaff,
        title="Wagstaff index",
        sentence="The absolute concentration index as a part of the greatest it could be here.",
        formula=(
            "W = (b − a) ACI / ((b − μ) (μ − a)), with ACI = 2 Σ p (R − ½) y and μ = Σ p y\n"
            f"a, b: least and greatest value there could be\n{GROUPS}"
        ),
        use="For proportions, where inequality is to be judged against what this mean allows.",
        avoid=(
            "Where the mean is near either end: small gaps then look extreme. Never with the least "
            "and greatest values found."
        ),
        interval=(
            "Normal on the scale of the inverse hyperbolic tangent, so that limits stay within −1 "
            f"and 1; standard error by the delta method, through ACI and μ. {KNOWN}"
        ),
        source=(
            "Wagstaff 2005, Health Econ 14:429; for other bounds than 0 and 1: 2011, Health Econ "
            "20:1155"
        ),
        doi="10.1002/hec.953",
        kind="relative",
        ordered=True,
        needs=(_WITHIN, _MEAN_WITHIN),
    ),
)
