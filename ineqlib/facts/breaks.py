"""Where a series breaks: publishers say so in a note, and nothing is told across it."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise

from ineqlib.facts.rows import Row

_EARLIER = "earlier|previous|prior|preceding|before|past"
_CHANGED = "chang(?:e|es|ed|ing)|new|revised"
_WHAT = "definitions?|method(?:s|ology|ologies)?|questions?"
_SAYS_SO = re.compile(
    rf"\bbreaks? in (?:\w+ ){{0,3}}(?:series|trends?)\b|\b(?:series|trend) breaks?\b|\bdiscontinuit"
    rf"|\bnot (?:\w+ )?comparable (?:with|to) (?:\w+ ){{0,4}}?(?:{_EARLIER})\b"
    rf"|\b(?:{_CHANGED}) (?:\w+ ){{0,2}}?(?:{_WHAT})\b"
    rf"|\b(?:{_WHAT}) (?:\w+ ){{0,2}}?(?:{_CHANGED})\b",
    re.IGNORECASE,
)
_ALL_MADE_AGAIN = re.compile(
    r"recalculated|back ?cast|back ?series|restated|rebased|revised back"
    r"|\bfor all (?:\w+ )?(?:years|periods)\b|\ball years (?:were|are|have been)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@cache
def tells_a_break(note: str) -> bool:
    """Tell whether a publisher's note says that a figure does not go on with those before it.

    Examples
    --------
    >>> tells_a_break("Break in series: not comparable with earlier years")
    True
    >>> tells_a_break("Not comparable with other areas")
    False
    """
    return bool(_SAYS_SO.search(note)) and not _ALL_MADE_AGAIN.search(note)


def breaks_in(rows: Iterable[Row]) -> frozenset[datetime]:
    """Return when the first periods after a break begin, by the notes of any place's figures.

    The rows are those of one series in several places, oldest first.
    """
    by_role: dict[str, list[Row]] = {}
    for row in rows:
        by_role.setdefault(row.role, []).append(row)
    return frozenset(
        row.period_start
        for own in by_role.values()
        for before, row in pairwise(own)
        if row.note and tells_a_break(row.note) and _is_between(before, row)
    )


def unbroken_around(rows: Sequence[Row], day: datetime = datetime.max) -> list[Row]:
    """Keep one place's rows of the unbroken stretch in which a day lies; the last by default."""
    broken = sorted(breaks_in(rows))
    since = max((start for start in broken if start <= day), default=datetime.min)
    until = min((start for start in broken if start > day), default=datetime.max)
    return [row for row in rows if since <= row.period_start < until]


def _is_between(before: Row, row: Row) -> bool:
    """Tell whether the break that a row's note tells of lies between it and the row before.

    A note may stand at the first figure, at all since the break, or at every figure of the series:
    then it names the year.
    """
    if not (before.note and tells_a_break(before.note)):
        return True
    years = map(int, _YEAR.findall(row.note))
    return any(before.period_start.year < year <= row.period_start.year for year in years)
