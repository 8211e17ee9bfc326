"""Every figure of one area's briefing, computed once, before anything is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ineqlib.catalogue import Indicator
from ineqlib.facts.age_contributions import ContributionByAge, contributions_by_age
from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison, compare_newest, count_of
from ineqlib.facts.deprivation import Spread, national_spread
from ineqlib.facts.deprivation_line import DeprivationLine, deprivation_lines
from ineqlib.facts.fact import Fact, FactTable, published
from ineqlib.facts.gradients import Gradient, local_gradients
from ineqlib.facts.inside import InsideGap, inside_gaps
from ineqlib.facts.levelling_up import LevellingUp, levelling_up
from ineqlib.facts.local_figures import LocalFigures, local_figures
from ineqlib.facts.most_deprived_group import MostDeprivedPair, most_deprived_pairs
from ineqlib.facts.neighbourhoods import NeighbourhoodMap, neighbourhood_map
from ineqlib.facts.not_shown import NotShown, not_shown
from ineqlib.facts.own_indicators import is_own, uncatalogued
from ineqlib.facts.profile import Profile
from ineqlib.facts.series import Series, TrendPoint, series_shown, trend_points
from ineqlib.facts.tally import tally, tally_by_objective

MOST_LOCAL = 12
"""Figures of wards and neighbourhoods that one page can bear."""


@dataclass(frozen=True)
class Trend:
    """One comparison over time: the area, its county or region, and the country."""

    comparison: Comparison
    points: tuple[TrendPoint, ...]

    @property
    def change(self) -> Change | None:
        """What changed, and whether that is sure."""
        return self.comparison.change


@dataclass(frozen=True)
class WiderFigure:
    """The newest figures of a series that is published for wider areas alone; may be empty."""

    series: Series
    facts: tuple[Fact, ...]


class Uncatalogued(NamedTuple):
    """A figure that the catalogue does not know, beside the country's where there is one."""

    name: str
    fact: Fact
    country: Fact | None


@dataclass(frozen=True)
class AreaFacts:
    """What a briefing of one area is made from."""

    profile: Profile
    """The area, its comparators and the indicators."""
    tally: dict[str, Fact]
    """How many recent figures are judged, and how many are better, similar and worse."""
    comparisons: tuple[Comparison, ...]
    """Newest figures, in catalogue order."""
    trends: tuple[Trend, ...]
    """Of those with more than one period, in the same order."""
    wider_only: tuple[WiderFigure, ...]
    """Series without any row for the area."""
    spread: Spread | None
    neighbourhoods: NeighbourhoodMap | None
    gradients: tuple[Gradient, ...]
    most_deprived: tuple[MostDeprivedPair, ...]
    deprivation_lines: tuple[DeprivationLine, ...]
    uncatalogued: tuple[Uncatalogued, ...]
    without: dict[str, Fact]
    """Role of a comparator -> how many of the area's figures have none for it."""
    not_shown: tuple[NotShown, ...] = ()
    """What the pack has of the indicators that the briefing leaves out, by reason."""
    inside: tuple[InsideGap, ...] = ()
    """The gap inside the area, one for each indicator and sex."""
    by_age: ContributionByAge | None = None
    """What makes the gap in life expectancy."""
    levelling_up: tuple[LevellingUp, ...] = ()
    """What would be different if every neighbourhood matched the best-off fifth."""
    tally_by_objective: dict[str, dict[str, Fact]] = field(default_factory=dict)
    """How many recent figures of each objective are better, similar and worse."""
    own: tuple[Comparison, ...] = ()
    own_trends: tuple[Trend, ...] = ()
    """Newest figures of the council's own indicators, and those of them with several periods."""
    local: tuple[LocalFigures, ...] = ()
    """Newest figures of the wards and neighbourhoods inside the area."""
    table: FactTable = field(default_factory=FactTable, repr=False)
    """Every fact of all these."""


