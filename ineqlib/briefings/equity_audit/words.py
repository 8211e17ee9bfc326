"""The answer of an audit in words: how uptake goes with need, how sure that is, and what next."""

from ineqlib.briefings.equity_audit.facts import NO_PLACES, Audit
from ineqlib.briefings.equity_audit.groups import KINDS, Group
from ineqlib.briefings.need.follows import (
    NONE_KNOWN,
    NOT_LISTED,
    NOT_SURE,
    TOO_FEW,
    how_sure_of_index,
    place_in_words,
)
from ineqlib.briefings.need.units import FIFTH
from ineqlib.facts.fact import Fact
from ineqlib.measures.spend import FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.narrative import leads
from ineqlib.narrative.reader import name_inside, place_inside
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    at,
    capitalised,
    interval,
    possessive,
    sentence,
)
from ineqlib.text import NO_VALUE, joined

BY_DEPRIVATION = {
    PROGRESSIVE: ("Higher", "uptake is higher where deprivation is greater"),
    FLAT: ("Level", "uptake is about the same whatever the deprivation"),
    REGRESSIVE: ("Lower", "uptake is lower where deprivation is greater"),
}
BY_NEED = {
    PROGRESSIVE: ("More than in proportion", "uptake rises more than in proportion to need"),
    FLAT: ("In proportion", "uptake is in proportion to need"),
    REGRESSIVE: ("Less than in proportion", "uptake is less than in proportion to need"),
}
ONE_SEX = ("women", "men ", "mothers", "girls", "boys")
"""How the name of a service begins that is for one sex."""
NEEDED = {
    TOO_FEW: "users and people eligible by neighbourhood or fifth, from the provider's records",
    NOT_LISTED: "the figures of the other places",
    NOT_SURE: "smaller places, or several years together",
    NONE_KNOWN: "figures by place",
    NO_PLACES: "users and people eligible by neighbourhood or fifth, from the provider's records",
}


def question(audit: Audit) -> str:
    """Return the question as a colleague would put it."""
    if not audit.asked.name:
        return f"Is a service used where the need is in {place_inside(audit.asked.area.name)}?"
    return f"Does uptake follow need in {place_inside(audit.asked.area.name)}: {service_of(audit)}?"


def title(audit: Audit) -> str:
    """Return what the page is called."""
    what = f": {service_of(audit)}" if audit.asked.name else ""
    return f"Health equity audit for {place_inside(audit.asked.area.name)}{what}"


def service_of(audit: Audit) -> str:
    """Name the service inside a sentence."""
    name = audit.asked.name
    return name if audit.asked.uptake else name_inside(name)


def in_short(audit: Audit) -> str:
    """Return the answer in one line, for an index."""
    verdict = audit.judged.verdict
    if verdict in BY_DEPRIVATION:
        return (BY_NEED if audit.has_zero else BY_DEPRIVATION)[verdict][1].capitalize()
    if difference := difference_of_ends(audit):
        return difference.capitalize()
    return "Cannot tell whether uptake follows need"


def difference_of_ends(audit: Audit) -> str:
    """Say which fifth is lower, where fifths are all that is known and their gap is clear."""
    gap = audit.gap
    ends_known = bool(audit.places and audit.places[0].rate and audit.places[-1].rate)
    if audit.level != FIFTH or not ends_known or gap is None or gap.limits is None:
        return ""
    low, high = gap.limits
    if low > 0:
        return "uptake is lower in the most deprived fifth than in the least deprived"
    if high < 0:
        return "uptake is higher in the most deprived fifth than in the least deprived"
    return ""


def answer(audit: Audit) -> Sentence:
    """Say whether uptake follows need, or why that cannot be said and what would be needed."""
    place, judged = place_inside(audit.asked.area.name), audit.judged
    whole = _whole(audit)
    when = (" (", Period(audit.places_period), ")") if audit.places_period else ()
    if judged.verdict in BY_DEPRIVATION:
        lead, meaning = (BY_NEED if audit.has_zero else BY_DEPRIVATION)[judged.verdict]
        return sentence(Strong(f"{lead}: "), meaning, when, ". ", _ends(audit), whole)
    if difference := difference_of_ends(audit):
        lead = "Lower" if "lower in" in difference else "Higher"
        return sentence(Strong(f"{lead}: "), difference, when, ". ", _ends(audit), whole)
    return sentence(
        Strong("Cannot tell"),
        f" whether uptake follows need in {place}: {judged.why}. ",
        _ends(audit, is_dated=bool(audit.places_period)),
        whole,
    )


