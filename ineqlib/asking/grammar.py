"""The words of a question, and the phrases they make: from `grammar.yml` and from the catalogue."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.periods import years_named
from ineqlib.yaml_file import read_yaml

_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*(?:/|-|–|\bto\b)\s*(?:(?:19|20)\d\d|\d\d))?\b")
_A_WORD = re.compile(r"<[\d-]+>|[^\W_]+")
_APOSTROPHES = re.compile(r"[’‘`´]")
_TWO = re.compile(r"[?!;\n]+\s*\w|\.\s+[A-Z]\w*\s+\w+\s+\w+")
"""A second sentence: after a full stop it has three words, since St. Helens has one."""
FILE = Path(__file__).with_name("grammar.yml")
SLOPE = "slope_index"
FEWEST_WORDS = 2
"""A name of fewer words, those without meaning left out, would be taken for something else."""
Phrase = tuple[str, ...]


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
    return tuple(_without_s(word) for word in _A_WORD.findall(plain))


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


class Meaning(NamedTuple):
    """What a phrase is (`kind`), and which of that kind."""

    kind: str
    value: Any = None


@dataclass(frozen=True)
class Grammar:
    """Everything understood that no pack is needed for."""

    phrases: Mapping[Phrase, Meaning]
    short: Mapping[Phrase, tuple[str, ...]]
    """Names of indicators without the words that mean nothing -> their ids."""
    own_words: Mapping[str, frozenset[str]]
    """Id of an indicator -> the words of all its names, which a question may have beside."""
    reasons: Mapping[str, str]
    """Why a question with a phrase of the kind ``refuse`` is not answered."""


@cache
def load_grammar() -> Grammar:
    """Read the grammar, once in a process."""
    content = read_yaml(FILE)
    phrases = dict(_general(content))
    glue = {phrase[0] for phrase, of in phrases.items() if of.kind == "glue" and len(phrase) == 1}
    by_name: dict[Phrase, set[str]] = {}
    for indicator in _asked_by_name():
        for name in _names(indicator):
            by_name.setdefault(words_of(name), set()).add(indicator.id)
    names = {name: tuple(sorted(ids)) for name, ids in by_name.items() if len(ids) == 1}
    by_hand = {
        **{words_of(text): (id,) for id, texts in content["topics"].items() for text in texts},
        **{
            words_of(text): tuple(e["indicators"])
            for e in content["several"]
            for text in e["phrases"]
        },
    }
    choices = {
        words_of(text): Meaning("choice", tuple(entry["indicators"]))
        for entry in content["choices"]
        for text in entry["phrases"]
    }
    topics = {name: ids for name, ids in names.items() if name not in choices} | by_hand
    short: dict[Phrase, set[tuple[str, ...]]] = {}
    for phrase, ids in topics.items():
        bare = tuple(word for word in phrase if word not in glue)
        if len(bare) >= FEWEST_WORDS:
            short.setdefault(bare, set()).add(ids)
    return Grammar(
        {**phrases, **choices, **{phrase: Meaning("topic", ids) for phrase, ids in topics.items()}},
        {bare: next(iter(several)) for bare, several in short.items() if len(several) == 1},
        _own_words(topics),
        content["reasons"],
    )


def _asked_by_name() -> list[Indicator]:
    """Return the indicators that are asked about by name; a slope is asked about as a gap."""
    known = load_catalogue().indicators.values()
    return [entry for entry in known if entry.value_type != SLOPE]


def _names(indicator: Indicator) -> Iterator[str]:
    """Yield what an indicator is called; its topic too where that says more than one word."""
    yield indicator.public_name
    yield indicator.name
    yield indicator.name.split(":")[0].split("(")[0]
    yield indicator.told_as.translate(str.maketrans("", "", "{}[]"))
    if " " in indicator.topic:
        yield indicator.topic


def _general(content: Mapping[str, Any]) -> Iterator[tuple[Phrase, Meaning]]:
    for kind, texts in content["words"].items():
        for text in texts:
            yield words_of(text), Meaning(kind)
    for kind, section in (("sex", "sexes"), ("role", "roles"), ("measure", "measures")):
        for value, texts in content[section].items():
            for text in texts:
                yield words_of(text), Meaning(kind, value)
    for value, texts in content["refusals"].items():
        for text in texts:
            yield words_of(text), Meaning("refuse", value)


def _own_words(topics: Mapping[Phrase, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for phrase, ids in topics.items():
        for id in ids if len(ids) == 1 else ():
            words.setdefault(id, set()).update(phrase)
    return {id: frozenset(own) for id, own in words.items()}
