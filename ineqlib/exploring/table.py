"""The rows behind a question, as a table."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ineqlib.charts.figure import table_html
from ineqlib.errors import ParameterError
from ineqlib.exploring.choices import Choices
from ineqlib.exploring.question import Question
from ineqlib.exploring.seen import Seen
from ineqlib.exploring.settle import dimension_words, sex_words
from ineqlib.facts.fact import Fact, interval_text, published
from ineqlib.facts.rows import Row, read_rows
from ineqlib.files import write_text
from ineqlib.narrative.sentence import Sentence, at, sentence
from ineqlib.questions.names import indicator_of
from ineqlib.spreadsheet import csv_text
from ineqlib.text import NO_VALUE, plural

COLUMNS = {
    name: "subgroup" if name == "group" else name
    for name in "period group age value lower_ci upper_ci unit status source".split()
}
"""Heading in the file that is saved -> field of a row."""


def table_of(question: Question, choices: Choices, area: str) -> Seen:
    """Read the rows of a question."""
    rows = [
        row
        for row in read_rows(choices.pack, (question.indicator,), (area, "area"))
        if row.sex == question.sex and row.dimension == question.dimension
    ]
    periods = {row.period for row in rows}
    if question.dimension and rows:
        period = question.period or max(rows, key=lambda row: row.period_end).period
        rows = [row for row in rows if row.period == period]
    label, name = choices.indicators[question.indicator].label, choices.name(area)
    if not rows:
        others = f" It has some for {plural(len(periods), 'other period')}." if periods else ""
        raise ParameterError(
            f"{name} has no rows of '{label}' ({sex_words(question.sex).lower()}, "
            f"{dimension_words(question.dimension)}) in the pack.{others}"
        )
    rows.sort(key=lambda row: (row.subgroup_order, row.subgroup))
    rows.sort(key=lambda row: row.period_end, reverse=True)
    decimals = indicator_of(choices.pack, question.indicator).decimals
    cells = [published(row, decimals) if row.has_value else None for row in rows]
    facts = tuple(fact for fact in cells if fact)
    shown = {
        "Period": [row.period for row in rows],
        "Group": [row.subgroup or "Everybody" for row in rows],
        "Value": [
            fact.text if fact else NO_VALUE.get(row.status, "[x]")
            for fact, row in zip(cells, rows, strict=True)
        ],
        "95% interval": [interval_text(fact) for fact in cells],
    }
    if not question.dimension:
        del shown["Group"]
    return Seen(
        _sentence(facts, name),
        table_html(shown, caption=f"{label}, {name}, {sex_words(question.sex).lower()}"),
        code=_code(question, choices, area),
        facts=facts,
        formats=("csv",),
        save=partial(_save, rows),
    )


def _save(rows: Sequence[Row], path: Path) -> None:
    """Write rows as a CSV file, numbers as numbers."""
    columns = {name: [getattr(row, field) for row in rows] for name, field in COLUMNS.items()}
    write_text(path, csv_text(columns))


def _sentence(facts: Sequence[Fact], name: str) -> Sentence:
    """Say from where to where the rows go."""
    if not facts:
        return sentence(f"The rows of {name} hold no value: each says why.")
    low, high = (pick(facts, key=lambda fact: fact.value) for pick in (min, max))
    if low.text == high.text:
        return sentence(f"{name}: ", low, " ", at(low.period), ".")
    ends = [
        (f" ({fact.subgroup})" if fact.subgroup else " ", "" if fact.subgroup else at(fact.period))
        for fact in (low, high)
    ]
    when = (" ", at(low.period)) if low.subgroup else ()
    return sentence(f"{name}: between ", low, *ends[0], " and ", high, *ends[1], *when, ".")


def _code(question: Question, choices: Choices, area: str) -> str:
    return "\n".join(
        [
            "import ineqlib as iq",
            f"pack = iq.open_pack({choices.pack.path.as_posix()!r})",
            f"pack.observations({question.indicator!r}, {area!r}, sex={question.sex!r}, "
            f"dimension={question.dimension!r})",
        ]
    )
