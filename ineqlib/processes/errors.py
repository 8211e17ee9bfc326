"""What can become of a job."""

from ineqlib.errors import IneqlibError


class WorkerEnded(IneqlibError):
    """A worker ended before its job did: it was killed, or left the process itself."""


class TimeLimit(IneqlibError):
    """A job took longer than it may, and was ended."""


class JobFailed(IneqlibError):
    """A job raised; the message is its traceback."""
