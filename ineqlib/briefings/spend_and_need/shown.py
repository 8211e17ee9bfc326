"""Figures and tables that show the answer: by funder, a head, shared by need, by other needs."""

from dataclasses import replace

import numpy as np

from ineqlib.briefings.need.follows import place_in_words
from ineqlib.briefings.need.units import FIFTH_NAMES
from ineqlib.briefings.spend_and_need.facts import SpendFacts
from ineqlib.briefings.spend_and_need.money import Money
from ineqlib.briefings.spend_and_need.words import by_verdict, called, in_order_of_need, index_of
from ineqlib.charts.concentration_chart import CurveDrawn, concentration
from ineqlib.charts.figure import Figure, Labels, Table, table_html
from ineqlib.charts.gradient_chart import ENDS, gradient
from ineqlib.charts.layout import Scale
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, TableBlock, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import interval_text, value_text
from ineqlib.facts.gradients import group_points
from ineqlib.measures.spend import CANNOT_TELL
from ineqlib.narrative.sentence import Period, Sentence, Strong, capitalised, in_a_row, sentence
from ineqlib.pack import Pack
from ineqlib.text import NO_VALUE, slug, upper_first

ABOVE = 1.2
"""The height of a chart against its largest value, whose number stands above it."""
MOST_DRAWN = 4
"""Funders drawn one by one, where their money cannot be added up."""
MOST_NAMED = 3
"""Needs that are named where they do not agree; the table has them all."""
NO_ZERO = (
    "A deprivation score has no true zero: twice the score is not twice the need. Take this as "
    "one share that could be argued for, or give an indicator as need."
)
WITH_ZERO = (
    "Each person counts as much as the need a head where they live. No rule says how much more "
    "need is worth."
)
NO_SHARE = (
    "A share by need cannot be given: the pack has the order of these places by deprivation, and "
    "no score. What would be needed is an index with the score and the people of each."
)


def by_funder(facts: SpendFacts) -> Section:
    """Every funder's index with its interval, and its verdict."""
    title = "Which funder's money follows need"
    if len(facts.funders) < 2:
        return Section("by_funder", title, ())
    every = [*facts.funders, *([facts.total] if facts.total else [])]
    cells: Table = {
        "Funder": [money.name for money in every],
        "Money placed": [value_text(money.total) for money in every],
        "Verdict": [money.judged.verdict for money in every],
        "Known by": [money.level for money in every],
    }
    if any(money.judged.why for money in every):
        not_applicable = NO_VALUE["not_applicable"]
        cells["Why it cannot be told"] = [m.judged.why or not_applicable for m in every]
    caption = f"Each funder's money in {facts.area.name}"
    verdicts = capitalised(by_verdict(facts.funders))
    blocks: list[Block] = [
        paragraph("funders", sentence(Strong("By funder. "), verdicts, ".")),
        *_indices(facts, every),
        TableBlock("funders-table", cells, caption),
    ]
    return Section("by_funder", title, tuple(blocks))


def _indices(facts: SpendFacts, every: list[Money]) -> list[Block]:
    judged = [(money, index) for money in every if (index := index_of(facts, money))]
    if len(judged) < 2:
        return []
    rows = sorted(judged, key=lambda pair: -pair[1].value)
    of_funders = [money.name for money, _ in rows if money is not facts.total]
    in_words = [f"{money.name}: {fact.text}, {money.judged.verdict}" for money, fact in rows]
    zero = "money in proportion to need" if facts.has_zero else "the same a head everywhere"
    labels = Labels(
        id="spend-by-funder",
        title=f"{of_funders[0]} rises with need most, {of_funders[-1]} least",
        subtitle=f"Index of money by need, {facts.asked.period}, {facts.area.name}",
        alt=f"Chart of indices with their intervals. {'; '.join(in_words)}.",
        source=_source_of_money(facts),
        note=f"Zero is {zero}; further right, more goes to need. Lines are 95% intervals.",
    )
    marks = [
        Ranked(fact, "area" if money is facts.total else "other", money.name)
        for money, fact in rows
    ]
    narrow: Table = {
        "Funder": [money.name for money, _ in rows],
        "Index": [fact.text for _, fact in rows],
        "Verdict": [money.judged.verdict for money, _ in rows],
    }
    figure = ranking(marks, labels, heading="Funder")
    return [FigureGrid((replace(figure, narrow=table_html(narrow, caption=labels.subtitle)),))]


