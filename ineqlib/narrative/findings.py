"""What a finding says, for a reader: hedged by its interval, signed by its polarity, dated."""

import re

from ineqlib.facts.area import AreaFacts
from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.inside import InsideGap
from ineqlib.facts.standing import Standing
from ineqlib.narrative import area as words
from ineqlib.narrative.judgement import Finding, Judgement
from ineqlib.narrative.reader import Reader, clause, more_of, name_inside
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    at,
    interval,
    number_of,
    possessive,
    sentence,
    size_of,
)

NEAR_AN_END = 0.25
"""Readers who are told numbers plainly hear of a rank only within this share of the worst."""


def told(finding: Finding, reader: Reader) -> Sentence:
    """One finding as an item of a list."""
    match finding.kind:
        case "change" if finding.trend and finding.trend.change:
            return changed(finding.trend.comparison, finding.trend.change, reader)
        case "inside":
            return _inside(finding, reader)
        case _ if finding.comparison:
            change = finding.trend.change if finding.trend else None
            return level(finding.comparison, change, reader)
    return sentence()


def message(judgement: Judgement, facts: AreaFacts, reader: Reader) -> Sentence:
    """The one thing to remember: in this area, what; and why it matters."""
    name = facts.profile.area.name
    if not facts.comparisons and facts.spread is None:
        return sentence(f"The pack has no figures for {name}, so nothing can be said of it here.")
    if not judgement.leading:
        return sentence(f"In {name}: {name_inside(judgement.nothing)}")
    first = judgement.leading[0]
    return sentence(f"In {name}, ", _what(first, facts, reader), ". ", _why(first))


def level(comparison: Comparison, change: Change | None, reader: Reader) -> Sentence:
    """A newest figure beside the country's and the county's, with its rank and direction."""
    if reader.is_plain:
        return _plain_level(comparison, change, reader)
    area = comparison.facts["area"]
    return sentence(
        Strong(comparison.series.name),
        ": ",
        number_of(area),
        interval(area),
        " ",
        at(comparison.period),
        _beside(comparison),
        rank(comparison.standing, comparison, reader),
        _direction(change),
        ".",
    )


def _beside(comparison: Comparison) -> Sentence:
    """Where it stands against the country, hedged, and the county's figure."""
    country, county = comparison.facts.get("country"), comparison.facts.get("county")
    parts = [fact for fact in (country, county) if fact]
    if not parts:
        return sentence(", with no figure of the country for the same time")
    against = [sentence(number_of(fact), f" in {fact.area_name}") for fact in parts]
    listed = sentence(against[0], *((" and ", each) for each in against[1:]))
    if comparison.verdict == "similar" and country:
        theirs = sentence(f", similar to {possessive(country.area_name)} ", number_of(country))
        more = (f" ({county.area_name} ", number_of(county), ")") if county else ()
        return sentence(theirs, more)
    return sentence(", against ", listed)


def rank(standing: Standing | None, comparison: Comparison, reader: Reader) -> Sentence:
    """The place among the areas of its tier, by what the number does."""
    if standing is None or (reader.is_plain and standing.share > NEAR_AN_END):
        return sentence()
    low = comparison.indicator.polarity == "favourable"
    end = "lowest" if low else "highest"
    ranked = standing.rank
    if standing.share > 0.5:
        above = "from the lowest" if low else "from the highest"
        place = sentence("rank ", number_of(ranked), " of ", number_of(standing.among), f" {above}")
        return sentence(" (", place, ")")
    ordinal = Number(f"{ordinal_of(int(ranked.value))}", ranked.value, ranked.id)
    start = sentence("the ") if ranked.value == 1 else sentence("the ", ordinal, " ")
    return sentence(" (", start, f"{end} of ", number_of(standing.among), " areas)")


