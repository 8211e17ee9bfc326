"""The sections of the comparison, from its facts."""

from collections.abc import Sequence

from ineqlib.briefings.reorganisation.facts import IndicatorGaps, OptionFacts, OptionsFacts
from ineqlib.briefings.reorganisation.options import TODAY
from ineqlib.briefings.sections import answer_blocks
from ineqlib.catalogue import index_title
from ineqlib.charts.area_map_chart import area_map
from ineqlib.charts.figure import Labels
from ineqlib.document.blocks import (
    FigureGrid,
    FoldedList,
    Note,
    TableBlock,
    bullets,
    folded,
    no_data,
    paragraph,
)
from ineqlib.document.model import Section
from ineqlib.facts.attribution import index_source, source_line
from ineqlib.facts.fact import Fact
from ineqlib.narrative.leads import how_sure, what_next
from ineqlib.narrative.sentence import Sentence, Strong, in_a_row, sentence, share_of
from ineqlib.pack import Pack
from ineqlib.pack.outlines import outlines
from ineqlib.text import slug

AVERAGES = (
    "A larger authority's average is nearer to the county's for arithmetic reasons alone: a gap "
    "between authorities that gets smaller is hidden inside one of them, not closed."
)


def in_short(facts: OptionsFacts) -> Section:
    """Each option in two sentences."""
    today = facts.options[0]
    lead = sentence(
        f"{facts.county.area.name} has ",
        today.count,
        " districts today. How would its deprivation and its health gaps look if it were divided "
        "otherwise?",
    )
    items = [_option(option, facts.unit) for option in facts.options]
    sure = how_sure(
        f"the shares are of all neighbourhoods ({index_title(facts.county.index)}), no sample. A "
        "gap between authorities that gets smaller is hidden in one of them, not closed."
    )
    step = what_next(
        "ask how each option would find its most deprived neighbourhoods; maps below show where."
    )
    blocks = (*answer_blocks(_message(facts.options), sure, step), bullets("options", items))
    return Section("in_short", "In short", blocks, lead)


def _message(options: Sequence[OptionFacts]) -> Sentence:
    """Say how much of the differences would be hidden inside authorities."""
    today, *others = options
    between = [sentence(other.between, f" with {other.name}") for other in others]
    return sentence(
        "Today ",
        today.between,
        " of the differences in deprivation between neighbourhoods lie between districts, where "
        "their averages show them. It would be ",
        in_a_row(between, " and "),
        ": the rest would lie inside the authorities, where averages hide them.",
    )


def _option(option: OptionFacts, unit: str) -> Sentence:
    ordered = sorted(option.authorities, key=lambda authority: authority.most_deprived.value)
    least, most = ordered[0], ordered[-1]
    word = " authority. " if option.count.value == 1 else " authorities. "
    return sentence(
        (Strong(option.name), ": ", option.count, word, f"In {most.name}, ", most.most_deprived),
        f" of {unit} {'live' if unit == 'people' else 'are'} in the country's most deprived fifth",
        ((f", in {least.name} ", share_of(least.most_deprived)) if least is not most else (), "."),
    )


def authorities(facts: OptionsFacts) -> Section:
    """Every authority of every option: its size, and its ends of the national range."""
    rows = [
        (option.name, authority) for option in facts.options for authority in option.authorities
    ]
    cells = {
        "Authority": [authority.name for _, authority in rows],
        "Option": [name for name, _ in rows],
        facts.unit.capitalize(): [authority.size.text for _, authority in rows],
        "In the most deprived fifth": [authority.most_deprived.text for _, authority in rows],
        "In the least deprived fifth": [authority.least_deprived.text for _, authority in rows],
    }
    caption = f"Authorities by option; {index_title(facts.county.index)}, share of {facts.unit}"
    return Section(
        "authorities",
        "The authorities",
        (TableBlock("authority-table", cells, caption, sortable=True),),
    )


