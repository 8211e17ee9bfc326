"""The problems that are timed, with their data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plain
import plain_groups

from ineqlib import measures
from ineqlib.estimate import Estimate
from ineqlib.measures import Simulation

SEED = 2026
QUOTED = "quoted, another run"


@dataclass(frozen=True)
class Case:
    """One problem: what we do, what a loop does to the first areas, what R is known to take.

    `ours` and `loop` (of the first so many areas) return the same arrays; `frame` is the problem as
    R reads it.
    """

    name: str
    title: str
    areas: int
    looped: int
    ours: Callable[[], Sequence[np.ndarray]]
    loop: Callable[[int], Sequence[np.ndarray]]
    frame: pd.DataFrame
    quoted: float
    quoted_words: str = QUOTED
    r_column: str = ""
    """Column of R's answer that is our first array, where R keeps the order of the areas."""


@dataclass(frozen=True)
class Simulated:
    """A simulation to time."""

    title: str
    solve: Callable[[], object]


def parts(estimate: Estimate) -> list[np.ndarray]:
    """Value and limits."""
    return [estimate.value, estimate.lower, estimate.upper]


def tidy(areas: int, **columns: np.ndarray) -> pd.DataFrame:
    """One row for each area and group."""
    size = next(iter(columns.values())).shape[-1]
    frame = {name: np.broadcast_to(data, (areas, size)).ravel() for name, data in columns.items()}
    return pd.DataFrame({"area": np.repeat(np.arange(areas), size), **frame})


def first(frame: pd.DataFrame, areas: int) -> pd.DataFrame:
    """Rows of the first areas."""
    return frame[frame["area"] < areas]


def columns(found: pd.DataFrame) -> list[np.ndarray]:
    """Columns as arrays."""
    return list(found.to_numpy(float).T)


def gradients(areas: int, groups: int = 10) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Life expectancies that rise with affluence, people, standard errors."""
    rng = np.random.default_rng(SEED)
    people = rng.integers(8000, 30_000, (areas, groups))
    value = 74 + 0.9 * np.arange(groups) + rng.normal(0, 0.6, (areas, groups))
    return value, people, rng.uniform(0.3, 1, (areas, groups))


def slopes(areas: int, looped: int, quoted: float, quoted_words: str) -> Case:
    """SII and RII of tenths."""
    value, people, se = gradients(areas)
    frame = tidy(areas, group=np.arange(1, 11), value=value, population=people, se=se)
    return Case(
        f"slopes_{areas}",
        f"SII and RII, {areas:,} areas of tenths",
        areas,
        looped,
        lambda: [
            *parts(measures.sii(value, people, se=se)),
            *parts(measures.rii(value, people, se=se)),
        ],
        lambda n: columns(plain.slope_indices(first(frame, n))),
        frame,
        quoted,
        quoted_words,
    )


def deaths(areas: int, bands: int) -> tuple[np.ndarray, np.ndarray]:
    """Deaths and people by age band; every open band has a death."""
    rng = np.random.default_rng(SEED)
    rate = 6e-5 * np.exp(0.42 * np.arange(19))
    rate = rate if bands == 19 else np.concatenate([[0.004, 0.0002], rate[1:]])
    people = rng.integers(2000, 9000, (areas, bands))
    died = rng.poisson(people * rate)
    died[:, -1] = np.maximum(died[:, -1], 1)
    return died, people


def life_tables(areas: int = 10_000, looped: int = 200) -> Case:
    """Life expectancy at all ages."""
    died, people = deaths(areas, 20)
    frame = tidy(areas, age=np.array(measures.ABRIDGED_BANDS), deaths=died, population=people)
    return Case(
        "life_tables",
        f"Life expectancy at all 20 ages, {areas:,} areas",
        areas,
        looped,
        lambda: parts(
            measures.life_expectancy(died, people, bands=measures.ABRIDGED_BANDS, age="all")
        ),
        lambda n: columns(plain.life_expectancies(first(frame, n))),
        frame,
        38,
    )


def standardised(areas: int = 10_000, looped: int = 200) -> Case:
    """Directly standardised rates."""
    died, people = deaths(areas, 19)
    standard = measures.ESP2013.for_bands(measures.ESP2013.bands)
    frame = tidy(areas, count=died, population=people, standard=standard.to_numpy())
    return Case(
        "standardised",
        f"Directly standardised rate, {areas:,} areas of 19 bands",
        areas,
        looped,
        lambda: parts(measures.dsr(died, people, standard)),
        lambda n: columns(plain.standardised_rates(first(frame, n))),
        frame,
        5.4,
        r_column="value",
    )


def quantiles(areas: int = 296, places: int = 33_755) -> Case:
    """Tenths of small areas within each area."""
    rng = np.random.default_rng(SEED)
    area = np.sort(
        np.concatenate([np.arange(areas).repeat(20), rng.integers(0, areas, places - 20 * areas)])
    )
    score = rng.gamma(2, 11, places).round(1)
    frame = pd.DataFrame({"area": area, "score": score})
    return Case(
        "quantiles",
        f"Tenths of {places:,} small areas within {areas} areas",
        1,
        1,
        lambda: [measures.assign_quantiles(score, 10, most_deprived="highest", within=area)],
        lambda _: [plain.quantiles(frame, 10).to_numpy()],
        frame,
        0.5,
        r_column="quantile",
    )


def settings(areas: int = 1000, looped: int = 200) -> Case:
    """Every measure of WHO's, with limits, of percentages by tenth."""
    rng = np.random.default_rng(SEED)
    people = rng.integers(200, 2000, (areas, 10))
    value = np.linspace(0.35, 0.9, 10) + rng.uniform(-0.05, 0.05, (areas, 10))
    se = np.sqrt(value * (1 - value) / people)
    frame = tidy(areas, group=np.arange(1, 11), value=value, population=people, se=se)
    return Case(
        "groups",
        f"All {len(WHO)} measures of WHO's toolkit, {areas:,} settings of 10 groups",
        areas,
        looped,
        lambda: who_columns({name: solve(value, people, se) for name, solve in WHO.items()}),
        lambda n: columns(plain_groups.who_measures(first(frame, n))),
        frame.assign(value=frame["value"] * 100, se=frame["se"] * 100),
        3600,
        "quoted, another run: over an hour",
    )


