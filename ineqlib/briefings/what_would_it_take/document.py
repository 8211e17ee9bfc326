"""The document that says what it would take to reach a target by a year."""

from functools import partial
from pathlib import Path

from ineqlib.briefings.answer import answer_blocks
from ineqlib.briefings.subjects import area_subject, place_names
from ineqlib.briefings.what_would_it_take import words
from ineqlib.briefings.what_would_it_take.facts import PATH, Takes, takes
from ineqlib.briefings.what_would_it_take.kind import NAME
from ineqlib.briefings.what_would_it_take.target import TARGETS, number_in
from ineqlib.briefings.what_would_it_take.verdict import ALREADY
from ineqlib.charts import Labels
from ineqlib.charts.layout import CUT
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.charts.trend_chart import trend, trend_scale
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, bullets, paragraph
from ineqlib.document.model import Document, Section, comparable
from ineqlib.document.origin import origin_of
from ineqlib.errors import ParameterError, nearest
from ineqlib.facts.attribution import short_source, source_line
from ineqlib.facts.fact import FactTable
from ineqlib.facts.tier_series import breaks_in_words, indicator_named, read_tier_series
from ineqlib.narrative.leads import what_next
from ineqlib.narrative.sentence import sentence
from ineqlib.observations import SEXES
from ineqlib.pack import Pack, open_pack
from ineqlib.text import slug

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
    check(pack, area, indicator=indicator, target=target, by=by, sex=sex)
    place, what = pack.area(area), indicator_named(pack, indicator)
    series = read_tier_series(pack, place.code, what, sex)
    parameters = {"indicator": indicator, "target": target, "by": by, "sex": sex}
    if series is None:
        return Document(
            kind=NAME,
            subject=area_subject(place),
            parameters=parameters,
            title=f"What would it take in {place.name}?",
            summary=f"No figures of {what.public_name}",
            facts=FactTable(),
            outline={"answer": partial(no_figures, place.name, what.public_name)},
            places=place_names(pack, [place.code]),
            pack_title=pack.title,
            fictional=pack.fictional,
            origin=origin_of(pack, ()),
        )
    asked = takes(series, target, by)
    table = _facts_of(asked)
    of_similar = asked.done.best if asked.done else ()
    codes = [place.code, place.country_code, *(fact.area_code for fact in of_similar)]
    if asked.target is not None:
        codes.append(asked.target.fact.area_code)
    return Document(
        kind=NAME,
        subject=area_subject(place),
        parameters=parameters,
        title=words.title(asked),
        summary=asked.verdict.capitalize(),
        facts=table,
        outline={
            "answer": partial(answer, asked),
            "path": partial(path, asked),
            "achieved": partial(achieved_section, asked),
            "how": partial(how, asked),
            "sources": partial(sources, asked),
        },
        figures=() if asked.now is None else (comparable(asked.now, asked.verdict),),
        places=place_names(pack, dict.fromkeys(filter(None, codes))),
        pack_title=pack.title,
        fictional=pack.fictional,
        origin=origin_of(pack, table.values()),
    )


def check(pack: Pack, area: str, *, indicator: str, target: str, by: int, sex: str) -> None:
    """Refuse what the document would refuse: names, a target and a year that are not there."""
    pack.area(area)
    indicator_named(pack, indicator)
    if target not in TARGETS:
        number_in(target)
    if sex and sex not in SEXES:
        raise ParameterError(
            f"There is no sex '{sex}'.{nearest(sex, SEXES)} Choose from {', '.join(SEXES)}."
        )
    if by and not 1990 < by <= LAST_YEAR:
        raise ParameterError(
            f"The year {by} is none to reach a target by. Give a year up to {LAST_YEAR}, or 0 for "
            "five years after the newest figure."
        )


def _facts_of(asked: Takes) -> FactTable:
    """Return every fact that the page shows, each once."""
    parts = (
        asked.now,
        asked.target,
        asked.country,
        asked.years,
        asked.run,
        asked.required,
        asked.done,
        asked.people,
        asked.events,
        asked.fewer,
        asked.points,
    )
    return FactTable.within(*parts, *(point.fact for point in asked.points))


def no_figures(place: str, name: str) -> Section:
    """Say that the pack has no figures, and what would be needed."""
    why = (
        f"Cannot tell: the pack has no figures of {name} for {place}. They may be published for "
        "the county alone."
    )
    step = what_next("ask about the county, or add a file with the area's figures.")
    blocks = answer_blocks(sentence(why), sentence(), step, style="no-data")
    return Section("answer", f"What would it take in {place}?", tuple(blocks))


def answer(asked: Takes) -> Section:
    """The answer, how sure it is, what it is in people, and what next."""
    blocks = answer_blocks(words.answer(asked), words.how_sure(asked), words.next_step(asked))
    if said := words.in_people(asked):
        blocks.append(Paragraph("in-people", said))
    return Section("answer", words.question(asked), tuple(blocks))


def path(asked: Takes) -> Section:
    """The figure over time, and the line to the target."""
    title = "The way so far, and the way to the target"
    if not asked.points or asked.target is None or asked.now is None:
        return Section("path", title, ())
    series = asked.series
    is_there = asked.verdict == ALREADY
    points = [point for point in asked.points if not (is_there and point.role == PATH)]
    scale = trend_scale(points)
    place = series.profile.area.name
    target = asked.target.fact
    labels = Labels(
        id=slug(f"path-{series.indicator.id}-{series.profile.area.code}", longest=100),
        title=words.required_title(asked),
        subtitle=f"{series.name} ({series.indicator.unit})" + (f"; {CUT}" if scale.is_cut else ""),
        alt=(
            f"Line chart. {place}: {asked.now.text} in {asked.now.period}; the target is "
            f"{target.text} by {asked.by}."
        ),
        source=short_source(series.profile.pack, {row.source for row in series.series.of("area")}),
        note=breaks_in_words(series),
    )
    return Section("path", title, (FigureGrid((trend(points, labels, scale=scale),)),))


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
        "Of all their runs, not only the best, the average ",
        words.way_of(done.usual),
        "; the interval for one more such run is in the answer above.",
    )
    blocks: tuple[Block, ...] = (
        FigureGrid((ranking([*rows, reference], labels),)),
        Paragraph("usual", usual),
    )
    return Section("achieved", title, blocks)


def how(asked: Takes) -> Section:
    """How this was worked out, what it assumes, and when it cannot answer."""
    return Section(
        "how", "How this was worked out", (bullets("method", words.method_items(asked)),)
    )


def sources(asked: Takes) -> Section:
    """Whom to thank for the figures."""
    pack = asked.series.profile.pack
    ids = {row.source for row in asked.series.series.rows}
    blocks = (
        paragraph("attribution", f"{source_line(pack, ids)}."),
        paragraph("data-pack", f"Data pack: {pack.title}; {pack.meta.vintage}."),
    )
    return Section("sources", "Sources", blocks)