def per_head(pack: Pack, facts: SpendFacts) -> Section:
    """Pounds a head of each group, of all money in figures and of every funder in a table."""
    title = "What each place got a head"
    main = [facts.total] if facts.total else list(facts.funders)
    figures = [figure for money in main[:MOST_DRAWN] for figure in _figures(pack, facts, money)]
    if not figures:
        return Section("per_head", title, ())
    blocks: list[Block] = [FigureGrid(tuple(figures))]
    names = [group.name for group in main[0].groups]
    same = [money for money in facts.funders if [group.name for group in money.groups] == names]
    if len(same) > 1:
        cells: Table = {"Place": names}
        cells |= {m.name: [value_text(group.per_head) for group in m.groups] for m in same}
        caption = f"Pounds a head by funder, {facts.asked.period}, {facts.area.name}"
        blocks.append(TableBlock("per-head-by-funder", cells, caption))
    return Section("per_head", title, tuple(blocks))


def _figures(pack: Pack, facts: SpendFacts, money: Money) -> list[Figure]:
    known = [group for group in in_order_of_need(facts, money) if group.per_head]
    if len(known) < 2 or isinstance(facts.need, str):
        return []
    sources = [_source_of_money(facts), short_source(pack, facts.need.sources)]
    source = "; ".join(dict.fromkeys(sources))
    first, last = known[0], known[-1]
    name = called(money)
    are_fifths = all("fifth" in group.name.lower() for group in money.groups)
    order = f"; fifths by {facts.need.words}" if are_fifths else ""
    in_words = [f"{group.name}: {value_text(group.per_head)}" for group in known]
    labels = Labels(
        id=f"spend-per-head-{slug(money.name)}",
        title=(
            f"{upper_first(name)}: {value_text(first.per_head)} a head in "
            f"{place_in_words(first.name)}, {value_text(last.per_head)} in "
            f"{place_in_words(last.name)}"
        ),
        subtitle=f"Pounds a head, {money.period}{order}",
        alt=f"Chart of pounds a head. {'; '.join(in_words)}.",
        source=source,
    )
    figures: list[Figure] = []
    if are_fifths:
        ends = ENDS if money.groups[0].name == FIFTH_NAMES[0] else ("Most need", "Least need")
        points = group_points(
            [group.name for group in money.groups],
            ["not_available"] * len(money.groups),
            np.array([group.people.value for group in money.groups]),
            [group.per_head for group in money.groups],
        )
        # Money has a zero, and a scale without it would make small differences look large.
        most = ABOVE * max(group.per_head.value for group in known if group.per_head)
        scale = Scale(0.0, most or 1.0, is_cut=False)
        figures.append(gradient(points, (), labels, unit="£ a head", scale=scale, ends=ends))
    else:
        marks = [Ranked(group.per_head) for group in known if group.per_head]
        marks = [mark._replace(name=group.name) for mark, group in zip(marks, known, strict=True)]
        marks.sort(key=lambda mark: -mark.fact.value)
        figures.append(ranking(marks, labels))
    if money.curve:
        figures.append(_curve_figure(facts, money, money.curve, source))
    return figures


