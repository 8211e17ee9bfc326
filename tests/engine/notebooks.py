"""Notebooks made for the tests, run by Papermill's own engine and by ours, and made comparable."""

import re
from pathlib import Path
from typing import Any

import nbformat
import papermill

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
TIMES = {"start_time", "end_time", "duration"}
CHANGING = (
    (r"0x[0-9a-f]{6,}", "0x"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid"),
    (r"altair-viz-[0-9a-f]{32}", "altair"),
    (r"\b[0-9a-f]{32}\b", "uuid"),
    (r"#T_[0-9a-f]{5}|\bT_[0-9a-f]{5}", "T"),
    (r"/ipykernel_\d+/", "/ipykernel/"),
    (r"\d\d\d\d-\d\d-\d\dT[0-9:.]+(Z|\+00:00)", "time"),
)


def make(path: Path, *cells: Any) -> Path:
    """Write a notebook of code cells; a pair is a cell's source and its tags."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    for number, each in enumerate(cells):
        if isinstance(each, nbformat.NotebookNode):
            cell = each
        else:
            source, tags = (each, []) if isinstance(each, str) else each
            cell = nbformat.v4.new_code_cell(source, metadata={"tags": tags} if tags else {})
        cell["id"] = f"cell-{number}"
        notebook.cells.append(cell)
    nbformat.write(notebook, path)
    return path


def run(source: Path, out: Path, engine: str | None, **options: Any) -> Any:
    """Run a notebook; return it as it was saved, and the error there was."""
    error = None
    try:
        papermill.execute_notebook(
            str(source), str(out), engine_name=engine, progress_bar=False, **options
        )
    except Exception as raised:
        error = raised
    return nbformat.read(out, 4), error


def comparable(notebook: Any) -> Any:
    """Return a notebook without times, ids made at random and addresses."""
    return _clean(_joined(notebook))


def _joined(notebook: Any) -> Any:
    # How a stream is cut into pieces depends on the moment, in either engine.
    for cell in notebook.cells:
        if "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            cell["id"] = "error"
        pieces: list[Any] = []
        for output in cell.get("outputs", []):
            last = pieces[-1] if pieces else {}
            if output.output_type == "stream" and last.get("name") == output.name:
                last["text"] += output.text
            else:
                pieces.append(output)
        if "outputs" in cell:
            cell.outputs = pieces
    return notebook


def _clean(node: Any) -> Any:
    match node:
        case dict():
            return {
                _clean(name): "time" if name in TIMES and value is not None else _clean(value)
                for name, value in node.items()
                if name not in {"output_path", "input_path"}
            }
        case list():
            return [_clean(each) for each in node]
        case str():
            for pattern, kept in CHANGING:
                node = re.sub(pattern, kept, node)
            return node
        case _:
            return node
