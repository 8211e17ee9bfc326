"""What an assurance record computes: a briefing made, held against its pack, and followed."""

import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.model import Document
from ineqlib.document.page import document_page
from ineqlib.document.parse_page import PageRead, read_page
from ineqlib.document.verify.page import problems
from ineqlib.facts import area_facts, read_profile
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import COMPARATORS
from ineqlib.narrative.judgement import Finding, Judgement, judge
from ineqlib.pack import Pack
from ineqlib.trace import Trace, open_tracer


class Checked(NamedTuple):
    """What was computed of one briefing, once, before anything is written."""

    pack: Pack
    document: Document
    facts: AreaFacts
    judgement: Judgement
    read: PageRead
    problems: list[str]
    traces: dict[str, Trace]


def check(pack: Pack, area: str, downloads: Path | None) -> Checked:
    """Build a director's briefing, hold its page against the pack, and follow what leads it."""
    pack.verify()
    document = open_briefing(pack, area, audience="director")
    page = document_page(document)
    read = read_page(page)
    told = SimpleNamespace(
        summary=document.summary,
        opening=read.sections[0].text,
        sections=tuple(section.name for section in read.sections),
        figures=list(document.figures),
    )
    again = open_briefing(pack, area, audience="director")
    profile = read_profile(pack, area, comparators=list(COMPARATORS), indicator_set="marmot")
    facts = area_facts(profile)
    judgement = judge(facts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8", newline="")
        tracer = open_tracer(path, pack.path, downloads or Path(folder))
        leading = [fact_of(finding) for finding in judgement.leading]
        traces = {fact.id: tracer.trace(fact.id) for fact in leading}
    wrong = problems(page, again, pack, report=told, others={})
    return Checked(pack, document, facts, judgement, read, wrong, traces)


def fact_of(finding: Finding) -> Fact:
    """Return the figure that a finding is about."""
    if finding.gap is not None:
        return finding.gap.gap
    if finding.comparison is not None:
        return finding.comparison.facts["area"]
    if finding.spread is not None:
        return finding.spread.most
    raise ValueError(f"a finding of {finding.topic} has no figure")


def as_in_the_pack(pack: Pack, facts: list[Fact]) -> int:
    """Count the figures whose value and limits are those of their row."""
    columns = ["value", "lower_ci", "upper_ci"]
    rows = pack.observations().set_index("row")[columns]
    rows = rows.astype(object).where(rows.notna(), None)
    held = {number: tuple(cells) for number, *cells in rows.itertuples(name=None)}
    return sum(
        len(fact.rows) == 1 and held[fact.rows[0]] == (fact.value, fact.lower_ci, fact.upper_ci)
        for fact in facts
    )


def verdict_again(comparison: Comparison) -> bool:
    """Whether the plain rule, limits against the country's value, gives the verdict of the page."""
    area, country = comparison.facts["area"], comparison.facts["country"]
    lower, upper = area.limits or (area.value, area.value)
    if lower <= country.value <= upper:
        return comparison.verdict == "similar"
    side = "higher" if lower > country.value else "lower"
    good = {"favourable": "higher", "adverse": "lower"}.get(comparison.indicator.polarity)
    expected = side if good is None else "better" if side == good else "worse"
    return comparison.verdict == expected


def slope_again(gradient: Gradient) -> bool:
    """Whether a plain least squares gives the slope index of the page."""
    points = [point for point in gradient.groups if point.fact is not None]
    middles = np.array([(point.start + point.end) / 2 for point in points])
    weights = np.sqrt([point.end - point.start for point in points])
    values = np.array([point.fact.value for point in points if point.fact is not None])
    design = weights[:, None] * np.column_stack([np.ones_like(middles), middles])
    slope = np.linalg.lstsq(design, weights * values, rcond=None)[0][1]
    return gradient.sii is not None and bool(np.isclose(gradient.sii.value, slope, rtol=1e-9))
