"""The evaluation of a project: did a figure change where and when it should have?"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.evaluate_project import words
from ineqlib.briefings.evaluate_project.asked import Asked, read_asked, usable_names
from ineqlib.briefings.evaluate_project.design import CannotEvaluate, Design, read_design
from ineqlib.briefings.evaluate_project.results import Evaluation, evaluate
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import HOW, answer_section, attribution, left_out, no_answer_section
from ineqlib.charts.event_time_chart import EventPoint, event_time
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.trend_chart import trend
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, TableBlock, bullets
from ineqlib.document.model import Document, Section, comparable
from ineqlib.facts.attribution import short_source
from ineqlib.facts.series import TrendPoint
from ineqlib.narrative.sentence import sentence
from ineqlib.pack import Pack, open_pack
from ineqlib.text import slug


def open_evaluate_project(  # noqa: PLR0913 (what is asked of a project)
    pack: Pack | str | Path,
    area: str,
    *,
    indicator: str = "",
    start: str = "",
    also: Sequence[str] = (),
    direction: str = "",
    hoped: float = 0.0,
    sex: str = "",
) -> Document:
    """Build the evaluation of a project in an area, or in several.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of the area where the project was.
    indicator
        Id or name of what should change; empty for the first with yearly figures.
    start
        First day of the project, such as ``2021-04-01`` (or ``2021-04``, ``2021``); empty to see
        what the page would tell, with a day that leaves three figures after it.
    also
        Codes or names of further areas of its tier with the same project.
    direction
        ``rise`` or ``fall``; empty for what is better.
    hoped
        Size of the change hoped for, in the unit of the indicator; 0 for half of the standard
        deviation between areas.
    sex
        ``Persons``, ``Male`` or ``Female``; empty for the first of these that is published.

    Returns
    -------
    Document
        With the verdict in `summary`. Where the pack cannot answer, the page says why.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name or day that does not exist; the message offers the nearest.
    """
    opened = open_pack(pack)
    options: dict[str, Any] = {
        "indicator": indicator,
        "start": start,
        "also": [also] if isinstance(also, str) else list(also),
        "direction": direction,
        "hoped": hoped,
        "sex": sex,
    }
    asked = read_asked(opened, area, **options)
    figures: tuple[Evaluation, ...] = ()
    try:
        design = read_design(opened, asked)
        result = evaluate(opened, design)
        contents, figures = _evaluated(opened, design, result), (result,)
        what = words.name_of(design)
    except CannotEvaluate as reason:
        contents = _refused(opened, asked, str(reason))
        what = asked.indicator.public_name if asked.indicator else "Any figure"
    return Document(
        kind="evaluate_project",
        parameters=options,
        title=_title(asked, what),
        **contents,
        **about_area(opened, asked.areas[0], figures, [place.code for place in asked.areas[1:]]),
    )


def _evaluated(pack: Pack, design: Design, result: Evaluation) -> dict[str, Any]:
    """Return what the document says of an evaluation."""
    return {
        "summary": f"{result.verdict.capitalize()}: {words.event_title(design, result)}",
        "outline": {
            "answer": partial(answer, design, result),
            "change": partial(change, pack, design, result),
            "second": partial(second, design, result),
            "how": partial(how, pack, design, result),
        },
        "figures": (comparable(result.own[-1]),) if len(design.asked.areas) == 1 else (),
    }


def _refused(pack: Pack, asked: Asked, reason: str) -> dict[str, Any]:
    """Return what the document says where nothing can be evaluated."""
    return {
        "summary": f"Cannot be evaluated: {reason}",
        "outline": {
            "answer": partial(refused, reason, usable_names(pack, asked)),
            **dict.fromkeys(("change", "second", "how"), left_out),
        },
    }


def _title(asked: Asked, what: str) -> str:
    since = f" since {words.day_of(asked.start)}" if asked.start else ""
    return f"Did it work? {what} in {asked.places_inside}{since}"


def answer(design: Design, result: Evaluation) -> Section:
    """Verdict, how sure it is, and what next."""
    example = "An example: no project was named (give its first day, indicator and areas)."
    return answer_section(
        f"Did it work in {design.asked.places_inside}?",
        words.answer(design, result),
        words.how_sure(design, result),
        words.what_next(design, result),
        *([] if design.asked.named else [Paragraph("trial", sentence(example), "note")]),
    )


def change(pack: Pack, design: Design, result: Evaluation) -> Section:
    """Draw the event-time chart, and both lines."""
    figures = (_event_figure(pack, design, result), _trend_figure(pack, design, result))
    both = Paragraph("both-moved", words.both_moved(design, result))
    return Section("change", "What changed, and when", (both, FigureGrid(figures)))


def second(design: Design, result: Evaluation) -> Section:
    """Ask a synthetic control."""
    blocks: list[Block] = [Paragraph("synthetic", words.second_opinion(design, result))]
    if weights := result.second.weights:
        cells = {
            "Area": [name for name, _ in weights],
            "Weight": [fact.text for _, fact in weights],
        }
        blocks.append(TableBlock("weights", cells, "Similar areas by their weight"))
    return Section("second", "A second opinion: a synthetic control", tuple(blocks))


def how(pack: Pack, design: Design, result: Evaluation) -> Section:
    """Say how it was worked out, and who published the figures."""
    blocks = (
        bullets("how-it-works", map(sentence, words.how_it_works(design, result))),
        attribution(pack, _sources(design)),
    )
    return Section("how", HOW, blocks)


def refused(why: str, instead: Sequence[str]) -> Section:
    """Say why the pack cannot answer, what would be needed, and what could be asked instead."""
    step = (
        f"what could be asked instead, as the pack has single years of it: {'; '.join(instead)}."
        if instead
        else "keep the project's own records of who took part, before and after."
    )
    return no_answer_section("Did it work?", f"This pack cannot answer that. {why}", step)


def _event_figure(pack: Pack, design: Design, result: Evaluation) -> Figure:
    labels = Labels(
        id=_figure_id(design, "event-time"),
        title=words.event_title(design, result),
        subtitle=f"{words.name_of(design)}: gap to similar areas, less its mean before the start",
        alt=words.event_alt(design, result),
        source=short_source(pack, _sources(design)),
    )
    points = [EventPoint(*facts) for facts in zip(*result.paths, strict=True)]
    return event_time(points, len(design.before), labels)


def _trend_figure(pack: Pack, design: Design, result: Evaluation) -> Figure:
    code = design.project_codes[0]
    points = [
        TrendPoint(role, fact.area_name, label, design.row(code, label).middle, 0, "ok", fact)
        for role, facts in (("area", result.own), ("region", result.similar))
        for label, fact in zip([*design.before, *design.after], facts, strict=True)
    ]
    title = words.trend_title(design, result)
    labels = Labels(
        id=_figure_id(design, "both"),
        title=title,
        subtitle=words.name_of(design),
        alt=f"Line chart. {title}.",
        source=short_source(pack, _sources(design)),
    )
    return trend(points, labels)


def _figure_id(design: Design, name: str) -> str:
    return slug(f"{name}-{design.indicator.id}", 100)


def _sources(design: Design) -> set[str]:
    code = design.project_codes[0]
    return {design.row(code, label).source for label in (*design.before, *design.after)}
