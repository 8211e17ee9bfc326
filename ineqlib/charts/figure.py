"""A figure: a chart that cannot be made without its words, its text alternative and its table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from html import escape
from itertools import repeat
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from ineqlib.charts.draw.plain import plain_drawing
from ineqlib.charts.draw.renderers import to_svg
from ineqlib.charts.draw.svg import inline_svg
from ineqlib.charts.layout import CUT, Scale
from ineqlib.charts.picture import save_picture
from ineqlib.charts.plain_columns import Column, plain_columns
from ineqlib.charts.vegalite import Spec, apart

Table: TypeAlias = pd.DataFrame | dict[str, list[str]]
"""Columns of a table, by name."""

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SCROLLABLE = 'tabindex="0" role="group" aria-label="Scrolls sideways"'
"""What a box that may scroll needs for the keyboard; the page's script takes it off where the box
turns out not to scroll."""

NARROW_MIME = "application/vnd.ineqlib.narrow+json"
"""What a notebook carries to its page: what is shown there in place of drawings on narrow screens.

A notebook has no styles that would show the one or the other, so its own HTML holds the drawing.
"""
_TITLE, _TITLE_SAID = "<figcaption><h3>", "<figcaption><h3 hidden>"
"""A figure's title on a page, and in a notebook where the words above the figure say it."""
_NARROW = '<div class="figure-narrow">{}</div>'

_SMALL, _WIDE = 400, 640
"""Pixels: drawings up to the one stand side by side in a page; from the other they fill it."""


