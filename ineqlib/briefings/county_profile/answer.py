"""The first screen: one message, the districts by objective, and three things to talk about."""

from collections.abc import Iterator, Sequence

from ineqlib.briefings.county_profile.county import County
from ineqlib.briefings.county_profile.facts import CountyFacts
from ineqlib.briefings.county_profile.inequality import Inequality
from ineqlib.briefings.county_profile.verdicts import Count, District, Verdicts
from ineqlib.briefings.sections import answer_section, no_answer_section
from ineqlib.catalogue import load_catalogue
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Labels
from ineqlib.charts.heat_chart import MARKS, HeatCell, Look, heat_table
from ineqlib.document.blocks import Block, FigureGrid, bullets, heading
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact
from ineqlib.narrative import findings, leads
from ineqlib.narrative.judgement import UNSIZED
from ineqlib.narrative.reader import reader_named
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    Words,
    at,
    interval,
    possessive,
    sentence,
    size_of,
)
from ineqlib.text import joined

FEW_NAMES = 4
MOST_BEFORE = 16
"""Districts that stand before what there is to talk about; of more the table stands behind it."""
MOST_NAMED = 2
"""Objectives that a title names."""
READER = "director"


def answer(facts: CountyFacts) -> Section:
    """The answer, what shows it, and what to do with it."""
    county, verdicts = facts.county, facts.verdicts
    table: list[Block] = []
    if verdicts.objectives:
        table.append(FigureGrid((by_objective(county, verdicts),)))
    talk: list[Block] = []
    if items := list(to_talk_about(facts)):
        talk += [heading("To talk about"), bullets("to-talk-about", items)]
    # Nobody should have to pass a whole region to come to what there is to talk about.
    is_long = len(verdicts.districts) > MOST_BEFORE
    more = [*talk, *table] if is_long else [*table, *talk]
    return answer_section(
        question(county), message(facts), how_sure(verdicts), next_step(verdicts), *more
    )


def question(county: County) -> str:
    """Return the question as a colleague would put it."""
    return f"How do the districts of {county.called} compare, and where are the gaps?"


def no_answer(county: County) -> Section:
    """Say why there is nothing to set side by side, and what to do instead."""
    return no_answer_section(question(county), county.why_not, county.instead)


def message(facts: CountyFacts) -> Sentence:
    """Who stands out, and whether the inequality is between districts or inside them."""
    first = _who_stands_out(facts.county, facts.verdicts)
    return sentence(first, " ", _split(facts.inequalities)) if facts.inequalities else first


def _who_stands_out(county: County, verdicts: Verdicts) -> Sentence:
    theirs = possessive(county.country)
    most = max(district.total.worse.value for district in verdicts.districts)
    if not most and verdicts.are_unsized:
        return sentence(UNSIZED)
    if not most:
        return sentence(
            f"No figure of any district in {county.called} is clearly worse than {theirs}."
        )
    worst = [district for district in verdicts.districts if district.total.worse.value == most]
    first = worst[0].total
    if len(worst) == 1:
        counts = (first.worse, " of its ", first.judged, " figures are")
        start = sentence(f"In {county.called}, {worst[0].name} stands out: ", counts)
    elif len(worst) > FEW_NAMES:
        are = "figure of any is" if most == 1 else "figures of any are"
        nobody = f"In {county.called} no one district stands out: at most "
        start = sentence(nobody, first.worse, f" {are}")
    else:
        names = joined([district.name for district in worst])
        are = "figure of each is" if most == 1 else "figures of each are"
        start = sentence(f"In {county.called}, {names} stand out: ", first.worse, f" {are}")
    return sentence(start, f" clearly worse than {theirs}", _without(verdicts), ".")


def _without(verdicts: Verdicts) -> Words:
    none = [district.name for district in verdicts.districts if not district.total.worse.value]
    if not none:
        return ""
    if len(none) > FEW_NAMES:
        every = verdicts.number
        return "; ", verdicts.without, " of the ", every, " districts have none"
    return f"; {joined(none)} {'has' if len(none) == 1 else 'have'} none"


def _split(inequalities: Sequence[Inequality]) -> Sentence:
    first = inequalities[0]
    return sentence(
        (f"Of the inequality in {first.what} between its neighbourhoods (", Period(first.index)),
        ("), ", (first.within, " lies inside districts and ", first.between), " between them."),
    )


def how_sure(verdicts: Verdicts) -> Sentence:
    """Say what the marks allow for."""
    return leads.how_sure(
        "marked figures lasted and are large enough to matter. The marks allow for all ",
        verdicts.comparisons,
        " comparisons: at most one mark in twenty is expected to be chance. What has no mark may "
        "still differ.",
    )


def next_step(verdicts: Verdicts) -> Sentence:
    """Say what to open and discuss first."""
    most = max(district.total.worse.value for district in verdicts.districts)
    worst = [district.name for district in verdicts.districts if district.total.worse.value == most]
    if not most or len(worst) > FEW_NAMES:
        return leads.what_next("discuss what is listed under “To talk about”.")
    briefing = "briefing" if len(worst) == 1 else "briefings"
    return leads.what_next(
        f"read the {briefing} of {joined(worst)}, and discuss what is listed under “To talk about”."
    )


