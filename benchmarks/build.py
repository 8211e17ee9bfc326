"""What building a pack costs beside reading the same bytes with pandas: time and memory.

``python benchmarks/build.py --write`` writes the page of docs. Every measurement is a process of
its own; the ways take turns within one run, and only their ratios are told.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from made_download import write_download
from page import machine, table, write

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
ROWS = 2_000_000
ENGLAND = "England's folder"
MOST_TIMES = 4.0
"""What a build of England's folder should take at most of the time of all files' plain readers."""
MOST_OF_FIRST = 0.12
"""What a build with one new file should take at most, of the work of the first."""

BUILD = """
import sys
from ineqlib.pack.build import build
build(sys.argv[1], sys.argv[2], title="Benchmark")
"""
PLAIN = """
import sys
from pathlib import Path
import pandas as pd
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.name.endswith((".csv", ".csv.gz")):
        pd.read_csv(path, dtype=str, encoding_errors="replace", on_bad_lines="skip", engine="c")
"""
ALL_READERS = """
import gzip, io, json, sys, warnings
from pathlib import Path
import geopandas as gpd
import pandas as pd
warnings.simplefilter("ignore")
for path in sorted(Path(sys.argv[1]).rglob("*")):
    name = path.name.removesuffix(".gz")
    if name.endswith(".csv"):
        pd.read_csv(path, dtype=str, encoding_errors="replace", on_bad_lines="skip", engine="c")
    elif name.endswith((".xlsx", ".xls", ".ods")):
        pd.read_excel(path, sheet_name=None, header=None, dtype=str)
    elif name.endswith((".json", ".geojson", ".topojson")):
        packed = path.read_bytes()
        text = gzip.decompress(packed) if path.suffix == ".gz" else packed
        if b'"FeatureCollection"' in text[:1_000] or b'"Topology"' in text[:1_000]:
            gpd.read_file(io.BytesIO(text))
        else:
            json.loads(text)
    elif name.endswith((".gpkg", ".shp", ".kml")):
        gpd.read_file(path)
"""
MAPS = """
import gzip, json, sys
from pathlib import Path
import geopandas as gpd
import shapely
for path in sorted(Path(sys.argv[1]).rglob("*.*json*")):
    packed = path.read_bytes()
    json.loads(gzip.decompress(packed) if path.suffix == ".gz" else packed)
for path in sorted(Path(sys.argv[2]).glob("boundaries_*.parquet")):
    shapely.coverage_simplify(gpd.read_parquet(path).geometry.to_numpy(), 4.0)
