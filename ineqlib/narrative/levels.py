"""A newest figure, for a reader: beside the country and county, ranked, with its direction."""

from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.standing import Standing
from ineqlib.narrative.area import BESIDE
from ineqlib.narrative.directions import as_elsewhere, direction, first_year
from ineqlib.narrative.reader import Reader, clause, name_inside
from ineqlib.narrative.rules import SMALLEST
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    at,
    capitalised,
    in_a_row,
    in_brackets,
    interval,
    limits_of,
    number_of,
    possessive,
    sentence,
)
from ineqlib.text import SEX_WORDS, number

SURE = 0.05
NEAR_AN_END = 0.1
"""Readers who are told numbers plainly hear of a rank only within this share of the worst."""


def level(
    comparison: Comparison, change: Change | None, reader: Reader, *, dated: bool = True
) -> Sentence:
    """A newest figure beside the country's and the county's, with its rank and direction.

    Readers who are told things plainly hear first what it means, and last when it was; in a list
    whose figures are of one period (`dated` False) that stands over all of them.
    """
    if reader.is_plain:
        turned = turning(comparison, change)
        plain = _plain_level(comparison, reader, dated=dated)
        return sentence(plain, " ", turned) if turned else plain
    area = comparison.facts["area"]
    return sentence(
        Strong(comparison.series.name),
        ": ",
        area,
        interval(area),
        " ",
        at(comparison.period),
        _beside(comparison),
        _after(rank(comparison.standing, comparison, reader)),
        _after(direction(change)),
        ".",
    )


def of_other_sex(comparison: Comparison, reader: Reader) -> Sentence:
    """The same figure of men where women's was told, or the other way round; without a verdict."""
    area, country = comparison.facts["area"], comparison.facts.get("country")
    theirs = sentence(f", {country.area_name} ", again(country, area)) if country else sentence()
    start = sentence(f" {SEX_WORDS[area.sex].capitalize()}: ", area, interval(area), theirs)
    return sentence(start, _after(rank(comparison.standing, comparison, reader)), ".")


def _beside(comparison: Comparison) -> Sentence:
    """Where it stands against the country, hedged, and the county's figure."""
    country, county = comparison.facts.get("country"), comparison.facts.get("county")
    area = comparison.facts["area"]
    theirs = sentence(f"{county.area_name} ", again(county, area)) if county else sentence()
    if country is None:
        return sentence(" (", (theirs, "; ") if theirs else (), "no figure for the country)")
    return sentence(
        f", {_stands(comparison)} {possessive(country.area_name)} ",
        again(country, area),
        (" (", theirs, ")") if theirs else (),
    )


def _stands(comparison: Comparison) -> str:
    seen = comparison.evidence
    if comparison.verdict == "not compared" and (seen is None or not seen.basis):
        # Nothing says how sure the difference is: "similar" would be a finding.
        return "against"
    side = "similar" if is_unsure(comparison) else comparison.side
    return BESIDE.get(side, BESIDE["similar"])


def is_unsure(comparison: Comparison) -> bool:
    """Whether chance could explain the difference from the country."""
    seen = comparison.evidence
    if comparison.verdict in ("better", "worse", "higher", "lower"):
        return False
    return comparison.verdict == "similar" or seen is None or not seen.p <= SURE


def rank(standing: Standing | None, comparison: Comparison, reader: Reader) -> Sentence:
    """The place among the areas of its tier, by what the number does."""
    if standing is None or (reader.is_plain and standing.share > NEAR_AN_END):
        return sentence()
    return _place(standing, comparison)


def _after(words: Sentence) -> Sentence:
    return sentence("; ", words) if words else words


def _place(standing: Standing, comparison: Comparison) -> Sentence:
    """The place among the areas, from the nearer end."""
    ends = ("lowest", "highest")
    if comparison.indicator.polarity != "favourable":
        ends = ends[::-1]
    place, end = standing.rank, ends[0]
    if standing.from_other_end:
        place, end = standing.from_other_end, ends[1]
    ordinal = Number(ordinal_of(int(place.value)), place.value, place.id)
    start = sentence("the ") if place.value == 1 else sentence("the ", ordinal, " ")
    return sentence(start, f"{end} of ", standing.among, " areas")


