"""The sentence that answers a question, with its facts."""

from collections.abc import Callable, Iterator, Mapping

from ineqlib.asking.choose import (
    AnswerPart,
    check_newest,
    comparisons_asked,
    fact_of_other,
    fact_of_period,
    fact_of_role,
    gaps_asked,
)
from ineqlib.asking.extremes import of_all_areas, of_all_figures
from ineqlib.asking.known import Known
from ineqlib.asking.question import WIDE, CannotAnswer, Question
from ineqlib.facts.comparisons import Comparison, judge_side
from ineqlib.facts.estimated import estimate_of
from ineqlib.facts.fact import Fact, FactTable, derived
from ineqlib.measures import compare
from ineqlib.narrative.answers import among_all, gap_over_time
from ineqlib.narrative.area import compared
from ineqlib.narrative.gaps import gap
from ineqlib.narrative.moves import changed
from ineqlib.narrative.reader import reader_named
from ineqlib.narrative.sentence import Period, Sentence, Strong, at, interval, sentence, size_of
from ineqlib.periods import years_named
from ineqlib.text import difference_unit, number

READER = reader_named("director")
MOST_LIKE = 5


def answer_in_words(question: Question, known: Known) -> tuple[Sentence, tuple[Fact, ...]]:
    """Answer a question from the facts of the area that it is about."""
    parts = list(_MAKERS[question.measure](question, known))
    is_wide = question.area in WIDE
    place = known.profile.places[question.area].name if is_wide else known.name
    words = sentence(f"{place}. ", *(w for part in parts for w in (part.words, " ")))
    table = FactTable.within(*(part.figures for part in parts))
    trimmed = Sentence(words.parts[:-1])
    return trimmed, tuple(table[id] for id in trimmed.facts)


def _level(question: Question, known: Known) -> Iterator[AnswerPart]:
    for figure in comparisons_asked(question, known):
        role = question.area if question.area in WIDE else "area"
        if question.since:
            raise CannotAnswer("say what has happened since, such as “risen”", question.indicators)
        if question.years:
            fact = fact_of_period(figure, role, question.years)
        elif role != "area":
            fact = fact_of_role(figure, role, known)
        else:
            yield AnswerPart(compared(figure), figure)
            continue
        name = Strong(figure.series.name)
        yield AnswerPart(
            sentence(name, ": ", fact, interval(fact), " ", at(fact.period), "."), fact
        )


def _trend(question: Question, known: Known) -> Iterator[AnswerPart]:
    for figure in comparisons_asked(question, known):
        change = figure.change
        if change is None:
            raise CannotAnswer(
                f"{known.name} has one period of that figure, {figure.period}", question.indicators
            )
        first, last = change.first.period, change.last.period
        _check_began(question, first, f"the change is told from {first} to {last}")
        yield AnswerPart(changed(figure, change, READER), figure)


def _check_began(question: Question, first: str, known: str) -> None:
    """Refuse years other than those since which a change is told."""
    began = years_named(first)
    if question.years and not (question.since and question.years in (began, began[:1])):
        raise CannotAnswer(known, question.indicators)


def _beside(question: Question, known: Known) -> Iterator[AnswerPart]:
    other = question.other or "country"
    for figure in comparisons_asked(question, known):
        check_newest(question, figure.period)
        if other == "neighbours":
            yield _beside_similar(figure, known)
            continue
        if other in WIDE:
            theirs = fact_of_role(figure, other, known)
        else:
            theirs = fact_of_other(figure, known.profile.pack.area(other), known)
        own = figure.facts["area"]
        apart = derived(
            own,
            f"distance-from-{theirs.area_code}",
            own.value - theirs.value,
            unit=difference_unit(own.unit),
            rows=own.rows + theirs.rows,
            method=f"{own.area_name}'s figure less {theirs.area_name}'s",
        )
        side = figure.likely or figure.verdict if other == "country" else _side(figure, own, theirs)
        words = sentence(
            (Strong(figure.series.name), ", ", Period(figure.period)),
            (": ", (own, interval(own), f" in {own.area_name}, ")),
            ((theirs, interval(theirs), f" in {theirs.area_name}; "), _distance(own, apart, side)),
            ".",
        )
        yield AnswerPart(words, (own, theirs, apart))


