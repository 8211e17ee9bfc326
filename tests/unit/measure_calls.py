"""A right call of every public measure, for tests that spoil one thing in it at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ineqlib import measures as m
from ineqlib.estimate import Estimate
from ineqlib.measures.panel import Panel
from ineqlib.measures.rates_of_progress import RatesOfProgress
from ineqlib.measures.rates_of_progress import rates_of_progress as of_runs
from ineqlib.measures.segments import segments
from ineqlib.measures.variance_components import VarianceComponents
from ineqlib.measures.variance_components import variance_components as of_panel

VALUE, PEOPLE, SE = [71.0, 74, 72, 79, 83], [120.0, 90, 110, 70, 150], [4.0, 6, 5, 3, 7]
SHARES, WEIGHTS = [0.125, 0.25, 0.375, 0.5, 0.75], [0.25, 0.25, 0.125, 0.25, 0.125]
DEATHS, LIVED = [5.0, 2, 3, 40, 100], [900.0, 4000, 20_000, 9000, 500]
NAMES = ["0", "1-4", "5-49", "50-79", "80+"]
RATES = [2.0**-8, 2.0**-11, 2.0**-12, 2.0**-7, 2.0**-3]
TWELVE = [float(n) for n in range(12, 24)]
YEARS = [2019.0, 2020, 2021, 2022, 2023]
GAP = Estimate(*(np.array([n]) for n in (2.0, 1.0, 3.0, 0.5)))


@dataclass(frozen=True)
class Call:
    """A call that is right: its data by name, its options, and what its data may be.

    `any_sign`, `zero` and `missing` name data that may be below zero, zero, or missing.
    """

    data: dict[str, Any]
    options: dict[str, Any] = field(default_factory=dict)
    any_sign: str = ""
    zero: str = ""
    missing: str = ""


groups = {"value": VALUE, "population": PEOPLE, "se": SE}
ages = {"bands": [0, 1, 5, 50, 80]}
lives = {"deaths": DEATHS, "population": LIVED}
of_area = {"count": DEATHS, "population": LIVED}
in_funnel = {"count": TWELVE, "denominator": [50.0] * 12}
people = {"value": TWELVE, "rank_by": TWELVE[::-1], "weight": TWELVE}
NEED_OPTIONS: dict[str, dict[str, Any]] = {
    "mdb": {"best": "highest"},
    "mdr": {"reference": 0},
    "erreygers": {"bounds": (0, 200)},
    "wagstaff": {"bounds": (0, 200)},
}
OF_ANY_SIGN = "difference par paf sii rii rci aci bgv bgsd mdm mdb mdr".split()
ABOVE_ZERO = "ratio mean_log_deviation".split()


def of_groups(name: str, *, weighted: bool = True) -> Call:
    data = {key: groups[key] for key in groups if key != "population" or weighted}
    sign = "value" if name in OF_ANY_SIGN else ""
    return Call(data, NEED_OPTIONS.get(name, {}), sign, "se" if name in ABOVE_ZERO else "value se")


def simulated() -> dict[str, Any]:
    return {"simulation": m.Simulation(np.random.default_rng(1), draws=1000)}


CALLS: dict[str, Call] = {
    **{name: of_groups(name, weighted=row.weighted) for name, row in m.REGISTRY.items()},
    **{name: of_groups(name) for name in NEED_OPTIONS},
    "odds_ratio": Call({"value": SHARES, "se": WEIGHTS}, {}, "", "se"),
    "sii_simulated": Call(groups, simulated(), "value", "value se"),
    "rii_simulated": Call(groups, simulated(), "value", "value se"),
    "simulation_spread": Call(groups, {"times": 2, **simulated()}, "value", "value se"),
    "sii_logistic": Call(groups | {"value": SHARES, "se": WEIGHTS}, {}, "", "value se"),
    "rii_logistic": Call(groups | {"value": SHARES, "se": WEIGHTS}, {}, "", "value se"),
    **dict.fromkeys(("sii_of_counts", "rii_of_counts"), Call(of_area, {}, "", "count")),
    **dict.fromkeys(
        ("heat_par", "heat_paf"),
        Call(
            {"value": VALUE, "population": PEOPLE},
            {"multiplier": 100, "polarity": "favourable"},
            "",
            "value",
        ),
    ),
    "gradient_checks": Call(groups, {}, "value", "value"),
    "rank_intervals": Call({"value": VALUE, "se": SE}, {}, "value"),
    "theil_between_within": Call(
        {"value": VALUE, "population": PEOPLE}, {"group": list("aabbb")}, "", "value"
    ),
    "no_difference_p": Call({"value": VALUE, "se": SE}, {}, "value", "value"),
    "excess_events": Call({"count": DEATHS, "population": LIVED}, {}, "", "count"),
    "excess_over_target": Call(
        {"count": DEATHS, "value": VALUE, "target": PEOPLE, "se": SE, "target_se": SE},
        {},
        "",
        "count target se target_se",
    ),
    "concentration_curve": Call({"value": VALUE, "population": PEOPLE}, {}, "", "value"),
    "relative_rank": Call({"population": PEOPLE}),
    "assign_quantiles": Call(
        {"value": VALUE}, {"k": 5, "most_deprived": "highest"}, "value", "value"
    ),
    "gini": Call({"value": VALUE, "weight": PEOPLE, "se": SE}, {}, "", "value weight se"),
    "atkinson": Call({"value": VALUE, "weight": PEOPLE, "se": SE}, {}, "", "value weight se"),
    **dict.fromkeys(
        ("sii_of_people", "rii_of_people"),
        Call(people | {"value": [200 + number for number in TWELVE]}, {}, "value rank_by"),
    ),
    "concentration_index": Call(people, {}, "value rank_by", "value rank_by"),
    "extended_concentration_index": Call(people, {"nu": 3}, "value rank_by", "value rank_by"),
    "concentration_decomposition": Call(
        people, {"determinants": {"x": [1.0, 0] * 6}}, "value rank_by", "value rank_by"
    ),
    "proportionality": Call(
        {"spend": TWELVE, "need": TWELVE[::-1], "population": TWELVE}, {}, "", "spend need"
    ),
    **{
        name: Call({"count": DEATHS}, {}, "", "count")
        for name in ("byar_interval", "poisson_exact_interval", "count_interval")
    },
    **{
        name: Call({"count": DEATHS, "denominator": LIVED}, {}, "", "count")
        for name in ("wilson_interval", "proportion", "crude_rate")
    },
    "implied_se": Call({"lower": VALUE, "upper": PEOPLE[:1] * 5}, {}, "lower", "lower"),
    "sample_mean": Call({"value": VALUE}, {}, "value", "value"),
    "dsr": Call(of_area | {"standard": LIVED}, {"bands": NAMES}, "", "count"),
    "dsr_of_repeats": Call(
        {"people": [DEATHS, DEATHS], "population": LIVED, "standard": LIVED},
        {"bands": NAMES},
        "",
        "people",
    ),
    **dict.fromkeys(
        ("isr", "smr"),
        Call(
            of_area | {"reference_count": DEATHS, "reference_population": LIVED},
            {"bands": NAMES},
            "",
            "count reference_count",
        ),
    ),
    "smr_of_totals": Call({"observed": DEATHS, "expected": PEOPLE}, {}, "", "observed"),
    "expected_events": Call(
        {"population": LIVED, "reference_count": DEATHS, "reference_population": PEOPLE},
        {"bands": NAMES},
        "",
        "reference_count",
    ),
    "life_table": Call(lives, ages, "", "deaths"),
    "life_expectancy": Call(lives, ages, "", "deaths"),
    "lifespan_variation": Call(lives, ages, "", "deaths"),
    "healthy_life_expectancy": Call(
        lives | {"healthy": SHARES, "surveyed": PEOPLE}, ages, "", "deaths healthy"
    ),
    "life_table_problems": Call(
        lives, ages, "deaths population", "deaths population", "deaths population"
    ),
    "suppression_reasons": Call(
        lives, ages, "deaths population", "deaths population", "deaths population"
    ),
    "years_before_age": Call({}, {"limit": 50, **ages}),
    "years_of_life_lost": Call(
        {"deaths": DEATHS, "years": [75.0, 72, 50, 10, 0], "population": LIVED},
        {"bands": NAMES},
        "",
        "deaths years",
    ),
    "arriaga": Call(
        {"mortality_1": RATES, "mortality_2": RATES[::-1]}, ages, "", "mortality_1 mortality_2"
    ),
    **dict.fromkeys(
        ("arriaga_by_cause", "horiuchi"),
        Call({"rates_1": [RATES, RATES], "rates_2": [RATES, RATES]}, ages, "", "rates_1 rates_2"),
    ),
    "arriaga_limits": Call(
        {
            "deaths_1": [DEATHS, DEATHS],
            "population_1": LIVED,
            "deaths_2": [DEATHS[::-1], DEATHS],
            "population_2": [10 * people for people in LIVED],
        },
        ages,
        "",
        "deaths_1 deaths_2",
    ),
    "kitagawa": Call(
        {"rate_1": VALUE, "share_1": WEIGHTS, "rate_2": PEOPLE, "share_2": WEIGHTS},
        {},
        "rate_1 rate_2",
        "share_1 share_2",
    ),
    "compare": Call({"reference": [2.0]}, {"estimate": GAP}, "reference", "reference", "reference"),
    "difference_p": Call(
        {"reference": [2.0]}, {"estimate": GAP}, "reference", "reference", "reference"
    ),
    "false_discovery": Call({"p": SHARES}, {}, "", "p", "p"),
    "change_beyond_regression_to_mean": Call(
        {"before": [*TWELVE, 30.0], "after": [*TWELVE[::-1], 40.0]},
        {},
        "before after",
        "before after",
        "before after",
    ),
    "required_change": Call(
        {"now": VALUE, "target": PEOPLE, "se": SE},
        {"years": 5},
        "now target",
        "se",
    ),
    "change_in_gap": Call({}, {"before": GAP, "after": GAP, "start": (2015, 2018), "span": 3}),
    "slope_trend": Call(
        {
            "value": [VALUE, VALUE[::-1], VALUE],
            "population": PEOPLE,
            "start": YEARS[:3],
            "se": [SE, SE, SE],
        },
        {"span": 3},
        "value start",
        "value start se",
    ),
    "slope_trend_bootstrap": Call(
        {"count": [VALUE, VALUE[::-1], VALUE], "population": PEOPLE, "start": YEARS[:3]},
        {"span": 3, **simulated()},
        "start",
        "count start",
    ),
    "recent_trend": Call(
        {"start": YEARS, "value": VALUE, "se": SE}, {}, "start value", "se", "value se"
    ),
    "recent_trend_of_proportion": Call(
        {"start": YEARS, "count": DEATHS, "denominator": LIVED},
        {},
        "start",
        "count",
        "count denominator",
    ),
    "funnel_points": Call(
        {"count": TWELVE, "rate": TWELVE[::-1], "denominator": [50.0] * 12}, {"kind": "rate"}
    ),
    "funnel_limits": Call({"denominator": PEOPLE}, {"average": 0.25, "kind": "rate"}),
    **{
        name: Call(in_funnel, {"kind": "rate", "average": 0.25}, "", "count")
        for name in ("funnel_significance", "outside_funnel", "overdispersion")
    },
    "empirical_bayes": Call(in_funnel, {"kind": "rate"}, "", "count"),
    "suppress": Call({"counts": [12, 9, 3]}, {"rule": "fewer_than_5"}, "", "counts", "counts"),
    "protect": Call(
        {"counts": [12, 9, 3]},
        {"sums": [m.Sum(0, (1, 2))], "hidden": [False, False, True]},
        zero="counts",
        missing="counts",
    ),
    "differencing_risks": Call(
        {"counts": [12, 9, 3]}, {"sums": [m.Sum(0, (1, 2))]}, zero="counts", missing="counts"
    ),
    "round_counts": Call({"counts": [12, 9, 3]}, {}, "", "counts"),
}


def _panel(
    value: Any, when: Any, se: Any = None, *, width: Any = 1.0, segment: Any = None
) -> Panel:
    return Panel(value, when, width, se, segment)


def variance_components(
    value: Any, when: Any, se: Any = None, *, width: Any = 1.0, segment: Any = None
) -> VarianceComponents:
    return of_panel(Panel(value, when, width, se, segment))


def rates_of_progress(
    value: Any, when: Any, se: Any = None, *, run: Any = 3.0, higher_is_better: Any = True
) -> RatesOfProgress | None:
    return of_runs(Panel(value, when, se=se), run=run, higher_is_better=higher_is_better)


FIGURES = [[area + year * (area % 5) / 4 for year in range(6)] for area in range(14)]
FOLLOWED = {
    "value": FIGURES,
    "when": [float(year) for year in range(2018, 2024)],
    "se": [[0.25] * 6] * 14,
}
OF_PANELS = {"variance_components": variance_components, "rates_of_progress": rates_of_progress}
"""What kinds of document measure of areas followed over time; not public."""
HELPERS: dict[str, Callable[..., Any]] = {**OF_PANELS, "segments": segments}
HELPER_CALLS: dict[str, Call] = {
    **dict.fromkeys(OF_PANELS, Call(FOLLOWED, {}, "value when", "se", "value")),
    "segments": Call({"value": FIGURES}, {}, "value", "", "value"),
}
