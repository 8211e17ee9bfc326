"""The sentences of a gap in life expectancy."""

from collections.abc import Iterable, Mapping

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.briefings.life_expectancy_gap.figures import in_order
from ineqlib.briefings.life_expectancy_gap.parts import GapParts
from ineqlib.briefings.life_expectancy_gap.published import PublishedGap, SlopeInside
from ineqlib.facts.fact import Fact
from ineqlib.facts.inside import GapOverTime
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    at,
    interval,
    number_of,
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


def gap_in_words(made_of: GapParts) -> Sentence:
    """How long the gap is, how sure, and what makes most of it."""
    whose = "" if made_of.sex == "Persons" else f" of {made_of.whose}"
    start = sentence(
        at(made_of.period),
        f", life expectancy{whose} is ",
        number_of(made_of.gap),
        f" shorter in {made_of.shorter} than in {made_of.longer}",
        interval(made_of.gap),
    )
    capital = sentence(*_capitalised(start))
    if not made_of.is_clear:
        return sentence(capital, ": so small a gap could be chance.")
    return sentence(capital, ". ", _most("By age", made_of.ages), _most("By cause", made_of.causes))


def _capitalised(words: Sentence) -> Iterable[object]:
    first, *rest = words.parts
    text = first if isinstance(first, str) else first.text
    yield Period(f"{text[:1].upper()}{text[1:]}")
    yield from rest


def _most(how: str, parts: Mapping[str, Fact]) -> Sentence:
    """Name the largest part, and the second where which is larger cannot be told."""
    if not parts:
        return sentence()
    (first, most), (second, next_most), *_ = in_order(parts).items()
    close = most.limits and next_most.limits and most.limits[0] <= next_most.value
    return sentence(
        f"{how}, most is from {_inside(first)} (",
        number_of(most),
        "), then " if not close else "), closely followed by ",
        f"{_inside(second)} (",
        number_of(next_most),
        "). ",
    )


def _inside(name: str) -> str:
    """Write the name of a part as it stands inside a sentence."""
    plain = f"{name[:1].lower()}{name[1:]}"
    return f"people {plain}" if plain.startswith("aged ") else plain


def next_step(parts: Iterable[GapParts]) -> Sentence:
    """What to ask next."""
    clear = [made_of for made_of in parts if made_of.is_clear]
    if not clear:
        return sentence("Next: pool more years, or take larger areas, before acting on its parts.")
    first = clear[0]
    age = _inside(next(iter(in_order(first.ages))))
    of_cause = f" of {_inside(next(iter(in_order(first.causes))))}" if first.causes else ""
    return sentence(
        f"Next: ask who dies{of_cause} among {age}, and what of that services here can reach. "
        "The parts say where the difference is, not why."
    )


def published_in_words(asked: Asked, sex: str, shown: PublishedGap) -> Sentence:
    """How much longer people live in the area asked for, as published."""
    whose = Strong(SEX_WORDS[sex].capitalize())
    start = sentence(whose, ", ", Period(shown.here.period), ": ")
    if shown.chosen is None:
        return sentence(start, number_of(shown.here), f" in {asked.area.name}. ")
    gap = shown.chosen.gap
    way = "shorter" if gap.value > 0 else "longer"
    size = (size_of(gap), f" {way} than") if gap.text != "0.0 years" else ("as long as",)
    return sentence(
        start,
        number_of(shown.here),
        f" in {asked.area.name}, ",
        *size,
        f" in {shown.chosen.name} (",
        number_of(shown.chosen.figure),
        ")",
        interval(gap, turned=True),
        ". ",
    )


def slope_in_words(sex: str, slope: SlopeInside) -> Sentence:
    """How many years apart the two ends of the area are, as published."""
    doubt = "" if slope.is_clear else ", which could be chance"
    return sentence(
        Strong(SEX_WORDS[sex].capitalize()),
        ", ",
        Period(slope.gap.period),
        f": about {'' if slope.gap.value >= 0 else 'minus '}",
        size_of(slope.gap),
        " shorter at the most deprived end than at the least deprived",
        interval(slope.gap),
        f"{doubt}. ",
    )


def change_in_words(sex: str, over_time: GapOverTime | None) -> Sentence:
    """Whether a gap closes."""
    whose = Strong(SEX_WORDS[sex].capitalize())
    if over_time is None:
        return sentence(whose, ": too few periods that share no year to say whether it closes. ")
    before, after = over_time.before, over_time.after
    verdict = {
        "cannot tell": "published without intervals, so whether that is a change cannot be told"
    }.get(over_time.verdict, over_time.verdict)
    return sentence(
        whose,
        ": ",
        number_of(before),
        " ",
        at(before.period),
        ", ",
        number_of(after),
        " ",
        at(after.period),
        f": {verdict}. ",
    )


def rates_in_words(made_of: GapParts) -> Sentence:
    """What the crude death rates say, and how much of that is that people are older."""
    rates = made_of.rates
    way = "higher" if rates.difference.value >= 0 else "lower"
    return sentence(
        Strong(made_of.whose.capitalize()),
        f": deaths a year are ",
        number_of(rates.shorter),
        f" people in {made_of.shorter} and ",
        number_of(rates.longer),
        f" in {made_of.longer}, so ",
        size_of(rates.difference),
        f" {way} in the first. Of that, ",
        number_of(rates.rates),
        " is from different death rates at like ages, and ",
        number_of(rates.ages),
        " from different ages of the people. ",
    )
