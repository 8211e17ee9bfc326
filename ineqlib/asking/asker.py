"""Asking: a question in, a sentence with its facts out, or "I don't know" and what can be asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from ineqlib.asking.answer_parts import answer_in_words
from ineqlib.asking.grammar import Meaning, Phrase, load_grammar, words_of
from ineqlib.asking.known import Known, known_in, known_of, phrases_of
from ineqlib.asking.question import (
    ENDS,
    ONE_LIST,
    OWN,
    WIDE,
    CannotAnswer,
    Question,
    pieces_of,
    read_question,
)
from ineqlib.document.html import words_html
from ineqlib.document.model import Document
from ineqlib.errors import ParameterError
from ineqlib.facts.fact import FACTS_MIME, Fact, FactTable
from ineqlib.narrative.reader import name_inside
from ineqlib.narrative.sentence import Sentence, Strong, sentence
from ineqlib.pack import Pack, open_pack

MOST_OFFERED = 3
OF_WIDE = ("level", *ONE_LIST, *ENDS)
"""What can be asked about the county, region or country."""
NEAR = 0.8
FEWEST_LETTERS = 4
EXAMPLES = 2
"""Figures that are offered where none was understood: the first of the area's."""


@dataclass(frozen=True)
class Reply:
    """What a question is answered with; it shows itself.

    Parameters
    ----------
    asked
        The question as it was put.
    sentence
        The answer; or that there is none, and why.
    facts
        Every number that the sentence tells; none where there is no answer.
    question
        How it was understood; None where there is no answer.
    can_ask
        Where there is no answer: questions near it that have one.
    """

    asked: str
    sentence: Sentence
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    question: Question | None = None
    can_ask: tuple[str, ...] = ()

    @property
    def is_answer(self) -> bool:
        """Whether the question is answered."""
        return self.question is not None

    def __str__(self) -> str:
        return self.sentence.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        items = "".join(f"<li>{escape(text)}</li>" for text in self.can_ask)
        offered = f"<p>You can ask:</p><ul>{items}</ul>" if items else ""
        return {
            "text/plain": "\n".join([self.sentence.text, *self.can_ask]),
            "text/html": (
                f"<p>“{escape(self.asked)}”</p><p>{words_html(self.sentence)}</p>{offered}"
            ),
            FACTS_MIME: {"csv": FactTable(self.facts).csv},
        }


def ask(source: Pack | Document | str | Path, question: str, *, area: str | None = None) -> Reply:
    """Answer a question in plain English from the facts of an area's briefing, or say why not.

    No model is behind it: each word must be one that the grammar, the catalogue or the pack knows.

    Parameters
    ----------
    source
        A pack, or where it is; or a briefing, which is asked about its own area alone.
    question
        One question, such as ``"is smoking getting better?"``.
    area
        Code or name of the area that "we" and "here" mean. Without it, or beside it, the question
        may name one.

    Returns
    -------
    Reply
        Its `sentence` begins with the place that it is about.

    Raises
    ------
    PackError, UnknownArea, ParameterError
        The pack, the area or a document that can be asked is not there. A question that is not
        understood raises nothing.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> iq.ask(pack, "is smoking getting better?", area="Ambersea").is_answer
    True
    >>> print(iq.ask(pack, "why do people smoke?", area="Ambersea"))
    I don't know: the figures say what is, not why it is so.
    """
    return asker_of(source, area).reply(str(question))


def asker_of(source: Pack | Document | str | Path, area: str | None = None) -> "Asker":
    """Return what answers questions about a pack or a document, as `ask` takes them."""
    if not isinstance(source, Document):
        pack = open_pack(source)
        own = None if area is None else pack.recent(known_of, pack.area(area).code)
        return Asker(pack, own)
    known = known_in(source)
    pack = known.profile.pack
    if area is not None and pack.area(area).code != known.profile.area.code:
        raise ParameterError(
            f"This document is about {known.name}, not about {area}. Ask it without `area`, or ask "
            "a pack."
        )
    return Asker(pack, known, alone=True)


