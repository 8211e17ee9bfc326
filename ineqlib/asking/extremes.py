"""The worst and the best: of an area's figures, and of all areas by one figure."""

from collections.abc import Iterator, Sequence

import numpy as np

from ineqlib.asking.choose import AnswerPart, check_newest, comparisons_asked
from ineqlib.asking.known import Known
from ineqlib.asking.question import OWN, CannotAnswer, Question
from ineqlib.facts.comparisons import Comparison, recent
from ineqlib.narrative.sentence import Period, Sentence, Strong, in_a_row, in_brackets, sentence

FIRST_FEW = 3


def of_all_figures(question: Question, known: Known) -> Iterator[AnswerPart]:
    """The worst or best of the area's figures, or the area with the worst or best figure."""
    if question.indicators:
        yield from of_all_areas(question, known)
        return
    if question.area != OWN:
        raise CannotAnswer("I know what one district or council is worst and best at alone")
    if question.other not in ("", "country") or question.years or question.sexes:
        raise CannotAnswer(
            "the area's figures are set in order against the country's, newest first"
        )
    if "country" not in known.profile.places:
        raise CannotAnswer("the facts have no figures of the country")
    verdict = {"worst": "worse", "best": "better"}[question.measure]
    figures = [figure for figure in recent(known.comparisons) if figure.verdict == verdict]
    figures = [figure for figure in figures if "country" in figure.facts]
    figures.sort(key=lambda figure: -abs(figure.distance))
    country = known.profile.country_name
    counted = known.tally
    words = sentence(
        ("Of ", counted["judged"]),
        (
            f" recent figure{'' if counted['judged'].value == 1 else 's'} that can be compared "
            f"with {country}, ",
            counted[verdict],
        ),
        f" {'is' if counted[verdict].value == 1 else 'are'} {verdict}",
        f". Furthest from {country}, for how far areas differ: " if figures else ".",
    )
    yield AnswerPart(sentence(words, _first_few(figures, country)), (counted, figures))


def _first_few(figures: Sequence[Comparison], country: str) -> Sentence:
    parts = [
        (
            (Strong(figure.series.name), " ", figure.facts["area"]),
            (f", {country} ", figure.facts["country"], in_brackets(figure.period)),
        )
        for figure in figures[:FIRST_FEW]
    ]
    return sentence(in_a_row(parts), "." * bool(parts))


def of_all_areas(question: Question, known: Known) -> Iterator[AnswerPart]:
    """Say which area of the same tier has the highest, lowest, worst or best figure."""
    if question.area not in (OWN, "country") or question.other:
        raise CannotAnswer(f"I know the ends of the list of areas like {known.name} alone")
    for figure in comparisons_asked(question, known):
        check_newest(question, figure.period)
        polarity = figure.indicator.polarity
        if polarity == "neutral" and question.measure in ("worst", "best"):
            raise CannotAnswer("nothing says whether high is good or bad", question.indicators)
        wants_high = {
            "highest": True,
            "lowest": False,
            "worst": polarity == "adverse",
            "best": polarity == "favourable",
        }[question.measure]
        if figure.peers is None or figure.standing is None:
            raise CannotAnswer("too few areas have that figure", question.indicators)
        end = figure.peers.highest if wants_high else figure.peers.lowest
        if (np.asarray(figure.peers.values) == end.value).sum() > 1:
            raise CannotAnswer("several areas share that place", question.indicators)
        side = f"the {'highest' if wants_high else 'lowest'}"
        also = {"worst": ", which is the worst", "best": ", which is the best"}
        words = sentence(
            Strong(figure.series.name),
            ", ",
            Period(figure.period),
            ": of ",
            figure.standing.among,
            f" areas of the same tier as {known.name} with a figure, {end.area_name} has {side}"
            f"{also.get(question.measure, '')}, ",
            end,
            ".",
        )
        yield AnswerPart(words, (figure.standing, end))
