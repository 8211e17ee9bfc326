"""One briefing: a notebook run with checked parameters, exported as one HTML file.

The only module that starts a kernel.
"""

import os
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

from ineqlib.briefing.export import PAGE_MIME, export_html
from ineqlib.briefing.params import check_parameters, defaults, read_notebook
from ineqlib.errors import RenderError
from ineqlib.facts.profile import read_profile
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.text import slug


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
    return render_checked(Path(notebook), held.path, here, Path(out), parameters)


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


def render_checked(
    notebook: Path, pack_path: Path, area: Area, out: Path, parameters: dict[str, Any]
) -> Rendered:
    """Run and export a briefing whose request has been checked."""
    out.mkdir(parents=True, exist_ok=True)
    given = {"area": area.code, "pack": str(pack_path.resolve()), **parameters}
    executed = _execute(notebook, given, out / "failed" / f"{file_stem(area)}.ipynb")
    page = export_html(executed)
    stem = out / file_stem(area)
    rendered = Rendered(stem.with_suffix(".ipynb"), stem.with_suffix(".html"), _summary(executed))
    write_text(rendered.notebook, nbformat.writes(executed))
    write_text(rendered.html, page)
    return rendered


def _summary(executed: nbformat.NotebookNode) -> str:
    outputs = (each for cell in executed.cells for each in cell.get("outputs", []))
    pages = (each["data"][PAGE_MIME] for each in outputs if PAGE_MIME in each.get("data", {}))
    return next((page.get("summary", "") for page in pages), "")


def _execute(notebook: Path, parameters: dict[str, Any], failed: Path) -> nbformat.NotebookNode:
    """Run a notebook; one that fails is kept at `failed`, away from the briefings."""
    with warnings.catch_warnings(), TemporaryDirectory() as folder:
        # Papermill and the kernel client warn about their own dependencies, not the briefing.
        warnings.simplefilter("ignore")
        import papermill  # noqa: PLC0415 (slow to import, and only workers need it)

        progress = Path(folder) / "executed.ipynb"
        try:
            return papermill.execute_notebook(
                str(notebook),
                str(progress),
                parameters=parameters,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
                cwd=str(notebook.parent),
            )
        except papermill.exceptions.PapermillExecutionError as error:
            _keep(progress, failed)
            raise RenderError(_what_failed(error, failed)) from error


def _keep(executed: Path, failed: Path) -> None:
    failed.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(executed, failed)


def _what_failed(error: Any, failed: Path) -> str:
    first_line = error.source.strip().partition("\n")[0]
    return (
        f"The notebook failed at its code cell {error.exec_count} ({first_line}) with "
        f"{error.ename}: {error.evalue}. What had run is kept at {failed}; mend the cause and "
        "render this area again."
    )


def write_text(path: Path, text: str) -> None:
    """Write a file whole: it appears under its name only when it is complete."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
