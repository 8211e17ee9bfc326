"""The views of a question: what each shows, or why there is nothing to show. No widget."""

import logging
from collections.abc import Callable, Hashable

from ineqlib.errors import UserError
from ineqlib.exploring.choices import Choices
from ineqlib.exploring.question import Question
from ineqlib.exploring.seen import Seen
from ineqlib.exploring.table import table_of
from ineqlib.observations import SEXES
from ineqlib.questions.answer import Answer
from ineqlib.questions.compare import compare
from ineqlib.questions.decompose import decompose
from ineqlib.questions.gradient import gradient
from ineqlib.questions.maps import DEPRIVATION
from ineqlib.questions.maps import map as map_of
from ineqlib.questions.trend import DRAWN, trend
from ineqlib.questions.what_changed import what_changed

_log = logging.getLogger(__name__)
ONCE = ("trend", "areas")
"""Views that show both areas in one figure."""
FORMATS = ("svg", "png", "csv", "html")
"""As what a figure can be saved."""


def look(view: str, question: Question, choices: Choices, area: str) -> Seen:
    """Answer a question of an area in one of `VIEWS`; never raises: what went wrong is a reason."""
    try:
        if view == "table":
            return table_of(question, choices, area)
        answer = _ASK[view](question, choices, area)
    except UserError as error:
        return Seen(reason=str(error))
    except Exception as error:
        _log.info("the view '%s' of %s", view, question, exc_info=error)
        return Seen(
            reason=f"This view could not be made: a fault of ineqlib ({type(error).__name__}: "
            f"{error}). The bookmark below tells its authors how to see it."
        )
    return Seen(
        answer.sentence,
        answer.figure.html,
        answer.notes,
        answer.code,
        answer.facts,
        FORMATS,
        answer.save,
    )


def depends_on(view: str, question: Question, area: str) -> Hashable:
    """Return what a view rests on: where that is the same, it shows the same."""
    parts = (question.pack, view, question.indicator)
    match view:
        case "trend":
            return *parts, area, question.second, question.comparators, question.sex
        case "peers":
            similar = "neighbours" in question.comparators
            return *parts, area, question.sex, question.period, similar
        case "map":
            return question.pack, view, area
        case "areas":
            return *parts, question.sex, question.period, area[:3]
        case "decomposition":
            return question.pack, view, area, question.sex
        case "table":
            return *parts, area, question.sex, question.period, question.dimension
        case _:
            return *parts, area, question.sex, question.period


def _sex(question: Question, choices: Choices, area: str) -> str | None:
    """Return the sex to ask for; None where there is no choice, as a briefing asks."""
    sexes = choices.series(area, question.indicator).sexes
    if len(sexes) == 1 and question.sex in sexes:
        return None
    return question.sex


def _trend(question: Question, choices: Choices, area: str) -> Answer:
    above = choices.pack.area(area).above
    wanted = [above[name] for name in reversed(DRAWN) if name in question.comparators]
    second = [question.second] if question.second else []
    # The chart has room for so many beside the area; the second is what was asked for.
    beside = [code for code in wanted if code not in ("", area, *second)][
        : len(DRAWN) - len(second)
    ]
    sex = _sex(question, choices, area)
    return trend(choices.pack, question.indicator, [area, *second, *beside], sex=sex)


def _peers(question: Question, choices: Choices, area: str) -> Answer:
    return compare(
        choices.pack,
        question.indicator,
        area,
        beside="similar" if "neighbours" in question.comparators else "peers",
        sex=_sex(question, choices, area),
        period=question.period or None,
    )


def _gradient(question: Question, choices: Choices, area: str) -> Answer:
    return gradient(
        choices.pack,
        question.indicator,
        area,
        sex=None if question.sex == SEXES[0] else question.sex,
        period=question.period or None,
    )


def _map(_question: Question, choices: Choices, area: str) -> Answer:
    return map_of(choices.pack, DEPRIVATION, area)


def _areas(question: Question, choices: Choices, area: str) -> Answer:
    kinds = {"utla": "upper-tier authorities", "region": "regions"}
    return map_of(
        choices.pack,
        question.indicator,
        kinds.get(choices.pack.area(area).area_type, "districts"),
        sex=_sex(question, choices, area),
        period=question.period or None,
    )


def _decomposition(question: Question, choices: Choices, area: str) -> Answer:
    # Men and women together are what is left out, as everywhere.
    return decompose(choices.pack, area, sex=None if question.sex == SEXES[0] else question.sex)


_ASK: dict[str, Callable[[Question, Choices, str], Answer]] = {
    "trend": _trend,
    "peers": _peers,
    "gradient": _gradient,
    "map": _map,
    "areas": _areas,
    "decomposition": _decomposition,
}


def got_worse(choices: Choices, area: str) -> tuple[str, ...]:
    """Return the ids of the indicators that got worse in an area, the fastest first."""
    try:
        frame = what_changed(choices.pack, area).frame
    except UserError:
        return ()
    return tuple(frame.loc[frame["verdict"] == "worse", "indicator_id"].drop_duplicates())
