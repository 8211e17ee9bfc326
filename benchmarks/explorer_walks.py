"""1,000 random walks through the explorer, and what they leave in memory.

    python benchmarks/explorer_walks.py            print the page
    python benchmarks/explorer_walks.py --write    write it to docs/explorer-walks.md

A walk is that of tests/unit/explorer_walk.py, of which the tests try a few.
"""

import argparse
import gc
import sys
from pathlib import Path

import psutil
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from page import machine, table, write

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.unit.explorer_walk import Walk

BATCH, STEPS = 100, 15
DATA = Path(__file__).resolve().parents[1] / "data"
PACKS = {"Demonstration": (DATA / "demo", 1000), "England": (DATA / "packs" / "england", 100)}
WORDS = """# Random walks through the explorer

Hypothesis's stateful tests choose areas, indicators, sexes, groups, periods, second areas, views
and marks at random, paste bookmarks and nonsense, ask for what is not there, and look at what the
views show, up to {steps} steps a walk (`tests/unit/explorer_walk.py`). After each step the question
must be one that can be asked; each view looked at must either say why there is nothing to show or
tell a sentence whose facts it has; and each fact that is published must be the value of its row,
read from the pack by other means. No walk ended otherwise, or in an error.

Memory is what the process holds after so many walks, the tables of the pack and what is kept of
them included. What is kept is bounded, and the first walks fill it. {machine}.

{tables}

`python benchmarks/explorer_walks.py --write` writes this page.
"""


def megabytes() -> float:
    """Return what this process holds."""
    gc.collect()
    return psutil.Process().memory_info().rss / 2**20


def walk(path: Path, walks: int) -> list[list[str]]:
    """Walk, a batch after the other; return a row of a table for each."""

    class Here(Walk):
        pack = str(path)

    rows = []
    for batch in range(walks // BATCH):
        run_state_machine_as_test(
            seed(batch)(Here),
            settings=settings(
                max_examples=BATCH,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        rows.append([f"{BATCH * (batch + 1):,}", f"{Here.looks:,}", f"{megabytes():,.0f} MB"])
        print(path.name, *rows[-1], file=sys.stderr, flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write docs/explorer-walks.md")
    head = "walks | : views looked at | : memory"
    tables = "\n\n".join(
        f"## {name} pack\n\n{table(head, walk(path, walks))}"
        for name, (path, walks) in PACKS.items()
        if path.is_dir()
    )
    text = WORDS.format(steps=STEPS, machine=machine(), tables=tables)
    if parser.parse_args().write:
        write("explorer-walks.md", text)
    else:
        print(text)


if __name__ == "__main__":
    main()
