"""The same money shared by need, and whether another need gives the same verdict."""

from ineqlib.briefings.spend_and_need.facts import SpendFacts
from ineqlib.briefings.spend_and_need.words import called
from ineqlib.charts.figure import Table
from ineqlib.document.blocks import Paragraph, TableBlock, no_data
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import interval_text, value_text
from ineqlib.measures.spend import CANNOT_TELL
from ineqlib.narrative.sentence import Period, Sentence, in_a_row, sentence
from ineqlib.pack import Pack

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
