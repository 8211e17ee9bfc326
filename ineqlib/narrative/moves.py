"""How a figure moved, for a reader: from what to what, and the country beside it."""

from collections.abc import Iterator, Sequence
from functools import partial

from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.series import Series, TrendPoint
from ineqlib.narrative.directions import as_prices_do, turned_back
from ineqlib.narrative.levels import bare, figure_clause, once
from ineqlib.narrative.reader import Reader
from ineqlib.narrative.sentence import Period, Sentence, Strong, at, dated, sentence
from ineqlib.text import when


def changed(comparison: Comparison, change: Change, reader: Reader) -> Sentence:
    """How a figure moved: from what to what, over how long, and the country beside it."""
    here = (change.first, change.last)
    decimals = _decimals(change, reader)
    last = reader.number(change.last, decimals)
    first = reader.number(change.first, decimals, once(change.first))
    dates = [dated(fact.period) for fact in here]
    judged = {True: ", which is better", False: ", which is worse", None: ""}[change.better]
    verdict = judged or as_prices_do(change)
    match change.direction:
        case "rising" | "falling":
            way = "up" if change.direction == "rising" else "down"
            moved = sentence(f"{way} from ", first, dates[0], " to ", last, dates[1], verdict)
        case unclear:
            moved = sentence(first, dates[0], ", ", last, dates[1], f": {unclear}")
    return sentence(
        Strong(comparison.series.name),
        ": ",
        moved,
        turned_back(change, partial(reader.number, decimals=decimals)),
        _country_moved(change, reader, decimals),
        ".",
    )


def _decimals(change: Change, reader: Reader) -> int | None:
    """Return with how many decimals the figures of a change are told beside each other."""
    country = change.country_first, change.country_last
    return reader.decimals(change.first, change.last, *country, change.turning_point)


def _country_moved(change: Change, reader: Reader, decimals: int | None) -> Sentence:
    first, last = change.country_first, change.country_last
    if first is None or last is None:
        return sentence()
    before, after = (reader.number(fact, decimals, once(fact)) for fact in (first, last))
    if before.text == after.text:
        return sentence(f"; {first.area_name} at ", after, " both times")
    return sentence(f"; {first.area_name} from ", before, " to ", after)


def changed_clause(comparison: Comparison, change: Change, reader: Reader) -> Sentence:
    """A change as a clause, to stand after the name of the area."""
    decimals = reader.decimals(change.first, change.last)
    own = figure_clause(comparison, change.last, reader, decimals)
    move = "up" if change.last.value > change.first.value else "down"
    before = bare(reader, change.first, decimals)
    return sentence(own, f", {move} from ", before, " ", at(change.first.period))


def beyond_the_message(change: Change, reader: Reader) -> Sentence:
    """What `changed_clause` leaves out: until when, whether for the better, and the country."""
    decimals = _decimals(change, reader)
    judged = {True: "for the better", False: "for the worse", None: "neither good nor bad"}
    return sentence(
        "The newest figure is of ",
        Period(change.last.period),
        f"; the change is {judged[change.better]}",
        turned_back(change, partial(reader.number, decimals=decimals)),
        _country_moved(change, reader, decimals),
        ".",
    )


def by_place(points: Sequence[TrendPoint], told_since: str = "") -> Iterator[str]:
    """Yield a plain sentence on each place of a chart over time: its first and its last figure.

    Where the series breaks, its first since then. `told_since` is the period from which the title
    tells what changed, where lines begin earlier: both are said, for the one may have gone up and
    the other down.
    """
    newest = max((point.stretch for point in points), default=0)
    known = [
        (point.place, point.period, point.fact)
        for point in points
        if point.fact and point.stretch == newest
    ]
    for place in dict.fromkeys(place for place, _, _ in known):
        own = [(fact, period) for name, period, fact in known if name == place]
        first, last = own[0], own[-1]
        start = next((part for part in own[1:-1] if part[1] == told_since), None)
        if start is None:
            yield f"{place}: {_from_to(first, last)}."
        else:
            yield f"{place}: {first[0].text} {when(first[1])}; {_from_to(start, last)}."


def where_it_breaks(series: Series) -> str:
    """Say where a series last breaks; nothing where it does not."""
    if not series.breaks:
        return ""
    since = next(row.period for row in series.rows if row.period_start == max(series.breaks))
    return f"The series breaks with {since}, says its publisher: compare no figure across that."


def _from_to(start: tuple[Fact, str], end: tuple[Fact, str]) -> str:
    (first, since), (last, until) = start, end
    if first is last:
        return f"{last.text} {when(until)}"
    if first.text == last.text:
        return f"{last.text} {when(since)} and {when(until)}"
    moved = "up" if last.value > first.value else "down"
    before = first.text if once(first) is None else first.number
    return f"{moved} from {before} {when(since)} to {last.text} {when(until)}"