@dataclass(frozen=True)
class Asker:
    """Answers questions."""

    pack: Pack
    own: Known | None
    """Facts of the area meant by "we" and "here"; None where there is none."""
    alone: bool = False
    """Whether nothing is answered from other facts: a document is asked."""

    def reply(self, text: str) -> Reply:
        """Answer, or say why not and what can be asked."""
        try:
            return self.answer(text)
        except CannotAnswer as why:
            words = sentence(Strong("I don't know"), f": {why}.")
            offered = tuple(islice(self._offered(text, why), MOST_OFFERED))
            return Reply(text, words, can_ask=offered)

    def answer(self, text: str) -> Reply:
        """Answer, or raise `CannotAnswer` with the reason."""
        question = read_question(text, load_grammar(), self.pack.shared(phrases_of))
        known, about = self._about(question)
        words, facts = answer_in_words(about, known)
        return Reply(text, words, facts, about)

    def _about(self, question: Question) -> tuple[Known, Question]:
        """Return the facts of the area that a question is about, its places as those know them."""
        own = self.own
        of_all = question.measure in ENDS or (question.indicators and question.measure in ONE_LIST)
        if own is None:
            if of_all or question.area in (OWN, *WIDE) or question.other == OWN:
                raise CannotAnswer("say which area you ask about")
            return self._elsewhere(question)
        asked = own.places_of(question)
        if of_all and not (asked.area == "country" or question.area == OWN):
            raise CannotAnswer("I know the ends of the list of all areas alone")
        if asked.area in WIDE and asked.other == OWN:
            asked = replace(asked, area=OWN, other=asked.area)
        if asked.area == asked.other:
            raise CannotAnswer("a place cannot be compared with itself")
        if asked.area == OWN:
            return own, asked
        if asked.area in WIDE:
            if asked.area not in own.profile.places or asked.measure not in OF_WIDE:
                raise CannotAnswer(
                    f"of wider areas than {own.name} I know newest figures alone",
                    question.indicators,
                )
            return own, asked
        if self.alone:
            raise CannotAnswer(f"this document is about {own.name} alone")
        mine = own.profile.area.code
        return self._elsewhere(
            replace(question, other=mine if asked.other == OWN else question.other)
        )

    def _elsewhere(self, question: Question) -> tuple[Known, Question]:
        """Return the facts of another area than ours."""
        place = self.pack.area(question.area)
        if place.area_type not in ("lad", "utla"):
            raise CannotAnswer(
                f"I answer about districts and councils, and {place.name} is neither"
            )
        known = self.pack.recent(known_of, place.code)
        return known, known.places_of(question)

    def _offered(self, text: str, why: CannotAnswer) -> Iterator[str]:
        """Yield questions near one that is not answered, which are."""
        known = self.own
        nearby = [*corrected(text, self.pack.shared(phrases_of))]
        if known is not None:
            nearby += [] if why.indicators else completed(text, known)
            nearby += questions_about(why.indicators, known)
        for candidate in dict.fromkeys(nearby):
            try:
                self.answer(candidate)
            except CannotAnswer:
                continue
            yield candidate


def corrected(text: str, phrases: Mapping[Phrase, Meaning]) -> Iterator[str]:
    """Yield the question with each strange word spelt as the nearest known one."""
    strange = [
        piece.words[0]
        for piece in pieces_of(words_of(text), phrases)
        if piece.kind == "unknown" and len(piece.words[0]) >= FEWEST_LETTERS
    ]
    if not strange:
        return
    known = {word for phrase in phrases for word in phrase}
    for word in strange:
        near = get_close_matches(word, known - {word}, 1, NEAR)
        if not near:
            return
        text = re.sub(rf"\b{re.escape(word)}(?=s?\b)", near[0], text, flags=re.IGNORECASE)
    yield text


def completed(text: str, known: Known) -> Iterator[str]:
    """Yield the question with a figure that it might be about: one of each topic of the area's."""
    start = text.rstrip(" ?")
    for topic in dict.fromkeys(figure.indicator.topic for figure in known.comparisons):
        yield f"{start} for {topic}?"


def questions_about(ids: Sequence[str], known: Known) -> Iterator[str]:
    """Yield questions about some indicators, or about the first that the area has figures of."""
    there = [figure for figure in known.comparisons if "area" in figure.facts]
    wanted = [figure for figure in there if figure.indicator.id in ids]
    names = dict.fromkeys(
        name_inside(of.indicator.public_name) for of in wanted or there[:EXAMPLES]
    )
    if len(names) == 1:
        name = next(iter(names))
        yield f"What is the figure for {name}?"
        yield f"Is the figure for {name} getting better?"
        yield f"How far is the figure for {name} from {known.profile.country_name}?"
        return
    for name in names:
        yield f"What is the figure for {name}?"
    yield "What are we worst at?"
