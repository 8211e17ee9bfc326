"""The gap between an area's own neighbourhoods, for a reader: dated, with its doubt."""

from collections.abc import Iterator, Sequence

from ineqlib.facts.comparisons import SLOPE
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.fact import Fact
from ineqlib.facts.inside import GapOverTime, InsideGap, way_of
from ineqlib.narrative.reader import Reader, clause, more_of, name_inside
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    at_beginning,
    capitalised,
    in_a_row,
    in_brackets,
    interval,
    limits_of,
    possessive,
    sentence,
    share_of,
    size_of,
)
from ineqlib.text import number

ONE_OF_100 = 0.5
"""Below it a rounded share would be none."""
FEWEST_NEIGHBOURHOODS = 5
"""Of fewer, no share and no map says anything."""
WITHOUT_INTERVAL = "published without an interval"
OF_GROUPS_WITHOUT = "no interval, for not every group has one"
WHOSE = {"Male": "men", "Female": "women"}
GREW = {"wider": "grown", "narrower": "narrowed", "reversed": "turned round"}
"""Which way a gap went -> what it has done."""


def gap(inside: InsideGap, reader: Reader) -> Sentence:
    """The gap inside the area: one, dated, with its method in words."""
    start = sentence(Strong(inside.name), ", ", Period(inside.period), ": ")
    # Two groups apart say little where a line through all of them could be flat.
    ends = _ends(inside, reader) if inside.is_clear else sentence()
    if reader.is_plain and inside.indicator.told_as and not inside.indicator.is_share:
        return sentence(capitalised(gap_clause([inside], reader)), ".")
    if reader.is_plain:
        return sentence(start, ends or gap_clause([inside], reader), ".")
    line = sentence(
        "from end to end, by a straight line, about " if ends else "about ",
        size_of(inside.gap),
        _sure(inside),
        # The name of a published gap says from where to where it goes.
        "" if ends or _names_its_ends(inside) else " between the most and the least deprived end",
    )
    if not inside.is_clear and inside.comparison is None and not inside.gap.limits:
        # Nothing says how sure a slope through groups without intervals is, nor that it is not.
        return sentence(start, line, "; whether it is more than chance cannot be told.")
    if not inside.is_clear:
        return sentence(start, "no clear gap; ", line, ", which could be chance.")
    return sentence(start, (ends, "; ") if ends else (), line, ".")


def _names_its_ends(inside: InsideGap) -> bool:
    return inside.indicator.value_type == SLOPE


def gaps_and_changes(gaps: Sequence[InsideGap], reader: Reader) -> list[Sentence]:
    """The gaps inside the area; those of men and of women in one sentence where they are alike."""
    if len(gaps) == 2 and _are_told_together(*gaps):
        first, second = gaps
        return [in_a_row([_both(first, second, reader), *_changes(gaps, reader)], " ")]
    return [gap_and_change(inside, reader) for inside in gaps]


def _are_told_together(first: InsideGap, second: InsideGap) -> bool:
    is_clear = first.is_clear and second.is_clear
    return first.is_like(second) and is_clear and min(first.gap.value, second.gap.value) > 0


def _both(first: InsideGap, second: InsideGap, reader: Reader) -> Sentence:
    """Two gaps of one kind and time in one sentence."""
    if reader.is_plain:
        return sentence(capitalised(gap_clause([first, second], reader)), ".")
    return sentence(
        Strong(first.indicator.public_name),
        ", ",
        Period(first.period),
        ": about ",
        size_of(first.gap),
        interval(first.gap, turned=True),
        f" for {WHOSE[first.sex]} and ",
        size_of(second.gap),
        interval(second.gap, turned=True),
        f" for {WHOSE[second.sex]}",
        "" if first.gap.limits else f" ({WITHOUT_INTERVAL})",
        ".",
    )


def _changes(gaps: Sequence[InsideGap], reader: Reader) -> Iterator[Sentence]:
    """Yield how each of several gaps moved, where it did or may have."""
    for inside in gaps:
        whose = f" for {WHOSE[inside.sex]}" if len(gaps) > 1 else ""
        if moved := _told_change(inside, reader, whose):
            yield moved


def gap_and_change(inside: InsideGap, reader: Reader) -> Sentence:
    """The gap inside the area, and whether it moved where it did, or may have."""
    moved = _told_change(inside, reader)
    return sentence(gap(inside, reader), " ", moved) if moved else gap(inside, reader)


def beyond_the_message(gaps: Sequence[InsideGap], reader: Reader) -> Sentence:
    """What `gap_clause` leaves out: between what, how sure, and whether it moved."""
    changes = list(_changes(gaps, reader))
    if reader.is_plain:
        return in_a_row(changes, " ")
    ends = _ends(gaps[0], reader) if len(gaps) == 1 else sentence()
    line = sentence(
        (ends, "; ") if ends else (),
        "the gap is measured" if len(gaps) == 1 else "both gaps are measured",
        " from end to end of a straight line through all neighbourhoods",
        _sure(gaps[0]) if len(gaps) == 1 else _sure_of_each(gaps),
    )
    return in_a_row([sentence(capitalised(line), "."), *changes], " ")


def _sure_of_each(gaps: Sequence[InsideGap]) -> Sentence:
    known = [inside for inside in gaps if inside.gap.limits]
    if not known:
        return _sure(gaps[0])
    limits = ((limits_of(inside.gap, turned=True), f" for {WHOSE[inside.sex]}") for inside in known)
    return sentence(" (", in_a_row(limits), ")")


