"""What shows the answer: uptake by place and by group, what is not known, what was decided."""

import numpy as np

from ineqlib.briefings.equity_audit import words
from ineqlib.briefings.equity_audit.decisions import STEPS, Decision, changed_since
from ineqlib.briefings.equity_audit.facts import Audit
from ineqlib.briefings.need.follows import place_in_words
from ineqlib.charts.concentration_chart import CurveDrawn, concentration
from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.gradient_chart import ENDS, gradient
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.document.blocks import Block, FigureGrid, Heading, Paragraph, TableBlock
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import interval_text, value_text
from ineqlib.facts.gradients import group_points
from ineqlib.narrative.sentence import Period, Sentence, Strong, in_a_row, sentence
from ineqlib.pack import Pack
from ineqlib.text import day_in_words, lower_first, slug, upper_first

ASK = {
    "places": (
        "Users and people eligible by neighbourhood (LSOA), or by fifth where they are few, from "
        "the provider's records by postcode"
    ),
    "sex": "Users and people eligible by sex, from the provider's records",
    "age": "Users and people eligible by age band, from the provider's records",
    "ethnicity": (
        "Users by ethnic group, and how many records have none, from the provider; people "
        "eligible from the census or the register of general practice"
    ),
}
ALWAYS = {
    "people whom no area figure shows": (
        "Travellers, people without a home, people not registered with a general practice: ask "
        "those who work with them"
    ),
    "whether use led to what it is for": (
        "Who began and did not finish, and what came of it, by the same groups, from the provider"
    ),
}


def profile(pack: Pack, audit: Audit) -> Section:
    """Show uptake by place, most need first, and the curve."""
    title = "Uptake against need, place by place"
    if len(audit.known) < 2 or isinstance(audit.need, str):
        return Section("equity_profile", title, ())
    blocks: list[Block] = [FigureGrid(tuple(_figures(pack, audit)))]
    cells: Table = {"Place, most need first": [place.name for place in audit.places]}
    if any(place.eligible for place in audit.places):
        cells["People eligible"] = [value_text(p.eligible, p.status) for p in audit.places]
        cells["Used it"] = [value_text(p.used, p.status) for p in audit.places]
    cells["Uptake"] = [value_text(p.rate, p.status) for p in audit.places]
    cells["95% interval"] = [interval_text(place.rate) for place in audit.places]
    caption = f"Uptake by place, {audit.places_period}, {audit.asked.area.name}"
    blocks.append(TableBlock("uptake-by-place", cells, caption, sortable=True))
    return Section("equity_profile", title, tuple(blocks))


def _figures(pack: Pack, audit: Audit) -> list[Figure]:
    most, least = audit.known[0], audit.known[-1]
    source = short_source(pack, audit.sources) if audit.asked.uptake is None else audit.sources[0]
    rates = [place.rate for place in audit.known if place.rate]
    rates_in_words = [f"{place.name}: {value_text(place.rate)}" for place in audit.known]
    by = audit.need.words if not isinstance(audit.need, str) else ""
    labels = Labels(
        id=slug(f"uptake-by-need-{audit.asked.service}", longest=100),
        title=(
            f"{value_text(most.rate)} in {place_in_words(most.name)}"
            f"{words.end_of(audit, most, 'most')}, {value_text(least.rate)} in "
            f"{place_in_words(least.name)}{words.end_of(audit, least, 'least')}"
        ),
        subtitle=f"{audit.asked.name}, {audit.places_period}; most need first: {by}",
        alt=f"Chart of uptake, most need first. {'; '.join(rates_in_words)}.",
        source=source,
    )
    if audit.in_fifths:
        points = group_points(
            [place.name for place in audit.known],
            ["ok"] * len(audit.known),
            np.array([place.eligible.value if place.eligible else 1.0 for place in audit.known]),
            rates,
        )
        ends = ("Most need", "Least need") if audit.has_zero else ENDS
        figures: list[Figure] = [gradient(points, (), labels, unit=rates[0].unit, ends=ends)]
    else:
        marks = [
            Ranked(rate, "other", place.name)
            for rate, place in zip(rates, audit.known, strict=True)
        ]
        if audit.whole is not None:
            marks.append(Ranked(audit.whole, "reference", audit.asked.area.name))
        figures = [ranking(marks, labels, heading="Place, most need first")]
    if audit.curve:
        figures.append(_curve_figure(audit, audit.curve, source))
    return figures


