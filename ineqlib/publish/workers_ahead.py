"""The process that a batch's pages come from, started before what plans the batch is imported."""

from contextlib import AbstractContextManager

from ineqlib.processes import LazyFunction
from ineqlib.processes.fork_server import started_ahead


def workers_ahead() -> AbstractContextManager[None]:
    """Have that process import while this one imports and plans; nothing where none can fork."""
    return started_ahead(LazyFunction("ineqlib.publish.worker", "import_libraries"))
