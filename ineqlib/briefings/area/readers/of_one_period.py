"""A list of figures that says once when they were, where that is one period."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ineqlib.document.blocks import Block, BulletList, Paragraph, bullets
from ineqlib.narrative.reader import Reader
from ineqlib.narrative.sentence import Sentence, at_beginning, sentence
from ineqlib.text import slug


class Item(NamedTuple):
    """One item of a list."""

    period: str
    """Of its figure; empty where its words say when themselves."""
    tell: Callable[..., Sentence]
    """Writes it; with ``dated=False`` without its period."""


def bullets_by_period(name: str, items: Sequence[Item], reader: Reader) -> Iterator[Block]:
    """List items; those of one period that follow one another stand below it.

    Readers who are told more of a figure are told each one's period with it.
    """
    if not reader.is_plain:
        yield bullets(name, [item.tell() for item in items])
        return
    lists: list[tuple[str, list[Sentence]]] = []
    for period, group in groupby(items, key=lambda item: item.period):
        alike = list(group)
        if period and len(alike) > 1:
            lists.append((period, [item.tell(dated=False) for item in alike]))
        elif lists and not lists[-1][0]:
            lists[-1][1].extend(item.tell() for item in alike)
        else:
            lists.append(("", [item.tell() for item in alike]))
    for number, (period, sentences) in enumerate(lists, start=1):
        part = name if number == 1 else f"{name}-{number}"
        yield from _list(part, period, sentences)


def _list(name: str, period: str, sentences: list[Sentence]) -> Iterator[Paragraph | BulletList]:
    if period:
        words = sentence(at_beginning(period), ":")
        yield Paragraph(f"{name}-{slug(period)}", words)
    yield bullets(name, sentences)
