"""What a pack holds of the indicators that a briefing does not show, and why it does not."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from ineqlib.catalogue import load_catalogue
from ineqlib.facts.own_indicators import is_own, uncatalogued
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.observations import Dimension
from ineqlib.text import age_in_words, series_name

OF_THE_CHOICE = "The briefing's choice of indicators leaves them out"
SAME_STORY = "An indicator that is shown tells the same story"
ELSEWHERE = "The pack has them for other areas alone"
BY_GROUP_ALONE = "The pack has them for groups of people alone, not for everybody together"
APART = "A figure for men and women together is shown instead"
OTHER_AGE = "Another age group is shown"
OTHER_LENGTH = "Figures over another length of time are shown"
OTHER_GROUPS = "The briefing shows groups by deprivation alone"
OWN_GROUPS = "Own figures are shown for everybody together, not by group"


class NotShown(NamedTuple):
    """Figures that are in the pack but not in the briefing, all for one reason."""

    why: str
    names: tuple[str, ...]


def not_shown(
    profile: Profile, shown: Collection[Series], by_group: Collection[str]
) -> tuple[NotShown, ...]:
    """Say which figures the pack has that the briefing leaves out.

    `by_group` has the ids of the indicators that it shows by deprivation.
    """
    parts: dict[str, dict[str, None]] = {}
    left_out = chain(
        _whole(profile, shown, by_group), _of_the_area(profile, shown), _own_by_group(profile)
    )
    for why, name in left_out:
        parts.setdefault(why, {})[name] = None  # each name once, in order
    return tuple(NotShown(why, tuple(names)) for why, names in parts.items())


def _whole(
    profile: Profile, shown: Iterable[Series], by_group: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the indicators of the pack of which nothing is shown."""
    of_pack = profile.pack.indicator_ids
    chosen = {indicator.id for indicator in profile.indicators}
    left_out = of_pack - chosen
    for indicator in load_catalogue().indicators.values():
        if indicator.id in left_out:
            same = indicator.duplicate_of in chosen
            yield (SAME_STORY if same else OF_THE_CHOICE), indicator.public_name
    with_rows = {row.indicator_id for row in profile.rows}
    elsewhere = of_pack - with_rows
    by_group_alone = with_rows - {series.indicator.id for series in shown} - set(by_group)
    for indicator in profile.indicators:
        if indicator.id in elsewhere:
            yield ELSEWHERE, indicator.public_name
        elif indicator.id in by_group_alone:
            yield BY_GROUP_ALONE, indicator.public_name


def _of_the_area(profile: Profile, shown: Iterable[Series]) -> Iterator[tuple[str, str]]:
    """Yield the area's figures of which the briefing shows others of the same indicator."""
    series_of: dict[str, list[Series]] = {}
    for series in shown:
        series_of.setdefault(series.indicator.id, []).append(series)
    for row in profile.rows:
        if row.role == "area" and (mine := series_of.get(row.indicator_id)):
            yield from _left_out(row, mine)


def _own_by_group(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield the groups of the council's own indicators: none of them has a section."""
    names = profile.pack.shared(uncatalogued)
    for row in profile.rows:
        if row.role == "area" and row.dimension and is_own(row.indicator_id):
            groups = Dimension.parse(row.dimension)
            whose = f"{groups.part}s by deprivation" if groups.is_deprivation else row.dimension
            yield OWN_GROUPS, f"{names[row.indicator_id].public_name}: {whose}"


def _left_out(row: Row, mine: list[Series]) -> Iterator[tuple[str, str]]:
    first, indicator = mine[0], mine[0].indicator
    name = series_name(indicator.public_name, row.sex, row.age, indicator.age)
    if row.dimension:
        if not Dimension.parse(row.dimension).is_deprivation:
            yield OTHER_GROUPS, f"{indicator.public_name}: {row.dimension}"
    elif row.age != first.age:
        age = age_in_words(row.age)
        named = age and age in name
        yield OTHER_AGE, name if named else f"{name} ({row.age or 'no age stated'})"
    elif row.months != first.months:
        yield OTHER_LENGTH, f"{name}, {_length(row.months)}"
    elif row.sex not in {series.sex for series in mine}:
        yield APART, name


def _length(months: int) -> str:
    number, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"{number} {unit}{'' if number == 1 else 's'}"
