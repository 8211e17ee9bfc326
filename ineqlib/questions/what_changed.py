"""What got better and worse in one area, and how fast beside how far areas lie apart."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ineqlib.charts.figure import Labels
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.errors import NoFigures
from ineqlib.facts.area import Trend
from ineqlib.facts.attribution import short_source
from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison, compare_newest, count_of, recent
from ineqlib.facts.fact import Fact, derived
from ineqlib.facts.profile import Profile
from ineqlib.facts.recent import recent_trend_of
from ineqlib.facts.series import Series, series_shown
from ineqlib.narrative.answers import fastest
from ineqlib.narrative.changes import change_findings
from ineqlib.narrative.moves import changed
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.narrative.rules import speaking_figures
from ineqlib.pack import Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import year_of
from ineqlib.questions.reading import profile_of
from ineqlib.text import plural, slug

NEUTRAL = "neutral"
"""Polarity of an indicator where neither high nor low is worse."""
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
        """Its pace; 0 where that cannot be told."""
        return self.pace.value if self.pace else 0.0


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
        A row of `frame` is one figure: `direction` and `verdict` as in a briefing; `turned` the
        period since which it has gone back, empty where it goes on; `pace` is the
        change a year in spreads of the areas of the tier: above zero for the worse, and the size
        alone where neither high nor low is worse; `is_finding` tells whether a briefing names it:
        it stands among all changes and is more than the country's. `recent_trend` is the published
        rule, and where it cannot say, `would_help` says what data would let it.

    Raises
    ------
    UnknownArea, ParameterError
        A name the pack does not have, a year that is none, or no figure of the area is known for
        two periods.

    Examples
    --------
    >>> import ineqlib as iq
    >>> answer = iq.what_changed("demo", "Ambersea")
    >>> set(answer.frame["verdict"]) <= {"worse", "better", ""}
    True
    """
    pack = open_pack(pack)
    place = pack.area(area)
    profile = profile_of(pack, place.code)
    shown = series_shown(profile)
    if since is not None:
        first_year = year_of(since, "since")
        shown = [part for series in shown if (part := _since(series, first_year)).rows]
    moved = _moved(profile, shown)
    if not moved:
        raise NoFigures(
            f"No figure of {place.name} ({place.code}) is known for two periods"
            f"{f' since {since}' if since is not None else ''} in the pack '{pack.title}'."
        )
    counts = _counts(profile, moved, since)
    worst = next((figure for figure in moved if figure.change.better is False), None)
    how = changed(worst.comparison, worst.change, AUDIENCES["director"]) if worst else None
    words = fastest(place.name, counts, how)
    paced = [figure for figure in moved if figure.pace]
    clear = [figure for figure in paced if figure.change.better is not None]
    drawn = (clear or paced)[:SHOWN]
    sources = {row.source for figure in moved for row in figure.comparison.series.of("area")}
    labels = Labels(
        id=slug(f"changed-{place.code}-{since or ''}"),
        title=words.text.removesuffix("."),
        subtitle=_subtitle(drawn, clear_alone=bool(clear)),
        alt=f"Chart of how fast figures of {place.name} changed. {words.text}",
        source=short_source(pack, sources),
    )
    marks = [
        Ranked(figure.pace, name=figure.comparison.series.name) for figure in drawn if figure.pace
    ]
    frame = _frame(moved, _findings([figure.comparison for figure in moved]))
    return Answer(
        ranking(marks, labels, heading="Indicator"),
        frame,
        facts_in([(figure.change, figure.pace) for figure in moved], counts),
        words,
        code_of(pack, what_changed, place.code, since=since),
        _notes(frame, shown, moved),
        pack,
    )


def _counts(profile: Profile, moved: Sequence[_Moved], since: str | int | None) -> dict[str, Fact]:
    """Count the figures that changed, and those that got worse and better."""
    sides = [SIDES[figure.change.better] for figure in moved]
    numbers = {name: sides.count(name) for name in ("worse", "better")}
    return {
        name: count_of(profile, f"changed {name} since {since or 'ten years'}", number, "figures")
        for name, number in {"all": len(moved), **numbers}.items()
    }


def _subtitle(drawn: Sequence[_Moved], *, clear_alone: bool) -> str:
    is_sided = all(figure.comparison.indicator.polarity != NEUTRAL for figure in drawn)
    sizes = "" if is_sided else "; the size alone where neither high nor low is worse"
    return (
        "Change a year in spreads of all areas (a robust standard deviation)"
        f"{', clear changes alone' if clear_alone else ''}; above zero is for the worse{sizes}"
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
    moved.sort(key=lambda figure: (order[figure.change.better], -figure.speed))
    return moved


def _pace(comparison: Comparison, change: Change) -> Fact | None:
    evidence = comparison.evidence
    if evidence is None or not evidence.spread or not change.years.value:
        return None
    value = change.difference.value / change.years.value / evidence.spread
    match comparison.indicator.polarity:
        case "favourable":
            value, sign = -value, "above zero for the worse"
        case "adverse":
            sign = "above zero for the worse"
        case _:
            value, sign = abs(value), "its size alone: neither high nor low is worse"
    return derived(
        change.last,
        f"pace-since-{change.first.period}",
        value,
        decimals=2,
        unit="",
        rows=change.difference.rows,
        method=f"change a year over the spread of all areas, {sign}",
    )


def _findings(comparisons: Sequence[Comparison]) -> set[int]:
    """Return the ids of those whose change a briefing tells (docs/decisions/0021)."""
    trends = {id(comparison): Trend(comparison, ()) for comparison in comparisons}
    findings = change_findings(speaking_figures(recent(comparisons)), trends)
    return {id(finding.comparison) for finding in findings}


def _frame(moved: Sequence[_Moved], findings: set[int]) -> pd.DataFrame:
    rows = []
    for figure in moved:
        series, change = figure.comparison.series, figure.change
        trend = recent_trend_of(series)
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
                "turned": change.turning_point.period if change.turning_point else "",
                "is_finding": id(figure.comparison) in findings,
                "pace": figure.pace.value if figure.pace else float("nan"),
                "p": change.p,
                "p_beyond_country": change.beyond_p,
                "basis": change.basis,
                "recent_trend": trend.direction,
                "cannot_because": trend.reason,
                "would_help": trend.would_help,
            }
        )
    return pd.DataFrame(rows)


def _unchanging(shown: Sequence[Series], moved: Sequence[_Moved]) -> list[str]:
    """Say how many figures have no change, and for each reason how many."""
    with_change = {id(figure.comparison.series) for figure in moved}
    known = [
        sum(row.has_value for row in series.of("area"))
        for series in shown
        if series.of("area") and id(series) not in with_change
    ]
    counts = {
        "known for no period: withheld or not available": known.count(0),
        "known for one period alone": known.count(1),
        "known for no two periods of the last ten years that share no year": sum(
            periods > 1 for periods in known
        ),
    }
    return [
        f"{plural(count, 'figure')} {'is' if count == 1 else 'are'} {why}."
        for why, count in counts.items()
        if count
    ]


def _notes(
    frame: pd.DataFrame, shown: Sequence[Series], moved: Sequence[_Moved]
) -> tuple[str, ...]:
    notes = _unchanging(shown, moved)
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
