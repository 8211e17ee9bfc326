"""Areas beside one another: funnels, ranks, smoothing, and spending against need."""

from ineqlib.measures.empirical_bayes import empirical_bayes
from ineqlib.measures.funnel import funnel_limits, funnel_significance, outside_funnel
from ineqlib.measures.funnel_points import funnel_points
from ineqlib.measures.overdispersion import overdispersion
from ineqlib.measures.ranks import rank_intervals
from ineqlib.measures.registry.rows import Method
from ineqlib.measures.spend import proportionality

_FUNNEL = "Spiegelhalter 2005, Stat Med 24:1185"
_FUNNEL_DOI = "10.1002/sim.1970"

ROWS = (
    Method(
        function=funnel_limits,
        title="Funnel limits",
        sentence="How far from the average an area of a given size may lie by chance alone.",
        formula=(
            "proportion: θ ± z √(θ (1 − θ) / n), cut at 0 and 1\n"
            "rate, ratio: k / n, k being the events with a Poisson tail of exactly (1 − c) / 2:\n"
            "  lower: χ²(1 − (1 − c)/2; 2k + 2) / 2 = nθ; upper: χ²((1 − c)/2; 2k) / 2 = nθ\n"
            "widened: θ (1 ± z w)², w² = φ / (4nθ) or 1 / (4nθ) + τ²; of proportions\n"
            "  sin²(arcsin √θ ± z w), w² = φ / (4n) or 1 / (4n) + τ²; never nearer than by chance\n"
            "θ: average; n: people, or events expected; c: confidence; z: normal quantile of c; "
            "χ²(p; d): quantile of chi-squared on d degrees of freedom; φ, τ²: see overdispersion"
        ),
        use="To draw areas of different size against their average, without ranking them.",
        avoid=(
            "Where the areas are known to differ for reasons nobody is judging, without "
            "overdispersion: most of them will lie outside."
        ),
        interval=(
            "Two levels by custom, 95% and 99.8%. Of areas that share the average, 5 and 0.2 in "
            "100 lie outside; fewer where counts are small, for events come in whole numbers."
        ),
        source=_FUNNEL,
        doi=_FUNNEL_DOI,
    ),
    Method(
        function=funnel_points,
        title="Points of a funnel, as published",
        sentence="Where each area stands in a funnel of published rates.",
        formula=(
            "size = multiplier × x / r / years; of no events: people / years\n"
            "x: events; r: published rate; none for a standardised rate of fewer than 10 events"
        ),
        use="Published rates with their events: the size is what the rate's precision is of.",
        avoid="Where people are published too and the rate is crude: take those.",
        interval="None: funnel_limits gives the limits at each size.",
        source="OHID (formerly PHE) funnel plot template",
    ),
    Method(
        function=funnel_significance,
        title="Different from the average by its own interval",
        sentence="Whether an area's own interval holds the average.",
        formula=(
            "higher where the lower limit > θ, lower where the upper limit < θ\n"
            "at 99.8% first, then at 95%; θ = Σ events / Σ denominators unless given"
        ),
        use="To give areas in a funnel the words published with the English template.",
        avoid="As the word for being outside a widened funnel: that is outside_funnel's.",
        interval=(
            "Wilson's for proportions; for the rest exact below 10 events and Byar's from 10. "
            "Standardised rates of fewer than 10 events are not judged."
        ),
        source="OHID (formerly PHE) funnel plot template and Public Health Technical Guidance",
    ),
    Method(
        function=outside_funnel,
        title="Outside the funnel",
        sentence="Whether an area lies further from the average than its funnel allows.",
        formula="higher where x / n > upper limit of the funnel at n, lower where x / n < lower",
        use="Beside a funnel, above all a widened one.",
        avoid="As a verdict on how well an area does: it says where to look first.",
        interval="As funnel_limits, at 99.8% and 95%.",
        source=_FUNNEL,
        doi=_FUNNEL_DOI,
    ),
    Method(
        function=overdispersion,
        title="Overdispersion",
        sentence="How much more areas differ than chance alone would make them.",
        formula=(
            "φ = Σ z² / (I v); τ² = (I φ − (I − 1)) / (Σw − Σw² / Σw), not below 0\n"
            "z = (g(y) − g(θ)) / s, the tenth at each end drawn in; w = 1 / s²; I: areas\n"
            "g: square root of the value over the average, s = 1 / (2 √events expected); of a\n"
            "proportion, arcsine of the root, s = 1 / (2 √n)\n"
            "v: what drawing the ends in leaves of a normal variance, 0.679 for tenths"
        ),
        use=(
            "To widen a funnel: φ (multiplicative) where areas differ by a share of chance, τ² "
            "(additive) where even the largest differ."
        ),
        avoid=(
            "Fewer than ten areas. As an excuse: it turns differences between areas, just or "
            "unjust, into background."
        ),
        interval=(
            "None. Published work leaves v out, and its limits are too narrow: 10 areas in 100 "
            "outside instead of 5, and 1 instead of 0.2; as_published=True matches it."
        ),
        source=_FUNNEL + "; Spiegelhalter et al. 2012, J R Stat Soc A 175:1",
        doi=_FUNNEL_DOI,
    ),
    Method(
        function=rank_intervals,
        title="Rank with its interval",
        sentence="Which places in the order an area could have, when chance is allowed for.",
        formula=(
            "lower = 1 + areas surely below; upper = k − areas surely above\n"
            "surely: 1 − Φ((y_i − y_j) / √(se_i² + se_j²)) stands by Holm's rule\n"
            "y: an area's value; se: its standard error; k: areas; Φ: normal distribution function"
        ),
        use="Wherever areas are put in order: most ranks in the middle say very little.",
        avoid="To choose the worst or best of many areas: use a test against a reference instead.",
        interval=(
            "All areas' intervals hold at once with the confidence named or more. Takes the "
            "values as normal and independent of one another."
        ),
        source=(
            "Mogstad, Romano, Shaikh and Wilhelm 2024, Rev Econ Stud 91:476; "
            "Holm 1979, Scand J Stat 6:65"
        ),
    ),
    Method(
        function=empirical_bayes,
        title="Smoothed rates of small areas",
        sentence=(
            "Each area's rate drawn towards the rate of all of them, as far as chance is likely "
            "to have moved it away."
        ),
        formula=(
            "m + C (x − m), C = n / (n + M)\n"
            "M = m / A, A = s² − m / n̄, not below 0; s² = Σn (x − m)² / Σn\n"
            "of a proportion M = m (1 − m) / A − 1, A = (s² − m (1 − m) / n̄) / (1 − 1 / n̄)\n"
            "o: events; n: people or events expected; n̄ their mean; x = o / n; m = Σo / Σn;\n"
            "A: variance of the true rates; C: weight of the area's own rate"
        ),
        use="Beside the raw rates of wards or neighbourhoods of few events, to see what may last.",
        avoid=(
            "In place of the raw rates. Fewer than ten areas; figures without counts; to find one "
            "area unlike all others: it is drawn in with the rest."
        ),
        interval=(
            "Gamma, of a proportion beta, over every variance between areas by how likely it makes "
            "the counts. Holds over the areas together, not for each: the most extreme less often."
        ),
        source="Marshall 1991, J R Stat Soc C 40:283; docs/decisions/0050",
        doi="10.2307/2347593",
    ),
    Method(
        function=proportionality,
        title="Spending in proportion to need",
        sentence="Whether areas of more need get more, and as much more as their need is.",
        formula=(
            "K = C − G\n"
            "C = Σ aᵢ aⱼ (sⱼ − sᵢ) / (s̄ (1 − Σa²)), over pairs in which j has more need than i\n"
            "G: the same of need d, its Gini coefficient\n"
            "a: share of the population; s: spending per head, s̄ its mean; d: need per head\n"
            "progressive: interval of K above 0; regressive: below; flat: wholly within ±margin"
        ),
        use=(
            "Money per head against a need with a true zero, such as years of life lost, over ten "
            "areas or more."
        ),
        avoid=(
            "A deprivation score or rank as need: it has no true zero. An index near 0 can hide "
            "two departures that cancel: look at the areas too."
        ),
        interval=(
            "The jackknife over areas, Student's t on k − 1 degrees of freedom. Spending is known; "
            "the interval is for what other such areas would show, taken as independent."
        ),
        source="Kakwani 1977, Econ J 87:71; docs/decisions/0010",
    ),
)