def _curve_figure(audit: Audit, curve: CurveDrawn, source: str) -> Figure:
    first = "most need" if audit.has_zero else "most deprived"
    places = "places of most need" if audit.has_zero else "most deprived places"
    people = "the people eligible" if audit.is_counted else "all people"
    curves = [curve, *([audit.need_curve] if audit.need_curve else [])]
    labels = Labels(
        id=slug(f"uptake-curve-{audit.asked.service}", longest=100),
        title=f"The fifth of people in the {places} are {curve.fifths[0].text} of the users",
        subtitle=f"Share of the users against share of {people}, {audit.places_period}",
        alt=(
            f"Concentration curve, {first} first. Share of the users in one, two, three and four "
            f"fifths of the people: {', '.join(fact.text for fact in curve.fifths)}."
        ),
        source=source,
        note="Above the dashed line, people of more need use the service more than others.",
    )
    return concentration(curves, labels, first=first)


def groups(audit: Audit) -> Section:
    """Show uptake by sex, age and ethnicity, as far as it is known."""
    blocks: list[Block] = []
    for kind, rows in audit.by.items():
        cells: Table = {
            kind.capitalize(): [group.name for group in rows],
            "Uptake": [value_text(group.rate, group.status) for group in rows],
            "95% interval": [interval_text(group.rate) for group in rows],
            "Against everybody": [words.side_in_words(group, audit.whole) for group in rows],
        }
        if any(group.eligible for group in rows):
            cells["People eligible"] = [value_text(group.eligible, group.status) for group in rows]
        caption = f"Uptake by {kind}, {audit.period}, {audit.asked.area.name}"
        blocks.append(TableBlock(f"uptake-by-{kind}", cells, caption))
    return Section("groups", "Uptake by who people are", tuple(blocks))


def not_held(audit: Audit) -> Section:
    """List what an audit should look at and is not known, and what to ask for."""
    rows = {f"by {kind}": ASK[kind] for kind in words.missing_kinds(audit)}
    if len(audit.known) < 2 or audit.level == "districts":
        rows = {"by neighbourhood": ASK["places"], **rows}
    rows |= ALWAYS
    cells: Table = {
        "What is not held": [upper_first(name) for name in rows],
        "What to ask for, and of whom": list(rows.values()),
    }
    where = "the pack or the file" if audit.asked.uptake else "the pack"
    block = TableBlock("not-held", cells, f"Uptake that {where} does not have")
    return Section("not_held", "What is not held, and what to ask for", (block,))


def cycle(audit: Audit) -> Section:
    """Show the six steps: what the page fills in, and what people decided."""
    blocks: list[Block] = []
    for step in STEPS:
        blocks.append(Heading(f"heading-{slug(step.title)}", step.title))
        if step is STEPS[1]:
            found = f"{lower_first(words.in_short(audit))}; the figures are above."
            blocks.append(Paragraph("profile-told", sentence(Strong("Found: "), found)))
        for key, what in step.decisions.items():
            decision = audit.asked.decided[key]
            blocks.append(Paragraph(f"decision-{key}", decided(what, decision)))
            if changes := changed_since(decision, audit.figures):
                blocks.append(Paragraph(f"changed-{key}", changed(changes), "note"))
    return Section("cycle", "The six steps, and what has been decided", tuple(blocks))


def decided(what: str, decision: Decision) -> Sentence:
    """Tell a decision in the words of those who took it."""
    if not decision.text:
        return sentence(Strong(f"{what}: "), "not decided yet.")
    who = ", ".join(filter(None, (decision.by, day_in_words(decision.date))))
    by = f" ({who})" if who else ""
    end = "" if decision.text.endswith(("!", "?")) and not who else "."
    said = f"{decision.text.rstrip('.')}{by}{end}"
    return sentence(Strong(f"{what}: "), Period(said))


def changed(changes: list[tuple[str, str, str]]) -> Sentence:
    """Say which figures are no longer those that a decision was taken on."""
    parts = in_a_row(
        (f"{name} was ", Period(then), ", now ", Period(now) if now else "not shown")
        for name, then, now in changes
    )
    return sentence(Strong("Changed since this was decided: "), parts, ".")
