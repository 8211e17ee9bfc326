"""What a briefing says of an area's facts."""

from ineqlib.facts.comparisons import SLOPE, Comparison, judge_side
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.deprivation_line import DeprivationLine
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.most_deprived_group import MostDeprivedPair
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    at,
    interval,
    possessive,
    sentence,
    share_of,
    size_of,
)
from ineqlib.text import lower_first, number, plural

BESIDE = {
    "better": "better than",
    "worse": "worse than",
    "similar": "similar to",
    "higher": "higher than",
    "lower": "lower than",
}


def compared(comparison: Comparison) -> Sentence:
    """One figure beside the country's, hedged as far as its interval asks."""
    area, country = comparison.facts["area"], comparison.facts.get("country")
    name = Strong(comparison.series.name)
    start = sentence(name, ": ", area, interval(area), " ", at(comparison.period))
    if country is None:
        return sentence(start, ". The country's figure for the same period is not in the pack.")
    whose = possessive(country.area_name)
    if comparison.indicator.value_type == SLOPE:
        across = f". Across all of {country.area_name} it is "
        return sentence(start, across, country, "; the two cannot be compared.")
    if comparison.verdict in BESIDE:
        return sentence(start, f", {BESIDE[comparison.verdict]} {whose} ", country, ".")
    return sentence(start, f"; {whose} figure is ", country, " (no interval, so not compared).")


def judged(tally: dict[str, Fact], country: str) -> Sentence:
    """How many recent figures are better, similar and worse."""
    number_judged = tally["judged"].value
    if number_judged == 0:
        return sentence(f"No recent figure can be compared with {country}.")
    start, figures = ("", "figure") if number_judged == 1 else ("Of ", "figures that")
    return sentence(
        start,
        tally["judged"],
        f" recent {figures} can be compared with {country}: ",
        (tally["better"], " better, "),
        (tally["similar"], " similar, "),
        (tally["worse"], " worse."),
    )


def spread(across: Spread, name: str, country: str) -> Sentence:
    """Where the area's people live on the national range of deprivation."""
    many, index = across.neighbourhoods, Period(across.index_title)
    most = f" in the most deprived fifth of {possessive(country)}"
    least = " in the least deprived fifth ("
    if across.unit == "people":
        people = f" of {possessive(name)} people live{most} neighbourhoods and "
        ending = "" if across.neighbourhoods.value == 1 else "s"
        here = sentence(many, f" neighbourhood{ending}, ", index)
        return sentence(across.most, people, across.least, least, here, ").")
    if across.neighbourhoods.value == 1:
        start = sentence("Of the ", many, f" neighbourhood of {name}, ")
    else:
        start = sentence(f"Of {possessive(name)} ", many, " neighbourhoods, ")
    ours, theirs = across.ends
    verb = "is" if ours.text == "1" else "are"
    return sentence(
        start, share_of(ours), f" {verb}{most} and ", share_of(theirs), least, index, ")."
    )


def gradient(inside: Gradient) -> Sentence:
    """How steep the gradient inside the area is, and how sure that is."""
    if inside.sii is None:
        return sentence(f"No slope is calculated for {lower_first(inside.name)}: {inside.why_not}.")
    first, last = inside.facts[0], inside.facts[-1]
    return sentence(
        Strong(inside.name),
        ": from ",
        first,
        f" in the most deprived {inside.group_name} of neighbourhoods to ",
        last,
        " in the least deprived (",
        Period(inside.period),
        "). ",
        _slope(inside, inside.sii),
        _relative(inside),
        *((" ", caution) for caution in _cautions(inside)),
    )


def gap_in_brief(inside: Gradient, sii: Fact) -> Sentence:
    """The gap inside the area in one short sentence; only for a slope that is clear."""
    first, last = inside.facts[0], inside.facts[-1]
    return sentence(
        Strong("Inside the area"),
        f", {lower_first(inside.name)}: ",
        first,
        f" in the most deprived {inside.group_name} of neighbourhoods, ",
        last,
        " in the least deprived; a straight line through all groups suggests a gap of about ",
        size_of(sii),
        interval(sii, turned=True),
        " in ",
        Period(inside.period),
        ".",
    )


def _slope(inside: Gradient, sii: Fact) -> Sentence:
    if not inside.is_clear:
        return sentence(
            "The slope across the whole range is ",
            sii,
            interval(sii),
            ": the figures cannot tell it from no slope at all.",
        )
    side = judge_side(inside.indicator, "lower" if sii.value > 0 else "higher")
    return sentence(
        "A straight line through all groups suggests a gap of about ",
        size_of(sii),
        interval(sii, turned=True),
        f", {side} at the most deprived end (slope index of inequality, "
        f"{groups_in_words(inside)}).",
    )


def groups_in_words(inside: Gradient) -> str:
    """How many groups a gradient has."""
    many = len(inside.groups)
    return {5: "five groups", 10: "ten groups"}.get(many, plural(many, "group"))


def _relative(inside: Gradient) -> Sentence:
    if inside.rii is None:
        return sentence(
            " No relative index is given: the fitted line reaches zero inside the range, so a "
            "ratio of its ends would mislead."
        )
    return sentence(" Relative index of inequality: ", inside.rii, interval(inside.rii), ".")


def _cautions(inside: Gradient) -> list[str]:
    """What to know before the slope is quoted; nothing where the line fits."""
    if inside.checks is None:
        return []
    cautions = []
    if not inside.checks.linear:
        cautions.append("The groups do not lie on one straight line, so look at the steps too.")
    if not inside.checks.sign_holds:
        cautions.append("Leaving out one group turns the slope round: read it with care.")
    return cautions


def most_deprived(
    pair: MostDeprivedPair, name: str, country: str, *, is_deprived: bool = False
) -> Sentence:
    """Our most deprived group beside the country's; `is_deprived` by national standards too."""
    ours, theirs = pair.facts["area_most_deprived"], pair.facts["country_most_deprived"]
    who = (
        f"people of {name} who live in the country's most deprived {pair.group}"
        if pair.like_for_like
        else f"the most deprived {pair.group} of {possessive(name)} own neighbourhoods"
    )
    differs = " The two groups are cut differently: ours is the most deprived part of this area"
    standard = "." if is_deprived else ", which need not be deprived by national standards."
    caution = "" if pair.like_for_like else f"{differs}{standard}"
    return sentence(
        Strong(pair.name),
        ", ",
        Period(pair.period),
        ": ",
        (ours, interval(ours)),
        f" for {who}, beside ",
        (theirs, interval(theirs)),
        f" in {possessive(country)} most deprived {pair.group}.{caution}",
    )


def side_of_line(line: DeprivationLine) -> str:
    """``above`` or ``below``; empty where the area is on the line, as far as its digits tell."""
    beyond = line.beyond
    if number(abs(beyond.value), beyond.decimals) == number(0, beyond.decimals):
        return ""
    return "above" if beyond.value > 0 else "below"


def on_the_line(line: DeprivationLine) -> Sentence:
    """Where the area stands, given how deprived it is."""
    area, side = line.comparison.facts["area"], side_of_line(line)
    if side:
        against = sentence(size_of(line.beyond), f" {side} the line through all areas")
    else:
        against = sentence("on the line through all areas")
    return sentence(
        Strong(line.name),
        ": at ",
        area,
        f", {area.area_name} is ",
        against,
        " (",
        line.expected,
        " at this level of deprivation).",
    )
