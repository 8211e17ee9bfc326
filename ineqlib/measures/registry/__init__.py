"""One row per measure: what kind it is, what it asks of its groups, and how to call it.

The rows drive `measure_table` and the law tests. What a method says, when to take it and where it
comes from stand in the function's docstring, below ``Method``; the methods page is made of both.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ineqlib.measures.concentration import aci, erreygers, rci, wagstaff
from ineqlib.measures.deviation import idis, mdm
from ineqlib.measures.dispersion import bgsd, bgv, cov
from ineqlib.measures.entropy import generalised_entropy, mean_log_deviation, theil_index
from ineqlib.measures.gaps import difference, odds_ratio, ratio
from ineqlib.measures.gradients import LEAST_GROUPS, rii, sii
from ineqlib.measures.impact import paf, par
from ineqlib.measures.logistic import LEAST_GROUPS as LEAST_OF_A_CURVE
from ineqlib.measures.logistic import rii_logistic, sii_logistic
from ineqlib.measures.registry import needs
from ineqlib.measures.registry.needs import Need
from ineqlib.measures.registry.rows import Measure, Method

_GAPS = (
    Measure(difference, "Difference", "absolute", weighted=False),
    Measure(
        ratio, "Ratio", "relative", weighted=False, at_equality=1, needs=(needs.ENDS_ABOVE_ZERO,)
    ),
    Measure(par, "Population attributable risk", "absolute", needs=(needs.AVERAGE_WITHIN,)),
    Measure(
        paf,
        "Population attributable fraction",
        "relative",
        needs=(needs.AVERAGE_WITHIN, needs.AVERAGE_ABOVE_ZERO),
    ),
)
_GRADIENTS = (
    Measure(
        sii,
        "Slope index of inequality",
        "absolute",
        least_groups=LEAST_GROUPS,
        needs=needs.OF_SCALES,
    ),
    Measure(
        rii,
        "Relative index of inequality",
        "relative",
        at_equality=1,
        least_groups=LEAST_GROUPS,
        needs=(needs.LINE_ABOVE_ZERO, *needs.OF_SCALES),
    ),
    Measure(aci, "Absolute concentration index", "absolute"),
    Measure(rci, "Relative concentration index", "relative", needs=(needs.MEAN_ABOVE_ZERO,)),
)
_DISPERSION = (
    Measure(bgv, "Between-group variance", "absolute", squared=True, ordered=False),
    Measure(bgsd, "Between-group standard deviation", "absolute", ordered=False),
    Measure(
        cov, "Coefficient of variation", "relative", ordered=False, needs=(needs.NOT_NEGATIVE,)
    ),
    Measure(theil_index, "Theil index", "relative", ordered=False, needs=(needs.NOT_NEGATIVE,)),
    Measure(
        mean_log_deviation,
        "Mean log deviation",
        "relative",
        ordered=False,
        needs=(needs.ABOVE_ZERO,),
    ),
    Measure(
        generalised_entropy,
        "Generalised entropy",
        "relative",
        ordered=False,
        needs=(needs.NOT_NEGATIVE, replace(needs.ABOVE_ZERO, when=("alpha", 0))),
    ),
    Measure(idis, "Index of disparity", "relative", ordered=False, needs=(needs.NOT_NEGATIVE,)),
    Measure(mdm, "Mean difference from the mean", "absolute", ordered=False),
)
_PROPORTIONS = (
    Measure(
        odds_ratio,
        "Odds ratio",
        "relative",
        weighted=False,
        at_equality=1,
        needs=(needs.ENDS_BETWEEN_0_AND_1,),
    ),
    Measure(
        sii_logistic,
        "Slope index of inequality, WHO's",
        "absolute",
        least_groups=LEAST_OF_A_CURVE,
        needs=needs.OF_A_CURVE,
    ),
    Measure(
        rii_logistic,
        "Relative index of inequality, WHO's",
        "relative",
        at_equality=1,
        least_groups=LEAST_OF_A_CURVE,
        needs=(*needs.OF_A_CURVE, needs.SOME_ABOVE_ZERO),
    ),
    Measure(erreygers, "Erreygers index", "absolute", bounded=True, needs=(needs.WITHIN_BOUNDS,)),
    Measure(wagstaff, "Wagstaff index", "relative", needs=(needs.WITHIN_BOUNDS, needs.MEAN_INSIDE)),
)

REGISTRY: Mapping[str, Measure] = MappingProxyType(
    {row.name: row for row in (*_GAPS, *_GRADIENTS, *_DISPERSION)}
)
"""Every inequality measure by name, in the order they are presented."""

PROPORTIONS: Mapping[str, Measure] = MappingProxyType({row.name: row for row in _PROPORTIONS})
"""Measures of proportions and of values with two ends: `measure_table` makes them too, by name."""

__all__ = ["PROPORTIONS", "REGISTRY", "Measure", "Method", "Need"]
