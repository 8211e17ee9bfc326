"""The engine: a notebook handed to a fresh process, its cells reported as they are done."""

import atexit
import importlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from ineqlib.workers import TimeLimit, WorkerEnded, Workers, in_worker

PRELOAD = "INEQLIB_PRELOAD"
"""Environment variable: modules to import once, before any notebook, with commas between them."""

_workers: Workers | None = None


class FreshProcessEngine(Engine):
    """Runs each notebook in a process of its own that has been started and has imported already.

    Inside such a process (`ineqlib.workers.in_worker`) the cells run right there. A notebook for
    another kernel than this Python's goes to Papermill's own engine.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        execution_timeout: float | None = None,
        **options: Any,
    ) -> None:
        """Run the notebook that `nb_man` holds, as Papermill asks of an engine.

        Parameters
        ----------
        nb_man
            Papermill's record of the run.
        kernel_name
            The kernel asked for.
        execution_timeout
            Seconds a cell may take.
        **options
            Those of Papermill's own engine that are about what is said and logged.
        """
        if not _is_this_python(kernel_name):
            logger.warning(
                "Kernel '%s' is not this Python: Papermill's own engine runs it.", kernel_name
            )
            options["execution_timeout"] = execution_timeout
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        elif in_worker():
            kept = ("log_output", "on_cell_start")
            here = {name: options[name] for name in kept if name in options}
            run_here(nb_man, kernel_name, **here)
        else:
            _Handed(nb_man, execution_timeout).run(kernel_name)


def run_here(nb_man: NotebookExecutionManager, kernel_name: str, **options: Any) -> None:
    """Run a notebook in this process, which is used up by it."""
    from ineqlib.engine.kernel import InProcessClient  # noqa: PLC0415 (only workers need a kernel)

    InProcessClient(nb_man, kernel_name=kernel_name, **options).execute()


class _Handed:
    """A notebook in another process, and what is heard of it."""

    def __init__(self, nb_man: NotebookExecutionManager, cell_seconds: float | None) -> None:
        self.nb_man, self.cell_seconds, self.at = nb_man, cell_seconds, 0

    def run(self, kernel_name: str) -> None:
        notebook = nbformat.writes(self.nb_man.nb)
        try:
            metadata = _fresh_processes().run(
                _run_and_tell,
                notebook,
                kernel_name,
                str(Path.cwd()),
                seconds=self.cell_seconds,
                on_message=self.hear,
            )
        except WorkerEnded as error:
            self._failed()
            raise DeadKernelError("Kernel died") from error
        except TimeLimit as error:
            self._failed()
            cell = self.nb_man.nb.cells[self.at]
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", int(self.cell_seconds or 0), cell
            ) from error
        self.nb_man.nb.metadata.update(nbformat.from_dict(metadata))

    def hear(self, message: tuple[str, int, dict[str, Any]]) -> None:
        """Keep Papermill's record: a cell was started, failed or completed."""
        what, self.at, cell = message
        if what != "start":
            papermill = self.nb_man.nb.cells[self.at].metadata.papermill
            self.nb_man.nb.cells[self.at] = nbformat.from_dict(cell)
            self.nb_man.nb.cells[self.at].metadata.papermill = papermill
        here = self.nb_man.nb.cells[self.at]
        match what:
            case "start":
                self.nb_man.cell_start(here, self.at)
            case "exception":
                self.nb_man.cell_exception(here, self.at)
            case "complete":
                self.nb_man.cell_complete(here, self.at)

    def _failed(self) -> None:
        self.nb_man.cell_exception(self.nb_man.nb.cells[self.at], self.at)


def _run_and_tell(send: Any, notebook: str, kernel_name: str, cwd: str) -> dict[str, Any]:
    """Run a notebook in this worker and tell of each cell; return the metadata it was given."""
    os.chdir(cwd)
    told = _Teller(nbformat.reads(notebook, as_version=4), send)
    run_here(told, kernel_name)
    kept = ("language_info", "widgets")
    return {name: told.nb.metadata[name] for name in kept if name in told.nb.metadata}


class _Teller:
    """Stands in for Papermill's record in the worker, and passes on what it is told."""

    def __init__(self, nb: nbformat.NotebookNode, send: Any) -> None:
        self.nb, self.send = nb, send

    def cell_start(self, cell: Any, cell_index: int, **_: Any) -> None:
        self.send(("start", cell_index, {}))

    def cell_exception(self, cell: Any, cell_index: int, **_: Any) -> None:
        self.send(("exception", cell_index, cell))

    def cell_complete(self, cell: Any, cell_index: int, **_: Any) -> None:
        self.send(("complete", cell_index, cell))

    def autosave_cell(self) -> None:
        """Nothing: the one who is told saves."""


def _is_this_python(kernel_name: str) -> bool:
    try:
        command = KernelSpecManager().get_kernel_spec(kernel_name).argv
    except NoSuchKernel:
        return False
    # Jupyter starts a kernel whose command is plain "python" with the Python that asks for it.
    major, minor = sys.version_info[:2]
    plain = {"python", f"python{major}", f"python{major}.{minor}"}
    return bool(command) and (
        command[0] in plain or Path(command[0]).resolve() == Path(sys.executable).resolve()
    )


def _fresh_processes() -> Workers:
    """Return this process's workers, made when first asked for."""
    global _workers  # noqa: PLW0603 (they last as long as the process)
    if _workers is None:
        names = os.environ.get(PRELOAD, "").split(",")
        modules = ["ineqlib.engine.kernel", *(name.strip() for name in names if name.strip())]
        _workers = Workers(1, prepare=partial(import_all, modules))
        atexit.register(_workers.close)
    return _workers


def import_all(modules: list[str]) -> None:
    """Import modules by name."""
    for name in modules:
        importlib.import_module(name)
