"""The ways to make briefings that are timed beside each other, each as its own processes."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "area_briefing.ipynb"
NO_DRAWING = Path(__file__).with_name("no_drawing")
WITHOUT_FORKING = Path(__file__).with_name("without_forking.py")
BESIDE_PYTHON = Path(sys.executable).parent
LOOK = 0.3
"""Seconds between looks at the memory."""


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of the processor, of so many briefings."""

    briefings: int
    clock: float
    processor: float

    @property
    def per_minute(self) -> float:
        """Briefings per minute by the clock."""
        return 60 * self.briefings / self.clock

    @property
    def processor_each(self) -> float:
        """Seconds of the processor for one briefing."""
        return self.processor / self.briefings


def stock(
    pack: Path, areas: list[str], folder: Path, *, at_once: int = 1, draws: bool = True
) -> Cost:
    """Papermill and nbconvert for each area, as an analyst does; some areas at the same time."""
    folder.mkdir()
    with ThreadPoolExecutor(at_once) as threads:
        return timed(
            len(areas),
            lambda: list(threads.map(lambda area: _stock_one(pack, area, folder, draws), areas)),
        )


def _stock_one(pack: Path, area: str, folder: Path, draws: bool) -> None:
    book = folder / f"{area}.ipynb"
    given = ["-p", "area", area, "-p", "pack", str(pack)]
    quiet = ["--no-progress-bar", "--cwd", str(NOTEBOOK.parent)]
    run([str(BESIDE_PYTHON / "papermill"), str(NOTEBOOK), str(book), *given, *quiet], draws)
    run([str(BESIDE_PYTHON / "jupyter"), "nbconvert", "--to", "html", "--no-input", book], draws)
    if not book.with_suffix(".html").is_file():
        raise RuntimeError(f"nbconvert wrote no page of {area}")


def ours(
    pack: Path, areas: list[str], out: Path, *, forks: bool = True, draws: bool = True
) -> Cost:
    """`ineq render`, start-up and checks included; into a folder that is empty, or has it all."""
    settings = {"title": "Benchmark", "notebook": str(NOTEBOOK), "pack": str(pack), "areas": areas}
    file = out.with_suffix(".yml")
    file.write_text(json.dumps({**settings, "out": str(out)}), encoding="utf-8")
    program = ["-m", "ineqlib"] if forks else [str(WITHOUT_FORKING)]
    command = [sys.executable, *program, "render", str(file), "--quiet"]
    cost = timed(len(areas), lambda: run(command, draws))
    if len(list(out.glob("*.ipynb"))) != len(areas):
        raise RuntimeError(f"ineq render did not make {len(areas)} briefings")
    return cost


def floor(pack: Path, areas: list[str]) -> Cost:
    """Make the same pages by plain function calls in one warm process."""
    script = Path(__file__).with_name("plain_briefings.py")
    clock, processor = json.loads(run([sys.executable, str(script), str(pack), *areas]))
    return Cost(len(areas), clock, processor)


def stages(pack: Path, areas: list[str]) -> dict[str, float]:
    """Return the processor's seconds for each stage of one briefing, in one warm process."""
    script = Path(__file__).with_name("briefing_stages.py")
    seconds: dict[str, float] = json.loads(run([sys.executable, str(script), str(pack), *areas]))
    return seconds


def run(command: list[str | Path], draws: bool = True) -> str:
    """Run a command to its end, charts drawn or not; return what it prints."""
    known = os.environ | {"PATH": f"{BESIDE_PYTHON}{os.pathsep}{os.environ['PATH']}"}
    first = [] if draws else [str(NO_DRAWING)]
    places = os.pathsep.join([*first, str(ROOT), *filter(None, [known.get("PYTHONPATH")])])
    done = subprocess.run(
        command,
        env=known | {"PYTHONPATH": places},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def timed(briefings: int, work: Callable[[], object]) -> Cost:
    """Return what work in other processes takes."""
    clock, before = time.monotonic(), _processor()
    work()
    return Cost(briefings, time.monotonic() - clock, _processor() - before)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Memory:
    """The largest memory of each kind of process of a batch, while this is open; Linux only.

    `peaks` holds megabytes by kind: what the process holds (RSS), and that with its share alone of
    what it has in common with others (PSS).
    """

    def __init__(self) -> None:
        self.peaks: dict[str, tuple[float, float]] = {}
        self.total = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK):
            total = 0.0
            for pid, kind in kinds(os.getpid()).items():
                held, share = _megabytes(pid)
                before = self.peaks.get(kind, (0.0, 0.0))
                self.peaks[kind] = (max(before[0], held), max(before[1], share))
                total += share
            self.total = max(self.total, total)


def kinds(root: int) -> dict[int, str]:
    """Return the processes under this one, each with what it is to a batch."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)] = (int(words[1]), (place / "cmdline").read_text())
        except OSError:
            continue  # it has ended
    batch = [pid for pid, (parent, _) in parents.items() if parent == root]
    found = dict.fromkeys(batch, "parent")
    below = {pid: line for pid, (parent, line) in parents.items() if parent in batch}
    for pid, line in below.items():
        found[pid] = "renderer" if "ineqlib.charts.draw.renderers" in line else "fork server"
    fork_servers = [pid for pid, kind in found.items() if kind == "fork server"]
    return found | {pid: "worker" for pid, (parent, _) in parents.items() if parent in fork_servers}


def _megabytes(pid: int) -> tuple[float, float]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
    return int(sizes.get("Rss", 0)) / 1000, int(sizes.get("Pss", 0)) / 1000
