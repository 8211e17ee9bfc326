"""Processes on demand, each already imported and waiting for a job: fresh ones, or kept."""

from ineqlib.workers.child import in_worker
from ineqlib.workers.errors import JobFailed, TimeLimit, WorkerEnded
from ineqlib.workers.named import Named
from ineqlib.workers.pool import Workers

__all__ = ["JobFailed", "Named", "TimeLimit", "WorkerEnded", "Workers", "in_worker"]
