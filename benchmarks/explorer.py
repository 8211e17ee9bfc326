"""What the explorer's views cost the kernel, beside a bare update of an ipywidget.

    python benchmarks/explorer.py            print the page
    python benchmarks/explorer.py --write    write it to docs/benchmark-explorer.md

Everything is timed in one kernel, as a notebook has it: what a widget sends goes out.
"""

import argparse
import json
import statistics
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel
from page import machine, table, write

DATA = Path(__file__).resolve().parents[1] / "data"
PACKS = {"Demonstration": DATA / "demo", "England": DATA / "packs" / "england"}
GOALS = {"Demonstration": 300, "England": 1000}
SETUP = """
import json, time
from statistics import median
import ipywidgets
from ineqlib.exploring.explorer import Explorer
from ineqlib.exploring.panel import Panel
from ineqlib.exploring.question import VIEWS, Question

def bare():
    texts = ["<p>" + letter * 20_000 + "</p>" for letter in "ab"]
    widget, times = ipywidgets.HTML(), []
    for n in range(60):
        start = time.process_time()
        widget.value = texts[n % 2]
        times.append(1000 * (time.process_time() - start))
    return times

def views(path, areas=12, warm=2):
    explorer = Explorer(Question(path))
    panel = Panel(explorer, [path])
    codes = [code for code in explorer.choices.areas][: areas + warm]
    led = [id for id in explorer.choices.indicators if id in explorer.choices.catalogue]
    times = {name: {"first": [], "new": [], "none": 0} for name in VIEWS}
    for n, code in enumerate(codes):
        for indicator in ("life_expectancy", *led[n % len(led) :][:2]):
            start = time.process_time()
            explorer.ask(area=code, indicator=indicator)
            ask = 1000 * (time.process_time() - start)
            for place in explorer.stale():
                start = time.process_time()
                panel._look(place)
                spent = ask + 1000 * (time.process_time() - start)
                view = times[place[0]]
                if explorer.look(place).reason:
                    view["none"] += 1
                elif not view["first"]:
                    view["first"].append(spent)
                else:
                    view["new"].append(spent)
    panel.close()
    return times
"""
ASK = "print(json.dumps({'bare': bare(), 'views': views(%r)}))"
WORDS = """# What the explorer costs

Each view of the explorer, redrawn for an area and an indicator that was not asked for before: what
the question changes, the answer, its figure and what goes to the browser. Beside it stands an
update of a bare ipywidget (an `HTML` whose 20,000 characters change) in the same kernel: only the
ratio means much, milliseconds are this machine's, of the processor. {machine}.

{tables}

*First* is the first time in a kernel, which reads tables and starts what draws. A view that was
looked at and whose question did not change is not made again; of several views on the screen the
kernel does one after the other, and gives up what is left when a newer question comes.

`python benchmarks/explorer.py --write` writes this page.
"""


def timed(pack: Path) -> dict[str, Any]:
    """Return the times of one pack, in a kernel of its own."""
    manager, client = start_new_kernel(kernel_name="python3")
    printed: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
            printed.append(message["content"]["text"])
        if message["msg_type"] == "error":
            raise RuntimeError("\n".join(message["content"]["traceback"]))

    try:
        for code in (SETUP, ASK % str(pack)):
            client.execute_interactive(code, output_hook=keep, timeout=1200)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    answer: dict[str, Any] = json.loads("".join(printed))
    return answer


def rows(times: dict[str, Any]) -> list[list[str]]:
    """Return a row for each view."""
    bare = statistics.median(times["bare"])
    lines = [["*a bare update*", "", f"{bare:.2f}", "", "1"]]
    for name, view in times["views"].items():
        new = sorted(view["new"])
        if not new:
            lines.append([name, "", "no answer in this pack", "", ""])
            continue
        middle, most = statistics.median(new), new[int(0.9 * (len(new) - 1))]
        first = f"{view['first'][0]:,.0f}"
        lines.append([name, first, f"{middle:,.0f}", f"{most:,.0f}", f"{middle / bare:,.0f}"])
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write docs/benchmark-explorer.md")
    head = "view | : first, ms | : middle, ms | : 9 in 10 within, ms | : middle ÷ bare update"
    tables = "\n\n".join(
        f"## {name} pack (goal: {GOALS[name]:,} ms)\n\n{table(head, rows(timed(path)))}"
        for name, path in PACKS.items()
        if path.is_dir()
    )
    text = WORDS.format(machine=machine(), tables=tables)
    if parser.parse_args().write:
        write("benchmark-explorer.md", text)
    else:
        print(text)


if __name__ == "__main__":
    main()
