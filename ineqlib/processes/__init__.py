"""Processes on demand, each already imported and waiting for a job: fresh ones, or kept."""

from ineqlib.processes.child import in_worker
from ineqlib.processes.errors import JobFailed, TimeLimit, WorkerEnded
from ineqlib.processes.lazy_function import LazyFunction
from ineqlib.processes.pool import Workers

__all__ = ["JobFailed", "LazyFunction", "TimeLimit", "WorkerEnded", "Workers", "in_worker"]
