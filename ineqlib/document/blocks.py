"""What a section is made of: typed blocks, each with an id that is unique in its document.

The type of a block says how the page lays it out; `ineqlib.document.html` does.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ineqlib.charts.figure import Figure, Table
from ineqlib.narrative.sentence import Sentence, sentence
from ineqlib.text import slug


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together.

    A note explains how to read what stands beside it; a message is what to remember.
    """

    id: str
    words: Sentence
    style: Literal["plain", "note", "no-data", "message"] = "plain"


@dataclass(frozen=True)
class BulletList:
    """One sentence, or one folded list, an item."""

    id: str
    items: "tuple[Sentence | FoldedList, ...]"


@dataclass(frozen=True)
class FoldedList:
    """A list folded away behind a line that says what it holds."""

    summary: Sentence
    items: tuple[Sentence, ...]


@dataclass(frozen=True)
class Note:
    """A list that stands by itself, folded away behind its line."""

    id: str
    folded: FoldedList


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    id: str
    text: str


@dataclass(frozen=True)
class TableBlock:
    """A captioned table of display-ready text; the first column names the row.

    Where it is sortable, its rows can be put in order by any column.
    """

    id: str
    cells: Table
    caption: str
    sortable: bool = False


@dataclass(frozen=True)
class FigureGrid:
    """Figures side by side as far as there is room."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class FigureBeside:
    """A small figure beside the paragraph it shows."""

    words: Paragraph
    figure: Figure


Block: TypeAlias = Paragraph | BulletList | Note | Heading | TableBlock | FigureGrid | FigureBeside


def paragraph(name: str, *words: str | Sentence) -> Paragraph:
    """Make a plain paragraph."""
    return Paragraph(name, sentence(*words))


def no_data(name: str, why: str) -> Paragraph:
    """Make the one line of a section that has no data."""
    return Paragraph(name, sentence(why), "no-data")


def bullets(name: str, items: "Iterable[Sentence | FoldedList]") -> BulletList:
    """Make a list."""
    return BulletList(name, tuple(items))


def folded(summary: Sentence | str, items: Iterable[str | Sentence]) -> FoldedList:
    """Make a list that is folded away."""
    return FoldedList(sentence(summary), tuple(sentence(item) for item in items))


def heading(text: str) -> Heading:
    """Make a heading, known by its words."""
    return Heading(f"heading-{slug(text)}", text)


def leaves(blocks: Iterable[Block]) -> "list[Leaf]":
    """Return the blocks that say something themselves, in reading order."""
    parts: list[Leaf] = []
    for block in blocks:
        match block:
            case FigureGrid(figures):
                parts += figures
            case FigureBeside(words, figure):
                parts += [words, figure]
            case _:
                parts.append(block)
    return parts


Leaf: TypeAlias = Paragraph | BulletList | Note | Heading | TableBlock | Figure


def sentences(blocks: Iterable[Block]) -> Iterator[Sentence]:
    """Yield the sentences of some blocks in reading order, what is folded away included."""
    for leaf in leaves(blocks):
        match leaf:
            case Paragraph():
                yield leaf.words
            case Note():
                yield from (leaf.folded.summary, *leaf.folded.items)
            case BulletList():
                for item in leaf.items:
                    yield from (
                        (item,) if isinstance(item, Sentence) else (item.summary, *item.items)
                    )


def name_of(leaf: Leaf) -> str:
    """Return the id of a block that says something itself."""
    return leaf.labels.id if isinstance(leaf, Figure) else leaf.id


def only(blocks: Iterable[Block], names: Collection[str]) -> tuple[Block, ...]:
    """Return some blocks as they are laid out when only those of some names are shown."""
    shown: list[Block] = []
    for block in blocks:
        left = [leaf for leaf in leaves([block]) if name_of(leaf) in names]
        figures = tuple(leaf for leaf in left if isinstance(leaf, Figure))
        if len(left) == len(leaves([block])):
            shown.append(block)
        elif figures:
            shown.append(FigureGrid(figures))
        else:
            shown += [leaf for leaf in left if not isinstance(leaf, Figure)]
    return tuple(shown)
