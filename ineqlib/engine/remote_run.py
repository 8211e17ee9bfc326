"""A notebook that runs in a worker, recorded here from what is relayed."""

import os
from math import inf
from pathlib import Path
from typing import Any

import nbformat

from ineqlib.engine.options import CLIENT, client_options
from ineqlib.engine.record import (
    CellExecutionError,
    CellRecorder,
    CellTimeoutError,
    DeadKernelError,
    run_sync,
)
from ineqlib.processes import LazyFunction, TimeLimit, WorkerEnded, Workers

# The worker has imported what runs notebooks; this process need not.
RUN_RELAYED = LazyFunction("ineqlib.engine.relay", "run_relayed")


class RemoteRun:
    """One run of a notebook in another process.

    Parameters
    ----------
    nb_man
        Papermill's record of the run.
    kernel_name
        The kernel asked for.
    cell_seconds
        Seconds a cell may take.
    options
        Those of Papermill's own engine that were given.
    log
        Papermill's logger.
    """

    def __init__(
        self,
        nb_man: Any,
        kernel_name: str,
        cell_seconds: float | None,
        options: dict[str, Any],
        log: Any,
    ) -> None:
        self.nb_man, self.kernel_name = nb_man, kernel_name
        self.cell_seconds, self.options = cell_seconds, options
        self.recorder = CellRecorder(nb_man, log=log, **client_options(options))
        self.cell_index: int | None = None

    def run(self, workers: Workers) -> None:
        """Run the notebook in one of the workers, and record what it does cell by cell."""
        options = {name: value for name, value in self.options.items() if name in CLIENT}
        try:
            language = workers.run(
                RUN_RELAYED,
                nbformat.writes(self.nb_man.nb),
                {"kernel_name": self.kernel_name, **options},
                str(Path.cwd()),
                dict(os.environ),
                seconds=self.options.get("start_timeout", 60),
                on_message=self.receive,
            )
        except WorkerEnded as error:
            self._fail_cell()
            raise DeadKernelError("Kernel died") from error
        except TimeLimit as error:
            self._fail_cell()
            if self.cell_index is None:
                raise RuntimeError(f"Kernel didn't start in time. {error}") from error
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out",
                int(self.cell_seconds or 0),
                self.nb_man.nb.cells[self.cell_index],
            ) from error
        except BaseException:
            self._fail_cell()
            raise
        self.nb_man.nb.metadata["language_info"] = nbformat.from_dict(language)
        self.recorder.set_widgets_metadata()

    def receive(self, message: tuple[str, int, Any]) -> float | None:
        """Do with a cell what Papermill's own engine does; return the seconds it has."""
        event, index, content = message
        self.cell_index = index
        cell = self.nb_man.nb.cells[index]
        match event:
            case "start":
                self.nb_man.cell_start(cell, index)
                return self.cell_seconds or inf
            case "run":
                self.recorder.start_cell(cell, index)
            case "message":
                self.recorder.record(content, cell, index)
            case "reply":
                try:
                    run_sync(self.recorder.finish_cell)(cell, index, content)
                except CellExecutionError as error:
                    self.nb_man.cell_exception(cell, index, exception=error)
            case "complete":
                self.nb_man.cell_complete(cell, index)
        return None

    def _fail_cell(self) -> None:
        if self.cell_index is not None:
            cell = self.nb_man.nb.cells[self.cell_index]
            self.nb_man.cell_exception(cell, self.cell_index)
            self.nb_man.cell_complete(cell, self.cell_index)
