"""What has run of a notebook, written down cell by cell, so that it outlives its process."""

import json
from pathlib import Path
from typing import Any

from ineqlib.errors import RenderError
from ineqlib.files import parse_json
from ineqlib.publish.machine_paths import Names, public_cell

NAME = "cells.jsonl"
MOST_OUTPUT = 30_000_000
"""Characters one cell may put out, as they are written down."""

Cell = dict[str, Any]


class CellLog:
    """The cells of one run, in the order they were started.

    Parameters
    ----------
    folder
        Where it is kept.
    names
        What stands in the place of the machine's paths, for it may be published.
    """

    def __init__(self, folder: Path, names: Names) -> None:
        self._file, self._names = folder / NAME, names
        self._running: tuple[int, Any] | None = None

    def started(self, cell: Any, cell_index: int) -> None:
        """Note that a cell starts, which means that the one before has ended."""
        ended = self._ending()
        if cell["cell_type"] != "code":
            self._write(ended)
            return
        self._running = (cell_index, cell)
        self._write(ended + self._line(cell_index, {**cell, "outputs": []}))

    def ended(self) -> None:
        """Note what the running cell put out.

        Raises
        ------
        RenderError
            It put out more than a page may hold.
        """
        self._write(self._ending())

    def _ending(self) -> str:
        """Return what is to be noted of the running cell; empty where none runs."""
        if self._running is None:
            return ""
        (index, cell), self._running = self._running, None
        line = self._line(index, cell)
        if len(line) > MOST_OUTPUT:
            raise RenderError(
                f"The notebook put out {len(line) / 1e6:,.0f} MB at {self.where()}; a cell may put "
                f"out {MOST_OUTPUT / 1e6:,.0f} MB. Print a summary instead."
            )
        return line

    def where(self) -> str:
        """Name the cell that was started last, in words, as its author counts."""
        cells = list(self._cells().values())
        if not cells:
            return "its start"
        number = sum(not _is_injected(cell) for cell in cells)
        source = "".join(cells[-1]["source"])
        return f"its code cell {number} ({source.strip().partition(chr(10))[0]})"

    def half_run(self, notebook: Path) -> str:
        """Return the text of the notebook as far as it ran."""
        content = parse_json(notebook.read_text(encoding="utf-8"))
        for index, cell in self._cells().items():
            if _is_injected(cell):
                content["cells"].insert(index, cell)
            else:
                content["cells"][index] = cell
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def _line(self, index: int, cell: Any) -> str:
        return json.dumps([index, public_cell(cell, self._names)]) + "\n"

    def _write(self, lines: str) -> None:
        if not lines:
            return
        with self._file.open("ab") as file:
            file.write(lines.encode())

    def _cells(self) -> dict[int, Cell]:
        """Return the cells that were started, each as it was last written."""
        if not self._file.is_file():
            return {}
        cells: dict[int, Cell] = {}
        for line in self._file.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                index, cell = parse_json(line)
            except ValueError:
                break  # the process ended in the middle of a line
            cells[index] = cell
        return cells


def _is_injected(cell: Cell) -> bool:
    """Tell whether Papermill put this cell into the notebook, for the parameters."""
    return "injected-parameters" in cell["metadata"].get("tags", [])
