"""What a build makes of files damaged on purpose, in every layout and every way we know.

    python benchmarks/mutations.py            print the page
    python benchmarks/mutations.py --write    write it to docs/mutations.md
    python benchmarks/mutations.py --minutes 60 --start 7
                                              stop in time; damage other files than the last time

The files and the ways to damage them are those of tests/mutations, which the tests try with fewer.
"""

import argparse
import gc
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.mutations.campaign import IN_TESTS, Trial, campaign

FILES = 20_000
OUTCOMES = ("refused", "set aside", "warned", "harmless", "changed in silence")
HEADER = "| :files | :refused | :set aside | :warned | :harmless | :silent | :of these evident"
WORDS = """# Damaged files

A file that was right is damaged in one place or throughout, and `ineq build` reads it. {files:,}
such files were made from small ones with invented numbers, in {layouts} layouts and {mutations}
ways, evenly.

**{crashes} ended in a failure of ineqlib and {lost} lost a row from their account.** Of {evident:,}
in which a number means another thing than before and something left in the file shows it,
**{caught:.1%} were refused, set aside or warned of**.

- **Harmless**: every figure in the pack is as it was; some may be missing where rows were cut.
- **Silent**: a figure in the pack is another than before, and nothing is said.
- **Evident**: the limits, the count and denominator, the range, the other periods and areas, the
  order or the names in the file contradict the number. `tests/mutations/evidence.py` works that out
  apart from the [checks](plausibility.md). What is refused is not compared: whether its numbers
  are others is known by this alone.

`python benchmarks/mutations.py --write` writes this page; the tests damage {few} files each time
(`tests/mutations/test_mutations.py`).
"""
NOTHING_SHOWS = {
    "women": "nothing in the file says whose numbers are the higher ones, unless they are lives",
    "sexes": "nothing in the file says whose numbers are the higher ones, unless they are lives",
    "exchanged": "both numbers are possible for both areas, periods or groups, and where the file "
    "has limits or counts they went along or hold both",
    "scaled": "the file has no count, limit, other period or area that says which scale is right, "
    "or all of its numbers went along",
    "reversed": "a reversed gradient is possible, and labels and numbers of groups agree",
    "a digit changed": "the new number, period or code is as possible as the old one",
    "a bit flipped": "the new number, name or group is as possible as the old one",
    "bytes replaced": "the new number, name or group is as possible as the old one",
    "cut short": "the cut fell within the last cell, and what is left of it is possible",
    "renamed": "the column is kept as it is headed, in a table whose columns are free",
    "dropped": "a column that may be left out said whose or what the figures are",
    "doubled": "the table's columns are free, so another one is another figure",
    "otherwise": "a sign or a power is a number, where the indicator may be negative",
    "emptied": "the cell said whose or what the figure is, and may be empty",
    "lost": "the cells that moved are possible where they stand",
    "a century": "the period is possible",
    "put in": "it stands in a name or note, which then names another indicator or group",
}
"""Part of a mutation's name -> why nothing in the file shows it."""
MISSED = {
    "exchanged": "more than a fifth of the indicator's rows then disagree with their counts, or "
    "the difference is within the rounding that the check allows",
    "scaled": "too few others are there for the check, or they differ by more than it allows",
    "a digit changed": "the difference is within the rounding that the check allows, or too few "
    "others are there",
    "a bit flipped": "the difference is within the rounding that the check allows, or the code "
    "that one of a pair now has is of no area",
    "otherwise": "the number is possible where the indicator may be negative",
}
"""Part of a mutation's name -> why it was missed although something shows it."""


def main() -> None:
    """Print the page or write it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/mutations.md")
    options.add_argument("--files", type=int, default=FILES, help="how many to damage")
    options.add_argument("--start", type=int, default=0, help="of the chance, for another campaign")
    options.add_argument("--minutes", type=float, default=float("inf"), help="after which to stop")
    options.add_argument("--processes", type=int, default=1, help="in which they are damaged")
    asked = options.parse_args()
    share = asked.files // asked.processes
    with ProcessPoolExecutor(asked.processes) as pool:
        starts = range(asked.start, asked.start + asked.processes)
        parts = pool.map(damaged, repeat(share), starts, repeat(asked.minutes))
        text = report([trial for part in parts for trial in part])
    print(page.write("mutations.md", text) if asked.write else text)


def damaged(files: int, start: int, minutes: float) -> list[Trial]:
    """Damage and judge files until the time is over, telling now and then how many."""
    trials: list[Trial] = []
    end = time.monotonic() + 60 * minutes
    gc.set_threshold(100_000)  # looking for what is no longer used takes a fifth of the time
    with tempfile.TemporaryDirectory() as folder:
        for number, trial in enumerate(campaign(files, Path(folder), start), start=1):
            trials.append(trial)
            if number % 500 == 0:
                print(f"{number:,} of {files:,}", file=sys.stderr)
            if time.monotonic() > end:
                break
    return trials


def report(trials: list[Trial]) -> str:
    """Write the page: words, then the tables."""
    evident = [trial for trial in trials if _is_evident(trial)]
    words = WORDS.format(
        files=len(trials),
        layouts=len({trial.layout for trial in trials}),
        mutations=len({trial.mutation for trial in trials}),
        crashes=_number(trials, "crash"),
        lost=_number(trials, "rows lost"),
        evident=len(evident),
        caught=sum(trial.is_caught for trial in evident) / max(1, len(evident)),
        few=IN_TESTS,
    )
    silent = [trial for trial in trials if trial.outcome == "changed in silence"]
    parts = [
        *(words, "## By file", "", counts("file", trials, lambda trial: trial.seed), ""),
        *("## By damage", "", counts("damage", trials, lambda trial: trial.mutation), ""),
        "## What slips through although something shows it",
        "",
        slips([trial for trial in silent if trial.is_evident], MISSED),
        "",
        "## What slips through because nothing shows it",
        "",
        slips([trial for trial in silent if not trial.is_evident], NOTHING_SHOWS),
    ]
    return "\n".join(parts) + "\n"


def counts(name: str, trials: list[Trial], of: Callable[[Trial], str]) -> str:
    """A line for each file or way to damage it: how many, and what became of them."""
    rows = []
    for key in dict.fromkeys(sorted(map(of, trials))):
        mine = [trial for trial in trials if of(trial) == key]
        numbers = [len(mine), *(_number(mine, outcome) for outcome in OUTCOMES)]
        evident = [trial for trial in mine if _is_evident(trial)]
        caught = sum(trial.is_caught for trial in evident)
        share = f"{caught:,} of {len(evident):,}" if evident else ""
        rows.append([key, *(f"{number:,}" for number in numbers), share])
    return page.table(f"{name} {HEADER}", rows)


def slips(trials: list[Trial], reasons: dict[str, str]) -> str:
    """A line for each way to damage a file: in which files, how often, and why."""
    rows = []
    for mutation, number in Counter(trial.mutation for trial in trials).most_common():
        files = sorted({trial.seed for trial in trials if trial.mutation == mutation})
        rows.append([mutation, f"{number:,}", "; ".join(files), _reason(mutation, reasons)])
    return page.table("damage | :files | in | why", rows)


def _reason(mutation: str, reasons: dict[str, str]) -> str:
    return next((why for part, why in reasons.items() if part in mutation), "not known yet")


def _number(trials: Iterable[Trial], outcome: str) -> int:
    return sum(trial.outcome == outcome for trial in trials)


def _is_evident(trial: Trial) -> bool:
    return trial.is_evident and trial.outcome != "harmless"


if __name__ == "__main__":
    main()
