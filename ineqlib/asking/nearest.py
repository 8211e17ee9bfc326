"""Questions near one that is not answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from ineqlib.asking.grammar import Meaning, Phrase
from ineqlib.asking.known import Known
from ineqlib.asking.question import pieces_of
from ineqlib.asking.words import words_of
from ineqlib.narrative.reader import name_inside

NEAR = 0.8
FEWEST_LETTERS = 4
EXAMPLES = 2
"""Figures that are offered where none was understood: the first of the area's."""


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
