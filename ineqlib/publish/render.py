"""One page: a notebook run with checked parameters, exported as one HTML file.

The only module of this room that runs notebooks.
"""

import contextlib
import errno
import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

from ineqlib.charts.figure import page_html
from ineqlib.document.model import PAGE_MIME
from ineqlib.document.notebook_parameters import check_request
from ineqlib.document.page import LEFT_OUT, export_html
from ineqlib.document.parse_page import read_sections
from ineqlib.document.subject import Subject
from ineqlib.engine.compatibility import incompatibility
from ineqlib.errors import IneqlibError, RenderError
from ineqlib.files import write_text
from ineqlib.pack import Pack, open_pack, recorded_reads
from ineqlib.processes import in_worker
from ineqlib.publish.cell_log import CellLog
from ineqlib.publish.job import BOOK, PAGE, Failure, Job, PageReport
from ineqlib.publish.machine_paths import make_public
from ineqlib.publish.run_file import notebook_request
from ineqlib.publish.target import DocumentRequest, Target

MOST_WORDS = 1000
MORE_MEMORY = "let it hold less at a time, or give it more (`--memory`), and render again"


@dataclass(frozen=True)
class Rendered:
    """Where a page and its notebook were written, and its one line for an index."""

    notebook: Path
    html: Path
    summary: str


def render(
    notebook: str | Path,
    *,
    pack: Pack | str | Path,
    area: str,
    out: str | Path,
    **parameters: Any,
) -> Rendered:
    """Make one document about one subject: an executed notebook and one self-contained HTML file.

    Parameters
    ----------
    notebook
        A notebook with a cell tagged ``parameters`` that holds at least `area` and `pack`.
    pack
        A pack, or where it is; it is verified first.
    area
        Code or name of what the document is about.
    out
        Folder to write into; both files appear complete or not at all.
    **parameters
        Further parameters of the notebook.

    Returns
    -------
    Rendered
        Where they are.

    Raises
    ------
    ParameterError, PackError, InputError
        Something is wrong with what was asked; no kernel was started.
    RenderError
        The notebook failed; the message has the cell and the error.
    """
    opened = open_pack(pack)
    request = notebook_request(Path(notebook), **parameters)
    target = Target(request, _subject(opened, area, request))
    check_request(request.notebook, opened, target.subject, parameters, request.kind)
    stem = Path(out) / target.file_stem
    stem.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        job = Job(request.notebook, opened.path, target.subject, parameters, Path(folder))
        result = make(job)
        if isinstance(result, Failure):
            kept = stem.parent / target.kept_name
            job.keep(kept)
            raise RenderError(result.words(job, kept))
        for name, path in ((BOOK, stem.with_suffix(".ipynb")), (PAGE, stem.with_suffix(".html"))):
            write_text(path, (job.folder / name).read_text(encoding="utf-8"))
    return Rendered(stem.with_suffix(".ipynb"), stem.with_suffix(".html"), result.summary)


def _subject(pack: Pack, name: str, request: DocumentRequest) -> Subject:
    if request.kind:
        return request.kind.find_subject(pack, name)
    area = pack.area(name)
    return Subject(area.code, area.name, "area")


def make(job: Job, *, is_checked_here: bool = True) -> PageReport | Failure:
    """Run a notebook and export its page, both into the job's folder; never raises on purpose.

    In a worker the cells run right here, elsewhere in a kernel of their own.

    Parameters
    ----------
    is_checked_here
        Whether a page that breaks a promise is refused already; another process does so else.
    """
    try:
        with recorded_reads() as reads:
            executed = run_notebook(job.notebook, job.given, job.cell_log)
        make_public(executed, job.public_names())
        # Python's quick writer of JSON does not indent; the other takes ten times as long.
        text = json.dumps(executed, ensure_ascii=False) + "\n"
        (job.folder / BOOK).write_text(text, encoding="utf-8", newline="\n")
        page = export_html(executed, is_checked=is_checked_here)
        (job.folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
        return PageReport(*what_it_says(executed), frozenset(reads))
    except Broken as error:
        return error.failure
    except IneqlibError as error:
        return Failure(str(error))
    except MemoryError:
        return Failure("The notebook ran out of memory at {where}.", MORE_MEMORY)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return Failure(f"{type(error).__name__}: {error}.", fills_disk=full)


class Broken(Exception):
    """A notebook that did not run to its end, and why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def run_notebook(path: Path, given: dict[str, Any], cell_log: CellLog) -> nbformat.NotebookNode:
    """Run a notebook with Papermill, in its own folder.

    Parameters
    ----------
    given
        Its parameters, checked.
    cell_log
        Notes what has run.

    Raises
    ------
    Broken
        A cell failed.
    """
    with warnings.catch_warnings():
        # Papermill and the kernel client warn about their own dependencies, not the briefing.
        warnings.simplefilter("ignore")
        import papermill  # noqa: PLC0415 (slow to import, and only workers need it)

        try:
            executed = _with_papermill(path, given, cell_log)
        except papermill.exceptions.PapermillExecutionError as error:
            advice = MORE_MEMORY if error.ename.endswith("MemoryError") else Failure.advice
            what = f"{error.ename}: {error.evalue}"[:MOST_WORDS].rstrip(": ")
            failure = Failure(f"The notebook failed at {{where}} with {what}.", advice)
            raise Broken(failure) from error
        finally:
            cell_log.ended()
    return executed


def _with_papermill(path: Path, given: dict[str, Any], cell_log: CellLog) -> nbformat.NotebookNode:
    """Do what `papermill.execute_notebook` does, without its last step.

    That one puts the whole result into words even where no file was asked for, which takes as long
    as a tenth of the page.
    """
    from papermill import execute  # noqa: PLC0415 (as above)

    name = "ineqlib" if in_worker() and not incompatibility() else None
    kernel = {"kernel_name": "python3", "language": "python"}
    notebook = execute.load_notebook_node(str(path))
    if given:  # of a notebook without parameters Papermill would complain
        notebook = execute.parameterize_notebook(notebook, given, engine_name=name, **kernel)
    notebook = execute.prepare_notebook_metadata(notebook, str(path), None)
    with contextlib.chdir(path.parent):
        notebook = execute.papermill_engines.execute_notebook_with_engine(
            name,
            execute.remove_error_markers(notebook),
            kernel["kernel_name"],
            progress_bar=False,
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
            on_cell_start=cell_log.started,
        )
    execute.raise_for_execution_errors(notebook, None)
    return notebook


def what_it_says(
    executed: nbformat.NotebookNode,
) -> tuple[str, str, str, tuple[str, ...], list[Any]]:
    """Return kind, summary, opening, sections and figures as the notebook's outputs give them."""
    shown = list(_shown(executed))
    cover: dict[str, Any] = next((data[PAGE_MIME] for data in shown if PAGE_MIME in data), {})
    sections = read_sections("\n".join(page_html(data) for data in shown))
    # As plain dictionaries: who receives them need not import what notebooks are made of.
    figures = json.loads(json.dumps(cover.get("figures", [])))
    return (
        cover.get("kind", ""),
        cover.get("summary", ""),
        sections[0].text if sections else "",
        tuple(section.name for section in sections),
        figures,
    )


def _shown(executed: nbformat.NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in executed.cells:
        if LEFT_OUT in cell.metadata.get("tags", []):
            continue
        for output in cell.get("outputs", []):
            if "data" in output:
                yield output["data"]
