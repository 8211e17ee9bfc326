"""Notebooks made for the tests, run by Papermill's own engine and by ours, and made comparable."""

import difflib
import json
import os
import re
from pathlib import Path
from typing import Any

import nbformat
import papermill

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
WIDGETS = "application/vnd.jupyter.widget-state+json"
MADE_BY_PAPERMILL = {"injected-parameters", "papermill-error-cell-tag"}
TIMES = {"start_time", "end_time", "duration"}
LONGEST = 300
"""Seconds a cell may take; without a limit, a test would wait as long as an engine does."""
CHANGING = (
    (r"0x[0-9a-f]{6,}", "0x"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid"),
    (r"altair-viz-[0-9a-f]{32}", "altair"),
    (r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", "uuid"),
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
    options.setdefault("execution_timeout", LONGEST)
    # ipykernel leaves out what programs print where it sees that a test is running.
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    try:
        papermill.execute_notebook(
            str(source), str(out), engine_name=engine, progress_bar=False, **options
        )
    except Exception as raised:
        error = raised
    return nbformat.read(out, 4), error


def printed(cell: Any) -> str:
    """Return what a cell wrote to its standard output and error."""
    outputs = cell.get("outputs", [])
    return "".join(each.text for each in outputs if each.output_type == "stream")


def of_papermill(cell: Any) -> bool:
    """Tell whether Papermill put this cell into the notebook."""
    return bool(MADE_BY_PAPERMILL & set(cell.metadata.get("tags", [])))


def comparable(notebook: Any) -> Any:
    """Return a notebook without times, ids made at random and addresses."""
    widgets = notebook.metadata.get("widgets", {}).get(WIDGETS, {})
    if "state" in widgets:  # by ids made at random
        widgets["state"] = sorted(_clean(list(widgets["state"].values())), key=json.dumps)
    return _clean(_joined(notebook))


def differences(ours: Any, stock: Any) -> str:
    """Return where two notebooks differ otherwise than by chance, line by line."""
    texts = [
        json.dumps(comparable(each), indent=1, sort_keys=True).splitlines()
        for each in (stock, ours)
    ]
    return "\n".join(difflib.unified_diff(*texts, "stock", "ours", lineterm=""))


def _joined(notebook: Any) -> Any:
    # How a stream is cut into pieces depends on the moment, in either engine.
    for cell in notebook.cells:
        if of_papermill(cell):
            cell["id"] = "made at random"
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
