"""Batches that are killed at random moments, each in a fork of this process; run as a program.

What makes a briefing is stood in for, so that nearly all of a batch's life is publishing, and so
that fifty of them take seconds.
"""

import gc
import os
import random
import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ineqlib.files import file_sha256
from ineqlib.publish import local_backend
from ineqlib.publish.area_selection import AreaChoice
from ineqlib.publish.batch import render_batch
from ineqlib.publish.job import BOOK, PAGE, Job, PageReport
from ineqlib.publish.manifest import MANIFEST, READY, read_manifest
from ineqlib.publish.output_folder import LOCK
from ineqlib.publish.run_file import Run, notebook_request
from ineqlib.publish.staleness import Selection

KILLS = 50
LONGEST = 0.25
WORKERS = 2
END = "<!-- the end -->"


@dataclass(frozen=True)
class StandIn:
    """Makes pages that can be told whole from torn, as fast as a disk takes them."""

    seed: int
    at_once: int = WORKERS
    notes: tuple[str, ...] = ()

    def make(self, job: Job, slot: int) -> PageReport:
        random.seed(f"{self.seed} {job.subject.code}")
        time.sleep(random.uniform(0, 0.01))
        text = f"{job.subject.code} {self.seed} " * 5_000 + END
        (job.folder / PAGE).write_text(text, encoding="utf-8")
        (job.folder / BOOK).write_text(text, encoding="utf-8")
        return PageReport("toy", f"seed {self.seed}", f"opening of {job.subject.code}", (), [])

    def check(self, *_: object) -> None:
        return None


def batch(run: Run, seed: int, choose: Selection) -> None:
    @contextmanager
    def stand_in(*_: object):
        yield StandIn(seed)

    local_backend.LocalBackend = stand_in
    render_batch(run, workers=WORKERS, choose=choose)


def in_a_fork(run: Run, seed: int, choose: Selection, after: float | None) -> bool:
    """Run a batch in a process of its own, and kill it `after` seconds; tell if it was killed."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            batch(run, seed, choose)
            status = 0
        finally:
            os._exit(status)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    return os.WIFSIGNALED(status)


def astray(out: Path) -> set[str]:
    """Return the areas whose page is whole, but is not the one the manifest has: remade next."""
    if not (out / MANIFEST).exists():
        return set()
    ready = [entry for entry in read_manifest(out).entries.values() if entry.status == READY]
    return {entry.subject_name for entry in ready if not entry.is_as_published(out)}


def faults(out: Path, before: set[str]) -> list[str]:
    """Return what is not as it must be after a kill, whatever the moment.

    `before` are the areas that the kill before had already led astray.
    """
    found = [
        f"{path.name} is torn"
        for path in [*out.glob("x*.html"), *out.glob("x*.ipynb")]
        if not path.read_text(encoding="utf-8").endswith(END)
    ]
    if not (out / MANIFEST).exists():
        return found
    entries = read_manifest(out).entries.values()
    ready = [entry for entry in entries if entry.status == READY]
    found += [f"{n} is lost" for entry in ready for n in entry.files if not (out / n).is_file()]
    # The lock on publishing lets one area at a time be between its page and its entry.
    new = astray(out) - before
    return found + ([f"{new} are not what the manifest says"] if len(new) > 1 else [])


def main(notebook: Path, pack: Path, out: Path) -> int:
    request = notebook_request(notebook)
    run = Run("Killed", pack, out, (request,), AreaChoice(parent="X10000001"))
    moments = random.Random(4)
    in_a_fork(run, 0, Selection(), None)
    gc.freeze()
    kills = 0
    for seed in range(1, 4 * KILLS):
        before = astray(out)
        kills += in_a_fork(run, seed, Selection(again=True), moments.uniform(0, LONGEST))
        if found := faults(out, before):
            print(f"after kill {kills}: {found}")
            return 1
        if kills == KILLS:
            break
    in_a_fork(run, 0, Selection(), None)
    whole = read_manifest(out)
    left = [path.name for path in out.glob(".*") if path.name != LOCK]
    wrong = [
        entry.subject_name for entry in whole.entries.values() if not entry.is_as_published(out)
    ]
    index = file_sha256(out / "index.html") == whole.index["sha256"]
    print(f"{kills} kills, {len(whole.entries)} briefings, left {left}, wrong {wrong}, {index=}")
    return 0 if kills == KILLS and len(whole.entries) == 10 and not left and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
