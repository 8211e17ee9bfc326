"""Our measures beside a plain loop, and beside the R reference where it is installed.

    python benchmarks/measures.py            print the table
    python benchmarks/measures.py --write    write it to docs/benchmarks.md
    python benchmarks/measures.py --check    hold answers equal and time nothing, as the tests do

Ours, the loop and R solve the same problems in the same run, and their answers are held equal
before anything is timed. Only ratios mean anything: seconds are this machine's, at this moment.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import page
import pandas as pd
from cases import CASES, SIMULATED, Case, Simulated

REPEATS = 7
CHECKED = 5
SCRIPT = Path(__file__).with_name("measures.R")
HEADER = "problem | :ours, ms | :loop, s | :loop ÷ ours | :R, s | R figure is | :R ÷ ours"
WORDS = """# Benchmarks

`ineqlib.measures` solves every area in one call. Here it stands beside a loop over areas as an
analyst would write it in pandas and statsmodels (`benchmarks/plain.py`, `plain_groups.py`), and
beside the R packages England's and WHO's analysts use: the same problems, with 95% limits, in the
same run, answers held equal before anything is timed. Only the ratios mean anything: seconds are
one machine's, and the processor's, so that what else it had to do does not count.

Run on {machine}.
{reference}

{table}

- **Ours**: the quickest of {repeats} calls. **Loop**: one pass of the plain loop; "of 200" means
  timed on so many areas and scaled up.
- **R figure**: {meaning}
- The R reference simulates the limits of slope and relative indices with 100,000 draws; ours are
  exact ([decision 0001](decisions/0001-sii-and-rii-limits.md)).
- The loop over WHO's measures draws values again 100 times where there is no formula for limits, as
  WHO's toolkit does; ours need no draws ([decision 0008](decisions/0008-limits-of-dispersion.md)).

## Simulated limits, where they are asked for by name

{simulated}

`python benchmarks/measures.py --write` writes this page.
"""
QUOTED = """"quoted, another run" is what the requirements of this project state for the
  reference on two shared cores; where it says "scaled", by the number of areas."""


@dataclass(frozen=True)
class Timing:
    """Seconds of one case."""

    ours: float
    loop: float
    reference: float
    source: str


def main() -> None:
    """Print the table or write its page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options.add_argument("--check", action="store_true", help="hold answers equal, time nothing")
    asked = options.parse_args()
    if asked.check:
        for case in CASES:
            hold_equal(case, case.loop(few := min(case.looped, CHECKED)), few)
        return
    packages = r_packages()
    found = r_seconds() if packages else {}
    rows = [row(case, timing(case, found)) for case in CASES]
    simulated = [f"- {simulate(case)}" for case in SIMULATED]
    text = WORDS.format(
        machine=page.machine(),
        reference=f"R packages: {packages or 'none on this machine'}.",
        table=page.table(HEADER, rows),
        repeats=REPEATS,
        meaning=QUOTED if len(found) < len(CASES) else "measured in this run.",
        simulated="\n".join(simulated),
    )
    print(page.write("benchmarks.md", text) if asked.write else text)


def timing(case: Case, found: dict[str, float]) -> Timing:
    """Hold both answers equal, then time them."""
    expected, loop = clocked(lambda: case.loop(case.looped))
    hold_equal(case, expected, case.looped)
    quickest = min(clocked(case.ours)[1] for _ in range(REPEATS))
    if case.name in found:
        reference, source = found[case.name], "this run"
    else:
        reference, source = case.quoted, case.quoted_words
    return Timing(quickest, loop * case.areas / case.looped, reference, source)


def hold_equal(case: Case, expected: Sequence[np.ndarray], areas: int) -> None:
    """Fail unless our answers for the first areas are those expected."""
    for ours, theirs in zip(case.ours(), expected, strict=True):
        flat = np.asarray(ours).reshape(case.areas, -1)[:areas].reshape(-1)
        np.testing.assert_allclose(flat, theirs, rtol=1e-7, atol=1e-12, err_msg=case.title)


def clocked(solve: Callable[[], object]) -> tuple:
    """What a call returns, and the processor's seconds it took, whatever else is running."""
    start = time.process_time()
    found = solve()
    return found, time.process_time() - start


def row(case: Case, timed: Timing) -> list[str]:
    """One line of the table."""
    of = "" if case.looped == case.areas else f" (of {case.looped:,})"
    return [
        case.title,
        f"{timed.ours * 1000:.2g}" if timed.ours < 0.01 else f"{timed.ours * 1000:.0f}",
        f"{timed.loop:.2g}{of}" if timed.loop < 10 else f"{timed.loop:.0f}{of}",
        f"{timed.loop / timed.ours:,.0f}",
        f"{timed.reference:,.1f}".removesuffix(".0"),
        timed.source,
        f"{timed.reference / timed.ours:,.0f}",
    ]


def simulate(case: Simulated) -> str:
    """Time one simulation and measure the memory it takes."""
    _, seconds = clocked(case.solve)
    tracemalloc.start()
    case.solve()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{case.title}: {seconds:.1f} s, at most {peak / 1e6:.0f} MB held at a time."


def r_packages() -> str:
    """Reference packages that R has here; empty where there is no R or none of them."""
    program = shutil.which("Rscript")
    if not program:
        return ""
    asked = subprocess.run(
        [program, str(SCRIPT), ".", "check"], capture_output=True, text=True, check=True
    )
    return ", ".join(asked.stdout.split("\n")).strip(", ")


def r_seconds() -> dict[str, float]:
    """Seconds that R takes for each case, after holding its values against ours."""
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            case.frame.to_csv(Path(folder) / f"{case.name}.csv", index=False)
        command = [str(shutil.which("Rscript")), str(SCRIPT), folder]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        found = {name: float(seconds) for name, seconds in (line.split(",") for line in lines)}
        for case in CASES:
            if case.name in found and case.r_column:
                theirs = pd.read_csv(Path(folder) / f"{case.name}_r.csv")[case.r_column]
                ours = np.asarray(case.ours()[0]).reshape(-1)
                np.testing.assert_allclose(ours, theirs, rtol=1e-6, err_msg=f"{case.title}, in R")
    return found


if __name__ == "__main__":
    main()
