"""The gap in life expectancy: how long, which ages and causes make it, and whether it closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ineqlib.briefings.life_expectancy_gap import words
from ineqlib.briefings.life_expectancy_gap.asked import INSIDE, Asked, read_asked
from ineqlib.briefings.life_expectancy_gap.figures import (
    part_figures,
    part_table,
    slope_figure,
    trend_figure,
)
from ineqlib.briefings.life_expectancy_gap.parts import GapParts, parts_of, sides_of
from ineqlib.briefings.life_expectancy_gap.published import PublishedGaps, published_gaps
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import HOW, answer_section, sources_of_facts
from ineqlib.charts.trend_chart import trend_scale
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, TableBlock, bullets, no_data
from ineqlib.document.model import Document, Section, comparable
from ineqlib.facts.fact import FactTable, interval_text
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import Sentence, Words, sentence
from ineqlib.pack import Pack, open_pack
from ineqlib.text import SEX_WORDS, slug

OURS = (
    "Our conventions: men and women together where both are asked for, and parts in years, which "
    "always add up. OHID's Segment Tool takes men and women apart, gives parts as percentages too, "
    "compares only with England or inside an area, and sets deaths under four weeks apart as a "
    "cause. Ask for them with convention: ohid."
)
OHID = (
    "As OHID's Segment Tool has it: men and women apart, parts in years and as shares of the gap. "
    "Unlike there, deaths under four weeks stay with their causes and the youngest age, since the "
    "tables hold no age in days. Our own convention takes men and women together where both are "
    "asked for, and gives no shares: parts that narrow a gap would make others more than the whole."
)
ALIKE = ", the longest-lived of the similar areas"
"""What a table says of one of them."""


@dataclass(frozen=True)
class GapFacts:
    """Every figure of the document."""

    parts: Mapping[str, GapParts]
    """The gap taken apart, of each sex asked for."""
    why_not: str
    """Why it is not taken apart; empty where it is."""
    published: PublishedGaps


def open_life_expectancy_gap(
    pack: Pack | str | Path,
    area: str,
    *,
    comparator: str = INSIDE,
    sex: str = "both",
    convention: str = "ours",
) -> Document:
    """Build the document about a gap in life expectancy: its ages, its causes, its trend.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name.
    comparator
        Against whom: ``"least_deprived"`` for the most against the least deprived group of the
        area's own neighbourhoods, ``"county"``, ``"region"``, ``"country"``, or the code or name of
        an area.
    sex
        ``"both"``, ``"men"`` or ``"women"``.
    convention
        ``"ours"``: men and women together where both are asked for, parts in years. ``"ohid"``: as
        OHID's Segment Tool, men and women always apart, parts as shares of the gap too.

    Returns
    -------
    Document
        With its sections by name in `outline`. What the pack has no data for, the page says.

    Raises
    ------
    PackError, UnknownArea, ParameterError
        A name or value that does not exist; the message offers the nearest.
    """
    opened = open_pack(pack)
    asked = read_asked(opened, area, comparator, sex, convention)
    facts = gap_facts(opened, asked)
    here = asked.area
    others = [asked.other.code] if asked.other else []
    table = FactTable.within(facts)
    return Document(
        kind="life_expectancy_gap",
        parameters={"comparator": comparator, "sex": sex, "convention": convention},
        title=f"{here.name}: which ages and causes make the gap in life expectancy",
        summary=_answer(asked, facts).text.strip(),
        outline={
            "answer": partial(answer, asked, facts),
            "parts": partial(parts, opened, facts),
            "rates": partial(rates, facts),
            "beside": partial(beside, asked, facts),
            "over_time": partial(over_time, opened, asked, facts),
            "how": partial(how, asked, facts),
            "sources": partial(sources_of_facts, opened, table),
        },
        figures=tuple(comparable(shown.here) for shown in facts.published.by_sex.values()),
        **about_area(opened, here, table, [*here.above.values(), *others]),
    )


def gap_facts(pack: Pack, asked: Asked) -> GapFacts:
    """Compute every figure."""
    parts: dict[str, GapParts] = {}
    why_not = asked.why_not
    for sex in asked.sexes if not why_not else ():
        sides = sides_of(pack, asked, sex)
        made_of = (
            sides
            if isinstance(sides, str)
            else parts_of(asked.area, sides, sex, with_shares=asked.is_ohid)
        )
        if isinstance(made_of, str):
            why_not = made_of
        else:
            parts[sex] = made_of
    return GapFacts(parts, "" if parts else why_not, published_gaps(pack, asked))


def answer(asked: Asked, facts: GapFacts) -> Section:
    """The answer in a few sentences, and what to ask next."""
    place = place_inside(asked.area.name)
    if asked.is_inside:
        title = f"Which ages and causes make the gap inside {place}?"
    elif asked.other is not None:
        title = f"Which ages and causes make the gap between {place} and {asked.other.name}?"
    else:
        title = f"Which ages and causes make the gap in life expectancy of {place}?"
    step = words.next_step(facts.parts.values())
    return answer_section(title, _answer(asked, facts), _how_sure(asked, facts), step)


def _how_sure(asked: Asked, facts: GapFacts) -> Sentence:
    if facts.parts:
        return words.how_sure(facts.parts.values())
    if asked.is_inside:
        slopes = facts.published.inside.values()
        return words.how_sure_as_published(slope.gap for slope in slopes)
    if asked.why_not:
        return sentence()
    shown = facts.published.by_sex.values()
    return words.how_sure_as_published(own.chosen.gap for own in shown if own.chosen)


def _answer(asked: Asked, facts: GapFacts) -> Sentence:
    if facts.parts:
        return sentence(*map(words.gap_in_words, facts.parts.values()))
    lacking = sentence("Which ages and causes make the gap, this pack cannot say. ")
    if asked.is_inside and facts.published.inside:
        return sentence(words.slopes_in_words(facts.published.inside), lacking)
    shown = facts.published.by_sex
    if shown and not asked.is_inside and not asked.why_not:
        gaps = (words.published_in_words(asked, sex, own) for sex, own in shown.items())
        return sentence(*gaps, lacking)
    return sentence(
        f"This pack cannot answer that for {place_inside(asked.area.name)}. ", facts.why_not
    )


def beside(asked: Asked, facts: GapFacts) -> Section:
    """Every comparator that has a figure of the same period, the most favourable named."""
    title = "Against whom: the most favourable comparator makes the longest gap"
    blocks: list[Block] = []
    for sex, shown in facts.published.by_sex.items():
        best = shown.best
        if best is None:
            continue
        whose = SEX_WORDS[sex]
        said = words.longest_lived(asked, sex, shown.here, best)
        blocks.append(Paragraph(f"best-{slug(sex)}", said))
        rows = sorted(shown.beside, key=lambda row: -row.figure.value)
        cells = {
            "Compared with": [f"{row.name}{ALIKE * row.is_similar}" for row in rows],
            "Life expectancy there": [row.figure.text for row in rows],
            f"Longer than in {asked.area.name} by": [row.gap.text for row in rows],
        }
        if any(row.gap.limits for row in rows):
            cells["95% interval"] = [interval_text(row.gap) for row in rows]
        caption = f"Life expectancy at birth, {whose}, {shown.here.period}"
        blocks.append(TableBlock(f"beside-{slug(sex)}", cells, caption))
    if not blocks:
        place = place_inside(asked.area.name)
        why = f"The pack has no life expectancy of {place} and of another place in one period."
        blocks.append(no_data("nothing-beside", why))
    return Section("beside", title, tuple(blocks))


def parts(pack: Pack, facts: GapFacts) -> Section:
    """The gap by age and by cause, each part with its interval; or what is lacking."""
    title = "Which ages and causes make it"
    if not facts.parts:
        lacking = f"{facts.why_not} {words.SEGMENT_TOOL}"
        return Section("parts", title, (no_data("no-parts", lacking),))
    blocks: list[Block] = []
    for made_of in facts.parts.values():
        blocks += [FigureGrid(tuple(part_figures(pack, made_of))), part_table(made_of)]
    return Section("parts", title, tuple(blocks))


def rates(facts: GapFacts) -> Section:
    """The crude death rates, and how much of their difference is ages; nothing without deaths."""
    title = "Are people older, or do like people die more often?"
    blocks = [
        Paragraph(f"rates-{slug(sex)}", words.rates_in_words(made_of))
        for sex, made_of in facts.parts.items()
    ]
    return Section("rates", title, tuple(blocks))


def over_time(pack: Pack, asked: Asked, facts: GapFacts) -> Section:
    """Whether the gap closes, as far as periods that share no year say so."""
    title = "Is the gap closing?"
    lead = sentence()
    figures, changes = [], []
    if asked.is_inside:
        lead = sentence(
            "By the published slope index: it reaches from the most to the least deprived end, so "
            "it is longer than a gap between two fifths."
        )
        slopes = facts.published.inside
        points = [point for slope in slopes.values() for point in slope.points]
        for sex, slope in slopes.items():
            scale = trend_scale(points)
            figures.append(slope_figure(pack, sex, slope, scale))
            changes.append(words.change_in_words(sex, slope.over_time))
    elif asked.other is not None:
        for sex, shown in facts.published.by_sex.items():
            if shown.chosen is not None:
                figures.append(trend_figure(pack, shown, asked.other.name))
                changes.append(words.change_in_words(sex, shown.over_time))
    if not figures:
        why = "The pack has no published gap of this kind over time."
        return Section("over_time", title, (no_data("no-trend", why),))
    blocks = (Paragraph("moved", sentence(*changes)), FigureGrid(tuple(figures)))
    return Section("over_time", title, blocks, lead)


def how(asked: Asked, facts: GapFacts) -> Section:
    """How it was taken apart, what that assumes, and when it cannot answer."""
    items: list[Words] = []
    if facts.parts:
        items += [
            "Parts by age and cause: Arriaga's decomposition, from the side that lives "
            "shorter to the side that lives longer.",
            "Intervals take deaths for chance events (Poisson) and populations for known; "
            "parts whose intervals overlap widely have no order.",
            sentence(
                "Counted back from the longer-lived side, no span of ages changes by more than ",
                max((of_sex.turned for of_sex in facts.parts.values()), key=lambda f: f.value),
                "; the gap stays the same.",
            ),
        ]
    if asked.is_part:
        items.append(
            "A comparator that contains the area is not independent of it, which makes the "
            "intervals a little too wide."
        )
    if any(row.is_similar for own in facts.published.by_sex.values() for row in own.beside):
        items.append("The longest-lived of several similar areas owes some of its lead to chance.")
    items += [
        sentence(OHID if asked.is_ohid else OURS),
        "A change is told between periods that share no year; where the publisher gives no "
        "intervals of them, often none can be told.",
        "An area's deprivation is not a person's, people move, and a part says at which age or "
        "of what people die, not why.",
    ]
    return Section("how", HOW, (bullets("how", map(sentence, items)),))
