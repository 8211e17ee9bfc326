"""Slopes from counts: a log-linear regression on relative rank."""

from ineqlib.measures.count_regression import rii_of_counts, sii_of_counts
from ineqlib.measures.registry.rows import Method

_MODEL = (
    "E(x) = μ = n exp(α + β b); Poisson: Var = μ; negative binomial: Var = μ + μ² / θ\n"
    "α, β (and θ): maximum likelihood; x: events of a group; n: its people; b: its relative rank"
)
_USE = (
    "Counts by deprivation with few or no events in some group, where standard errors of the "
    "rates say little; negative binomial for many small areas, which differ besides by rank."
)
_AVOID = (
    "Beside an index of a straight line: it is another quantity. Of age-standardised rates: give "
    "expected events as the population, or standardise and take sii."
)
_CHANCE = (
    "Counts are taken to be independent, the curve to be true, and of the negative binomial θ to "
    "be known: of ten groups it hardly is, and limits are then too narrow."
)
_SOURCE = (
    "Moreno-Betancur, Latouche, Menvielle, Kunst and Rey 2015, Epidemiology 26:518; "
    "limits: McCullagh and Nelder 1989, Generalized Linear Models"
)
_DOI = "10.1097/EDE.0000000000000311"

METHODS = (
    Method(
        function=sii_of_counts,
        title="Slope index of inequality, from counts",
        sentence=(
            "How far apart the rates at the two ends of the scale of deprivation are, judged by a "
            "regression of counts through all the groups."
        ),
        formula=f"SII = exp(α + β) − exp(α), times the multiplier\n{_MODEL}",
        use=_USE,
        avoid=_AVOID,
        interval=f"Normal, by the delta method. {_CHANCE}",
        source=_SOURCE,
        doi=_DOI,
    ),
    Method(
        function=rii_of_counts,
        title="Relative index of inequality, from counts",
        sentence=(
            "How many times the most deprived end's rate the least deprived end has, judged by a "
            "regression of counts through all the groups."
        ),
        formula=f"RII = exp(β)\n{_MODEL}",
        use=_USE,
        avoid=_AVOID,
        interval=f"Normal on the log scale. {_CHANCE}",
        source=_SOURCE,
        doi=_DOI,
    ),
)
