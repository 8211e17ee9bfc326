"""The gap inside each district beside that between districts; and where the inequality lies."""

from ineqlib.briefings.county_profile.county import County
from ineqlib.briefings.county_profile.facts import CountyFacts, Gaps
from ineqlib.briefings.county_profile.inequality import Inequality
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Labels
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.document.blocks import Block, FigureGrid, TableBlock, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.narrative.sentence import Period, Sentence, Strong, Words, sentence
from ineqlib.text import slug


def between_and_inside(facts: CountyFacts) -> Section:
    """The gap inside each district, the widest first, beside the gap between districts."""
    title = "The gap between districts, and inside each"
    if not facts.gaps:
        why = (
            "The pack has no headline figure by deprivation inside three districts or more; what "
            "would be needed is a published slope index, or figures by fifths of each district."
        )
        return Section("gaps", title, (no_data("no-gaps", why),))
    lead = (
        "Inside a district: from its most to its least deprived end, by a straight line. Between "
        "districts: the best average less the worst. The two are measured differently: read each "
        "for its size, and do not subtract one from the other."
    )
    figures = tuple(_chart(facts.county, gaps) for gaps in facts.gaps)
    return Section("gaps", title, (FigureGrid(figures),), sentence(lead))


def _chart(county: County, gaps: Gaps) -> DrawnFigure:
    widest, narrowest = gaps.inside[0].gap, gaps.inside[-1].gap
    marks = [Ranked(gap.gap, "other") for gap in gaps.inside]
    note = "Published without intervals: the order of districts may be chance."
    if all(gap.gap.limits for gap in gaps.inside):
        note = "Lines: 95% intervals. Where they overlap, the order of districts may be chance."
    if gaps.between and gaps.worst and gaps.best:
        marks.append(Ranked(gaps.between, "reference", "Between districts"))
        note += (
            f" Between districts: {gaps.best.area_name} ({gaps.best.text}) less "
            f"{gaps.worst.area_name} ({gaps.worst.text}), {gaps.worst.period}; chance adds to it, "
            "for these two were chosen as the furthest apart."
        )
    title = (
        f"{gaps.name}: from {narrowest.size} in {narrowest.area_name} to {widest.size} in "
        f"{widest.area_name}"
    )
    labels = Labels(
        id=slug(f"gap-{gaps.name}"),
        title=title,
        subtitle=f"Gap inside each district, {gaps.period}",
        alt=f"Dots with intervals, a row a district. {title}.",
        source=short_source(county.pack, {gap.gap.source for gap in gaps.inside}),
        note=note,
    )
    return ranking(marks, labels, heading="District")


def inequality(facts: CountyFacts) -> Section:
    """How much of the inequality lies between districts and inside each."""
    title = "Does the inequality lie between districts, or inside them?"
    if not facts.inequalities:
        why = (
            "The pack has no value for every neighbourhood of these districts; what would be "
            "needed is a count of people on a low income, or an index's score, in each."
        )
        return Section("inequality", title, (no_data("no-inequality", why),))
    blocks: list[Block] = []
    for place, taken in enumerate(facts.inequalities):
        blocks.append(paragraph(f"split-{place}", _split(taken)))
        if not place:
            blocks.append(FigureGrid((_parts(facts.county, taken),)))
            blocks.append(_table(taken))
    lead = (
        "Where most of it lies inside districts, the averages of districts do not show where the "
        "need is: neighbourhoods do."
    )
    return Section("inequality", title, tuple(blocks), sentence(lead))


def _split(taken: Inequality) -> Sentence:
    counted = "counted by their people" if taken.by_people else "each counted once"
    of = (
        "the share of people on a low income"
        if taken.is_share
        else "the deprivation score, which has no natural zero, so that this is a guide"
    )
    left_out: Words = ()
    if taken.left_out.value:
        left_out = ", without ", taken.left_out, " whose figure is not published"
    return sentence(
        (Strong(f"By {taken.what}"), " (", Period(taken.index), "): ", taken.within),
        (" of the inequality lies inside districts, ", taken.between),
        (" between them. Measured is ", of, ", in ", taken.neighbourhoods),
        (f" neighbourhoods, {counted}", left_out, "; the Theil index of all is ", taken.total, "."),
    )


def _parts(county: County, taken: Inequality) -> DrawnFigure:
    title = f"{taken.within.text} of the inequality in {taken.what} lies inside districts"
    rows = [
        Ranked(taken.between, "area", "Between districts"),
        *(
            Ranked(part.inequality, "other", f"Inside {part.inequality.area_name}")
            for part in taken.parts
        ),
    ]
    rows.sort(key=lambda row: -row.fact.value)
    labels = Labels(
        id="where-inequality-lies",
        title=title,
        subtitle=f"Share of the county's Theil index, {taken.index}".replace("county", county.kind),
        alt=f"Dots, a row for each part. {title}, {taken.between.text} between them.",
        source=short_source(county.pack, {taken.source}),
        note=(
            "The parts add up to the whole, but for rounding. A large district has more "
            "neighbourhoods to differ."
        ),
    )
    return ranking(rows, labels, heading="Part")


def _table(taken: Inequality) -> TableBlock:
    parts = taken.parts
    who = "people" if taken.by_people else "neighbourhoods"
    cells = {
        "District": [part.inequality.area_name for part in parts],
        "Share of the inequality, inside it": [part.inequality.text for part in parts],
        f"Share of the {who}": [part.people.text for part in parts],
    }
    caption = f"What each district adds, beside its share of the {who}"
    return TableBlock("parts-of-inequality", cells, caption)