def _side(figure: Comparison, own: Fact, theirs: Fact) -> str:
    """Say on which side of another area's figure one is, by a test of the difference."""
    side = str(compare(estimate_of(own), estimate_of(theirs), rule="difference"))
    return judge_side(figure.indicator, side)


def _distance(own: Fact, apart: Fact, side: str) -> Sentence:
    if number(abs(apart.value), apart.decimals) == number(0, apart.decimals):
        return sentence("no difference as far as the figures are published (", apart, ")")
    way = "higher" if apart.value > 0 else "lower"
    sure = {
        "better": ", which is better",
        "worse": ", which is worse",
        "higher": "",
        "lower": "",
        "probably better": ", which is probably better, by how it moves from year to year",
        "probably worse": ", which is probably worse, by how it moves from year to year",
        "similar": ", a difference that chance could explain",
    }.get(side, "; without intervals chance cannot be ruled out")
    return sentence(f"{own.area_name} is ", size_of(apart), f" {way}{sure}")


def _beside_similar(figure: Comparison, known: Known) -> AnswerPart:
    standing = figure.standing
    if standing is None or standing.near_better is None or standing.near_among is None:
        raise CannotAnswer(
            f"the facts do not set {known.name} beside the areas most like it in that",
            (figure.indicator.id,),
        )
    own = figure.facts["area"]
    words = sentence(
        (Strong(figure.series.name), ", ", Period(figure.period), ": ", standing.near_better),
        (" of the ", standing.near_among),
        (f" areas most like {known.name} do better than its ", (own, interval(own), ".")),
    )
    return AnswerPart(words, (own, standing))


def _rank(question: Question, known: Known) -> Iterator[AnswerPart]:
    for figure in comparisons_asked(question, known):
        check_newest(question, figure.period)
        if figure.standing is None:
            raise CannotAnswer(f"too few areas like {known.name} have that figure to rank it")
        yield AnswerPart(among_all(figure), figure)


def _gap(question: Question, known: Known) -> Iterator[AnswerPart]:
    for inside in gaps_asked(question, known):
        check_newest(question, inside.period)
        yield AnswerPart(gap(inside, READER), inside)


def _closing(question: Question, known: Known) -> Iterator[AnswerPart]:
    for inside in gaps_asked(question, known):
        moved = inside.over_time
        if moved is None:
            raise CannotAnswer(
                f"the gap inside {known.name} is known for one period, {inside.period}",
                question.indicators,
            )
        first, last = moved.before.period, moved.after.period
        _check_began(question, first, f"the gap is known in {first} and {last}")
        yield AnswerPart(gap_over_time(inside, known.name, moved), inside)


def _similar(question: Question, known: Known) -> Iterator[AnswerPart]:
    if question.other or question.years or question.area in WIDE:
        raise CannotAnswer("I know which areas are most like one district or council alone")
    near = known.profile.neighbours
    if not near:
        raise CannotAnswer(f"the pack does not say which areas are most like {known.name}")
    names = [known.profile.pack.area(code).name for code in near[:MOST_LIKE]]
    yield AnswerPart(
        sentence(
            Strong("Most like it"),
            f", the nearest first: {', '.join(names)} (by {known.profile.neighbour_method}).",
        ),
        (),
    )


_MAKERS: Mapping[str, Callable[[Question, Known], Iterator[AnswerPart]]] = {
    "level": _level,
    "trend": _trend,
    "beside": _beside,
    "rank": _rank,
    "gap": _gap,
    "closing": _closing,
    "worst": of_all_figures,
    "best": of_all_figures,
    "highest": of_all_areas,
    "lowest": of_all_areas,
    "similar": _similar,
}
