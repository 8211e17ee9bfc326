"""The document that says who is like an area, and who of them narrowed the gap."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from ineqlib.briefings.asked import place_and_indicator
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import answer_section, method_section, sources_section
from ineqlib.briefings.similar_areas import words
from ineqlib.briefings.similar_areas.facts import Similar, similar_facts
from ineqlib.charts import Figure, Labels
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.document.blocks import FigureGrid, Paragraph, TableBlock, no_data
from ineqlib.document.model import Document, Section, comparable
from ineqlib.facts.alike import sets_of
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import interval_text, value_text
from ineqlib.facts.profile import read_profile
from ineqlib.facts.tier_series import TierSeries, breaks_in_words, read_tier_series
from ineqlib.narrative.reader import name_inside
from ineqlib.pack import Pack, open_pack
from ineqlib.text import slug


def open_similar_areas(
    pack: Pack | str | Path, area: str, *, indicator: str = "", sex: str = ""
) -> Document:
    """Build the document that says who is like an area, and who of them narrowed the gap.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    indicator
        Id or name of what they are compared on; empty for the first headline indicator.
    sex
        Whose figures, as the pack writes it; empty for those a briefing names first.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    pack = open_pack(pack)
    place, compared_on = place_and_indicator(pack, area, indicator, sex)
    series = read_tier_series(pack, place.code, compared_on, sex)
    profile = read_profile(pack, place.code, comparators=["neighbours"], indicator_set=[])
    about = similar_facts(pack, series, place, dict(sets_of(profile)))
    if series is None:
        why = words.no_figures(place, compared_on)
        about = replace(about, gaps=about.gaps._replace(why_not=why))
    used = {row.source for row in series.series.rows} if series else set()
    others = [place.country_code, *(alike.code for alike in about.similar)]
    return Document(
        kind="similar_areas",
        parameters={"indicator": indicator, "sex": sex},
        title=words.title(about),
        summary=words.in_short(about),
        outline={
            "answer": partial(answer, about),
            "alike": partial(alike_section, about),
            "sensitivity": partial(sensitivity, about),
            "narrowed": partial(narrowed, about),
            "how": partial(method_section, words.method_items(about)),
            "sources": partial(sources_section, pack, used),
        },
        figures=() if about.now is None else (comparable(about.now),),
        **about_area(pack, place, about, others),
    )


def answer(about: Similar) -> Section:
    """Who is alike and did better, how sure that is, and what next."""
    return answer_section(
        words.question(about), words.answer(about), words.how_sure(about), words.next_step(about)
    )


def alike_section(about: Similar) -> Section:
    """The areas most alike, the nearest first."""
    title = "The areas most like it, the nearest first"
    if not about.similar or about.lists is None:
        return Section("alike", title, ())
    name = about.series.name if about.series else ""
    cells = {"Area": [alike.name for alike in about.similar]}
    if about.now is not None:
        cells[f"{name}, {about.now.period}"] = [value_text(a.newest) for a in about.similar]
    cells["Neighbourhoods in the most deprived fifth"] = [
        value_text(alike.most_deprived) for alike in about.similar
    ]
    cells[f"In how many of {about.lists.text} other lists"] = [
        alike.lists.text for alike in about.similar
    ]
    caption = f"Areas most like {about.place.name} by {about.method}"
    return Section("alike", title, (TableBlock("alike", cells, caption, sortable=True),))


def sensitivity(about: Similar) -> Section:
    """How many stay where likeness is measured otherwise."""
    title = "Does it depend on how likeness is measured?"
    if not about.others or about.count is None:
        return Section("sensitivity", title, ())
    cells = {
        "Measured by": [other.method for other in about.others],
        f"Areas of the {about.count.text} that stay": [o.shared.text for o in about.others],
    }
    caption = f"How many of the areas most like {about.place.name} other lists have too"
    blocks = (
        Paragraph("steady", words.sensitivity_lead(about)),
        TableBlock("other-lists", cells, caption),
    )
    return Section("sensitivity", title, blocks)


def narrowed(about: Similar) -> Section:
    """Who narrowed the gap by more than areas that began as far away."""
    title = "Who narrowed the gap"
    series = about.series
    if series is None or not about.gaps.gains:
        why = f"Who narrowed the gap cannot be told: {about.gaps.why_not}." if about.similar else ""
        return Section("narrowed", title, (no_data("no-gains", why),) if why else ())
    cells = {
        "Area": [gain.name for gain in about.gaps.gains],
        f"Gap in {about.gaps.start}": [gain.before.number for gain in about.gaps.gains],
        f"Gap in {about.gaps.end}": [gain.after.number for gain in about.gaps.gains],
        "Change": [gain.change.number for gain in about.gaps.gains],
        "Others that began as far away": [gain.expected.number for gain in about.gaps.gains],
        "Beyond that": [gain.beyond.number for gain in about.gaps.gains],
        "95% interval": [interval_text(gain.beyond) for gain in about.gaps.gains],
        "Clear": ["yes" if gain.clear else "no" for gain in about.gaps.gains],
    }
    what = f"{name_inside(series.name)}, {about.gaps.gains[0].beyond.unit}"
    caption = f"Gap to {about.gaps.against}, {what}; below zero is worse"
    blocks = (
        FigureGrid((_gains_chart(about, series),)),
        TableBlock("gains", cells, caption, sortable=True),
    )
    return Section("narrowed", title, blocks)


def _gains_chart(about: Similar, series: TierSeries) -> Figure:
    span = f"between {about.gaps.start} and {about.gaps.end}"
    clear = words.clear_gains(about)
    said = (
        f"{clear[0].name} gained most beyond areas that began as far away"
        if clear
        else "None clearly gained more than areas that began as far away"
    )
    first = about.gaps.gains[0]
    labels = Labels(
        id=slug(f"narrowed-{series.indicator.id}-{about.place.code}", longest=100),
        title=said,
        subtitle=(
            f"{series.name}: change of the gap to {about.gaps.against} {span}, less that of "
            f"areas that began as far away ({first.beyond.unit}; above zero is better)"
        ),
        alt=f"Dot chart. {first.name} is first: {first.beyond.text} beyond what was expected.",
        source=short_source(series.profile.pack, {row.source for row in series.series.of("area")}),
        note=breaks_in_words(series),
    )
    rows = [
        Ranked(gain.beyond, "area" if gain.code == about.place.code else "other")
        for gain in about.gaps.gains
    ]
    return ranking(rows, labels)
