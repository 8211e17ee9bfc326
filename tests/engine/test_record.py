"""What Papermill records of a run is the same, whoever works out how long a cell took."""

from datetime import datetime

import nbformat
from papermill.engines import NotebookExecutionManager

from ineqlib.engine.record import SparingRecord


def test_a_cells_times_are_recorded_as_papermill_records_them() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    notebook.metadata["papermill"] = nbformat.NotebookNode()
    [cell] = notebook.cells
    papermills = NotebookExecutionManager(notebook, progress_bar=False)
    papermills.notebook_start()
    papermills.cell_start(cell, 0)
    papermills.cell_complete(cell, 0)
    expected = list(cell.metadata.papermill)
    record = SparingRecord(papermills)
    record.cell_start(cell, 0)
    started = cell.metadata.papermill["start_time"]
    record.cell_complete(cell, 0)
    about = cell.metadata.papermill
    assert list(about) == expected
    assert (about["start_time"], about["status"]) == (started, "completed")
    took = datetime.fromisoformat(about["end_time"]) - datetime.fromisoformat(started)
    assert about["duration"] == took.total_seconds() > 0
