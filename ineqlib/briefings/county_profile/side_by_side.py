"""Every figure of every district, and where each district stands among the others."""

from ineqlib.briefings.county_profile.answer import READER, sources_of
from ineqlib.briefings.county_profile.facts import CountyFacts, Ranking
from ineqlib.briefings.county_profile.verdicts import Cell, FigureRow
from ineqlib.briefings.sections import HOW, method_section
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Labels
from ineqlib.charts.heat_chart import MARKS, HeatCell, Look, heat_table
from ineqlib.document.blocks import (
    Block,
    FigureGrid,
    Note,
    TableBlock,
    bullets,
    folded,
    no_data,
    paragraph,
)
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.narrative import findings
from ineqlib.narrative.judgement import UNSIZED
from ineqlib.narrative.levels import ordinal_of
from ineqlib.narrative.reader import reader_named
from ineqlib.narrative.sentence import Period, Sentence, Strong, possessive, sentence
from ineqlib.text import NO_VALUE, joined

MOST_ACROSS = 14
"""Districts that have a column each; more of them are named in a row."""
LOOKS: dict[str, Look] = {"worse": "worse", "better": "better"}


def figures(facts: CountyFacts) -> Section:
    """Figure by figure, which districts are clearly worse or better."""
    title = "Figure by figure"
    county, verdicts = facts.county, facts.verdicts
    differing = [row for row in verdicts.figures if row.worse.value or row.better.value]
    if not differing:
        nothing = f"No figure of any district clearly differs from {possessive(county.country)}."
        why = UNSIZED if verdicts.are_unsized else nothing
        return Section("figures", title, (no_data("no-figures", why),))
    blocks: list[Block] = []
    if len(verdicts.districts) <= MOST_ACROSS:
        blocks.append(FigureGrid((_chart(facts, differing),)))
    else:
        caption = f"Districts clearly worse or better than {county.country}, newest figures"
        blocks.append(TableBlock("figure-table", _named(differing), caption))
    if rest := [row.name for row in verdicts.figures if row not in differing]:
        summary = "Figures that clearly differ in no district"
        blocks.append(Note("no-difference", folded(summary, rest)))
    return Section("figures", title, tuple(blocks))


def _named(differing: list[FigureRow]) -> dict[str, list[str]]:
    return {
        "Figure": [row.name for row in differing],
        "Period": [" and ".join(row.periods) for row in differing],
        "Worse in": [_districts(row, "worse") for row in differing],
        "Better in": [_districts(row, "better") for row in differing],
    }


def _districts(row: FigureRow, side: str) -> str:
    names = [name for name, cell in row.cells.items() if cell.side == side]
    return joined(names) if names else "none"


def _chart(facts: CountyFacts, differing: list[FigureRow]) -> DrawnFigure:
    county, verdicts = facts.county, facts.verdicts
    names = [district.name for district in verdicts.districts]
    rows = {row.name: [_cell(row.cells.get(name)) for name in names] for row in differing}
    first = differing[0]
    where = f"{first.worse.text} of {verdicts.number.text} districts"
    title = f"{first.name}: worse in {where}" if first.worse.value else "No district is worse"
    labels = Labels(
        id="figures-by-district",
        title=title,
        subtitle=(
            f"Clearly worse ({MARKS['worse']}) or better ({MARKS['better']}) than "
            f"{county.country}; newest figures"
        ),
        alt=f"Table of figures by district. {title}.",
        source=short_source(county.pack, sources_of(verdicts)),
        note="A dot: not clearly different. Blank: no figure. The table has the values.",
    )
    return heat_table(rows, names, labels, heading="Figure")


def _cell(cell: Cell | None) -> HeatCell:
    if cell is None:
        return HeatCell("none", "", "no figure")
    look = LOOKS.get(cell.side, "similar")
    words = cell.side or "not clearly different"
    return HeatCell(look, MARKS[look], f"{cell.fact.text}, {words}")


