"""The sentences of a gap in life expectancy."""

from collections.abc import Iterable, Mapping

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.briefings.life_expectancy_gap.figures import in_order, part_in_words
from ineqlib.briefings.life_expectancy_gap.parts import GapParts
from ineqlib.briefings.life_expectancy_gap.published import BesideRow, PublishedGap, SlopeInside
from ineqlib.facts.fact import Fact
from ineqlib.facts.inside import GapOverTime
from ineqlib.narrative import leads
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    at,
    at_beginning,
    interval,
    sentence,
    size_of,
)
from ineqlib.text import SEX_WORDS

SEGMENT_TOOL = (
    "The Segment Tool of the Office for Health Improvement and Disparities publishes these parts "
    "for local authorities: inside each, and against England "
    "(analytics.phe.gov.uk/apps/segment-tool). Deaths by age are published by the Office for "
    "National Statistics through Nomis (nomisweb.co.uk)."
)

MAY_BE_CHANCE = ", which could be chance"


def gap_in_words(made_of: GapParts) -> Sentence:
    """How long the gap is, and what makes most of it."""
    whose = "" if made_of.sex == "Persons" else f" of {made_of.whose}"
    within = f" in {made_of.within}" if made_of.within else ""
    gap = sentence(
        (at_beginning(made_of.period), f", life expectancy{whose}{within} is ", made_of.gap),
        (f" shorter in {made_of.shorter} than in {made_of.longer}", interval(made_of.gap)),
    )
    if not made_of.is_clear:
        return sentence(gap, ". ")
    largest = [_largest(made_of, parts) for parts in (made_of.ages, made_of.causes) if parts]
    by_cause = ("; by cause, ", largest[1]) if len(largest) > 1 else ""
    return sentence(gap, ". By age, the largest part is ", largest[0], by_cause, ". ")


def _largest(made_of: GapParts, parts: Mapping[str, Fact]) -> Sentence:
    name, most = next(iter(in_order(parts).items()))
    share = made_of.shares.get(name)
    of_gap = (", ", share) if share else ""
    return sentence(f"{part_in_words(name)} (", most, of_gap, ")")


def _is_close(parts: Mapping[str, Fact]) -> bool:
    """Tell whether the second part lies within the interval of the largest."""
    most, *others = in_order(parts).values() if parts else (None,)
    return bool(most and most.limits and others and most.limits[0] <= others[0].value)


def how_sure(parts: Iterable[GapParts]) -> Sentence:
    """How sure each gap is, and which part of it comes first."""
    said = {made_of.whose: _sureness(made_of) for made_of in parts}
    if len(set(said.values())) == 1:
        return leads.how_sure(next(iter(said.values())), ".")
    by_sex = "; ".join(f"for {whose}, {sureness}" for whose, sureness in said.items())
    return leads.how_sure(*(by_sex, ".") if by_sex else ())


def _sureness(made_of: GapParts) -> str:
    if not made_of.is_clear:
        return "so small a gap could be chance"
    if any(map(_is_close, (made_of.ages, made_of.causes))):
        return "the gap is more than chance, but chance could have put another age or cause first"
    return "the gap is more than chance"


def how_sure_as_published(published: Iterable[Fact | None]) -> Sentence:
    """How sure published gaps are."""
    gaps = [gap for gap in published if gap is not None]
    if not gaps:
        return sentence()
    without = [gap for gap in gaps if gap.limits is None]
    if without:
        return leads.how_sure(
            "no interval is published, so how much of a gap is chance cannot be told."
            if len(without) == len(gaps)
            else "an interval is published for some of these gaps only."
        )
    crossing = [gap for gap in gaps if gap.limits and gap.limits[0] <= 0 <= gap.limits[1]]
    if not crossing:
        return leads.how_sure("more than chance, by the 95% intervals.")
    of = "it" if len(gaps) == 1 else "one of them" if len(crossing) < len(gaps) else "each of them"
    return leads.how_sure(f"{of} could be chance: the 95% interval includes no gap at all.")


