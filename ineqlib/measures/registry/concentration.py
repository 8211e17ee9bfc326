"""Concentration: whether a value is found among the least or most deprived beyond their share."""

from ineqlib.measures.concentration import aci, rci
from ineqlib.measures.concentration_curve import concentration_curve
from ineqlib.measures.contributions import concentration_decomposition
from ineqlib.measures.individual import concentration_index, extended_concentration_index
from ineqlib.measures.registry.needs import MEAN_ABOVE_ZERO
from ineqlib.measures.registry.rows import Measure, Method

GROUPS = (
    "p: a group's share of the population; R: its relative rank (the midpoint of the cumulative "
    "share, most deprived at 0); y: its value"
)
KNOWN = (
    "Groups are taken to be independent of one another and their shares of the population to be "
    "known."
)
PEOPLE = (
    "p: a person's share of all weights; R: relative rank, those who rank alike having the middle "
    "one; y: value"
)
_KAKWANI = "Kakwani, Wagstaff and van Doorslaer 1997, J Econometrics 77:87"
_KAKWANI_DOI = "10.1016/S0304-4076(96)01807-6"

ROWS = (
    Measure(
        function=aci,
        title="Absolute concentration index",
        sentence=(
            "Whether the value is found more among the least deprived (above zero) "
            "or the most deprived (below zero), using all the groups."
        ),
        formula=f"ACI = 2 Σ p (R − ½) y\n{GROUPS}",
        use="A whole gradient in one number of the indicator's unit, from two groups or more.",
        avoid=(
            "To tell people how large a gap is: it has the unit but not the size of one (with many "
            "groups it is about a sixth of the slope index, which says more)."
        ),
        interval=f"Normal, exact for normal values: ACI ± z √Σ (2 p (R − ½) se)². {KNOWN}",
        source=_KAKWANI,
        doi=_KAKWANI_DOI,
        kind="absolute",
        ordered=True,
    ),
    Measure(
        function=rci,
        title="Relative concentration index",
        sentence=(
            "Whether the least deprived (above zero) or the most deprived (below zero) have more "
            "than their share of the value."
        ),
        formula=f"RCI = ACI / μ, with ACI = 2 Σ p (R − ½) y and μ = Σ p y\n{GROUPS}",
        use="To compare indicators of different units or levels, or spending with need.",
        avoid=(
            "For proportions of different levels: its reach shrinks as the mean nears 100%, and "
            "counting those without instead of those with changes more than the sign. Then take "
            "Erreygers' or Wagstaff's index."
        ),
        interval=(
            "Fieller's, exact for the ratio of two correlated normal values; none where the mean "
            f"cannot be told from zero. {KNOWN}"
        ),
        source=f"{_KAKWANI}; limits: Fieller 1954",
        doi=_KAKWANI_DOI,
        kind="relative",
        ordered=True,
        needs=(MEAN_ABOVE_ZERO,),
    ),
)

METHODS = (
    Method(
        function=concentration_curve,
        title="Concentration curve",
        sentence="Which share of a value the most deprived part of the population has.",
        formula=(
            "(Σ p, Σ p y / μ) over the groups up to each, from (0, 0) to (1, 1)\n"
            "p: a group's share of the population, most deprived first; y: its value per person; "
            "μ = Σ p y"
        ),
        use="To show where along the scale of deprivation the inequality lies.",
        avoid="For values below zero, and in place of a number where two curves cross.",
        interval="None.",
        source="Wagstaff, Paci and van Doorslaer 1991, Soc Sci Med 33:545",
        doi="10.1016/0277-9536(91)90212-U",
    ),
    Method(
        function=concentration_index,
        title="Concentration index of people one by one",
        sentence="Whether those who rank high or low have more than their share, person by person.",
        formula=(
            "generalised G = Σ p (2 R − 1) y; standard G / μ; modified G / (μ − a)\n"
            "Erreygers 4 G / (b − a); Wagstaff (b − a) G / ((b − μ) (μ − a))\n"
            f"{PEOPLE}; μ = Σ p y; a, b: least and greatest value there could be"
        ),
        use="For surveys with an answer, a rank and a weight for each person.",
        avoid=(
            "With a rank that runs the wrong way (an IMD score is highest where most deprived). "
            "Choose the kind by the value's scale before looking at results."
        ),
        interval=(
            "Normal (Wagstaff's kind: on the inverse hyperbolic tangent), with a linearised "
            "standard error that takes neither the mean nor the ranks to be known, and sums over "
            "clusters, within strata, where those are given."
        ),
        source=f"{_KAKWANI}; O'Donnell and others 2016, Stata J 16:112",
        doi=_KAKWANI_DOI,
    ),
    Method(
        function=extended_concentration_index,
        title="Extended concentration index",
        sentence="A concentration index that gives those who rank lowest more weight, or less.",
        formula=(
            "C(ν) = 1 − Σ g y / μ, with g = (1 − F₋)^ν − (1 − F)^ν\n"
            "F₋, F: share of the population before and up to a person; ν: aversion to inequality, "
            "2 being the standard index; y: value; μ: its mean. Those who rank alike share g"
        ),
        use="To see whether a finding depends on how much the lowest ranks are made to count.",
        avoid="With a ν chosen after seeing the results.",
        interval="As the concentration index of people one by one.",
        source="Wagstaff 2002, J Health Econ 21:627",
    ),
    Method(
        function=concentration_decomposition,
        title="Decomposition of a concentration index",
        sentence="Which part of a concentration index goes with each of its determinants.",
        formula=(
            "C = Σ (β x̄ / μ) C(x) + GC(e) / μ;  Erreygers' E = 4 (Σ β GC(x) + GC(e)) / (b − a)\n"
            "β: coefficients of weighted least squares of y on the determinants x; x̄, μ: means of "
            "x and y; C(x): concentration index of x; GC(e): generalised one of what is left over"
        ),
        use="To see which unequal circumstances a health inequality goes together with.",
        avoid=(
            "As proof of causes. For determinants whose zero means nothing (temperature, scores): "
            "elasticities then depend on where zero lies."
        ),
        interval="None: draw people, or clusters of them, anew many times.",
        source="Wagstaff, van Doorslaer and Watanabe 2003, J Econometrics 112:207",
        doi="10.1016/S0304-4076(02)00161-6",
    ),
)
