"""What the page says: where to look first, how sure that is, and why there."""

from collections.abc import Iterator

from ineqlib.briefings.neighbourhoods.model import (
    Neighbourhoods,
    OnePlace,
    Weight,
)
from ineqlib.facts.fact import Fact
from ineqlib.narrative import leads
from ineqlib.narrative.reader import name_inside, place_inside
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    Words,
    capitalised,
    interval,
    possessive,
    sentence,
    size_of,
)
from ineqlib.text import joined

NAMED = 3
HARDLY_MOVED = 99.5
"""Per cent of its distance that a typical figure keeps: as good as all of it."""
UNITS = {
    "ward": ("ward", "wards"),
    "msoa": ("MSOA", "MSOAs"),
    "lsoa": ("neighbourhood", "neighbourhoods"),
}
WEIGHTS = {
    Weight.STEADY: "steady",
    Weight.CARE: "to be read with care",
    Weight.WEAK: "cannot carry weight by itself",
    Weight.UNKNOWN: "nothing says how sure it is",
}


INSTEAD = {
    "none": (
        "add a file to the pack with a row for each place: its count, and what the count is of."
    ),
    "too many": "ask for one of its counties or districts.",
    "withheld": "get figures of larger places, or of several years together.",
    "one place": "compare the whole area with others instead; its briefing does.",
}
"""Why a page cannot answer -> what to do."""


def unit(about: Neighbourhoods, *, many: bool = True) -> str:
    """What one place is, or many of them are."""
    return UNITS[about.figures.unit][many] if about.figures else UNITS["lsoa"][many]


def heading(about: Neighbourhoods) -> str:
    """What one place is, as the heading of a column."""
    return capitalised(sentence(unit(about, many=False))).text


def side(about: Neighbourhoods) -> str:
    """Which side is looked for."""
    judged = about.figures is not None and about.figures.polarity != "neutral"
    return "worse" if judged else "higher"


def name(about: Neighbourhoods) -> str:
    """The figure as it stands in a sentence."""
    return name_inside(about.name or about.asked)


def question(about: Neighbourhoods) -> str:
    """The question as a colleague would put it."""
    figure = f": {name(about)}" if name(about) else ""
    return f"Where in {place_inside(about.area.name)} should we look first{figure}?"


def title(about: Neighbourhoods) -> str:
    """What the page is called."""
    figure = f": {name(about)}" if name(about) else ""
    return f"Neighbourhoods of {place_inside(about.area.name)}{figure}"


def summary(about: Neighbourhoods) -> str:
    """The answer in one line, for an index."""
    if about.clear is None:
        return "Cannot tell where to look first"
    clear = [place.name for place in about.first if place.clear]
    if not clear and nothing_says_how_sure(about):
        return "Cannot tell which places stand out beyond chance"
    if not clear:
        return "No place stands out beyond chance"
    return f"Look first at {joined(clear[:NAMED])}"


def answer(about: Neighbourhoods) -> Sentence:
    """Where to look first; or why that cannot be told, and what would be needed."""
    match about.why_not:
        case "none":
            return _none(about)
        case "too many":
            return sentence(
                Strong("Too many to tell apart. "),
                f"{about.area.name} has ",
                _number(about.number),
                f" {unit(about)}.",
            )
        case "withheld":
            return sentence(
                Strong("Cannot tell. "),
                "The figure of ",
                _all_places(about),
                f" is withheld or not available, {about.period}.",
            )
        case "one place":
            [place], where = about.places, place_inside(about.area.name)
            return sentence(
                Strong(f"There is one {unit(about, many=False)} in {where}"),
                f" on the map of these figures, {place.name}",
                *((": ", place.raw) if place.raw else ()),
                f" ({about.period}). There is nothing inside it to compare; figures of smaller "
                "places are not published.",
            )
    return _first_places(about)


def _none(about: Neighbourhoods) -> Sentence:
    figure = f" of {name_inside(about.asked)}" if about.asked else ""
    there = ""
    if about.others:
        has = joined([name_inside(other) for other in about.others[:6]])
        there = f" It has {has}{', and more' * (len(about.others) > 6)}."
    return sentence(
        Strong("Cannot tell. "),
        f"The pack has no figures{figure} of wards, MSOAs or neighbourhoods in "
        f"{place_inside(about.area.name)}.{there}",
    )


