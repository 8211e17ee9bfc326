"""What the page says: the answer, and who did as much."""

from ineqlib.briefings.what_would_it_take.done import ALREADY, CANNOT, SELDOM, WITHIN, Done
from ineqlib.briefings.what_would_it_take.facts import Takes
from ineqlib.facts.fact import Fact
from ineqlib.narrative import leads
from ineqlib.narrative.directions import first_year
from ineqlib.narrative.reader import name_inside, place_inside
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    at,
    interval,
    possessive,
    sentence,
    size_of,
)
from ineqlib.text import joined

MOST_NAMED = 3
WAY = {True: "rise", False: "fall"}


def question(asked: Takes) -> str:
    """The question as a colleague would put it."""
    place, name = place_inside(asked.series.profile.area.name), name_of(asked)
    if asked.target is None:
        return f"What would it take in {place}, for {name}?"
    return f"What would it take in {place} to reach the target for {name} by {asked.by}?"


def name_of(asked: Takes) -> str:
    """What is measured, and whose, as it stands inside a sentence."""
    return f"“{name_inside(asked.series.name)}”"


def title(asked: Takes) -> str:
    """What the page is called."""
    place = place_inside(asked.series.profile.area.name)
    return f"A target for {place}: {name_inside(asked.series.name)}"


def answer(asked: Takes) -> Sentence:
    """The answer in one or two sentences."""
    place = place_inside(asked.series.profile.area.name)
    name = name_of(asked)
    if asked.now is None or asked.target is None:
        why = asked.why_not or "the pack has no figures of it there"
        return sentence(Strong("Cannot tell"), f" for {name} in {place}: {why}.")
    if asked.verdict == ALREADY:
        return sentence(
            (Strong("Already there"), f": the figure for {name} in {place} was ", asked.now),
            (" ", at(asked.now.period), ", no worse than ", goal(asked), "."),
        )
    if asked.required is None or asked.done is None:
        return sentence(
            (Strong("Cannot tell"), f" whether {place} can reach ", goal(asked)),
            (" by ", Period(str(asked.by)), ": ", Period(asked.why_not), "."),
        )
    start = Strong(asked.verdict.capitalize())
    doubt = f", because {asked.why_not}" if asked.why_not else ""
    return sentence(start, doubt, ". ", must(asked), ". ", who_did(asked, asked.done))


def goal(asked: Takes) -> Sentence:
    """The target: whose, and the figure."""
    if asked.target is None:
        return sentence()
    return sentence(f"{asked.target.words} ", asked.target.fact)


def must(asked: Takes) -> Sentence:
    """How fast the figure has to move."""
    if asked.required is None or asked.target is None:
        return sentence()
    return sentence(
        (f"To reach {asked.target.words} ", asked.target.fact, " by ", Period(str(asked.by))),
        (f", it must {WAY[asked.higher_is_better]} by ", asked.required, interval(asked.required)),
        (" from ", asked.now, " ", at(asked.now.period)) if asked.now else "",
    )


def who_did(asked: Takes, done: Done) -> Sentence:
    """How many similar areas ever did as much over such a run."""
    # "Ever" would promise times that the pack has no figures of.
    since = Period(first_year(asked.series.labels[0]))
    # "All did over any 5 years" would say that none ever failed to.
    over = "in their best" if done.similar_did.value else "over any"
    return sentence(
        (_number_among(done.similar_did, done.similar), " similar areas"),
        interval(done.similar_did) if _is_wide(done.similar_did) else "",
        (f" did as much {over} ", asked.run or "", " since ", since, "."),
    )


def _number_among(did: Fact, among: Fact) -> Sentence:
    if did.value == among.value:
        return sentence("All ", among)
    return sentence(did if did.value else "None", " of the ", among)


def next_step(asked: Takes) -> Sentence:
    """What to do next."""
    done = asked.done
    if asked.verdict == ALREADY:
        return leads.what_next(
            "look at the gap inside the area, or set a target that asks for more, such as the best "
            "similar area's figure (target: best_similar)."
        )
    if asked.now is None:
        place = place_inside(asked.series.profile.area.name)
        return leads.what_next(f"choose an indicator with a figure for {place}.")
    if asked.target is None:
        return leads.what_next(
            "give the target as a number, or add the figure to aim at to the pack."
        )
    if done is None:
        return leads.what_next(
            "ask for a later year or a nearer target, or add earlier years and other areas to the "
            "pack."
        )
    own, required = asked.series.profile.area.code, asked.required
    others = [fact for fact in done.best if fact.area_code != own]
    did = [fact.area_name for fact in others if required and fact.value >= required.value]
    named = did[:MOST_NAMED]
    if asked.verdict in (WITHIN, SELDOM, CANNOT) and named:
        start = f"ask {joined(named)} how; the figures do not say. "
    elif asked.verdict == CANNOT:
        start = "plan for less until more is known. "
    else:
        start = "plan for less, or longer. "
    return leads.what_next(start, _pace(done))


def _pace(done: Done) -> Sentence:
    if done.until is None:
        if done.quarter.value <= 0:
            return sentence(
                "Even at their best, three in four of the similar areas got worse by ",
                size_of(done.quarter),
                " or more, which does not lead there.",
            )
        return sentence(
            "One in four of the similar areas reached ",
            done.quarter,
            " at their best, which does not lead there in a lifetime.",
        )
    return sentence(
        ("At the best pace of one similar area in four (", done.quarter),
        (") it takes until ", Period(str(done.until)), "."),
    )


def how_sure(asked: Takes) -> Sentence:
    """How sure the answer is."""
    done = asked.done
    if done is None or asked.required is None:
        return sentence()
    return leads.how_sure(
        ("similar areas ", way_of(done.usual), " on average", interval(done.usual, turned=True)),
        (". ", _counts(done)),
    )


def way_of(change: Fact) -> Sentence:
    """Tell a change by the way it goes, without its sign."""
    return sentence("get worse by " if change.value < 0 else "improve by ", size_of(change))


def _counts(done: Done) -> Sentence:
    """How many of all areas did it, and how sure that is."""
    sure = interval(done.tier_did) if _is_wide(done.tier_did) else ""
    return sentence(_number_among(done.tier_did, done.tier), " areas did as much", sure, ".")


def _is_wide(count: Fact) -> bool:
    return count.limits is not None and count.limits[0] != count.limits[1]


def in_people(asked: Takes) -> Sentence:
    """The target in events; nothing where the pack has no counts."""
    if asked.fewer is None or asked.events is None or asked.people is None:
        return sentence()
    if asked.verdict == ALREADY:
        return sentence()
    which = "more" if asked.higher_is_better else "fewer"
    return sentence(
        (Strong("In people"), ": ", asked.events, " of the ", asked.people),
        (" asked " if asked.series.indicator.sampled else " counted ", at(asked.events.period)),
        (" are in the figure; at the target it would be ", asked.fewer, f" {which}"),
        (interval(asked.fewer), "."),
    )


def required_title(asked: Takes) -> str:
    """What the chart over time shows."""
    place = possessive(asked.series.profile.area.name)
    if asked.verdict == ALREADY:
        return f"{place} figure so far"
    return f"{place} path to the target by {asked.by}"
