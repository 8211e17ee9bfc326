"""The area on the country's gradient: every area of its tier by deprivation, this one marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.catalogue.indices import index_title, newest_index
from ineqlib.facts.attribution import index_source
from ineqlib.facts.comparisons import SLOPE, Comparison
from ineqlib.facts.fact import NOT_IN_TABLE, Fact, calculated, derived, fact_id, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import COLUMNS, rows_of
from ineqlib.facts.shared import PEER_KEY, area_names, tiers
from ineqlib.pack import Pack
from ineqlib.text import difference_unit

FEWEST_AREAS = 20
NEAREST = 4


class PeerPoint(NamedTuple):
    """One area of the tier: how deprived it is, and its figure."""

    area_code: str
    area_name: str
    role: str
    """``area``, ``comparator`` or ``other``."""
    deprivation: Fact
    fact: Fact


class LineEnd(NamedTuple):
    """An end of a fitted line: where it is, and the value there."""

    position: float
    fact: Fact


@dataclass(frozen=True)
class DeprivationLine:
    """One indicator against deprivation over all areas of the tier."""

    comparison: Comparison
    index: str
    points: tuple[PeerPoint, ...] = field(metadata={NOT_IN_TABLE: True})
    """One an area, by code: what is drawn."""
    comparators: str
    """What the areas of role comparator are."""
    line: tuple[LineEnd, ...]
    """Ordinary least squares across the areas, each counted once: at the scores of the least and
    the most deprived area."""
    expected: Fact
    """What an area as deprived as this one has on the line."""
    beyond: Fact
    """The area's own figure less `expected`."""
    shown: tuple[PeerPoint, ...] = field(init=False)
    """Those whose figures are shown as text as well: the area, its comparators, the nearest."""

    def __post_init__(self) -> None:
        near = {point.area_code for point in self.nearest}
        shown = (p for p in self.points if p.role != "other" or p.area_code in near)
        object.__setattr__(self, "shown", tuple(shown))

    @property
    def name(self) -> str:
        """The indicator's public name and whose figure it is."""
        return self.comparison.series.name

    @property
    def nearest(self) -> tuple[PeerPoint, ...]:
        """The areas most alike in deprivation, the least deprived first."""
        here = next((p.deprivation.value for p in self.points if p.role == "area"), None)
        if here is None:
            return ()
        others = [point for point in self.points if point.role != "area"]
        others.sort(key=lambda point: (abs(point.deprivation.value - here), point.area_code))
        return tuple(sorted(others[:NEAREST], key=lambda point: point.deprivation.value))


def deprivation_lines(
    profile: Profile, comparisons: Sequence[Comparison]
) -> Iterator[DeprivationLine]:
    """Yield the line of each headline level whose peers have figures and deprivation."""
    if not profile.pack.has("area_deprivation"):
        return
    by_index = profile.pack.shared(deprivation_scores)
    index = newest_index(name for name, scores in by_index.items() if profile.area.code in scores)
    if not index:
        return
    placed = [comparison for comparison in comparisons if _is_placed(comparison)]
    indicators = tuple(sorted({comparison.indicator.id for comparison in placed}))
    for comparison in placed:
        points = _points(profile, comparison, indicators, by_index[index])
        if len(points) >= FEWEST_AREAS and any(point.role == "area" for point in points):
            yield _line(profile, comparison, points, index)


def _is_placed(comparison: Comparison) -> bool:
    """Tell whether an area is placed among the others by this figure."""
    indicator = comparison.indicator
    return indicator.headline and indicator.value_type != SLOPE and "area" in comparison.facts