def who_columns(found: dict[str, Estimate]) -> list[np.ndarray]:
    """Values, and the limits that have a textbook formula, in the order of the plain loop."""
    return [
        array
        for name, estimate in found.items()
        for array in (parts(estimate) if name in plain_groups.WITH_LIMITS else [estimate.value])
    ]


WHO: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], Estimate]] = {
    "d": lambda y, n, se: measures.difference(y, se=se),
    "r": lambda y, n, se: measures.ratio(y, se=se),
    "par": lambda y, n, se: measures.par(y, n, se=se),
    "aci": lambda y, n, se: measures.aci(y, n, se=se),
    "paf": lambda y, n, se: measures.paf(y, n, se=se),
    "rci": lambda y, n, se: measures.rci(y, n, se=se),
    "sii": lambda y, n, se: measures.sii_logistic(y, n, se=se),
    "rii": lambda y, n, se: measures.rii_logistic(y, n, se=se),
    "bgv": lambda y, n, se: measures.bgv(y, n, se=se),
    "bgsd": lambda y, n, se: measures.bgsd(y, n, se=se),
    "cov": lambda y, n, se: measures.cov(y, n, se=se),
    "ti": lambda y, n, se: measures.theil_index(y, n, se=se),
    "mld": lambda y, n, se: measures.mean_log_deviation(y, n, se=se),
    "idisu": lambda y, n, se: measures.idis(y, n, se=se, weighted=False),
    "idisw": lambda y, n, se: measures.idis(y, n, se=se),
    "mdmu": lambda y, n, se: measures.mdm(y, n, se=se, weighted=False),
    "mdmw": lambda y, n, se: measures.mdm(y, n, se=se),
    "mdbu": lambda y, n, se: measures.mdb(y, n, se=se, best="highest", weighted=False),
    "mdbw": lambda y, n, se: measures.mdb(y, n, se=se, best="highest"),
    "mdru": lambda y, n, se: measures.mdr(y, n, se=se, reference=9, weighted=False),
    "mdrw": lambda y, n, se: measures.mdr(y, n, se=se, reference=9),
}
"""Each of WHO's measures, with its limits."""


CASES = [
    slopes(150, 150, 63, QUOTED),
    slopes(10_000, 200, 63 / 150 * 10_000, f"{QUOTED}, of 150 areas, scaled"),
    life_tables(),
    standardised(),
    settings(),
    quantiles(),
]


def drawn(name: str, areas: int = 150, draws: int = 100_000) -> Simulated:
    """An index of tenths with simulated limits."""
    value, people, se = gradients(areas)
    solve = getattr(measures, f"{name}_simulated")
    return Simulated(
        f"{name.upper()}, {areas} areas of tenths, {draws:,} draws",
        lambda: solve(
            value, people, se=se, simulation=Simulation(np.random.default_rng(SEED), draws)
        ),
    )


SIMULATED = [drawn("sii"), drawn("rii")]