def ordinal_of(place: int) -> str:
    """Write a place in an order.

    Examples
    --------
    >>> [ordinal_of(place) for place in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    teen = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def _plain_level(comparison: Comparison, reader: Reader, *, dated: bool) -> Sentence:
    """One figure for readers who are told numbers as people."""
    area, country = comparison.facts["area"], comparison.facts.get("country")
    unsure = is_unsure(comparison)
    decimals = reader.decimals(area, country, alike=unsure)
    own = clause(reader, comparison.indicator, area, decimals, "")
    start = own or _named(comparison, reader, decimals)
    when = in_brackets(comparison.period) if dated else sentence()
    if country is None:
        # Nothing else says whether that is much.
        where = _after(_place(comparison.standing, comparison)) if comparison.standing else ()
        return sentence(capitalised(start), where, when, ".")
    theirs = bare(reader, country, decimals) if own else reader.number(country, decimals)
    across = f". Across {country.area_name}: "
    if not unsure:
        is_ranked = not _is_small(comparison)
        place = _after(rank(comparison.standing, comparison, reader)) if is_ranked else sentence()
        close = how_close(area, reader, decimals)
        return sentence(_meaning(comparison), start, close, place, across, theirs, when, ".")
    same = reader.number(area, decimals, "" if _is_counted(reader, area) else None)
    if theirs.text == same.text:
        about = f". It is about the same across {country.area_name}"
        return sentence(Strong("No clear difference"), ": ", start, about, when, ".")
    return sentence(Strong("No clear difference"), ": ", start, across, theirs, when, ".")


def _meaning(comparison: Comparison) -> Sentence:
    """What a difference that is more than chance means, before its numbers."""
    side = comparison.side
    if side not in BESIDE:
        return sentence()
    words = f"a little {side}" if _is_small(comparison) else side
    return sentence(Strong(f"{words.capitalize()} here"), ": ")


def turning(comparison: Comparison, change: Change | None) -> Sentence:
    """Say that what is better here gets worse, or the other way round: praise alone would mislead.

    Directors are told the direction of every figure.
    """
    side = "" if is_unsure(comparison) else comparison.side
    turned = {("better", False): "worse", ("worse", True): "better"}
    now = turned.get((side, change.better)) if change and change.better is not None else None
    if change is None or now is None:
        return sentence()
    since = Period(first_year(change.first.period))
    still = _was_further(change, now)
    return sentence(f"Here it has got {now} since ", since, as_elsewhere(change), still, ".")


def _was_further(change: Change, now: str) -> Sentence:
    """Say plainly that a figure has turned, and where it was further; or that it only came back."""
    furthest = change.turning_point
    if furthest:
        return sentence(f", but was {now} still ", at(furthest.period))
    return sentence(", back to where it was before") if change.is_return else sentence()


def _is_small(comparison: Comparison) -> bool:
    """Whether areas usually differ so much more that the briefing does not call it one."""
    return comparison.evidence is not None and 0 < abs(comparison.evidence.size) < SMALLEST


def _named(comparison: Comparison, reader: Reader, decimals: int | None) -> Sentence:
    own = reader.number(comparison.facts["area"], decimals)
    return sentence(name_inside(comparison.series.name), ", ", own)


def level_clause(comparison: Comparison, reader: Reader) -> Sentence:
    """A newest figure beside the country's, as a clause to stand after the name of the area."""
    area, country = comparison.facts["area"], comparison.facts.get("country")
    decimals = reader.decimals(area, country)
    own = figure_clause(comparison, area, reader, decimals)
    standing = comparison.standing
    when = in_brackets(comparison.period)
    close = how_close(area, reader, decimals)
    if country is None:
        place = sentence(", ", _place(standing, comparison)) if standing else sentence()
        return sentence(own, close, place, when)
    theirs = bare(reader, country, decimals)
    return sentence(own, close, ", against ", theirs, f" in {country.area_name}", when)


def beyond_the_message(comparison: Comparison, change: Change | None, reader: Reader) -> Sentence:
    """What `level_clause` leaves out of a figure; plainly, only that it turns."""
    if reader.is_plain:
        return turning(comparison, change)
    area = comparison.facts["area"]
    country, county = comparison.facts.get("country"), comparison.facts.get("county")
    place = rank(comparison.standing, comparison, reader) if country else sentence()
    parts = (
        sentence("it is ", place) if place else place,
        sentence() if how_close(area, reader, None) else limits_of(area),
        sentence(f"{county.area_name} ", again(county, area)) if county else sentence(),
        direction(change),
    )
    known = in_a_row(filter(None, parts))
    return sentence(capitalised(known), ".") if known else known


def how_close(fact: Fact, reader: Reader, decimals: int | None) -> Sentence:
    """Between what a figure may lie, where few were asked; nothing where it is known closely.

    A message stands alone: "17% against 6%" of a survey that says 8% to 26% promises too much.
    """
    if fact.limits is None or not fact.is_rough:
        return sentence()
    if not reader.is_plain:
        return interval(fact)
    places = fact.decimals if decimals is None else decimals
    low, high = (Number(number(end, places), float(end), fact.id) for end in fact.limits)
    return sentence(" (somewhere between ", low, " and ", high, ")")


def figure_clause(
    comparison: Comparison, fact: Fact, reader: Reader, decimals: int | None
) -> Sentence:
    """A figure in the catalogue's words, or by its name, to stand after the name of the area."""
    return clause(reader, comparison.indicator, fact, decimals, "") or sentence(
        f"the figure for “{name_inside(comparison.series.name)}” is ", reader.number(fact, decimals)
    )


def again(fact: Fact, first: Fact) -> Number:
    """A figure after the first of its unit, which is said once where it is words."""
    if fact.unit != first.unit or once(fact) is None:
        return number_of(fact)
    mark = f" {fact.mark}" if fact.mark else ""
    return Number(f"{fact.number}{mark}", float(fact.value), fact.id)


def bare(reader: Reader, fact: Fact, decimals: int | None) -> Number:
    """The number of a figure whose base has just been told."""
    return reader.number(fact, decimals, "" if _is_counted(reader, fact) else None)


def once(fact: Fact) -> str | None:
    """Return the unit to tell beside a figure of the same unit: none where it is words."""
    return None if fact.unit in ("", "%", "score") or fact.unit.startswith("£") else ""


def _is_counted(reader: Reader, fact: Fact) -> bool:
    return once(fact) == "" or (reader.is_plain and fact.unit == "%")
