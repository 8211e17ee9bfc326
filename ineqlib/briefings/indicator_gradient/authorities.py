"""Areas by their own deprivation in each period: the same areas in all, ranked by one index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.indicator_gradient.asked import PEER, Asked
from ineqlib.briefings.indicator_gradient.cut import PARTS, Cut, Slice, stretches_of
from ineqlib.catalogue.indices import index_title
from ineqlib.errors import PackError, ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.facts.attribution import index_source
from ineqlib.facts.evidence import Z95
from ineqlib.facts.fact import Fact, calculated_of, fact_id, published
from ineqlib.facts.gradients import FEWEST_GROUPS, group_points, published_se
from ineqlib.facts.rows import Row
from ineqlib.facts.shared import area_deprivation
from ineqlib.measures import assign_quantiles
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import possessive
from ineqlib.observations import group_label

FOR_TENTHS, FOR_FIFTHS = 50, 15
"""Areas that tenths and fifths of areas need; fewer stand one by one."""
COMPLETE = 0.9
"""Share of the areas that a period needs, for its groups to be those of the other periods."""
LEVEL_WORDS = {"lower": "districts", "upper": "upper-tier authorities"}


def panel_of(rows: Sequence[Row]) -> tuple[list[str], FloatArray, list[str]]:
    """Figures of areas by period, and the labels of both; NaN where there is none."""
    codes = sorted({row.area_code for row in rows})
    labels = list(dict.fromkeys(row.period for row in rows))
    at, when = ({name: n for n, name in enumerate(names)} for names in (codes, labels))
    panel = np.full((len(codes), len(labels)), np.nan)
    for row in rows:
        if row.has_value:
            panel[at[row.area_code], when[row.period]] = row.value
    return labels, panel, codes


class _Members(NamedTuple):
    """Which areas are in which group, the most deprived group first."""

    labels: tuple[str, ...]
    member: NDArray[np.bool_]
    method: str
    """How the figures of a group are put together; empty where each area is its own group."""


def cut_of_areas(asked: Asked, key: str, breaks: Mapping[str, int]) -> Cut | None:
    """Cut the areas of a place by their scores on one index; None of fewer than five."""
    index = key.partition(":")[2]
    scores = asked.pack.shared(area_deprivation)[index]
    rows = [row for row in asked.of(PEER) if not np.isnan(scores.get(row.area_code, np.nan))]
    labels, panel, codes = panel_of(rows)
    kept, whole = _balanced(panel)
    if whole.sum() < FEWEST_GROUPS:
        return None
    used = list(compress(codes, whole))
    names = {row.area_code: row.area_name for row in rows}
    members = _members(asked, index, used, np.array([scores[code] for code in used]), names)
    by_place = {(row.area_code, row.period): row for row in rows if row.has_value}
    in_kept = list(compress(labels, kept))
    people, is_even = _people(asked, used, by_place, in_kept)
    of_areas = _OfAreas(asked, key, members)
    slices = [
        of_areas.slice([by_place[code, label] for code in used], living, stretch)
        for label, living, stretch in zip(
            in_kept, people, stretches_of(in_kept, breaks), strict=True
        )
    ]
    many = len(members.labels)
    part = PARTS.get(many, "") if many < len(used) else "district"
    where = f"{possessive(place_inside(asked.place.name))} {LEVEL_WORDS[asked.level]}"
    count = calculated_of(
        asked.place,
        fact_id("areas", asked.indicator.id, asked.place.code, key),
        len(used),
        indicator_id=asked.indicator.id,
        method=f"{LEVEL_WORDS[asked.level]} with a figure in every period shown, and a score",
        source=index_source(index),
    )
    dropped = tuple(compress(labels, ~kept))
    return Cut(key, part, where, tuple(slices), rows[0].months / 12, is_even, count, dropped)


def _balanced(panel: FloatArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Choose periods, and the areas with a figure in each of them: nearly all that ever have one.

    A gap between groups that are not the same areas in all years would move with who is counted.
    """
    there = np.isfinite(panel)
    kept: NDArray[np.bool_] = np.asarray(there.any(axis=0))
    while kept.any():
        whole = np.asarray(there[:, kept].all(axis=1))
        if whole.sum() >= COMPLETE * there[:, kept].sum(axis=0).max():
            return kept, whole
        fewest = np.where(kept, there.sum(axis=0), there.shape[0] + 1)
        kept[int(fewest.argmin())] = False
    return kept, np.zeros(len(panel), dtype=bool)