"""
COST = """
import json, resource
{program}
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
work = sum(use.ru_utime + use.ru_stime for use in used)
print(json.dumps([work, sum(use.ru_maxrss for use in used) / 1024]))
"""


@dataclass(frozen=True)
class Cost:
    """What a program took.

    Parameters
    ----------
    seconds
        From its start to its end.
    work
        Seconds of processors, those of processes that it started among them.
    memory
        The most that it had, and the most of any process that it started, in MB.
    """

    seconds: float
    work: float
    memory: float


def cost(program: str, cache: Path, *words: Path) -> Cost:
    """Run a program in a process of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-c", COST.format(program=program), *map(str, words)]
    start = time.monotonic()
    done = subprocess.run(
        command, env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    seconds = time.monotonic() - start
    return Cost(seconds, *json.loads(done.stdout.splitlines()[-1]))


def costs(folder: Path, new: Path, scratch: Path) -> dict[str, Cost]:
    """Measure every way to build from a folder, which is left with one file more."""
    cache, out = scratch / "cache", scratch / "pack"
    measured = {
        "plain": cost(PLAIN, cache, folder),
        "readers": cost(ALL_READERS, cache, folder),
        "first": cost(BUILD, cache, folder, out),
        "unchanged": cost(BUILD, cache, folder, out),
    }
    measured["maps"] = cost(MAPS, cache, folder, out)
    shutil.copy(new, folder / "one_more.csv")
    measured["one more"] = cost(BUILD, cache, folder, out)
    return measured


def line(name: str, measured: dict[str, Cost]) -> list[str]:
    """Write one folder's ratios."""
    plain, readers, first = measured["plain"], measured["readers"], measured["first"]
    return [
        name,
        f"{first.seconds / plain.seconds:.1f}",
        f"{first.seconds / readers.seconds:.1f}",
        f"{first.work / readers.work:.1f}",
        f"{first.memory:,.0f} MB",
        f"{first.memory / plain.memory:.2f}",
        f"{100 * measured['unchanged'].work / first.work:.1f}%",
        f"{100 * measured['one more'].work / first.work:.0f}%",
        f"{measured['one more'].memory:,.0f} MB",
    ]


def aims_met(measured: dict[str, Cost]) -> str:
    """Say of England's folder which aims are met."""
    first = measured["first"]
    times = first.seconds / measured["readers"].seconds
    share = measured["one more"].work / first.work
    said = {True: "met", False: "not met"}
    return (
        f"Two aims are for England's folder. At most {MOST_TIMES} times the plain readers of all "
        f"files: {said[times <= MOST_TIMES]}, {times:.1f}\ntimes. One new file for at most "
        f"{MOST_OF_FIRST:.0%} of the first work: {said[share <= MOST_OF_FIRST]}, {share:.1%}."
    )


def report(lines: list[list[str]], rows: int, size: float, floor: float, aims: str) -> str:
    """Write the page."""
    header = (
        "Folder | :time beside pandas | :time beside plain readers of all files | "
        ":work beside plain readers | :peak memory | :memory beside pandas | "
        ":unchanged, of the first work | :one new file, of the first work | "
        ":peak memory with one new file"
    )
    smaller = (
        f"The aims of this project are for {ROWS:,} rows; this page was made with fewer.\n"
        if rows != ROWS
        else ""
    )
    return f"""# What building a pack costs

A build reads, checks, joins and writes; `pandas.read_csv(dtype=str)` of the same CSV bytes only
reads them. The plain readers read every file of the folder, with what the field reads each kind
with: `pandas.read_csv` for text, `pandas.read_excel` for workbooks, `geopandas.read_file` for maps
and `json.loads` for other JSON; of a folder of CSV files both are the same. Each was run once, one
after the other. Time is what a person waits, from the start of Python on. Work is the time of
processors: of a folder with many new files a build has other processes read some, thin shapes,
merge figures and write tables, where the computer has processors to spare, so that it takes less
time than work. The memory is that of the build and of the largest process it starts, together. Only
ratios and memory mean something.
{machine()}.

{table(header, lines)}

The large file is a made-up Fingertips download of {rows:,} rows, in 27 columns ({size:,.0f} MB).
{smaller}England's folder holds maps and other JSON besides, which the first column does not count.
`json.loads` of its maps, and thinning once with `coverage_simplify` those in use, take {floor:.1f}
times the work that the CSV files take pandas, with no other file read.

{aims}

Of the work of the first build of England's folder, sampled once, maps took about a third, tidying
and checking figures a sixth, reading tables a sixth, merging and ids a tenth, the rest of writing
a tenth; starting, unpacking and recognising the rest. A file of figures takes well under a tenth
of a second beside reading it: each different text is asked about once, most checks are made once
for all small files, and a file is asked by itself only what may doubt one of its rows.

A build of an unchanged folder compares hashes and keeps the pack; the hash of a large file is
remembered until somebody writes the file ([decision
0029](decisions/0029-the-hash-of-a-file-is-remembered.md)). With one new file, each step of a
build whose files and other grounds are those of an earlier build takes what that one came to from
the user's cache folder: what was parsed of a file, the checks of a file, the tables of
neighbourhoods, the lookups, the maps, and the merging of an eighth of the figures at a time.
Rows that no step needs are not read. The new file makes those files of figures be checked again
that have an indicator or the name of an area in common with it, and those eighths be merged
again that its indicators are in; every file of the earlier pack whose rows are as they were is
taken over. What is left, and what the last column costs, is to start, to make the table of areas,
and to write the file of observations that the new ones belong to. Of a large file that has an
indicator in common with the new one all rows are read, which is what most of the memory is for.

`python benchmarks/build.py --write` writes this page.
"""


def main() -> None:
    """Measure, and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the large file")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of publishers' files")
    parser.add_argument("--write", action="store_true", help="write the page of docs")
    asked = parser.parse_args()
    lines = []
    floor, aims = float("nan"), ""
    with tempfile.TemporaryDirectory() as scratch:
        new = Path(scratch, "new.csv")
        write_download(new, 1_000)
        large = Path(scratch, "large", "data")
        large.mkdir(parents=True)
        write_download(large / "download.csv", asked.rows)
        size = (large / "download.csv").stat().st_size / 1e6
        folders = {f"{asked.rows:,} rows": large}
        if asked.data.is_dir():
            folders[ENGLAND] = Path(scratch, "england", "data")
            shutil.copytree(asked.data, folders[ENGLAND], copy_function=shutil.copyfile)
        for name, folder in folders.items():
            folder.chmod(0o755)
            time.sleep(3)  # a file of this moment is hashed each time
            measured = costs(folder, new, folder.parent)
            lines.append(line(name, measured))
            floor = measured["maps"].work / measured["plain"].work
            aims = aims_met(measured) if name == ENGLAND else ""
    text = report(lines, asked.rows, size, floor, aims)
    print(write("benchmark-build.md", text) if asked.write else text)


if __name__ == "__main__":
    main()
