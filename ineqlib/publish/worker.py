"""What a batch's worker processes do: make ready, then make one briefing, or check some."""

import contextlib
from pathlib import Path
from typing import Any

import nbformat

from ineqlib.briefings.area.document import SECTIONS, open_briefing
from ineqlib.charts.draw.renderers import Address, use_renderer
from ineqlib.document.blocks import Blocks
from ineqlib.document.notebook_parameters import defaults, read_notebook
from ineqlib.document.page import export_html
from ineqlib.document.verify.page import WITH_CHARTS, WITH_FACTS, problems
from ineqlib.engine.notebook import import_all
from ineqlib.pack import Pack, open_pack
from ineqlib.publish.job import PAGE, Failure, Job, Made
from ineqlib.publish.render import make

IMPORTS = ["ineqlib.engine.kernel", "ineqlib.document.verify.page"]


def make_ready(pack: Path) -> None:
    """Import everything and open the pack."""
    import_all(IMPORTS)
    open_pack(pack)


def warm_up(pack: Path, area: str, renderer: Address) -> None:
    """Make ready, and make one briefing, whose shared parts are there for all forked from here.

    Not by its notebook, which might do anything, but section by section.
    """
    make_ready(pack)
    # Those forked from this process could not draw if it had drawn by itself.
    use_renderer(*renderer, or_draw_here=False)
    # Whatever is wrong with this area is told when its turn comes.
    with contextlib.suppress(Exception):
        plain_page(pack, area)


def plain_page(pack: Pack | str | Path, area: str) -> str:
    """Return one area's page, made by plain calls of every section and no notebook."""
    briefing = open_briefing(pack, area)
    shown = [getattr(briefing, section)() for section in SECTIONS]
    blocks = [each for found in shown for each in (found if type(found) is Blocks else [found])]
    return export_html(_as_notebook(blocks))


def _as_notebook(blocks: list[Any]) -> nbformat.NotebookNode:
    outputs = []
    for block in blocks:
        if hasattr(block, "_repr_mimebundle_"):
            data = block._repr_mimebundle_()
        else:
            data = {"text/html": block._repr_html_()}
        outputs.append(nbformat.v4.new_output("display_data", data=data))
    # Sections stand under headings, or the page would be refused.
    cells = [nbformat.v4.new_markdown_cell("## All"), nbformat.v4.new_code_cell(outputs=outputs)]
    return nbformat.v4.new_notebook(cells=cells)


def make_one(send: Any, job: Job, renderer: Address) -> Made | Failure:
    """Make one briefing in this process."""
    use_renderer(*renderer)
    return make(job)


def check_one(
    send: Any, job: Job, made: Made, others: dict[str, str], renderer: Address
) -> list[str]:
    """Check a briefing against a fresh computation; return what is wrong with it."""
    use_renderer(*renderer)
    pack = open_pack(job.pack)
    if job.checked_apart:
        pack = Pack(pack.path, pack.meta)
    return problems(
        (job.folder / PAGE).read_text(encoding="utf-8"),
        area=job.area,
        pack=pack,
        parameters=defaults(read_notebook(job.notebook), job.notebook) | job.given,
        made=made,
        others=others,
        sections=WITH_CHARTS if job.checked_apart else WITH_FACTS,
    )