def _members(
    asked: Asked, index: str, codes: Sequence[str], scores: FloatArray, names: Mapping[str, str]
) -> _Members:
    many = 10 if len(codes) >= FOR_TENTHS else 5 if len(codes) >= FOR_FIFTHS else 0
    title = index_title(index)
    if not many:
        order = np.lexsort((np.array(codes), -scores))
        member = np.eye(len(codes), dtype=bool)[order]
        labels = tuple(names[codes[at]] for at in order)
        return _Members(labels, member, "")
    part = assign_quantiles(scores, many, most_deprived="highest").astype(int)
    labels = tuple(group_label(order, many) for order in range(1, many + 1))
    member = np.stack([part == order for order in range(1, many + 1)])
    method = (
        f"mean of the figures of the {LEVEL_WORDS[asked.level]} in this {PARTS[many]} by {title}"
    )
    return _Members(labels, member, method)


def _people(
    asked: Asked, codes: Sequence[str], rows: Mapping[tuple[str, str], Row], labels: Sequence[str]
) -> tuple[FloatArray, bool]:
    """People of each area in each period: those counted, else those who live there, else one."""
    counted = np.array([[rows[code, label].denominator for code in codes] for label in labels])
    if counted.size and (counted > 0).all():
        return counted, False
    try:
        living = asked.pack.population(list(codes))["population"].to_numpy(dtype=float)
    except (PackError, ParameterError):
        return np.ones(counted.shape), True
    return np.broadcast_to(living, counted.shape), False


@dataclass(frozen=True)
class _OfAreas:
    """Makes the periods of one cut of areas."""

    asked: Asked
    key: str
    members: _Members

    def slice(self, rows: Sequence[Row], people: FloatArray, stretch: int) -> Slice:
        """Return one period: the mean of each group of areas, or the figure of each area."""
        first, member = rows[0], self.members.member
        weight = member * people
        total = weight.sum(axis=1)
        means = weight @ np.array([row.value for row in rows]) / total
        se_of_rows = published_se(rows)
        se = None if se_of_rows is None else np.sqrt(weight**2 @ se_of_rows**2) / total
        decimals = self.asked.indicator.decimals
        facts = (
            [
                self._mean(at, rows, mean, None if se is None else se[at])
                for at, mean in enumerate(means.tolist())
            ]
            if self.members.method
            else [published(rows[int(inside.argmax())], decimals) for inside in member]
        )
        return Slice(
            first.period,
            first.period_start,
            first.period_end,
            stretch,
            group_points(self.members.labels, ["ok"] * len(facts), total, facts),
            means,
            total,
            se,
        )

    def _mean(self, at: int, rows: Sequence[Row], mean: float, se: float | None) -> Fact:
        """Make the fact of the mean of the areas in one group, of the rows of all."""
        asked, first, label = self.asked, rows[0], self.members.labels[at]
        half = None if se is None else Z95 * float(se)
        named = ("group", asked.indicator.id, asked.place.code, asked.sex, self.key)
        return calculated_of(
            asked.place,
            fact_id(*named, label, first.period),
            mean,
            decimals=asked.indicator.decimals,
            unit=first.unit,
            lower_ci=None if half is None else mean - half,
            upper_ci=None if half is None else mean + half,
            indicator_id=asked.indicator.id,
            period=first.period,
            sex=first.sex,
            age=first.age,
            subgroup=label,
            method=self.members.method,
            rows=tuple(row.row for row in compress(rows, self.members.member[at])),
            source=first.source,
        )