def area_facts(profile: Profile) -> AreaFacts:
    """Compute all figures of an area; the same profile gives the same facts in the same order."""
    shown = series_shown(profile)
    comparisons = compare_newest(profile, shown)
    gradients = tuple(local_gradients(profile))
    most_deprived = tuple(most_deprived_pairs(profile))
    by_group = {gradient.indicator.id for gradient in gradients}
    by_group |= {pair.indicator.id for pair in most_deprived}
    spread = national_spread(profile)
    of_places = local_figures(profile)
    local = of_places[:MOST_LOCAL]
    own = own_comparisons(profile)
    parts = {
        "tally": tally(profile, comparisons),
        "tally_by_objective": {
            **tally_by_objective(profile, comparisons),
            **tally_by_objective(profile, own),
        },
        "comparisons": comparisons,
        "gradients": gradients,
        "spread": spread,
        "neighbourhoods": neighbourhood_map(profile, spread, local),
        "local": local,
        "own": own,
        "own_trends": tuple(_trends(profile, own)),
        "most_deprived": most_deprived,
        "deprivation_lines": tuple(deprivation_lines(profile, comparisons)),
        "wider_only": tuple(_wider_only(shown)),
        "uncatalogued": tuple(_uncatalogued(profile)),
        "without": _without(profile, comparisons),
        "not_shown": (*not_shown(profile, shown, by_group), *_beyond(of_places)),
        "trends": tuple(_trends(profile, comparisons)),
        "inside": tuple(inside_gaps(profile, comparisons, gradients)),
        "by_age": contributions_by_age(profile),
        "levelling_up": tuple(levelling_up(profile, gradients)),
    }
    return AreaFacts(profile, **parts, table=FactTable.within(parts))  # type: ignore[arg-type]


def _beyond(of_places: Sequence[LocalFigures]) -> Iterator[NotShown]:
    if more := of_places[MOST_LOCAL:]:
        why = f"More than {MOST_LOCAL} figures of wards and neighbourhoods"
        yield NotShown(why, tuple(figures.name for figures in more))


def own_comparisons(profile: Profile) -> tuple[Comparison, ...]:
    """Compare the newest figures of the council's own indicators as the others are compared."""
    own = tuple(other for name, other in _others(profile).items() if is_own(name))
    if not own:
        return ()
    of_own = replace(profile, indicators=own)
    return compare_newest(of_own, series_shown(of_own))


def _others(profile: Profile) -> dict[str, Indicator]:
    return profile.pack.shared(uncatalogued)


def _trends(profile: Profile, comparisons: Sequence[Comparison]) -> Iterator[Trend]:
    above = "county" if "county" in profile.places else "region"
    roles = [role for role in ("area", above, "country") if role in profile.places]
    for comparison in comparisons:
        if comparison.periods > 1:
            yield Trend(comparison, trend_points(comparison.series, roles))


def _wider_only(shown: Sequence[Series]) -> Iterator[WiderFigure]:
    for series in shown:
        if series.latest("area") is not None:
            continue
        rows = [row for row in series.rows if row.has_value]
        newest = max((row.period_end for row in rows), default=None)
        decimals = series.indicator.decimals
        yield WiderFigure(
            series, tuple(published(row, decimals) for row in rows if row.period_end == newest)
        )


def _uncatalogued(profile: Profile) -> Iterator[Uncatalogued]:
    """Yield the newest figures of others in the pack that the catalogue does not know."""
    about = {name: other for name, other in _others(profile).items() if not is_own(name)}
    rows = [row for row in profile.totals if row.indicator_id in about and row.has_value]
    here = [row for row in rows if row.role == "area"]
    newest = {(row.indicator_id, row.sex, row.age): row.row for row in here}.values()
    for row in here:
        if row.row not in newest:
            continue
        decimals = about[row.indicator_id].decimals
        who = (row.indicator_id, row.sex, row.age, row.period)
        country = next(
            (
                published(other, decimals)
                for other in rows
                if other.role == "country"
                and (other.indicator_id, other.sex, other.age, other.period) == who
            ),
            None,
        )
        name = about[row.indicator_id].name
        yield Uncatalogued(name, published(row, decimals), country)


def _without(profile: Profile, comparisons: Sequence[Comparison]) -> dict[str, Fact]:
    counts = {
        role: sum("area" in of.facts and role not in of.facts for of in comparisons)
        for role in profile.places
    }
    return {
        role: count_of(profile, f"without {role}", count, "figures without a comparator")
        for role, count in counts.items()
        if count
    }
