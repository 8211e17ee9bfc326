"""The document that says what it would take to reach a target by a year."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.asked import place_and_indicator
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import (
    answer_section,
    method_section,
    no_answer_section,
    sources_section,
)
from ineqlib.briefings.what_would_it_take import words
from ineqlib.briefings.what_would_it_take.done import ALREADY
from ineqlib.briefings.what_would_it_take.facts import PATH, Takes, takes
from ineqlib.briefings.what_would_it_take.target import TARGETS, number_in
from ineqlib.catalogue import Indicator
from ineqlib.charts import Labels
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.charts.trend_chart import trend
from ineqlib.document.blocks import Block, FigureGrid, Paragraph
from ineqlib.document.model import Document, Section, comparable
from ineqlib.errors import ParameterError
from ineqlib.facts.attribution import short_source
from ineqlib.facts.tier_series import breaks_in_words, read_tier_series
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import sentence
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.text import slug

REQUIRED = (
    "Required: the target, which stays where it is today, less the newest figure, over the years "
    "between; its interval holds the chance in both."
)
EVER_ACHIEVED = (
    "Ever achieved: the best change of each area over any run of that length in the pack, in an "
    "unbroken series, its two ends sharing no year."
)
VERDICTS_AND_LIMITS = (
    "The counts are the middle of many draws of what the true figures may have been, and their "
    "interval holds 95% of the draws.",
    "Within what similar areas did: a quarter of them or more ever did as much; seldom done: "
    "fewer; never done: none; cannot tell: chance in the newest figure decides between the "
    "first and the last, too few years were seen, or figures are missing.",
    "It assumes that areas this like move by much the same causes; prices, laws and epidemics of "
    "those years are in it.",
    "None of it is a forecast: where the whole country turned round at once, as work did after a "
    "recession, targets never done before came true.",
)
NO_COUNTS = "The pack has no counts of it here, so nothing is told in people."
IN_POUNDS = "Amounts are in pounds of each year: part of a rise is prices."
MODELLED = "These are modelled figures, which move less than what they model."
LAST_YEAR = 2100


def open_what_would_it_take(
    pack: Pack | str | Path,
    area: str,
    *,
    indicator: str = "",
    target: str = "country",
    by: int = 0,
    sex: str = "",
) -> Document:
    """Build the document that says what it would take to reach a target by a year.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    indicator
        Id or name; empty for the first headline indicator of the pack.
    target
        ``country`` (the country's figure), ``best_similar`` (that of the best similar area),
        ``half_the_gap`` (to the country), or a number as text.
    by
        The year to reach it by; 0 for five years after the newest figure.
    sex
        Whose figures, as the pack writes it; empty for those a briefing names first.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name, target or year that does not exist; the message offers the nearest.
    """
    pack = open_pack(pack)
    place, aimed_at = read_asked(pack, area, indicator=indicator, target=target, by=by, sex=sex)
    series = read_tier_series(pack, place.code, aimed_at, sex)
    parameters = {"indicator": indicator, "target": target, "by": by, "sex": sex}
    if series is None:
        return _without_figures(pack, place, aimed_at.public_name, parameters)
    asked = takes(series, target, by)
    used = {row.source for row in series.series.rows}
    of_similar = asked.done.best if asked.done else ()
    others = [place.country_code, *(fact.area_code for fact in of_similar)]
    if asked.target is not None:
        others.append(asked.target.fact.area_code)
    return Document(
        kind="what_would_it_take",
        parameters=parameters,
        title=words.title(asked),
        summary=asked.verdict.capitalize(),
        outline={
            "answer": partial(answer, asked),
            "path": partial(path, asked),
            "achieved": partial(achieved_section, asked),
            "how": partial(method_section, method_items(asked)),
            "sources": partial(sources_section, pack, used),
        },
        figures=() if asked.now is None else (comparable(asked.now, asked.verdict),),
        **about_area(pack, place, asked, others),
    )


def read_asked(
    pack: Pack, area: str, *, indicator: str, target: str, by: int, sex: str
) -> tuple[Area, Indicator]:
    """Find what is asked for, and refuse a target or a year that is not there."""
    place, aimed_at = place_and_indicator(pack, area, indicator, sex)
    if target not in TARGETS:
        number_in(target)
    if by and not 1990 < by <= LAST_YEAR:
        raise ParameterError(
            f"The year {by} is none to reach a target by. Give a year up to {LAST_YEAR}, or 0 for "
            "five years after the newest figure."
        )
    return place, aimed_at


def _without_figures(pack: Pack, place: Area, name: str, parameters: Mapping[str, Any]) -> Document:
    return Document(
        kind="what_would_it_take",
        parameters=parameters,
        title=f"What would it take in {place.name}?",
        summary=f"No figures of {name}",
        outline={"answer": partial(no_figures, place.name, name)},
        **about_area(pack, place, ()),
    )


def no_figures(place: str, name: str) -> Section:
    """Say that the pack has no figures, and what would be needed."""
    why = (
        f"Cannot tell: the pack has no figures of {name} for {place}. They may be published for "
        "the county alone."
    )
    instead = "ask about the county, or add a file with the area's figures."
    return no_answer_section(f"What would it take in {place}?", why, instead)


def answer(asked: Takes) -> Section:
    """The answer, how sure it is, what it is in people, and what next."""
    in_people = words.in_people(asked)
    return answer_section(
        words.question(asked),
        words.answer(asked),
        words.how_sure(asked),
        words.next_step(asked),
        *([Paragraph("in-people", in_people)] if in_people else []),
    )


def path(asked: Takes) -> Section:
    """The figure over time, and the line to the target."""
    title = "The way so far, and the way to the target"
    if not asked.points or asked.target is None or asked.now is None:
        return Section("path", title, ())
    series = asked.series
    is_there = asked.verdict == ALREADY
    points = [point for point in asked.points if not (is_there and point.role == PATH)]
    place = series.profile.area.name
    target = asked.target.fact
    labels = Labels(
        id=slug(f"path-{series.indicator.id}-{series.profile.area.code}", longest=100),
        title=words.required_title(asked),
        subtitle=f"{series.name} ({series.indicator.unit})",
        alt=(
            f"Line chart. {place}: {asked.now.text} in {asked.now.period}; the target is "
            f"{target.text} by {asked.by}."
        ),
        source=short_source(series.profile.pack, {row.source for row in series.series.of("area")}),
        note=breaks_in_words(series),
    )
    return Section("path", title, (FigureGrid((trend(points, labels),)),))


def achieved_section(asked: Takes) -> Section:
    """What the similar areas did at their best, beside what is required."""
    done, required = asked.done, asked.required
    title = "What areas like this one did at their best"
    if done is None or required is None or asked.run is None:
        return Section("achieved", title, ())
    own = asked.series.profile.area
    rows = [Ranked(fact, "area" if fact.area_code == own.code else "other") for fact in done.best]
    first = done.best[0]
    did = "no area" if done.similar_did.value == 0 else done.similar_did.text
    labels = Labels(
        id=slug(f"best-runs-{asked.series.indicator.id}-{own.code}", longest=100),
        title=f"Of {done.similar.text} similar areas, {did} ever did what is required",
        subtitle=(
            f"{asked.series.name}: best change for the better over a run of "
            f"{asked.run.text}, {required.unit}, the noise of figures taken out"
        ),
        alt=(
            f"Dot chart. Required: {required.text}. The best run was that of {first.area_name}: "
            f"{first.text}."
        ),
        source=short_source(
            asked.series.profile.pack, {row.source for row in asked.series.series.of("area")}
        ),
    )
    reference = Ranked(required, "reference", f"Required in {own.name}")
    usual = sentence(
        "In all their runs, not only the best, they ",
        words.way_of(done.usual),
        " on average; the interval for one more such run is in the answer above.",
    )
    blocks: tuple[Block, ...] = (
        FigureGrid((ranking([*rows, reference], labels),)),
        Paragraph("usual", usual),
    )
    return Section("achieved", title, blocks)


def method_items(asked: Takes) -> list[str]:
    """How this was worked out, in short sentences."""
    series = asked.series
    noise = (
        "their published intervals, widened where years differ by more"
        if series.panel.se is not None
        else "how far the figures of all areas scatter about their own lines"
    )
    where_it_applies = {
        NO_COUNTS: asked.fewer is None,
        IN_POUNDS: series.indicator.unit.startswith("£"),
        MODELLED: series.indicator.modelled,
    }
    return [
        REQUIRED,
        f"Similar areas: {asked.method or 'none can be told from this pack'}; all areas: those of "
        f"the tier of {place_inside(series.profile.area.name)} with figures.",
        EVER_ACHIEVED,
        f"The noise of the figures is taken out, told by {noise}: without that, some area will "
        "always seem to have done it by luck.",
        *VERDICTS_AND_LIMITS,
        *(text for text, applies in where_it_applies.items() if applies),
    ]
