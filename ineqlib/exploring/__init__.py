"""Exploring in a notebook: `explore` shows controls and views that answer together."""

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from IPython import get_ipython

from ineqlib.exploring.explorer import Explorer
from ineqlib.exploring.panel import Panel
from ineqlib.exploring.question import from_line
from ineqlib.pack.open import DATA, PACKS, find_pack, packs_around

KEPT = 4
"""Panels that are kept of cells whose id no frontend tells: memory does not grow."""


class _Shown(NamedTuple):
    """A panel on the screen, and in which execution it was made."""

    panel: Panel
    execution: int


_panels: dict[tuple[str, ...], _Shown] = {}
"""What is on the screen, by the cell that shows it and what that cell says, the oldest first."""


def explore(pack: str | Path | None = None, line: str = "", *, area: str = "") -> Any:
    """Show the explorer.

    A cell that is run again goes on where it was left. One that was changed begins anew, and what
    it showed before is let go.

    Parameters
    ----------
    pack
        Folder, name or address of a pack; None for the first that is found: the one of the line,
        the demonstration pack, one under ``data/packs``.
    line
        A bookmark: the line that the explorer shows, or some of it, such as
        ``"area=Stevenage&indicator=smoking_adults"``.
    area
        Code or name of the area to begin with, where the line names none.

    Returns
    -------
    ipywidgets.Widget
        Controls and views.

    Raises
    ------
    PackError
        There is no such pack.
    ParameterError
        The line is no bookmark.
    """
    packs = {name: find_pack(Path(name)) for name in packs_around(DATA, PACKS)}
    shell = get_ipython()
    cell, execution = _cell(), getattr(shell, "execution_count", 0)
    key = (cell, str(pack or ""), line, area)
    former = _panels.pop(key, None)
    if former:
        explorer = former.panel.explorer
        former.panel.close()
    else:
        first = str(pack) if pack else next(iter(packs), "demo")
        question = from_line(line, pack=first)
        explorer = Explorer(replace(question, area=question.area or area))
    _let_go(cell, execution)
    panel = Panel(explorer, packs, has_loop=hasattr(shell, "kernel"))
    _panels[key] = _Shown(panel, execution)
    return panel.widget


def _let_go(cell: str, execution: int) -> None:
    """Close what a cell showed before it was changed; without its id, all but the newest."""
    of_cell = [key for key in _panels if key[0] == cell]
    if cell:
        # One execution may show several.
        old = [key for key in of_cell if _panels[key].execution != execution]
    else:
        old = of_cell[: len(of_cell) - KEPT + 1] if len(of_cell) >= KEPT else []
    for key in old:
        _panels.pop(key).panel.close()


def _cell() -> str:
    """Return the id of the notebook's cell that runs; empty where there is none."""
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return str(parent.get("metadata", {}).get("cellId", ""))
