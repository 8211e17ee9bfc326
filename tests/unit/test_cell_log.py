"""What had run of a notebook can be read whatever became of its process."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat

from ineqlib.document.subject import Subject
from ineqlib.publish.cell_log import CellLog
from ineqlib.publish.job import Job


def test_a_half_run_notebook_keeps_what_it_showed(tmp_path: Path) -> None:
    figure = nbformat.v4.new_output("display_data", {"text/html": "<figure>"})
    words = nbformat.v4.new_output("stream", text="seen")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in "ab"])
    (tmp_path / "book.ipynb").write_text(json.dumps(book), encoding="utf-8")
    first, second = book.cells
    log = CellLog(tmp_path, {})
    log.started(first, 0)
    first.outputs = [words, figure]
    log.started(second, 1)
    second.outputs = [words]

    kept = nbformat.reads(CellLog(tmp_path, {}).half_run(tmp_path / "book.ipynb"), as_version=4)
    assert [cell.source for cell in kept.cells] == ["a", "b"]
    assert kept.cells[0].outputs == [words, figure]
    assert kept.cells[1].outputs == []


def test_what_a_killed_process_still_has_open_for_a_moment_is_removed(
    tmp_path: Path, held_on_windows: Callable[..., None]
) -> None:
    (tmp_path / "cells.jsonl").touch()
    subject = Subject("X07000001", "Here", "area")
    held_on_windows("unlink", times=2)
    Job(tmp_path, tmp_path, subject, {}, tmp_path).clear()
    assert not list(tmp_path.iterdir())
