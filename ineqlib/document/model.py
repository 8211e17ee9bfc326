"""A document as a value: its kind, what it is about, every fact, and its sections of blocks."""

import inspect
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from ineqlib import __version__
from ineqlib.charts.figure import Figure, notebook_html
from ineqlib.document.blocks import Block, Paragraph, leaves, name_of, only
from ineqlib.document.html import blocks_html, words_html
from ineqlib.document.origin import NOWHERE, Origin, parameters_shown
from ineqlib.document.subject import Subject
from ineqlib.errors import ParameterError, nearest
from ineqlib.facts.fact import Fact, FactTable
from ineqlib.facts.rows import Row
from ineqlib.narrative.sentence import Sentence, sentence
from ineqlib.pack import Read, recorded_reads
from ineqlib.pack.files import record_reads
from ineqlib.text import day_in_words

PAGE_MIME = "application/vnd.ineqlib.page+json"
SECTION_MIME = "application/vnd.ineqlib.section+json"
IMPRINT = ("published", "owner", "contact")
"""Parameters that print with the title of a document whose kind has them."""


def comparable(figure: Fact | Row, comparison: str = "") -> dict[str, Any]:
    """Return a newest figure as a later document is compared with it.

    Parameters
    ----------
    figure
        A fact; or the row of a figure that is withheld, whose value is None.
    comparison
        How it stands against the country, in a word.
    """
    about = {name: getattr(figure, name) for name in ("sex", "age", "period")}
    value = float(figure.value) if isinstance(figure, Fact) else None
    return {"indicator": figure.indicator_id, **about, "value": value, "comparison": comparison}


@dataclass(frozen=True)
class Section:
    """One part of a document; in a notebook it shows itself, and so it gets onto the page.

    Parameters
    ----------
    id
        Unique in its document.
    title
        Its heading.
    blocks
        In reading order.
    lead
        What the section is about, under its heading; may be empty.
    subject
        Code of what it is about.
    arguments
        What was asked of it, other than the defaults.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    lead: Sentence = field(default_factory=sentence)
    subject: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the section, in reading order."""
        return tuple(leaf for leaf in leaves(self.blocks) if isinstance(leaf, Figure))

    @property
    def opening(self) -> str:
        """The beginning of the section's HTML: what it is, its heading and its lead."""
        asked = escape(json.dumps(self.arguments, sort_keys=True))
        lead = f'<p class="lead">{words_html(self.lead)}</p>' if self.lead else ""
        return (
            f'<section id="part-{self.id}" data-section="{self.id}" '
            f'data-subject="{escape(self.subject)}" data-arguments="{asked}" '
            f'aria-labelledby="{self.id}-heading">'
            f'<h2 id="{self.id}-heading">{escape(self.title)}</h2>{lead}'
        )

    @cached_property
    def html(self) -> str:
        """The section as one element."""
        return f"{self.opening}\n{blocks_html(self.blocks)}\n</section>"

    def without(self, *block_ids: str) -> "Section":
        """Return the section without some of its blocks, figures of a grid among them.

        Raises
        ------
        ParameterError
            It has no such block; the message offers the nearest.
        """
        known = [name_of(leaf) for leaf in leaves(self.blocks)]
        if unknown := [name for name in block_ids if name not in known]:
            raise ParameterError(
                f"The section '{self.id}' has no block '{unknown[0]}'."
                f"{nearest(unknown[0], known)} It has {', '.join(known)}."
            )
        return replace(self, blocks=only(self.blocks, set(known) - set(block_ids)))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        if not self.blocks:
            return {"text/plain": f"{self.title}: nothing to show"}
        part = {
            "id": f"{self.id}-heading",
            "title": self.title,
            "has_message": any(
                isinstance(block, Paragraph) and block.style == "message" for block in self.blocks
            ),
        }
        # A notebook would keep all of its blocks' text beside the HTML otherwise.
        shown = notebook_html(self.html, self.figures)
        return {**shown, SECTION_MIME: part, "text/plain": self.title}


@dataclass(frozen=True)
class Cover:
    """What the page says it is; in a notebook it shows as a heading."""

    details: dict[str, Any]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {PAGE_MIME: self.details, "text/plain": self.details["title"]}


