"""Sentences made from facts. Every number in them carries the id of its fact."""

from dataclasses import replace
from html import escape

from ineqlib.document.blocks import period, shown, shown_interval
from ineqlib.facts.comparisons import SLOPE, Comparison
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.deprivation_line import DeprivationLine
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import Gradient, rii_decimals
from ineqlib.facts.most_deprived_group import Poorest
from ineqlib.text import number, when

BESIDE = {
    "better": "better than",
    "worse": "worse than",
    "similar": "similar to",
    "higher": "higher than",
    "lower": "lower than",
}


def possessive(name: str) -> str:
    """Write whose something is.

    Examples
    --------
    >>> possessive("Stevenage"), possessive("St Helens")
    ("Stevenage's", "St Helens'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def compared(comparison: Comparison) -> str:
    """One figure beside the country's, hedged as far as its interval asks."""
    area, country = comparison.facts["area"], comparison.facts.get("country")
    decimals = comparison.indicator.decimals
    start = (
        f"<strong>{escape(comparison.series.name)}</strong>: {shown(area)}"
        f"{shown_interval(area, decimals)} {period(when(comparison.period))}"
    )
    if country is None:
        return f"{start}. The country's figure for the same period is not in the pack."
    whose = escape(possessive(country.area_name))
    if comparison.indicator.value_type == SLOPE:
        return f"{start}. Across all of {escape(country.area_name)} it is {shown(country)}."
    if comparison.verdict in BESIDE:
        return f"{start}, {BESIDE[comparison.verdict]} {whose} {shown(country)}."
    return f"{start}; {whose} figure is {shown(country)} (no interval, so not compared)."


def spread(found: Spread, name: str, country: str) -> str:
    """Where the area's people live on the national range of deprivation."""
    verb = "people live in" if found.unit == "people" else "neighbourhoods are among"
    return (
        f"{shown(found.most)} of {escape(possessive(name))} {verb} the most deprived fifth of "
        f"{escape(possessive(country))} neighbourhoods and {shown(found.least)} in the least "
        f"deprived fifth ({shown(found.neighbourhoods)} neighbourhood{_s(found.neighbourhoods)}, "
        f"{period(found.index_name)})."
    )


def _s(count: Fact) -> str:
    return "" if count.value == 1 else "s"


def gradient(found: Gradient) -> str:
    """How steep the gradient inside the area is, and how sure that is."""
    if found.sii is None:
        return f"No slope is calculated for {escape(_lower(found.name))}: {found.why_not}."
    first, last = found.facts[0], found.facts[-1]
    opening = (
        f"<strong>{escape(found.name)}</strong> runs from {shown(first)} in the most deprived "
        f"{found.group_name} of neighbourhoods to {shown(last)} in the least deprived "
        f"({period(found.period)})."
    )
    return f"{opening} {_slope(found, found.sii)}{_relative(found)}"


def gap_in_brief(found: Gradient) -> str:
    """The gap inside the area in one short sentence; only for a slope that is clear."""
    assert found.sii is not None
    first, last = found.facts[0], found.facts[-1]
    return (
        f"<strong>Inside the area</strong>, {escape(_lower(found.name))}: {shown(first)} in the "
        f"most deprived {found.group_name} of neighbourhoods, {shown(last)} in the least deprived; "
        f"across the whole range a gap of {shown(found.sii, found.sii.text.removeprefix('−'))}"
        f"{_limits_without_sign(found.sii)} in {period(found.period)}."
    )


def _slope(found: Gradient, sii: Fact) -> str:
    interval = shown_interval(sii, 1)
    if not found.is_clear:
        return (
            f"The slope across the whole range is {shown(sii)}{interval}: the figures cannot tell "
            "it from no slope at all."
        )
    return (
        f"Across the whole range the gap is {shown(sii, sii.text.removeprefix('−'))}"
        f"{_limits_without_sign(sii)}, {_direction(found, sii)} at the most deprived end (slope "
        f"index of inequality, {_group_words(found)})."
    )


def _limits_without_sign(sii: Fact) -> str:
    """The interval of a gap written without its sign, nearer limit first."""
    if sii.lower_ci is None or sii.upper_ci is None or sii.value >= 0:
        return shown_interval(sii, 1)
    return shown_interval(replace(sii, lower_ci=-sii.upper_ci, upper_ci=-sii.lower_ci), 1)


def _direction(found: Gradient, sii: Fact) -> str:
    lower_there = sii.value > 0
    match found.indicator.polarity:
        case "favourable":
            return "worse" if lower_there else "better"
        case "adverse":
            return "better" if lower_there else "worse"
        case _:
            return "lower" if lower_there else "higher"


def _group_words(found: Gradient) -> str:
    return {5: "five groups", 10: "ten groups"}.get(len(found.groups), "groups")


def _relative(found: Gradient) -> str:
    if found.rii is None:
        return (
            " No relative index is given: the fitted line reaches zero inside the range, so a "
            "ratio of its ends would mislead."
        )
    interval = shown_interval(found.rii, rii_decimals(found.rii.value))
    return f" Relative index of inequality: {shown(found.rii)}{interval}."


def checked(found: Gradient) -> str:
    """What to know before the slope is quoted; nothing where the line fits."""
    if found.checks is None:
        return ""
    cautions = []
    if not found.checks.linear:
        cautions.append("The groups do not lie on one straight line, so look at the steps too.")
    if not found.checks.sign_holds:
        cautions.append("Leaving out one group turns the slope round: read it with care.")
    return " ".join(cautions)


def poorest(found: Poorest, name: str, country: str) -> str:
    """Our poorest group beside the country's."""
    ours, theirs = found.facts["area_poorest"], found.facts["country_poorest"]
    decimals = found.indicator.decimals
    who = (
        f"people of {escape(name)} who live in the country's most deprived {found.group}"
        if found.like_for_like
        else f"the most deprived {found.group} of {escape(possessive(name))} own neighbourhoods"
    )
    caution = (
        ""
        if found.like_for_like
        else " The two groups are cut differently: ours is the most deprived part of this area, "
        "which need not be poor by national standards."
    )
    return (
        f"<strong>{escape(found.name)}</strong>, {period(found.period)}: {shown(ours)}"
        f"{shown_interval(ours, decimals)} for {who}, beside {shown(theirs)}"
        f"{shown_interval(theirs, decimals)} in {escape(possessive(country))} most deprived "
        f"{found.group}.{caution}"
    )


def peers(found: DeprivationLine) -> str:
    """Where the area stands, given how deprived it is."""
    area = found.comparison.facts["area"]
    decimals = found.comparison.indicator.decimals
    if number(abs(found.beyond.value), decimals) == number(0, decimals):
        against = "just what the line through all areas has"
    else:
        side = "above" if found.beyond.value > 0 else "below"
        size = shown(found.beyond, found.beyond.text.removeprefix("−"))
        against = f"{size} {side} the line through all areas"
    return (
        f"<strong>{escape(found.comparison.series.name)}</strong>: at {shown(area)}, "
        f"{escape(area.area_name)} is {against} ({shown(found.expected)} at this level of "
        "deprivation)."
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
