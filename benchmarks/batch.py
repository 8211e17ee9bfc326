"""Batches of briefings beside Papermill and nbconvert as an analyst runs them today.

    python benchmarks/batch.py            print the tables
    python benchmarks/batch.py --write    write them to docs/benchmark-batch.md

All ways make the same areas' briefings from the same notebook and pack, one after the other within
each repeat, and ratios are taken within a repeat. Seconds are this machine's, at this moment.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import page
import ways
from ways import Cost, Memory

from ineqlib.pack import open_pack

PACKS = {"demo": ways.ROOT / "data" / "demo", "england": ways.ROOT / "data" / "packs" / "england"}
FEW, SOME = 10, 30
HEADER = (
    "way | :briefings | :per minute | :processor, s each | :÷ stock | :range | :÷ stock two at once"
)
STAGES = "stage | :processor, s"
MEMORY = "process | :holds, MB | :its share, MB"
TARGETS = dict.fromkeys(("ours_some", "ours", "ours_all"), 25) | dict.fromkeys(
    ("ours_some_bare", "ours_bare", "ours_all_bare"), 40
)
WORDS = """# Benchmark of batches

The same briefings ({notebook}, {pack}) made by Papermill and nbconvert as an analyst runs them
today, and by `ineq render`: the same machine, the same minutes, {repeats} repeats in which the ways
take turns. Only the ratios mean anything, and they are taken within a repeat: seconds are one
machine's, with whatever else it had to do.

Run on {machine}.

{table}

- **Stock**: `papermill` and then `jupyter nbconvert --to html --no-input` for each area, one area
  after the other, or two areas at once. Its {stock} areas are enough, for each costs the same.
- **Ours**: `ineq render` into an empty folder, from the start of the program to its end, every page
  checked against the pack; {cores} briefings at a time. Its start is shared by all briefings, so
  the ratio grows with their number: from {few} of them to one for each district of England.
- **Without forking**: the same as on Windows and macOS, where each notebook runs in a process that
  was started, and has imported, for it alone.
- **Nothing drawn**: the same with a picture of nothing in the place of each chart, so that what is
  left is to run the notebook, to export the page and to check it; beside stock with the same.
- **Plain functions**: the same pages by function calls in one warm process, without a notebook, a
  process of its own or a check: the floor under any way of running the notebook one at a time.
- **Processor**: seconds of all processes together for one briefing.

{targets}

An unchanged rerun took {again:.1%} of the time of the first run ({again_range}); under 5% was the
aim.

## Where a briefing's processor time goes

{stages}

What a page is made of is computed by the process that checks it; its notebook runs in a fork of
that ([why](decisions/0031-built-once-shown-in-a-fork.md)). The rest is the notebook's kernel, its
messages, processes that are forked and copy what they change, what the check compares, and the
start, shared by {areas_of_ours} briefings.

## Memory

Largest of each kind in a batch of {areas}, by looks every {look} seconds. **Share** counts memory
that several processes have in common in parts.

{memory}

All together, at most {total:.0f} MB at a time.

`python benchmarks/batch.py --write` writes this page.
"""


@dataclass(frozen=True)
class Asked:
    """What to make how often."""

    pack: Path
    areas: list[str]
    every: list[str]
    stock: int
    repeats: int


Repeat = dict[str, Cost]

TITLES = {
    "stock": "stock",
    "stock_two": "stock, two at once",
    "ours_few": f"ours, {FEW} areas",
    "unforked": f"ours, {FEW} areas, without forking",
    "ours_some": f"ours, {SOME} areas",
    "ours": "ours",
    "ours_all": "ours, every district",
    "again": "ours, nothing changed",
    "stock_bare": "stock, nothing drawn",
    "ours_some_bare": f"ours, {SOME} areas, nothing drawn",
    "ours_bare": "ours, nothing drawn",
    "ours_all_bare": "ours, every district, nothing drawn",
    "floor": "plain functions",
}


def main() -> None:
    """Print the tables or write their page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/benchmark-batch.md")
    options.add_argument("--pack", choices=PACKS, default="england")
    options.add_argument("--areas", type=int, default=60, help="briefings of ours")
    options.add_argument("--stock", type=int, default=3, help="briefings of stock")
    options.add_argument("--repeats", type=int, default=3)
    words = options.parse_args()
    pack = PACKS[words.pack]
    districts = current_districts(pack)
    asked = Asked(pack, spread_over(districts, words.areas), districts, words.stock, words.repeats)
    repeats = []
    for which in range(asked.repeats):
        with TemporaryDirectory() as folder:
            repeats.append(one_repeat(asked, Path(folder)))
        print(f"repeat {which + 1}: {told(repeats[-1])}", flush=True)
    with TemporaryDirectory() as folder, Memory() as memory:
        ways.ours(asked.pack, asked.areas[:FEW], Path(folder) / "out")
    text = report(asked, repeats, memory, ways.stages(asked.pack, asked.areas[:FEW]))
    print(page.write("benchmark-batch.md", text) if words.write else text)


