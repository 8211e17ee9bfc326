"""What a pull of all districts costs: seconds and memory, against publishers on this computer.

``python benchmarks/pull.py --write`` writes the page of docs. Publishers are a process of their own
and answer after 50 ms; the pull is another.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from made_publishers import DELAY, FURTHER, INDICATORS, LOWER, SMALL, UPPER
from page import cores, machine, table, write

HERE = Path(__file__).resolve().parent
MOST_SECONDS, MOST_MEMORY = 90, 600
WHOLE = "the whole: fetching, proving, keeping, building"
FETCH = """
from ineqlib.pulling import fetch, open_fetcher, plan_all
with open_fetcher("usual", Path("network.yml")) as fetcher:
    fetch(plan_all("districts", fetcher), Path("fetched"), fetcher, lambda _what: None)
"""
PULL = """
from click.testing import CliRunner
from ineqlib.cli import main
words = "pull --all districts --out pack --network network.yml --quiet".split()
done = CliRunner().invoke(main, words)
if done.exit_code:
    raise SystemExit(done.output)
"""
COST = """
import json, resource
from pathlib import Path
{program}
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
work = sum(use.ru_utime + use.ru_stime for use in used)
print(json.dumps([work, sum(use.ru_maxrss for use in used) / 1024]))
"""


class Cost(NamedTuple):
    """Seconds by the clock and of processors, and the most memory in MB.

    Those of the program and, together with it, of the processes that it starts; of their memory
    that of the largest.
    """

    wall: float
    processor: float
    memory: float


def cost(program: str, scratch: Path, cache: str) -> Cost:
    """Run a program in a process of its own."""
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(scratch / cache),
        # On Linux every connection reads the system's certificates anew: here they are few.
        "SSL_CERT_FILE": str(scratch / "unknown.pem"),
        "SSL_CERT_DIR": str(scratch),
    }
    command = [sys.executable, "-c", COST.format(program=program)]
    start = time.perf_counter()
    done = subprocess.run(
        command, env=environment, cwd=scratch, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return Cost(time.perf_counter() - start, *json.loads(done.stdout.splitlines()[-1]))


def report(costs: dict[str, Cost], size: int, rows: int, requests: int) -> str:
    """Write the page."""
    lines = [
        [name, f"{cost.wall:.0f}", f"{cost.processor:.0f}", f"{cost.memory:,.0f} MB"]
        for name, cost in costs.items()
    ]
    whole, load = costs[WHOLE], os.getloadavg()[0]
    aims = (
        f"{MOST_SECONDS} seconds ({_kept(whole.wall, MOST_SECONDS)}) and {MOST_MEMORY} MB "
        f"({_kept(whole.memory, MOST_MEMORY)})"
    )
    return f"""# What a pull of all districts costs

`ineq pull --all districts` from publishers played on this computer, which answer each request
after {1000 * DELAY:.0f} ms with made-up figures of {len(LOWER)} districts and unitary authorities,
{len(UPPER)} counties and unitary authorities and nine regions: {INDICATORS} indicators, {rows:,}
rows ({size / 1e6:,.0f} MB), {len(FURTHER)} further indicators of Explore Local Statistics, and
the shapes, wards and deprivation of {len(SMALL):,} neighbourhoods. Each line is a process of its
own; the memory is that of it and of the largest process it starts. {machine()}.

{table("What | :seconds | :of the processor | :peak memory", lines)}

The aims for the whole are {aims}.
It makes {requests} requests, those to one host half a second apart, which is what fetching
waits for; others may have used the machine meanwhile (load {load:.0f} on
{cores()} cores), so that the seconds of the processor say more than those of the clock.

Every figure of the {INDICATORS} indicators is made for both tiers, so that those of unitary
authorities come twice. Most memory is taken while the shapes of all neighbourhoods are read, and
while they are thinned.

`python benchmarks/pull.py --write` writes this page.
"""


def _kept(cost: float, aim: float) -> str:
    return "kept" if cost < aim else f"missed: {cost:.0f}"


def main() -> None:
    """Measure, and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page of docs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        with subprocess.Popen(
            [sys.executable, str(HERE / "made_publishers.py"), str(scratch)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as publishers:
            assert publishers.stdout
            size, rows = json.loads(publishers.stdout.readline())
            costs = {
                "fetching alone": cost(FETCH, scratch, "cache of fetching"),
                WHOLE: cost(PULL, scratch, "cache"),
                "the same again: nobody is asked, the pack is kept": cost(PULL, scratch, "cache"),
            }
            out, _ = publishers.communicate()
        text = report(costs, size, rows, int(out) // 2)
    print(write("benchmark-pull.md", text) if asked.write else text)


if __name__ == "__main__":
    main()
