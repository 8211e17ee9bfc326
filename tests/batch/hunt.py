"""Real batches whose processes are killed one after the other, at random moments.

Nothing stands in for anything: each batch is `ineq render` in a process of its own, with the
fork server, renderers and workers it starts; each kill is the system's, of whichever chance takes.
"""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import nbformat
import psutil

from ineqlib.publish.manifest import MANIFEST, READY, Entry, Manifest, read_manifest

KINDS = ("parent", "fork server", "renderer", "worker")
LONGEST_GAP = 0.25
"""Seconds between two kills in one batch."""
END = 20
"""Seconds in which all that a batch has started is gone, however busy the machine."""

HALF = 2
"""Of the four districts of a batch."""

Family = dict[str, list[psutil.Process]]


class Batch:
    """`ineq render` in a process of its own."""

    def __init__(self, run_file: Path, out: Path, words: Path) -> None:
        command = [sys.executable, "-m", "ineqlib", "render", str(run_file), "--out", str(out)]
        self._words = words
        with words.open("w", encoding="utf-8") as file:
            self.process = psutil.Popen([*command, "--workers", "2", "--quiet"], stderr=file)
        self._started: set[psutil.Process] = set()

    def ends_within(self, seconds: float) -> bool:
        """Wait for that long; tell whether it has ended."""
        with suppress(subprocess.TimeoutExpired, psutil.TimeoutExpired):
            self.process.wait(seconds)
        return self.process.poll() is not None

    def said(self) -> str:
        """Return what it has written."""
        return self._words.read_text(encoding="utf-8")

    def family(self) -> Family:
        """Return its processes by kind; a kind it has none of at the moment is not there."""
        found: Family = {"parent": [self.process]}
        for child in self.process.children():
            with suppress(psutil.Error):  # it has ended meanwhile
                line = " ".join(child.cmdline())
                if "ineqlib.charts.draw.renderers" in line:
                    found.setdefault("renderer", []).append(child)
                elif "ineqlib.processes" in line:
                    found["fork server"] = [child]
                    found["worker"] = child.children()
        self._started.update(each for kind in found.values() for each in kind)
        found = {kind: [each for each in held if lives(each)] for kind, held in found.items()}
        return {kind: held for kind, held in found.items() if held}

    def left(self) -> list[psutil.Process]:
        """Return what it has started and still lives when it has had time to end."""
        until = time.monotonic() + END
        while (left := [each for each in self._started if lives(each)]) and (
            time.monotonic() < until
        ):
            time.sleep(0.05)
        return left


def lives(process: psutil.Process) -> bool:
    """Tell whether a process runs; one that nobody has cleared away does not."""
    with suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


class Hunt:
    """One batch after the other, killed here and there, until all kinds were hit often enough.

    Parameters
    ----------
    run_file
        What is run.
    folder
        Where outputs and words go.
    seed
        Decides which process is killed when, as far as the machine's own pace allows.
    """

    def __init__(self, run_file: Path, folder: Path, seed: int) -> None:
        self._run_file, self._folder = run_file, folder
        self._chance = random.Random(seed)
        self._number = 0
        self.out = folder / "out-0"
        self.ready: dict[str, Entry] = {}
        self.kills: Counter[str] = Counter()
        self._measure()

    def _measure(self) -> None:
        """Make all undisturbed: how long it takes until half is there, and what each page is."""
        out, began = self._folder / "undisturbed", time.monotonic()
        batch = Batch(self._run_file, out, self._folder / "undisturbed.txt")
        while len(list(out.glob("x*.html"))) < HALF and not batch.ends_within(0.05):
            pass
        self._half_way = time.monotonic() - began
        assert batch.process.wait() == 0, batch.said()
        self.pages = {path.name: path.read_bytes() for path in out.glob("x*.html")}

    def _start(self) -> Batch:
        """Start a batch into the folder there is, or into a new one where all is made."""
        if len(self.ready) == len(self.pages):
            self._number += 1
            self.out, self.ready = self._folder / f"out-{self._number}", {}
        return Batch(self._run_file, self.out, self._folder / "words.txt")

    def run(self, kills: int, least: int) -> None:
        """Kill that many, and at least so many of each kind; all is verified after each."""
        while self.kills.total() < kills or min(self.kills[kind] for kind in KINDS) < least:
            batch = self._start()
            # From its very start on; what comes after half way is met by the kills that follow.
            wait = self._chance.uniform(0, self._half_way)
            while not batch.ends_within(wait):
                self._kill(batch, least)
                self.verify()
                wait = self._chance.uniform(0, LONGEST_GAP)
            self._require_good_end(batch)
            self.verify()

    def finish(self) -> Manifest:
        """Run the same command once more, undisturbed; return what it has made of the folder."""
        batch = Batch(self._run_file, self.out, self._folder / "words.txt")
        assert batch.process.wait() == 0, batch.said()
        self.verify()
        return read_manifest(self.out)

    def _kill(self, batch: Batch, least: int) -> None:
        family = batch.family()
        # A parent lives longest, and all others are gone with it: who was hit often enough waits
        # until the others were, and a parent from then on, so that there are more kills in a batch.
        kinds = [kind for kind in KINDS if self.kills[kind] < least] or KINDS[1:]
        alive = [(kind, each) for kind in kinds for each in family.get(kind, [])]
        if not alive:  # they have not begun yet, or have just ended
            return
        kind, victim = self._chance.choice(alive)
        with suppress(psutil.NoSuchProcess):
            victim.kill()
            self.kills[kind] += 1

    def _require_good_end(self, batch: Batch) -> None:
        """Nothing is left; where nobody killed the parent, all is made or words say what failed."""
        assert batch.left() == []
        if batch.process.returncode != -signal.SIGKILL:
            assert batch.process.returncode in {0, 1}, batch.said()
            assert "Traceback" not in batch.said(), batch.said()

    def verify(self) -> None:
        """Hold the folder to what was there before, to its manifest, and to undisturbed pages."""
        for path in self.out.glob("x*.html"):
            assert path.read_bytes() == self.pages[path.name], f"{path} is not whole"
        for path in self.out.glob("x*.ipynb"):
            nbformat.read(path, as_version=4)
        there = read_manifest(self.out).entries if (self.out / MANIFEST).exists() else {}
        ready = {code: entry for code, entry in there.items() if entry.status == READY}
        assert [e.subject_name for e in ready.values() if not e.is_as_published(self.out)] == []
        assert {code: ready.get(code) for code in self.ready} == self.ready, "something was lost"
        self.ready = ready