def maps(facts: OptionsFacts, pack: Pack) -> Section:
    """One map an option: the share in the country's most deprived fifth."""
    figures = []
    every = [own.most_deprived for option in facts.options for own in option.authorities]
    for option in facts.options:
        shares = {authority.code: authority.most_deprived for authority in option.authorities}
        shapes = outlines(pack, shares)
        if shapes.empty:
            continue
        about = "; ".join(
            f"{authority.name} {authority.most_deprived.text}" for authority in option.authorities
        )
        low, high = _ends_of(list(shares.values()))
        span = high.text if low is high else f"from {low.text} to {high.text}"
        labels = Labels(
            id=slug(f"map-{option.name}"),
            title=f"{option.name}: {span} in the most deprived fifth",
            subtitle=(
                f"Share of {facts.unit} in the country's most deprived fifth of neighbourhoods, "
                f"{index_title(facts.county.index)}; the maps share their classes"
            ),
            alt=f"Map of the authorities of one option. {about}.",
            source=source_line(pack, [index_source(facts.county.index)]),
        )
        figures.append(area_map(shapes, shares, labels, among=every))
    if not figures:
        return Section("maps", "The maps", (no_data("no-maps", "The pack has no outlines."),))
    return Section("maps", "The maps", (FigureGrid(tuple(figures)),))


def _ends_of(facts: Sequence[Fact]) -> tuple[Fact, Fact]:
    ordered = sorted(facts, key=lambda fact: fact.value)
    return ordered[0], ordered[-1]


def deprivation(facts: OptionsFacts) -> Section:
    """How far deprivation differs between the authorities of each option, and inside them."""
    cells = {
        "Option": [option.name for option in facts.options],
        "Authorities": [option.count.text for option in facts.options],
        "Differences that lie between them": [option.between.text for option in facts.options],
        "Highest less lowest share in the most deprived fifth": [
            option.spread.text for option in facts.options
        ],
    }
    lead = (
        "The less of the differences lies between authorities, the more alike they are, and the "
        "more each of them has to look inside itself."
    )
    table = TableBlock("deprivation-table", cells, "Deprivation between and inside authorities")
    return Section("deprivation", "Deprivation between and inside", (table,), sentence(lead))


def gaps(facts: OptionsFacts) -> Section:
    """The gap between the authorities of each option, indicator by indicator."""
    title = "Gaps between authorities"
    if not facts.indicators:
        why = "No indicator has a figure for every authority of every option in one period."
        return Section("gaps", title, (no_data("no-gaps", why),))
    shown = facts.indicators
    cells = {"Figure": [f"{compared.name}, {compared.period}" for compared in shown]}
    for number, option in enumerate(facts.options):
        cells[option.name] = [compared.gaps[number].gap.text for compared in shown]
    items = [_ends(compared) for compared in shown]
    blocks = (
        TableBlock("gap-table", cells, "Highest less lowest figure of the authorities"),
        paragraph("gap-averages", AVERAGES),
        Note("gap-ends", folded("Which authority is the lowest, and which the highest", items)),
    )
    return Section("gaps", title, blocks)


def _ends(compared: IndicatorGaps) -> Sentence:
    ends = in_a_row(
        (
            f"{gap.option.lower()} from ",
            (gap.low, f" ({gap.low.area_name}) to ", gap.high),
            f" ({gap.high.area_name})",
        )
        for gap in compared.gaps
    )
    return sentence(Strong(f"{compared.name}, {compared.period}"), ": ", ends, ".")


def neighbours(facts: OptionsFacts) -> Section:
    """Which of today's neighbouring districts would be one council, and which would not."""
    items = []
    for option in facts.options:
        if option.name == TODAY:
            continue
        words: tuple = (Strong(option.name), ": ", option.joined)
        pairs = "pair" if option.joined.value == 1 else "pairs"
        words += (f" {pairs} of neighbouring districts would be in one authority",)
        words += (_pairs(option.pairs_joined), "; ", option.parted)
        words += (" would have a border between them, as today", _pairs(option.pairs_parted), ".")
        items.append(sentence(*words))
    lead = "Work across a border needs partners; inside one authority it needs a decision."
    title = "Who gains and who keeps a border"
    return Section("neighbours", title, (bullets("borders", items),), sentence(lead))


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return f" ({'; '.join(f'{first} and {second}' for first, second in pairs)})" if pairs else ""


def limits(facts: OptionsFacts) -> Section:
    """What the comparison cannot say, and what it leaves out."""
    items: list[Sentence | FoldedList] = [
        sentence(
            "The figures of proposed authorities are added up by ineqlib from those of their "
            "parts; no publisher stands behind them."
        ),
        sentence(
            "No option is better because a figure is smaller: nothing here says what a council "
            "would do, or what the change would cost."
        ),
        sentence(
            "Gaps have no interval here: of many authorities, chance alone makes the highest and "
            "the lowest differ more."
        ),
    ]
    if facts.left_out:
        summary = "Indicators that not every authority of every option has"
        items.append(folded(summary, facts.left_out))
    return Section("limits", "What this cannot say", (bullets("limits", items),))
