"""Which facts a question is about, or why there are none."""

from collections.abc import Sequence
from typing import NamedTuple

from ineqlib.asking.known import Known
from ineqlib.asking.question import CannotAnswer, Question
from ineqlib.catalogue import load_catalogue
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.gaps_of_areas import INDEX
from ineqlib.facts.inside import InsideGap
from ineqlib.facts.rows import Row, read_rows
from ineqlib.narrative.sentence import Sentence
from ineqlib.pack import Area
from ineqlib.periods import years_named
from ineqlib.text import NO_VALUE, SEX_WORDS, SHORTHAND, lower_first

WHOSE = SEX_WORDS | {"Persons": "everybody"}


class AnswerPart(NamedTuple):
    """A sentence of an answer, and figures that hold its facts."""

    words: Sentence
    figures: object


def comparisons_asked(question: Question, known: Known) -> list[Comparison]:
    """Return the newest figures asked about, or refuse to answer where one is not there."""
    ids = question.indicators
    of_ids = [figure for figure in known.comparisons if figure.indicator.id in ids]
    if not of_ids:
        raise CannotAnswer(f"the facts have no figure for {known.name} of {_named(ids)}")
    chosen = [
        figure for figure in of_ids if not question.sexes or figure.series.sex in question.sexes
    ]
    _check_sexes(question, {figure.series.sex for figure in of_ids})
    for figure in chosen:
        if "area" not in figure.facts:
            raise CannotAnswer(
                f"{known.name}'s newest figure of {lower_first(figure.series.name)} is "
                f"{_status(figure.missing['area'])}",
                ids,
            )
    return chosen


def gaps_asked(question: Question, known: Known) -> list[InsideGap]:
    """Return the gaps inside the area asked about, or refuse to answer where there are none."""
    ids = question.indicators
    of_ids = [gap for gap in known.inside if gap.indicator.id.removesuffix(INDEX) in ids]
    if not of_ids:
        raise CannotAnswer(
            f"the facts have no gap between the neighbourhoods of {known.name} in {_named(ids)}",
            ids,
        )
    _check_sexes(question, {gap.sex for gap in of_ids})
    return [gap for gap in of_ids if not question.sexes or gap.sex in question.sexes]


def fact_of_role(figure: Comparison, role: str, known: Known) -> Fact:
    """Return a comparator's figure in the period of the area's newest, or refuse to answer."""
    if role not in known.profile.places:
        raise CannotAnswer(f"the facts know no {role} of {known.name}", (figure.indicator.id,))
    if role not in figure.facts:
        whose = f"{known.profile.places[role].name}'s"
        raise _without_value(figure, whose, figure.period, figure.missing[role])
    return figure.facts[role]


def fact_of_other(figure: Comparison, place: Area, known: Known) -> Fact:
    """Return another area's figure of the same period, sex and age, or refuse to answer."""
    about = figure.indicator
    rows = read_rows(known.profile.pack, (about.id,), (place.code, "other"))
    same = [
        row for row in rows if not row.dimension and row.when_and_who == figure.newest.when_and_who
    ]
    status = same[0].status if same else "not_available"
    if not same or not same[0].has_value:
        raise _without_value(figure, f"{place.name}'s", figure.period, status)
    return published(same[0], about.decimals)


def fact_of_period(figure: Comparison, role: str, years: tuple[int, ...]) -> Fact:
    """Return the figure of one period, or refuse to answer."""
    rows: Sequence[Row] = figure.series.of(role)
    same = [row for row in rows if years_named(row.period) == years]
    if len(same) != 1:
        there = ", ".join(dict.fromkeys(row.period for row in rows)) or "none"
        raise CannotAnswer(
            f"of {lower_first(figure.series.name)} there are these periods: {there}",
            (figure.indicator.id,),
        )
    if not same[0].has_value:
        raise _without_value(figure, "the", same[0].period, same[0].status)
    return published(same[0], figure.indicator.decimals)


def check_newest(question: Question, period: str) -> None:
    """Refuse a period other than the newest, for what is told of the newest alone."""
    if question.since or (question.years and years_named(period) != question.years):
        raise CannotAnswer(
            f"that is told of the newest period alone, which is {period}", question.indicators
        )


def _check_sexes(question: Question, there: set[str]) -> None:
    if missing := question.sexes - there:
        asked = " and ".join(WHOSE[sex] for sex in sorted(missing))
        known = " and ".join(WHOSE[sex] for sex in sorted(there))
        raise CannotAnswer(
            f"the facts have {_named(question.indicators)} for {known}, not for {asked}",
            question.indicators,
        )


def _without_value(figure: Comparison, whose: str, period: str, status: str) -> CannotAnswer:
    """Return the error that says why one figure has no value."""
    name = lower_first(figure.series.name)
    return CannotAnswer(
        f"{whose} figure of {name} for {period} is {_status(status)}", (figure.indicator.id,)
    )


def _status(status: str) -> str:
    """Return in words why there is no value."""
    return SHORTHAND[NO_VALUE.get(status, NO_VALUE["not_available"])]


def _named(ids: Sequence[str]) -> str:
    """Name indicators inside a sentence."""
    catalogue = load_catalogue()
    return " and ".join(f"“{lower_first(catalogue[id].public_name)}”" for id in ids)
