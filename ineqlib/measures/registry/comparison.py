"""Comparisons: of an area with another, of a period with the one before."""

from ineqlib.measures.change import change_in_gap
from ineqlib.measures.comparison import compare, difference_p, false_discovery
from ineqlib.measures.registry.publications import OHID_GUIDANCE
from ineqlib.measures.registry.rows import Method
from ineqlib.measures.regression_to_mean import change_beyond_regression_to_mean
from ineqlib.measures.required_change import required_change
from ineqlib.measures.slope_bootstrap import slope_trend_bootstrap
from ineqlib.measures.slope_trend import slope_trend
from ineqlib.measures.trends import recent_trend, recent_trend_of_proportion

_TREND = (
    "and β keeps its sign when each of the five periods is left out in turn\n"
    "trend where χ² > 9.55 (1 degree of freedom, the 99.8% level)"
)
_TREND_AVOID = (
    "As an analysis of one series: its publisher means it for finding indicators to look at. Not "
    "for months or quarters, nor for periods that overlap, such as rolling three-year averages."
)
_TREND_SOURCE = f"{OHID_GUIDANCE}: Fingertips trend markers, and their code"

ROWS = (
    Method(
        function=compare,
        title="Lower, similar or higher",
        sentence="Whether an area's value is lower than, similar to or higher than another's.",
        formula=(
            "overlap: similar where lower limit ≤ r ≤ upper limit\n"
            "difference: similar where |y − r| ≤ z √(se² + se_r²)\n"
            "false discovery: as difference, allowing for every comparison in the list\n"
            "y: the area's value; r: the comparator's; se, se_r: their standard errors"
        ),
        use=(
            "overlap to say what Fingertips says; difference for one comparison that matters; "
            "false discovery for a long list of areas or indicators."
        ),
        avoid=(
            "Never mix the rules on one page. The overlap rule takes the comparator as known: "
            "against a small comparator it calls too much different."
        ),
        interval=(
            "The area's own, at its confidence. The tests take the two as normal and independent; "
            "an area that is part of its comparator makes them slightly cautious."
        ),
        source=f"{OHID_GUIDANCE}; docs/decisions/0003",
    ),
    Method(
        function=difference_p,
        title="p of a difference",
        sentence="How often chance alone would make two values differ at least as much as these.",
        formula=(
            "p = 2 Φ(−|y − r| / √(se² + se_r²))\n"
            "y, r: the two values; se, se_r: their standard errors; Φ: normal distribution function"
        ),
        use="As what false_discovery takes in. For a reader, show the difference and its interval.",
        avoid="As a measure of how large or important a difference is: it is neither.",
        interval="None. Takes the two values as normal and independent of one another.",
        source="Any textbook: Armitage and Berry, Statistical Methods in Medical Research",
    ),
    Method(
        function=false_discovery,
        title="Allowing for many comparisons",
        sentence=(
            "Which of a list of differences stand, so that few of those called different are so "
            "by chance."
        ),
        formula=(
            "found: p₍₁₎ … p₍ᵢ₎ for the last i with p₍ᵢ₎ ≤ i q / k\n"
            "adjusted p₍ᵢ₎ = smallest of p₍ⱼ₎ k / j over j ≥ i\n"
            "p₍ᵢ₎: p-values, smallest first; k: how many; q: share of the found that may be false"
        ),
        use="A table or map that marks the areas, or indicators, that differ from a comparator.",
        avoid=(
            "Where the comparison was chosen before the figures were seen and stands alone. Where "
            "a single false find is one too many, use a stricter rule (Bonferroni's)."
        ),
        interval=(
            "None. On average at most the share q of the found is false, for comparisons that are "
            "independent or lean the same way, as those against one comparator do."
        ),
        source="Benjamini and Hochberg 1995, J R Stat Soc B 57:289",
        doi="10.1111/j.2517-6161.1995.tb02031.x",
    ),
    Method(
        function=recent_trend,
        title="Recent trend",
        sentence="Whether an indicator has gone up or down over its latest five periods.",
        formula=("χ² = β² / var(β), β being the slope of the line weighted by 1 / se²\n" + _TREND),
        use="Rates, means, life expectancies and gaps with an interval, in single periods.",
        avoid=_TREND_AVOID,
        interval="None: a test at the 99.8% level. Takes periods as independent of one another.",
        source=_TREND_SOURCE,
    ),
    Method(
        function=recent_trend_of_proportion,
        title="Recent trend of a proportion",
        sentence="Whether a proportion has gone up or down over its latest five periods.",
        formula=(
            "χ² = (Σ (t − t̄) x)² / (p (1 − p) Σ n (t − t̄)²)\n"
            "t: period; x: count; n: denominator; p = Σx / Σn; t̄ = Σnt / Σn\n"
            "β: slope of the unweighted line through ln(x / (n − x))\n" + _TREND
        ),
        use="Proportions with their counts and denominators.",
        avoid=_TREND_AVOID,
        interval="None: a test at the 99.8% level. Takes people as independent of one another.",
        source="Armitage 1955, Biometrics 11:375; " + _TREND_SOURCE,
        doi="10.2307/3001775",
    ),
    Method(
        function=change_in_gap,
        title="Change in a gap",
        sentence="Whether a gap has become wider or narrower between two periods, and by how much.",
        formula=(
            "absolute: a − b, with variance se_a² + se_b²\n"
            "relative: a / b, with variance of its log (se_a / a)² + (se_b / b)²\n"
            "wider: a − b and a + b differ from 0 and have one sign; narrower: two signs\n"
            "reversed: the intervals of b and of a lie on opposite sides of equality\n"
            "b, a: the gap before and after (for the words, on the log scale if relative)"
        ),
        use="Two periods that share nobody, with the same groups and the same deprivation index.",
        avoid=(
            "Rolling averages that overlap. Comparing whether the two intervals overlap, which "
            "misses real changes. One scale alone: absolute and relative gaps can move apart."
        ),
        interval=(
            "Normal, on the log scale if relative. Takes the two periods as independent; a gap of "
            "the same size before and after is called wider or narrower at most 5 times in 100."
        ),
        source="Schenker and Gentleman 2001, Am Stat 55:182; Altman and Bland 2003, BMJ 326:219",
    ),
    Method(
        function=change_beyond_regression_to_mean,
        title="Change beyond regression to the mean",
        sentence="Which areas changed by more, or less, than those that began as far away.",
        formula=(
            "beyond = y − ŷ₍ᵢ₎(x); t = beyond / (s₍ᵢ₎ / √(1 − h)), on n − 3 degrees of freedom\n"
            "x: figure at the start; y: change since; ŷ₍ᵢ₎, s₍ᵢ₎: line of y on x by least squares\n"
            "through all areas but this one, and its residual spread; h: leverage of the area"
        ),
        use="Who really narrowed a gap: an area that begins far out comes back by itself.",
        avoid=(
            "As a verdict on a project chosen beforehand: compare with areas chosen without "
            "looking at outcomes. Of many areas, mark those that stand by false_discovery."
        ),
        interval=(
            "Student's, for one more area that did as the others. Areas are taken as independent, "
            "and departures from the line as normal and as wide everywhere."
        ),
        source=(
            "Barnett, van der Pols and Dobson 2005, Int J Epidemiol 34:215; "
            "Belsley, Kuh and Welsch 1980, Regression Diagnostics"
        ),
        doi="10.1093/ije/dyh299",
    ),
    Method(
        function=required_change,
        title="Required change a year",
        sentence="How much a figure must change each year to reach a target in time.",
        formula=(
            "(target − now) / years ± t se / years\n"
            "se: standard error of the distance; t: Student's quantile on its degrees of freedom"
        ),
        use="Beside the change a year that areas like this one ever achieved.",
        avoid="As a forecast: it says what is asked, and nothing of what will come.",
        interval=(
            "Student's on the degrees of freedom that the standard error has; normal where a "
            "published interval says it. Takes the figure as normal."
        ),
        source="UNICEF 2007, technical note on the average annual rate of reduction",
    ),
    Method(
        function=slope_trend,
        title="Trend of a gradient",
        sentence="Whether a slope becomes steeper or flatter over three periods or more.",
        formula=(
            "b = Σ w_i s_i, with variance Σ w_i w_j V_ij max(1, Q / E)\n"
            "V_ij = m_ij Σ_g c_ig c_jg e_ig e_jg;  w_i = (t_i − t̄) / Σ (t − t̄)²\n"
            "s: slope index of a period (relative: log of the relative index); t: its start; "
            "m_ij: the part of their years that two periods share; c: how much a group's value "
            "adds to s; e: its standard error; Q: squares of s off the line; E: Q by chance alone"
        ),
        use=(
            "One gradient over time, rolling averages among it. All periods, where change_in_gap "
            "takes two. On both scales: an absolute and a relative gap can move apart."
        ),
        avoid=(
            "Across a change of the deprivation index, of the groups or of how things are counted: "
            "one trend for each side. With a turning point: the straight line hides it."
        ),
        interval=(
            "Normal, on the log scale if relative; where years lie further off their line than "
            "chance explains, as much wider, by Student's t. Takes groups as independent, the line "
            "as straight, and years of a pooled period as equally large."
        ),
        source="Satterthwaite 1946, Biometrics Bull 2:110; Birge 1932, Phys Rev 40:207",
        doi="10.2307/3002019",
    ),
    Method(
        function=slope_trend_bootstrap,
        title="Trend of a gradient, by a bootstrap",
        sentence="The same from counts of areas or groups, drawn again many times.",
        formula=(
            "C*_ig = C_ig + Σ_h (D_hg − μ_hg), D Poisson of mean μ, over the stretches h of i\n"
            "C: count of a group in a period; μ: what a stretch of time is expected to have, on "
            "average over the periods that hold it; b* from C* as in slope_trend"
        ),
        use="Crude rates of small counts, whose rates are skewed.",
        avoid=(
            "Where years differ by more than chance, or counts are large: slope_trend. For "
            "standardised rates."
        ),
        interval=(
            "Places round(R (1 − q)) and round(R q) of R draws in order, q = ½ (1 + confidence). "
            "They change with the generator. Takes counts as Poisson."
        ),
        source="Efron and Tibshirani 1993, An Introduction to the Bootstrap",
    ),
)
