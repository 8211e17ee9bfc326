"""How far groups lie apart, whatever their order; and how unequal people are."""

from dataclasses import replace

from ineqlib.measures.between_within import theil_between_within
from ineqlib.measures.dispersion import bgsd, bgv, cov, no_difference_p
from ineqlib.measures.entropy import generalised_entropy, mean_log_deviation, theil_index
from ineqlib.measures.individual_dispersion import atkinson, gini
from ineqlib.measures.registry.needs import ABOVE_ZERO, NOT_NEGATIVE
from ineqlib.measures.registry.publications import SCHLOTHEUBER, SCHLOTHEUBER_DOI
from ineqlib.measures.registry.rows import Measure, Method

LETTERS = (
    "y: value of a group; p: its share of the population\n"
    "μ = Σ p y: mean of all people; k: number of groups"
)
NEARLY_ALIKE = (
    "Where groups differ little compared with their errors: chance alone makes the value more than "
    "0, and a difference between periods or areas may be a difference in errors. See "
    "no_difference_p first; where it is not small, show the groups with their intervals instead."
)
_FROM_ROOT = (
    "Normal on the scale of the root, squared, less what chance adds: "
    "(√T ± z e)² − (b − e²), T being the observed value, e² = Σ g² se² / (4 T) the squared error "
    "of its root (g: derivatives), b = ½ Σ h se² what chance adds (h: second derivatives). A lower "
    "limit below 0 is 0: the groups cannot be told apart. Groups are taken to be independent of "
    "one another and their values normal. With groups nearly alike the limits err on the wide side."
)

ROWS = (
    Measure(
        function=bgv,
        title="Between-group variance",
        sentence="How far the groups lie from their mean, in the square of the indicator's unit.",
        formula=f"BGV = Σ p (y − μ)²\n{LETTERS}",
        use="For groups with no order, where one far from the rest should count heavily.",
        avoid=f"For readers: a squared unit says little, so show its root, bgsd. {NEARLY_ALIKE}",
        interval=f"{_FROM_ROOT} Here g = 2 p (y − μ) and h = 2 p (1 − p).",
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
        kind="absolute",
        squared=True,
        ordered=False,
    ),
    Measure(
        function=bgsd,
        title="Between-group standard deviation",
        sentence="How far the groups typically lie from their mean, in the indicator's unit.",
        formula=f"BGSD = √Σ p (y − μ)²\n{LETTERS}",
        use="For groups with no order, in the indicator's own unit.",
        avoid=f"To say who is worse off: it has no direction. {NEARLY_ALIKE}",
        interval=f"Roots of the limits of the between-group variance. {_FROM_ROOT}",
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
        kind="absolute",
        ordered=False,
    ),
    Measure(
        function=cov,
        title="Coefficient of variation",
        sentence="How far the groups typically lie from their mean, as a fraction of the mean.",
        formula=f"COV = √Σ p (y − μ)² / μ\n{LETTERS}",
        use="Beside bgsd, to compare indicators of different units or levels.",
        avoid=(
            "Of values without a true zero, or of percentages that could as well be counted the "
            f"other way round: the answer would differ. {NEARLY_ALIKE}"
        ),
        interval=f"Roots of the limits of its square. {_FROM_ROOT}",
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
        kind="relative",
        ordered=False,
        needs=(NOT_NEGATIVE,),
    ),
    Measure(
        function=theil_index,
        title="Theil index",
        sentence="How unevenly something is shared between groups, minding most who has much.",
        formula=f"T = Σ p r ln r, r = y / μ, with 0 ln 0 = 0\n{LETTERS}",
        use="For groups with no order, where parts within and between areas must add up.",
        avoid=f"For readers without the mean log deviation beside it. {NEARLY_ALIKE}",
        interval=(
            f"{_FROM_ROOT} Here g = p (ln r − T) / μ and h = (p / r − p² (2 ln r − 2 T + 1)) / μ². "
            "None where a value is zero with an error above zero."
        ),
        source=f"Theil 1967, Economics and Information Theory; {SCHLOTHEUBER}",
        kind="relative",
        ordered=False,
        needs=(NOT_NEGATIVE,),
    ),
    Measure(
        function=mean_log_deviation,
        title="Mean log deviation",
        sentence="How unevenly something is shared between groups, minding most who has little.",
        formula=f"MLD = −Σ p ln r, r = y / μ\n{LETTERS}",
        use="Beside the Theil index: between them they say at which end the inequality is.",
        avoid=f"With zeros: it is refused; use the Theil index. {NEARLY_ALIKE}",
        interval=f"{_FROM_ROOT} Here g = p (1 − 1 / r) / μ and h = (p / r² − p²) / μ².",
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
        kind="relative",
        ordered=False,
        needs=(ABOVE_ZERO,),
    ),
    Measure(
        function=generalised_entropy,
        title="Generalised entropy",
        sentence="How unevenly something is shared between groups, with a chosen eye on the low.",
        formula=f"GE(α) = Σ p (r^α − 1) / (α (α − 1)), r = y / μ; 0: MLD, 1: Theil\n{LETTERS}",
        use="With α = ½, between mean log deviation and Theil index; zeros are no obstacle.",
        avoid=f"With an α chosen after seeing the results. {NEARLY_ALIKE}",
        interval=(
            f"{_FROM_ROOT} Here g = p (r^(α − 1) − S) / ((α − 1) μ), S = Σ p r^α. None where a "
            "value is zero with an error above zero and α is below 2."
        ),
        source="Shorrocks 1980, Econometrica 48:613",
        doi="10.2307/1913126",
        kind="relative",
        ordered=False,
        needs=(NOT_NEGATIVE, replace(ABOVE_ZERO, when=("alpha", 0))),
    ),
)

