"""Our most deprived neighbourhoods beside the country's, like with like."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from ineqlib.catalogue import Indicator
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import by_indicator, one_definition
from ineqlib.observations import Dimension
from ineqlib.text import series_name


@dataclass(frozen=True)
class MostDeprivedPair:
    """The most deprived group here and nationally, and both averages, in one period."""

    indicator: Indicator
    sex: str
    period: str
    group: str
    like_for_like: bool
    """True where both groups are cut by the same national threshold; False where ours is the most
    deprived part of the area by its own ranking, which an affluent area has too."""
    facts: dict[str, Fact]
    """By role: ``area_most_deprived``, ``country_most_deprived``, and averages where published."""

    @property
    def name(self) -> str:
        """The indicator's public name and whose figure it is."""
        age = self.facts["area_most_deprived"].age
        return series_name(self.indicator.public_name, self.sex, age, self.indicator.age)


def most_deprived_pairs(profile: Profile) -> Iterator[MostDeprivedPair]:
    """Yield each indicator that has a figure for the most deprived group here and nationally."""
    divided = {_groups(row) for row in profile.rows if row.subgroup_order > 1 and row.has_value}
    first = by_indicator(
        row
        for row in profile.rows
        if row.subgroup_order == 1 and row.has_value
        if _cut(row).is_national or _groups(row) in divided
    )
    for indicator in profile.indicators:
        if indicator.id not in first:
            continue
        rows = one_definition(first[indicator.id], indicator)
        national = [row for row in rows if row.role == "country" and _cut(row).is_national]
        for sex in dict.fromkeys(row.sex for row in national):
            pair = _newest_pair(rows, [row for row in national if row.sex == sex])
            if pair is not None:
                yield _beside(profile, indicator, *pair)


def _groups(row: Row) -> tuple[Hashable, ...]:
    """Return whose figure is cut how: a local group alone is no part of its area but all of it."""
    return row.role, row.indicator_id, row.when_and_who, row.dimension


def _cut(row: Row) -> Dimension:
    return Dimension.parse(row.dimension)


def _newest_pair(first: list[Row], national: list[Row]) -> tuple[Row, Row] | None:
    """The newest national figure the area has a match for; fifths before tenths."""
    newest_first = sorted(
        national, key=lambda row: (row.period_end, -_cut(row).groups), reverse=True
    )
    for country in newest_first:
        here = _ours(first, country)
        if here is not None:
            return here, country
    return None


def _ours(first: list[Row], country: Row) -> Row | None:
    """The area's own row that may stand beside `country`: same figure, period, index and cut."""
    cut = _cut(country)
    same = [
        row
        for row in first
        if row.role == "area"
        and row.when_and_who == country.when_and_who
        and _cut(row).whose in ("national", "local")
        and (_cut(row).groups, _cut(row).index) == (cut.groups, cut.index)
    ]
    return max(same, key=lambda row: _cut(row).whose, default=None)


def _beside(profile: Profile, indicator: Indicator, here: Row, country: Row) -> MostDeprivedPair:
    rows = {"area_most_deprived": here, "country_most_deprived": country} | {
        f"{row.role}_average": row
        for row in profile.totals
        if row.indicator_id == indicator.id
        and row.when_and_who == here.when_and_who
        and row.has_value
        and row.role in ("area", "country")
    }
    return MostDeprivedPair(
        indicator,
        here.sex,
        here.period,
        _cut(here).part,
        _cut(here).whose == _cut(country).whose,
        {role: published(row, indicator.decimals) for role, row in rows.items()},
    )