@dataclass(frozen=True)
class Document:
    """One document about one subject.

    Parameters
    ----------
    kind
        Name of its kind.
    subject
        What it is about.
    parameters
        What it was built with, besides pack and subject.
    title, summary
        Of its page, and in one line for an index.
    facts
        Every number it shows, computed before anything is shown.
    outline
        Id of each section, in order -> the function that makes it, with arguments for whoever
        wants it otherwise than usual.
    figures
        Its newest figures, each as `comparable` has it, for a comparison with a later document.
    places
        Code -> name of all places that figures on its page may be about.
    pack_title, fictional
        What it was made from, and whether that is made up.
    origin
        Which pack that was, and from which files its figures come.
    """

    kind: str
    subject: Subject
    parameters: Mapping[str, Any]
    title: str
    summary: str
    facts: FactTable = field(repr=False)
    outline: Mapping[str, Callable[..., Section]] = field(repr=False)
    figures: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    places: Mapping[str, str] = field(default_factory=dict, repr=False)
    pack_title: str = ""
    fictional: bool = False
    origin: Origin = field(default=NOWHERE, repr=False)
    _written: dict[str, tuple[Section, frozenset[Read]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def write_ahead(self, names: Collection[str]) -> None:
        """Write sections as they usually are; keep them, and what was read of the pack for them."""
        for name in self.outline.keys() & names:
            with recorded_reads() as reads:
                section = self.section(name)
                section.html  # noqa: B018 (it is kept)
            self._written[name] = section, frozenset(reads)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections as they usually are, in order; those with nothing to say are left out."""
        sections = (self.section(name) for name in self.outline)
        return tuple(section for section in sections if section.blocks)

    def section(self, name: str, **arguments: Any) -> Section:
        """Return one section.

        Parameters
        ----------
        name
            One of `outline`.
        **arguments
            What the section takes, such as ``indicators=["life_expectancy"]``.

        Raises
        ------
        ParameterError
            No such section, or it does not take such an argument; the message says what there is.
        """
        if name not in self.outline:
            raise ParameterError(
                f"A document of the kind '{self.kind}' has no section '{name}'."
                f"{nearest(name, self.outline)} It has {', '.join(self.outline)}."
            )
        if name in self._written and not arguments:
            section, reads = self._written[name]
            record_reads(reads)
            return section
        make = self.outline[name]
        takes = list(inspect.signature(make).parameters) if arguments else []
        if unknown := [argument for argument in arguments if argument not in takes]:
            raise ParameterError(
                f"The section '{name}' takes no '{unknown[0]}'.{nearest(unknown[0], takes)} "
                f"It takes {', '.join(takes) or 'no arguments'}."
            )
        section = make(**arguments)
        return replace(section, id=name, subject=self.subject.code, arguments=arguments)

    def markdown(self, *sections: str) -> str:
        """Write the document, or some of its sections by name, as Markdown."""
        from ineqlib.document.markdown import markdown  # noqa: PLC0415 (few documents need it)

        return markdown(self, self._named(sections))

    def save_word(self, path: str | Path, *sections: str) -> None:
        """Save the document, or some of its sections by name, as a Word file.

        Raises
        ------
        InputError
            python-docx, the extra 'word', is not installed.
        """
        from ineqlib.document.word import write_word  # noqa: PLC0415 (few documents need it)

        write_word(self, self._named(sections), Path(path))

    def save_tables(self, path: str | Path, *sections: str) -> None:
        """Save every table, or those of some sections by name, and all facts as an Excel file."""
        from ineqlib.document.workbook import write_workbook  # noqa: PLC0415 (slow to import)

        write_workbook(self, self._named(sections), Path(path))

    def _named(self, sections: tuple[str, ...]) -> tuple[Section, ...]:
        return tuple(map(self.section, sections)) if sections else self.sections

    @property
    def cover(self) -> Cover:
        """What the page says it is: show it in the first cell."""
        return Cover(
            {
                "kind": self.kind,
                "title": self.title,
                "subject_name": self.subject.name,
                "subject_code": self.subject.code,
                "subject_type": self.subject.type,
                "pack_title": self.pack_title,
                "fictional": self.fictional,
                "made_with": f"ineqlib {__version__}",
                "summary": self.summary,
                "figures": list(self.figures),
                "parameters": parameters_shown(self.parameters, besides=IMPRINT),
                "origin": self.origin.as_json(),
                **{name.lower(): said for name, said in self.imprint},
            }
        )

    @property
    def imprint(self) -> tuple[tuple[str, str], ...]:
        """When it was published, by whom and whom to ask: name and words, as far as given."""
        given = ((name, self.parameters.get(name)) for name in IMPRINT)
        return tuple((name.capitalize(), day_in_words(str(said))) for name, said in given if said)

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415 (only notebooks show themselves)

        for part in (self.cover, *self.sections, self.facts):
            display(part)
