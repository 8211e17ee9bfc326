"""How long a beginner waits for Python, `import ineqlib` and the first commands.

python benchmarks/starting.py            print the table
python benchmarks/starting.py --write    write it to docs/benchmark-starting.md
"""

import os
import subprocess
import sys
from pathlib import Path

import page

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
BARE = "python -c pass"
COMMANDS = {
    BARE: ["-c", "pass"],
    "import ineqlib": ["-c", "import ineqlib"],
    "ineq --help": ["-m", "ineqlib", "--help"],
    "import pandas": ["-c", "import pandas"],
    "ineq areas (demonstration)": ["-m", "ineqlib", "areas", "--pack", "data/demo"],
    "ineq areas (England)": ["-m", "ineqlib", "areas", "--pack", "data/packs/england"],
}
MUST = {"import ineqlib": 0.2, "ineq --help": 0.3, **dict.fromkeys(list(COMMANDS)[-2:], 1.0)}
"""Command -> seconds that it may take."""


def seconds(words: list[str]) -> float:
    """Processor time of one run: what else the machine does makes it hardly longer."""
    before = os.times()
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def quickest(runs: int) -> dict[str, float]:
    """Least time of each command, all run in turn."""
    there = {
        name: words
        for name, words in COMMANDS.items()
        if "--pack" not in words or (ROOT / words[-1]).is_dir()
    }
    times = [{name: seconds(words) for name, words in there.items()} for _ in range(runs)]
    return {name: min(run[name] for run in times) for name in there}


def table(times: dict[str, float]) -> str:
    rows = [
        [
            f"`{name}`",
            f"{taken:.2f} s",
            f"{taken / times[BARE]:.1f}",
            f"{MUST[name]:.1f} s" if name in MUST else "",
        ]
        for name, taken in times.items()
    ]
    return page.table("what | : time | : times a bare Python | : may take", rows)


def main() -> None:
    text = (
        "# How long the first commands take\n\n"
        f"Each is started anew, the quickest of {RUNS}, all in turn, in time of the processor. The "
        "ratio to a Python that does nothing holds on other computers. Of `ineq areas`, pandas and "
        f"pyarrow take nearly all. {page.machine()}.\n\n{table(quickest(RUNS))}\n\n"
        "`python benchmarks/starting.py --write` writes this page.\n"
    )
    if "--write" in sys.argv:
        page.write("benchmark-starting.md", text)
    print(text)


if __name__ == "__main__":
    main()
