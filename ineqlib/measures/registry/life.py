"""Length of life: life tables, years lost, and where a difference comes from."""

from ineqlib.measures.continuous_decomposition import horiuchi
from ineqlib.measures.decomposition import arriaga, arriaga_by_cause
from ineqlib.measures.decomposition_limits import arriaga_limits
from ineqlib.measures.life_expectancy import healthy_life_expectancy, life_expectancy
from ineqlib.measures.life_expectancy_rules import life_table_problems, suppression_reasons
from ineqlib.measures.life_table import life_table
from ineqlib.measures.lifespan_variation import lifespan_variation
from ineqlib.measures.rate_decomposition import kitagawa
from ineqlib.measures.registry.rows import Method
from ineqlib.measures.years_lost import years_before_age, years_of_life_lost

NO_INTERVAL = "None: the parts are arithmetic on the rates given. Small groups make them unsteady."
SEE_LIMITS = "None: it takes rates. `arriaga_limits` takes deaths and gives each part its interval."
OF_A_RULE = "None: it is a rule."

ROWS = (
    Method(
        function=life_table,
        title="Life table",
        sentence=(
            "What would become of people who lived all their life under today's death rates: how "
            "many survive to each age, and how long they live from there on."
        ),
        formula=(
            "m = d / P;  q = n m / (1 + n m (1 − a));  l_x+n = l_x (1 − q)\n"
            "L = n (l − (1 − a) l q), in the open band l / m;  T = ΣL from here on;  e = T / l\n"
            "d: deaths; P: person-years; n: years in the band; a: share of the band lived by those "
            "who die in it (0.1 of the first year, else 1/2; or Andreev and Kingkade's for the "
            "first year, from its death rate); l: survivors of one birth; e: expectation of life"
        ),
        use="To see the columns behind a life expectancy, or to make another measure of them.",
        avoid=(
            "For a forecast: nobody will live all their life under one period's death rates. For "
            "small areas use fewer, wider bands or more years, so that every band has people and "
            "the open band has deaths."
        ),
        interval=(
            "Chiang's variance of q, q² (1 − q) / d, carried through the table; in the open band "
            "Silcocks' l² / (d m²). Deaths are taken to be binomial within a band and independent "
            "between bands, populations to be known."
        ),
        source=(
            "Silcocks et al. 2001, J Epidemiol Community Health 55:38; Chiang 1968, Introduction "
            "to Stochastic Processes in Biostatistics; Andreev and Kingkade 2015, Demographic "
            "Research 33:363"
        ),
        doi="10.1136/jech.55.1.38",
    ),
    Method(
        function=life_expectancy,
        title="Life expectancy",
        sentence="How many more years people would live on average under today's death rates.",
        formula=(
            "e_x = T_x / l_x\n"
            "T: years lived from age x on; l: survivors to age x, both from the life table"
        ),
        use="To sum up the death rates of all ages in one number without a standard population.",
        avoid=(
            "For what it cannot tell: why it differs (decompose it) and how unequal lives are "
            "within a group. With few deaths look at the interval first."
        ),
        interval=(
            "Normal: e ± z se, Chiang's standard error with Silcocks' open band. By England's "
            "rules none is shown for 5,000 person-years or fewer or where a band has more deaths "
            "than person-years, and no value where the 95% interval is wider than 20 years."
        ),
        source=(
            "Eayres and Williams 2004, J Epidemiol Community Health 58:243; Toson and Baker 2003, "
            "National Statistics Methodological Series 33"
        ),
        doi="10.1136/jech.2003.009654",
    ),
    Method(
        function=healthy_life_expectancy,
        title="Healthy life expectancy",
        sentence="How many more years people would live in good health, as they say themselves.",
        formula=(
            "HLE_x = Σ π_i L_i / l_x, over the bands i from age x on\n"
            "π: share of the people in a band who are in good health; L: years lived in the band; "
            "l: survivors to age x"
        ),
        use="Beside life expectancy: the gap between them is the years in poor health.",
        avoid=(
            "To compare places whose surveys asked different questions or left out care homes. It "
            "answers slowly when health changes: shares are of everyone alive, not of new cases."
        ),
        interval=(
            "Normal. The variance adds that of the shares, Σ L² π (1 − π) / N / l², and that of "
            "mortality, Σ l² ((1 − a) n π + HLE_next)² var(q) / l², in the open band (π L)² / d / "
            "l²; letters as in the life table. The survey is taken to be a simple random sample of "
            "N people in each band: divide N by its design effect if not."
        ),
        source=(
            "Sullivan 1971, HSMHA Health Reports 86:347; European Concerted Action on "
            "Harmonization of Health Expectancy Calculation 1997, Practical Guide on Health "
            "Expectancy Calculation: Sullivan Method, annex"
        ),
    ),
    Method(
        function=lifespan_variation,
        title="Variation of the length of life",
        sentence=(
            "How unequal lives are in length within a group: the years that those who die had "
            "still to live, on average."
        ),
        formula=(
            "e†_x = Σ d_i ((1 − a_i) e_i + a_i e_i+1) / l_x, over the bands i from age x on; "
            "d e in the open band\n"
            "d: deaths, l: survivors, a: share of the band lived by those who die in it, e: "
            "expectation of life, all from the life table"
        ),
        use=(
            "Beside life expectancy: deprived groups do not only live shorter, they also know "
            "less surely how long. From age 10 infant deaths do not outweigh the rest."
        ),
        avoid=(
            "For a gap between groups: it is about differences within one. It falls when early "
            "deaths are avoided and rises when late ones are."
        ),
        interval=(
            "Normal: Σ (∂e† / ∂m)² d / P², derivatives by central differences; deaths Poisson and "
            "independent between bands, populations known."
        ),
        source=(
            "Vaupel and Canudas-Romo 2003, Demography 40:201; Shkolnikov et al. 2011, Demographic "
            "Research 24:305"
        ),
        doi="10.1353/dem.2003.0018",
    ),
    Method(
        function=suppression_reasons,
        title="Rules on showing life expectancy",
        sentence="Why an area's life expectancy is not shown, in words.",
        formula=(
            "population: ΣP ≤ 5,000;  deaths: d > P in any band;  width: 2 × 1.96 se > 20 years\n"
            "P: person-years; d: deaths; se: standard error of the life expectancy"
        ),
        use="To give every area of a table its status while the others are worked out.",
        avoid="To hide small counts: it says what is too uncertain, not what identifies anyone.",
        interval=OF_A_RULE,
        source="Toson and Baker 2003, National Statistics Methodological Series 33",
    ),
    Method(
        function=life_table_problems,
        title="What keeps a life table from being made",
        sentence="Why an area's counts make no life table, in words.",
        formula=(
            "d or P missing, d < 0, P ≤ 0, d = 0 in the open band, or q ≥ 1 in a closed one\n"
            "d: deaths; P: person-years; q: probability of dying in the band"
        ),
        use="Before a life table of many areas, to leave out those that would stop the call.",
        avoid="As a test of quality: an area without problems can still have wrong counts.",
        interval=OF_A_RULE,
        source="Follows from the life table's formula",
    ),
    Method(
        function=years_of_life_lost,
        title="Years of life lost",
        sentence="How many years of life early deaths cost, so that young deaths weigh more.",
        formula=(
            "YLL = Σ d y;  crude rate = Σ d y / ΣP;  standardised rate = Σ w y d / P, Σ w = 1\n"
            "d: deaths in a band; y: years lost by each (an age limit minus the band's middle, or "
            "a standard expectation of life); P: person-years; w: share of the standard "
            "population. Bands where y = 0 are left out of all sums"
        ),
        use="To show which causes or places lose most life: a death rate counts the old most.",
        avoid=(
            "To compare figures with different limits or standards. Against an age limit it says "
            "that later deaths cost nothing; against a standard table the old count too."
        ),
        interval=(
            "Dobson's: value + √(Σ w² y² d / P² ÷ D) × (Byar's limit of D − D), D the deaths that "
            "lose years. Deaths are taken to be Poisson, each in a band to lose the same years."
        ),
        source="Gardner and Sanborn 1990, Epidemiology 1:322; Dobson et al. 1991, Stat Med 10:457",
        doi="10.1097/00001648-199007000-00012",
    ),
    Method(
        function=years_before_age,
        title="Years before an age limit",
        sentence="How early a death in each age band is, against an age such as 75.",
        formula="y = max(A − (x + n / 2), 0)\nA: age limit; x: start of the band; n: its years",
        use="To give `years_of_life_lost` its years as England's published rates have them.",
        avoid="Where exact ages at death are known: take their mean in each band instead.",
        interval=OF_A_RULE,
        source="Gardner and Sanborn 1990, Epidemiology 1:322",
        doi="10.1097/00001648-199007000-00012",
    ),
    Method(
        function=arriaga,
        title="Life expectancy difference by age (Arriaga)",
        sentence="At which ages two groups' life expectancies come apart, in years that add up.",
        formula=(
            "direct = l1_x (L2_x / l2_x − L1_x / l1_x);  "
            "indirect = T2_x+n (l1_x / l2_x − l1_x+n / l2_x+n)\n"
            "open band: l1 (T2 / l2 − T1 / l1)\n"
            "l: survivors, L: years lived in the band, T: years lived from an age on; 1 and 2: the "
            "groups, most and least deprived"
        ),
        use="To say how much of a gap comes from infants, from working ages, from old age.",
        avoid=(
            "To say what would happen if one age improved: parts depend on the other ages. Compare "
            "parts of different pairs in one direction only, or use the symmetric version."
        ),
        interval=SEE_LIMITS,
        source="Arriaga 1984, Demography 21:83",
        doi="10.2307/2061029",
    ),
    Method(
        function=arriaga_by_cause,
        title="Life expectancy difference by cause of death (Arriaga)",
        sentence="Which causes of death, at which ages, set two groups' life expectancies apart.",
        formula=(
            "part of cause c = part of the age × (m2_c − m1_c) / (m2 − m1)\n"
            "m: death rate in the age band, m_c: from cause c; 1 and 2: the groups, most and least "
            "deprived. Where m2 = m1 the limit is taken"
        ),
        use="To find which causes a plan on the gap should begin with.",
        avoid=(
            "With causes that leave deaths out or count them twice. Causes that differ in opposite "
            "directions have parts larger than the total: show years, not percentages of it."
        ),
        interval=SEE_LIMITS,
        source="Arriaga 1989, in Ruzicka, Wunsch and Kane, Differential Mortality",
    ),
    Method(
        function=horiuchi,
        title="Continuous decomposition (Horiuchi)",
        sentence="Which ages and causes a life expectancy gap comes from, either way round.",
        formula=(
            "part = (m1c − m2c) ∫ −∂e/∂m dt along m(t) = m1 + t (m2 − m1), t from 0 to 1\n"
            "m1, m2: death rates of all causes in the two groups, m1c, m2c: of a cause; e: life "
            "expectancy"
        ),
        use="Where it must not matter which group comes first, and rates differ widely.",
        avoid="To match published parts of life expectancy gaps: those are Arriaga's.",
        interval=SEE_LIMITS,
        source="Horiuchi, Wilmoth and Pletcher 2008, Demography 45:785",
        doi="10.1353/dem.0.0033",
    ),
    Method(
        function=arriaga_limits,
        title="Life expectancy difference with intervals (Arriaga)",
        sentence=(
            "How many years apart an age or a cause sets two groups' life expectancies, and how "
            "sure that is."
        ),
        formula=(
            "Var(part) = Σ (∂part / ∂m)² d / P², over groups, causes and bands\n"
            "m: death rate; d: deaths; P: person-years; part: years of a span of ages, of a cause, "
            "or the whole difference, by arriaga and arriaga_by_cause"
        ),
        use=(
            "Whenever parts are shown of places smaller than a country: two parts whose intervals "
            "overlap widely have no order."
        ),
        avoid=(
            "For spans with fewer than about ten deaths in a group: normal limits are rough there. "
            "Join spans, years or areas. Parts are not independent of one another: do not add "
            "their variances up."
        ),
        interval=(
            "Normal: part ± z se. Deaths are taken to be Poisson and independent between groups, "
            "causes and bands, populations to be known; derivatives are central differences."
        ),
        source=(
            "Arriaga 1984, Demography 21:83; Brillinger 1986, Biometrics 42:693, for the variance "
            "of a rate"
        ),
        doi="10.2307/2061029",
    ),
    Method(
        function=kitagawa,
        title="Rate difference by rates and composition (Kitagawa)",
        sentence=(
            "How much of a difference between two overall rates is due to different people, and "
            "how much to different rates of like people."
        ),
        formula=(
            "rate part = (s1 + s2) / 2 × (r2 − r1);  composition part = (r1 + r2) / 2 × (s2 − s1)\n"
            "r: rate in a category; s: share of the group's people in it; 1 and 2: the groups"
        ),
        use="Before comparing crude rates: is one place worse, or just older?",
        avoid=(
            "To read the composition parts one category at a time: only their sum has a meaning, "
            "for each depends on what rates are counted from."
        ),
        interval=NO_INTERVAL,
        source="Kitagawa 1955, Journal of the American Statistical Association 50:1168",
        doi="10.1080/01621459.1955.10501299",
    ),
)
