"""Groups by deprivation in each period: the place's neighbourhoods as published, and its areas.

Each way to cut, and each index of deprivation, is a series of its own: none is joined to another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.indicator_gradient.asked import AREAS, PEER, PLACE, Asked
from ineqlib.catalogue.indices import deprivation_index, index_title
from ineqlib.errors import PackError, ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.facts.attribution import index_source
from ineqlib.facts.fact import Fact, fact_id, published
from ineqlib.facts.gradients import FEWEST_GROUPS, GroupPoint
from ineqlib.facts.rows import Row
from ineqlib.facts.shared import area_deprivation
from ineqlib.measures import assign_quantiles, implied_se
from ineqlib.measures.stretches import stretches
from ineqlib.observations import Dimension, group_label
from ineqlib.text import number, with_unit

FOR_TENTHS, FOR_FIFTHS = 50, 15
"""Areas that tenths and fifths of areas need; fewer stand one by one."""
FEWEST_FOR_BREAKS = 12
COMPLETE = 0.9
"""Share of the areas that a period needs, for its groups to be those of the other periods."""
NEARLY_NEW = timedelta(days=800)
"""By how much groups of neighbourhoods may be older than those of areas, and still come first."""
DAYS_A_YEAR = 365.25
PARTS = {10: "tenth", 5: "fifth"}
LEVEL_WORDS = {"lower": "districts", "upper": "upper-tier authorities"}


@dataclass(frozen=True)
class Slice:
    """The groups of one period, the most deprived first.

    Parameters
    ----------
    stretch
        Number of the unbroken stretch; −1 where it lies off the line of the periods beside it.
    value, people, se
        One a group; `people` is 1 each where nobody published them, `se` None without limits.
    why_not
        Why no measure can be made; empty where they can.
    """

    period: str
    start: datetime
    end: datetime
    stretch: int
    groups: tuple[GroupPoint, ...]
    value: FloatArray = field(repr=False)
    people: FloatArray = field(repr=False)
    se: FloatArray | None = field(repr=False)
    why_not: str = ""

    @property
    def years(self) -> float:
        """When it begins, in years."""
        return self.start.toordinal() / DAYS_A_YEAR


@dataclass(frozen=True)
class Cut:
    """One way to cut a place by deprivation, over all its periods.

    Parameters
    ----------
    key
        The dimension of the rows, or ``areas:`` and the index.
    part
        One group in words: ``tenth``, ``fifth``, or ``district``.
    whose
        What is cut, in words.
    slices
        Oldest first.
    span
        Years in one period.
    is_even
        Whether groups are taken as equally many people.
    areas
        How many areas the groups are made of; None for groups of neighbourhoods.
    left_out
        Periods in which too few of the areas have a figure.
    """

    key: str
    part: str
    whose: str
    slices: tuple[Slice, ...]
    span: float
    is_even: bool = False
    areas: Fact | None = None
    left_out: tuple[str, ...] = ()

    @property
    def index(self) -> str:
        """Id of the index of deprivation."""
        return self.key.partition(":")[2]

    @property
    def is_of_areas(self) -> bool:
        """Whether whole areas are cut, and not neighbourhoods."""
        return self.key.startswith(f"{AREAS}:")

    @property
    def is_one_index(self) -> bool:
        """Whether all periods are cut by one edition of an index."""
        return bool(deprivation_index(self.index).year) or "_trend" not in self.index

    @property
    def title(self) -> str:
        """The groups in words."""
        parts = f"{self.part}s of {self.whose}" if self.part in PARTS.values() else self.whose
        return f"{parts} by deprivation ({index_title(self.index)})"


def cuts_of(asked: Asked) -> tuple[Cut, ...]:
    """Return the cuts that are asked for: those with the newest figures first."""
    breaks = _breaks(asked)
    chosen = _finest(asked.wanted)
    made = [
        _of_areas(asked, key, breaks)
        if key.startswith(f"{AREAS}:")
        else _of_neighbourhoods(asked, key, breaks)
        for key in chosen
    ]
    return _in_order([cut for cut in made if cut is not None and cut.slices])


def _in_order(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """Put the cuts whose figures are new first; of those, the ones of neighbourhoods.

    Whole districts hold rich and poor, so that a gap between them is smaller than that between
    neighbourhoods.
    """
    newest = {cut.key: _newest(cut) for cut in cuts}
    latest = max(newest.values(), default=datetime.min)

    def rank(cut: Cut) -> tuple[bool, bool, datetime, int]:
        is_new = latest - newest[cut.key] <= NEARLY_NEW
        year = deprivation_index(cut.index).year
        return is_new, not cut.is_of_areas, newest[cut.key], year

    return tuple(sorted(cuts, key=rank, reverse=True))


def _newest(cut: Cut) -> datetime:
    return max((one.end for one in cut.slices if not one.why_not), default=datetime.min)


def _finest(keys: Sequence[str]) -> list[str]:
    """Leave out fifths where the same neighbourhoods are cut into tenths by the same index."""
    known = set(keys)
    return [key for key in keys if key.replace("quintile", "decile") not in known - {key}]


def _breaks(asked: Asked) -> dict[str, int]:
    """Number the unbroken stretches of the indicator by what all areas do at once: by period."""
    labels, panel, _ = _panel(asked.everywhere)
    many = np.isfinite(panel).sum(axis=0) >= FEWEST_FOR_BREAKS
    if not many.any():
        return {}
    numbers = stretches(panel[:, many]).tolist()
    return dict(
        zip([label for label, kept in zip(labels, many, strict=True) if kept], numbers, strict=True)
    )


def _panel(rows: Sequence[Row]) -> tuple[list[str], FloatArray, list[str]]:
    """Figures of areas by period, and the labels of both; NaN where there is none."""
    codes = sorted({row.area_code for row in rows})
    labels = list(dict.fromkeys(row.period for row in rows))
    at, when = ({name: n for n, name in enumerate(names)} for names in (codes, labels))
    panel = np.full((len(codes), len(labels)), np.nan)
    for row in rows:
        if row.has_value:
            panel[at[row.area_code], when[row.period]] = row.value
    return labels, panel, codes


def _stretch(label: str, breaks: Mapping[str, int], before: int) -> int:
    return breaks.get(label, max(before, 0))


def _of_neighbourhoods(asked: Asked, key: str, breaks: Mapping[str, int]) -> Cut:
    dimension = Dimension.parse(key)
    rows = [row for row in asked.of(PLACE) if row.dimension == key]
    periods: dict[str, list[Row]] = {}
    for row in rows:
        periods.setdefault(row.period, []).append(row)
    of_country = dimension.is_national and asked.place.area_type == "country"
    is_even = of_country and not any(row.denominator > 0 for row in rows)
    slices: list[Slice] = []
    for label, own in periods.items():
        if not any(row.has_value for row in own):
            continue
        before = slices[-1].stretch if slices else 0
        stretch = _stretch(label, breaks, before)
        slices.append(_published_slice(asked, own, dimension.groups, stretch, is_even=is_even))
    whose = {
        "local": f"{asked.place.name}'s own neighbourhoods",
        "national": f"{asked.place.name}'s neighbourhoods",
        "area": f"{asked.place.name}'s authorities",
    }[dimension.whose]
    return Cut(key, dimension.part, whose, tuple(slices), rows[0].months / 12, is_even)


def _published_slice(
    asked: Asked, rows: Sequence[Row], groups: int, stretch: int, *, is_even: bool
) -> Slice:
    whole = [row for row in rows if row.has_value]
    value = np.array([row.value for row in rows])
    people = np.array([1.0 if is_even else row.denominator for row in rows])
    why_not = ""
    if len(rows) < groups or len(whole) < len(rows):
        why_not = "not every group has a published figure"
    elif not (people > 0).all():
        why_not = "the number of people in each group is not published"
    limits = [np.array([getattr(row, end) for row in rows]) for end in ("lower_ci", "upper_ci")]
    known = np.isfinite(limits).all() and (limits[1] > limits[0]).all()
    facts = [published(row, asked.indicator.decimals) if row.has_value else None for row in rows]
    first = rows[0]
    return Slice(
        first.period,
        first.period_start,
        first.period_end,
        stretch,
        _points([row.subgroup for row in rows], [row.status for row in rows], people, facts),
        value,
        people,
        implied_se(*limits) if known else None,
        why_not,
    )


def _points(
    labels: Sequence[str],
    statuses: Sequence[str],
    people: FloatArray,
    facts: Sequence[Fact | None],
) -> tuple[GroupPoint, ...]:
    weights = people if (people > 0).all() else np.ones(len(people))
    share = weights / weights.sum()
    end = np.cumsum(share)
    return tuple(
        GroupPoint(order, label, status, left, right, None, fact)
        for order, (label, status, left, right, fact) in enumerate(
            zip(labels, statuses, (end - share).tolist(), end.tolist(), facts, strict=True), 1
        )
    )


@dataclass(frozen=True)
class _Members:
    """Which areas are in which group, the most deprived group first."""

    labels: tuple[str, ...]
    member: NDArray[np.bool_]
    codes: tuple[str, ...]
    method: str
    source: str


def _of_areas(asked: Asked, key: str, breaks: Mapping[str, int]) -> Cut | None:
    index = key.partition(":")[2]
    scores = asked.pack.shared(area_deprivation)[index]
    rows = [row for row in asked.of(PEER) if not np.isnan(scores.get(row.area_code, np.nan))]
    labels, panel, codes = _panel(rows)
    kept, whole = _balanced(panel)
    if whole.sum() < FEWEST_GROUPS:
        return None
    used = [code for code, is_used in zip(codes, whole, strict=True) if is_used]
    names = {row.area_code: row.area_name for row in rows}
    members = _members(asked, index, used, np.array([scores[code] for code in used]), names)
    by_place = {(row.area_code, row.period): row for row in rows if row.has_value}
    in_kept = [label for label, is_kept in zip(labels, kept, strict=True) if is_kept]
    people, is_even = _people(asked, used, by_place, in_kept)
    slices: list[Slice] = []
    for n, label in enumerate(in_kept):
        own = [by_place[code, label] for code in used]
        before = slices[-1].stretch if slices else 0
        stretch = _stretch(label, breaks, before)
        slices.append(_slice_of_areas(asked, key, own, people[n], members, stretch))
    many = len(members.labels)
    part = PARTS.get(many, "") if many < len(used) else "district"
    where = f"{asked.place.name}'s {LEVEL_WORDS[asked.level]}"
    count = Fact(
        id=fact_id("areas", asked.indicator.id, asked.place.code, key),
        value=float(len(used)),
        text=number(float(len(used)), 0),
        indicator_id=asked.indicator.id,
        area_code=asked.place.code,
        area_name=asked.place.name,
        method=f"{LEVEL_WORDS[asked.level]} with a figure in every period shown, and a score",
        source=index_source(index),
    )
    dropped = tuple(label for label, is_kept in zip(labels, kept, strict=True) if not is_kept)
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
        return _Members(labels, member, tuple(codes), "", index_source(index))
    part = assign_quantiles(scores, many, most_deprived="highest").astype(int)
    labels = tuple(group_label(order, many) for order in range(1, many + 1))
    member = np.stack([part == order for order in range(1, many + 1)])
    method = (
        f"mean of the figures of the {LEVEL_WORDS[asked.level]} in this {PARTS[many]} by {title}"
    )
    return _Members(labels, member, tuple(codes), method, index_source(index))


def _people(
    asked: Asked,
    codes: Sequence[str],
    rows: Mapping[tuple[str, str], Row],
    labels: Sequence[str],
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


def _slice_of_areas(
    asked: Asked,
    key: str,
    rows: Sequence[Row],
    people: FloatArray,
    members: _Members,
    stretch: int,
) -> Slice:
    first = rows[0]
    value = np.array([row.value for row in rows])
    limits = [np.array([getattr(row, end) for row in rows]) for end in ("lower_ci", "upper_ci")]
    known = bool(np.isfinite(limits).all() and (limits[1] > limits[0]).all())
    weight = members.member * people
    total = weight.sum(axis=1)
    of_groups = weight @ value / total
    se = np.sqrt(weight**2 @ implied_se(*limits) ** 2) / total if known else None
    facts = []
    for at, label in enumerate(members.labels):
        own = [row for row, inside in zip(rows, members.member[at], strict=True) if inside]
        if not members.method:
            facts.append(published(own[0], asked.indicator.decimals))
            continue
        half = None if se is None else 1.959964 * float(se[at])
        mean = float(of_groups[at])
        facts.append(
            Fact(
                id=fact_id(
                    "group",
                    asked.indicator.id,
                    asked.place.code,
                    asked.sex,
                    key,
                    label,
                    first.period,
                ),
                value=mean,
                text=with_unit(number(mean, asked.indicator.decimals), first.unit),
                decimals=asked.indicator.decimals,
                unit=first.unit,
                lower_ci=None if half is None else mean - half,
                upper_ci=None if half is None else mean + half,
                indicator_id=asked.indicator.id,
                area_code=asked.place.code,
                area_name=asked.place.name,
                period=first.period,
                sex=first.sex,
                age=first.age,
                subgroup=label,
                method=members.method,
                rows=tuple(row.row for row in own),
                source=first.source,
            )
        )
    return Slice(
        first.period,
        first.period_start,
        first.period_end,
        stretch,
        _points(members.labels, ["ok"] * len(facts), total, facts),
        of_groups,
        total,
        se,
    )
