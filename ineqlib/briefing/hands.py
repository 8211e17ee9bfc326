"""The processes that make, draw and check briefings, and what to say when one is lost."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from ineqlib.briefing.job import Failure, Job, Made
from ineqlib.charts.renderers import Renderers
from ineqlib.workers import JobFailed, Named, TimeLimit, WorkerEnded, Workers

# What these import takes a second, and only the processes that do the work need it.
MAKE_READY, MAKE_ONE, CHECK_ONE = (
    Named("ineqlib.briefing.worker", name) for name in ("make_ready", "make_one", "check_one")
)
TRIES = 2


@dataclass(frozen=True)
class Limits:
    """What a batch and each of its briefings may take.

    Parameters
    ----------
    workers
        Briefings at a time.
    seconds
        Time for each.
    memory
        Bytes for each, beyond what all share.
    """

    workers: int
    seconds: float
    memory: int


class Hands:
    """The processes of one batch; a context manager. Safe to use from several threads.

    Parameters
    ----------
    limits
        What they may take.
    pack
        The pack they open, once for all.
    area
        Code of the area they make ready with.
    """

    def __init__(self, limits: Limits, pack: Path, area: str) -> None:
        self._limits = limits
        self.at_once = limits.workers
        self._open = ExitStack()
        with ExitStack() as opened:
            self._renderers = opened.enter_context(Renderers(limits.workers))
            prepare = partial(MAKE_READY, pack, area, self._renderers.address(0))
            self._workers = opened.enter_context(Workers(limits.workers, prepare=prepare))
            self._open = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that wait; a job under way goes on."""
        self._open.close()

    def make(self, job: Job, which: int) -> Made | Failure:
        """Make a briefing; `which` renderer draws for it."""
        limits = self._limits
        for _ in range(TRIES):
            job.clear()
            try:
                return self._workers.run(
                    MAKE_ONE,
                    job,
                    self._renderers.address(which),
                    seconds=limits.seconds,
                    memory=limits.memory,
                )
            except WorkerEnded:
                continue
            except TimeLimit:
                return Failure(
                    f"The notebook took longer than {limits.seconds:g} seconds and was ended at "
                    "{where}.",
                    "mend the cause, or give it more time (`--seconds`), and render again",
                )
            except JobFailed as error:
                return Failure(f"Something failed at {{where}}: {_last_line(error)}")
        return Failure(
            f"The notebook's process ended {TRIES} times at {{where}}: it was killed, ran out of "
            "memory, or left Python by itself."
        )

    def check(self, job: Job, made: Made, others: dict[str, str]) -> Failure | None:
        """Check a briefing in another process; None where it may be published.

        Parameters
        ----------
        others
            Area code -> headline of the other areas.
        """
        for _ in range(TRIES):
            try:
                found = self._workers.run(
                    CHECK_ONE, job, made, others, seconds=self._limits.seconds
                )
            except WorkerEnded:
                continue
            except (TimeLimit, JobFailed) as error:
                return Failure(f"The page could not be checked: {_last_line(error)}")
            if found:
                return Failure(f"The page was refused and is not published: {' '.join(found)}")
            return None
        return Failure(f"The page could not be checked: its process ended {TRIES} times.")


def _last_line(error: Exception) -> str:
    return str(error).strip().rpartition("\n")[2]
