"""What the average hides: an indicator across the area's own neighbourhoods, by deprivation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ineqlib.catalogue import Indicator
from ineqlib.estimate import Estimate
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.indices import index_name
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import by_indicator, one_definition
from ineqlib.measures import GradientChecks, gradient_checks, implied_se, rii, sii
from ineqlib.observations import split_dimension
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
        One row a group: order, label, status, where it has a figure value, lower_ci and upper_ci,
        start and end (cumulative population share; equal shares for drawing only where the
        populations are unknown).
    facts
        The groups' figures in the same order.
    sii, rii
        Slope and relative index as facts; None where `why_not` says why there is none.
    line
        `rank` of the most (0) and the least (1) deprived end, and the `fitted` value there; empty
        without a slope.
    """

    indicator: Indicator
    sex: str
    period: str
    dimension: str
    groups: list[dict[str, Any]]
    facts: tuple[Fact, ...]
    line: list[dict[str, float]]
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
    local = by_indicator(
        row
        for row in profile.rows
        if row.role == "area" and row.dimension.startswith("local_deprivation")
    )
    for indicator in profile.indicators:
        if indicator.id not in local:
            continue
        of_indicator = one_definition(local[indicator.id], indicator)
        for sex in dict.fromkeys(row.sex for row in of_indicator):
            newest = _newest([row for row in of_indicator if row.sex == sex])
            if any(row.has_value for row in newest):
                yield _gradient(profile, indicator, newest)


def _newest(rows: list[Row]) -> list[Row]:
    """Return the groups of the newest period, most deprived first; fifths before tenths."""
    end = max(row.period_end for row in rows)
    rows = [row for row in rows if row.period_end == end]
    dimension = max(row.dimension for row in rows)
    chosen = [row for row in rows if row.dimension == dimension]
    return sorted(chosen, key=lambda row: row.subgroup_order)


def _gradient(profile: Profile, indicator: Indicator, rows: list[Row]) -> Gradient:
    facts = tuple(
        profile.book.add(published(row, indicator.decimals)) for row in rows if row.has_value
    )
    parts: dict[str, Any] = {
        "indicator": indicator,
        "sex": rows[0].sex,
        "period": rows[0].period,
        "dimension": rows[0].dimension,
        "groups": _groups(rows),
        "facts": facts,
    }
    if why := _cannot_fit(rows):
        return Gradient(**parts, line=[], why_not=why)
    value = np.array([row.value for row in rows])
    population = np.array([row.denominator for row in rows])
    se = _standard_errors(rows)
    slope = sii(value, population, se=se)
    # With errors, a bend that chance explains is not called one.
    checks = gradient_checks(value, population, se=se)
    parts["checks"] = checks
    parts["sii"] = profile.book.add(_slope_fact(facts, rows, slope))
    if checks.rii_defined:
        relative = rii(value, population, se=se)
        parts["rii"] = profile.book.add(_relative_fact(facts, rows, relative))
    line = [
        {"rank": 0.0, "fitted": float(checks.most_deprived_end)},
        {"rank": 1.0, "fitted": float(checks.least_deprived_end)},
    ]
    return Gradient(**parts, line=line)


def _standard_errors(rows: list[Row]) -> np.ndarray | None:
    """Standard errors from the published 95% limits; None where a group has no interval."""
    lower, upper = (
        np.array([getattr(row, end) for row in rows]) for end in ("lower_ci", "upper_ci")
    )
    known = np.isfinite(lower).all() and np.isfinite(upper).all() and (upper > lower).all()
    return implied_se(lower, upper) if known else None


def _cannot_fit(rows: list[Row]) -> str:
    if not all(row.has_value for row in rows):
        return "not every group has a published figure"
    if len(rows) < FEWEST_GROUPS:
        return "a slope needs at least five groups"
    if not all(row.denominator > 0 for row in rows):
        return "the number of people in each group is not published"
    return ""


def _groups(rows: list[Row]) -> list[dict[str, Any]]:
    weights = np.array([row.denominator for row in rows])
    share = weights / weights.sum() if (weights > 0).all() else np.full(len(rows), 1 / len(rows))
    end = np.cumsum(share)
    groups = []
    for row, left, right in zip(rows, (end - share).tolist(), end.tolist(), strict=True):
        group = {"order": row.subgroup_order, "label": row.subgroup}
        if row.has_value:
            group |= {"value": row.value, "lower_ci": row.lower_ci, "upper_ci": row.upper_ci}
        groups.append({**group, "status": row.status, "start": left, "end": right})
    return groups


def _slope_fact(facts: tuple[Fact, ...], rows: list[Row], slope: Estimate) -> Fact:
    unit = difference_unit(facts[0].unit)
    text = with_unit(number(float(slope.value), 1), unit)
    return _derived("sii", facts[0], rows, slope, text, unit)


def _relative_fact(facts: tuple[Fact, ...], rows: list[Row], relative: Estimate) -> Fact:
    value = float(relative.value)
    text = number(value, rii_decimals(value))
    return _derived("rii", facts[0], rows, relative, text, "")


def rii_decimals(value: float) -> int:
    """Decimals of a relative index: near 1, two would round a limit onto equality."""
    return 3 if abs(value - 1) < 0.1 else 2


def _derived(
    measure: str, first: Fact, rows: list[Row], found: Estimate, text: str, unit: str
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
        rows=tuple(row.row for row in rows),
        source=first.source,
    )
