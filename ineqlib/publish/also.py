"""Files made beside a page on request: its figures as pictures, its tables, its words.

They are made of the document by which the page was checked, where no notebook has run.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ineqlib.document.model import Document, Section
from ineqlib.errors import ParameterError, choose_from, listed

FORMS = ("docx", "figures", "markdown", "xlsx")
"""What may be asked for."""

_BEGINS, _FIGURE = "also.", "also.figure."
"""How the names of such files begin in the folder of a job."""

SUMMARY = "summary"
"""The section a Word file is made of; of a document without it, the first."""


def asked_for(content: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Return what a run, or one of its documents, asks for beside its pages.

    Raises
    ------
    ParameterError
        It asks for something else, or for something twice.
    """
    given = content.get("also") or []
    strange = [form for form in given if form not in FORMS]
    if strange:
        raise ParameterError(
            f"{where}: 'also' cannot be {strange[0]!r}.{choose_from(str(strange[0]), FORMS)}."
        )
    if len(set(given)) < len(given):
        raise ParameterError(f"{where}: 'also' asks for {listed(given)}; once is enough.")
    return tuple(sorted(given))


def write_also(
    forms: Collection[str], document: Document, sections: Sequence[Section], folder: Path
) -> None:
    """Write what is asked for into the folder of a job, where nothing else has such a name."""
    for left in folder.glob(f"{_BEGINS}*"):
        left.unlink()
    if "markdown" in forms:
        from ineqlib.document.markdown import markdown  # noqa: PLC0415 (only where asked for)

        words = markdown(document, sections)
        (folder / f"{_BEGINS}md").write_text(words, encoding="utf-8", newline="\n")
    if "xlsx" in forms:
        from ineqlib.document.workbook import write_workbook  # noqa: PLC0415 (as above)

        write_workbook(document, sections, folder / f"{_BEGINS}xlsx")
    if "docx" in forms:
        from ineqlib.document.word import write_word  # noqa: PLC0415 (as above)

        summary = [section for section in sections if section.id == SUMMARY] or sections[:1]
        write_word(document, summary, folder / f"{_BEGINS}docx")
    if "figures" in forms:
        for figure in (figure for section in sections for figure in section.figures):
            for suffix in ("svg", "png"):
                figure.save(folder / f"{_FIGURE}{figure.labels.id}.{suffix}")


def files_also(folder: Path, stem: str) -> dict[str, Path]:
    """Return such files of a job by the names they are published under, beside a page's stem."""
    files = {}
    for path in sorted(folder.glob(f"{_BEGINS}*")):
        figure = path.name.removeprefix(_FIGURE)
        plain = f"{stem}.{path.name.removeprefix(_BEGINS)}"
        files[f"figures/{stem}/{figure}" if figure != path.name else plain] = path
    return files


def is_also(name: str, stem: str) -> bool:
    """Tell whether a name in a manifest is that of such a file of a page."""
    folder, _, file = name.rpartition("/")
    ours = folder == f"figures/{stem}" if folder else file.startswith(f"{stem}.")
    return ours and not file.endswith((".html", ".ipynb")) and "\\" not in name
