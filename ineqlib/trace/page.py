"""What a page says of a figure, and whether the page is the one that was published."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from ineqlib.document.parse_page import PageRead, read_page
from ineqlib.document.verify.facts import astray
from ineqlib.errors import InputError, ParameterError, listed
from ineqlib.files import file_sha256, unreadable
from ineqlib.publish.manifest import MANIFEST, read_manifest
from ineqlib.text import plural
from ineqlib.trace.chain import Step

_NEAR = 0.9
"""How alike an id must be to what was typed to be taken for it."""


@dataclass(frozen=True)
class TracedPage:
    """A published page, read back."""

    path: Path
    read: PageRead
    figures: Mapping[str, Mapping[str, str]]

    def named(self, wanted: str) -> str:
        """Return the id of a figure, or the one that is nearest to what was typed."""
        name = wanted.removeprefix("#").removeprefix("fact-").casefold()
        if name in self.figures:
            return name
        near = get_close_matches(name, self.figures, n=3, cutoff=0.5)
        first, second, *_ = *(SequenceMatcher(None, name, other).ratio() for other in near), 0, 0
        if first >= _NEAR and first > second:
            return near[0]
        said = f" Is it one of {listed(near)}?" if near else ""
        raise ParameterError(
            f"{self.path.name} has no figure '{wanted}' among its {len(self.figures):,}.{said} "
            "`ineq trace --list WORD PAGE` lists those with a word in them."
        )

    def listed(self, words: str) -> list[Mapping[str, str]]:
        """Return the figures that have words that begin so, in their id, text, place or method."""
        wanted = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in words.split()]
        about = ("id", "text", "area_name", "period", "sex", "subgroup", "method")
        return [
            figure
            for figure in self.figures.values()
            if all(word.search(" ".join(figure[name] for name in about)) for word in wanted)
        ]


def read_traced_page(path: Path) -> TracedPage:
    """Read a page of ours, or refuse one without its file of figures."""
    try:
        html = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise InputError(unreadable(path, error)) from error
    try:
        read = read_page(html)
        figures = {row["id"]: row for row in read.facts if row.get("id")}
    except (UnicodeDecodeError, ValueError) as error:
        raise InputError(f"The figures in {path} cannot be read: {error}.") from error
    if not figures:
        raise InputError(
            f"{path} holds no file of figures, as every page that ineqlib makes of a pack does. "
            "Give the page itself: a printed or saved copy may have lost it."
        )
    return TracedPage(path, read, figures)


def page_step(page: TracedPage, fact_id: str) -> Step:
    """Hold what a page shows of a figure against its own file of figures, and the page's hash."""
    figure = page.figures[fact_id]
    sha256 = file_sha256(page.path)
    details = {"file": page.path.name, "sha256": sha256, "pack": page.read.pack}
    rows = [text for name, text in page.read.rows if name == fact_id]
    if wrong := [text for text in rows if text != figure["text"]]:
        words = f"its table of figures shows {wrong[0]}, its file of figures {figure['text']}."
        return Step("page", "breaks", words, details)
    numbers = [number for number in page.read.shown if number.fact == fact_id]
    if wrong := list(astray(numbers, page.figures)):
        return Step("page", "breaks", f"in the words of the page, {listed(wrong, 3)}.", details)
    times = plural(len(numbers), "time")
    where = f"stands {times} in its words" if numbers else "is not in its words"
    about = (
        f"{page.path.name}: the figure is in its file of {len(page.figures):,} figures and {where}"
    )
    published = _published(page.path)
    if published is None:
        words = f"{about}. No {MANIFEST} beside it says what was published."
        return Step("page", "holds", words, details)
    if published != sha256:
        words = (
            f"{page.path.name} is not what was published: its SHA-256 is {sha256}, {MANIFEST} "
            f"beside it says {published}."
        )
        return Step("page", "breaks", words, details)
    words = f"{about}. It is what was published, byte for byte ({MANIFEST})."
    return Step("page", "holds", words, details)


def _published(path: Path) -> str | None:
    """Return the SHA-256 that the manifest beside a page says it had; None where none does."""
    if not (path.parent / MANIFEST).is_file():
        return None
    for entry in read_manifest(path.parent).entries.values():
        if path.name in entry.files:
            return str(entry.files[path.name]["sha256"])
    return None