def _curve_figure(facts: SpendFacts, money: Money, curve: CurveDrawn, source: str) -> Figure:
    first = "most need" if facts.has_zero else "most deprived"
    of = "need" if facts.has_zero else "deprivation"
    curves = [curve, *([money.need_curve] if money.need_curve else [])]
    labels = Labels(
        id=f"spend-curve-{slug(money.name)}",
        title=f"{curve.fifths[0].text} of the money goes to the fifth of people with most {of}",
        subtitle=f"Share of the money against share of the people, {money.period}",
        alt=(
            f"Concentration curve, {first} first. Share of the money that goes to one, two, three "
            f"and four fifths of the people: {', '.join(fact.text for fact in curve.fifths)}."
        ),
        source=source,
        note="Above the dashed line, people of more need get more than their share of people.",
    )
    return concentration(curves, labels, first=first)


def _source_of_money(facts: SpendFacts) -> str:
    return facts.asked.spending.source if facts.asked.spending else facts.area.name


def share_by_need(pack: Pack, facts: SpendFacts) -> Section:
    """The same money at the same amount a head, and by need."""
    title = "The same money shared by need"
    if not facts.shares or facts.shared is None or isinstance(facts.need, str):
        return Section("share_by_need", title, ())
    rows = facts.shares
    cells: Table = {"Place": [row.name for row in rows]}
    if any(row.money for row in rows):
        cells["Got"] = [value_text(row.money) for row in rows]
    cells["The same a head"] = [row.flat.text for row in rows]
    is_example = facts.asked.spending is None
    lead = sentence(facts.shared, " is an example. " if is_example else " was placed. ")
    has_share = rows[0].by_need is not None
    if has_share:
        cells["By need"] = [value_text(row.by_need) for row in rows]
        of = "need" if facts.has_zero else "the deprivation score"
        source = short_source(pack, facts.need.sources)
        words = Period(facts.need.words)
        lead = sentence(lead, f"By need is people times {of}: ", words, f" ({source}).")
    table = TableBlock("shares", cells, f"Pounds to each place, {facts.area.name}")
    caution = sentence(WITH_ZERO if facts.has_zero else NO_ZERO)
    below = Paragraph("share-caution", caution, "note")
    blocks = (table, below if has_share else no_data("no-share", NO_SHARE))
    return Section("share_by_need", title, blocks, lead)


def by_other_needs(facts: SpendFacts) -> Section:
    """Whether the verdict stands by the other needs that the pack holds."""
    title = "Would another need say the same?"
    if not facts.others or facts.total is None:
        return Section("other_needs", title, ())
    cells: Table = {
        "Need": [row.words for row in facts.others],
        "Across": [row.level for row in facts.others],
        "Index": [value_text(row.judged.index) for row in facts.others],
        "95% interval": [interval_text(row.judged.index) for row in facts.others],
        "Verdict a head": [row.judged.verdict for row in facts.others],
    }
    caption = f"Money of {called(facts.total)} by other needs"
    lead = sentence(
        _agreement(facts, facts.total.judged.a_head),
        "Each row puts the places in order by another need, and looks at money a head alone.",
    )
    table = TableBlock("other-needs", cells, caption)
    return Section("other_needs", title, (table,), lead)


def _agreement(facts: SpendFacts, verdict: str) -> Sentence:
    """Say whether the other needs give the page's own verdict of money a head."""
    if verdict == CANNOT_TELL:
        return sentence("Of money a head alone, the page's own need gives no sure verdict. ")
    alone = f"Of money a head alone, the page's own need says {verdict}. " if facts.has_zero else ""
    return sentence(alone, _by_others(facts, verdict))


def _by_others(facts: SpendFacts, verdict: str) -> Sentence:
    other = [row for row in facts.others if row.judged.verdict not in (verdict, CANNOT_TELL)]
    if other:
        named = [(Period(row.words), f" ({row.judged.verdict})") for row in other[:MOST_NAMED]]
        does = "Other needs do not" if len(other) > 1 else "One other need does not"
        return sentence(f"{does}: ", in_a_row(named), ". Say openly why you take yours. ")
    if any(row.judged.verdict == CANNOT_TELL for row in facts.others):
        return sentence("No other need contradicts it; by some it cannot be told. ")
    return sentence("Yes: every other need gives the same verdict. ")
