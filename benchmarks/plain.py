"""What an analyst would write without `ineqlib`: one area at a time, in pandas and statsmodels.

Each function takes a tidy frame, most deprived group or youngest age band first, and returns one
row per area: value, lower and upper limit. The limits are made as `ineqlib` makes them, so that the
two can be held equal before they are timed.
"""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import norm

Z = norm.ppf(0.975)


def slope_indices(frame: pd.DataFrame) -> pd.DataFrame:
    """SII and RII by weighted least squares in each area; normal and Fieller's limits."""
    rows = []
    for _, area in frame.groupby("area", sort=False):
        share = area["population"] / area["population"].sum()
        rank = share.cumsum() - share / 2
        model = sm.WLS(area["value"], sm.add_constant(rank), weights=area["population"])
        start, slope = model.fit().params
        hat = model.pinv_wexog * np.sqrt(area["population"].to_numpy())
        covariance = hat @ np.diag(area["se"] ** 2) @ hat.T
        half = Z * np.sqrt(covariance[1, 1])
        low, high = fieller(start, slope, covariance)
        rows.append((slope, slope - half, slope + half, (start + slope) / start, low, high))
    columns = ["sii", "sii_lower", "sii_upper", "rii", "rii_lower", "rii_upper"]
    return pd.DataFrame(rows, columns=columns)


def fieller(start: float, slope: float, covariance: np.ndarray) -> tuple[float, float]:
    """Limits of (start + slope) / start."""
    end = start + slope
    var_start, var_end = covariance[0, 0], covariance.sum()
    shared = covariance[0].sum()
    a = start**2 - Z**2 * var_start
    b = start * end - Z**2 * shared
    c = end**2 - Z**2 * var_end
    root = np.sqrt(b**2 - a * c)
    return (b - root) / a, (b + root) / a


def simulated_slope_indices(frame: pd.DataFrame, draws: int, seed: int) -> pd.DataFrame:
    """SII and RII with limits from redrawn values, a regression for each draw."""
    rng = np.random.default_rng(seed)
    rows = []
    for _, area in frame.groupby("area", sort=False):
        share = area["population"] / area["population"].sum()
        rank = share.cumsum() - share / 2
        root = np.sqrt(share.to_numpy())[:, None]
        design = sm.add_constant(rank).to_numpy() * root
        drawn = rng.normal(area["value"], area["se"], size=(draws, len(area)))
        start, slope = np.linalg.lstsq(design, root * drawn.T, rcond=None)[0]
        low, high = np.quantile(slope, [0.025, 0.975])
        rii_low, rii_high = np.quantile((start + slope) / start, [0.025, 0.975])
        rows.append((low, high, rii_low, rii_high))
    return pd.DataFrame(rows, columns=["sii_lower", "sii_upper", "rii_lower", "rii_upper"])


def life_expectancies(frame: pd.DataFrame) -> pd.DataFrame:
    """Life expectancy at every age, as in the published spreadsheet template: Chiang, Silcocks."""
    tables = []
    for _, area in frame.groupby("area", sort=False):
        table = area[["age", "deaths", "population"]].reset_index(drop=True)
        table["m"] = table["deaths"] / table["population"]
        table["n"] = table["age"].shift(-1) - table["age"]
        table.loc[table.index[-1], "n"] = 2 / table["m"].iloc[-1]
        table["a"] = np.where(table["age"] == 0, 0.1, 0.5)
        table["q"] = table["m"] * table["n"] / (1 + table["m"] * table["n"] * (1 - table["a"]))
        table.loc[table.index[-1], "q"] = 1
        table["l"] = (1 - table["q"]).cumprod().shift(fill_value=1)
        table["d"] = table["l"] * table["q"]
        table["L"] = table["n"] * (table["l"] - table["d"] * (1 - table["a"]))
        table["e"] = table["L"][::-1].cumsum()[::-1] / table["l"]
        spread = table["q"] ** 2 * (1 - table["q"]) / table["deaths"].where(table["deaths"] > 0)
        weight = table["l"] * ((1 - table["a"]) * table["n"] + table["e"].shift(-1))
        table["part"] = (weight**2 * spread).fillna(0)
        last = table.index[-1]
        table.loc[last, "part"] = table.loc[last, "L"] ** 2 / table.loc[last, "deaths"]
        table["se"] = np.sqrt(table["part"][::-1].cumsum()[::-1]) / table["l"]
        table["lower"] = table["e"] - Z * table["se"]
        table["upper"] = table["e"] + Z * table["se"]
        tables.append(table[["e", "lower", "upper"]])
    return pd.concat(tables, ignore_index=True)


def standardised_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """Directly standardised rate per 100,000, Dobson's limits on Byar's."""
    rows = []
    for _, area in frame.groupby("area", sort=False):
        events = area["count"].sum()
        weight = area["standard"] / area["standard"].sum()
        rate = (weight * area["count"] / area["population"]).sum()
        variance = (weight**2 * area["count"] / area["population"] ** 2).sum()
        low = events * (1 - 1 / (9 * events) - Z / (3 * np.sqrt(events))) ** 3
        above = events + 1
        high = above * (1 - 1 / (9 * above) + Z / (3 * np.sqrt(above))) ** 3
        per_event = np.sqrt(variance / events)
        rows.append((rate, rate + per_event * (low - events), rate + per_event * (high - events)))
    return pd.DataFrame(rows, columns=["value", "lower", "upper"]) * 100_000


def quantiles(frame: pd.DataFrame, k: int) -> pd.Series:
    """Deprivation quantile of each small area within its area, by the published rule."""
    found = []
    for _, area in frame.groupby("area", sort=False):
        n = len(area)
        rank = area["score"].rank(method="min", ascending=False)
        found.append(k + 1 - np.ceil((n + 1 - rank) * k / n))
    return pd.concat(found).sort_index().astype(int)