def ordinal_of(place: int) -> str:
    """Write a place in an order.

    Examples
    --------
    >>> [ordinal_of(place) for place in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    teen = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def _direction(change: Change | None) -> Sentence:
    if change is None:
        return sentence()
    since = Period(first_year(change.first.period))
    match change.direction:
        case "too early to say":
            return sentence("; too early to say which way it is going")
        case "no clear change":
            return sentence("; no clear change since ", since)
        case moving:
            way = {True: ", for the better", False: ", for the worse", None: ""}[change.better]
            return sentence(f"; {moving} since ", since, way)


def first_year(period: str) -> str:
    """Return the year a period begins in.

    Examples
    --------
    >>> first_year("2001 to 2003"), first_year("30 April 2025")
    ('2001', '2025')
    """
    year = re.search(r"\d{4}", period)
    return year[0] if year else period


def changed(comparison: Comparison, change: Change, reader: Reader) -> Sentence:
    """How a figure moved: from what to what, over how long, and the country beside it."""
    here = (change.first, change.last)
    decimals = reader.decimals(*here, change.country_first, change.country_last)
    first, last = (reader.number(fact, decimals) for fact in here)
    when = [sentence(" ", at(fact.period)) for fact in here]
    told_by = {True: ", which is better", False: ", which is worse", None: ""}[change.better]
    match change.direction:
        case "rising" | "falling":
            way = "up" if change.direction == "rising" else "down"
            moved = sentence(f"{way} from ", first, when[0], " to ", last, when[1], told_by)
        case unclear:
            moved = sentence(first, when[0], ", ", last, when[1], f": {unclear}")
    return sentence(
        Strong(comparison.series.name),
        ": ",
        moved,
        _country_moved(change, reader, decimals),
        ".",
    )


def _country_moved(change: Change, reader: Reader, decimals: int | None) -> Sentence:
    first, last = change.country_first, change.country_last
    if first is None or last is None:
        return sentence()
    before, after = reader.number(first, decimals), reader.number(last, decimals)
    return sentence(f"; {first.area_name} from ", before, " to ", after)


def _inside(finding: Finding, reader: Reader) -> Sentence:
    if finding.gap:
        return gap(finding.gap, reader)
    if finding.spread:
        return sentence(spread_in_brief(finding, finding.spread.most.area_name), ".")
    if finding.gradient:
        return words.gradient(finding.gradient)
    return sentence()


def spread_in_brief(finding: Finding, name: str) -> Sentence:
    """How many live at either end of the country's range of deprivation."""
    spread = finding.spread
    assert spread is not None  # what the finding tells
    verb = "people live" if spread.unit == "people" else "neighbourhoods are"
    return sentence(
        number_of(spread.most),
        f" of {verb} in the country's most deprived fifth of neighbourhoods and ",
        number_of(spread.least),
        " in its least deprived fifth",
    )


def gap(inside: InsideGap, reader: Reader) -> Sentence:
    """The gap inside the area: one, dated, with its method in words."""
    start = sentence(Strong(inside.name), ", ", Period(inside.period), ": ")
    ends = _ends(inside, reader)
    if reader.is_plain:
        return sentence(start, ends or _gap_in_clause(inside, reader), ".")
    line = sentence(
        "a straight line through the groups suggests a gap of about "
        if inside.comparison is None
        else "a gap of about ",
        size_of(inside.gap),
        interval(inside.gap, turned=True),
        " between the most and the least deprived end",
        _doubt(inside),
    )
    return sentence(start, (ends, "; ") if ends else (), line, ".")


def _doubt(inside: InsideGap) -> str:
    if inside.gap.limits is None:
        return "; it is published without an interval, so how sure it is is not known"
    return "" if inside.is_clear else ", which could be chance"


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


def _gap_in_clause(inside: InsideGap, reader: Reader) -> Sentence:
    """The gap as a clause with a verb, to stand after the name of the area."""
    indicator, decimals = inside.indicator, reader.decimals_of_gap(inside.gap)
    if indicator.value_type == "life_expectancy" and "{}" in indicator.told_as:
        more, less = ("least", "most") if inside.gap.value > 0 else ("most", "least")
        return sentence(
            more_of(reader, indicator, inside.gap, decimals),
            f" in the {more} deprived neighbourhoods than in the {less} deprived",
        )
    name = name_inside(inside.name)
    size = reader.number(inside.gap, decimals)
    side = "higher" if inside.gap.value < 0 else "lower"
    rest = " in the most deprived neighbourhoods than in the least deprived"
    return sentence("the figure for “", name, "” is about ", size, f" {side}{rest}")


