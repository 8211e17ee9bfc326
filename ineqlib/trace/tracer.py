"""Following a figure of a page back to its publisher, step by step, until one is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ineqlib.document.kinds import Kind, kind_named, kinds
from ineqlib.document.model import Document
from ineqlib.errors import PackError, ParameterError, UserError, listed
from ineqlib.files import parse_json
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.open import DATA, PACKS
from ineqlib.trace.chain import Step, Trace
from ineqlib.trace.figure import figure_step, row_numbers, rows_step
from ineqlib.trace.files import folders
from ineqlib.trace.page import TracedPage, page_step, read_traced_page
from ineqlib.trace.sources import file_steps


@dataclass
class Tracer:
    """Follows figures of one page."""

    page: TracedPage
    pack: Pack
    """What it was made from, not compared with its hashes yet."""
    folders: list[Path] = field(default_factory=list)
    """Where the files of the pack may be."""

    def trace(self, wanted: str) -> Trace:
        """Follow a figure by its id, or what is nearest to it."""
        fact_id = self.page.named(wanted)
        steps: list[Step] = []
        for step in self._steps(fact_id):
            steps.append(step)
            if step.outcome == "breaks":
                break
        return Trace(self.page.figures[fact_id], tuple(steps), wanted)

    def _steps(self, fact_id: str) -> Iterator[Step]:
        figure = self.page.figures[fact_id]
        yield page_step(self.page, fact_id)
        yield self._pack_step()
        document = self._document
        fact = document.facts.get(fact_id) if isinstance(document, Document) else None
        is_same_pack = self.page.read.pack == self.pack.id
        reason = document if isinstance(document, str) else ""
        yield figure_step(figure, fact, reason, with_rows=is_same_pack)
        numbers = fact.rows if fact else row_numbers(figure)
        rows = self.pack.table("observations", [("row", "in", list(numbers) or [-1])])
        yield rows_step(figure, numbers, rows)
        about = (fact.indicator_id, fact.source) if fact else (figure["indicator_id"], "")
        yield from file_steps(self.pack, rows, *about, self.folders)

    def _pack_step(self) -> Step:
        pack, said = self.pack, self.page.read.pack
        details = {"title": pack.title, "id": pack.id, "vintage": pack.meta.vintage}
        try:
            pack.verify()
        except PackError as error:
            return Step("pack", "breaks", str(error), details)
        tables = f"each of its {len(pack.meta.tables)} tables has the SHA-256 it was made with"
        about = f"{pack.title} ({pack.meta.vintage}), made with {pack.meta.built_with}: {tables}"
        if said == pack.id:
            words = f"{about}, and it is the one that the page names ({said[:16]})."
        elif said:
            words = (
                f"{about}. The page names another edition ({said[:16]}, this is {pack.id[:16]}): "
                "whether this figure is the same in both is seen below."
            )
        else:
            words = f"{about}. The page does not name the pack that it was made from."
        return Step("pack", "holds", words, details)

    @cached_property
    def _document(self) -> Document | str:
        """The document of the page, built again from the pack; or why that cannot be."""
        read = self.page.read
        if read.kind not in kinds():
            return (
                f"the page shows no document of a kind known here, but '{read.kind or 'its own'}'"
            )
        kind = kind_named(read.kind)
        try:
            parameters = _parameters(kind, parse_json(read.parameters or "{}"), self.page.path)
            return kind.build(self.pack, read.subject_code, **parameters)
        except (UserError, ValueError, TypeError) as error:
            return f"the document cannot be built again from this pack: {error}"


def open_tracer(page: Path, pack: Path | None = None, downloads: Path | None = None) -> Tracer:
    """Read a page, and open the pack it was made from.

    Parameters
    ----------
    pack
        None looks among the packs here for the one that the page names.
    downloads
        Folder of the files that the pack was built from, or of the pull that fetched them; None
        looks into ``downloads``.
    """
    read = read_traced_page(page)
    return Tracer(read, _pack_of(read, pack), folders(downloads))


def _pack_of(page: TracedPage, given: Path | None) -> Pack:
    if given is not None:
        return open_pack(given, verify=False)
    places = [*sorted(PACKS.glob("*/pack.json")), *sorted(DATA.glob("*/pack.json"))]
    packs = [open_pack(place.parent, verify=False) for place in places]
    for pack in packs:
        if page.read.pack == pack.id:
            return pack
    there = listed((f"{pack.path} ({pack.title})" for pack in packs), 10) or "none"
    named = f" {page.read.pack[:16]}" if page.read.pack else ""
    raise ParameterError(
        f"The pack{named} that {page.path.name} was made from is not among those here: {there}. "
        "Say with --pack where it is, or which other edition of it to follow."
    )


def _parameters(kind: Kind, said: dict[str, Any], page: Path) -> dict[str, Any]:
    """Return what a document was built with; files, named by the page, are those beside it."""
    parameters = {name: value for name, value in said.items() if name in kind.parameters}
    for name, value in parameters.items():
        is_file = isinstance(value, str) and (page.parent / value).is_file()
        if is_file or (name in kind.paths and value):
            parameters[name] = str(page.parent / value)
    return parameters
