"""Slopes from counts, a log-linear regression on relative rank, and slopes of people one by one."""

from ineqlib.measures.count_regression import rii_of_counts, sii_of_counts
from ineqlib.measures.people_slopes import rii_of_people, sii_of_people
from ineqlib.measures.registry.concentration import PEOPLE
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

_SURVEY = "For surveys with an answer, a rank and a weight for each person."
_NOT_GROUPS = (
    "Beside indices of tenths or fifths: of people's own ranks the slope is another. With a rank "
    "that runs the wrong way (an IMD score is highest where most deprived)."
)
_DESIGN = (
    "The standard error is linearised, takes neither ranks nor mean to be known, and sums over "
    "clusters, within strata, where those are given. Finite populations are not allowed for."
)
_SLOPE_SOURCE = (
    "Mackenbach and Kunst 1997, Soc Sci Med 44:757; errors: Binder 1983, Int Stat Rev 51:279"
)

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
    Method(
        function=sii_of_people,
        title="Slope index of inequality, of people one by one",
        sentence="How far apart a ranking's two ends are, judged by a line through all people.",
        formula=f"SII = Σ p (R − ½) y / Σ p (R − ½)²\n{PEOPLE}",
        use=_SURVEY,
        avoid=_NOT_GROUPS,
        interval=f"Normal. {_DESIGN}",
        source=_SLOPE_SOURCE,
        doi="10.1016/S0277-9536(96)00073-1",
    ),
    Method(
        function=rii_of_people,
        title="Relative index of inequality, of people one by one",
        sentence=(
            "How many times the lowest rank's value the highest has, judged by a line through all "
            "people."
        ),
        formula=f"RII = (μ + SII / 2) / (μ − SII / 2), μ = Σ p y\n{PEOPLE}",
        use=_SURVEY,
        avoid=_NOT_GROUPS + " Where the line meets zero: it is refused.",
        interval=f"Normal on the log scale. {_DESIGN}",
        source=_SLOPE_SOURCE,
        doi="10.1016/S0277-9536(96)00073-1",
    ),
)
