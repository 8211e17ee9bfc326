"""An evaluation in words: the answer, how sure it is, and what next."""

from datetime import datetime

from ineqlib.briefings.evaluate_project.design import Design
from ineqlib.briefings.evaluate_project.results import NO_SIGN, WORKED, Evaluation
from ineqlib.facts.fact import Fact
from ineqlib.narrative import leads
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    Words,
    capitalised,
    sentence,
)
from ineqlib.text import day_in_words, joined, series_name

VERDICTS = {WORKED: "It worked, as far as this can show.", NO_SIGN: "No sign that it worked."}
UNTOLD = "Cannot tell yet."
MONTHS_IN_A_YEAR = 12


def name_of(design: Design) -> str:
    """Name what should change, and whose figure it is."""
    row = design.row(design.project_codes[0], design.before[-1])
    indicator = design.indicator
    return series_name(indicator.public_name, row.sex, row.age, indicator.age)


def day_of(start: datetime) -> str:
    """Write the first day of the project."""
    return day_in_words(f"{start:%Y-%m-%d}")


def answer(design: Design, result: Evaluation) -> Sentence:
    """Say the verdict, and what it is said of."""
    several = len(design.asked.areas) > 1
    side = "higher" if result.effect.value > 0 else "lower"
    return sentence(
        Strong(VERDICTS.get(result.verdict, UNTOLD)),
        (
            f" {name_of(design)} in {design.asked.places_inside}: since ",
            Period(day_of(design.start)),
            ", ",
        ),
        (_size(result.effect), f" {side} than if it had moved "),
        ("as in the ", result.similar_count, " areas most like "),
        "them." if several else "it.",
    )


def both_moved(design: Design, result: Evaluation) -> Sentence:
    """Say how both moved, from when to when."""
    before, after = (
        Period(f"{labels[0]} to {labels[-1]}" if len(labels) > 1 else labels[0])
        for labels in (design.before, design.after)
    )
    return sentence(
        ("From before the start (", before, ") to after it (", after, ") the average of "),
        f"{design.asked.places_inside} ",
        (_way(result.moved), "; that of the similar areas ", _way(result.similar_moved), ". "),
        usual_drift(result),
    )


def usual_drift(result: Evaluation) -> Sentence:
    """Say how far areas move from those like them by themselves."""
    low = result.effect_low
    return sentence(
        "With no project, nine in ten drift by ",
        (Number(low.number, low.value, low.id), " to ", result.effect_high),
        " from similar areas.",
    )


def how_sure(design: Design, result: Evaluation) -> Sentence:
    """Say how often the rule is wrong."""
    others = "others" if len(design.asked.areas) == 1 else "sets of as many other areas"
    return leads.how_sure(
        ("of ", result.tested, f" {others} (with no known project) "),
        (result.as_far, " did as well or better; this rule wrongly calls "),
        (result.called, " “worked” (", result.rate),
        ").",
    )


def what_next(design: Design, result: Evaluation) -> Sentence:
    """Say what to do with the answer."""
    start = Period(day_of(design.start))
    if result.verdict == WORKED:
        return leads.what_next(
            ("ask what else began here about ", start, " and not in the areas like it. "),
            "Then look again when the next figure is out.",
        )
    if result.verdict == NO_SIGN:
        return leads.what_next(
            (_hoped(design, result), " can be ruled out. Ask whether the project "),
            "reached enough people to move a whole area's figure (its own records tell sooner).",
        )
    if result.moved_before:
        return leads.what_next(
            "what would be needed is the project's own records, or a start in some places before "
            "others. The figure moved that way before the start already, faster than in nearly all "
            "areas, so more years would not tell the project from what was under way."
        )
    return leads.what_next(_what_is_needed(design, result))


def _what_is_needed(design: Design, result: Evaluation) -> Sentence:
    seen = sentence(
        ("do not judge yet. ", capitalised(_hoped(design, result)), " would be seen "),
        (result.chance_to_see, " of the time"),
    )
    more = result.needed
    ways: list[Sentence] = []
    if more and more.years:
        newest = design.row(design.project_codes[0], design.after[-1])
        yearly = "yearly " if newest.months >= MONTHS_IN_A_YEAR else ""
        figures = "figure" if more.years.value == 1 else "figures"
        ways.append(sentence(more.years, f" more {yearly}{figures}"))
    if more and more.areas:
        people = (" (about ", more.people, " people)") if more.people else ""
        ways.append(sentence(more.areas, " such areas together", people))
    if not ways:
        return sentence(
            seen,
            ", and more years or areas would not make it four times in five. The project's own "
            "records would be needed.",
        )
    either = (ways[0], ", or ", ways[1]) if len(ways) > 1 else (ways[0],)
    return sentence(seen, "; with ", *either, ", four times in five.")


