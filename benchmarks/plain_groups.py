"""WHO's measures of one setting at a time, as an analyst would write them in numpy and statsmodels.

Limits are the textbook's where there is a formula. For measures that have none, the values are
drawn again 100 times, as WHO's toolkit does.
"""

import numpy as np
import pandas as pd
import statsmodels.api as sm

Z = 1.959963984540054
DRAWS = 100

WITH_LIMITS = ("d", "r", "par", "aci")
"""Measures whose limits are compared; of the others the values are."""


def who_measures(frame: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Every measure of every setting; lower and upper limits beside those that are compared."""
    rng = np.random.default_rng(seed)
    rows = []
    for _, setting in frame.groupby("area", sort=False):
        y, se = setting["value"].to_numpy(), setting["se"].to_numpy()
        p = (setting["population"] / setting["population"].sum()).to_numpy()
        rows.append({**ordered(y, se, p), **dispersed(y, p)})
        drawn = [dispersed(np.abs(rng.normal(y, se)), p) for _ in range(DRAWS)]
        pd.DataFrame(drawn).quantile([0.025, 0.975])
    return pd.DataFrame(rows)


def ordered(y: np.ndarray, se: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Measures of groups in order, most deprived first."""
    mean = (p * y).sum()
    rank = np.cumsum(p) - p / 2
    found = {}

    gap, error = y[-1] - y[0], np.hypot(se[-1], se[0])
    found |= limits("d", gap, gap - Z * error, gap + Z * error)
    error = np.hypot(se[-1] / y[-1], se[0] / y[0])
    ratio = y[-1] / y[0]
    found |= limits("r", ratio, ratio * np.exp(-Z * error), ratio * np.exp(Z * error))
    from_best = np.append(-p[:-1], 1 - p[-1])
    par, error = y[-1] - mean, np.sqrt((from_best**2 * se**2).sum())
    found |= limits("par", par, par - Z * error, par + Z * error)
    weight = 2 * p * (rank - 0.5)
    aci, error = (weight * y).sum(), np.sqrt((weight**2 * se**2).sum())
    found |= limits("aci", aci, aci - Z * error, aci + Z * error)
    found |= {"paf": par / mean, "rci": aci / mean}

    model = sm.GLM(y, sm.add_constant(rank), family=sm.families.Binomial(), var_weights=p)
    fit = model.fit()
    most, least = fit.predict(np.array([[1.0, 0.0], [1.0, 1.0]]))
    fit.cov_params()
    return found | {"sii": least - most, "rii": least / most}


def limits(name: str, value: float, low: float, high: float) -> dict[str, float]:
    """A measure with its limits, by name."""
    return {name: value, f"{name}_lower": low, f"{name}_upper": high}


def dispersed(y: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Measures of groups in any order; the last group is the reference, the highest the best."""
    mean = (p * y).sum()
    away = np.abs(y - mean)
    relative = y / mean
    bgv = (p * away**2).sum()
    return {
        "bgv": bgv,
        "bgsd": np.sqrt(bgv),
        "cov": np.sqrt(bgv) / mean,
        "ti": (p * relative * np.log(relative)).sum(),
        "mld": -(p * np.log(relative)).sum(),
        "idisu": away.mean() / mean,
        "idisw": (p * away).sum() / mean,
        "mdmu": away.mean(),
        "mdmw": (p * away).sum(),
        "mdbu": (y.max() - y).mean(),
        "mdbw": (p * (y.max() - y)).sum(),
        "mdru": np.abs(y - y[-1]).mean(),
        "mdrw": (p * np.abs(y - y[-1])).sum(),
    }
