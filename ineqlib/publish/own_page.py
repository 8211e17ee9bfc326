"""A page of any notebook of one's own, which says itself how far its figures were checked."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import mistune
import nbformat
from markupsafe import Markup

from ineqlib import __version__
from ineqlib.document.kinds import kind_named, kinds
from ineqlib.document.model import PAGE_MIME
from ineqlib.document.notebook_parameters import (
    Cell,
    check_parameters,
    defaults,
    kind_parameters,
    read_notebook,
)
from ineqlib.document.page import export_html
from ineqlib.document.parse_page import PageRead, read_page
from ineqlib.document.verify.facts import own_facts_problems
from ineqlib.document.verify.page import problems
from ineqlib.errors import InputError, PackError, ParameterError, RenderError, listed
from ineqlib.files import write_text
from ineqlib.pack import Pack, open_pack
from ineqlib.publish.cell_log import CellLog
from ineqlib.publish.job import PageReport
from ineqlib.publish.machine_paths import make_public, names_of
from ineqlib.publish.own_outputs import accessible
from ineqlib.publish.render import Broken, run_notebook, what_it_says
from ineqlib.text import plural

KIND = "own_page"
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_CHECKED = "How far this page was checked"


def page(notebook: str | Path, out: str | Path, **parameters: Any) -> Path:
    """Run a notebook of one's own and write what it shows as one accessible, self-contained page.

    Its first heading is the page's title. A picture needs its words: a line ``# alt: what it
    shows`` in its cell. Each figure that comes from a pack is compared with the pack, and the page
    ends by saying what was checked so and what was not.

    Parameters
    ----------
    notebook
        Any notebook; saved first where it is open.
    out
        The page, ending in ``.html``; or a folder, for a page of the notebook's name.
    **parameters
        Values for its cell tagged ``parameters``.

    Returns
    -------
    Path
        Where the page is.

    Raises
    ------
    InputError, ParameterError
        There is no such notebook, or it has no such parameter.
    RenderError
        The notebook failed, breaks a promise of the page, or shows a figure that is not the pack's.
    """
    target = _target(Path(out), source := Path(notebook))
    cells = read_notebook(source)
    known = defaults(cells, source) if any("parameters" in cell.tags for cell in cells) else {}
    check_parameters(parameters, known, source)
    executed = _executed(source, parameters)
    chosen = {**known, **parameters}
    html = _document_page(executed, chosen, source) or _own_page(executed, cells, chosen, source)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, html)
    return target


def _target(out: Path, source: Path) -> Path:
    """Return where the page of a notebook goes: a file, or into a folder."""
    if out.suffix.lower() == ".html":
        return out
    if out.suffix[1:].isalpha() and not out.is_dir():
        raise ParameterError(
            f"A page is a file that ends in .html, not '{out.suffix}': give for example "
            f"'{out.with_suffix('.html')}'. A browser prints it as a PDF."
        )
    return out / f"{source.stem}.html"


def _executed(source: Path, parameters: dict[str, Any]) -> nbformat.NotebookNode:
    names = names_of({source.parent: ".", source: source.name})
    with TemporaryDirectory() as folder:
        log = CellLog(Path(folder), names)
        try:
            executed = run_notebook(source, parameters, log)
        except Broken as error:
            what = error.failure.what.replace("{where}", log.where())
            raise RenderError(f"{what} Mend the cell, save the notebook and try again.") from error
    make_public(executed, names)
    return executed


def _pack_of(chosen: dict[str, Any], source: Path) -> Pack | None:
    """Open the pack that a notebook's parameters name, as the notebook does."""
    place = chosen.get("pack")
    if not isinstance(place, str):
        return None
    with suppress(PackError):
        beside = source.parent / place
        return open_pack(beside if beside.is_dir() else place)
    return None


def _document_page(
    executed: nbformat.NotebookNode, chosen: dict[str, Any], source: Path
) -> str | None:
    """Write the page of a notebook that shows a document, held against it built again.

    None where it shows none.
    """
    says = PageReport(*what_it_says(executed))
    if says.kind not in kinds():
        return None
    pack = _pack_of(chosen, source)
    if pack is None or not isinstance(chosen.get("area"), str):
        raise InputError(
            f"{source} shows a document ({says.kind}), but has no parameters 'pack' and 'area' in "
            "a cell tagged 'parameters', by which it could be built again and checked."
        )
    kind = kind_named(says.kind)
    # Some kinds choose an area themselves where none is named.
    area = chosen["area"] and kind.find_subject(pack, chosen["area"]).code
    document = kind.build(pack, area, **kind_parameters(kind, chosen))
    html = export_html(executed)
    _refuse(problems(html, document, pack, report=says, others={}), source)
    return html


def _own_page(
    executed: nbformat.NotebookNode, cells: list[Cell], chosen: dict[str, Any], source: Path
) -> str:
    pack = _pack_of(chosen, source)
    texts = (cell.source for cell in cells if cell.kind == "markdown")
    title = next((match[1].strip() for text in texts if (match := _TITLE.search(text))), "")
    cover = {
        "kind": KIND,
        "title": Markup(mistune.html(title)).striptags()
        or source.stem.replace("_", " ").capitalize(),
        "pack_title": pack.title if pack else "data of its author's",
        "fictional": bool(pack and pack.fictional),
        "made_with": f"ineqlib {__version__}",
    }
    shown = nbformat.v4.new_output("display_data", data={PAGE_MIME: cover})
    executed.cells = [
        nbformat.v4.new_code_cell(outputs=[shown]),
        *accessible(executed.cells),
    ]
    read = read_page(export_html(executed))
    if pack:
        _refuse(own_facts_problems(read, KIND, pack), source)
    words = "\n".join(f"- {line}" for line in _how_far(read, pack))
    executed.cells.append(nbformat.v4.new_markdown_cell(f"## {_CHECKED}\n\n{words}"))
    return export_html(executed)


def _how_far(read: PageRead, pack: Pack | None) -> Iterator[str]:
    compared = sum(fact["method"] == "published" and fact["rows"].isdigit() for fact in read.facts)
    rest = len(read.facts) - compared
    if pack and compared:
        yield (
            f"Compared with the rows of “{pack.title}”, in text and charts, and the same: "
            f"{plural(compared, 'published figure')}."
        )
    if pack and rest:
        yield (
            "Computed from those when the page was made, such as gaps and slopes, and not a second "
            f"time: {plural(rest, 'figure')}."
        )
    if read.facts and not pack:
        yield (
            f"Not compared with where they come from, for the notebook has no parameter 'pack': "
            f"{plural(len(read.facts), 'figure')}."
        )
    if not read.facts:
        yield "No figure of this page says where it comes from, so none was compared with anything."
    yield "What its author wrote, computed or drawn besides was not checked."


def _refuse(wrong: list[str], source: Path) -> None:
    if wrong:
        raise RenderError(f"No page was made of {source.name}: {listed(wrong)}")
