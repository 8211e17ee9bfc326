"""A question for which a pack may have no figures: its answer, or in words why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from ineqlib.errors import NoFigures
from ineqlib.questions.answer import Answer


@dataclass(frozen=True)
class Reason:
    """Why a question has no answer; it shows itself as a paragraph."""

    text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": f"<p>{escape(self.text)}</p>"}


def answer_or_reason(
    question: Callable[..., Answer], *given: Any, **options: Any
) -> Answer | Reason:
    """Ask a question; where the pack has no figures for it, say so and go on.

    For notebooks that are run on any pack. Mistakes, such as a name that no pack has, still raise.

    Parameters
    ----------
    question
        Such as `gradient`.
    *given, **options
        What it takes.

    Returns
    -------
    Answer or Reason
        Each shows itself.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> shown = iq.answer_or_reason(iq.gradient, pack, "attainment_8", "Ambersea")
    >>> shown.text.partition(" has ")[2]
    'no figures of Average GCSE results (attainment_8) by deprivation for Ambersea (X06000001).'
    """
    try:
        return question(*given, **options)
    except NoFigures as error:
        return Reason(str(error))
