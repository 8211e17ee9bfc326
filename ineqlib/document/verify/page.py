"""Whether a finished page may be published: it is held against the pack, not against its maker.

Asked in another process than the one that made the page, so that nothing left over there can agree
with itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.figure import Figure
from ineqlib.document.assets import page_script, policy, vega_bundle
from ineqlib.document.content_rules import broken_promises
from ineqlib.document.parse_page import Headline, PageRead, read_headlines, read_page
from ineqlib.document.verify.charts import chart_problems
from ineqlib.document.verify.facts import facts_problems, whose_figures
from ineqlib.errors import listed
from ineqlib.facts.profile import Profile
from ineqlib.pack import Area, Pack
from ineqlib.text import plural

LARGEST_PAGE = 4_000_000
"""Bytes. The pages of English districts take less than 2 MB; one of twice that holds something
twice, and two of them no longer fit into one e-mail of 10 MB."""

WITH_FACTS = (
    *("at_a_glance", "wider_areas_only", "deprivation", "gradients", "poorest", "on_the_gradient"),
)
"""Sections with facts that the headlines do not need."""

WITH_CHARTS = (*WITH_FACTS, "trends", "map")
"""All sections with charts; those of the last take as long as the others together."""

_ERRORS = (
    re.compile(r"Traceback \(most recent call last\)"),
    re.compile(r"\b[A-Za-z_.]+(?:Error|Exception): \S.{0,80}"),
    re.compile(r"\x1b\[\d"),
)
_HARMLESS = re.compile(r"'none'|data:|'sha256-[A-Za-z0-9+/=]+'")


class Told(Protocol):
    """What the process that made a page tells of it."""

    @property
    def summary(self) -> str:
        """The briefing in one line."""

    @property
    def headline(self) -> str:
        """The text of its headlines; empty where the notebook shows none."""

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Its newest figures, for a later comparison; empty where the notebook tells none."""


@dataclass(frozen=True)
class _Fresh:
    """What the pack gives; of the sections that were computed, all facts and figures."""

    profile: Profile
    headline: Headline
    summary: str
    figures: list[dict[str, Any]]
    charts: dict[str, Figure]


def problems(  # noqa: PLR0913 (each is another thing to hold the page against)
    page: str,
    *,
    area: Area,
    pack: Pack,
    parameters: Mapping[str, Any],
    made: Told,
    others: Mapping[str, str],
    sections: Iterable[str] = WITH_FACTS,
    budget: int = LARGEST_PAGE,
) -> list[str]:
    """Return what keeps a page from being published, in words; an empty list where nothing does.

    Parameters
    ----------
    page
        The HTML as it would be published.
    area, pack
        What it should be about, and what it should be made from.
    parameters
        All parameters the notebook ran with. Without `comparators` or `indicator_set` among them,
        those of `open_briefing` are taken.
    made
        What its maker says of it.
    others
        Area code -> text of the headlines of every other area of the batch.
    sections
        Those computed afresh, whose charts the page's are held against; at least `WITH_FACTS`.
    budget
        Largest size in bytes.
    """
    read = read_page(page)
    fresh = _compute(pack, area, parameters, sections)
    about = {each["area_code"] for each in read.facts if each["area_code"] != area.code}
    names = _names(pack, {*others, *about})
    return [
        *_identity(read, area, {code: names[code] for code in others}),
        *_headlines(read, area, fresh, names),
        *_told(read, made, fresh),
        *_of_others(read, area, fresh, others, names),
        *_figures(read, fresh.profile, {code: names[code] for code in others}),
        *chart_problems(page, read, fresh.charts, area.code),
        *facts_problems(read, fresh.profile, names),
        *_errors(read),
        *_content(page, read),
        *_requests(read),
        *_size(page, budget),
    ]


def _compute(
    pack: Pack, area: Area, parameters: Mapping[str, Any], sections: Iterable[str]
) -> _Fresh:
    chosen = {k: parameters[k] for k in ("comparators", "indicator_set") if k in parameters}
    briefing = open_briefing(pack, area.code, **chosen)
    [headline] = read_headlines(briefing.headline().html)
    # Afterwards the book holds every fact that a page may show.
    blocks = [block for section in sections for block in getattr(briefing, section)()]
    charts = {block.labels.id: block for block in blocks if isinstance(block, Figure)}
    details = briefing.page().details
    return _Fresh(briefing.profile, headline, details["summary"], details["figures"], charts)


def _names(pack: Pack, codes: set[str]) -> dict[str, str]:
    held = pack.areas
    found = held[held["area_code"].isin(codes)]
    known = dict(zip(found["area_code"], found["area_name"], strict=True))
    return {code: known.get(code, code) for code in codes}


def _identity(read: PageRead, area: Area, names: Mapping[str, str]) -> Iterator[str]:
    for where, words in (("title", read.title), ("heading (h1)", read.heading)):
        named = _first_named(words, {area.code: area.name, **names})
        if named != area.name:
            instead = f"names {named}" if named else "does not name it"
            yield f"The page of {area.name} ({area.code}): its {where} {instead}: “{words}”."
    if read.area_code != area.code:
        found = f"is “{read.area_code}”" if read.area_code else "is missing"
        yield f"The area code under the heading {found}; it should be {area.code}."


