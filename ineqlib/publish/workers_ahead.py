"""The process that a batch's pages come from, started before what plans the batch is imported."""

from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from ineqlib.processes import LazyFunction
from ineqlib.processes.fork_server import started_ahead
from ineqlib.publish.manifest import MANIFEST
from ineqlib.yaml_file import read_yaml


def workers_ahead(run: Path, out: Path | None) -> AbstractContextManager[None]:
    """Have that process import while this one imports and plans.

    Not where the folder holds a batch, of which as a rule nothing has changed; and not where
    nothing can be forked.

    Parameters
    ----------
    run
        The run's file.
    out
        Used instead of the run's own folder.
    """
    if _holds_batch(run, out):
        return nullcontext()
    return started_ahead(LazyFunction("ineqlib.publish.worker", "import_libraries"))


def _holds_batch(run: Path, out: Path | None) -> bool:
    with suppress(Exception):  # what is wrong with the file is said by who reads all of it
        return ((out or run.parent / read_yaml(run)["out"]) / MANIFEST).exists()
    return False
