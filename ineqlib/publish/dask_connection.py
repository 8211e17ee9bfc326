"""Other machines: the workers of a Dask scheduler, and what to say when they are lost.

The only module that knows Dask, which is imported when it is asked for.
"""

import contextlib
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from ineqlib.errors import ClusterError, listed
from ineqlib.processes import WorkerEnded
from ineqlib.processes.channel import call_within

LOCAL = "local"
REPLY_TIMEOUT = 10.0
"""Seconds for a scheduler to answer."""
NO_WORKER_TIMEOUT = 300.0
"""Seconds to wait while a scheduler has no worker at all; those of a queue may take a while."""
READY_TIMEOUT = 180.0
"""Seconds for all workers to make ready."""
POLL_SECONDS = 10.0
"""Seconds between looks at whether there are workers left."""


@dataclass(frozen=True)
class Cluster:
    """Where a batch finds its workers.

    Parameters
    ----------
    address
        A Dask scheduler, such as ``tcp://host:8786``; ``local`` for one on this machine that ends
        with the batch.
    workers
        Briefings at a time; by default as many as the workers have threads, or this machine cores.
    """

    address: str
    workers: int | None = None


class Connection:
    """A scheduler to give work to; a context manager. Safe to use from several threads.

    Parameters
    ----------
    address
        As of `Cluster`.
    threads
        Of the worker that ``local`` starts.

    Raises
    ------
    ClusterError
        Dask is not installed, nothing answers, or there are no workers.
    """

    def __init__(self, address: str, threads: int) -> None:
        self._place = "this machine" if address == LOCAL else address
        self._open = ExitStack()
        security = None  # that of Dask's own configuration
        with ExitStack() as opened:
            if address == LOCAL:
                address, security = opened.enter_context(_local_cluster(threads))
            self._client = opened.enter_context(_client(address, security))
            self._require_workers(NO_WORKER_TIMEOUT)
            self._open = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def threads(self) -> int:
        """How many jobs the workers there are do at a time."""
        return sum(call_within(NO_WORKER_TIMEOUT, self._client.nthreads).values())

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Return ``function(*args)`` from some worker; from another where that is lost.

        Raises
        ------
        WorkerEnded
            It was lost with one worker after the other.
        ClusterError
            The scheduler or all workers are gone.
        """
        from distributed import KilledWorker  # noqa: PLC0415

        try:
            future = self._client.submit(function, *args, pure=False)
            error = self._wait_for(future.exception, POLL_SECONDS)
            if not error:
                return self._wait_for(future.result, NO_WORKER_TIMEOUT)
        except OSError as lost:
            raise self._scheduler_lost() from lost
        if isinstance(error, KilledWorker):
            raise WorkerEnded(str(error)) from error
        if isinstance(error, CancelledError):
            raise self._scheduler_lost() from error
        raise error

    def _wait_for(self, outcome: Callable[..., Any], seconds: float) -> Any:
        """Wait for a job for as long as there are workers."""
        while True:
            try:
                return outcome(timeout=seconds)
            except TimeoutError:
                self._require_workers(NO_WORKER_TIMEOUT)

    def _scheduler_lost(self) -> ClusterError:
        return ClusterError(
            f"The scheduler at {self._place} is gone, or gave up what it was asked. What was "
            "published is complete. Start it again and give the same command: it makes the rest."
        )

    def prepare_each(self, function: Callable[..., str], *args: Any) -> None:
        """Have every worker do something and say what is wrong with it; an empty text is well.

        Raises
        ------
        ClusterError
            With what the first workers have said, and how many they are.
        """
        workers = list(call_within(NO_WORKER_TIMEOUT, self._client.nthreads))
        futures = [
            self._client.submit(function, *args, workers=[worker], pure=False) for worker in workers
        ]
        problems = [_problem(future) for future in futures]
        if wrong := [
            f"{worker}: {words}" for worker, words in zip(workers, problems, strict=True) if words
        ]:
            raise ClusterError(
                f"{len(wrong)} of {len(workers)} workers cannot make these briefings: "
                f"{listed(wrong, 3)}. Nothing was made."
            )

    def run_on_each(self, function: Callable[..., None], *args: Any) -> None:
        """Have every worker that is left do something short at once, even while it works."""
        with contextlib.suppress(Exception):  # one that is gone needs nothing any more
            run = partial(self._client.run, function, *args, on_error="ignore")
            call_within(REPLY_TIMEOUT, run)

    def _require_workers(self, seconds: float) -> None:
        try:
            wait = partial(self._client.wait_for_workers, 1, timeout=seconds)
            call_within(seconds + REPLY_TIMEOUT, wait)
        except TimeoutError:
            raise ClusterError(
                f"The scheduler at {self._place} has had no worker, or not answered, for "
                f"{seconds / 60:g} minutes. What was published is complete. Start workers "
                "(`dask worker ADDRESS`) and give the same command again."
            ) from None


def worker_threads() -> int:
    """Return how many jobs this Dask worker does at a time."""
    from distributed import get_worker  # noqa: PLC0415

    threads: int = get_worker().state.nthreads
    return threads


def _problem(future: Any) -> str:
    """Return what a worker says is wrong with it, or why it says nothing."""
    try:
        problem: str = future.result(timeout=READY_TIMEOUT)
        return problem
    except TimeoutError:
        return f"it was not ready after {READY_TIMEOUT:g} seconds"
    except ImportError as error:
        return f"{error} (install the same ineqlib there, with `pip install 'ineqlib[cluster]'`)"
    except Exception as error:
        return f"{type(error).__name__}: {str(error).rstrip('.')}"


@contextlib.contextmanager
def _local_cluster(threads: int) -> Iterator[tuple[str, Any]]:
    """Start a scheduler and one worker on this machine; give the address and the credentials.

    Without credentials any other user of the machine could run programs as this one.
    """
    _require_dask()
    from distributed import LocalCluster  # noqa: PLC0415
    from distributed.security import Security  # noqa: PLC0415

    try:
        security = Security.temporary()
    except ImportError as error:
        raise ClusterError(
            "So that nobody else can use it, Dask on this machine needs the package cryptography, "
            "which is not installed here: pip install 'ineqlib[cluster]'"
        ) from error
    with LocalCluster(
        security=security,
        n_workers=1,
        threads_per_worker=threads,
        dashboard_address="127.0.0.1:0",  # whatever port is free, for another batch may run
        memory_limit=0,  # each briefing has a limit of its own
        # The profiler looks into every thread a hundred times a second.
        config={"distributed.worker.profile.enabled": False},
        preload=__name__,
    ) as cluster:
        yield cluster.scheduler_address, security


def dask_setup(_: object) -> None:
    """Leave Ctrl-C to the batch; called in the local worker when it starts, or starts again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _client(address: str, security: Any) -> Iterator[Any]:
    _require_dask()
    from distributed import Client  # noqa: PLC0415

    try:
        client = Client(address, timeout=REPLY_TIMEOUT, set_as_default=False, security=security)
    except (OSError, ValueError, TypeError) as error:  # the last where TLS is not set up here
        raise ClusterError(
            f"No Dask scheduler answers at {address} ({error}). Start one with `dask scheduler` "
            "and give the address it prints, such as tcp://host:8786."
        ) from error
    with client:
        yield client


def _require_dask() -> None:
    try:
        import distributed  # noqa: F401, PLC0415
    except ImportError as error:
        raise ClusterError(
            "To share a batch among machines, Dask is needed, which is not installed here: "
            "pip install 'ineqlib[cluster]'"
        ) from error
