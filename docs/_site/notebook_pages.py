"""The notebooks: their cells, and the page that each makes of the demonstration county."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

import ineqlib as iq
from ineqlib.pack.combine import combine

REPO = Path(__file__).resolve().parents[2]
FOLDER = REPO / "notebooks"
FIRST = "welcome"
NOT_RUN = {
    "exercises": "It waits for your answers: [training](../how-to-training.md).",
    "explore": "It shows controls, which only JupyterLab has: [Exploring](../explore.md).",
}
"""Notebooks that cannot be run by themselves -> what is said instead."""
OF_PROPOSALS = {"reorganisation"}
"""Notebooks that ask for a pack with areas of one's own."""
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def names() -> list[str]:
    """Return the names of all notebooks, the one to begin with first."""
    return sorted(
        (path.stem for path in FOLDER.glob("*.ipynb")), key=lambda name: (name != FIRST, name)
    )


def pages(pack: Path, made: Path, run: Sequence[str] | None) -> dict[str, str]:
    """Run notebooks; return a page of the site for each there is, by its name.

    Parameters
    ----------
    pack
        The demonstration.
    made
        Folder for the pages that the notebooks make.
    run
        Which are run; None for all that can be.
    """
    runnable = [name for name in names() if name not in NOT_RUN]
    chosen = runnable if run is None else list(run)
    for name in chosen:
        own = _with_proposals(pack, made.parent.parent) if name in OF_PROPOSALS else pack
        iq.page(FOLDER / f"{name}.ipynb", made / f"{name}.html", pack=str(own))
    return {f"notebooks/{name}.md": _page(name, was_run=name in chosen) for name in names()}


def _with_proposals(pack: Path, folder: Path) -> Path:
    return combine(pack, REPO / "params" / "reorganisation" / "demo.yml", folder / "options").path


def _page(name: str, *, was_run: bool) -> str:
    book: Any = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    told = "\n\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    title = TITLE.search(told)
    parts = [f"# {title[1] if title else name}", f"Notebook: `{name}.ipynb`."]
    parts += [_cell(cell) for cell in book.cells]
    if was_run:
        parts.append(_frame(name))
    else:
        parts.append(NOT_RUN.get(name, "It was not run for this edition of the site."))
    return "\n\n".join(part for part in parts if part) + "\n"


def _cell(cell: Any) -> str:
    if cell.cell_type == "markdown":
        return str(TITLE.sub("", cell.source, count=1)).replace(".ipynb)", ".md)").strip()
    return f"```python\n{cell.source}\n```"


def _frame(name: str) -> str:
    return (
        "## The page it makes\n\n"
        f'<p><a href="../pages/{name}.html">Open it by itself</a>. It was made by running the '
        "notebook on the demonstration county when this site was built.</p>\n\n"
        f'<iframe class="made" src="../pages/{name}.html" title="The page of {name}.ipynb" '
        'loading="lazy"></iframe>'
    )
