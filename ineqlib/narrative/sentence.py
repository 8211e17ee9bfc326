"""A sentence: words that know which of them are facts' numbers, and nothing of HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ineqlib.facts.fact import Fact
from ineqlib.text import number, upper_first, when


class Number(NamedTuple):
    """A number as it is written, the value behind it and the id of its fact."""

    text: str
    value: float
    fact: str


class Period(NamedTuple):
    """A period, whose digits are not to be taken for figures."""

    text: str


class Strong(NamedTuple):
    """Words that stand out: what a sentence is about."""

    text: str


Part = str | Number | Period | Strong


@dataclass(frozen=True)
class Sentence:
    """One sentence or a few, part by part."""

    parts: tuple[Part, ...]
    """In reading order."""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts it tells, each once, in order."""
        return tuple(dict.fromkeys(p.fact for p in self.parts if isinstance(p, Number)))

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.parts)


Words = Part | Fact | Sentence | tuple["Words", ...]


def sentence(*words: Words) -> Sentence:
    """Put words, facts and other sentences together; of a fact it tells its number with its unit.

    Examples
    --------
    >>> sentence("It was ", Period("2024"), ".").text
    'It was 2024.'
    """
    return Sentence(tuple(part for part in _flat(words) if part != ""))


def in_a_row(items: Iterable[Words], joint: str = "; ") -> Sentence:
    """Put one after another, with the same between any two.

    Examples
    --------
    >>> in_a_row(["grew", "shrank"]).text
    'grew; shrank'
    """
    return sentence(*((joint if at else "", item) for at, item in enumerate(items)))


def _flat(words: tuple[Words, ...]) -> Iterator[Part]:
    for item in words:
        if isinstance(item, Sentence):
            yield from item.parts
        elif isinstance(item, Fact):
            yield number_of(item)
        elif isinstance(item, tuple) and not isinstance(item, Number | Period | Strong):
            yield from _flat(item)
        else:
            yield item


def number_of(fact: Fact) -> Number:
    """Tell a fact's number with its unit."""
    return Number(fact.text, float(fact.value), fact.id)


def share_of(fact: Fact) -> Number:
    """Tell a share of a whole that is counted: none where it is 0."""
    return Number("none" if fact.value == 0 else fact.text, float(fact.value), fact.id)


def size_of(fact: Fact) -> Number:
    """Tell a fact's number without its sign, where the words say which way it goes."""
    return Number(fact.size, float(fact.value), fact.id)


def interval(fact: Fact, *, turned: bool = False) -> Sentence:
    """Tell a fact's 95% interval in brackets; nothing where it has none."""
    limits = limits_of(fact, turned=turned)
    return sentence(" (", limits, ")") if limits else limits


def limits_of(fact: Fact, *, turned: bool = False) -> Sentence:
    """Tell a fact's 95% interval, if it has one.

    Turned, it leaves out the sign of a negative fact, and so tells the nearer limit first.
    """
    if fact.limits is None:
        return sentence()
    low, high = fact.limits
    if turned and fact.value < 0:
        low, high = -high, -low
    lower, upper = (
        Number(number(limit, fact.decimals), float(limit), fact.id) for limit in (low, high)
    )
    return sentence("95% interval ", lower, " to ", upper)


def at(period: str) -> Period:
    """Say when: on a day, in a period."""
    return Period(when(period))


def at_beginning(period: str) -> Period:
    """Say when, at the beginning of a sentence.

    Examples
    --------
    >>> at_beginning("2022 to 2024").text
    'In 2022 to 2024'
    """
    return Period(upper_first(when(period)))


def in_brackets(period: str) -> Sentence:
    """Say when, in brackets behind what is told.

    Examples
    --------
    >>> in_brackets("2024/25").text
    ' (2024/25)'
    """
    return sentence(" (", Period(period), ")")


def dated(period: str) -> Sentence:
    """Say when behind a figure: in brackets where the period itself goes from one year to another.

    Examples
    --------
    >>> dated("2024/25").text, dated("2013 to 2015").text
    (' in 2024/25', ' (2013 to 2015)')
    """
    return in_brackets(period) if " to " in period else sentence(" ", at(period))


def capitalised(words: Sentence) -> Sentence:
    """Begin a sentence that so far was a clause.

    Examples
    --------
    >>> capitalised(sentence("of every 100 children, ", Period("54"))).text
    'Of every 100 children, 54'
    """
    first, *rest = words.parts
    if isinstance(first, str):
        first = upper_first(first)
    return Sentence((first, *rest))


def possessive(name: str) -> str:
    """Write whose something is.

    Examples
    --------
    >>> possessive("Stevenage"), possessive("St Helens")
    ("Stevenage's", "St Helens'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
