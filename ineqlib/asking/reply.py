"""What a question is answered with."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from ineqlib.asking.question import Question
from ineqlib.document.html import words_html
from ineqlib.facts.fact import FACTS_MIME, Fact, FactTable
from ineqlib.narrative.sentence import Sentence


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
