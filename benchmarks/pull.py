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

from made_publishers import DELAY, INDICATORS, LOWER, SMALL, UPPER
from page import machine, table, write

HERE = Path(__file__).resolve().parent
MOST_SECONDS, MOST_MEMORY = 90, 600
PULL = """
import json, resource, sys, time
from click.testing import CliRunner
from ineqlib.cli import main
done = CliRunner().invoke(main, sys.argv[1:])
if done.exit_code:
    raise SystemExit(done.output)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""


def pull(scratch: Path, *words: str) -> tuple[float, float, float]:
    """Pull all districts in a process of its own: wall seconds, the processor's, MB at most."""
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(scratch / "cache"),
        # On Linux every connection reads the system's certificates anew: here they are few.
        "SSL_CERT_FILE": str(scratch / "unknown.pem"),
        "SSL_CERT_DIR": str(scratch),
    }
    command = [sys.executable, "-c", PULL, "pull", "--all", "districts", "--out", "pack"]
    command += ["--network", str(scratch / "network.yml"), "--quiet", *words]
    start = time.perf_counter()
    done = subprocess.run(
        command, env=environment, cwd=scratch, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    wall = time.perf_counter() - start
    processor, memory = json.loads(done.stdout.splitlines()[-1])
    return wall, processor, memory


def report(
    costs: dict[str, tuple[float, float, float]], size: int, rows: int, requests: int
) -> str:
    """Write the page."""
    lines = [
        [name, f"{wall:.0f}", f"{processor:.0f}", f"{memory:,.0f} MB"]
        for name, (wall, processor, memory) in costs.items()
    ]
    wall, processor, memory = costs["first"]
    kept = "kept" if wall < MOST_SECONDS and memory < MOST_MEMORY else "not kept"
    return f"""# What a pull of all districts costs

`ineq pull --all districts` from publishers played on this computer, which answer each request after
{1000 * DELAY:.0f} ms with made-up figures of {len(LOWER)} districts and unitary authorities,
{len(UPPER)} counties and unitary authorities and nine regions: {INDICATORS} indicators, {rows:,} rows
({size / 1e6:,.0f} MB), and the shapes, wards and deprivation of {len(SMALL):,} neighbourhoods. Fetching,
proving, keeping and building are all counted. {machine()}.

{table("Pull | :seconds | :of the processor | :peak memory", lines)}

The aims are {MOST_SECONDS} seconds and {MOST_MEMORY} MB for the first: they are {kept} here. It makes
{requests} requests, those to one host half a second apart; while others use the machine, the seconds of
the processor say more than those of the clock. The second pull asks nobody, and its pack is found
unchanged.

`python benchmarks/pull.py --write` writes this page.
"""


def main() -> None:
    """Measure, and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page of docs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        with subprocess.Popen(
            [sys.executable, str(HERE / "made_publishers.py"), str(scratch)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as publishers:
            size, rows = json.loads(publishers.stdout.readline())
            costs = {}
            for name in ("first", "second"):
                costs[name] = pull(scratch)
                print(name, costs[name], file=sys.stderr)
            out, _ = publishers.communicate()
        text = report(costs, size, rows, int(out))
    print(write("benchmark-pull.md", text) if asked.write else text)


if __name__ == "__main__":
    main()
