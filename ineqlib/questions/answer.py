"""What a question is answered with: a figure, its numbers, one sentence and the code for it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from inspect import signature
from pathlib import Path
from typing import Any

import pandas as pd

from ineqlib.charts.figure import Figure, notebook_html
from ineqlib.charts.picture import SUFFIXES
from ineqlib.document.blocks import FigureGrid, Paragraph, bullets
from ineqlib.document.html import words_html
from ineqlib.document.model import Document, Section
from ineqlib.document.origin import origin_of
from ineqlib.document.page import document_page
from ineqlib.document.subject import Subject
from ineqlib.errors import NoFigures, PackError, ParameterError
from ineqlib.facts.fact import FACTS_MIME, Fact, FactTable
from ineqlib.files import write_text
from ineqlib.narrative.sentence import Sentence, Strong, sentence
from ineqlib.pack import Pack
from ineqlib.pack.open import find_pack
from ineqlib.spreadsheet import csv_text

KIND = "answer"


@dataclass(frozen=True)
class Answer:
    """The answer to one question: it shows itself as sentence, figure and notes.

    Parameters
    ----------
    figure
        Complete: drawing, words, source and table.
    frame
        The numbers, one row each, as numbers; `unit` is a column.
    facts
        Every number that the sentence and the figure tell.
    sentence
        The finding.
    code
        The lines of Python that make this answer.
    notes
        Places asked for that have no figure, and what cannot be said and why.
    pack
        What it was made from.
    """

    figure: Figure
    frame: pd.DataFrame = field(repr=False)
    facts: tuple[Fact, ...] = field(repr=False)
    sentence: Sentence
    code: str = field(repr=False)
    notes: tuple[str, ...]
    pack: Pack = field(repr=False)

    def save(self, path: str | Path) -> None:
        """Save the answer as a picture, a table or a page.

        Parameters
        ----------
        path
            Ends in ``.svg`` or ``.png`` (the figure with its words), ``.csv`` (the frame) or
            ``.html`` (sentence, figure, notes and all facts on a page that needs nothing else).

        Raises
        ------
        ParameterError
            It ends otherwise.
        """
        file = Path(path)
        match file.suffix.lower():
            case ".csv":
                write_text(file, csv_text(_plain_columns(self.frame)))
            case ".html":
                write_text(file, document_page(self._document))
            case suffix if suffix in SUFFIXES:
                self.figure.save(file)
            case _:
                raise ParameterError(
                    f"An answer cannot be saved as '{file.name}'. Give a name that ends in .svg or "
                    ".png (the figure), .csv (the numbers) or .html (a page)."
                )

    @property
    def _document(self) -> Document:
        blocks = (FigureGrid((self.figure,)), *self._notes)
        section = Section("answer", "What it shows", blocks, self.sentence)
        return Document(
            kind=KIND,
            subject=Subject("", "", KIND),
            parameters={},
            title=next((p.text for p in self.sentence.parts if isinstance(p, Strong)), "Answer"),
            summary=self.sentence.text,
            facts=FactTable(self.facts),
            outline={"answer": lambda: section},
            pack_title=self.pack.title,
            fictional=self.pack.fictional,
            origin=origin_of(self.pack, self.facts),
        )

    @property
    def _notes(self) -> tuple[Any, ...]:
        how = Paragraph("code", sentence("Made with: ", self.code), "note")
        if not self.notes:
            return (how,)
        return (bullets("notes", map(sentence, self.notes)), how)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        html = (
            f"<p>{words_html(self.sentence)}</p>"
            f'<div class="figures">{self.figure.html}</div>{f"<ul>{notes}</ul>" * bool(notes)}'
        )
        return {
            "text/plain": "\n".join([self.sentence.text, *self.notes]),
            **notebook_html(html, [self.figure], says_titles=True),
            FACTS_MIME: {"csv": FactTable(self.facts).csv},
        }


def facts_in(*figures: object) -> tuple[Fact, ...]:
    """Return every fact that some figures are made of, however deep, each once."""
    return tuple(FactTable.within(*figures).values())


def code_of(pack: Pack, question: Callable[..., Answer], *given: Any, **options: Any) -> str:
    """Write the lines that ask a question again; options that are as usual are left out."""
    usual = signature(question).parameters
    arguments = [repr(value) for value in given]
    arguments += [
        f"{name}={value!r}" for name, value in options.items() if value != usual[name].default
    ]
    return "\n".join(
        [
            "import ineqlib as iq",
            f"pack = iq.open_pack({_name_or_folder(pack.path)!r})",
            f"iq.{question.__name__}({', '.join(['pack', *arguments])})",
        ]
    )


def _name_or_folder(folder: Path) -> str:
    """Return by what a pack is found from here: its name, where that leads to it."""
    with suppress(PackError):
        if find_pack(Path(folder.name)).resolve() == folder.resolve():
            return folder.name
    return folder.as_posix()


def _plain_columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of a frame for a file: dates as days, nothing for what is missing."""
    columns = {}
    for name, column in frame.items():
        is_date = pd.api.types.is_datetime64_any_dtype(column)
        cells = (column.dt.date if is_date else column).tolist()
        columns[str(name)] = [None if pd.isna(cell) else cell for cell in cells]
    return columns


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