def _ends(audit: Audit, *, is_dated: bool = False) -> Sentence:
    if len(audit.known) < 2 or isinstance(audit.need, str):
        return sentence()
    most, least = audit.known[0], audit.known[-1]
    ends = [
        (group.rate or "", f" in {place_in_words(group.name)}{with_need}")
        for group, with_need in (
            (most, end_of(audit, most, "most")),
            (least, end_of(audit, least, "least")),
        )
    ]
    when = (" ", at(audit.places_period)) if is_dated else ()
    second = ends[1]
    if all("deprived fifth" in place_in_words(group.name) for group in (most, least)):
        second = (ends[1][0], ends[1][1].replace(" deprived fifth", "", 1))
    return sentence("Uptake", *when, " is ", *ends[0], " and ", *second, ". ")


def end_of(audit: Audit, group: Group, which: str) -> str:
    """Say in brackets which end a place is; a fifth says so itself."""
    if "fifth" in group.name.lower():
        return ""
    end = audit.places[0] if which == "most" else audit.places[-1]
    known = "" if end.rate else " of those known"
    return f" ({which} {'need' if audit.has_zero else 'deprived'}{known})"


def _whole(audit: Audit) -> Sentence:
    if audit.whole is None:
        return sentence()
    said = in_verdict(audit) or bool(_ends(audit))
    is_dated = said and audit.whole.period == audit.places_period
    theirs = (
        (f", against {possessive(audit.country.area_name)} ", audit.country)
        if audit.country
        else ()
    )
    # Of the country, whose name the question has, it is said once.
    of = f" of {place_inside(audit.asked.area.name)}" if audit.country else ""
    return sentence(
        f"In all{of} it is ",
        audit.whole,
        interval(audit.whole),
        *(() if is_dated else (" ", at(audit.whole.period))),
        *theirs,
        ".",
    )


def how_sure(audit: Audit) -> Sentence:
    """Say how sure the answer is."""
    by_index = how_sure_of_index(audit.judged, has_zero=audit.has_zero, level="the same everywhere")
    if by_index:
        return by_index
    if audit.gap is not None and audit.gap.limits and audit.level == FIFTH:
        return leads.how_sure(
            "the least deprived fifth less the most deprived is ",
            audit.gap,
            interval(audit.gap),
            ".",
        )
    return leads.how_sure("not at all yet.")


def what_next(audit: Audit) -> Sentence:
    """Say what to do next: whom to ask about, what to ask for, what to decide."""
    short = furthest_behind(audit)
    there = "in every known place" if len(audit.known) < len(audit.places) else "everywhere"
    parts: list[Sentence] = []
    if not in_verdict(audit):
        needed = NEEDED.get(audit.judged.why, "a need that the pack has of these places")
        parts.append(sentence(f"get {needed}. "))
    if short is not None and short.rate and audit.missed:
        is_said = short is audit.known[0]
        parts.append(
            sentence(
                f"ask why uptake is low in {place_in_words(short.name)}",
                ("" if is_said else ", ", "" if is_said else short.rate),
                f": with at least {possessive(place_in_words(audit.known[-1].name))} {there}, ",
                (audit.missed, " more people would have used it. "),
            )
        )
    missing = missing_kinds(audit)
    if missing:
        parts.append(sentence(f"ask the provider for uptake by {joined(missing)}. "))
    if audit.open.value:
        left = "decision is" if audit.open.value == 1 else "decisions are"
        parts.append(sentence(audit.open, f" {left} still to be taken."))
    first, *others = parts or [sentence()]
    return leads.what_next(first, *map(capitalised, others))


def in_verdict(audit: Audit) -> bool:
    """Tell whether the page says how uptake goes with need."""
    return audit.judged.verdict in BY_DEPRIVATION or bool(difference_of_ends(audit))


def missing_kinds(audit: Audit) -> list[str]:
    """Return the kinds of group by which uptake is not known; a service may be for one sex."""
    for_one_sex = audit.asked.name.casefold().startswith(ONE_SEX)
    return [kind for kind in KINDS if kind not in audit.by and not (kind == "sex" and for_one_sex)]


def furthest_behind(audit: Audit) -> Group | None:
    """Return the place with most people missed against the place of least need."""
    if len(audit.known) < 2 or audit.known[-1].rate is None:
        return None
    best = audit.known[-1].rate.value

    def short(group: Group) -> float:
        rate, eligible = group.rate, group.eligible
        return (best - rate.value) * eligible.value if rate and eligible else 0.0

    behind = max(audit.known, key=short)
    return behind if short(behind) > 0 else None


def side_in_words(group: Group, whole: Fact | None) -> str:
    """Say how a group stands against everybody."""
    if whole is None or not group.side or group.side == "not compared":
        return NO_VALUE["not_applicable"]
    return group.side
