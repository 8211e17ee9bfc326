"""What is said in answer to one question: the finding in one sentence."""

from collections.abc import Iterable, Mapping, Sequence

from ineqlib.facts.beside_similar import BesideSimilar
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.inside import GapOverTime, InsideGap
from ineqlib.narrative import area
from ineqlib.narrative.sentence import Period, Sentence, Strong, interval, sentence, size_of
from ineqlib.text import lower_first

BEST = 3
FROM_END = {"worst": "the worst first", "highest": "the highest first"}


def among_all(comparison: Comparison) -> Sentence:
    """One area's figure beside the country's, and its place among all areas of its tier."""
    standing = comparison.standing
    of_area = area.compared(comparison)
    if standing is None:
        return of_area
    return sentence(
        of_area,
        f" {comparison.facts['area'].area_name} is at place ",
        standing.rank,
        " of ",
        standing.among,
        f", {FROM_END[standing.counted_from]}.",
    )


def among_similar(
    name: str, series: str, own: Fact, better: Sequence[Fact], counts: tuple[Fact, Fact]
) -> Sentence:
    """How many of the areas most like one do better, the best first."""
    better_count, among = counts
    best = [
        sentence("; the best are " if place == 0 else ", ", f"{fact.area_name} ", fact)
        for place, fact in enumerate(better[:BEST])
    ]
    return sentence(
        Strong(series),
        ", ",
        Period(own.period),
        ": ",
        better_count,
        " of the ",
        among,
        f" areas most like {name} do better than its ",
        own,
        *best,
        ".",
    )


def extreme(first: Fact, what: str, among: Fact, where: str, how: str) -> Sentence:
    """Which of some areas comes first in a list."""
    return sentence(
        Strong(what),
        ", ",
        Period(first.period),
        ": of ",
        among,
        f" {where}, {first.area_name} has the {how}, ",
        first,
        interval(first),
        ".",
    )


def over_areas(low: Fact, high: Fact, what: str, among: Fact, where: str) -> Sentence:
    """From which to which figure some areas reach."""
    start = sentence(Strong(what), ", ", Period(low.period), ": over ", among, f" {where}, ")
    if low.text == high.text:
        return sentence(start, low, " in each.")
    return sentence(start, "from ", low, f" in {low.area_name} to ", high, f" in {high.area_name}.")


def gap_over_time(inside: Gradient | InsideGap, place: str, moved: GapOverTime) -> Sentence:
    """How the slope inside a place changed, and whether that is more than chance."""
    verdict = {
        "wider": "it has become wider",
        "narrower": "it has become narrower",
        "reversed": "it has turned round",
        "may be chance": "up to one area in twenty moves so far by chance, so it is no sure change",
        "no clear change": "no clear change",
        "cannot tell": "nothing says how sure a change is",
    }[moved.verdict]
    return sentence(
        Strong(f"Gap inside {place}"),
        f", {lower_first(inside.name)}: ",
        size_of(moved.before),
        " in ",
        Period(moved.before.period),
        ", ",
        size_of(moved.after),
        " in ",
        Period(moved.after.period),
        f"; {verdict} (change ",
        moved.change,
        interval(moved.change),
        ").",
    )


def largest_part(name: str, part: Fact, gap: Fact, who: str) -> Sentence:
    """What makes most of a gap in life expectancy."""
    start = sentence(Strong(f"Gap in life expectancy, {who}"), ", ", Period(gap.period), ": ")
    if gap.value <= 0:
        return sentence(start, "none at the most deprived end (", gap, ").")
    return sentence(start, part, " of ", gap, f" are from {name}.")


def narrowing(parts: Iterable[Fact]) -> str:
    """Say below a chart what bars to the left are; empty where there are none."""
    if all(part.value >= 0 for part in parts):
        return ""
    return "Grey bars to the left narrow the gap: fewer die there in the most deprived group."


def fastest(place: str, counts: Mapping[str, Fact], how: Sentence | None) -> Sentence:
    """How many figures of a place got worse and better, and which got worse fastest."""
    start = sentence(
        Strong(place),
        ": of ",
        counts["all"],
        " figures over time, ",
        counts["worse"],
        " clearly got worse and ",
        counts["better"],
        " better",
    )
    return sentence(start, ". Fastest for the worse: ", how) if how else sentence(start, ".")


def moved_beside_similar(place: str, series: str, moved: BesideSimilar) -> Sentence:
    """How far a place moved beyond those most like it, and how often others move as far."""
    side = "higher" if moved.effect.value > 0 else "lower"
    start = sentence(
        Strong(series),
        ": from the years up to ",
        Period(moved.periods[moved.before - 1]),
        " to those up to ",
        Period(moved.periods[-1]),
        f", {place} ",
        _way(moved.moved),
        ", the areas most like it ",
        _way(moved.similar_moved),
        "; it stands ",
        size_of(moved.effect),
        f" {side} than if it had moved as they did",
    )
    if moved.placebo is None:
        return sentence(start, ".")
    return sentence(
        start,
        ". ",
        moved.placebo,
        " of ",
        moved.tested,
        " areas moved at least as far from theirs.",
    )


def _way(moved: Fact) -> Sentence:
    return sentence("rose by " if moved.value > 0 else "fell by ", size_of(moved))


def shared_out(first: Fact, flat: Fact, by_need: Fact, total: Fact) -> Sentence:
    """Who gains most where money follows need."""
    return sentence(
        Strong("Flat or by need"),
        ": of ",
        total,
        f", {first.area_name} has ",
        flat,
        " at the same amount a head and ",
        by_need,
        " by need, which is the largest gain.",
    )