@dataclass(frozen=True)
class Labels:
    """The words of a figure.

    Parameters
    ----------
    id
        Unique in the page: lower-case letters, digits and single hyphens.
    title
        What the chart shows, as a headline.
    subtitle
        Measure, place and period.
    alt
        Text alternative: the message, written from the facts.
    source
        Who published the data, and the licence.
    note
        Anything needed to read the chart rightly; may be empty.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    source: str
    note: str = ""

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.id):
            raise ValueError(
                f"A figure id is lower-case letters, digits and single hyphens, not {self.id!r}"
            )
        blank = [f.name for f in fields(self) if f.name != "note" and not getattr(self, f.name)]
        if blank:
            raise ValueError(f"Figure {self.id!r} has no {', '.join(blank)}")

    def on(self, scale: Scale) -> "Labels":
        """Return the words of a chart on this scale: a subtitle says that it omits zero."""
        return replace(self, subtitle=f"{self.subtitle}; {CUT}") if scale.is_cut else self


@dataclass(frozen=True)
class Figure:
    """A chart with its words and its data table.

    It shows as a complete static figure, in a notebook as on a page.

    Parameters
    ----------
    labels
        Title, subtitle, text alternative, source, note.
    chart
        A Vega-Lite specification with its data, or an Altair chart; or a function that makes one,
        called when the chart is drawn.
    cells
        The same data as display-ready text; the first column names the row.
    narrow
        HTML shown in place of the drawing on screens too narrow for it; empty = the drawing.
    """

    labels: Labels
    # Of no use as text, and a notebook keeps the text beside the figure.
    chart: Any = field(repr=False)
    cells: Table = field(repr=False)
    narrow: str = field(default="", repr=False)

    @cached_property
    def _parts(self) -> tuple[Spec, dict[str, Any]]:
        chart = self.chart() if callable(self.chart) else self.chart
        whole = chart if isinstance(chart, dict) else _from_altair(chart)
        spec, datasets = apart(whole)
        spec.pop("$schema", None)
        spec["description"] = self.labels.alt
        return spec, datasets

    @property
    def table(self) -> pd.DataFrame:
        """The data as a frame of display-ready text."""
        return pd.DataFrame(self.cells)

    @property
    def spec(self) -> Spec:
        """Vega-Lite specification without its data and without the theme."""
        return self._parts[0]

    @property
    def datasets(self) -> dict[str, Any]:
        """Data of the specification by name."""
        return self._parts[1]

    @cached_property
    def svg(self) -> str:
        """The chart as one inline SVG image."""
        if self._plain_drawing:
            return self._plain_drawing
        drawing = to_svg({**self.spec, "datasets": self.datasets})
        return inline_svg(drawing, figure_id=self.labels.id, alt=self.labels.alt)

    def save(self, path: str | Path) -> None:
        """Save the figure as a picture with its title, subtitle, note and source in it.

        Parameters
        ----------
        path
            Ends in ``.svg`` or ``.png``.

        Raises
        ------
        ParameterError
            It ends otherwise.
        """
        save_picture(self, Path(path))

    @cached_property
    def _plain_drawing(self) -> str | None:
        return plain_drawing({**self.spec, "datasets": self.datasets}, alt=self.labels.alt)

    @property
    def is_quick(self) -> bool:
        """Whether it takes a millisecond or two to draw, since Vega is not needed."""
        return self._plain_drawing is not None

    @property
    def _css_class(self) -> str:
        width = float(re.findall(r'<svg[^>]* width="([\d.]+)"', self.svg)[0])
        return f"figure{' figure-small' * (width <= _SMALL)}{' figure-wide' * (width >= _WIDE)}"

    @property
    def html(self) -> str:
        """The complete static figure: headline, drawing, source, table."""
        before, after = self.undrawn_parts
        return f'<figure class="{self._css_class}" {before}{self.svg}{after}'

    @cached_property
    def undrawn_parts(self) -> tuple[str, str]:
        """All of the figure's HTML but its size and its drawing: before that, and after it."""
        name = self.labels.id
        words = {f.name: escape(getattr(self.labels, f.name)) for f in fields(self.labels)}
        note = f'<p class="figure-note">{words["note"]}</p>' if words["note"] else ""
        narrow = _NARROW.format(self.narrow) if self.narrow else ""
        table = table_html(self.cells, caption=f"{self.labels.title}. {self.labels.subtitle}")
        return (
            f'id="{name}">'
            f"{_TITLE}{words['title']}</h3>"
            f'<p class="figure-subtitle">{words["subtitle"]}</p></figcaption>'
            '<div class="figure-static">',
            f'</div>{narrow}{note}<p class="figure-source">Source: {words["source"]}</p>'
            f'<details><summary aria-label="Show this chart as a table: {words["title"]}">'
            f"Show this chart as a table</summary>{table}</details></figure>",
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return notebook_html(f'<div class="figures">{self.html}</div>', [self])


def notebook_html(
    html: str, figures: Iterable[Figure], *, says_titles: bool = False
) -> dict[str, Any]:
    """Return HTML for a notebook's output, and what only its page shows of the figures in it.

    Where the HTML `says_titles` of its figures in other words, they are seen on the page alone,
    which has them as headings and on pictures that are saved.
    """
    if says_titles:
        html = html.replace(_TITLE, _TITLE_SAID)
    narrow = [figure.narrow for figure in figures if figure.narrow]
    for part in narrow:
        html = html.replace(_NARROW.format(part), _NARROW.format(""), 1)
    return {"text/html": html} | ({NARROW_MIME: narrow} if narrow else {})


def page_html(output: Mapping[str, Any]) -> str:
    """Return the HTML of a notebook's output as its page shows it; empty where it has none."""
    html: str = output.get("text/html", "").replace(_TITLE_SAID, _TITLE)
    for part in output.get(NARROW_MIME, ()):
        html = html.replace(_NARROW.format(""), _NARROW.format(part), 1)
    return html


def _from_altair(chart: Any) -> Spec:
    import altair  # noqa: PLC0415 (half a second, and the package's own charts do without)

    # Altair's own theme would override ours: it is merged into the specification.
    with altair.theme.enable("none"):
        spec: Spec = chart.to_dict(validate=False)
    return spec


def table_html(table: Table, *, caption: str, row_ids: list[str] | None = None) -> str:
    """Write display-ready text as an accessible HTML table that a spreadsheet can take.

    The first column names the row; the others become `plain_columns`. Everything is escaped.
    """
    columns = plain_columns(table)
    header = "".join(f'<th scope="col">{escape(column.name)}' for column in columns)
    texts = zip(*(column.cells for column in columns), strict=True)
    ids = [f' id="{escape(row_id)}"' for row_id in row_ids] if row_ids else repeat("")
    # HTML needs no end tags here, and a page has ten thousand cells.
    rows = "".join(
        f'<tr{row_id}><th scope="row">{"<td>".join(map(escape, row))}'
        for row_id, row in zip(ids, texts, strict=bool(row_ids))
    )
    return (
        f'<div class="table-scroll" {SCROLLABLE}><table{_alignment(columns)}>'
        f"<caption>{escape(caption)}</caption><thead><tr>{header}<tbody>{rows}</table></div>"
    )


def _alignment(columns: Sequence[Column]) -> str:
    """Write the class of a table with numbers: which of its columns hold words, as it is rarer."""
    if not any(column.holds_numbers for column in columns[1:]):
        return ""
    words = [f" words-{n}" for n, c in enumerate(columns[1:], start=2) if not c.holds_numbers]
    return f' class="numbers{"".join(words)}"'
