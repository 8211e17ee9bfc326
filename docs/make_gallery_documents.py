"""Write the gallery of documents, a picture of each kind and of each reader's briefing.

``python tasks.py gallery`` does it with the other gallery.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from make_gallery_pages import AREA, MADE, View, pictures

from ineqlib.briefings.area.document import open_briefing
from ineqlib.demo import make_demo_pack
from ineqlib.document.kinds import kind_named, kinds
from ineqlib.document.model import Document
from ineqlib.document.notebook_parameters import defaults, read_notebook
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.combine import combine

DOCS = Path(__file__).parent
PAGE = DOCS / "gallery-documents.md"
PICTURES = DOCS / "images" / "documents"
OF_PROPOSALS = {"reorganisation"}
"""Kinds for packs that hold areas of one's own."""
SIZE = (1100, 1000)
OPENING = """\
# Gallery of documents

Every kind of document, and the briefing of each reader, as their pages begin: all of the fictional
demonstration. This page and its pictures are made by `py tasks.py gallery`. A
[run file](run-file.md) or a line of Python asks for any of them; its notebook is in `notebooks`.
"""


class Shown(NamedTuple):
    """One document of the gallery: its heading, its picture's name, how it is asked for."""

    heading: str
    picture: str
    asked: str
    document: Document


def every_kind(pack: Pack) -> Iterator[Shown]:
    """Build one document of each kind there is, about what its notebook is about."""
    for name in kinds():
        kind = kind_named(name)
        area = defaults(read_notebook(kind.notebook), kind.notebook)["area"] or AREA
        own = with_proposals(pack) if name in OF_PROPOSALS else pack
        subject = kind.find_subject(own, area)
        yield Shown(name, name, f"documents: [{name}]", kind.build(own, subject.code))


def every_reader(pack: Pack) -> Iterator[Shown]:
    """Build the briefing of each reader."""
    for reader in AUDIENCES:
        asked = f"documents: [{{name: area_briefing, audience: {reader}}}]"
        document = open_briefing(pack, AREA, audience=reader, **MADE)
        yield Shown(f"For {reader}", f"for-{reader}", asked, document)


def with_proposals(pack: Pack) -> Pack:
    """Make the pack with two proposals of how to divide the county, beside the other."""
    proposals = DOCS.parent / "params" / "reorganisation" / "demo.yml"
    return combine(pack, proposals, pack.path.parent / "options")


def part(shown: Shown) -> str:
    """Write the part of one document."""
    document = shown.document
    return (
        f"\n### {shown.heading}\n\n**{document.title}.** {document.summary.rstrip('.')}.\n\n"
        f"`{shown.asked}`\n\n"
        f"![The beginning of the page: {document.title}](images/documents/{shown.picture}.webp)\n"
    )


def main() -> None:
    """Write the page and its pictures, in place of those there were."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        make_demo_pack(Path(folder) / "demo")
        pack = open_pack(Path(folder) / "demo")
        kinds_shown, readers_shown = list(every_kind(pack)), list(every_reader(pack))
        views = {
            PICTURES / f"{shown.picture}.webp": (shown.document, View(shown.picture, "", "", SIZE))
            for shown in (*kinds_shown, *readers_shown)
        }
        pictures(views, tallest=SIZE[1])
    parts = ["\n## Every kind\n", *map(part, kinds_shown)]
    parts += ["\n## Every reader\n", *map(part, readers_shown)]
    PAGE.write_text(OPENING + "".join(parts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
