"""The area on the country's gradient: every area of its tier by deprivation, this one marked."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ineqlib.facts.fact import Fact
from ineqlib.facts.glance import Comparison
from ineqlib.facts.indices import index_name, newest_index
from ineqlib.facts.national import area_deprivation
from ineqlib.facts.profile import Profile
from ineqlib.text import difference_unit, number, slug, with_unit

FEWEST_AREAS = 20
SHOWN = ("life_expectancy", "healthy_life_expectancy")


@dataclass(frozen=True)
class PeerGradient:
    """One indicator against deprivation over all areas of the tier.

    Parameters
    ----------
    points
        One row an area: area_code, area_name, deprivation, value, lower_ci, upper_ci, role.
    line
        Ordinary least squares across the areas, each counted once: deprivation, fitted.
    expected
        What an area as deprived as this one has on the line.
    beyond
        The area's own figure less `expected`.
    """

    comparison: Comparison
    index: str
    points: pd.DataFrame
    line: pd.DataFrame
    expected: Fact
    beyond: Fact


def peer_gradients(profile: Profile, comparisons: list[Comparison]) -> Iterator[PeerGradient]:
    """Yield the gradient of each headline indicator whose peers have figures and deprivation."""
    if not profile.pack.has("area_deprivation"):
        return
    deprivation = profile.pack.shared(area_deprivation)
    scored = deprivation["area_code"] == profile.area.code
    index = newest_index(deprivation.loc[scored, "index"])
    if not index:
        return
    deprivation = deprivation[deprivation["index"] == index]
    for comparison in comparisons:
        if comparison.indicator.id in SHOWN and "area" in comparison.facts:
            points = _points(profile, comparison, deprivation)
            if len(points) >= FEWEST_AREAS and "area" in set(points["role"]):
                yield _gradient(profile, comparison, points, index)


def _points(profile: Profile, comparison: Comparison, deprivation: pd.DataFrame) -> pd.DataFrame:
    rows = profile.peers[comparison.indicator.id].same_period(comparison.newest)
    same = rows["area_code"].isin(profile.tier)
    columns = ["area_code", "area_name", "value", "lower_ci", "upper_ci"]
    scores = deprivation[["area_code", "average_score"]].rename(
        columns={"average_score": "deprivation"}
    )
    points = rows.loc[same, columns].merge(scores, on="area_code").dropna(subset="deprivation")
    role = np.select(
        [
            points["area_code"] == profile.area.code,
            points["area_code"].isin(_siblings(profile)),
        ],
        ["area", "comparator"],
        "other",
    )
    points["role"] = role
    points.attrs["comparators"] = _siblings_name(profile)
    return points


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
    profile: Profile, comparison: Comparison, points: pd.DataFrame, index: str
) -> PeerGradient:
    slope, level = np.polyfit(points["deprivation"], points["value"], 1)
    ends = np.array([points["deprivation"].min(), points["deprivation"].max()])
    here = points.loc[points["role"] == "area"].iloc[0]
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
    return PeerGradient(
        comparison,
        index,
        points.reset_index(drop=True),
        pd.DataFrame({"deprivation": ends, "fitted": level + slope * ends}),
        fact("expected", expected, area.unit, f"value at the area's score on the {line}"),
        fact(
            "beyond",
            area.value - expected,
            difference_unit(area.unit),
            f"the area's figure less the value at its score on the {line}",
        ),
    )
