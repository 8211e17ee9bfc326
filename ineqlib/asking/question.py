"""From words to what is asked: every word must mean something, or the question is not answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ineqlib.asking.grammar import Grammar, Meaning, Phrase, is_one_question, is_period, words_of
from ineqlib.periods import years_named

MOST_SIGNS = 200
"""Of one question."""
OWN = "own"
"""Stands for the area asked about where a question says us or here."""
WIDE = ("country", "county", "region", "neighbours")
ONE_LIST = ("worst", "best")
ENDS = ("highest", "lowest")
_TOGETHER = {
    frozenset({"gap", "closing"}): "closing",
    frozenset({"compare", "distance"}): "beside",
    frozenset({"compare", "trend"}): "trend",
    **{frozenset({end, way}): end for end in (*ONE_LIST, *ENDS) for way in ("compare", "rank")},
    frozenset({"gap", "trend"}): "closing",
    frozenset({"compare", "rank"}): "rank",
}
"""Measures that together are one question."""


class CannotAnswer(Exception):
    """A question that is not answered, and why, in words to stand after "I don't know:".

    `indicators` were understood, or could have been meant, and tell what can be asked instead.
    """

    def __init__(self, reason: str, indicators: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.indicators = tuple(indicators)


class Piece(NamedTuple):
    """Some words of a question and what they are; ``unknown`` where they mean nothing."""

    words: Phrase
    kind: str
    value: Any = None


class Pieces(tuple[Piece, ...]):
    """The pieces of a question, in their order."""

    def has(self, *kinds: str) -> bool:
        """Tell whether one is of any of some kinds."""
        return any(piece.kind in kinds for piece in self)

    def values(self, kind: str) -> list[Any]:
        """Return which of a kind there are."""
        return [piece.value for piece in self if piece.kind == kind]

    def words(self, *kinds: str) -> Phrase:
        """Return the words of those of some kinds."""
        return tuple(word for piece in self if piece.kind in kinds for word in piece.words)


@dataclass(frozen=True)
class Question:
    """What is asked."""

    measure: str
    """``level``, ``trend``, ``beside`` (another place), ``rank``, ``gap`` (inside), ``closing``
    (whether that gap is), ``worst`` and ``best`` (of the area's figures, or of all areas by one
    figure), ``highest``, ``lowest`` or ``similar``."""
    indicators: tuple[str, ...]
    """Ids; empty where all are meant."""
    sexes: frozenset[str]
    """As the rows have them; empty for those that a briefing shows."""
    area: str
    """Code, `OWN`, or one of `WIDE`."""
    other: str
    """What it is set beside: code, `OWN`, one of `WIDE`, or empty."""
    years: tuple[int, ...]
    """Of the period asked for; empty for the newest."""
    since: bool
    """Whether that is the beginning of a change."""


def read_question(text: str, grammar: Grammar, phrases: Mapping[Phrase, Meaning]) -> Question:
    """Say what a question asks, or refuse what is not understood, or is two questions at once."""
    words = words_of(text)
    if not words:
        raise CannotAnswer("there is no question")
    if len(text) > MOST_SIGNS or not is_one_question(text):
        raise CannotAnswer("ask one short question at a time")
    return _understood(Pieces(pieces_of(words, phrases)), grammar)


def pieces_of(words: Phrase, phrases: Mapping[Phrase, Meaning]) -> Iterator[Piece]:
    """Part words into phrases, the longest first from left to right."""
    longest = max(map(len, phrases))
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            part = words[at : at + size]
            if part in phrases:
                yield Piece(part, *phrases[part])
                break
        else:
            part = words[at : at + 1]
            yield Piece(part, "period" if is_period(part[0]) else "unknown", part[0])
        at += len(part)


def _understood(pieces: Pieces, grammar: Grammar) -> Question:
    hinted = next(iter(pieces.values("topic")), ())
    for reason in pieces.values("refuse"):
        raise CannotAnswer(grammar.reasons[reason], hinted)
    for reason in pieces.values("ended"):
        raise CannotAnswer(reason, hinted)
    sexes = frozenset(pieces.values("sex"))
    _check_sexes(pieces, sexes, hinted)
    indicators = _indicators(pieces, grammar)
    try:
        subject, other = _places(pieces)
        measure = _asked_measure(pieces, other)
        _check_measure(pieces, measure, other, has_indicator=bool(indicators))
        _check_joined(pieces, measure)
        years = _years(pieces)
    except CannotAnswer as why:
        raise CannotAnswer(str(why), indicators) from None
    return Question(measure, indicators, sexes, subject, other, years, pieces.has("since"))


def _indicators(pieces: Pieces, grammar: Grammar) -> tuple[str, ...]:
    """Return the ids asked about; words for groups of people must belong to their names."""
    topics = list(dict.fromkeys(pieces.values("topic")))
    choices = pieces.values("choice")
    left, groups = pieces.words("unknown"), pieces.words("groups")
    if len(topics) > 1:
        raise CannotAnswer(
            "ask about one figure at a time", tuple(id for topic in topics for id in topic)
        )
    if topics:
        own = frozenset.intersection(*(grammar.own_words.get(id, frozenset()) for id in topics[0]))
        beside = (*groups, *pieces.words("choice"))
        strange = [*left, *(word for word in beside if word not in own)]
        if strange:
            raise CannotAnswer(_strange(strange), topics[0])
        return topics[0]
    kinds = ("unknown", "groups", "choice")
    for phrase in (pieces.words(*kinds, "sex"), pieces.words(*kinds)):
        if phrase in grammar.short and (left or groups):
            return grammar.short[phrase]
    if left or groups:
        raise CannotAnswer(_strange([*left, *groups]), choices[0] if choices else ())
    if choices:
        raise CannotAnswer("several figures are about that", choices[0])
    return ()


def _strange(words: Sequence[str]) -> str:
    quoted = ", ".join(f"“{word}”" for word in dict.fromkeys(words))
    return f"I do not know the word{'s' if len(set(words)) > 1 else ''} {quoted} here"


def _places(pieces: Pieces) -> tuple[str, str]:
    """Return the area asked about and what it is set beside, by the words before each."""
    subjects: list[str] = []
    others: list[str] = []
    against = between = False
    for piece in pieces:
        match piece.kind:
            case "against":
                if against:
                    raise CannotAnswer("ask about one comparison at a time")
                against = True
            case "between":
                between = True
            case "average" if against:
                others.append("country")
                against = False
            case "area" | "role" | "self":
                place = OWN if piece.kind == "self" else piece.value
                (others if against else subjects).append(place)
                against = False
    if against:
        raise CannotAnswer("say with which place to compare")
    subjects, others = list(dict.fromkeys(subjects)), list(dict.fromkeys(others))
    if between and len(subjects) == 2 and not others:
        others = [subjects.pop()]
    elif between:
        raise CannotAnswer("say between which two places")
    if len(subjects) > 1 and OWN in subjects and not others:
        # "Are we above ..." needs a word for it; "do we and Watford" is two questions.
        raise CannotAnswer("say with which place to compare, such as “than in England”")
    if len(subjects) > 1 or len(others) > 1:
        raise CannotAnswer("ask about one place, or two that are compared, at a time")
    subject, other = subjects[0] if subjects else OWN, others[0] if others else ""
    if subject == other:
        raise CannotAnswer("a place cannot be compared with itself")
    return subject, other


def _asked_measure(pieces: Pieces, other: str) -> str:
    asked = frozenset(pieces.values("measure"))
    if len(asked) > 1:
        if asked not in _TOGETHER:
            raise CannotAnswer("that looks like more than one question")
        asked = frozenset({_TOGETHER[asked]})
    measure = next(iter(asked), "level")
    has_self = pieces.has("self") or "we" in pieces.words("measure")
    match measure:
        case "level" | "compare" | "distance" | "beside" if other:
            measure = "beside"
        case "gap" if other:
            if {"inside", "within"} & {*pieces.words("measure")}:
                raise CannotAnswer("ask about the gap inside, or the distance from another place")
            measure = "beside"
        case "compare" if has_self or pieces.has("level"):
            measure = "beside"
        case "compare" | "distance" | "beside":
            raise CannotAnswer("say with which place to compare, such as “than in England”")
    return measure


def _check_measure(pieces: Pieces, measure: str, other: str, *, has_indicator: bool) -> None:
    """Refuse a measure that lacks what it is of, or has more than it can be of."""
    if other and measure not in ("beside", *ONE_LIST, "similar"):
        raise CannotAnswer("that looks like more than one question")
    if not has_indicator and measure not in (*ONE_LIST, "similar"):
        raise CannotAnswer("say which figure you ask about")
    names_places = pieces.has("places")
    if names_places and measure not in (*ONE_LIST, *ENDS, "similar", "rank"):
        raise CannotAnswer("I answer about one area, not about a list of them")
    of_all = measure in ENDS or (measure in ONE_LIST and has_indicator)
    if of_all and pieces.has("self"):
        raise CannotAnswer("the facts do not say which part of the area that is")
    if measure == "similar" and has_indicator:
        raise CannotAnswer("I know which areas are most like one in all, not in one figure")
    if measure == "level" and pieces.has("how"):
        raise CannotAnswer("the figures say how many, not in which way")
    if measure in ENDS and not (names_places or pieces.has("which")):
        raise CannotAnswer("say among which areas, such as “which district has the highest”")
    if measure in ONE_LIST and names_places and not has_indicator:
        raise CannotAnswer("say which figure you ask about")
    if measure in ONE_LIST and has_indicator and not (names_places or pieces.has("which")):
        raise CannotAnswer("say among which areas, such as “which district is worst for”")
    if pieces.has("which") and measure not in (*ONE_LIST, *ENDS, "similar", "rank"):
        raise CannotAnswer("I do not understand what “which” asks for here")


def _check_sexes(pieces: Pieces, sexes: frozenset[str], hinted: tuple[str, ...]) -> None:
    """Refuse men against women, which no fact tells; both may be asked about side by side."""
    is_compared = not {*pieces.values("measure")} <= {"trend"} or pieces.has("against", "between")
    if {"Male", "Female"} <= sexes and is_compared:
        raise CannotAnswer("the facts hold no comparison of men with women", hinted)
    if "Persons" in sexes and len(sexes) > 1:
        raise CannotAnswer("ask about men, about women or about everybody", hinted)


def _check_joined(pieces: Pieces, measure: str) -> None:
    """Refuse what joins two questions; ``and`` may stand between men and women or two places."""
    if pieces.has("or"):
        raise CannotAnswer("ask about one of them at a time")
    joins = len(pieces.values("and"))
    may_join = len(pieces.values("sex")) > 1 or pieces.has("between")
    if joins > 1 or (joins and not may_join) or (pieces.has("between") and measure != "beside"):
        raise CannotAnswer("that looks like more than one question")


def _years(pieces: Pieces) -> tuple[int, ...]:
    periods = {*pieces.values("period")}
    if len(periods) > 1 or (periods and pieces.has("newest")):
        raise CannotAnswer("ask about one period at a time")
    if pieces.has("since") and not periods:
        raise CannotAnswer("say the year since when")
    return years_named(periods.pop()) if periods else ()
