"""Whether a finished page may be published: it is held against the pack, not against its maker.

Asked in another process than the one that made the page, so that nothing left over there can agree
with itself.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from ineqlib.document.assets import page_scripts, policy
from ineqlib.document.content_rules import broken_promises
from ineqlib.document.model import Document
from ineqlib.document.parse_page import PageRead, read_page
from ineqlib.document.verify.charts import chart_problems
from ineqlib.document.verify.facts import facts_problems, has_file_of, whose_figures
from ineqlib.document.verify.sections import (
    beside_problems,
    figures_beside,
    rebuilt,
    section_problems,
)
from ineqlib.errors import listed
from ineqlib.pack import Pack
from ineqlib.text import plural

LARGEST_PAGE = 4_000_000
"""Bytes. The pages of English districts take less than 2 MB; one of twice that holds something
twice, and two of them no longer fit into one e-mail of 10 MB."""

_ERRORS = {
    ("Traceback (",): re.compile(r"Traceback \(most recent call last\)"),
    ("Error: ", "Exception: "): re.compile(r"\b[A-Za-z_.]+(?:Error|Exception): \S.{0,80}"),
    ("\x1b[",): re.compile(r"\x1b\[\d"),
}
"""What errors look like; each is looked for where one of its signs is, which is soon told."""

_HARMLESS = re.compile(r"'none'|data:|'sha256-[A-Za-z0-9+/=]+'")


class MakerReport(Protocol):
    """What the process that made a page says of it."""

    @property
    def summary(self) -> str:
        """The document in one line."""

    @property
    def opening(self) -> str:
        """The text of its first section; empty where the notebook shows none."""

    @property
    def sections(self) -> tuple[str, ...]:
        """Names of the sections it shows, in order."""

    @property
    def figures(self) -> list[dict[str, object]]:
        """Its newest figures, for a later comparison; empty where the notebook gives none."""


class Other(NamedTuple):
    """Another subject of the batch: its name, and the text of its document's first section."""

    name: str
    opening: str


def problems(
    page: str,
    document: Document,
    pack: Pack,
    *,
    report: MakerReport,
    others: Mapping[str, Other],
    budget: int = LARGEST_PAGE,
) -> list[str]:
    """Return what keeps a page from being published, in words; an empty list where nothing does.

    Parameters
    ----------
    page
        The HTML as it would be published.
    document
        What it should show, built again from the pack.
    pack
        What it should be made from.
    report
        What its maker says of it.
    others
        Code -> every other subject of the batch that has a document of this kind.
    budget
        Largest size in bytes.
    """
    read = read_page(page)
    sections = rebuilt(read, document)
    charts = {
        figure.labels.id: figure
        for _, section in sections
        if section
        for figure in section.figures
        if figure.labels.id in read.figures
    }
    beside = figures_beside(read, charts, document)
    charts |= beside
    names = {code: other.name for code, other in others.items()}
    content = page.partition("</h1>")[2].rpartition('<footer class="footer">')[0]
    return [
        *_identity(read, document, names),
        *(
            f"{problem}{whose_figures(read, document, pack)}"
            for problem in section_problems(read, sections, document)
        ),
        *beside_problems(page, beside, document),
        *_report(read, report, document),
        *_of_others(read, document, others),
        *_figures(read, document, set(charts), names),
        *chart_problems(page, charts, document.subject.code),
        *facts_problems(read, document, pack),
        *_errors(read),
        *_content(content, read, document),
        *_requests(content, read),
        *_size(page, budget),
    ]


def _identity(read: PageRead, document: Document, names: Mapping[str, str]) -> Iterator[str]:
    subject = document.subject
    for where, words in (("title", read.title), ("heading (h1)", read.heading)):
        if words.startswith(document.title):
            continue
        named = _first_named(words, {subject.code: subject.name, **names})
        instead = f"names {named}" if named else "does not name it"
        yield f"The page of {subject.name} ({subject.code}): its {where} {instead}: “{words}”."
    if read.kind != document.kind:
        yield f"The page says it is of the kind '{read.kind}', not '{document.kind}'."
    if read.pack != document.origin.pack:
        instead = read.pack[:16] or "none"
        yield (
            f"The page says it is made from the pack {instead}; this one is "
            f"{document.origin.pack[:16] or 'without a name'}."
        )
    if read.subject_code != subject.code:
        instead = f"is “{read.subject_code}”" if read.subject_code else "is missing"
        yield f"The code under the heading {instead}; it should be {subject.code}."