def by_objective(county: County, verdicts: Verdicts) -> DrawnFigure:
    """The districts by objective, each cell with its marks."""
    known = load_catalogue().objectives.values()
    objectives = {
        objective.id: objective.public_name
        for objective in known
        if objective.id in verdicts.objectives
    }
    rows = {
        district.name: [_counted(district, name) for name in objectives]
        for district in verdicts.districts
    }
    theirs = possessive(county.country)
    labels = Labels(
        id="districts-by-objective",
        title=_finding(county, verdicts, objectives),
        subtitle=(
            f"Figures clearly worse ({MARKS['worse']}) or better ({MARKS['better']}) than "
            f"{theirs}, by objective; newest figures"
        ),
        alt=(
            f"Table of {verdicts.number.text} districts by objective. "
            f"{_finding(county, verdicts, objectives)}."
        ),
        source=short_source(county.pack, sources_of(verdicts)),
        note=(
            "A dot: figures that are not clearly different. Blank: no figure that can be judged."
        ),
    )
    return heat_table(rows, list(objectives.values()), labels, heading="District")


def _finding(county: County, verdicts: Verdicts, objectives: dict[str, str]) -> str:
    """Say under which objectives figures are worse in most districts, most figures first."""
    worse = {
        name: [
            district.by_objective[name].worse.value
            for district in verdicts.districts
            if name in district.by_objective and district.by_objective[name].worse.value
        ]
        for name in objectives
    }
    most = max(map(len, worse.values()))
    if not most:
        if verdicts.are_unsized:
            return "Too few areas have figures to call one worse or better"
        return f"Nothing is clearly worse than in {county.country} under any objective"
    first = [name for name, counts in worse.items() if len(counts) == most]
    first.sort(key=lambda name: -sum(worse[name]))
    names = [objectives[name].lower() for name in first[:MOST_NAMED]]
    return f"Most often worse: {' and '.join(names)}"


def _counted(district: District, objective: str) -> HeatCell:
    count = district.by_objective.get(objective)
    if count is None or not count.judged.value:
        return HeatCell("none", "", "no figure")
    worse, better = bool(count.worse.value), bool(count.better.value)
    if not worse and not better:
        return HeatCell("similar", "·", f"none of {count.judged.text} clearly differs")
    sides: tuple[tuple[Look, Fact], ...] = (("worse", count.worse), ("better", count.better))
    parts = [(MARKS[side], fact.text, side) for side, fact in sides if fact.value]
    short = " ".join(f"{mark}{text}" for mark, text, _ in parts)
    words = ", ".join(f"{text} {side}" for _, text, side in parts)
    look: Look = "both" if worse and better else "worse" if worse else "better"
    return HeatCell(look, short, f"{words}, of {count.judged.text}")


def sources_of(verdicts: Verdicts) -> set[str]:
    """Return the ids of the sources of all figures of the table."""
    return {cell.fact.source for row in verdicts.figures for cell in row.cells.values()}


def to_talk_about(facts: CountyFacts) -> Iterator[Sentence]:
    """Yield what is shared, what is one district's, and what averages hide."""
    shared, own = _shared(facts.county, facts.verdicts), _of_one_district(facts.verdicts)
    yield from filter(None, (shared, own, _inside(facts)))


def _shared(county: County, verdicts: Verdicts) -> Sentence | None:
    """The figure that is worse in most districts, where it is so in more than one."""
    figures, number = verdicts.figures, verdicts.number
    row = figures[0] if figures else None
    if row is None or row.worse.value < 2:
        return None
    worse = [cell.fact for cell in row.cells.values() if cell.side == "worse"]
    names: Words = f" ({joined([fact.area_name for fact in worse])})"
    if len(worse) > FEW_NAMES:
        names = ""
    country = row.country[-1:]
    theirs: Words = (f"; {country[0].area_name} ", country[0]) if country else ()
    return sentence(
        Strong("What districts share. "),
        f"{row.name}: worse than {possessive(county.country)} in ",
        ((row.worse, " of ", number, " districts", names), (", from ", _from_to(worse)), theirs),
        (", ", Period(row.periods[-1]), ". Is this a matter for all of them together?"),
    )


def _from_to(facts: Sequence[Fact]) -> Words:
    low, *_, high = sorted(facts, key=lambda fact: fact.value)
    bare = Number(low.text.removesuffix(f" {low.unit}"), low.value, low.id)
    return bare, " to ", high


def _of_one_district(verdicts: Verdicts) -> Sentence | None:
    """What the district that has most figures worse puts first."""
    worst = max(verdicts.districts, key=_rank_of_count)
    if worst.leading is None or not worst.total.worse.value:
        return None
    words = findings.in_words(worst.leading, reader_named(READER))
    return sentence(Strong(f"{worst.name} first. "), "Its own briefing leads with this. ", words)


def _rank_of_count(district: District) -> tuple[float, str]:
    count: Count = district.total
    return count.worse.value, district.name


def _inside(facts: CountyFacts) -> Sentence | None:
    """The widest gap inside a district beside the gap between districts."""
    if not facts.gaps:
        return None
    gaps = facts.gaps[0]
    widest = gaps.inside[0].gap
    between: Words = ()
    if gaps.between and gaps.worst and gaps.best:
        between = (
            "; between the averages of districts it is at most ",
            gaps.between,
            f" ({gaps.worst.area_name} and {gaps.best.area_name}, ",
            Period(gaps.worst.period),
            ")",
        )
    return sentence(
        Strong("What averages hide. "),
        f"{gaps.name}: the widest gap inside a district is in {widest.area_name}, about ",
        (size_of(widest), interval(widest, turned=True) or " (published without an interval)"),
        (" ", at(gaps.period), between),
        ". Does each district's plan say which neighbourhoods come first?",
    )
