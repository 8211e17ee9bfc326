"""The engine: a notebook handed to a fresh process, its cells reported as they run."""

import atexit
import importlib
import os
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from ineqlib.engine.record import KEPT, NEEDLESS, CellRecorder
from ineqlib.engine.spec import is_this_python
from ineqlib.processes import TimeLimit, WorkerEnded, Workers, in_worker

PRELOAD = "INEQLIB_PRELOAD"
"""Environment variable: modules to import once, before any notebook, with commas between them."""

HOOK = "on_cell_"

_workers: tuple[int, Workers] | None = None
_used = False


class FreshProcessEngine(Engine):
    """Runs each notebook in a process of its own that has been started and has imported already.

    Inside such a process (`ineqlib.processes.in_worker`) the cells of one notebook run right there.
    What this engine cannot do goes to Papermill's own, with a warning: a kernel that is not this
    Python's plain one, and options it does not know.
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
            Seconds a cell may take. In a worker the one who gave it the job sees to that.
        **options
            Those of Papermill's own engine.
        """
        given = {name: value for name, value in options.items() if value is not None}
        here = in_worker() and not _used
        why = _why_not(kernel_name, given, here)
        if why:
            logger.warning("%s: Papermill's own engine runs this notebook.", why)
            options["execution_timeout"] = execution_timeout
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        elif here:
            if execution_timeout:
                logger.warning("A notebook in a worker has the worker's time limit, and no other.")
            run_here(nb_man, kernel_name, _for_client(given))
        else:
            _Handed(nb_man, kernel_name, execution_timeout, given).run()


def _why_not(kernel_name: str, given: dict[str, Any], here: bool) -> str | None:
    """Say why this engine cannot run a notebook, if it cannot."""
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return f"There is no kernel '{kernel_name}'"
    if not is_this_python(spec):
        return f"The kernel '{kernel_name}' is not this Python's own"
    strange = [n for n in given if n not in KEPT | NEEDLESS and not (here and n.startswith(HOOK))]
    return f"The engine does not know the option '{strange[0]}'" if strange else None


def _for_client(given: dict[str, Any]) -> dict[str, Any]:
    wanted = KEPT | {"log_output", "stdout_file", "stderr_file"}
    chosen = {n: value for n, value in given.items() if n in wanted or n.startswith(HOOK)}
    return {**chosen, "log": logger}


def run_here(nb_man: Any, kernel_name: str, options: dict[str, Any]) -> None:
    """Run a notebook in this process, which is used up by it."""
    from ineqlib.engine.kernel import InProcessClient  # noqa: PLC0415 (only workers need a kernel)

    _use_up()
    logger.propagate = False  # or a notebook that logs everything would hear of its own running
    InProcessClient(nb_man, kernel_name=kernel_name, **options).execute()


def _use_up() -> None:
    global _used  # noqa: PLW0603 (it is a property of the process)
    _used = True


class _Handed:
    """A notebook in another process, and what is heard of it."""

    def __init__(
        self,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        cell_seconds: float | None,
        given: dict[str, Any],
    ) -> None:
        self.nb_man, self.kernel_name = nb_man, kernel_name
        self.cell_seconds, self.given = cell_seconds, given
        self.recorder = CellRecorder(nb_man, **_for_client(given))
        self.at: int | None = None

    def run(self) -> None:
        kept = {name: value for name, value in self.given.items() if name in KEPT}
        place = (str(Path.cwd()), dict(os.environ))
        try:
            language = _fresh_processes().run(
                _run_and_tell,
                (nbformat.writes(self.nb_man.nb), self.kernel_name, kept),
                place,
                seconds=self.given.get("start_timeout", 60),
                on_message=self.hear,
            )
        except WorkerEnded as error:
            self._failed()
            raise DeadKernelError("Kernel died") from error
        except TimeLimit as error:
            self._failed()
            if self.at is None:
                raise RuntimeError(f"Kernel didn't start in time. {error}") from error
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out",
                int(self.cell_seconds or 0),
                self.nb_man.nb.cells[self.at],
            ) from error
        except BaseException:
            self._failed()
            raise
        self.nb_man.nb.metadata["language_info"] = nbformat.from_dict(language)
        self.recorder.set_widgets_metadata()

    def hear(self, message: tuple[str, int, Any]) -> float | None:
        """Do with a cell what Papermill's own engine does; return the seconds it has."""
        what, self.at, content = message
        cell = self.nb_man.nb.cells[self.at]
        match what:
            case "start":
                self.nb_man.cell_start(cell, self.at)
                return self.cell_seconds or inf
            case "run":
                self.recorder.begin(cell, self.at)
            case "message":
                self.recorder.hear(content, cell, self.at)
            case "reply":
                try:
                    run_sync(self.recorder.end)(cell, self.at, content)
                except CellExecutionError as error:
                    self.nb_man.cell_exception(cell, self.at, exception=error)
            case "complete":
                self.nb_man.cell_complete(cell, self.at)
        return None

    def _failed(self) -> None:
        if self.at is not None:
            cell = self.nb_man.nb.cells[self.at]
            self.nb_man.cell_exception(cell, self.at)
            self.nb_man.cell_complete(cell, self.at)


def _run_and_tell(send: Any, what: tuple[str, str, dict[str, Any]], place: tuple[str, Any]) -> Any:
    """Run a notebook in this worker and tell of each cell; return the language it was in."""
    from ineqlib.engine.relay import TellingClient, TellingManager  # noqa: PLC0415 (as above)

    text, kernel_name, options = what
    os.chdir(place[0])
    os.environ.clear()
    os.environ.update(place[1])
    _use_up()
    told = TellingManager(nbformat.reads(text, as_version=4), send)
    TellingClient(told, kernel_name=kernel_name, **options).execute()
    return dict(told.nb.metadata["language_info"])


def _fresh_processes() -> Workers:
    """Return this process's workers, made when first asked for."""
    global _workers  # noqa: PLW0603 (they last as long as the process)
    if _workers is None or _workers[0] != os.getpid():  # a fork has no part in its parent's
        names = os.environ.get(PRELOAD, "").split(",")
        modules = ["ineqlib.engine.relay", *(name.strip() for name in names if name.strip())]
        _workers = (os.getpid(), Workers(1, prepare=partial(import_all, modules)))
        atexit.register(_workers[1].close)
    return _workers[1]


def import_all(modules: list[str]) -> None:
    """Import modules by name."""
    for name in modules:
        importlib.import_module(name)
