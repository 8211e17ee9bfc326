"""Groups by deprivation in each period: the place's neighbourhoods as published, and its areas.

Each way to cut, and each index of deprivation, is a series of its own: none is joined to another.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import compress

import numpy as np

from ineqlib.briefings.indicator_gradient.asked import AREAS, PLACE, Asked
from ineqlib.briefings.indicator_gradient.authorities import cut_of_areas, panel_of
from ineqlib.briefings.indicator_gradient.cut import Cut, Slice, stretches_of
from ineqlib.catalogue.indices import deprivation_index
from ineqlib.facts.fact import published
from ineqlib.facts.gradients import group_points, published_se
from ineqlib.facts.rows import Row
from ineqlib.measures.segments import segments
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import possessive
from ineqlib.observations import Dimension

FEWEST_FOR_BREAKS = 12
NEARLY_NEW = timedelta(days=800)
"""By how much groups of neighbourhoods may be older than those of areas, and still come first."""


def cuts_of(asked: Asked) -> tuple[Cut, ...]:
    """Return the cuts that are asked for: those with the newest figures first."""
    breaks = _breaks(asked)
    chosen = _finest(asked.dimensions)
    cuts = [
        cut_of_areas(asked, key, breaks)
        if key.startswith(f"{AREAS}:")
        else _of_neighbourhoods(asked, key, breaks)
        for key in chosen
    ]
    return _in_order([cut for cut in cuts if cut is not None and cut.slices])


def _in_order(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """Put the cuts whose figures are new first; of those, the ones of neighbourhoods.

    Whole districts hold rich and poor, so that a gap between them is smaller than that between
    neighbourhoods.
    """
    newest = {
        cut.key: max((own.end for own in cut.slices if not own.why_not), default=datetime.min)
        for cut in cuts
    }
    latest = max(newest.values(), default=datetime.min)

    def rank(cut: Cut) -> tuple[bool, bool, datetime, int]:
        is_new = latest - newest[cut.key] <= NEARLY_NEW
        year = deprivation_index(cut.index).year
        return is_new, not cut.is_of_areas, newest[cut.key], year

    return tuple(sorted(cuts, key=rank, reverse=True))


def _finest(keys: Sequence[str]) -> list[str]:
    """Leave out fifths where the same neighbourhoods are cut into tenths by the same index."""
    known = set(keys)
    return [key for key in keys if key.replace("quintile", "decile") not in known - {key}]


def _breaks(asked: Asked) -> dict[str, int]:
    """Number the unbroken stretches of the indicator by what all areas do at once: by period."""
    labels, panel, _ = panel_of(asked.everywhere)
    many = np.isfinite(panel).sum(axis=0) >= FEWEST_FOR_BREAKS
    if not many.any():
        return {}
    numbers = segments(panel[:, many]).tolist()
    return dict(zip(compress(labels, many), numbers, strict=True))


def _of_neighbourhoods(asked: Asked, key: str, breaks: Mapping[str, int]) -> Cut:
    dimension = Dimension.parse(key)
    rows = [row for row in asked.of(PLACE) if row.dimension == key]
    periods: dict[str, list[Row]] = {}
    for row in rows:
        periods.setdefault(row.period, []).append(row)
    of_country = dimension.is_national and asked.place.area_type == "country"
    is_even = of_country and not any(row.denominator > 0 for row in rows)
    known = {label: own for label, own in periods.items() if any(row.has_value for row in own)}
    slices = [
        _published_slice(asked, own, dimension.groups, stretch, is_even=is_even)
        for own, stretch in zip(known.values(), stretches_of(known, breaks), strict=True)
    ]
    place = possessive(place_inside(asked.place.name))
    whose = {
        "local": f"{place} own neighbourhoods",
        "national": f"{place} neighbourhoods",
        "area": f"{place} authorities",
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
    facts = [published(row, asked.indicator.decimals) if row.has_value else None for row in rows]
    first = rows[0]
    return Slice(
        first.period,
        first.period_start,
        first.period_end,
        stretch,
        group_points([row.subgroup for row in rows], [row.status for row in rows], people, facts),
        value,
        people,
        published_se(rows),
        why_not,
    )
