"""What the average hides: an indicator across the area's own neighbourhoods, by deprivation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.catalogue import Indicator
from ineqlib.estimate import Estimate
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.indices import index_name
from ineqlib.facts.profile import Profile
from ineqlib.facts.series import one_definition
from ineqlib.measures import GradientChecks, gradient_checks, implied_se, rii, sii
from ineqlib.observations import HAS_VALUE, split_dimension
from ineqlib.text import difference_unit, number, series_name, slug, with_unit

FEWEST_GROUPS = 5
GROUP_NAMES = {
    "local_deprivation_decile": "tenth",
    "local_deprivation_quintile": "fifth",
    "national_deprivation_decile": "tenth",
    "national_deprivation_quintile": "fifth",
}


@dataclass(frozen=True)
class Gradient:
    """One indicator across local groups, most deprived first, with its slope where one exists.

    Parameters
    ----------
    groups
        One row a group: order, label, value, lower_ci, upper_ci, start, end (cumulative population
        share; equal shares for drawing only where the populations are unknown).
    facts
        The groups' figures in the same order.
    sii, rii
        Slope and relative index as facts; None where `why_not` says why there is none.
    line
        Fitted value at the most (0) and least (1) deprived end; empty without a slope.
    """

    indicator: Indicator
    sex: str
    period: str
    dimension: str
    groups: pd.DataFrame
    facts: tuple[Fact, ...]
    line: pd.DataFrame
    sii: Fact | None = None
    rii: Fact | None = None
    checks: GradientChecks | None = None
    why_not: str = ""

    @property
    def name(self) -> str:
        """The indicator's public name and whose figure it is."""
        return series_name(self.indicator.public_name, self.sex)

    @property
    def is_clear(self) -> bool:
        """Whether the slope's interval leaves out zero, as far as it has one."""
        if self.sii is None:
            return False
        lower, upper = self.sii.lower_ci, self.sii.upper_ci
        return lower is None or upper is None or not lower <= 0 <= upper

    @property
    def group_name(self) -> str:
        """``fifth`` or ``tenth``."""
        return GROUP_NAMES[split_dimension(self.dimension)[0]]

    @property
    def index_name(self) -> str:
        """The deprivation index the groups were made with."""
        return index_name(split_dimension(self.dimension)[1])


def local_gradients(profile: Profile) -> Iterator[Gradient]:
    """Yield every indicator published across the area's own fifths or tenths, newest period."""
    rows = profile.observations
    kinds = rows["dimension"].str.startswith("local_deprivation")
    local = dict(tuple(rows[kinds & (rows["role"] == "area")].groupby("indicator_id", sort=False)))
    for indicator in profile.indicators:
        if indicator.id not in local:
            continue
        of_indicator = one_definition(local[indicator.id], indicator)
        for sex, found in of_indicator.groupby("sex", sort=False):
            newest = found[found["period_end"] == found["period_end"].max()]
            dimension = newest["dimension"].max()
            newest = newest[newest["dimension"] == dimension].sort_values("subgroup_order")
            if newest["status"].isin(HAS_VALUE).any():
                yield _gradient(profile, indicator, str(sex), newest)


def _gradient(profile: Profile, indicator: Indicator, sex: str, rows: pd.DataFrame) -> Gradient:
    held = rows[rows["status"].isin(HAS_VALUE)]
    facts = tuple(
        profile.book.add(published(row, indicator.decimals)) for row in profile.records(held["row"])
    )
    parts: dict[str, Any] = {
        "indicator": indicator,
        "sex": sex,
        "period": str(rows["period"].iloc[0]),
        "dimension": str(rows["dimension"].iloc[0]),
        "groups": _groups(rows),
        "facts": facts,
    }
    no_line = pd.DataFrame({"rank": [], "fitted": []})
    if why := _cannot_fit(rows):
        return Gradient(**parts, line=no_line, why_not=why)
    value = rows["value"].to_numpy()
    population = rows["denominator"].to_numpy()
    se = _standard_errors(rows)
    slope = sii(value, population, se=se)
    # With errors, a bend that chance explains is not called one.
    checks = gradient_checks(value, population, se=se)
    parts["checks"] = checks
    parts["sii"] = profile.book.add(_slope_fact(facts, rows, slope))
    if checks.rii_defined:
        relative = rii(value, population, se=se)
        parts["rii"] = profile.book.add(_relative_fact(facts, rows, relative))
    ends = [float(checks.most_deprived_end), float(checks.least_deprived_end)]
    return Gradient(**parts, line=pd.DataFrame({"rank": [0.0, 1.0], "fitted": ends}))


def _standard_errors(rows: pd.DataFrame) -> np.ndarray | None:
    """Standard errors from the published 95% limits; None where a group has no interval."""
    lower, upper = rows["lower_ci"].to_numpy(), rows["upper_ci"].to_numpy()
    known = np.isfinite(lower).all() and np.isfinite(upper).all() and (upper > lower).all()
    return implied_se(lower, upper) if known else None


def _cannot_fit(rows: pd.DataFrame) -> str:
    if not rows["status"].isin(HAS_VALUE).all():
        return "not every group has a published figure"
    if len(rows) < FEWEST_GROUPS:
        return "a slope needs at least five groups"
    if not (rows["denominator"] > 0).all():
        return "the number of people in each group is not published"
    return ""


def _groups(rows: pd.DataFrame) -> pd.DataFrame:
    weights = rows["denominator"].to_numpy(dtype=float)
    share = weights / weights.sum() if (weights > 0).all() else np.full(len(rows), 1 / len(rows))
    end = np.cumsum(share)
    columns = {"subgroup_order": "order", "subgroup": "label"}
    keep = ["order", "label", "value", "lower_ci", "upper_ci", "status"]
    groups = rows.rename(columns=columns)[keep].reset_index(drop=True)
    groups.loc[~groups["status"].isin(HAS_VALUE), ["value", "lower_ci", "upper_ci"]] = np.nan
    return groups.assign(start=end - share, end=end)


def _slope_fact(facts: tuple[Fact, ...], rows: pd.DataFrame, slope: Estimate) -> Fact:
    unit = difference_unit(facts[0].unit)
    text = with_unit(number(float(slope.value), 1), unit)
    return _derived("sii", facts[0], rows, slope, text, unit)


def _relative_fact(facts: tuple[Fact, ...], rows: pd.DataFrame, relative: Estimate) -> Fact:
    value = float(relative.value)
    text = number(value, rii_decimals(value))
    return _derived("rii", facts[0], rows, relative, text, "")


def rii_decimals(value: float) -> int:
    """Decimals of a relative index: near 1, two would round a limit onto equality."""
    return 3 if abs(value - 1) < 0.1 else 2


def _derived(
    measure: str, first: Fact, rows: pd.DataFrame, found: Estimate, text: str, unit: str
) -> Fact:
    return Fact(
        id=slug(
            f"{measure}-{first.indicator_id}-{first.area_code}-{first.sex}-{len(rows)}-groups-{first.period}",
            160,
        ),
        value=float(found.value),
        text=text,
        unit=unit,
        lower_ci=None if np.isnan(found.lower) else float(found.lower),
        upper_ci=None if np.isnan(found.upper) else float(found.upper),
        indicator_id=first.indicator_id,
        area_code=first.area_code,
        area_name=first.area_name,
        period=first.period,
        sex=first.sex,
        age=first.age,
        method=f"{measure.upper()} across {len(rows)} groups: {found.method}",
        rows=tuple(int(row) for row in rows["row"]),
        source=first.source,
    )
