"""The gap between an area's own neighbourhoods, for a reader: dated, with its doubt."""

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
    in_brackets,
    interval,
    number_of,
    possessive,
    sentence,
    size_of,
)
from ineqlib.text import number

ONE_OF_100 = 0.5
"""Below it a rounded share would be none."""
FEWEST_NEIGHBOURHOODS = 5
"""Of fewer, no share and no map says anything."""
GREW = {"wider": "grown", "narrower": "narrowed", "reversed": "turned round"}
"""Which way a gap went -> what it has done."""


def gap(inside: InsideGap, reader: Reader) -> Sentence:
    """The gap inside the area: one, dated, with its method in words."""
    start = sentence(Strong(inside.name), ", ", Period(inside.period), ": ")
    # Two groups apart say little where a line through all of them could be flat.
    ends = _ends(inside, reader) if inside.is_clear else sentence()
    if reader.is_plain and inside.indicator.told_as and not inside.indicator.is_share:
        return sentence(capitalised(gap_clause(inside, reader)), ".")
    if reader.is_plain:
        return sentence(start, ends or gap_clause(inside, reader), ".")
    line = sentence(
        "from end to end, by a straight line, about " if ends else "about ",
        size_of(inside.gap),
        interval(inside.gap, turned=True),
        "" if ends else " between the most and the least deprived end",
        "" if inside.gap.limits else " (published without an interval)",
    )
    if not inside.is_clear:
        return sentence(start, "no clear gap; ", line, ", which could be chance.")
    return sentence(start, (ends, "; ") if ends else (), line, ".")


def gap_and_change(inside: InsideGap, reader: Reader) -> Sentence:
    """The gap inside the area, and whether it moved where it did, or may have."""
    over = inside.over_time
    is_told = over is not None and (
        over.verdict in GREW or (over.verdict == "may be chance" and inside.is_clear)
    )
    if over is None or not is_told:
        return gap(inside, reader)
    return sentence(gap(inside, reader), " ", change_of_gap(over, reader))


def change_of_gap(over: GapOverTime, reader: Reader) -> Sentence:
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
        return sentence(at_beginning(over.before.period), " it was ", before, f": {chance}")
    if over.verdict == "no clear change":
        start = sentence("It shows no clear change since ")
    elif over.verdict in GREW:
        start = sentence(f"It has {GREW[over.verdict]} since ")
    else:
        return sentence()
    limits = sentence() if reader.is_plain else interval(over.before, turned=True)
    return sentence(start, Period(over.before.period), ", when it was ", before, limits, ".")


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


def gap_clause(inside: InsideGap, reader: Reader) -> Sentence:
    """The gap as a clause with a verb, to stand after the name of the area."""
    indicator, decimals = inside.indicator, reader.decimals_of_gap(inside.gap)
    when = in_brackets(inside.period) if reader.is_plain else sentence()
    if inside.comparison and inside.gap.value > 0:
        longer = clause(reader, indicator, inside.gap, decimals)
        if longer:
            return sentence(longer, when)
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
    return sentence("the figure for “", name, "” is about ", size, f" {side}{rest}")


def few_neighbourhoods(spread: Spread, place: str) -> Sentence:
    """Say that an area's neighbourhoods are too few to compare; nothing where they are enough."""
    known = number_of(spread.neighbourhoods)
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
    most, least = map(_share, (spread.most, spread.least))
    start = sentence("Of the ", number_of(spread.neighbourhoods), " neighbourhoods here, ")
    return sentence(start, most, f" are{ends}", least, rest)


def _of_100(share: Fact) -> Number:
    few = share.value < ONE_OF_100
    return Number("not one" if few else number(share.value, 0), float(share.value), share.id)


def _share(share: Fact) -> Number:
    return Number("none" if share.value == 0 else share.text, float(share.value), share.id)


def spread_in_brief(spread: Spread) -> Sentence:
    """How many live at either end of the country's range of deprivation."""
    verb = "people live" if spread.unit == "people" else "neighbourhoods are"
    return sentence(
        number_of(spread.most),
        f" of {verb} in the country's most deprived fifth of neighbourhoods and ",
        number_of(spread.least),
        " in its least deprived fifth",
    )
