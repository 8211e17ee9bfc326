"""What is to be reached: the country's figure, the best similar area's, half the gap, a number."""

import math
from dataclasses import dataclass

from ineqlib.errors import ParameterError
from ineqlib.facts.estimated import se_of
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.rows import Row
from ineqlib.facts.tier_series import TierSeries

TARGETS = ("country", "best_similar", "half_the_gap")


@dataclass(frozen=True)
class Target:
    """What is to be reached, by when."""

    fact: Fact
    words: str
    """Whose it is, to stand after "reach"."""
    se: float
    """Its standard error; zero where somebody set it."""


def target_of(
    series: TierSeries,
    newest: Row,
    *,
    country: Fact | None,
    similar: tuple[str, ...],
    target: str,
    by: int,
) -> Target | None:
    """Set the target; None where the pack has no figure for it in the same period."""
    now = published(newest, series.indicator.decimals)
    if target == "best_similar":
        return _best_similar(series, newest, similar)
    if target not in TARGETS:
        value = number_in(target)
        about = {"period": str(by), "method": "set by whoever asks", "rows": ()}
        return Target(derived(now, "target", value, **about), "the target of", 0.0)
    if country is None:
        return None
    se = se_of(country)
    if target == "country":
        return Target(country, f"{country.area_name}'s figure of", se)
    middle = (now.value + country.value) / 2
    about = {"period": str(by), "method": f"half way to {country.area_name}'s figure"}
    halved = derived(now, "half-way", middle, rows=now.rows + country.rows, **about)
    return Target(halved, f"half the gap to {country.area_name}, that is", se)


def _best_similar(series: TierSeries, newest: Row, similar: tuple[str, ...]) -> Target | None:
    rows = [series.rows[code].get(newest.period) for code in similar if code in series.rows]
    there = [row for row in rows if row is not None]
    if not there:
        return None
    choose = min if series.indicator.polarity == "adverse" else max
    best = published(choose(there, key=lambda row: row.value), series.indicator.decimals)
    words = f"the figure of {best.area_name}, the best of the similar areas,"
    return Target(best, words, se_of(best))


def number_in(target: str) -> float:
    """Return a target given as a number; what is neither that nor one of `TARGETS` is refused."""
    try:
        value = float(target.replace(",", "").rstrip("%"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ParameterError(
            f"There is no target '{target}'. Choose from {', '.join(TARGETS)}, or give a number as "
            "text, such as '12.5'."
        )
    return value
