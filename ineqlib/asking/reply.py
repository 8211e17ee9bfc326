"""Asking: a question in, a sentence with its facts out, or "I don't know" and what can be asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from ineqlib.asking.grammar import Grammar, Meaning, Phrase, load_grammar
from ineqlib.asking.known import Known, area_phrases, known_in, known_of
from ineqlib.asking.nearest import corrected, questions_about
from ineqlib.asking.question import OWN, WIDE, CannotAnswer, Question, read_question
from ineqlib.asking.told import told
from ineqlib.document.html import words_html
from ineqlib.document.model import Document
from ineqlib.facts.fact import FACTS_MIME, Fact, FactTable
from ineqlib.narrative.sentence import Sentence, Strong, sentence
from ineqlib.pack import Pack, open_pack

MOST_OFFERED = 3


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
            "text/html": f"<p>{words_html(self.sentence)}</p>{offered}",
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
    return _asker(source, area).reply(str(question))


def _asker(source: Pack | Document | str | Path, area: str | None) -> "_Asker":
    if isinstance(source, Document):
        known = known_in(source)
        pack = known.profile.pack
        if area is not None and pack.area(area).code != known.profile.area.code:
            return _Asker(pack, pack.recent(known_of, pack.area(area).code), None)
        return _Asker(pack, known, known)
    pack = open_pack(source)
    own = pack.recent(known_of, pack.area(area).code) if area is not None else None
    return _Asker(pack, own, None)


@dataclass(frozen=True)
class _Asker:
    """Whom the questions are put to: a pack, the area meant by "we", and a document's facts."""

    pack: Pack
    own: Known | None
    document: Known | None

    @property
    def grammar(self) -> Grammar:
        return load_grammar()

    @property
    def areas(self) -> Mapping[Phrase, Meaning]:
        return self.pack.shared(area_phrases)

    def reply(self, text: str) -> Reply:
        """Answer, or say why not and what can be asked."""
        try:
            return self.answer(text)
        except CannotAnswer as why:
            words = sentence(Strong("I don't know"), f": {why}.")
            offered = tuple(islice(self._offered(text, why), MOST_OFFERED))
            return Reply(text, words, can_ask=offered)

    def answer(self, text: str) -> Reply:
        question = read_question(text, self.grammar, self.areas)
        known, about = self._about(question)
        words, facts = told(about, known)
        return Reply(text, words, facts, about)

    def _about(self, question: Question) -> tuple[Known, Question]:
        """Return the facts of the area that a question is about, its places as those know them."""
        subject, other = question.area, question.other
        own = self.own
        if own is not None:
            mine = own.profile.area.code
            roles = {place.code: role for role, place in own.profile.places.items()}
            wide = {code: role for code, role in roles.items() if role != "area"}
            subject, other = wide.get(subject, subject), wide.get(other, other)
            subject = OWN if subject == mine else subject
            if subject in WIDE and other in (OWN, mine):
                subject, other = OWN, subject
            if subject == OWN and other == OWN:
                raise CannotAnswer("a place cannot be compared with itself")
            if subject in (OWN, *WIDE):
                if subject in WIDE and (subject == "neighbours" or question.measure not in _OF_WIDE):
                    raise CannotAnswer(
                        f"of wider areas I know the newest figures alone; ask about {own.name}",
                        question.indicators,
                    )
                if subject in WIDE and subject not in own.profile.places:
                    raise CannotAnswer(f"the facts know no {subject} of {own.name}")
                return own, replace(question, area=subject, other=mine if other == OWN else other)
            other = mine if other == OWN else other
        if self.document is not None:
            raise CannotAnswer(f"this document is about {self.document.name} alone")
        if subject in (OWN, *WIDE) or other == OWN:
            raise CannotAnswer("say which area you ask about")
        return self._elsewhere(subject, other, question)

    def _elsewhere(self, subject: str, other: str, question: Question) -> tuple[Known, Question]:
        """Return the facts of another area than ours."""
        place = self.pack.area(subject)
        if place.area_type not in ("lad", "utla"):
            raise CannotAnswer(f"I answer about districts and councils, and {place.name} is neither")
        known = self.pack.recent(known_of, subject)
        roles = {p.code: role for role, p in known.profile.places.items() if role != "area"}
        return known, replace(question, area=OWN, other=roles.get(other, other))

    def _offered(self, text: str, why: CannotAnswer) -> Iterator[str]:
        """Yield questions near one that is not answered, which are."""
        known = self.own
        nearby = [*corrected(text, self.grammar, self.areas)]
        if known is not None:
            nearby += questions_about(why.indicators, known)
        for candidate in dict.fromkeys(nearby):
            try:
                self.answer(candidate)
            except CannotAnswer:
                continue
            yield candidate


_OF_WIDE = ("level", "worst", "best", "highest", "lowest")