METHODS = (
    Method(
        function=theil_between_within,
        title="Theil index between and within",
        sentence="How much of an inequality lies between groups of places, and how much inside.",
        formula=(
            "T = Σ s ln r + Σ s T_g: between the groups, and within them\n"
            "r = μ_g / μ: mean of a group over the mean of all; s = p r; p: its share of people\n"
            "T_g: Theil index of the places inside it"
        ),
        use=(
            "A county's neighbourhoods, by district: whether help must find districts, or places "
            "inside every district. The parts add up exactly."
        ),
        avoid=(
            "Of values without a true zero, and of small places' estimates with large errors: "
            "chance looks like inequality within. The finer the places, the more lies within."
        ),
        interval="None: it describes these places, all of them counted.",
        source="Theil 1967, Economics and Information Theory; Shorrocks 1980, Econometrica 48:613",
    ),
    Method(
        function=no_difference_p,
        title="Test that groups are all equal",
        sentence="How often chance alone would set equal groups at least this far apart.",
        formula=(
            "P(χ² with k − 1 degrees of freedom ≥ Σ w (y − ȳ)²), ȳ = Σ w y / Σ w\n"
            "y: value of a group; w = 1 / se²; k: number of groups"
        ),
        use="Before any measure of dispersion: where it is not small, they measure chance.",
        avoid="As proof of equality: few people in each group make it large whatever the truth.",
        interval="None. Exact for independent normal values with known errors.",
        source="Cochran 1954, Biometrics 10:101",
    ),
    Method(
        function=gini,
        title="Gini coefficient",
        sentence="How far apart two people are on average, as a fraction of twice the mean.",
        formula=(
            "G = 2 Σ p x R / μ − 1\n"
            "x: what a person or group has; p: its share of the weight; μ = Σ p x\n"
            "R: midpoint of the cumulative share, in order of x"
        ),
        use="For people, or places counted by their people, where there is no other ranking.",
        avoid=(
            "For inequality by deprivation: use a concentration index. A Gini between groups "
            f"leaves out what differs within them. {NEARLY_ALIKE}"
        ),
        interval=(
            "People (sample=True): normal, by linearisation, for a random sample, weights by "
            "their chance of selection. Groups (se=): normal, by the delta method, the order of "
            "the groups taken as known. Cut at 0 and 1."
        ),
        source="Binder and Kovacevic 1995, Survey Methodology 21:137",
    ),
    Method(
        function=atkinson,
        title="Atkinson index",
        sentence="The part of the total that could be given up if all had the same.",
        formula=(
            "A = 1 − (Σ p r^(1 − ε))^(1 / (1 − ε)); with ε = 1, A = 1 − exp(Σ p ln r)\n"
            "r = x / μ; x: what a person or group has; p: its share of the weight; μ = Σ p x\n"
            "ε: how much more those count who have less"
        ),
        use="Where the weight given to those who have least should be said aloud: show several ε.",
        avoid=(
            "For things of which less is better. With ε of 1 or more and anybody at zero it is 1, "
            f"whatever the rest have. {NEARLY_ALIKE}"
        ),
        interval=(
            "People (sample=True): normal, by linearisation, for a random sample, weights by "
            "their chance of selection; cut at 0 and 1. Groups (se=): as for the Theil index."
        ),
        source=(
            "Atkinson 1970, J Econ Theory 2:244; errors: Biewen and Jenkins 2006, "
            "Oxf Bull Econ Stat 68:371"
        ),
        doi="10.1016/0022-0531(70)90039-6",
    ),
)
