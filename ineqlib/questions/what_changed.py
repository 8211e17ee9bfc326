"""What got better and worse in one area, and how fast beside how far areas lie apart."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ineqlib.charts.figure import Labels
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.errors import ParameterError
from ineqlib.facts.area import Trend
from ineqlib.facts.attribution import short_source
from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison, compare_newest, count_of, recent
from ineqlib.facts.fact import Fact, derived
from ineqlib.facts.profile import Profile
from ineqlib.facts.recent import recent_trend_of
from ineqlib.facts.series import Series, series_shown
from ineqlib.narrative.answers import fastest
from ineqlib.narrative.moves import changed
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.narrative.rules import changes_told, speaking_figures
from ineqlib.pack import Pack
from ineqlib.questions.answer import Answer, code_of, facts_in, opened
from ineqlib.questions.names import place_of
from ineqlib.questions.reading import profile_of
from ineqlib.text import plural, slug

SIDES = {True: "better", False: "worse", None: ""}
SHOWN = 30
"""Changes that the figure shows; the frame has all."""


class _Moved(NamedTuple):
    """One figure over time; no `pace` where areas are too few to say how far apart they lie."""

    comparison: Comparison
    change: Change
    pace: Fact | None

    @property
    def speed(self) -> float:
        """Change a year in spreads, above zero for the worse; the size alone without a side."""
        if self.pace is None:
            return 0.0
        return self.pace.value


def what_changed(pack: Pack | str | Path, area: str, *, since: str | int | None = None) -> Answer:
    """List what got worse and better in an area, the fastest worsening first.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name.
    since
        Only periods that begin in this year or later; None for the ten years a briefing looks at.

    Returns
    -------
    Answer
        A row of `frame` is one figure: `direction` and `verdict` as in a briefing; `pace` is the
        change a year in spreads of the areas of the tier, above zero for the worse; `is_finding`
        tells whether a briefing names it: it stands among all changes and is more than the
        country's. `recent_trend` is the published rule, and where it cannot say, `would_help` says
        what data would let it.

    Raises
    ------
    UnknownArea, ParameterError
        A name the pack does not have, or no figure of the area is known for two periods.

    Examples
    --------
    >>> import ineqlib as iq
    >>> answer = iq.what_changed("demo", "Ambersea")
    >>> set(answer.frame["verdict"]) <= {"worse", "better", ""}
    True
    """
    pack = opened(pack)
    place = place_of(pack, area)
    profile = profile_of(pack, place.code)
    shown = series_shown(profile)
    if since is not None:
        shown = [part for one in shown if (part := _since(one, int(since))).rows]
    moved = _moved(profile, shown)
    if not moved:
        raise ParameterError(
            f"No figure of {place.name} ({place.code}) is known for two periods"
            f"{f' since {since}' if since is not None else ''} in the pack '{pack.title}'."
        )
    sides = [SIDES[one.change.better] for one in moved]
    counts = {
        name: count_of(profile, f"changed {name} since {since or 'ten years'}", number, "figures")
        for name, number in (
            ("all", len(moved)),
            ("worse", sides.count("worse")),
            ("better", sides.count("better")),
        )
    }
    worst = next((one for one in moved if one.change.better is False), None)
    how = changed(worst.comparison, worst.change, AUDIENCES["director"]) if worst else None
    words = fastest(place.name, counts, how)
    drawn = [one for one in moved if one.change.better is not None and one.pace] or [
        one for one in moved if one.pace
    ]
    sources = {row.source for one in moved for row in one.comparison.series.of("area")}
    labels = Labels(
        id=slug(f"changed-{place.code}-{since or ''}"),
        title=words.text.removesuffix("."),
        subtitle=(
            "Change a year in spreads of all areas (a robust standard deviation), clear changes "
            "alone; above zero is for the worse"
        ),
        alt=f"Chart of how fast figures of {place.name} changed. {words.text}",
        source=short_source(pack, sources),
    )
    names = {id(one): one.comparison.series.name for one in drawn}
    marks = [Ranked(one.pace, name=names[id(one)]) for one in drawn[:SHOWN] if one.pace]
    frame = _frame(moved, _findings([one.comparison for one in moved]))
    return Answer(
        ranking(marks, labels),
        frame,
        facts_in([(one.change, one.pace) for one in moved], counts),
        words,
        code_of(pack, what_changed, place.code, since=since),
        _notes(frame, shown, moved),
        pack,
    )


def _since(series: Series, year: int) -> Series:
    return replace(series, rows=tuple(r for r in series.rows if r.period_start.year >= year))


def _moved(profile: Profile, shown: Sequence[Series]) -> list[_Moved]:
    moved = [
        _Moved(comparison, comparison.change, _pace(comparison, comparison.change))
        for comparison in compare_newest(profile, shown)
        if comparison.change is not None
    ]
    order = {False: 0, None: 1, True: 2}
    moved.sort(key=lambda one: (order[one.change.better], -one.speed))
    return moved


def _pace(comparison: Comparison, change: Change) -> Fact | None:
    seen = comparison.evidence
    if seen is None or not seen.spread or not change.years.value:
        return None
    sign = -1 if comparison.indicator.polarity == "favourable" else 1
    value = sign * change.difference.value / change.years.value / seen.spread
    return derived(
        change.last,
        f"pace-since-{change.first.period}",
        value,
        decimals=2,
        unit="",
        rows=change.difference.rows,
        method="change a year over the spread of all areas, above zero for the worse",
    )


def _findings(comparisons: Sequence[Comparison]) -> set[int]:
    """Return the ids of those whose change a briefing tells (docs/decisions/0021)."""
    trends = {id(one): Trend(one, ()) for one in comparisons}
    told = changes_told(speaking_figures(recent(comparisons)), trends)
    return {id(finding.comparison) for finding in told}


def _frame(moved: Sequence[_Moved], findings: set[int]) -> pd.DataFrame:
    rows = []
    for one in moved:
        series, change = one.comparison.series, one.change
        recent = recent_trend_of(series)
        rows.append(
            {
                "indicator_id": series.indicator.id,
                "name": series.name,
                "sex": series.sex,
                "first_period": change.first.period,
                "last_period": change.last.period,
                "first": change.first.value,
                "last": change.last.value,
                "difference": change.difference.value,
                "years": change.years.value,
                "unit": series.indicator.unit,
                "direction": change.direction,
                "verdict": SIDES[change.better],
                "is_finding": id(one.comparison) in findings,
                "pace": one.pace.value if one.pace else float("nan"),
                "p": change.p,
                "p_beyond_country": change.beyond_p,
                "basis": change.basis,
                "recent_trend": recent.direction,
                "cannot_because": recent.reason,
                "would_help": recent.would_help,
            }
        )
    return pd.DataFrame(rows)


def _notes(
    frame: pd.DataFrame, shown: Sequence[Series], moved: Sequence[_Moved]
) -> tuple[str, ...]:
    notes = []
    single = sum(bool(one.of("area")) for one in shown) - len(moved)
    if single > 0:
        notes.append(f"{plural(single, 'figure')} are known for one period alone.")
    early = int((frame["direction"] == "too early to say").sum())
    if early:
        notes.append(f"Of {plural(early, 'figure')} it is too early to say: see `p` and `basis`.")
    helps = frame.loc[frame["would_help"] != "", "would_help"].value_counts()
    for words, count in helps.items():
        notes.append(
            f"The published rule for a recent trend cannot say for {plural(int(count), 'figure')}; "
            f"what would help: {words}."
        )
    return tuple(notes)
