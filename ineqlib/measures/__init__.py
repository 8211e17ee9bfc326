"""Arithmetic on arrays: no indicator names, no files, no printing.

The most deprived (or lowest-ranked) group comes first on the last axis; leading axes are
independent problems solved in one call. Missing numbers are refused, never taken as zero, and so
are groups whose labels say another order.
"""

from ineqlib.measures.age_bands import ABRIDGED_BANDS, AgeBands
from ineqlib.measures.between_within import TheilParts, theil_between_within
from ineqlib.measures.change import GapChange, change_in_gap
from ineqlib.measures.comparison import FalseDiscovery, compare, difference_p, false_discovery
from ineqlib.measures.concentration import aci, erreygers, rci, wagstaff
from ineqlib.measures.concentration_curve import ConcentrationCurve, concentration_curve
from ineqlib.measures.continuous_decomposition import horiuchi
from ineqlib.measures.contributions import ConcentrationDecomposition, concentration_decomposition
from ineqlib.measures.count_regression import rii_of_counts, sii_of_counts
from ineqlib.measures.decomposition import (
    AgeDecomposition,
    CauseDecomposition,
    arriaga,
    arriaga_by_cause,
)
from ineqlib.measures.decomposition_limits import ArriagaLimits, arriaga_limits
from ineqlib.measures.deviation import idis, mdb, mdm, mdr
from ineqlib.measures.disclosure import (
    RULES,
    Risk,
    Rule,
    Sum,
    Suppressed,
    Totals,
    differencing_risks,
    protect,
    round_counts,
    suppress,
)
from ineqlib.measures.dispersion import bgsd, bgv, cov, no_difference_p
from ineqlib.measures.empirical_bayes import Smoothed, empirical_bayes
from ineqlib.measures.entropy import generalised_entropy, mean_log_deviation, theil_index
from ineqlib.measures.excess import excess_events, excess_over_target
from ineqlib.measures.frames import BandColumns, Columns, add_by_lookup, measure_table, rate_table
from ineqlib.measures.funnel import funnel_limits
from ineqlib.measures.funnel_points import FunnelPoints, funnel_points
from ineqlib.measures.funnel_verdicts import funnel_significance, outside_funnel
from ineqlib.measures.gaps import difference, odds_ratio, ratio
from ineqlib.measures.gradients import rii, sii
from ineqlib.measures.heat import heat_paf, heat_par
from ineqlib.measures.impact import paf, par
from ineqlib.measures.indirect import expected_events, isr, smr, smr_of_totals
from ineqlib.measures.individual import concentration_index, extended_concentration_index
from ineqlib.measures.individual_dispersion import atkinson, gini
from ineqlib.measures.intervals import (
    byar_interval,
    count_interval,
    implied_se,
    poisson_exact_interval,
    wilson_interval,
)
from ineqlib.measures.life_expectancy import healthy_life_expectancy, life_expectancy
from ineqlib.measures.life_expectancy_rules import life_table_problems, suppression_reasons
from ineqlib.measures.life_table import LifeTable, life_table
from ineqlib.measures.lifespan_variation import lifespan_variation
from ineqlib.measures.line_checks import GradientChecks, gradient_checks
from ineqlib.measures.logistic import rii_logistic, sii_logistic
from ineqlib.measures.overdispersion import Overdispersion, overdispersion
from ineqlib.measures.people_slopes import rii_of_people, sii_of_people
from ineqlib.measures.quantiles import assign_quantiles, relative_rank
from ineqlib.measures.ranks import Ranks, rank_intervals
from ineqlib.measures.rate_decomposition import RateDecomposition, kitagawa
from ineqlib.measures.rates import crude_rate, proportion, sample_mean
from ineqlib.measures.registry import PROPORTIONS, REGISTRY, Measure
from ineqlib.measures.regression_to_mean import ChangeBeyond, change_beyond_regression_to_mean
from ineqlib.measures.required_change import required_change
from ineqlib.measures.simulated_slopes import rii_simulated, sii_simulated, simulation_spread
from ineqlib.measures.simulation import Simulation
from ineqlib.measures.slope_bootstrap import slope_trend_bootstrap
from ineqlib.measures.slope_trend import SlopeTrend, slope_trend
from ineqlib.measures.spend import Proportionality, proportionality
from ineqlib.measures.standard_population import ESP2013, StandardPopulation
from ineqlib.measures.standardised import dsr, dsr_of_repeats
from ineqlib.measures.trends import Trend, recent_trend, recent_trend_of_proportion
from ineqlib.measures.years_lost import years_before_age, years_of_life_lost

__all__ = [
    "ABRIDGED_BANDS",
    "ESP2013",
    "PROPORTIONS",
    "REGISTRY",
    "RULES",
    "AgeBands",
    "AgeDecomposition",
    "ArriagaLimits",
    "BandColumns",
    "CauseDecomposition",
    "ChangeBeyond",
    "Columns",
    "ConcentrationCurve",
    "ConcentrationDecomposition",
    "FalseDiscovery",
    "FunnelPoints",
    "GapChange",
    "GradientChecks",
    "LifeTable",
    "Measure",
    "Overdispersion",
    "Proportionality",
    "Ranks",
    "RateDecomposition",
    "Risk",
    "Rule",
    "Simulation",
    "SlopeTrend",
    "Smoothed",
    "StandardPopulation",
    "Sum",
    "Suppressed",
    "TheilParts",
    "Totals",
    "Trend",
    "aci",
    "add_by_lookup",
    "arriaga",
    "arriaga_by_cause",
    "arriaga_limits",
    "assign_quantiles",
    "atkinson",
    "bgsd",
    "bgv",
    "byar_interval",
    "change_beyond_regression_to_mean",
    "change_in_gap",
    "compare",
    "concentration_curve",
    "concentration_decomposition",
    "concentration_index",
    "count_interval",
    "cov",
    "crude_rate",
    "difference",
    "difference_p",
    "differencing_risks",
    "dsr",
    "dsr_of_repeats",
    "empirical_bayes",
    "erreygers",
    "excess_events",
    "excess_over_target",
    "expected_events",
    "extended_concentration_index",
    "false_discovery",
    "funnel_limits",
    "funnel_points",
    "funnel_significance",
    "generalised_entropy",
    "gini",
    "gradient_checks",
    "healthy_life_expectancy",
    "heat_paf",
    "heat_par",
    "horiuchi",
    "idis",
    "implied_se",
    "isr",
    "kitagawa",
    "life_expectancy",
    "life_table",
    "life_table_problems",
    "lifespan_variation",
    "mdb",
    "mdm",
    "mdr",
    "mean_log_deviation",
    "measure_table",
    "no_difference_p",
    "odds_ratio",
    "outside_funnel",
    "overdispersion",
    "paf",
    "par",
    "poisson_exact_interval",
    "proportion",
    "proportionality",
    "protect",
    "rank_intervals",
    "rate_table",
    "ratio",
    "rci",
    "recent_trend",
    "recent_trend_of_proportion",
    "relative_rank",
    "required_change",
    "rii",
    "rii_logistic",
    "rii_of_counts",
    "rii_of_people",
    "rii_simulated",
    "round_counts",
    "sample_mean",
    "sii",
    "sii_logistic",
    "sii_of_counts",
    "sii_of_people",
    "sii_simulated",
    "simulation_spread",
    "slope_trend",
    "slope_trend_bootstrap",
    "smr",
    "smr_of_totals",
    "suppress",
    "suppression_reasons",
    "theil_between_within",
    "theil_index",
    "wagstaff",
    "wilson_interval",
    "years_before_age",
    "years_of_life_lost",
]
