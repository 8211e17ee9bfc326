"""The document about one indicator by deprivation: all years, absolute beside relative."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.indicator_gradient import cut_words, shown, words
from ineqlib.briefings.indicator_gradient.asked import Asked, read_asked
from ineqlib.briefings.indicator_gradient.cut_words import points_of_dispute
from ineqlib.briefings.indicator_gradient.cuts import cuts_of
from ineqlib.briefings.indicator_gradient.followed import Followed, followed
from ineqlib.briefings.indicator_gradient.measured import SHOWN
from ineqlib.briefings.indicator_gradient.trends import SCALES
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import answer_section, method_section, sources_of_facts
from ineqlib.document.blocks import Block, FigureGrid, Heading, Paragraph, bullets, no_data
from ineqlib.document.model import Document, Section, comparable
from ineqlib.facts.fact import FactTable
from ineqlib.measures import REGISTRY
from ineqlib.narrative.sentence import sentence
from ineqlib.pack import Pack, open_pack
from ineqlib.text import upper_first

METHOD = (
    "Groups are in order of deprivation, each weighted by its people; slopes and gaps are the "
    "least deprived less (or over) the most deprived.",
    f"For each period: {', '.join(REGISTRY[name].title.lower() for name in SHOWN)}. Which other "
    "measures fit, the last table says.",
    "Change: a straight line through all slopes of one unbroken stretch. Periods that overlap "
    "share people; the interval counts that. Where years lie further off the line than chance "
    "explains, it is as much wider.",
    "The gap grew or shrank where the 95% interval of its change leaves out zero. No clear change: "
    "it does not, but a change by half is ruled out. Cannot tell: not even that.",
    "Each index of deprivation, and each way to cut, is a series of its own: no line and no test "
    "leads from one to another, nor across a break.",
    "A break is where all areas of the tier move at once far more than usual: the count changed, "
    "not the areas. A single period off the line is drawn alone and not tested.",
)
OF_AREAS = (
    "Whole areas are ranked by one index in all years, and are the same areas in all: those with a "
    "figure in each period shown."
)
IN_POUNDS = "Pounds are those of each year: rising prices alone widen a gap in pounds."
EQUALLY_LARGE = (
    "How many people live in each group is not published here: groups are taken as equally large, "
    "which tenths of a country's neighbourhoods nearly are."
)
LIMITS = (
    "An area's deprivation is not a person's, and a straight line hides a turning point: look at "
    "the charts. Several tests on one page: now and then one is clear by chance."
)


def open_indicator_gradient(  # noqa: PLR0913 (each says what is asked)
    pack: Pack | str | Path,
    area: str,
    *,
    indicator: str = "",
    dimension: str = "",
    level: str = "",
    sex: str = "",
    since: int = 0,
    until: int = 0,
) -> Document:
    """Build the document about one indicator by deprivation over all years.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name: the country, a region, a county or a district, whose neighbourhoods and parts
        are set side by side.
    indicator
        Id or name; empty for the first headline indicator of the pack.
    dimension
        Which groups: an index of deprivation (``imd2019``), ``areas`` for whole areas alone, or one
        dimension of the pack (``national_deprivation_decile:imd2019``); empty for all.
    level
        Which areas: ``lower`` for districts, ``upper`` for upper-tier authorities; empty for the
        level with more figures.
    sex
        Whose figures, as the pack writes it; empty for everybody's, else men's, else women's.
    since, until
        First and last year of the periods looked at; 0 for all.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`. What the pack has no data
        for, the page says.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    pack = open_pack(pack)
    parameters: dict[str, Any] = {
        "indicator": indicator,
        "dimension": dimension,
        "level": level,
        "sex": sex,
        "since": since,
        "until": until,
    }
    asked = read_asked(pack, area, **parameters)
    cuts = tuple(followed(asked, cut) for cut in cuts_of(asked))
    table = FactTable.within(cuts, asked.newer_index)
    newest = cuts[0].newest if cuts else None
    others = [fact.area_code for fact in table.values()]
    return Document(
        kind="indicator_gradient",
        parameters=parameters,
        title=words.title(asked),
        summary=words.verdict(cuts[0]) if cuts else "Cannot tell: no figures by deprivation",
        outline={
            "answer": partial(answer, asked, cuts),
            "over_time": partial(over_time, asked, cuts),
            "changing": partial(changing, cuts),
            "disagree": partial(disagree, cuts),
            "measures": partial(measures, cuts),
            "how": partial(method_section, method_items(cuts)),
            "sources": partial(sources_of_facts, pack, table),
        },
        figures=(comparable(newest.measures["sii"]),) if newest else (),
        **about_area(pack, asked.place, table, others),
    )


def answer(asked: Asked, cuts: Sequence[Followed]) -> Section:
    """Whether the gap closes, how sure that is, and what next."""
    sure = words.how_sure(cuts[0]) if cuts else sentence()
    step = words.next_step(asked, cuts)
    return answer_section(words.question(asked), words.answer(asked, cuts), sure, step)


def over_time(asked: Asked, cuts: Sequence[Followed]) -> Section:
    """Both scales side by side over all years, for each way to cut; of the first, the groups."""
    heading = "The gap over time, absolute beside relative"
    if cuts and all(map(cut_words.one_period, cuts)):
        heading = "The gap, absolute beside relative"
    if not cuts:
        return Section("over_time", heading, ())
    blocks: list[Block] = [Paragraph("today", cut_words.today(cuts[0]))]
    for number, followed_cut in enumerate(cuts):
        title = followed_cut.cut.title
        blocks.append(Heading(f"cut-{number}", upper_first(title)))
        blocks.append(Paragraph(f"note-{number}", cut_words.notes(followed_cut)))
        if alone := cut_words.one_period(followed_cut):
            blocks.append(Paragraph(f"one-period-{number}", alone))
        elif trends := shown.trends(asked, followed_cut):
            blocks.append(FigureGrid(trends))
        else:
            why = f"No slope can be made: {followed_cut.now[0].why_not}."
            blocks.append(no_data(f"no-slope-{number}", why))
        if not number and (groups := shown.groups(asked, followed_cut)):
            blocks += [Paragraph("ends", cut_words.ends_moved(followed_cut)), FigureGrid(groups)]
    said = (b for b in blocks if not isinstance(b, Paragraph) or b.words)
    return Section("over_time", heading, tuple(said))


def changing(cuts: Sequence[Followed]) -> Section:
    """The test of every unbroken stretch, on both scales."""
    blocks = tuple(shown.tests_table(cuts, scale) for scale in SCALES) if cuts else ()
    return Section("changing", "Is it changing? Every test", blocks)


def disagree(cuts: Sequence[Followed]) -> Section:
    """Where measures disagree, and why."""
    blocks: tuple[Block, ...] = ()
    if cuts and len(cuts[0].tested) > 1:
        points = bullets("disputes", points_of_dispute(cuts))
        blocks = (points, shown.moves_table(cuts[0]))
    return Section("disagree", "Where measures disagree, and why", blocks)


def measures(cuts: Sequence[Followed]) -> Section:
    """Every measure of every period, and all that fit of the newest."""
    blocks: list[Block] = [
        shown.periods_table(number, followed_cut)
        for number, followed_cut in enumerate(cuts)
        if followed_cut.newest
    ]
    if cuts and cuts[0].fits:
        blocks.append(shown.fits_table(cuts[0]))
    return Section("measures", "Every measure, every period", tuple(blocks))


def method_items(followed: Sequence[Followed]) -> list[str]:
    """How this was worked out, what it assumes, and when it cannot answer."""
    where_it_applies = {
        OF_AREAS: any(cut_followed.cut.is_of_areas for cut_followed in followed),
        IN_POUNDS: any(cut_followed.unit.startswith("£") for cut_followed in followed),
        EQUALLY_LARGE: any(cut_followed.cut.is_even for cut_followed in followed),
    }
    some = [text for text, applies in where_it_applies.items() if applies]
    return [*METHOD, *some, LIMITS]