def current_districts(pack: Path) -> list[str]:
    """Return the codes of a pack's districts that have not been abolished."""
    areas = open_pack(pack).areas
    codes: list[str] = areas[(areas["area_type"] == "lad") & ~areas["ended"]]["area_code"].tolist()
    return codes


def spread_over(codes: list[str], count: int) -> list[str]:
    """Return so many of the codes, spread over all."""
    return codes[:: max(1, len(codes) // count)][:count]


def one_repeat(asked: Asked, folder: Path) -> Repeat:
    """Make briefings in each way once."""
    pack, areas, few = asked.pack, asked.areas, asked.areas[: asked.stock]
    some = spread_over(asked.every, SOME)
    turns: dict[str, Callable[[], Cost]] = {
        "stock": lambda: ways.stock(pack, few, folder / "stock"),
        "ours": lambda: ways.ours(pack, areas, folder / "ours"),
        "again": lambda: ways.ours(pack, areas, folder / "ours"),
        "stock_two": lambda: ways.stock(pack, areas[: 2 * asked.stock], folder / "two", at_once=2),
        "ours_few": lambda: ways.ours(pack, areas[:FEW], folder / "few"),
        "unforked": lambda: ways.ours(pack, areas[:FEW], folder / "unforked", forks=False),
        "ours_some": lambda: ways.ours(pack, some, folder / "some"),
        "ours_all": lambda: ways.ours(pack, asked.every, folder / "all"),
        "stock_bare": lambda: ways.stock(pack, few, folder / "stock_bare", draws=False),
        "ours_some_bare": lambda: ways.ours(pack, some, folder / "some_bare", draws=False),
        "ours_bare": lambda: ways.ours(pack, areas, folder / "bare", draws=False),
        "ours_all_bare": lambda: ways.ours(pack, asked.every, folder / "all_bare", draws=False),
        "floor": lambda: ways.floor(pack, areas[:FEW]),
    }
    return {name: turn() for name, turn in turns.items()}


def told(repeat: Repeat) -> str:
    """One repeat in a line."""
    return ", ".join(f"{TITLES[name]} {cost.clock:.0f} s" for name, cost in repeat.items())


def ratios(repeats: list[Repeat], name: str, other: str) -> list[float]:
    """How many times the briefings per minute, in each repeat."""
    return [each[name].per_minute / each[other].per_minute for each in repeats]


def spread(found: list[float]) -> str:
    """Least and most."""
    return f"{min(found):.1f} to {max(found):.1f}"


def beside(name: str) -> str:
    """Name the stock that draws as much."""
    return "stock_bare" if name.endswith("_bare") else "stock"


def row(repeats: list[Repeat], name: str) -> list[str]:
    """One line of the table."""
    costs = [each[name] for each in repeats]
    found = ratios(repeats, name, beside(name))
    beside_two = ratios(repeats, name, "stock_two") if beside(name) == "stock" else []
    return [
        TITLES[name],
        str(costs[0].briefings),
        f"{median(cost.per_minute for cost in costs):.1f}",
        f"{median(cost.processor_each for cost in costs):.2f}",
        f"{median(found):.1f}",
        spread(found),
        f"{median(beside_two):.1f}" if beside_two else "",
    ]


def report(asked: Asked, repeats: list[Repeat], memory: Memory, seconds: dict[str, float]) -> str:
    """Write the page."""
    again = [each["again"].clock / each["ours"].clock for each in repeats]
    return WORDS.format(
        notebook=f"`notebooks/{ways.NOTEBOOK.name}`",
        pack=open_pack(asked.pack).title,
        repeats=asked.repeats,
        machine=page.machine(),
        table=page.table(HEADER, [row(repeats, name) for name in TITLES]),
        stock=asked.stock,
        cores=page.cores(),
        few=FEW,
        targets="\n".join(target(repeats, name) for name in TARGETS),
        again=median(again),
        again_range=f"{min(again):.1%} to {max(again):.1%}",
        stages=page.table(STAGES, stage_rows(repeats, seconds)),
        areas_of_ours=len(asked.areas),
        areas=FEW,
        look=ways.LOOK,
        memory=page.table(MEMORY, memory_rows(memory)),
        total=memory.total,
    )


def target(repeats: list[Repeat], name: str) -> str:
    """Say whether a target is met."""
    found = median(ratios(repeats, name, beside(name)))
    words = "met" if found >= TARGETS[name] else "missed"
    return (
        f"- **{TITLES[name]}** ({repeats[0][name].briefings} briefings): {found:.1f} times "
        f"{TITLES[beside(name)]}; the target of "
        f"{TARGETS[name]} is {words}."
    )


def stage_rows(repeats: list[Repeat], seconds: dict[str, float]) -> list[list[str]]:
    """One line for each stage, then what is left of the whole."""
    whole = median(each["ours"].processor_each for each in repeats)
    rows = [[stage, f"{spent:.2f}"] for stage, spent in seconds.items()]
    return [*rows, ["all the rest", f"{whole - sum(seconds.values()):.2f}"]]


def memory_rows(memory: Memory) -> list[list[str]]:
    """One line for each kind of process."""
    return [[kind, f"{held:.0f}", f"{share:.0f}"] for kind, (held, share) in memory.peaks.items()]


if __name__ == "__main__":
    main()
