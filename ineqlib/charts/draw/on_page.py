"""Drawings as they stand in a page, without what its style and its script can give them.

A page holds some sixty drawings, and what each of them repeats is a fifth of their weight. In a
notebook, in a file and in the explorer a drawing stands alone, and stays whole.
"""

import re
from itertools import starmap

from ineqlib.charts import theme

_BEGINS, _ENDS = '<svg xmlns="http://www.w3.org/2000/svg"', "</svg>"
_GROUND = re.compile(r'(<svg\b[^>]*>)<rect width="[\d.]+" height="[\d.]+" fill="white"/>')
_BY_STYLE = (f' font-family="{theme.FONT}"', ' stroke-miterlimit="10"')
"""What the page's style says once for all drawings."""
_CODE = re.compile(r' data-code="[^"]+" data-at=')
_RUN = re.compile(r'<g data-of="[^"]*"([^>]*)>((?:<circle data-label="[^"]*" [^>]*/>)+)</g>')
_MARK = re.compile(
    r'<circle data-label="([^"\n]*)\n([^"]*)" cx="([^"]*)" cy="([^"]*)" r="([^"]*)"/>'
)
_PIXELS = re.compile(r' font-size="([\d.]+)px"')
_UNSEEN = ' fill="none" stroke="none"'
_APART = "\n\n"

Mark = tuple[str, str, str, str, str]
"""Period, the rest of what is said, where across, where down, and how large."""


def on_page(html: str) -> str:
    """Return HTML with its drawings as a page shows them; what else it holds stays as it is.

    The page's style gives them their font and their white ground, and its script adds the marks
    that are only there to be pointed at: of a line beside the area's own, at the same periods.
    """
    pieces, at = [], 0
    while (start := html.find(_BEGINS, at)) >= 0 and (end := html.find(_ENDS, start)) >= 0:
        pieces += [html[at:start], _shortened(html[start:end])]
        at = end
    return "".join([*pieces, html[at:]])


def _shortened(drawing: str) -> str:
    drawing = drawing.replace(_BEGINS, "<svg", 1)
    for said in _BY_STYLE:
        drawing = drawing.replace(said, "")
    drawing = _GROUND.sub(r"\1", drawing, count=1)
    drawing = _PIXELS.sub(r' font-size="\1"', drawing)
    if _UNSEEN in drawing:
        return _without_unseen(drawing)
    return _CODE.sub(' data-code="" data-at=', drawing)


def _without_unseen(drawing: str) -> str:
    """Write marks that are not seen by the seen ones of the first run, at the same periods."""
    runs = list(_RUN.finditer(drawing))
    is_first = bool(runs) and runs[0].start() == drawing.find("<g data-of=")
    if not is_first or _UNSEEN in runs[0][1]:
        return drawing
    own = _marks(runs[0][2])
    for run in runs[1:]:
        beside = _marks(run[2])
        places = [[(period, x) for period, _, x, _, _ in marks] for marks in (own, beside)]
        sizes = {size for *_, size in beside}
        if _UNSEEN in run[1] and places[0] == places[1] and len(sizes) == 1 and beside:
            said = _APART.join(starmap(_in_short, beside))
            opening = run[0][: run[0].index(">")]
            short = f'{opening} data-r="{sizes.pop()}" data-beside="{said}"/>'
            drawing = drawing.replace(run[0], short, 1)
    return drawing


def _marks(run: str) -> list[Mark]:
    """Return the marks of a run; none where any of them is written otherwise."""
    marks = _MARK.findall(run)
    is_whole = len(marks) == run.count("<circle") and _APART not in run
    return marks if is_whole else []


def _in_short(_period: str, words: str, _x: str, y: str, _size: str) -> str:
    return f"{y} {words}"
