"""Exploring in a notebook: `explore` shows controls and views that answer together."""

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from IPython import get_ipython

from ineqlib.explore.explorer import Explorer
from ineqlib.explore.panel import Panel
from ineqlib.explore.question import from_line
from ineqlib.pack.model import MANIFEST
from ineqlib.pack.open import DATA, PACKS

_panels: dict[tuple[str, ...], Panel] = {}
"""What is on the screen, by the cell that shows it and what that cell says."""


def explore(pack: str | Path | None = None, line: str = "", *, area: str = "") -> Any:
    """Show the explorer.

    A cell that is run again goes on where it was left.

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
    packs = _packs()
    key = (_cell(), str(pack or ""), line, area)
    former = _panels.pop(key, None)
    if former:
        explorer = former.explorer
        former.close()
    else:
        first = str(pack) if pack else next(iter(packs), "demo")
        question = from_line(line, pack=first)
        explorer = Explorer(replace(question, area=question.area or area))
    _panels[key] = Panel(explorer, packs, has_loop=hasattr(get_ipython(), "kernel"))
    return _panels[key].widget


def _cell() -> str:
    """Return the id of the notebook's cell that runs; empty where there is none."""
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return str(parent.get("metadata", {}).get("cellId", ""))


def _packs() -> list[str]:
    """Return the names of the packs that lie under the current folder or one above it."""
    here = Path.cwd()
    places = [folder / place for folder in (here, *here.parents) for place in (DATA, PACKS)]
    packs = [file.parent.name for place in places for file in sorted(place.glob(f"*/{MANIFEST}"))]
    return list(dict.fromkeys(packs))


class _Room(ModuleType):
    """This module can be called: once it is imported, it is what ``ineqlib.explore`` names."""

    __call__ = staticmethod(explore)


sys.modules[__name__].__class__ = _Room
