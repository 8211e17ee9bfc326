"""What a batch's worker processes do: make ready, then make one page, or check some."""

import contextlib
import threading
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from ineqlib.charts.draw.renderers import NOWHERE, use_renderer
from ineqlib.document.ahead import build_ahead
from ineqlib.document.kinds import Kind, kind_named
from ineqlib.document.model import Document
from ineqlib.document.notebook_parameters import defaults, kind_parameters, read_notebook
from ineqlib.document.page import document_page
from ineqlib.document.verify.page import Other, problems
from ineqlib.document.verify.sections import sections_shown
from ineqlib.engine.compatibility import incompatibility
from ineqlib.pack import Pack, Read, open_pack
from ineqlib.pack.model import TABLES
from ineqlib.processes import LazyFunction
from ineqlib.processes.channel import Endpoint
from ineqlib.publish.also import write_also
from ineqlib.publish.job import PAGE, Failure, Job, PageReport
from ineqlib.publish.render import make


def import_libraries() -> None:
    """Import what no worker's job can do without."""
    if not incompatibility():
        for name in ("kernel", "notebook"):
            import_module(f"ineqlib.engine.{name}")


def make_ready(pack: Path, kind: str, *, is_forked: bool = False) -> None:
    """Import everything, also what builds a kind of document, and open the pack.

    Parameters
    ----------
    is_forked
        Whether this process is forked from: it holds the pack's tables in memory for all of those.
    """
    import_libraries()
    # To read files leaves Python's lock to the imports: both go on at once.
    holding = threading.Thread(target=_hold, args=(pack,))
    if is_forked:
        holding.start()
    # Whatever is wrong with the kind is said where one is built.
    with contextlib.suppress(Exception):
        build = kind_named(kind).build
        if isinstance(build, LazyFunction):
            build.load()
    if is_forked:
        holding.join()  # a process with threads is not to be forked
    open_pack(pack)


def _hold(pack: Path) -> None:
    # Whatever is wrong with it is said by who opens or reads it next.
    with contextlib.suppress(Exception):
        open_pack(pack).hold()


def warm_up(pack: Path, kind: str, subject: str, renderer: Endpoint) -> None:
    """Make ready, and make one page, whose shared parts are there for all forked from here.

    Not by its notebook, which might do anything, but section by section.
    """
    make_ready(pack, kind, is_forked=True)
    if not incompatibility():
        import_module("ineqlib.engine.kernel").make_kernel_ahead()
    # Those forked from this process could not draw if it had drawn by itself.
    use_renderer(renderer, or_draw_here=False)
    # Whatever is wrong with this subject is said when its turn comes.
    with contextlib.suppress(Exception):
        opened, known = open_pack(pack), kind_named(kind)
        document_page(build_ahead(known, opened, subject, known.parameters, None))


_built: list[Document] = []
"""The document that this process has built before a fork of it runs the notebook."""

_is_forked_from = False
"""Whether forks of this process run notebooks; they could not draw if it had drawn by itself."""


def build_one(
    send: Any, job: Job, kind: str, sections: frozenset[str] | None, renderer: Endpoint
) -> None:
    """Build the document of a page, to check it later and for a fork to show it."""
    global _is_forked_from  # noqa: PLW0603 (it is a property of the process)
    _is_forked_from = True
    use_renderer(renderer, or_draw_here=False)
    _built.clear()
    # Whatever is wrong with it is said by the notebook that opens it.
    with contextlib.suppress(Exception), contextlib.chdir(job.notebook.parent):
        known = kind_named(kind)
        asked = job.subject.code, _chosen(known, job)
        _built.append(build_ahead(known, _pack_of(job), *asked, sections))
    use_renderer(NOWHERE)  # a fork is to have no channel of this process


def make_one(send: Any, job: Job, renderer: Endpoint) -> PageReport | Failure:
    """Make one page in this process; send what the batch is to note of it.

    Whether its content keeps the promises of a page is asked by `check_one` alone.
    """
    use_renderer(renderer)
    result = make(job, is_checked_here=False)
    if problem := incompatibility():
        send(problem)
        # Its kernel was another process, which may have read anything.
        if isinstance(result, PageReport):
            tables = frozenset(map(Read, {*TABLES, *open_pack(job.pack).meta.tables}))
            result = replace(result, reads=result.reads | tables)
    return result


def check_one(
    send: Any, job: Job, report: PageReport, others: dict[str, Other], renderer: Endpoint
) -> list[str]:
    """Check a page against its document, built in this process; return what is wrong with it.

    Of one that is right, what is wanted besides is made into the job's folder.
    """
    use_renderer(renderer, or_draw_here=not _is_forked_from)
    pack = _pack_of(job)
    kind = kind_named(report.kind)
    if _built and _built[0].kind == kind.name:
        document = _built[0]
    else:
        with contextlib.chdir(job.notebook.parent):  # a path means what it means in the notebook
            document = kind.build(pack, job.subject.code, **_chosen(kind, job))
    page = (job.folder / PAGE).read_text(encoding="utf-8")
    wrong = problems(page, document, pack, report=report, others=others)
    if job.also and not wrong:
        write_also(job.also, document, sections_shown(page, document), job.folder)
    return wrong


_apart: list[Pack] = []
"""The pack by itself, for all pages that this process checks without what all share."""


def _pack_of(job: Job) -> Pack:
    """Return the pack of a job, by itself where a page is checked without what all share."""
    pack = open_pack(job.pack)
    if not job.checked_apart:
        return pack
    if not _apart or _apart[0].meta is not pack.meta:  # one object for one content at one place
        _apart[:] = [Pack(pack.path, pack.meta)]
    return _apart[0]


def _chosen(kind: Kind, job: Job) -> dict[str, Any]:
    """Return the parameters of a job's document."""
    chosen = defaults(read_notebook(job.notebook), job.notebook) | job.given
    return kind_parameters(kind, chosen)