def _sure(inside: InsideGap) -> Sentence:
    why = OF_GROUPS_WITHOUT if inside.comparison is None else WITHOUT_INTERVAL
    return interval(inside.gap, turned=True) or sentence(f" ({why})")


def _told_change(inside: InsideGap, reader: Reader, whose: str = "") -> Sentence:
    """How the gap moved, where it did or may have; else nothing."""
    over = inside.over_time
    is_told = over is not None and (
        over.verdict in GREW or (over.verdict == "may be chance" and inside.is_clear)
    )
    return change_of_gap(over, reader, whose) if over is not None and is_told else sentence()


def change_of_gap(over: GapOverTime, reader: Reader, whose: str = "") -> Sentence:
    """How the gap was before, and whether it moved since; nothing where nothing tells.

    A change that may be chance is told as that: left out, the largest of all would be missed, and
    called a change, up to one area in twenty would have one.
    """
    decimals = reader.decimals_of_gap(over.before)
    turned = way_of(over.before.value, over.after.value) == "reversed"
    before = sentence(reader.number(over.before, decimals), " the other way" if turned else "")
    if over.verdict == "may be chance":
        grew = GREW[way_of(over.before.value, over.after.value)]
        chance = f"it may have {grew}, or moved so far by chance, as up to one area in twenty does."
        if reader.is_plain:
            chance = f"it may have {grew}, or this may be chance."
        return sentence(at_beginning(over.before.period), " it was ", before, f"{whose}: {chance}")
    if over.verdict == "no clear change":
        start = sentence("It shows no clear change since ")
    elif over.verdict in GREW:
        start = sentence(f"It has {GREW[over.verdict]} since ")
    else:
        return sentence()
    limits = sentence() if reader.is_plain else interval(over.before, turned=True)
    since = Period(over.before.period)
    return sentence(start, since, f"{whose}, when it was ", before, limits, ".")


def _ends(inside: InsideGap, reader: Reader) -> Sentence:
    if inside.most is None or inside.least is None:
        return sentence()
    decimals = reader.decimals(inside.most, inside.least)
    part = inside.gradient.group_name if inside.gradient else "part"
    return sentence(
        "from ",
        reader.number(inside.most, decimals),
        f" in the most deprived {part} of neighbourhoods to ",
        reader.number(inside.least, decimals),
        " in the least deprived",
    )


def gap_clause(gaps: Sequence[InsideGap], reader: Reader) -> Sentence:
    """A gap as a clause with a verb, to stand after the name of the area; or that of either sex."""
    inside, *others = gaps
    indicator, decimals = inside.indicator, reader.decimals_of_gap(inside.gap)
    when = in_brackets(inside.period)
    if inside.comparison and inside.gap.value > 0:
        longer = clause(reader, indicator, inside.gap, decimals)
        if longer:
            return sentence(longer, *(_theirs(other, reader) for other in others), when)
    if indicator.is_life_expectancy and "{}" in indicator.told_as:
        more, less = ("least", "most") if inside.gap.value > 0 else ("most", "least")
        return sentence(
            more_of(reader, indicator, inside.gap, decimals),
            f" in the {more} deprived neighbourhoods than in the {less} deprived",
            when,
        )
    name = name_inside(inside.name)
    size = reader.number(inside.gap, decimals)
    side = "higher" if inside.gap.value < 0 else "lower"
    rest = " in the most deprived neighbourhoods than in the least deprived"
    return sentence("the figure for “", name, "” is about ", size, f" {side}{rest}", when)


def _theirs(other: InsideGap, reader: Reader) -> Sentence:
    size = reader.number(other.gap, reader.decimals_of_gap(other.gap))
    return sentence(f"; {WHOSE[other.sex]} about ", size)


def few_neighbourhoods(spread: Spread, place: str) -> Sentence:
    """Say that an area's neighbourhoods are too few to compare; nothing where they are enough."""
    known = spread.neighbourhoods
    if spread.neighbourhoods.value >= FEWEST_NEIGHBOURHOODS:
        return sentence()
    if spread.neighbourhoods.value == 1:
        start = sentence("There is ", known, f" neighbourhood in {place}")
        return sentence(start, ": nothing inside it can be compared.")
    start = sentence("There are ", known, f" neighbourhoods in {place}")
    return sentence(start, ", too few for figures to show a gap between them.")


def spread_in_plain(spread: Spread, country: str) -> Sentence:
    """How many live at either end of the country's range, for everybody.

    People are told as of every 100; an area has fewer neighbourhoods than that, so they are not.
    """
    ends = f" in the most deprived fifth of {possessive(country)} neighbourhoods and "
    rest = " in the least deprived fifth."
    if spread.unit == "people":
        most, least = map(_of_100, (spread.most, spread.least))
        verb = "live" if most.text[-1].isdigit() else "lives"
        return sentence("Of every 100 people here, ", most, f" {verb}{ends}", least, rest)
    most, least = map(share_of, spread.ends)
    start = sentence("Of the ", spread.neighbourhoods, " neighbourhoods here, ")
    verb = "is" if most.text == "1" else "are"
    return sentence(start, most, f" {verb}{ends}", least, rest)


def _of_100(share: Fact) -> Number:
    few = share.value < ONE_OF_100
    return Number("not one" if few else number(share.value, 0), float(share.value), share.id)


def spread_in_brief(spread: Spread) -> Sentence:
    """How many live at either end of the country's range of deprivation."""
    of_people = spread.unit == "people"
    verb = "people live" if of_people else "neighbourhoods are"
    return sentence(
        spread.most,
        f" of {verb} in the country's most deprived fifth{' of neighbourhoods' * of_people} and ",
        spread.least,
        " in its least deprived fifth",
    )
