"""The numbers that a document may write: its facts', and those in names that are no figures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ineqlib.catalogue import load_catalogue, load_local_outcomes
from ineqlib.charts.distribution_chart import tenth_name
from ineqlib.charts.figure import Figure
from ineqlib.document.blocks import Heading, TableBlock, leaves
from ineqlib.document.model import Document, Section
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.narrative.sentence import Period
from ineqlib.pack import Pack

from .document_parts import NUMBER, sentences

NO_FIGURE = re.compile(
    r"95%"  # the level of an interval
    r"|of every 1[0,]*"  # of how many a share or rate is
    r"|\d+ years together"  # how long a period is
    r"|(?<![\d.,])(?:[1-9]|10)(?=(?: (?:most|least) deprived)?[:;])"  # a tenth before its share
)
GROUPS = {tenth_name(decile) for decile in range(1, 11)}


@dataclass(frozen=True)
class Permitted:
    """What one document may write: its facts, and names that have digits and are no figures."""

    document: Document
    names: re.Pattern[str]
    """In lower case: a pattern that minds no case takes several times as long."""

    @cached_property
    def numbers(self) -> dict[str, set[str]]:
        """The numbers that each fact may be written with, by its id."""
        return {
            fact.id: {
                number.lstrip("−")
                for shown in (fact.text, fact.number, interval_text(fact))
                for number in NUMBER.findall(shown)
            }
            for fact in self.document.facts.values()
        }

    def without_fact(self, texts: Iterable[str], facts: Iterable[Fact]) -> list[tuple[str, str]]:
        """Return the numbers that are none of some facts', each with the text it stands in."""
        known = set().union(*(self.numbers[fact.id] for fact in facts))

        def strange(text: str) -> list[str]:
            return [each for each in NUMBER.findall(text) if each.lstrip("−") not in known]

        return [
            (number, text)
            for text in dict.fromkeys(texts)
            if text not in GROUPS and strange(text)
            for number in strange(NO_FIGURE.sub(" ", self.names.sub(" ", _unbroken(text).lower())))
        ]

    def facts_of(self, figure: Figure) -> list[Fact]:
        """Return the facts a figure may show: of one indicator, where it is about one."""
        facts = list(self.document.facts.values())
        of_one = {
            fact.indicator_id
            for fact in facts
            if fact.indicator_id and fact.indicator_id.replace("_", "-") in figure.labels.id
        }
        if not of_one:
            return facts
        return [fact for fact in facts if fact.indicator_id in of_one or not fact.indicator_id]


def names_in(document: Document, pack: Pack) -> re.Pattern[str]:
    """Match periods, methods and notes of facts, indicators, units, ages, groups and places."""
    of_facts = ("period", "method", "note", "age", "unit", "subgroup", "area_name", "area_code")
    names = {getattr(fact, part) for fact in document.facts.values() for part in of_facts}
    for indicator in load_catalogue().indicators.values():
        names |= {indicator.name, indicator.public_name, indicator.unit, indicator.age}
        names |= {indicator.why_this_indicator, *re.split(r"[{}]", indicator.told_as)} - {""}
    for metric in load_local_outcomes().metrics:
        names |= {metric.name, metric.open_data, metric.differs}
    names |= {*pack.indicators["name"], *pack.areas["area_name"], *pack.areas["area_code"]}
    small_areas = pack.table("small_areas")
    names |= set(small_areas["small_area_name"])
    numbers = small_areas["small_area_name"].str.rpartition(" ")[2]
    names |= set(small_areas["locality"] + " " + numbers)
    # Of bare numbers only years are names: an age of 65 must not excuse a figure of 65.
    names = {name for name in names if re.search(r"\d", name) and not NUMBER.fullmatch(name)}
    names |= {fact.period for fact in document.facts.values() if fact.period}
    longest_first = sorted(names, key=len, reverse=True)
    any_name = "|".join(re.escape(name.lower()) for name in longest_first)
    return re.compile(rf"(?<![\d,.])(?:{any_name})(?!\d|[.,]\d)")


def in_words(section: Section) -> Iterator[str]:
    yield section.title
    for each in sentences(section):
        yield "".join(
            part if isinstance(part, str) else part.text
            for part in each.parts
            if not isinstance(part, Period)
        )
    yield from (leaf.text for leaf in leaves(section.blocks) if isinstance(leaf, Heading))


def tables(section: Section) -> Iterator[tuple[str, list[str]]]:
    for leaf in leaves(section.blocks):
        if isinstance(leaf, TableBlock):
            yield from leaf.cells.items()


def figures_of(document: Document) -> list[Figure]:
    return [figure for section in document.sections for figure in section.figures]


def answers(figure: Figure) -> Iterator[Any]:
    """Yield what the figure says where it is pointed at."""

    for rows in figure.datasets.values():
        if isinstance(rows, list):
            yield from (row["label"] for row in rows if "label" in row)


def _unbroken(text: str) -> str:
    """Read a label of several lines as one: a line may end inside a period."""
    return text.replace("\n", " ")
