"""Finding what was typed among names: all its words, any order, small slips forgiven."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ineqlib.text import slug

SLIP = 0.75
"""How alike a word must be to one that is typed to be taken for it."""
STOPWORDS = {"of", "the", "and", "in", "at", "a", "an", "for", "to", "who", "how", "what", "are"}


class Entry(NamedTuple):
    """Something that can be found."""

    key: str
    """What choosing it means: a code or an id."""
    label: str
    """What is shown of it."""
    names: tuple[str, ...]
    """What it is called: these count most."""
    about: str = ""
    """Further words that speak of it."""


def find(entries: Sequence[Entry], text: str) -> list[Entry]:
    """Return the entries that a text means, best first; all of them for an empty text.

    Examples
    --------
    >>> places = [Entry("E1", "Hull", ("Hull", "E1")), Entry("E2", "Solihull", ("Solihull", "E2"))]
    >>> [place.key for place in find(places, "hull")]
    ['E1', 'E2']
    >>> [place.key for place in find(places, "sollihul")]
    ['E2']
    """
    typed = _words(text)
    if not typed:
        return list(entries)
    scored = [(_score(entry, typed), at, entry) for at, entry in enumerate(entries)]
    hits = [item for item in scored if item[0] > 0]
    if not hits:
        scored = [(_likeness(entry, typed), at, entry) for at, entry in enumerate(entries)]
        hits = [item for item in scored if item[0] >= SLIP]
    return [entry for _, _, entry in sorted(hits, key=lambda item: (-item[0], item[1]))]


def _words(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", slug(text, longest=200)) if text.strip() else []
    return [word for word in words if word not in STOPWORDS] or words


def _score(entry: Entry, typed: Sequence[str]) -> float:
    """Return how well all typed words fit: names before what is said about it, none is no hit."""
    wanted = " ".join(typed)
    names = [" ".join(_words(name)) for name in entry.names]
    if wanted in names:
        return 100
    own = [word for name in names for word in name.split()]
    about = _words(entry.about)
    total = 0.0
    for word in typed:
        fit = max(_fit(word, own) * 3, _fit(word, about))
        if not fit:
            return 0
        total += fit
    # Of names that have all the words, the one that says little else is meant.
    return total / len(typed) + any(name.startswith(wanted) for name in names) + 1 / len(own)


def _fit(word: str, words: Iterable[str]) -> float:
    best = 0.0
    for other in words:
        if other == word:
            return 3
        if other.startswith(word):
            best = max(best, 2)
        elif len(word) > 2 and word in other:
            best = max(best, 1)
    return best


def _likeness(entry: Entry, typed: Sequence[str]) -> float:
    """Return how alike the least alike typed word is to a word of the names."""
    own = [word for name in entry.names for word in _words(name)]
    return min(
        max((SequenceMatcher(None, word, other).ratio() for other in own), default=0)
        for word in typed
    )