def deprivation_scores(pack: Pack) -> dict[str, dict[str, Fact]]:
    """Return the areas' average scores as facts, by index and area code; for `Pack.shared`."""
    table = pack.table("area_deprivation")
    names = pack.shared(area_names)
    scores: dict[str, dict[str, Fact]] = {}
    for index, code, score in zip(
        table["index"], table["area_code"], table["average_score"].tolist(), strict=True
    ):
        if not np.isnan(score):
            scores.setdefault(str(index), {})[code] = calculated(
                fact_id("score", code, index),
                score,
                decimals=1,
                area_code=code,
                area_name=names.get(code, code),
                period=index_title(index),
                method="average score of the area's neighbourhoods",
                source=index_source(index),
            )
    return scores


def tier_figures(pack: Pack, tier: str, indicators: tuple[str, ...]) -> pd.DataFrame:
    """Read the figures of all areas of the tier of any of them; for `Pack.shared`."""
    areas = sorted(pack.shared(tiers).of(tier))
    return pack.observations(indicator=indicators, area=areas, dimension="", columns=COLUMNS)


def tier_facts(
    pack: Pack,
    tier: str,
    indicators: tuple[str, ...],
    figure: tuple[str, datetime, datetime, str, str],
    decimals: int,
) -> tuple[Fact, ...]:
    """Return one figure of all areas of a tier, by code; for `Pack.shared`.

    `tier` is any area's code. All `indicators` are read at once; `figure` is its indicator, and the
    rest of `PEER_KEY`.
    """
    figures = pack.shared(tier_figures, tier, indicators)
    for column, value in zip(PEER_KEY, figure, strict=True):
        figures = figures[figures[column] == value]
    rows = rows_of(figures, dict.fromkeys(figures["area_code"], "peer"))
    facts = (published(row, decimals) for row in rows if row.has_value)
    return tuple(sorted(facts, key=lambda fact: fact.area_code))


def _points(
    profile: Profile,
    comparison: Comparison,
    indicators: tuple[str, ...],
    scores: dict[str, Fact],
) -> tuple[PeerPoint, ...]:
    roles = dict.fromkeys(_comparators(profile), "comparator") | {profile.area.code: "area"}
    indicator = comparison.indicator
    # The first code stands for the tier, so that its areas share one reading.
    facts = profile.pack.shared(
        tier_facts,
        min(profile.tier),
        indicators,
        (indicator.id, *comparison.newest.when_and_who),
        indicator.decimals,
    )
    return tuple(
        PeerPoint(
            fact.area_code,
            fact.area_name,
            roles.get(fact.area_code, "other"),
            scores[fact.area_code],
            fact,
        )
        for fact in facts
        if fact.area_code in scores
    )


def _comparators(profile: Profile) -> list[str]:
    """The other districts of the county, or the statistical neighbours of a single-tier area."""
    county = profile.places.get("county")
    if county is None:
        return list(profile.neighbours)
    return [area.code for area in profile.pack.districts(county.code)]


def _line(
    profile: Profile, comparison: Comparison, points: tuple[PeerPoint, ...], index: str
) -> DeprivationLine:
    scores = np.array([point.deprivation.value for point in points])
    slope, level = np.polyfit(scores, [point.fact.value for point in points], 1)
    [here] = [point.deprivation.value for point in points if point.role == "area"]
    area = comparison.facts["area"]
    score = f"average {index_title(index)} score"
    line = f"on the least-squares line through {len(points)} areas' figures and {score}"

    def on_line(prefix: str, whose: str, at: float) -> Fact:
        method = f"value at the {whose} score {line}"
        return derived(area, prefix, level + slope * at, method=method, age="")

    expected = on_line("expected", "area's", here)
    return DeprivationLine(
        comparison,
        index,
        points,
        "Same county" if "county" in profile.places else "Similar areas",
        tuple(
            LineEnd(float(at), on_line(f"line-at-{end}-deprived", f"{end} deprived area's", at))
            for end, at in (("least", scores.min()), ("most", scores.max()))
        ),
        expected,
        derived(
            area,
            "beyond",
            area.value - expected.value,
            unit=difference_unit(area.unit),
            method=f"the area's figure less the value at its score {line}",
            age="",
        ),
    )
