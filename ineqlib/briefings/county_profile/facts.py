"""Every figure of a county profile: verdicts, ranks, gaps and inequality."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ineqlib.briefings.county_profile.county import County
from ineqlib.briefings.county_profile.inequality import Inequality, inequalities_of
from ineqlib.briefings.county_profile.verdicts import Verdicts, verdicts_of
from ineqlib.facts.comparisons import Comparison, recent
from ineqlib.facts.fact import NOT_IN_TABLE, Fact, derived
from ineqlib.facts.gaps_of_areas import INDEX
from ineqlib.facts.inside import InsideGap
from ineqlib.measures import implied_se, rank_intervals
from ineqlib.narrative.rules import speaking_figures

FEWEST = 3
MOST_RANKED = 4
MOST_GAPS = 2


@dataclass(frozen=True)
class Ranking:
    """The districts in the order of one figure, the worst first."""

    name: str
    period: str
    figures: tuple[Fact, ...]
    ranks: tuple[Fact, ...]
    """Of each district: its figure, and its rank from the worst with the ranks that chance leaves
    possible."""
    worse_half: tuple[str, ...]
    better_half: tuple[str, ...]
    """Names of those whose every possible rank is in that half."""


@dataclass(frozen=True)
class Gaps:
    """The gap inside each district in one figure, the widest first; and that between districts."""

    name: str
    period: str
    inside: tuple[InsideGap, ...]
    between: Fact | None
    """The best district's figure less the worst's; None where the pack does not have them."""
    worst: Fact | None
    best: Fact | None
    """The figures at both ends."""


def rankings_of(county: County) -> tuple[Ranking, ...]:
    """Rank the districts by the first figures with intervals, in one period: headlines first."""
    by_name = {name: _of_one_period(figures) for name, figures in _with_intervals(county).items()}
    enough = [name for name, figures in by_name.items() if len(figures) >= FEWEST]
    enough.sort(key=lambda name: (not by_name[name][0].indicator.headline, -len(by_name[name])))
    return tuple(_ranking(county, name, by_name[name]) for name in enough[:MOST_RANKED])


def _with_intervals(county: County) -> dict[str, list[Comparison]]:
    """Return, by name, the figures that have intervals and of which more is good or bad."""
    by_name: dict[str, list[Comparison]] = {}
    for district in county.districts:
        for figure in speaking_figures(recent(district.comparisons)):
            low, high = figure.facts["area"].limits or (0, 0)
            if low < high and figure.indicator.polarity != "neutral":
                by_name.setdefault(figure.series.name, []).append(figure)
    return by_name


def _of_one_period(figures: Sequence[Comparison]) -> list[Comparison]:
    [(period, _)] = Counter(figure.period for figure in figures).most_common(1)
    return [figure for figure in figures if figure.period == period]


def _ranking(county: County, name: str, figures: Sequence[Comparison]) -> Ranking:
    sign = 1 if figures[0].indicator.polarity == "favourable" else -1
    own = [figure.facts["area"] for figure in figures]
    limits = [fact.limits or (fact.value, fact.value) for fact in own]
    se = implied_se([low for low, _ in limits], [high for _, high in limits])
    ranks = rank_intervals([sign * fact.value for fact in own], se)
    facts = [
        derived(
            fact,
            f"rank-in-{county.area.code}",
            rank,
            decimals=0,
            unit="",
            lower_ci=float(low),
            upper_ci=float(high),
            method=f"rank among the districts of {county.name} from the worst, with the ranks "
            "possible by the 95% intervals (Holm's rule)",
        )
        for fact, rank, low, high in zip(own, ranks.rank, ranks.lower, ranks.upper, strict=True)
    ]
    half = len(own) / 2
    pairs = sorted(
        zip(own, facts, strict=True), key=lambda pair: (pair[1].value, pair[0].area_name)
    )
    return Ranking(
        name,
        own[0].period,
        tuple(fact for fact, _ in pairs),
        tuple(rank for _, rank in pairs),
        tuple(rank.area_name for _, rank in pairs if (rank.upper_ci or 0) <= half),
        tuple(rank.area_name for _, rank in pairs if (rank.lower_ci or 0) > half),
    )


def gaps_of(county: County) -> tuple[Gaps, ...]:
    """Set the gap inside each district beside the gap between districts, in headline figures."""
    by_name: dict[str, list[InsideGap]] = {}
    for district in county.districts:
        for gap in district.inside:
            if gap.indicator.headline:
                by_name.setdefault(gap.name, []).append(gap)
    return tuple(_gaps(county, by_name))[:MOST_GAPS]


def _gaps(county: County, by_name: dict[str, list[InsideGap]]) -> Iterator[Gaps]:
    for name, gaps in by_name.items():
        [(period, _)] = Counter(gap.period for gap in gaps).most_common(1)
        same = [gap for gap in gaps if gap.period == period]
        if len(same) < FEWEST:
            continue
        in_order = sorted(same, key=lambda gap: (-abs(gap.gap.value), gap.gap.area_name))
        yield Gaps(name, period, tuple(in_order), *_between(county, in_order[0]))


def _between(county: County, gap: InsideGap) -> tuple[Fact, Fact, Fact] | tuple[None, None, None]:
    """Return the gap between the best and the worst district in what a gap inside is of."""
    named = gap.indicator.id.removesuffix(INDEX)
    figures = [
        figure
        for district in county.districts
        for figure in recent(district.comparisons)
        if figure.indicator.id == named and figure.series.sex == gap.sex and "area" in figure.facts
    ]
    own = [figure.facts["area"] for figure in _of_one_period(figures)] if figures else []
    if len(own) < FEWEST:
        return None, None, None
    sign = 1 if figures[0].indicator.polarity == "favourable" else -1
    in_order = sorted(own, key=lambda fact: sign * fact.value)
    worst, best = in_order[0], in_order[-1]
    between = derived(
        best,
        f"between-districts-of-{county.area.code}",
        abs(best.value - worst.value),
        area_code=county.area.code,
        area_name=county.name,
        rows=best.rows + worst.rows,
        method=f"{best.area_name} and {worst.area_name}: the best district less the worst",
    )
    return between, worst, best


@dataclass(frozen=True)
class CountyFacts:
    """What a county profile is made from."""

    county: County = field(metadata={NOT_IN_TABLE: True})
    verdicts: Verdicts
    rankings: tuple[Ranking, ...]
    gaps: tuple[Gaps, ...]
    """Of headline figures."""
    inequalities: tuple[Inequality, ...]
    """By share of people first, where the pack has one."""


def county_facts(county: County) -> CountyFacts:
    """Compute all figures of a county profile."""
    return CountyFacts(
        county, verdicts_of(county), rankings_of(county), gaps_of(county), inequalities_of(county)
    )
