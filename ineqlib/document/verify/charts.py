"""Whether a page's charts are drawn, and come alive, as the document has them."""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from ineqlib.charts.figure import Figure
from ineqlib.document.live_data import dataset_entry, figure_begins, figure_entry
from ineqlib.document.parse_page import read_live_data

ONE_IN = 10
"""Of so many charts one is drawn again; drawing all of them is most of a document's work."""


def chart_problems(page: str, charts: Mapping[str, Figure], subject_code: str) -> Iterator[str]:
    """Find charts of a page that are not drawn, or not alive, as they would be afresh.

    Their words and tables are those of their sections. Of each chart what it shows where scripts
    run is compared; of one in ten, others for each subject, also the drawing.
    """
    try:
        live = read_live_data(page)
    except ValueError:
        yield "The data that charts come alive with cannot be read."
        return
    for name, chart in charts.items():
        if not _is_true_where_live(chart, live):
            yield f"What the figure '{name}' shows where scripts run is not what the pack gives."
    for name in drawn_again(charts, subject_code):
        if charts[name].svg not in page:
            yield f"The drawing of the figure '{name}' is not what the pack gives."


def drawn_again(names: Iterable[str], subject_code: str) -> list[str]:
    """Return one in ten of some charts, others for each subject."""
    return sorted(names)[zlib.crc32(subject_code.encode()) % ONE_IN :: ONE_IN]


def _is_true_where_live(chart: Figure, live: str) -> bool:
    """Tell whether the specification and all data are the chart's, if it comes alive at all."""
    if figure_begins(chart.labels.id) not in live:
        return True
    own = chart.live
    data = (dataset_entry(name, rows) for name, rows in own["datasets"].items())
    return all(part in live for part in (figure_entry(own), *data))
