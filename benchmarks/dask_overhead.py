"""What Dask adds to a briefing, and what a thousand briefings take: the same work, three ways.

    python benchmarks/dask_overhead.py            print the page
    python benchmarks/dask_overhead.py --write    write it to docs/dask-overhead.md

On one machine: without Dask, with `--dask local`, and with a scheduler and a worker that are
programs of their own. The three take turns, so that a busy moment meets them all.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import page

from ineqlib.demo import make_demo_pack
from ineqlib.publish.batch import MEMORY, SECONDS
from ineqlib.publish.dask_backend import DaskBackend
from ineqlib.publish.dask_connection import Cluster
from ineqlib.publish.local_backend import Limits, LocalBackend
from ineqlib.publish.manifest import READY, Manifest
from ineqlib.publish.output_folder import OutputFolder
from ineqlib.publish.plan import Plan, plan
from ineqlib.publish.scheduler import Scheduler
from ineqlib.publish.staleness import Task

ROOT = Path(__file__).resolve().parents[1]
RUN = ROOT / "params" / "runs" / "demo.yml"
NEAR, LOCAL, FAR = "without Dask", "`--dask local`", "a scheduler and a worker process"
HEADER = "how | :seconds per briefing | :beside the first | :seconds to start"
PRICE = 0.04
"""Pounds for a core for an hour: an example to put your own price in."""
WORDS = """# What Dask adds, and what a thousand briefings take

The same {areas} briefings of the demonstration county, {workers} at a time, each way {repeats}
times in turn, on {machine},
distributed {distributed}.
Pages are checked and published as always. Times are medians. The machine was shared: its load was
{load:.0f} before this began (0 is idle), so only the times of this page can be compared with each
other, and only roughly where the load was high.

{table}

A worker is started once a batch, and makes ready by itself: opens the pack and works through one
briefing, so that those after it find everything warm.

## A thousand briefings

One briefing took **{cpu:.1f} seconds of one core** (all processes together, checking included;
without Dask, start-up taken off). So a thousand take

- {cpu:.1f} s × 1,000 ÷ 3,600 = **{hours:.2f} core-hours**;
- on {workers} cores {hours:.2f} ÷ {workers} = {two:.2f} hours, on 32 cores {many:.1f} minutes;
- at £{price:.2f} a core-hour (an example, no offer) {hours:.2f} × £{price:.2f} = **£{pounds:.2f}**.

`python benchmarks/dask_overhead.py --write` writes this page.
"""


def main() -> None:
    """Measure, and print the page or write it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/dask-overhead.md")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--areas", type=int, default=10, help="how many of the ten districts")
    options.add_argument("--workers", type=int, default=os.cpu_count())
    asked = options.parse_args()
    asked.load = os.getloadavg()[0]
    with TemporaryDirectory() as place:
        folder = Path(place)
        planned = plan(RUN, pack=make_demo_pack(folder / "pack"), out=folder / "out")
        planned = replace(planned, targets=planned.targets[: asked.areas])
        cpu = cpu_of_one(planned, asked.workers)
        ways = compare(planned, asked.workers, asked.repeats)
    text = report(ways, cpu, len(planned.targets), asked)
    print(page.write("dask-overhead.md", text) if asked.write else text)


def compare(planned: Plan, workers: int, repeats: int) -> dict[str, tuple[float, float]]:
    """Return seconds to start and median seconds per briefing, for each way."""
    limits, first = Limits(workers, SECONDS, MEMORY), example(planned)
    with contextlib.ExitStack() as open_backends:
        started, backend = {}, {}
        for way in (NEAR, LOCAL, FAR):
            begin = time.monotonic()
            if way == NEAR:
                made = LocalBackend(limits, planned.pack.path, first)
            else:
                address = "local" if way == LOCAL else open_backends.enter_context(cluster(workers))
                made = DaskBackend(
                    Cluster(address, workers), limits, planned.pack, planned.pack.path, first
                )
            backend[way] = open_backends.enter_context(made)
            started[way] = time.monotonic() - begin
        took = {way: [] for way in backend}
        for _ in range(repeats):
            for way, those in backend.items():
                took[way].append(work(planned, those))
    return {way: (started[way], statistics.median(times)) for way, times in took.items()}


def example(planned: Plan) -> tuple[str, str]:
    """Return the document and the subject that processes make ready with."""
    first = planned.targets[0]
    return first.document.name, first.subject.code


def work(planned: Plan, backend: LocalBackend | DaskBackend) -> float:
    """Make all briefings anew; return seconds per briefing."""
    tasks = tuple(Task(target, "measured") for target in planned.targets)
    with TemporaryDirectory() as place, OutputFolder(Path(place)) as folder:
        manifest, run = Manifest(), replace(planned.run, out=folder.path)
        begin = time.monotonic()
        Scheduler(run, planned.pack, folder, manifest, backend).work(tasks, lambda _: None)
        took = time.monotonic() - begin
    assert all(entry.status == READY for entry in manifest.entries.values())
    return took / len(tasks)


def cpu_of_one(planned: Plan, workers: int) -> float:
    """Return the processor seconds of one briefing, all processes counted, start-up taken off."""
    used = []
    for targets in ((), planned.targets):
        before = processor_seconds()
        with LocalBackend(
            Limits(workers, SECONDS, MEMORY), planned.pack.path, example(planned)
        ) as backend:
            if targets:
                work(planned, backend)
        used.append(processor_seconds() - before)
    return (used[1] - used[0]) / len(planned.targets)


def processor_seconds() -> float:
    """Processor time of this process and of all its children that have ended."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


@contextlib.contextmanager
def cluster(threads: int) -> Iterator[str]:
    """Run a scheduler and a worker as programs of their own; give the address."""
    with TemporaryDirectory() as place, contextlib.ExitStack() as running:
        file = Path(place) / "scheduler.json"
        words = ["--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard"]
        for part in (["scheduler", "--port", "0"], ["worker", "--nthreads", str(threads)]):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *part, *words], stderr=subprocess.DEVNULL
            )
            running.callback(process.wait)
            running.callback(process.terminate)
            while not file.exists():
                time.sleep(0.1)
        yield json.loads(file.read_text(encoding="utf-8"))["address"]


def report(
    ways: dict[str, tuple[float, float]], cpu: float, areas: int, asked: argparse.Namespace
) -> str:
    """Write the page."""
    least = ways[NEAR][1]
    rows = [
        [way, f"{each:.2f}", f"{each / least - 1:+.0%}" if way != NEAR else "", f"{start:.1f}"]
        for way, (start, each) in ways.items()
    ]
    hours = cpu * 1000 / 3600
    return WORDS.format(
        areas=areas,
        workers=asked.workers,
        repeats=asked.repeats,
        load=asked.load,
        machine=page.machine(),
        distributed=version("distributed"),
        table=page.table(HEADER, rows),
        cpu=cpu,
        hours=hours,
        two=hours / asked.workers,
        many=hours / 32 * 60,
        price=PRICE,
        pounds=hours * PRICE,
    )


if __name__ == "__main__":
    main()
