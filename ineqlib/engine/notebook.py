"""The engine: a notebook handed to a fresh process, its cells recorded as they run."""

import atexit
import importlib
import os
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

from jupyter_client.jsonutil import parse_date
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbformat import NotebookNode
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from ineqlib.engine.compatibility import incompatibility
from ineqlib.engine.options import client_options, unknown_option
from ineqlib.engine.spec import is_this_python
from ineqlib.processes import Workers, in_worker

PRELOAD = "INEQLIB_PRELOAD"
"""Environment variable: modules to import once, before any notebook, with commas between them."""

_A_DATE: Any = parse_date("2026-01-01T00:00:00Z")
IN_MESSAGES = (datetime, timedelta, timezone, type(_A_DATE.tzinfo), NotebookNode)
"""What a kernel's messages hold besides plain values."""

_workers: tuple[int, Workers] | None = None
_used = False
_warned = False


class FreshProcessEngine(Engine):
    """Runs each notebook in a process of its own that has been started and has imported already.

    Inside such a process (`ineqlib.processes.in_worker`) the cells of one notebook run right there.
    What this engine cannot do goes to Papermill's own, with a warning: a kernel that is not this
    Python's plain one, options it does not know, and versions of ipykernel, nbclient or Papermill
    that are made otherwise inside.
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
        if not _fits_installed() or not _can_run(kernel_name, given, here):
            options["execution_timeout"] = execution_timeout
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        elif here:
            if execution_timeout:
                logger.warning("A notebook in a worker has the worker's time limit, and no other.")
            _run_here(nb_man, kernel_name, given)
        else:
            # It imports what the checks above are about.
            from ineqlib.engine.remote_run import RemoteRun  # noqa: PLC0415

            run = RemoteRun(nb_man, kernel_name, execution_timeout, given, logger)
            run.run(_fresh_processes())


def _fits_installed() -> bool:
    """Tell whether the engine fits what is installed; warn once where it does not."""
    global _warned  # noqa: PLW0603 (it is a property of the process)
    problem = incompatibility()
    if problem and not _warned:
        logger.warning(problem)
        _warned = True
    return not problem


def _can_run(kernel_name: str, options: dict[str, Any], here: bool) -> bool:
    """Tell whether this engine can run a notebook; warn where it cannot."""
    problem = _problem(kernel_name, options, here)
    if problem:
        logger.warning("%s: Papermill's own engine runs this notebook.", problem)
    return not problem


def _problem(kernel_name: str, options: dict[str, Any], here: bool) -> str | None:
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return f"There is no kernel '{kernel_name}'"
    if not is_this_python(spec):
        return f"The kernel '{kernel_name}' is not this Python's own"
    unknown = unknown_option(options, hooks=here)
    return f"The engine does not know the option '{unknown}'" if unknown else None


def _run_here(nb_man: NotebookExecutionManager, kernel_name: str, options: dict[str, Any]) -> None:
    """Run a notebook in this process, which is used up by it."""
    # Only workers need a kernel.
    from ineqlib.engine.kernel import InProcessClient  # noqa: PLC0415
    from ineqlib.engine.record import SparingRecord  # noqa: PLC0415

    mark_used()
    logger.propagate = False  # or a notebook that logs everything would log its own running
    given = client_options(options)
    record = SparingRecord(nb_man)
    InProcessClient(record, kernel_name=kernel_name, log=logger, **given).execute()


def mark_used() -> None:
    """Note that this process has run a notebook, and must not run another."""
    global _used  # noqa: PLW0603 (it is a property of the process)
    _used = True


def _fresh_processes() -> Workers:
    """Return this process's workers, made when first asked for."""
    global _workers  # noqa: PLW0603 (they last as long as the process)
    if _workers is None or _workers[0] != os.getpid():  # a fork may not use its parent's
        names = os.environ.get(PRELOAD, "").split(",")
        modules = ["ineqlib.engine.relay", *(name.strip() for name in names if name.strip())]
        ready = partial(import_all, modules)
        _workers = (os.getpid(), Workers(1, prepare=ready, results=IN_MESSAGES))
        atexit.register(_workers[1].close)
    return _workers[1]


def import_all(modules: list[str]) -> None:
    """Import modules by name."""
    for name in modules:
        importlib.import_module(name)