def next_step(parts: Iterable[GapParts]) -> Sentence:
    """What to ask next."""
    made = list(parts)
    if not made:
        return leads.what_next(
            "read the parts in the Segment Tool of the Office for Health Improvement and "
            "Disparities, or add deaths and people by age to the pack."
        )
    clear = [made_of for made_of in made if made_of.is_clear]
    if not clear:
        return leads.what_next("pool more years, or take larger areas, before acting on its parts.")
    age = part_in_words(next(iter(in_order(clear[0].ages))))
    causes = list(in_order(clear[0].causes))[:2]
    of_causes = " and ".join(part_in_words(name) for name in causes)
    among = f", and by cause first at {of_causes}" if causes else ""
    return leads.what_next(
        f"look at the deaths of {age}{among}. The parts say where the difference lies, not why."
    )


def published_in_words(asked: Asked, sex: str, shown: PublishedGap) -> Sentence:
    """How much longer people live in the area asked for, as published."""
    start = sentence(
        (f"Life expectancy of {SEX_WORDS[sex]} (", Period(shown.here.period), ") is ", shown.here),
        f" in {place_inside(asked.area.name)}",
    )
    if shown.chosen is None:
        return sentence(start, ". ")
    gap = shown.chosen.gap
    way = "shorter" if gap.value > 0 else "longer"
    return sentence(
        (start, ", ", size_of(gap), f" {way} than in {shown.chosen.name} (", shown.chosen.figure),
        (")", interval(gap, turned=True), ". "),
    )


def longest_lived(asked: Asked, sex: str, here: Fact, best: BesideRow) -> Sentence:
    """Where, among the places beside the area, people live longest; or that nobody lives longer."""
    place, whose = place_inside(asked.area.name), Strong(SEX_WORDS[sex].capitalize())
    there = sentence(f"{place_inside(best.name)} (", best.figure, ")")
    own = sentence(f"{place} (", here, ")")
    if round(best.gap.value, best.gap.decimals) > 0:
        longer = sentence(", ", size_of(best.gap), " longer than in ")
        return sentence(whose, " live longest, among these, in ", there, longer, own, ".")
    nowhere = " live longer in none of these places than in "
    return sentence(whose, nowhere, own, "; the nearest is ", there, ".")


def slopes_in_words(slopes: Mapping[str, SlopeInside]) -> Sentence:
    """How many years apart the two ends of the area are, as published; of each sex."""
    return sentence(*(_slope(*of_sex, is_first=not at) for at, of_sex in enumerate(slopes.items())))


def _slope(sex: str, slope: SlopeInside, *, is_first: bool) -> Sentence:
    """Tell of one sex; which ends are meant is said once."""
    way = "shorter" if slope.gap.value >= 0 else "longer"
    start, verb, where = f"For {SEX_WORDS[sex]} (", ") it is about ", "there"
    if is_first:
        start, verb = f"Life expectancy of {SEX_WORDS[sex]} (", ") is about "
        where = f"at the most deprived end of {slope.gap.area_name} than at the least deprived"
    return sentence(
        (start, Period(slope.gap.period), verb, size_of(slope.gap), f" {way} {where}"),
        interval(slope.gap, turned=True),
        MAY_BE_CHANCE * (not slope.is_clear),
        ". ",
    )


def change_in_words(sex: str, over_time: GapOverTime | None) -> Sentence:
    """Whether a gap closes."""
    whose = Strong(SEX_WORDS[sex].capitalize())
    if over_time is None:
        return sentence(whose, ": too few periods that share no year to say whether it closes. ")
    before, after = over_time.before, over_time.after
    verdict = {
        "may be chance": "up to one area in twenty moves so far by chance, so it is no sure change",
        "cannot tell": "no interval is published, so whether that is a change cannot be told",
    }.get(over_time.verdict, over_time.verdict)
    return sentence(
        (whose, ": ", before, " ", at(before.period), ", ", after, " ", at(after.period)),
        f": {verdict}. ",
    )


def rates_in_words(made_of: GapParts) -> Sentence:
    """What the crude death rates say, and how much of that is that people are older."""
    rates = made_of.rates
    way = "more" if rates.difference.value >= 0 else "fewer"
    like = "more" if rates.rates.value >= 0 else "fewer"
    mix = "more" if rates.ages.value >= 0 else "fewer"
    return sentence(
        (Strong(made_of.whose.capitalize()), ": of every 100,000 people, ", rates.shorter),
        (f" a year die in {made_of.shorter} and ", rates.longer),
        (f" in {made_of.longer}: ", size_of(rates.difference)),
        (f" {way}. At like ages it would be ", size_of(rates.rates)),
        (f" {like}; the different mix of ages makes it ", size_of(rates.ages), f" {mix}."),
    )
