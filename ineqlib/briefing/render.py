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

from ineqlib.briefing.export import PAGE_MIME, export_html
from ineqlib.briefing.journal import Journal
from ineqlib.briefing.manifest import write_text
from ineqlib.briefing.page_reader import read_headlines
from ineqlib.briefing.params import check_parameters, defaults, read_notebook
from ineqlib.errors import IneqlibError, RenderError
from ineqlib.facts.profile import read_profile
from ineqlib.pack import Area, Pack, Read, open_pack, recorded_reads
from ineqlib.text import slug
from ineqlib.workers import in_worker

PAGE, BOOK = "page.html", "book.ipynb"
"""Names of what `make` leaves in its folder."""

MOST_WORDS = 1000
MORE_MEMORY = "let it hold less at a time, or give it more (`--memory`), and render again"


@dataclass(frozen=True)
class Rendered:
    """Where a briefing was written, and its one line for an index page."""

    notebook: Path
    html: Path
    summary: str


@dataclass(frozen=True)
class Job:
    """One briefing to make.

    Parameters
    ----------
    notebook, pack
        Paths.
    area
        The area.
    parameters
        Those of the notebook besides `area` and `pack`.
    folder
        Where the results go; it exists.
    """

    notebook: Path
    pack: Path
    area: Area
    parameters: dict[str, Any]
    folder: Path

    @property
    def given(self) -> dict[str, Any]:
        """All parameters the notebook is run with."""
        return {"area": self.area.code, "pack": str(self.pack.resolve()), **self.parameters}

    @property
    def journal(self) -> Journal:
        """What has run of the notebook, readable whatever became of its process."""
        return Journal(self.folder)

    def clear(self) -> None:
        """Remove what an earlier try left in the folder."""
        for left in self.folder.iterdir():
            left.unlink()

    def keep(self, path: Path) -> None:
        """Keep the notebook as far as it ran."""
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = self.folder / BOOK
        if whole.is_file():
            write_text(path, whole.read_text(encoding="utf-8"))
        else:
            write_text(path, self.journal.half_run(self.notebook))


@dataclass(frozen=True)
class Failure:
    """Why a briefing could not be made.

    Parameters
    ----------
    what
        What went wrong, with `{where}` for the place in the notebook.
    advice
        What to do about it.
    fills_disk
        Whether the disk is full, so that no other briefing can be made either.
    """

    what: str
    advice: str = "mend the cause and render this area again"
    fills_disk: bool = False

    def words(self, job: Job, kept: Path) -> str:
        """Say what failed, where, where the half-run notebook is and what to do."""
        what = self.what.replace("{where}", job.journal.where()).rstrip(" .")
        return f"{what}. What had run is kept at {kept}; {self.advice}."


@dataclass(frozen=True)
class Made:
    """What a briefing says, for the index, the check before it is published, and the manifest.

    Parameters
    ----------
    summary
        The briefing in one line.
    headline
        The text of its headlines; empty where the notebook shows none.
    figures
        One dictionary per newest figure: indicator, sex, age, period, value, comparison.
    reads
        What was read of the pack in this process: all of it, where this is a worker.
    """

    summary: str
    headline: str
    figures: list[dict[str, Any]]
    reads: frozenset[Read] = frozenset()


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


def check_request(notebook: Path, pack: Pack, area: Area, parameters: dict[str, Any]) -> None:
    """Refuse what the notebook, the pack or the catalogue does not know, before a kernel starts."""
    known = defaults(read_notebook(notebook), notebook)
    given = {"area": area.code, "pack": str(pack.path), **parameters}
    check_parameters(given, known, notebook)
    chosen = {**known, **given}
    if {"comparators", "indicator_set"} <= set(chosen):
        read_profile(
            pack,
            area.code,
            comparators=chosen["comparators"],
            indicator_set=chosen["indicator_set"],
        )


def file_stem(area: Area) -> str:
    """Name of an area's files: its code and its name, safe in every file system."""
    return f"{slug(area.code)}-{slug(area.name)}"


def kept_name(area: Area) -> str:
    """Where the notebook of a failed area is kept, relative to the folder of the briefings."""
    return f"failed/{file_stem(area)}.ipynb"


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
    return details.get("summary", ""), headline, details.get("figures", [])


def _shown(executed: nbformat.NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                yield output["data"]
