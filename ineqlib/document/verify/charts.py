"""Whether a page's charts are those that the pack gives, in words, numbers and drawing."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from ineqlib.charts.figure import Figure, table_html
from ineqlib.document.assets import as_json
from ineqlib.document.parse_page import PageRead, read_live_data

ONE_IN = 10
"""Of so many charts one is drawn again; drawing all of them is most of a briefing's work."""


def chart_problems(
    page: str, read: PageRead, charts: Mapping[str, Figure], area_code: str
) -> Iterator[str]:
    """Find charts that are not the one with the same id among `charts`, computed afresh.

    Of each its words, its table, and what it shows where scripts run; of one in ten, others for
    each area, also the drawing.
    """
    known = [name for name in read.figures if name in charts]
    try:
        live = read_live_data(page)
    except ValueError:
        yield "The data that charts come alive with cannot be read."
        return
    for name in known:
        chart = charts[name]
        yield from _words(name, read.figures[name], chart)
        table = table_html(chart.cells, caption=f"{chart.labels.title}. {chart.labels.subtitle}")
        if table not in page:
            yield f"The table under the figure '{name}' is not what the pack gives."
        if not _is_true_where_live(chart, live):
            yield f"What the figure '{name}' shows where scripts run is not what the pack gives."
    for name in drawn_again(known, area_code):
        if charts[name].svg not in page:
            yield f"The drawing of the figure '{name}' is not what the pack gives."


def drawn_again(names: Iterable[str], area_code: str) -> list[str]:
    """Return one in ten of some charts, others for each area."""
    return sorted(names)[zlib.crc32(area_code.encode()) % ONE_IN :: ONE_IN]


def _words(name: str, words: str, chart: Figure) -> Iterator[str]:
    labels = chart.labels
    ours = " ".join(f"{labels.title} {labels.subtitle} {labels.alt}".split())
    if words != ours:
        yield (
            f"The words of the figure '{name}' are not what the pack gives: "
            f"“{_where_apart(words, ours)}” should be “{_where_apart(ours, words)}”. A figure "
            "of your own needs another id."
        )


def _where_apart(words: str, others: str) -> str:
    """Return a piece of some words from a little before they first differ from others."""
    pairs = enumerate(zip_longest(words, others))
    first = next((at for at, (one, other) in pairs if one != other), 0)
    return words[max(0, first - 40) : first + 40]


def _is_true_where_live(chart: Figure, live: str) -> bool:
    """Tell whether the specification and all data are the chart's, if it comes alive at all."""
    begins = f'{{"id":{as_json(chart.labels.id)},'
    own = {"id": chart.labels.id, "spec": chart.spec, "datasets": list(chart.datasets)}
    data = (f"{as_json(name)}:{as_json(rows)}" for name, rows in chart.datasets.items())
    return begins not in live or all(part in live for part in (as_json(own), *data))
