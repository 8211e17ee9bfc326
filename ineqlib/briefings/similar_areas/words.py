"""What the page says: who is alike, how sure that is, and who narrowed the gap."""

from collections.abc import Iterable

from ineqlib.briefings.similar_areas.facts import Similar
from ineqlib.briefings.similar_areas.gains import Gain, better_sign
from ineqlib.catalogue import Indicator
from ineqlib.facts.alike import OWN_METHOD, PROFILE
from ineqlib.narrative import leads
from ineqlib.narrative.reader import name_inside, place_inside
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    Words,
    at,
    in_a_row,
    interval,
    possessive,
    sentence,
)
from ineqlib.pack import Area
from ineqlib.text import joined, upper_first

MOST_NAMED = 3


def question(about: Similar) -> str:
    """The question as a colleague would put it."""
    place = place_inside(about.place.name)
    if about.series is None:
        return f"Who is like {place}?"
    return f"Who is like {place}, and did better: {name_inside(about.series.name)}?"


def title(about: Similar) -> str:
    """What the page is called."""
    figure = f": {name_inside(about.series.name)}" if about.series else ""
    return f"Areas like {place_inside(about.place.name)}{figure}"


def in_short(about: Similar) -> str:
    """Who is most alike, for the line of an index."""
    if about.count is None:
        return "Cannot tell who is alike"
    return f"Most like it: {_names(alike.name for alike in about.similar[:MOST_NAMED])}"


def answer(about: Similar) -> Sentence:
    """Who is alike, and who did better."""
    if about.count is None:
        return sentence(
            Strong("Cannot tell"),
            f" who is like {place_inside(about.place.name)}: the pack has no list of similar areas "
            "for it, and no neighbourhoods by deprivation to tell it by.",
        )
    nearest = _names(alike.name for alike in about.similar[:MOST_NAMED])
    return sentence(
        Strong(upper_first(nearest)),
        (f" are most like {place_inside(about.place.name)}, of ", about.count),
        (f" areas alike ({about.method}). ", _better(about), _gained(about)),
    )


def _better(about: Similar) -> Sentence:
    if about.series is not None and about.now is None:
        return sentence(f"There is no such figure for {place_inside(about.place.name)}. ")
    if about.better is None or about.compared is None or about.now is None:
        return sentence()
    is_whole = about.count is not None and about.compared.value == about.count.value
    verb = "do" if about.better.value > 1 else "does"
    with_figure = "" if is_whole else " with a figure"
    did = sentence(about.better if about.better.value else "None", " of the ")
    if about.better.value == about.compared.value:
        did = sentence("All ")
    return sentence(
        (did, about.compared),
        (f"{with_figure} {verb} better than {possessive(about.place.name)} ", about.now),
        (" ", at(about.now.period), ". "),
    )


def no_figures(place: Area, indicator: Indicator) -> str:
    """Say of what the pack has no figures there; it may have others."""
    name, where = name_inside(indicator.public_name), place_inside(place.name)
    return f"the pack has no figures of “{name}” in {where}"


def clear_gains(about: Similar) -> list[Gain]:
    """Return the similar areas that clearly did more than those that began as far away."""
    return [
        gain
        for gain in about.gaps.gains
        if gain.clear and gain.beyond.value > 0 and gain.code != about.place.code
    ]


def _gained(about: Similar) -> Sentence:
    if not about.gaps.gains:
        return sentence("Who narrowed the gap cannot be told: ", Period(about.gaps.why_not), ".")
    clear = clear_gains(about)
    when = (" (", Period(about.gaps.start), ", then ", Period(about.gaps.end), ")")
    if not clear:
        return sentence(
            f"None clearly narrowed the gap to {about.gaps.against}",
            *when,
            " by more than areas that began as far from it.",
        )
    parts = in_a_row(
        (f"{place_inside(gain.name)}, ", gain.beyond, " more", interval(gain.beyond))
        for gain in clear[:MOST_NAMED]
    )
    return sentence(
        f"The gap to {about.gaps.against} narrowed",
        *when,
        " by more than in areas that began as far from it in: ",
        parts,
        ".",
    )


def how_sure(about: Similar) -> Sentence:
    """How far the list depends on how likeness is measured."""
    if not about.others or about.count is None:
        return sentence()
    ends = sorted(about.others, key=lambda other: other.shared.value)
    low, high = ends[0], ends[-1]
    none = Number("none", low.shared.value, low.shared.id)
    kept = sentence(none if not high.shared.value else low.shared)
    if low.shared.value != high.shared.value:
        kept = sentence(kept, " to ", high.shared)
    few = 2 * high.shared.value < about.count.value
    return leads.how_sure(
        ("other ways to measure likeness keep ", kept, " of these ", about.count),
        " areas; take the names as examples." if few else " areas.",
    )


def next_step(about: Similar) -> Sentence:
    """What to do next."""
    clear = clear_gains(about)
    names = _names(gain.name for gain in clear[:MOST_NAMED]) if clear else ""
    if names:
        words = f"ask {names} what changed there; the figures do not say why."
    elif best := _best(about):
        does = "does" if len(best) == 1 else "do"
        words = (
            f"ask what {_names(best)} {does} differently; better figures alone are no proof that "
            "something worked."
        )
    elif about.count is None:
        words = "add a publisher's list of similar areas, or neighbourhoods by deprivation."
    elif about.now is None:
        words = f"choose an indicator with a figure for {place_inside(about.place.name)}."
    else:
        words = "compare with them on another indicator; on this one nobody is ahead."
    return leads.what_next(words)


def _best(about: Similar) -> list[str]:
    """Name the similar areas with the best newest figures, as far as they are better."""
    if about.now is None or about.series is None or about.better is None:
        return []
    way = better_sign(about.series)
    figures = [(way * a.newest.value, a.name) for a in about.similar if a.newest]
    better = sorted((pair for pair in figures if pair[0] > way * about.now.value), reverse=True)
    return [name for _, name in better[:MOST_NAMED]]


def sensitivity_lead(about: Similar) -> Sentence:
    """What the table of other lists shows."""
    steady = [
        alike for alike in about.similar if about.lists and alike.lists.value == about.lists.value
    ]
    if not steady:
        return sentence("No area is in every list: read the names as examples.")
    names = _names(alike.name for alike in steady[:6])
    return sentence(f"In every list: {names}.")


def _names(names: Iterable[str]) -> str:
    return joined([place_inside(name) for name in names])


def method_items(about: Similar) -> list[Words]:
    """How this was worked out, in short sentences."""
    parts = "; ".join(PROFILE.values())
    items: list[Words] = [
        f"Alike: {about.method or 'cannot be told'}; a publisher's list comes first, one of "
        "areas alike in their economy before one alike in their age.",
        f"Our own distance ({OWN_METHOD}) is the straight-line distance over these, each over "
        f"its standard deviation among the areas of the tier: {parts}.",
        "Left out in turn, each part shows what the list owes to it.",
    ]
    if about.gaps.gains:
        items += [
            f"Gap: an area's figure less that of {about.gaps.against}, turned so that below zero "
            "is worse.",
            "Whoever begins far away comes nearer by itself, on average, since part of the "
            "distance was chance; so each area is set beside what all areas of the tier that "
            "began as far away did, by a straight line through the others.",
            "Clear: of those called so, not more than one in twenty is likely to be chance "
            "(false discovery by Benjamini and Hochberg over the areas shown).",
        ]
    items.append(
        sentence(
            "It shows who, not why. What an area published about it is for the reader to find."
        )
    )
    return items