def _hoped(design: Design, result: Evaluation) -> Sentence:
    asked_for = design.asked.hoped
    why = ", which was hoped for," if asked_for else " (half of what areas typically differ by)"
    return sentence(f"a {design.asked.direction} of ", _size(result.hoped), why)


def second_opinion(design: Design, result: Evaluation) -> Sentence:
    """Say what a synthetic control says, and whether it agrees."""
    second = result.second
    side = "higher" if second.effect.value > 0 else "lower"
    if not second.agrees:
        agrees = "It does not agree: the answer hangs on the method"
    elif result.verdict == WORKED:
        agrees = "It agrees"
    else:
        agrees = "It agrees that nothing stands out from chance"
    return sentence(
        "Beside similar areas weighted to move as ",
        (design.asked.places_inside, " did before the start, the figure is "),
        (_size(second.effect), f" {side} than without the project. Of "),
        ((result.tested, " others, ", second.as_far), f" departed as far from theirs. {agrees}."),
    )


def event_title(design: Design, result: Evaluation) -> str:
    """Say what the event-time chart shows."""
    here = design.asked.places
    low, effect, high = (
        fact.value for fact in (result.effect_low, result.effect, result.effect_high)
    )
    if result.verdict == WORKED:
        return f"{here}: further from similar areas than others go by themselves"
    if result.moved_before:
        return f"{here}: on the way before the start"
    if low <= effect <= high:
        return f"{here}: within what areas do by themselves"
    return f"{here}: further the other way than areas go by themselves"


def event_alt(design: Design, result: Evaluation) -> str:
    """Say what the event-time chart shows to who cannot see it."""
    low, high = result.effect_low.text, result.effect_high.text
    return (
        f"Line chart of the gap between {design.asked.places_inside} and similar areas, less its "
        f"mean before the start. After the start it is {result.effect.text} on average; nine areas "
        f"in ten lie between {low} and {high}."
    )


def trend_title(design: Design, result: Evaluation) -> str:
    """Say what both did."""
    own, similar = (_way(fact).text for fact in (result.moved, result.similar_moved))
    return f"{design.asked.places} {own}; similar areas {similar}"


def how_it_works(design: Design, result: Evaluation) -> list[Words]:
    """Say how it was worked out, what it assumes and when it cannot tell."""
    across: Words = ""
    if design.across:
        when = Period(joined(list(design.across)))
        across = " Left out, since the start lies in it: ", when, "."
    cut = ""
    if design.is_cut:
        cut = " Its publisher says that the series breaks: no period across that counts."
    return [
        sentence(
            "A difference in differences: the mean after the start less the mean before, less the "
            "same of the areas most like it, each counted once.",
            across,
            cut,
        ),
        sentence(
            f"Those areas were chosen by {design.neighbour_method}, not by what they did after: ",
            f"{joined(list(result.similar_names))}.",
        ),
        "“Worked” takes two things: no more than one area in twenty moves as far the wanted "
        "way by itself, each measured by how much its gap varied before; and it was not among "
        "the one in twenty that already moved that way fastest.",
        "“No sign” is said where a change of the size hoped for would lie as far out. "
        "Anything else is “cannot tell yet”.",
        "It shows a cause only if nothing else began here and not there. It cannot see a "
        "change in a small part of the people. Modelled figures, and figures of several years "
        "together, which hold years before and after the start at once, are not judged.",
    ]


def _way(moved: Fact) -> Sentence:
    """Say which way it went; what is nothing when it is rounded went neither."""
    if float(f"{moved.value:.{moved.decimals}f}") == 0:
        return sentence("stayed level")
    return sentence("rose by " if moved.value > 0 else "fell by ", _size(moved))


def _size(fact: Fact) -> Number:
    """Tell a number without its sign, which may stand behind a currency."""
    return Number(fact.text.replace("−", ""), fact.value, fact.id)
