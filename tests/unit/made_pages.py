"""Pages made without a kernel: from what a notebook's cells would have shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import nbformat

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.figure import Figure, Labels
from ineqlib.document.model import Document, Section
from ineqlib.document.page import export_html
from ineqlib.document.parse_page import read_page
from ineqlib.facts.fact import Fact
from ineqlib.pack import Pack

HERE, THERE = "X07000001", "X07000002"
NAMES = {HERE: "Brackenhythe", THERE: "Coldmarket"}
Check = Callable[..., list[str]]


@dataclass(frozen=True)
class Report:
    """What the maker of a page says of it."""

    summary: str
    opening: str
    sections: tuple[str, ...]
    figures: list[dict[str, Any]]


@dataclass(frozen=True)
class Made:
    """A page, and what its maker says of it."""

    page: str
    report: Report


def page_of(*shown: Any) -> str:
    """Write the page of a notebook that showed these: objects of ours, HTML, or Markdown cells."""
    new = nbformat.v4
    cells = [
        each
        if isinstance(each, nbformat.NotebookNode)
        else new.new_code_cell("", outputs=[new.new_output("display_data", _bundle(each))])
        for each in shown
    ]
    return export_html(new.new_notebook(cells=cells))


def _bundle(shown: Any) -> dict[str, Any]:
    return {"text/html": shown} if isinstance(shown, str) else dict(shown._repr_mimebundle_())


def report_on(page: str, document: Document) -> Report:
    """Say of a page what an honest maker says."""
    sections = read_page(page).sections
    return Report(
        document.summary,
        sections[0].text if sections else "",
        tuple(section.name for section in sections),
        list(document.figures),
    )


def made_page(document: Document, sections: Iterable[Section] | None = None, *beside: Any) -> Made:
    """Make a document's page: its cover, its sections (or those given), its facts, and more."""
    shown = document.sections if sections is None else sections
    page = page_of(document.cover, *shown, document.facts, *beside)
    return Made(page, report_on(page, document))


def built(pack: Pack, area: str) -> Document:
    return open_briefing(pack, area, indicator_set="headline")


def changed(made: Made, old: str, new: str, times: int = -1) -> Made:
    assert old in made.page, "the test no longer changes anything"
    return replace(made, page=made.page.replace(old, new, times))


def section_of(made: Made, name: str) -> str:
    [html] = [section.html for section in read_page(made.page).sections if section.name == name]
    return html


def own_figure(title: str) -> Figure:
    chart = {
        "data": {"values": [{"value": 1}]},
        "mark": "point",
        "encoding": {"x": {"field": "value", "type": "quantitative"}},
    }
    return Figure(Labels("own", title, "Our own count", "One dot.", "Us"), chart, {"A": ["1"]})


def own_fact(**details: Any) -> Fact:
    return Fact(
        **{"id": "own", "value": 42.0, "text": "42", "area_code": HERE, "method": "ours", **details}
    )


def own_words(fact: str = "own", value: str = "42", text: str = "42") -> str:
    return f'<p>We count <data value="{value}" data-fact="{fact}">{text}</data>.</p>'


def honest(made: Made) -> Made:
    """Have the maker say of a changed page what is on it now."""
    sections = read_page(made.page).sections
    now = {"opening": sections[0].text, "sections": tuple(section.name for section in sections)}
    return replace(made, report=replace(made.report, **now))