def _first_named(words: str, names: Mapping[str, str]) -> str:
    """Name the area that stands first; of two that start together (Ash, Ash Vale), the longer."""
    # Only those that are there: of a batch's hundreds of names hardly one is.
    there = [re.escape(name) for name in names.values() if name in words]
    any_name = "|".join(sorted(there, key=len, reverse=True))
    match = re.search(rf"(?<!\w)(?:{any_name})(?!\w)", words) if there else None
    return match[0] if match else ""


def _report(read: PageRead, report: MakerReport, document: Document) -> Iterator[str]:
    """Hold the words for the index and the manifest against the page and the pack."""
    if report.summary != document.summary:
        yield (
            f"Its line for the index is “{report.summary}”; computed afresh it is "
            f"“{document.summary}”."
        )
    if report.figures != list(document.figures):
        yield "The figures kept for comparing it with a later document are not the pack's."
    shown = tuple(section.name for section in read.sections)
    if report.sections != shown:
        yield (
            f"Its maker speaks of the sections {listed(report.sections, 20)}; the page has "
            f"{listed(shown, 20) or 'none'}."
        )
    elif read.sections and report.opening != read.sections[0].text:
        yield "The opening words its maker speaks of are not those on the page."


def _of_others(read: PageRead, document: Document, others: Mapping[str, Other]) -> Iterator[str]:
    first = read.sections[0] if read.sections else None
    own = first.text if first and first.subject == document.subject.code else ""
    for code, other in others.items():
        # Two subjects without any figures begin alike, and neither lies.
        if other.opening and other.opening in read.words and other.opening != own:
            yield (
                f"The opening words of {other.name} ({code}) are on the page of "
                f"{document.subject.name}."
            )


def _figures(
    read: PageRead, document: Document, checked: set[str], names: Mapping[str, str]
) -> Iterator[str]:
    """Find charts of a notebook's own that speak of another subject and of nothing it is about."""
    subject = document.subject
    # A neighbour may stand beside the subject, not in its place.
    own = {code: name for code, name in document.places.items() if code not in names}
    own[subject.code] = subject.name
    others = {code: name for code, name in names.items() if name not in own.values()}
    for figure, words in read.figures.items():
        if figure in checked:
            continue
        named = _first_named(words, {**own, **others})
        if named in others.values() and not _first_named(words, own):
            yield (
                f"The figure '{figure}' is about {named} and does not name {subject.name}: "
                f"“{words[:120]}”."
            )


def _errors(read: PageRead) -> Iterator[str]:
    for signs, pattern in _ERRORS.items():
        there = any(sign in read.words for sign in signs)
        if there and (match := pattern.search(read.words)):
            yield f"An error message is on the page: “{match[0]!r}”."
            return


def _content(content: str, read: PageRead, document: Document) -> Iterator[str]:
    """Check where no notebook has run; a batch checks it nowhere else."""
    is_own = has_file_of(document, read)
    ids = set(document.facts) if is_own else {row["id"] for row in read.facts}
    faults = broken_promises(content, fact_ids=ids)
    if faults:
        yield f"Its content breaks promises: {listed(faults, 3)}."


def _requests(content: str, read: PageRead) -> Iterator[str]:
    if read.loads:
        yield (
            f"The page would load {plural(len(read.loads), 'thing')} from elsewhere: "
            f"{listed(read.loads, 3)}. A briefing is one file; embed what it shows."
        )
    if "default-src 'none'" not in read.policy:
        yield "The page has no security policy that keeps it from sending or loading anything."
        return
    allowed = [rule.strip().split() for rule in read.policy.split(";") if rule.strip()]
    open_doors = [
        f"{name} {value}"
        for name, *values in allowed
        for value in values
        if not _HARMLESS.fullmatch(value)
    ]
    if open_doors:
        yield f"The page's security policy lets through {listed(open_doors)}."
    elif read.policy != policy(page_scripts(content)):
        yield "The page's security policy admits a script or style that is not this library's."


def _size(page: str, budget: int) -> Iterator[str]:
    size = len(page.encode("utf-8"))
    if size > budget:
        yield (
            f"The page has {size / 1e6:.1f} MB; at most {budget / 1e6:.1f} MB are allowed. Usual "
            "causes are a picture that is too fine, or one chart's data held many times."
        )