def ranks(facts: CountyFacts) -> Section:
    """Each district's place among the others, and the places that chance leaves possible."""
    title = "Places among the districts, and how far to trust them"
    if not facts.rankings:
        why = "No figure has intervals in three districts or more, so none are ranked."
        return Section("ranks", title, (no_data("no-ranks", why),))
    first = {rank.area_name: rank.value for rank in facts.rankings[0].ranks}
    districts = [district.name for district in facts.verdicts.districts]
    names = sorted(districts, key=lambda name: first.get(name, len(districts)))
    cells = {"District": names}
    for ranking in facts.rankings:
        by_name = {rank.area_name: rank for rank in ranking.ranks}
        cells[f"{ranking.name}, {ranking.period}"] = [
            _place(by_name[name]) if name in by_name else NO_VALUE["not_available"]
            for name in names
        ]
    caption = "Place from the worst, with the places possible by the 95% intervals"
    lead = (
        "First place is the worst. In brackets: all the places a district could have, when chance "
        "is allowed for. Where that is nearly every place, the order says nothing. Figures "
        "published without intervals have no place here."
    )
    sure = [ranking for ranking in facts.rankings if ranking.worse_half or ranking.better_half]
    words: Block = paragraph(
        "placed",
        "No district is clearly in the worse half or in the better half by any of these figures.",
    )
    if sure:
        words = bullets("placed", map(_placed, sure))
    blocks: tuple[Block, ...] = (words, TableBlock("rank-table", cells, caption))
    return Section("ranks", title, blocks, sentence(lead))


def _place(rank: Fact) -> str:
    return f"{ordinal_of(int(rank.value))} ({interval_text(rank)})"


def _placed(ranking: Ranking) -> Sentence:
    halves = [
        f"clearly in the {side} half: {joined(list(names))}"
        for side, names in (("worse", ranking.worse_half), ("better", ranking.better_half))
        if names
    ]
    return sentence(Strong(ranking.name), ", ", Period(ranking.period), f": {'; '.join(halves)}.")


def priorities(facts: CountyFacts) -> Section:
    """What each district's own briefing says first."""
    title = "What comes first in each district"
    reader = reader_named(READER)
    items = [
        sentence(
            Strong(f"{district.name}. "),
            findings.in_words(district.leading, reader)
            if district.leading
            else district.judgement.nothing,
        )
        for district in facts.verdicts.districts
    ]
    lead = (
        "The first finding of each district's own briefing, by the same rules. A briefing judges a "
        "district by itself, so that this list may name what the table above leaves unmarked."
    )
    return Section("priorities", title, (bullets("first-findings", items),), sentence(lead))


def needed() -> Section:
    """Say what the page needs, where it cannot answer."""
    words = paragraph(
        "what-is-needed",
        "This page needs two or more districts whose figures are in one pack. A pack knows the "
        "districts of counties and regions; those of combined authorities are named by hand.",
    )
    return Section("how", HOW, (words,))


def how(facts: CountyFacts) -> Section:
    """How this was worked out, what it assumes, and when it cannot answer."""
    country = facts.county.country
    items = [
        f"Each district's newest figures are set against {country}'s by the rules of its own "
        "briefing: by its interval, by the publisher's own comparison, or by how the figure moves "
        "from year to year.",
        "All comparisons of all districts are then allowed for together (Benjamini and Hochberg, "
        "false discovery held at one in twenty). A mark needs more: that the difference lasted, "
        "and is at least half of what areas usually differ by.",
        "Figures older than four years, and single years of what is published pooled, are left "
        "out.",
        "Places come with all the places that no pair of intervals rules out, every pair of "
        "districts allowed for (Holm's rule). Districts' figures are taken as independent.",
        "Inequality is the Theil index of neighbourhoods, which splits exactly into a part between "
        "districts and a part inside each. It describes; it has no interval.",
        "The smaller the places compared, the more of the inequality lies inside: with wards in "
        "place of these neighbourhoods less of it would.",
        "None of this says why districts differ, and an area's figure is not any one person's.",
        "The page cannot tell where a district has no figure, too few people, or no interval and "
        "no earlier years.",
    ]
    return method_section(items)
