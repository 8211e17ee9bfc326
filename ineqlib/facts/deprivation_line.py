"""The area on the country's gradient: every area of its tier by deprivation, this one marked."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.indices import index_name, newest_index
from ineqlib.facts.profile import Profile
from ineqlib.facts.shared import area_deprivation
from ineqlib.text import difference_unit, number, slug, with_unit

FEWEST_AREAS = 20
SHOWN = ("life_expectancy", "healthy_life_expectancy")


@dataclass(frozen=True)
class DeprivationLine:
    """One indicator against deprivation over all areas of the tier.

    Parameters
    ----------
    points
        One row an area: area_code, area_name, value, lower_ci, upper_ci, deprivation, role.
    comparators
        What the areas of role comparator are.
    line
        Ordinary least squares across the areas, each counted once: `deprivation` of the least and
        the most deprived area, and the `fitted` value there.
    expected
        What an area as deprived as this one has on the line.
    beyond
        The area's own figure less `expected`.
    """

    comparison: Comparison
    index: str
    points: list[dict[str, Any]]
    comparators: str
    line: list[dict[str, float]]
    expected: Fact
    beyond: Fact


def deprivation_lines(profile: Profile, comparisons: list[Comparison]) -> Iterator[DeprivationLine]:
    """Yield the gradient of each headline indicator whose peers have figures and deprivation."""
    if not profile.pack.has("area_deprivation"):
        return
    by_index = profile.pack.shared(area_deprivation)
    index = newest_index(each for each, scores in by_index.items() if profile.area.code in scores)
    if not index:
        return
    for comparison in comparisons:
        if comparison.indicator.id in SHOWN and "area" in comparison.facts:
            points = _points(profile, comparison, by_index[index])
            if len(points) >= FEWEST_AREAS and any(point["role"] == "area" for point in points):
                yield _gradient(profile, comparison, points, index)


def _points(
    profile: Profile, comparison: Comparison, scores: dict[str, float]
) -> list[dict[str, Any]]:
    roles = dict.fromkeys(_siblings(profile), "comparator") | {profile.area.code: "area"}
    return [
        {
            **peer._asdict(),
            "deprivation": scores[peer.area_code],
            "role": roles.get(peer.area_code, "other"),
        }
        for peer in profile.peers.figures(comparison.newest, profile.of_tier)
        if not math.isnan(scores.get(peer.area_code, math.nan))
    ]


def _siblings(profile: Profile) -> list[str]:
    """The other districts of the county, or the statistical neighbours of a single-tier area."""
    county = profile.places.get("county")
    if county is None:
        return list(profile.neighbours)
    return [area.code for area in profile.pack.districts(county.code)]


def _siblings_name(profile: Profile) -> str:
    county = profile.places.get("county")
    return "Same county" if county else "Similar areas"


def _gradient(
    profile: Profile, comparison: Comparison, points: list[dict[str, Any]], index: str
) -> DeprivationLine:
    scores = np.array([point["deprivation"] for point in points])
    slope, level = np.polyfit(scores, [point["value"] for point in points], 1)
    [here] = [point for point in points if point["role"] == "area"]
    expected = level + slope * here["deprivation"]
    area = comparison.facts["area"]
    decimals = comparison.indicator.decimals

    def fact(name: str, value: float, unit: str, method: str) -> Fact:
        return profile.book.add(
            Fact(
                id=slug(f"{name}-{area.id}", 160),
                value=float(value),
                text=with_unit(number(float(value), decimals), unit),
                unit=unit,
                indicator_id=area.indicator_id,
                area_code=area.area_code,
                area_name=area.area_name,
                period=area.period,
                sex=area.sex,
                method=method,
                rows=area.rows,
                source=area.source,
            )
        )

    score = f"average {index_name(index)} score"
    line = f"least-squares line through {len(points)} areas' figures and {score}"
    return DeprivationLine(
        comparison,
        index,
        points,
        _siblings_name(profile),
        [
            {"deprivation": float(end), "fitted": float(level + slope * end)}
            for end in (scores.min(), scores.max())
        ],
        fact("expected", expected, area.unit, f"value at the area's score on the {line}"),
        fact(
            "beyond",
            area.value - expected,
            difference_unit(area.unit),
            f"the area's figure less the value at its score on the {line}",
        ),
    )