def _first_places(about: Neighbourhoods) -> Sentence:
    clear = [place for place in about.first if place.clear]
    if not about.first or about.average is None:
        return sentence(
            Strong("No place stands out. "),
            "The figures of ",
            _all_places(about),
            " differ by no more than chance makes them.",
        )
    places = (clear or about.first)[:NAMED]
    names = joined([place.name for place in places])
    against = (f"{possessive(about.average_is)} ", about.average)
    figure = f" ({name(about)}, {about.period})"
    if not clear and nothing_says_how_sure(about):
        return sentence(
            Strong("Cannot tell which stand out beyond chance. "),
            f"{names} have the {'worst' if side(about) == 'worse' else 'highest'} figures of ",
            _all_places(about),
            f"{figure}, but the pack has neither the counts behind them nor their intervals.",
        )
    if not clear:
        return sentence(
            Strong("No place stands out beyond chance. "),
            "None of ",
            _all_places(about),
            f" has a figure clearly {side(about)} than ",
            *against,
            f"{figure}. {names} come first, but that may be chance.",
        )
    have = "has" if about.clear and about.clear.value == 1 else "have"
    return sentence(
        Strong(f"Look first at {names}. "),
        _number(about.clear),
        " of ",
        _all_places(about),
        f" {have} a {side(about)} figure than ",
        *against,
        f", beyond chance{figure}.",
    )


def _all_places(about: Neighbourhoods) -> Sentence:
    return sentence("the ", _number(about.number), f" {unit(about)}")


def _number(fact: Fact | None) -> Sentence:
    return sentence(fact) if fact else sentence()


def nothing_says_how_sure(about: Neighbourhoods) -> bool:
    """Whether no figure has a count or an interval."""
    known = (Weight.STEADY, Weight.CARE, Weight.WEAK)
    return bool(about.by_weight) and not any(about.by_weight[words].value for words in known)


def how_sure(about: Neighbourhoods) -> Sentence:
    """Which figures can carry weight, and how far chance moved them."""
    weak, care, unknown = (
        about.by_weight[words] for words in (Weight.WEAK, Weight.CARE, Weight.UNKNOWN)
    )
    parts: list[Words] = []
    if nothing_says_how_sure(about):
        parts.append("nothing says how sure any of the figures is; ")
    elif unknown.value:
        parts += ["nothing says how sure ", unknown, " of the figures are; "]
    if weak.value:
        are = "figure is" if weak.value == 1 else "figures are"
        parts += [weak, f" {are} too small to carry weight; "]
    if care.value:
        are = "figure is" if care.value == 1 else "figures are"
        are = are if not weak.value else are.split()[-1]
        parts += [care, f" {are} to be read with care; "]
    return leads.how_sure(*parts or ["every figure is steady; "], _smoothing(about))


def _smoothing(about: Neighbourhoods) -> Sentence:
    if about.typical is None:
        return sentence("the figures could not be smoothed: ", Period(about.why_not_smoothed), ".")
    whose = possessive(place_inside(about.area.name))
    if about.typical.value >= HARDLY_MOVED:
        return sentence(f"to allow for chance hardly any had to be moved towards {whose}.")
    return sentence(
        f"each is moved towards {whose}, to allow for chance (a typical one keeps ",
        about.typical,
        " of its distance).",
    )


def next_step(about: Neighbourhoods) -> Sentence:
    """What to do next."""
    if about.why_not:
        words = INSTEAD[about.why_not]
    elif any(place.clear for place in about.first):
        words = (
            "ask people who know these places what is different there. A figure says where to "
            "look, not why, and nothing of any one person there."
        )
    elif nothing_says_how_sure(about):
        words = (
            "ask the publisher for the counts, or for the same figures of larger places, before "
            "choosing one."
        )
    else:
        words = (
            "put several years together, or look at larger places, before choosing one. What is "
            "done for the whole area misses nobody."
        )
    return leads.what_next(words)


def first_lead(about: Neighbourhoods) -> Sentence:
    """What the places are set against, and in which order they stand."""
    if about.average is None:
        return sentence()
    has_counts = any(place.more for place in about.first)
    by = "people or events that make the difference" if has_counts else "size of the difference"
    order = f"those beyond chance first, then by the {by}"
    if nothing_says_how_sure(about):
        order = f"by the {by}"
    against = f"Against {possessive(about.average_is)} "
    return sentence(against, about.average, f"; {order}.")


def reason(about: Neighbourhoods, place: OnePlace) -> Sentence:
    """Why to look there: the size of it, the people, how sure it is, and what lies around."""
    parts: list[Words] = []
    if place.raw is not None:
        parts += [place.raw, interval(place.raw)]
    if place.smoothed is not None:
        parts += [", smoothed ", place.smoothed]
    parts += [*_people(about, place), f"; {WEIGHTS.get(place.weight, '')}"]
    if place.weight != Weight.UNKNOWN:
        parts.append("; beyond chance" if place.clear else "; may be chance")
    if place.cluster == about.way:
        around = "high" if about.way > 0 else "low"
        parts.append(f"; those around it are {around} too (a cluster)")
    return sentence(Strong(f"{place.name}: "), *parts, ".")


def _people(about: Neighbourhoods, place: OnePlace) -> Iterator[Sentence]:
    if place.count is None:
        return
    yield sentence("; ", place.count, " counted")
    if place.more is not None:
        way = "more" if about.way > 0 else "fewer"
        yield sentence(
            ", about ", size_of(place.more), f" {way} than at {possessive(about.average_is)} rate"
        )
