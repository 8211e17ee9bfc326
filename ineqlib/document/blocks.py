"""What a cell of a briefing shows: words, tables and figures, one after the other."""

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
from IPython.display import display

from ineqlib.charts.figure import table_html
from ineqlib.facts.fact import Fact
from ineqlib.text import number


@dataclass(frozen=True)
class Html:
    """A piece of the page; whoever makes it has escaped what came from outside."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


class Blocks(list[Any]):
    """Several things for one cell to show, in order."""

    def _ipython_display_(self) -> None:
        for block in self:
            display(block)


def paragraph(html: str) -> Html:
    """A paragraph; `html` is already escaped."""
    return Html(f"<p>{html}</p>")


def bullets(items: list[str], css_class: str = "") -> Html:
    """A list; the items are already escaped."""
    kind = f' class="{css_class}"' if css_class else ""
    return Html(f"<ul{kind}>{''.join(f'<li>{item}</li>' for item in items)}</ul>")


def heading(text: str) -> Html:
    """A heading inside a section."""
    return Html(f"<h3>{escape(text)}</h3>")


def nothing(why: str) -> Html:
    """The one line of a section that has no data."""
    return Html(f'<p class="no-data">{escape(why)}</p>')


def table(frame: pd.DataFrame, caption: str) -> Html:
    """A captioned table that scrolls sideways on a narrow screen."""
    return Html(table_html(frame, caption=caption))


def shown(fact: Fact, text: str = "") -> str:
    """The number of a fact, carrying the fact's id."""
    return (
        f'<data class="fact" value="{fact.value:.10g}" data-fact="{fact.id}">'
        f"{escape(text or fact.text)}</data>"
    )


def shown_interval(fact: Fact, decimals: int) -> str:
    """The 95% interval of a fact in brackets, or nothing where it has none."""
    if fact.lower_ci is None or fact.upper_ci is None:
        return ""
    low, high = (
        f'<data class="fact" value="{limit:.10g}" data-fact="{fact.id}">'
        f"{number(limit, decimals)}</data>"
        for limit in (fact.lower_ci, fact.upper_ci)
    )
    return f" (95% interval {low} to {high})"


def period(text: str) -> str:
    """A period, marked as one so that its digits are not taken for figures."""
    return f'<span class="period">{escape(text)}</span>'
