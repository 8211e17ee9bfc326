"""Seconds until the fullest pages are drawn by a browser on a slow computer.

    python benchmarks/page_load.py            print the table
    python benchmarks/page_load.py --write    write it to docs/benchmark-page-load.md

Each page is opened in a headless Chromium whose processor is slowed fourfold, until everything on
it has been laid out and painted. Seconds are of one machine, so that the same browser's time for
an empty page stands beside them.
"""

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

import page
from batch import PACKS
from playwright.sync_api import Browser, sync_playwright

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.page import document_page
from ineqlib.pack import open_pack

AREAS = ("Sheffield", "Liverpool", "Birmingham", "Stevenage", "Isles of Scilly")
SLOWER = 4
REPEATS = 5
AIM = 2.0
EMPTY = '<!DOCTYPE html><html lang="en"><title>Empty</title><p>Empty'
PAINTED = """() => new Promise(done => {
  document.documentElement.getBoundingClientRect();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() / 1000)));
})"""
HEADER = "page | :kB | :seconds until all is drawn | :range"
WORDS = """# Benchmark of opening a page

A director's briefing with its annex, opened in headless Chromium with its processor slowed
{slower} times, until all is laid out and painted: the median of {repeats}. The fullest pages of
the real pack, an ordinary one and the smallest; an empty page tells what the browser itself takes.

Run on {machine}.

{table}

{verdict}

`python benchmarks/page_load.py --write` writes this page.
"""


def main() -> None:
    """Print the table or write its page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/benchmark-page-load.md")
    words = options.parse_args()
    pack = open_pack(PACKS["england"])
    pages = {"(empty)": EMPTY}
    pages |= {name: document_page(open_briefing(pack, name)) for name in AREAS}
    seconds = measure(pages)
    rows = [
        [
            name,
            f"{len(pages[name].encode()) / 1000:,.0f}",
            f"{statistics.median(taken):.2f}",
            f"{min(taken):.2f} to {max(taken):.2f}",
        ]
        for name, taken in seconds.items()
    ]
    slowest = max(statistics.median(taken) for taken in seconds.values())
    text = WORDS.format(
        slower=SLOWER,
        repeats=REPEATS,
        machine=page.machine(),
        table=page.table(HEADER, rows),
        verdict=f"The aim is {AIM:g} seconds: it is {'met' if slowest <= AIM else 'missed'}.",
    )
    print(page.write("benchmark-page-load.md", text) if words.write else text)


def measure(pages: dict[str, str]) -> dict[str, list[float]]:
    """Return the seconds that each page took, in rounds in which the pages take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = {name: Path(folder, f"{number}.html") for number, name in enumerate(pages)}
        for name, path in files.items():
            path.write_text(pages[name], encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for _ in range(REPEATS):
            for name, path in files.items():
                seconds[name].append(until_painted(browser, path))
    return seconds


def until_painted(browser: Browser, path: Path) -> float:
    """Return the seconds from the start of opening a page until it is painted."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.goto(path.as_uri(), wait_until="load")
    seconds = float(tab.evaluate(PAINTED))
    context.close()
    return seconds


if __name__ == "__main__":
    main()
