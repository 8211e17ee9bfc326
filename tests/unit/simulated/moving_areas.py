"""Areas whose true figures wander and drift, published with noise: what is true is known."""

from dataclasses import dataclass

import numpy as np

from ineqlib.measures.panel import Panel
from ineqlib.measures.rates_of_progress import rates_of_progress
from ineqlib.measures.required_change import required_change
from ineqlib.measures.variance_components import variance_components

NEW = 20
"""Further areas of the same kind, for the usual range to hold or miss."""
SIMILAR = 15


@dataclass(frozen=True)
class Country:
    """How the areas of a made-up country move.

    Parameters
    ----------
    noise
        Standard deviation of a year's figure.
    uneven
        Of the logarithm of that, between areas.
    wander, drift
        Variances of the change in a year, and of the lasting change a year between areas.
    required
        The change a year that is asked about.
    """

    name: str
    areas: int = 150
    periods: int = 14
    width: int = 1
    noise: float = 1.0
    uneven: float = 0.0
    wander: float = 0.1
    drift: float = 0.02
    has_se: bool = False
    run: int = 5
    required: float = 0.6


COUNTRIES = (
    Country("150 areas, 14 years"),
    Country("with published intervals", has_se=True),
    Country("three years together", width=3),
    Country("little noise", noise=0.3),
    Country("areas of uneven noise", uneven=0.3),
    Country("areas wander, none drifts", wander=0.2, drift=0.0),
    Country("36 areas, 10 years", areas=36, periods=10),
    Country("300 areas, 10 years, runs of 3", areas=300, periods=10, run=3),
)


def made(country: Country, seed: int) -> tuple[np.ndarray, Panel]:
    """Return what is true of the areas, new ones last, and what is published of the others."""
    rng = np.random.default_rng(seed)
    areas, years = country.areas + NEW, country.periods + country.width - 1
    drift = 0.3 + rng.normal(0, country.drift**0.5, areas)
    together = np.cumsum(rng.normal(0, 0.2, years))
    truth = rng.normal(50, 5, areas)[:, None] + drift[:, None] * np.arange(years) + together
    truth = truth + np.cumsum(rng.normal(0, country.wander**0.5, (areas, years)), axis=1)
    spread = country.noise * np.exp(rng.normal(0, country.uneven, areas))[:, None]
    seen = truth + rng.normal(0, spread * country.width**0.5, truth.shape)
    pooled = [
        np.lib.stride_tricks.sliding_window_view(one, country.width, axis=1).mean(axis=2)
        for one in (truth, seen)
    ]
    published = pooled[1][: country.areas]
    se = np.broadcast_to(spread[: country.areas], published.shape) if country.has_se else None
    return pooled[0], Panel(published, np.arange(float(country.periods)), float(country.width), se)


def held(country: Country, seed: int) -> dict[str, float]:
    """Return how often each interval of one set of areas held what is true, and the counts."""
    truth, panel = made(country, seed)
    own, new = truth[: country.areas], truth[country.areas :]
    among = np.arange(country.areas) < SIMILAR
    done = rates_of_progress(panel, run=country.run, among=among)
    assert done is not None
    runs = (new[:, done.ends] - new[:, done.starts]) / country.run
    best = ((own[:, done.ends] - own[:, done.starts]) / country.run).max(axis=1)
    moved = variance_components(panel)
    target = 60.0
    change = required_change(
        panel.value[:, -1], target, years=5, se=moved.noise[:, -1] ** 0.5, freedom=moved.freedom
    )
    true_change = (target - own[:, -1]) / 5
    counts = {"similar": among, "tier": np.ones(country.areas, dtype=bool)}
    result = {
        "required": float(((change.lower <= true_change) & (true_change <= change.upper)).mean()),
        "usual": float(((done.usual.lower <= runs) & (runs <= done.usual.upper)).mean()),
        "best": float(((done.ever.lower <= best) & (best <= done.ever.upper)).mean()),
    }
    for name, who in counts.items():
        number, did = done.number(country.required, who), int((best[who] >= country.required).sum())
        result[f"{name} held"] = float(number.lower <= did <= number.upper)
        result[f"{name} did"], result[f"{name} told"] = float(did), float(number.value)
        seen = (panel.value[who][:, done.ends] - panel.value[who][:, done.starts]) / country.run
        result[f"{name} seen"] = float((seen.max(axis=1) >= country.required).sum())
    return result
