"""A question as words: small letters, no marks, no final s; years as one word each."""

import re

from ineqlib.periods import years_named

_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*(?:/|-|–|\bto\b)\s*(?:(?:19|20)\d\d|\d\d))?\b")
_WORD = re.compile(r"<[\d-]+>|[^\W_]+")
_APOSTROPHES = re.compile(r"[’‘`´]")
_TWO = re.compile(r"[?!;\n]+\s*\w|\.\s+[A-Z]\w*\s+\w+\s+\w+")
"""A second sentence: after a full stop it has three words, since St. Helens has one."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a question; a period is one word, its years in angle brackets.

    Examples
    --------
    >>> words_of("Isn't smoking rising in Stevenage's homes since 2021/22?")
    ('is', 'not', 'smoking', 'rising', 'in', 'stevenage', 'home', 'since', '<2021-2022>')
    """
    plain = _APOSTROPHES.sub("'", text).casefold().replace("&", " and ")
    plain = re.sub(r"\bcan't\b", "can not", plain).replace("won't", "will not")
    plain = re.sub(r"n't\b", " not", plain)
    plain = re.sub(r"'s\b|'(?=\W|$)", "", plain).replace("'", "")
    plain = _YEARS.sub(_as_word, plain)
    return tuple(_without_s(word) for word in _WORD.findall(plain))


def is_one_question(text: str) -> bool:
    """Tell whether a text holds one sentence that could be a question."""
    return _TWO.search(text.strip()) is None


def is_period(word: str) -> bool:
    """Tell whether a word is a period."""
    return word.startswith("<")


def _as_word(years: re.Match[str]) -> str:
    return f" <{'-'.join(map(str, years_named(years[0])))}> "


def _without_s(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
