"""The gap inside each of many areas, as each one's briefing tells it."""

from collections.abc import Iterable, Iterator, Sequence

from ineqlib.catalogue import Indicator
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.gradients import gradient_of, newest_groups
from ineqlib.facts.rows import Row, known_totals
from ineqlib.facts.series import by_indicator, one_definition
from ineqlib.observations import Dimension

INDEX = "_inequality"
"""Ends the id of the published slope index of an indicator."""


def gaps_of_areas(
    indicator: Indicator, index: Indicator | None, rows: Sequence[Row]
) -> Iterator[Fact]:
    """Yield one gap for each area and sex that has one: the newest, of two of one period the index.

    `index` is the published slope index, None where the pack has none.
    """
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        parts.setdefault((row.area_code, row.sex), []).append(row)
    for own in parts.values():
        of = by_indicator(own)
        slope = _published(index, of.get(index.id, [])) if index else None
        groups = [
            row
            for row in of.get(indicator.id, [])
            if row.dimension and Dimension.parse(row.dimension).is_local
        ]
        newest = newest_groups(one_definition(groups, indicator)) if groups else []
        if slope and (not newest or slope.period_end >= newest[0].period_end):
            yield published(slope, index.decimals if index else 0)
        elif newest:
            gap = gradient_of(indicator, newest).sii
            if gap is not None:
                yield gap


def _published(index: Indicator, rows: Iterable[Row]) -> Row | None:
    whole = known_totals(rows)
    if not whole:
        return None
    return max(one_definition(whole, index), key=lambda row: row.period_end)
