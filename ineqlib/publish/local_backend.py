"""The processes that make, draw and check briefings, and what to say when one is lost."""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any, Self

from ineqlib.charts.draw.renderers import Renderers
from ineqlib.document.verify.page import Other
from ineqlib.pack import Read
from ineqlib.processes import JobFailed, LazyFunction, TimeLimit, WorkerEnded, Workers
from ineqlib.processes.fork_server import can_fork
from ineqlib.processes.leader import Leader
from ineqlib.publish.job import Failure, Job, PageReport

# What these import takes a second, and only the processes that do the work need it.
MAKE_READY, WARM_UP, BUILD_ONE, MAKE_ONE, CHECK_ONE = (
    LazyFunction("ineqlib.publish.worker", name)
    for name in ("make_ready", "warm_up", "build_one", "make_one", "check_one")
)
RESULTS = (PageReport, Failure, Read)
TRIES = 2
JOBS_TO_A_LEADER = 16
"""After which one that builds and checks pages is replaced, so that it does not grow."""
MAKERS_TO_A_CHECKER = 4
"""Where checkers stay; a check takes a tenth of the time that a briefing does."""


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


class LocalBackend:
    """The processes of one batch; a context manager. Safe to use from several threads.

    Where they can be forked, from one that has made a page already, each makes one briefing; those
    that build and check them, which run none but our own code, stay for some. Elsewhere a page made
    in advance would serve a single briefing, so none is, and those that check stay for all.

    Parameters
    ----------
    limits
        What they may take.
    pack
        The pack they open, once for all.
    example
        Kind of document and code of its subject that they make ready with.
    checks_too
        Whether it is given each page to check that it has made.
    """

    def __init__(
        self, limits: Limits, pack: Path, example: tuple[str, str], *, checks_too: bool = True
    ) -> None:
        self._limits = limits
        self.at_once = limits.workers
        self.notes: set[str] = set()
        self._builds_first = can_fork() and checks_too
        # What a notebook is likely to show: of the kind to begin with, every section.
        self._likely: tuple[str, frozenset[str] | None] = example[0], None
        self._shown: dict[Path, tuple[str, frozenset[str] | None]] = {}
        self._leaders: dict[Path, Leader] = {}
        self._free_leaders: dict[bool, list[Leader]] = {False: [], True: []}
        self._open = ExitStack()
        try:
            self._start(pack, example)
        except OSError as error:
            raise WorkerEnded(f"No process could be started: {error}.") from error

    def _start(self, pack: Path, example: tuple[str, str]) -> None:
        limits = self._limits
        with ExitStack() as opened:
            self._renderers = opened.enter_context(Renderers(limits.workers))
            forks = can_fork()
            ready = (
                partial(WARM_UP, pack, *example, self._renderers.endpoint(0))
                if forks
                else partial(MAKE_READY, pack, example[0])
            )
            self._makers = self._checkers = opened.enter_context(
                Workers(limits.workers, prepare=ready, fork=forks, results=RESULTS)
            )
            if not forks:
                count = ceil(limits.workers / MAKERS_TO_A_CHECKER)
                self._checkers = opened.enter_context(
                    Workers(count, prepare=ready, fork=False, keep=True)
                )
            self._open = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that wait; a job under way goes on."""
        for leader in chain(self._leaders.values(), *self._free_leaders.values()):
            leader.close()
        self._open.close()

    def make(self, job: Job, slot: int) -> PageReport | Failure:
        """Make a page; renderer `slot` draws for it."""
        limits = self._limits
        for _ in range(TRIES):
            try:
                job.clear()
            except PermissionError as error:
                return Failure(
                    f"{error.filename} is still open in a program that a notebook started.",
                    "end that program, and render it again",
                )
            try:
                return self._make_once(job, slot)
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

    def _make_once(self, job: Job, slot: int) -> PageReport | Failure:
        """Make a page, as a rule in a fork of the process that is to check it."""
        limits, renderer = self._limits, self._renderers.endpoint(slot)
        asked: Any = {
            "seconds": limits.seconds,
            "memory": limits.memory,
            "on_message": self.notes.add,
        }
        if not self._builds_first:
            return self._makers.run(MAKE_ONE, job, renderer, **asked)
        kind, sections = shown = self._shown.get(job.notebook, self._likely)
        with ExitStack() as opened:
            if job.checked_apart:
                leader = opened.enter_context(self._free_leader(job) or self._makers.lead())
                leader.begin(BUILD_ONE, job, *shown, renderer)
                result = self._makers.run(MAKE_ONE, job, renderer, **asked)
            else:
                leader = opened.enter_context(self._leader_that_built(job, *shown, renderer))
                result = leader.run_in_fork(MAKE_ONE, job, renderer, **asked)
            if isinstance(result, PageReport):
                self._leaders[job.folder] = leader
                opened.pop_all()
                known = sections if sections and kind == result.kind else frozenset()
                self._shown[job.notebook] = result.kind, known.union(result.sections)
        return result

    def _leader_that_built(self, job: Job, *args: Any) -> Leader:
        """Return a leader that has built a page's document: one that is free, or a new one."""
        asked, seconds = (BUILD_ONE, job, *args), self._limits.seconds
        leader = self._free_leader(job)
        if leader is None:
            return self._makers.lead(*asked, seconds=seconds)
        try:
            leader.run(*asked, seconds=seconds)
        except BaseException:
            leader.close()
            raise
        return leader

    def _free_leader(self, job: Job) -> Leader | None:
        """Take a leader that is free, if any: of pages that are checked apart, one for those."""
        with suppress(IndexError):
            return self._free_leaders[job.checked_apart].pop()
        return None

    def check(
        self, job: Job, report: PageReport, others: dict[str, Other], slot: int
    ) -> Failure | None:
        """Check a page in another process; None where it may be published.

        Parameters
        ----------
        others
            Code -> what the same document says first of the other subjects.
        slot
            The renderer that draws for it.
        """
        for _ in range(TRIES):
            leader = self._leaders.pop(job.folder, None)
            renderer = self._renderers.endpoint(slot)
            try:
                problems = self._problems(leader, job, report, others, renderer)
            except WorkerEnded:
                continue
            except (TimeLimit, JobFailed) as error:
                if leader and isinstance(error, JobFailed):
                    continue  # another may draw by itself, where the renderer is lost
                return Failure(f"The page could not be checked: {_last_line(error)}")
            if problems:
                words = " ".join(problems)
                return Failure(f"The page was refused and is not published: {words}")
            return None
        return Failure(f"The page could not be checked: its process ended {TRIES} times.")

    def _problems(self, leader: Leader | None, job: Job, *args: Any) -> list[str]:
        """Check a page by the leader that built it, which is free then, or by a process anew."""
        with ExitStack() as opened:
            checker = opened.enter_context(leader) if leader else self._checkers
            problems: list[str] = checker.run(CHECK_ONE, job, *args, seconds=self._limits.seconds)
            if leader and leader.jobs < JOBS_TO_A_LEADER:
                self._free_leaders[job.checked_apart].append(leader)
                opened.pop_all()
        return problems


def _last_line(error: Exception) -> str:
    return str(error).strip().rpartition("\n")[2]
