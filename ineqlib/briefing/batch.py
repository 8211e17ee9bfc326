"""Many briefings: one process per area at a time, an index page, and an honest account at the end.

A failed area never stops the others and never touches what an earlier run made.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from ineqlib import __version__
from ineqlib.briefing.index_page import index_html
from ineqlib.briefing.render import check_request, file_stem, render_checked, write_text
from ineqlib.briefing.runs import Run, areas_of, read_run
from ineqlib.errors import IneqlibError
from ineqlib.pack import Area, Pack, open_pack


@dataclass(frozen=True)
class Outcome:
    """What became of one area.

    Parameters
    ----------
    status
        ``ready`` or ``failed``.
    summary
        The briefing in one line, or why there is none.
    """

    area: Area
    status: str
    summary: str


@dataclass(frozen=True)
class Batch:
    """What became of a run.

    Parameters
    ----------
    index
        The index page.
    outcomes
        One per area, in the order of the run.
    """

    index: Path
    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> list[Outcome]:
        """The areas whose briefing could not be made."""
        return [outcome for outcome in self.outcomes if outcome.status == "failed"]


@dataclass(frozen=True)
class Plan:
    """A run whose every name has been checked: nothing is left to go wrong before rendering."""

    run: Run
    pack: Pack
    areas: tuple[Area, ...]


def plan(
    run: Run | str | Path, *, pack: str | Path | None = None, out: str | Path | None = None
) -> Plan:
    """Read and check a run; nothing is rendered.

    Parameters
    ----------
    run
        A run, or its file.
    pack, out
        Used instead of the run's own.

    Raises
    ------
    ParameterError, PackError, InputError
        Something is wrong with what was asked.
    """
    run = run if isinstance(run, Run) else read_run(Path(run))
    run = replace(run, pack=Path(pack or run.pack), out=Path(out or run.out))
    held = open_pack(run.pack)
    areas = tuple(areas_of(run, held))
    for area in areas:
        check_request(run.notebook, held, area, run.parameters)
    return Plan(run, held, areas)


def render_batch(
    planned: Plan | Run | str | Path,
    *,
    workers: int | None = None,
    progress: Callable[[Outcome], None] = lambda _: None,
) -> Batch:
    """Make every briefing of a run, and the index page.

    Parameters
    ----------
    planned
        A plan, a run, or a run's file.
    workers
        Processes at a time; the number of cores by default.
    progress
        Called as each area is done.

    Returns
    -------
    Batch
        Failures are in it, they do not raise: the other areas' pages are there.

    Raises
    ------
    ParameterError, PackError, InputError
        Something is wrong with what was asked; nothing was rendered.
    """
    planned = planned if isinstance(planned, Plan) else plan(planned)
    run, pack = planned.run, planned.pack
    jobs = [(run.notebook, pack.path, area, run.out, run.parameters) for area in planned.areas]
    done: dict[str, Outcome] = {}
    for outcome in _work(jobs, workers or os.cpu_count() or 1):
        done[outcome.area.code] = outcome
        progress(outcome)
    outcomes = tuple(done[area.code] for area in planned.areas)
    return Batch(_write_index(run, pack, outcomes), outcomes)


Job = tuple[Path, Path, Area, Path, dict[str, Any]]


def _work(jobs: list[Job], workers: int) -> Iterator[Outcome]:
    # Spawned everywhere, as Windows must: a forked copy of a process with threads can hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=context) as pool:
        areas: dict[Future[Outcome], Area] = {pool.submit(_one, job): job[2] for job in jobs}
        for future in as_completed(areas):
            try:
                yield future.result()
            except BrokenProcessPool:
                reason = "The process rendering it was ended from outside; run it again."
                yield Outcome(areas[future], "failed", reason)


def _one(job: Job) -> Outcome:
    """Make one briefing in a worker process; whatever goes wrong is this area's alone."""
    area = job[2]
    try:
        rendered = render_checked(*job)
    except IneqlibError as error:
        return Outcome(area, "failed", str(error))
    except Exception as error:
        return Outcome(area, "failed", f"{type(error).__name__}: {error}")
    return Outcome(area, "ready", rendered.summary)


def _write_index(run: Run, pack: Pack, outcomes: tuple[Outcome, ...]) -> Path:
    entries = pd.DataFrame(
        [
            {
                "area_code": outcome.area.code,
                "area_name": outcome.area.name,
                "href": f"{file_stem(outcome.area)}.html" if outcome.status == "ready" else "",
                "summary": outcome.summary,
                "status": outcome.status,
            }
            for outcome in outcomes
        ]
    )
    index = run.out / "index.html"
    page = index_html(
        entries,
        _shapes(pack, [outcome.area for outcome in outcomes]),
        title=run.title,
        fictional=pack.fictional,
        pack_title=pack.title,
        made_with=f"ineqlib {__version__}",
    )
    write_text(index, page)
    return index


def _shapes(pack: Pack, areas: list[Area]) -> gpd.GeoDataFrame:
    codes = [area.code for area in areas]
    level = "utla" if all(area.area_type == "utla" for area in areas) else "lad"
    if not pack.has(f"boundaries_{level}"):
        return gpd.GeoDataFrame({"code": []}, geometry=[])
    return pack.boundaries(level, codes)
