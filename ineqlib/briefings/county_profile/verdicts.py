"""Which figures of which districts differ from the country's, all comparisons allowed for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ineqlib.briefings.county_profile.county import County
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import Comparison, count_of, recent
from ineqlib.facts.fact import NOT_IN_TABLE, Fact
from ineqlib.narrative.judgement import Judgement, judge
from ineqlib.narrative.rules import (
    Finding,
    Side,
    is_tiny,
    judged_figures,
    level_findings,
    speaking_figures,
)

SIDES: tuple[Side, ...] = ("worse", "better")


@dataclass(frozen=True)
class Count:
    """How many figures of a district differ, of how many that could be judged."""

    worse: Fact
    better: Fact
    judged: Fact


@dataclass(frozen=True)
class District:
    """One district beside the others."""

    facts: AreaFacts = field(metadata={NOT_IN_TABLE: True})
    judgement: Judgement = field(metadata={NOT_IN_TABLE: True})
    """As its own briefing has them."""
    leading: Finding | None
    """What its own briefing says first; None where nothing leads."""
    findings: tuple[Finding, ...] = field(metadata={NOT_IN_TABLE: True})
    """Figures that differ when the comparisons of all districts are allowed for."""
    total: Count
    by_objective: Mapping[str, Count]
    """How many these are."""

    @property
    def name(self) -> str:
        """Name of the district."""
        return self.facts.profile.area.name


@dataclass(frozen=True)
class Cell:
    """One figure of one district; its side empty where it is not clearly different."""

    side: str
    fact: Fact


@dataclass(frozen=True)
class FigureRow:
    """One figure in all districts that have it."""

    name: str
    periods: tuple[str, ...]
    cells: Mapping[str, Cell]
    """Name of a district -> its figure, where it can be judged."""
    country: tuple[Fact, ...]
    """The country's figures, one a period."""
    worse: Fact
    better: Fact
    """In how many districts."""
    importance: float
    """Of the findings that it is worse, together, as briefings weigh them."""


@dataclass(frozen=True)
class Verdicts:
    """The table of districts, and every figure of it."""

    comparisons: Fact
    """How many were allowed for."""
    number: Fact
    without: Fact
    """How many districts there are, and how many of them have no figure that is worse."""
    districts: tuple[District, ...]
    figures: tuple[FigureRow, ...]
    """By name; and those worse in most districts first."""

    @property
    def are_unsized(self) -> bool:
        """Whether figures differ for sure, but too few areas have them to say if that is much."""
        return any(district.judgement.is_unsized for district in self.districts)

    @property
    def objectives(self) -> tuple[str, ...]:
        """Ids of the objectives that any district has judged figures of, in no order."""
        ids = (name for district in self.districts for name in district.by_objective)
        return tuple(dict.fromkeys(ids))


def verdicts_of(county: County) -> Verdicts:
    """Judge every figure of every district, with the comparisons of all of them allowed for."""
    speaking = [
        [] if is_tiny(own) else speaking_figures(recent(own.comparisons))
        for own in county.districts
    ]
    together = [figure for figures in speaking for figure in judged_figures(figures)]
    districts = tuple(
        _district(own, figures, together)
        for own, figures in zip(county.districts, speaking, strict=True)
    )
    return Verdicts(
        county.fact("comparisons", len(together), "figures of districts set against the country's"),
        county.fact("districts", len(districts), "districts set side by side"),
        county.fact(
            "districts without",
            sum(not district.total.worse.value for district in districts),
            "districts without a figure that is clearly worse",
        ),
        districts,
        _figures(county, districts, speaking),
    )


def _district(
    own: AreaFacts, speaking: Sequence[Comparison], together: Sequence[Comparison]
) -> District:
    trends = {id(trend.comparison): trend for trend in own.trends}
    findings = tuple(level_findings(own, speaking, trends, together=together))
    judgement = judge(own)
    judged = judged_figures(speaking)
    objectives = dict.fromkeys(figure.indicator.objective for figure in judged)
    count = partial(_count, own, findings, judged)
    return District(
        own,
        judgement,
        judgement.leading[0] if judgement.leading else None,
        findings,
        count(),
        {name: count(name) for name in objectives},
    )


def _count(
    own: AreaFacts, findings: Sequence[Finding], judged: Sequence[Comparison], objective: str = ""
) -> Count:
    def is_of(figure: Comparison | None) -> bool:
        return figure is not None and objective in ("", figure.indicator.objective)

    sides = Counter(finding.side for finding in findings if is_of(finding.comparison))
    counts: dict[str, int] = {side: sides[side] for side in SIDES}
    counts["judged"] = sum(map(is_of, judged))
    method = "count of figures, with the comparisons of all districts allowed for"
    return Count(
        **{
            name: count_of(own.profile, f"county table {name} {objective}", number, method)
            for name, number in counts.items()
        }
    )


def _figures(
    county: County, districts: Sequence[District], speaking: Sequence[Sequence[Comparison]]
) -> tuple[FigureRow, ...]:
    by_name: dict[str, list[tuple[District, Comparison]]] = {}
    for district, figures in zip(districts, speaking, strict=True):
        for figure in figures:
            if figure.indicator.polarity != "neutral":  # those level with the country's too
                by_name.setdefault(figure.series.name, []).append((district, figure))
    rows = [_figure(county, name, pairs) for name, pairs in by_name.items()]
    return tuple(
        sorted(
            rows, key=lambda row: (-row.worse.value, -row.importance, -row.better.value, row.name)
        )
    )


def _figure(county: County, name: str, pairs: Sequence[tuple[District, Comparison]]) -> FigureRow:
    cells, country, importance = {}, {}, 0.0
    for district, figure in pairs:
        finding = next(
            (finding for finding in district.findings if finding.comparison is figure), None
        )
        importance += finding.score if finding and finding.side == "worse" else 0.0
        cells[district.name] = Cell(finding.side if finding else "", figure.facts["area"])
        if "country" in figure.facts:
            country[figure.facts["country"].id] = figure.facts["country"]
    counts = Counter(cell.side for cell in cells.values())
    worse, better = (
        county.fact(f"{side} {name}", counts[side], f"districts where it is {side}")
        for side in SIDES
    )
    periods = tuple(sorted({figure.period for _, figure in pairs}))
    return FigureRow(name, periods, cells, tuple(country.values()), worse, better, importance)
