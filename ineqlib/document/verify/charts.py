"""Whether a page's charts are drawn as the document has them."""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from ineqlib.charts.figure import Figure
from ineqlib.document.parse_page import read_drawings, read_labels

ONE_IN = 10
"""Of so many charts one is drawn again; drawing all of them is most of a document's work."""


def chart_problems(page: str, charts: Mapping[str, Figure], subject_code: str) -> Iterator[str]:
    """Find charts of a page that are not drawn as they would be afresh.

    Their words and tables are those of their sections. What the marks of each drawing say is held
    against the chart's data, which tells a drawing of anything else; one in ten, others for each
    subject, is drawn again, which also tells one that was changed.
    """
    drawings = read_drawings(page)
    for name, chart in charts.items():
        own = chart.mark_labels
        strange = [label for label in read_labels(drawings.get(name, "")) if label not in own]
        if own and strange:
            words = strange[0].replace("\n", ", ")
            yield f"A mark of the figure '{name}' says “{words}”, which is not what the pack gives."
    for name in drawn_again(charts, subject_code):
        if charts[name].svg != drawings.get(name):
            yield f"The drawing of the figure '{name}' is not what the pack gives."


def drawn_again(names: Iterable[str], subject_code: str) -> list[str]:
    """Return one in ten of some charts, others for each subject."""
    return sorted(names)[zlib.crc32(subject_code.encode()) % ONE_IN :: ONE_IN]