def _first_named(words: str, names: Mapping[str, str]) -> str:
    """Name the area that stands first; of two that start together (Ash, Ash Vale), the longer."""
    # Only those that are there: of a batch's hundreds of names hardly one is.
    there = [re.escape(name) for name in names.values() if name in words]
    any_name = "|".join(sorted(there, key=len, reverse=True))
    found = re.search(rf"(?<!\w)(?:{any_name})(?!\w)", words) if there else None
    return found[0] if found else ""


def _headlines(
    read: PageRead, area: Area, fresh: _Fresh, names: Mapping[str, str]
) -> Iterator[str]:
    if read.marks != len(read.headlines):
        yield "A part of the page is marked with an area's code, but is not written as headlines."
    for block in read.headlines:
        if block.area_code != area.code:
            whose = names.get(block.area_code, "another area")
            yield f"The headlines are marked as those of {whose} ({block.area_code})."
            continue
        differing = _differing(block.sentences, fresh.headline.sentences)
        if differing:
            page, pack = differing[0]
            yield (
                f"The headlines are not what the pack gives for {area.name} ({area.code}): "
                f"{plural(len(differing), 'sentence')} of {len(fresh.headline.sentences)} "
                f"differ. The page says “{page}”; computed afresh it is “{pack}”."
                f"{whose_figures(read, fresh.profile)}"
            )


def _differing(page: tuple[str, ...], pack: tuple[str, ...]) -> list[tuple[str, str]]:
    longest = max(len(page), len(pack))
    pairs = zip(_filled(page, longest), _filled(pack, longest), strict=True)
    return [(ours, theirs) for ours, theirs in pairs if ours != theirs]


def _filled(sentences: tuple[str, ...], length: int) -> list[str]:
    return [*sentences, *["(nothing)"] * (length - len(sentences))]


def _told(read: PageRead, made: Told, fresh: _Fresh) -> Iterator[str]:
    """Hold the words for the index and the manifest against the page and the pack."""
    if made.summary and made.summary != fresh.summary:
        yield (
            f"Its line for the index is “{made.summary}”; computed afresh it is “{fresh.summary}”."
        )
    if made.figures and made.figures != fresh.figures:
        yield "The figures kept for comparing it with a later briefing are not the pack's."
    if made.headline and not read.headlines:
        yield "Its maker speaks of headlines, but the page has none."
    if read.headlines and made.headline != read.headlines[0].text:
        yield "The headlines its maker speaks of are not those on the page."


def _of_others(
    read: PageRead,
    area: Area,
    fresh: _Fresh,
    others: Mapping[str, str],
    names: Mapping[str, str],
) -> Iterator[str]:
    for code, headline in others.items():
        # Two areas without any figures have the same headlines, and neither lies.
        if headline and headline in read.words and headline not in fresh.headline.text:
            yield f"The headlines of {names[code]} ({code}) are on the page of {area.name}."


def _figures(read: PageRead, profile: Profile, names: Mapping[str, str]) -> Iterator[str]:
    """Find charts that speak of another area of the batch and of nothing the briefing is about."""
    own = {place.code: place.name for place in profile.places.values()}
    others = {code: name for code, name in names.items() if name not in own.values()}
    for figure, words in read.figures.items():
        named = _first_named(words, {**own, **others})
        if named in others.values() and not _first_named(words, own):
            yield f"The figure '{figure}' is about {named}: “{words[:120]}”."


def _errors(read: PageRead) -> Iterator[str]:
    for pattern in _ERRORS:
        if found := pattern.search(read.words):
            yield f"An error message is on the page: “{found[0]!r}”."
            return


def _content(page: str, read: PageRead) -> Iterator[str]:
    """Check again, where no notebook has run, what was checked when the page was written."""
    content = page.partition("</h1>")[2].rpartition('<footer class="footer">')[0]
    faults = broken_promises(content, fact_ids={row["id"] for row in read.facts})
    if faults:
        yield f"Its content breaks promises: {listed(faults, 3)}."


def _requests(read: PageRead) -> Iterator[str]:
    if read.loads:
        yield (
            f"The page would load {plural(len(read.loads), 'thing')} from elsewhere: "
            f"{listed(read.loads, 3)}. A briefing is one file; embed what it shows."
        )
    if "default-src 'none'" not in read.policy:
        yield "The page has no security policy that keeps it from sending or loading anything."
        return
    allowed = [each.strip().split() for each in read.policy.split(";") if each.strip()]
    open_doors = [
        f"{name} {value}"
        for name, *values in allowed
        for value in values
        if not _HARMLESS.fullmatch(value)
    ]
    if open_doors:
        yield f"The page's security policy lets through {listed(open_doors)}."
    elif read.policy not in {policy((page_script(),)), policy((vega_bundle(), page_script()))}:
        yield "The page's security policy admits a script or style that is not this library's."


def _size(page: str, budget: int) -> Iterator[str]:
    size = len(page.encode("utf-8"))
    if size > budget:
        yield (
            f"The page has {size / 1e6:.1f} MB; at most {budget / 1e6:.1f} MB are allowed. Usual "
            "causes are a picture that is too fine, or one chart's data held many times."
        )
