"""One briefing: a notebook run with checked parameters, exported as one HTML file.

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

from ineqlib.document.notebook_parameters import check_request
from ineqlib.document.page import PAGE_MIME, export_html
from ineqlib.document.parse_page import read_headlines
from ineqlib.errors import IneqlibError, RenderError
from ineqlib.files import write_text
from ineqlib.pack import Pack, open_pack, recorded_reads
from ineqlib.processes import in_worker
from ineqlib.publish.cell_log import Journal
from ineqlib.publish.job import BOOK, PAGE, Failure, Job, Made, file_stem, kept_name

MOST_WORDS = 1000
MORE_MEMORY = "let it hold less at a time, or give it more (`--memory`), and render again"


@dataclass(frozen=True)
class Rendered:
    """Where a briefing was written, and its one line for an index page."""

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
    """Make the briefing of one area: an executed notebook and one self-contained HTML file.

    Parameters
    ----------
    notebook
        A notebook with a cell tagged ``parameters`` that holds at least `area` and `pack`.
    pack
        A pack, or where it is; it is verified first.
    area
        Code or name.
    out
        Folder to write into; both files appear complete or not at all.
    **parameters
        Further parameters of the notebook.

    Raises
    ------
    ParameterError, PackError, InputError
        Something is wrong with what was asked; no kernel was started.
    RenderError
        The notebook failed; the message has the cell and the error.
    """
    held = pack if isinstance(pack, Pack) else open_pack(pack)
    here = held.area(area)
    check_request(Path(notebook), held, here, parameters)
    stem = Path(out) / file_stem(here)
    stem.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        job = Job(Path(notebook), held.path, here, parameters, Path(folder))
        made = make(job)
        if isinstance(made, Failure):
            kept = stem.parent / kept_name(here)
            job.keep(kept)
            raise RenderError(made.words(job, kept))
        for name, path in ((BOOK, stem.with_suffix(".ipynb")), (PAGE, stem.with_suffix(".html"))):
            write_text(path, (job.folder / name).read_text(encoding="utf-8"))
    return Rendered(stem.with_suffix(".ipynb"), stem.with_suffix(".html"), made.summary)


def make(job: Job) -> Made | Failure:
    """Run a notebook and export its page, both into the job's folder; never raises on purpose.

    In a worker the cells run right here, elsewhere in a kernel of their own.
    """
    try:
        with recorded_reads() as reads:
            executed = _execute(job)
        # Python's quick writer of JSON does not indent; the other takes ten times as long.
        text = json.dumps(executed, ensure_ascii=False) + "\n"
        (job.folder / BOOK).write_text(text, encoding="utf-8", newline="\n")
        (job.folder / PAGE).write_text(export_html(executed), encoding="utf-8", newline="\n")
        return Made(*_says(executed), frozenset(reads))
    except _Broken as error:
        return error.failure
    except IneqlibError as error:
        return Failure(str(error))
    except MemoryError:
        return Failure("The notebook ran out of memory at {where}.", MORE_MEMORY)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return Failure(f"{type(error).__name__}: {error}.", fills_disk=full)


class _Broken(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def _execute(job: Job) -> nbformat.NotebookNode:
    journal = job.journal
    with warnings.catch_warnings():
        # Papermill and the kernel client warn about their own dependencies, not the briefing.
        warnings.simplefilter("ignore")
        import papermill  # noqa: PLC0415 (slow to import, and only workers need it)

        try:
            executed = _with_papermill(job, journal)
        except papermill.exceptions.PapermillExecutionError as error:
            advice = MORE_MEMORY if error.ename.endswith("MemoryError") else Failure.advice
            what = f"{error.ename}: {error.evalue}"[:MOST_WORDS].rstrip(": ")
            failure = Failure(f"The notebook failed at {{where}} with {what}.", advice)
            raise _Broken(failure) from error
        finally:
            journal.ended()
    return executed


def _with_papermill(job: Job, journal: Journal) -> nbformat.NotebookNode:
    """Do what `papermill.execute_notebook` does, without its last step.

    That one puts the whole result into words even where no file was asked for, which takes as long
    as a tenth of the briefing.
    """
    from papermill import execute  # noqa: PLC0415 (as above)

    name = "ineqlib" if in_worker() else None
    kernel = {"kernel_name": "python3", "language": "python"}
    notebook = execute.load_notebook_node(str(job.notebook))
    notebook = execute.parameterize_notebook(notebook, job.given, engine_name=name, **kernel)
    notebook = execute.prepare_notebook_metadata(notebook, str(job.notebook), None)
    with contextlib.chdir(job.notebook.parent):
        notebook = execute.papermill_engines.execute_notebook_with_engine(
            name,
            execute.remove_error_markers(notebook),
            kernel["kernel_name"],
            progress_bar=False,
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
            on_cell_start=journal.started,
        )
    execute.raise_for_execution_errors(notebook, None)
    return notebook


def _says(executed: nbformat.NotebookNode) -> tuple[str, str, list[dict[str, Any]]]:
    """Return summary, headline and figures as the notebook's outputs give them."""
    shown = list(_shown(executed))
    details: dict[str, Any] = next((data[PAGE_MIME] for data in shown if PAGE_MIME in data), {})
    headlines = read_headlines("".join(data.get("text/html", "") for data in shown))
    headline = headlines[0].text if headlines else ""
    # As plain dictionaries: who hears of them need not import what notebooks are made of.
    figures = json.loads(json.dumps(details.get("figures", [])))
    return details.get("summary", ""), headline, figures


def _shown(executed: nbformat.NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                yield output["data"]
