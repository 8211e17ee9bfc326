"""Counts, proportions, rates and means, and the limits each gets."""

from ineqlib.measures.intervals import (
    byar_interval,
    count_interval,
    implied_se,
    poisson_exact_interval,
    wilson_interval,
)
from ineqlib.measures.rates import crude_rate, proportion, sample_mean
from ineqlib.measures.registry.publications import BRESLOW_AND_DAY, OHID_GUIDANCE
from ineqlib.measures.registry.rows import Method

ROWS = (
    Method(
        function=proportion,
        title="Proportion",
        sentence="How many of those who could be counted were.",
        formula="p = 100 x / n\nx: counted; n: out of how many; 100 is the multiplier",
        use="Where each of n people either is or is not counted: smokers, obese children.",
        avoid="Where one person can be counted twice, or x are not among n: take a rate.",
        interval=(
            "Wilson's score limits, which stay between 0 and 100% and keep their width at the "
            "ends. People are taken to be a random sample, or this year's to be one of many years "
            "that might have been. No correction for a sample that is most of its population."
        ),
        source=f"Wilson 1927, J Am Stat Assoc 22:209; {OHID_GUIDANCE}",
        doi="10.1080/01621459.1927.10502953",
    ),
    Method(
        function=crude_rate,
        title="Crude rate",
        sentence="Events per 100,000 people, whatever their ages.",
        formula="r = 100,000 x / n\nx: events; n: people or person-years; 100,000: the multiplier",
        use="For the burden on a place as it is, and for planning.",
        avoid="To compare places of different ages: standardise.",
        interval=(
            "Those of a count (count_interval) over n. Events are taken to be independent of one "
            "another, and n to be known."
        ),
        source=f"{BRESLOW_AND_DAY}; {OHID_GUIDANCE}",
    ),
    Method(
        function=sample_mean,
        title="Mean of observations",
        sentence="The average of what was measured.",
        formula="ȳ = Σ y / n\ny: each observation; n: their number",
        use="For measurements of people or places that each count the same.",
        avoid="For values of areas of different size: weigh them by population.",
        interval=(
            "Student's t: ȳ ± t s / √n, s being the standard deviation and t the quantile on n − 1 "
            "degrees of freedom. Exact for normal observations independent of one another."
        ),
        source="Student 1908, Biometrika 6:1",
        doi="10.1093/biomet/6.1.1",
    ),
    Method(
        function=count_interval,
        title="Limits of a count, the English rule",
        sentence="Between which numbers of events the expected number may lie.",
        formula="exact Poisson limits where x < 10, Byar's where x ≥ 10\nx: events",
        use="For counts and rates that stand beside those England publishes.",
        avoid="For people out of a fixed number (wilson_interval), or events one person has again.",
        interval="See poisson_exact_interval and byar_interval.",
        source=OHID_GUIDANCE,
    ),
    Method(
        function=byar_interval,
        title="Byar's limits of a count",
        sentence="Close limits of a count of ten events or more, without tables.",
        formula=(
            "lower = x (1 − 1/(9x) − z/(3√x))³\n"
            "upper = (x+1) (1 − 1/(9(x+1)) + z/(3√(x+1)))³\n"
            "x: events; z: normal quantile, 1.96 for 95%"
        ),
        use="For ten events or more; inside a directly standardised rate for any number.",
        avoid="For fewer: exact limits are as easy. A lower limit that falls below 0 is made 0.",
        interval="Approximates the exact limits of a Poisson count; near from ten events up.",
        source=BRESLOW_AND_DAY,
    ),
    Method(
        function=poisson_exact_interval,
        title="Exact limits of a count",
        sentence="Limits that hold the expected number at least as often as they say.",
        formula=(
            "lower = ½ χ²(α/2; 2x), 0 where x = 0\nupper = ½ χ²(1 − α/2; 2x + 2)\n"
            "x: events; α: 1 − confidence; χ²(q; d): quantile q of chi-squared on d degrees"
        ),
        use="For few events.",
        avoid="Where events come in clusters (outbreaks, one person again and again): too near.",
        interval="Exact for a Poisson count; a little wide, as a count can only be whole.",
        source="Garwood 1936, Biometrika 28:437",
        doi="10.1093/biomet/28.3-4.437",
    ),
    Method(
        function=wilson_interval,
        title="Wilson's limits of a proportion",
        sentence="Between which shares the true share may lie.",
        formula=(
            "(2x + z² ± z √(z² + 4x(1 − x/n))) / (2(n + z²))\n"
            "x: counted; n: out of how many; z: normal quantile, 1.96 for 95%"
        ),
        use="For every proportion, above all near 0 or 1 and of few people.",
        avoid="For rates, whose events are not some of their denominator.",
        interval=(
            "The shares a score test would not refuse. Holds close to the confidence asked on "
            "average; not exact for few people."
        ),
        source="Wilson 1927, J Am Stat Assoc 22:209",
        doi="10.1080/01621459.1927.10502953",
    ),
    Method(
        function=implied_se,
        title="Standard error implied by limits",
        sentence="The standard error that published limits were made from, or would be.",
        formula="se = (upper − lower) / (2z)\nz: normal quantile of the limits' confidence",
        use="To pass published values on to a slope or a difference, which ask for errors.",
        avoid=(
            "Where limits are far from symmetrical (a handful of events): take the logs of value "
            "and limits first, and the log scale of the slope."
        ),
        interval="None; exact for limits that were symmetrical.",
        source=OHID_GUIDANCE,
    ),
)