def _what(finding: Finding, facts: AreaFacts, reader: Reader) -> Sentence:
    """What the message says, as a clause after the name of the area."""
    if finding.gap:
        return _gap_in_clause(finding.gap, reader)
    if finding.kind == "inside" and finding.spread:
        return spread_in_brief(finding, facts.profile.area.name)
    if finding.kind == "change" and finding.trend and finding.trend.change:
        return _changed_clause(finding.trend.comparison, finding.trend.change, reader)
    if finding.comparison:
        return _level_clause(finding.comparison, reader)
    return sentence("its neighbourhoods differ")


def _level_clause(comparison: Comparison, reader: Reader) -> Sentence:
    area, country = comparison.facts["area"], comparison.facts.get("country")
    decimals = reader.decimals(area, country)
    own = clause(reader, comparison.indicator, area, decimals, "") or sentence(
        f"the figure for “{name_inside(comparison.series.name)}” is ", reader.number(area, decimals)
    )
    if country is None:
        return own
    theirs = _bare(reader, country, decimals)
    return sentence(own, ", against ", theirs, f" in {country.area_name}")


def _bare(reader: Reader, fact: Fact, decimals: int | None) -> Number:
    """The number of a figure whose base has just been told."""
    return reader.number(fact, decimals, "" if _is_counted(reader, fact) else None)


def _is_counted(reader: Reader, fact: Fact) -> bool:
    return fact.unit.startswith("per ") or (reader.is_plain and fact.unit == "%")


def _changed_clause(comparison: Comparison, change: Change, reader: Reader) -> Sentence:
    decimals = reader.decimals(change.first, change.last)
    own = clause(reader, comparison.indicator, change.last, decimals, "") or sentence(
        f"the figure for “{name_inside(comparison.series.name)}” is ",
        reader.number(change.last, decimals),
    )
    move = "up" if change.last.value > change.first.value else "down"
    before = _bare(reader, change.first, decimals)
    return sentence(own, f", {move} from ", before, " ", at(change.first.period))


def _plain_level(comparison: Comparison, change: Change | None, reader: Reader) -> Sentence:
    """One figure for readers who are told numbers as people."""
    area, country = comparison.facts["area"], comparison.facts.get("country")
    decimals = reader.decimals(area, country)
    own = clause(reader, comparison.indicator, area, decimals)
    when = at(comparison.period).text
    dated = Period(when[:1].upper() + when[1:])
    start = sentence(dated, ", ", own) if own else _named(comparison, reader, decimals)
    beside = sentence()
    if country:
        theirs = _bare(reader, country, decimals) if own else reader.number(country, decimals)
        beside = sentence(f"; across {country.area_name}, ", theirs)
        if comparison.verdict == "similar":
            beside = sentence(f"; across {country.area_name} it is about the same, ", theirs)
    return sentence(start, beside, rank(comparison.standing, comparison, reader), ".")


def _named(comparison: Comparison, reader: Reader, decimals: int | None) -> Sentence:
    own = reader.number(comparison.facts["area"], decimals)
    return sentence(comparison.series.name, ", ", at(comparison.period), ": ", own, " here")


def _why(finding: Finding) -> Sentence:
    """Why it matters, in the catalogue's words."""
    about = finding.gap.indicator if finding.gap else None
    if about is None and finding.comparison:
        about = finding.comparison.indicator
    if about is None or not about.why_this_indicator:
        return sentence(
            "It matters because an average speaks for neither end: what helps one neighbourhood "
            "may not be what another needs."
        )
    return sentence("It matters because ", name_inside(about.why_this_indicator))
