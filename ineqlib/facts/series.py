"""Which series of each indicator a briefing shows, and each series by place and period."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ineqlib.catalogue import Indicator
from ineqlib.facts.breaks import breaks_in
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row, independent
from ineqlib.text import series_name

FEW_PERIODS = 4
"""With fewer periods than this, nothing says how often a series is published."""


@dataclass(frozen=True)
class Series:
    """One indicator for one sex, age and length of period, in the area and its comparators."""

    indicator: Indicator
    sex: str
    age: str
    months: int
    rows: tuple[Row, ...]
    """Oldest first, those without a value included."""

    @property
    def name(self) -> str:
        """The indicator's public name and, where it is not everybody's, whose figure it is."""
        return self.as_named(self.indicator.public_name)

    def as_named(self, name: str) -> str:
        """Say whose figure it is beside another name of the indicator."""
        return series_name(name, self.sex, self.age, self.indicator.age)

    def of(self, role: str) -> list[Row]:
        """Rows of one place, oldest first."""
        return self._by_role.get(role, [])

    @cached_property
    def _by_role(self) -> dict[str, list[Row]]:
        parts: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            parts[row.role].append(row)
        return dict(parts)

    @cached_property
    def breaks(self) -> frozenset[datetime]:
        """When the first periods begin that publishers say do not go on with those before."""
        return breaks_in(self.rows)

    @cached_property
    def unbroken(self) -> list[Row]:
        """The area's rows since the series last broke, oldest first."""
        since = max(self.breaks, default=datetime.min)
        return [row for row in self.of("area") if row.period_start >= since]

    @cached_property
    def independent(self) -> list[Row]:
        """The area's unbroken rows with a value that share no day, newest first."""
        return independent(self.unbroken)

    @cached_property
    def country(self) -> dict[tuple[object, ...], Row]:
        """The country's rows with a value, by what figures that can be compared share."""
        return {row.when_and_who: row for row in self.of("country") if row.has_value}

    @property
    def has_overlaps(self) -> bool:
        """Whether some of the area's periods share years, so that its figures move together."""
        rows = [row for row in self.of("area") if row.has_value]
        return any(later.period_start <= row.period_end for row, later in pairwise(rows))

    def latest(self, role: str) -> Row | None:
        """Newest row of one place, whether or not it has a value."""
        return next(reversed(self.of(role)), None)


class TrendPoint(NamedTuple):
    """One place's figure in one period."""

    role: str
    place: str
    period: str
    middle: datetime
    segment: int
    """Counts up where periods are missing in between, so that a line is never drawn across years
    nobody published."""
    status: str
    fact: Fact | None
    """The figure; None where `status` says why there is none."""
    stretch: int = 0
    """Counts up where the series breaks: figures of two stretches cannot be compared."""


def by_indicator(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Part rows by indicator, each part in the order given."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row.indicator_id].append(row)
    return dict(parts)


def series_shown(profile: Profile) -> list[Series]:
    """Return the series of a briefing in catalogue order.

    An indicator is shown for everybody where it is published so, else for men and women apart. Of
    several ages or lengths of period it is shown as the catalogue defines it, else the newest.
    """
    rows_of = by_indicator(profile.totals)
    series = []
    for indicator in profile.indicators:
        if indicator.id not in rows_of:
            continue
        rows = one_definition(rows_of[indicator.id], indicator)
        sexes = list(dict.fromkeys(row.sex for row in rows))
        shown = ["Persons"] if "Persons" in sexes else sexes
        for sex in shown:
            own = tuple(row for row in rows if row.sex == sex)
            first = own[0]
            series.append(Series(indicator, sex, first.age, first.months, own))
    return series


def one_definition(rows: list[Row], indicator: Indicator) -> list[Row]:
    """Keep one age and one length of period, never a mixture.

    They are the catalogue's where it is published so, else those of the newest row; of two that
    end together, those of the longer. Of a survey they are years together, where these are as new.
    """
    of_age = [row for row in rows if row.age == indicator.age]
    if not of_age:
        age = _newest(rows).age
        of_age = [row for row in rows if row.age == age]
    length = 12 * (indicator.pooling_years or 0)
    defined = [row for row in of_age if row.months == length]
    if not defined:
        length = _newest(of_age).months
        defined = [row for row in of_age if row.months == length]
    return _years_together(of_age, defined) if indicator.sampled else defined


def _years_together(rows: list[Row], defined: list[Row]) -> list[Row]:
    """Return the figures of longer periods where the area has them as new, and of as many people.

    A single year asks few: one read 11% beside 19% of three years that hold it.
    """
    known = [row for row in rows if row.role == "area" and row.has_value]
    single = [row for row in known if row.months == defined[0].months]
    longer = [row for row in known if row.months > defined[0].months]
    if not longer or not {row.sex for row in single} <= {row.sex for row in longer}:
        return defined
    if single and _newest(longer).period_end < _newest(single).period_end:
        return defined
    return [row for row in rows if row.months == _newest(longer).months]


def _newest(rows: list[Row]) -> Row:
    return max(rows, key=lambda row: (row.period_end, row.months))


def _step(series: Series) -> float:
    """Days between periods: as usual in the series, or its period's own if it has few."""
    days = sorted({row.period_start.toordinal() for row in series.rows})
    if len(days) < FEW_PERIODS:
        return 366.0 * max(1, series.months // 12)
    steps = sorted(later - earlier for earlier, later in pairwise(days))
    return (steps[(len(steps) - 1) // 2] + steps[len(steps) // 2]) / 2


def trend_points(series: Series, roles: Iterable[str]) -> tuple[TrendPoint, ...]:
    """Return a series' figures over time for some places, oldest first; gaps stay as points."""
    longest = _step(series) * 1.5
    segment = dict.fromkeys(roles, 0)
    before: dict[str, datetime] = {}
    points = []
    for row in series.rows:
        if row.role not in segment:
            continue
        start = row.period_start
        stretch = sum(broken <= start for broken in series.breaks)
        is_apart = (start - before.get(row.role, start)).days > longest or start in series.breaks
        segment[row.role] += is_apart and row.role in before
        before[row.role] = start
        points.append(
            TrendPoint(
                row.role,
                row.area_name,
                row.period,
                start + (row.period_end - start) / 2,
                segment[row.role],
                row.status,
                published(row, series.indicator.decimals) if row.has_value else None,
                stretch,
            )
        )
    return tuple(points)
