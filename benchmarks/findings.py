"""How often what a briefing finds is so, over simulated areas whose truth is known.

    python benchmarks/findings.py            print the tables
    python benchmarks/findings.py --write    write them to docs/findings-tested.md

The country is that of tests/unit/simulated, which the tests try with fewer areas.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.unit.simulated.country import EFFECTS, INDICATORS, make_country
from tests.unit.simulated.tally import CLAIMS, Tally, add

COUNTRIES, AREAS = 7, 300
PUBLISHED = {
    "interval": "interval and counts",
    "limits": "interval, no counts",
    "publisher": "the publisher's comparison alone",
    "nothing": "neither",
}
WORDS = """# Findings, tried out on areas whose truth is known

A briefing says what is worse, better and changing ([the rules](decisions/0018-what-stands.md)).
Here {areas:,} simulated areas of {countries} countries, each with {indicators} indicators over up
to eight periods, are judged by the same code as a real one, and what is said is held against what
is so. Half of all levels are exactly the country's, and seven in ten figures do not move by
themselves; the others differ, or change in ten years, by half to twice what areas usually differ.
People, sample sizes, pooled years and what is published (an interval with or without counts, the
publisher's own comparison alone, neither) are like those of the real packs. Counts are drawn from
binomial distributions of 35,000 to 900,000 people.

{summary}
"""
HARD = """
## Where years also differ for other reasons

Intervals know only chance. Here each year's true rate is drawn anew as well, by as much as chance
itself moves it: the variance of every figure is twice what its interval says. The same {areas:,}
areas:

{table}
"""
POWER = """
## What is true and told

Of the true differences, the share that a briefing tells in its lists, in per cent. A list has one
finding of a topic and at most six changes, so not even all that is sure can be told; small
differences are meant to be missed.

{table}

`python benchmarks/findings.py --write` writes this page. The tests hold fewer areas to the same
limit (`tests/unit/test_findings_simulated.py`).
"""


def main() -> None:
    """Print the tables or write their page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/findings-tested.md")
    options.add_argument("--areas", type=int, default=AREAS, help="areas of a country")
    asked = options.parse_args()
    easy, hard = (try_out(asked.areas, wobble) for wobble in (0.0, 1.0))
    text = report(easy, hard)
    print(page.write("findings-tested.md", text) if asked.write else text)


def try_out(areas: int, wobble: float) -> Tally:
    """Judge every area of every country."""
    tally = Tally()
    for seed in range(COUNTRIES):
        with tempfile.TemporaryDirectory() as folder:
            add(tally, *make_country(Path(folder) / "pack", areas=areas, seed=seed, wobble=wobble))
    return tally


def report(easy: Tally, hard: Tally) -> str:
    """Write the page."""
    words = WORDS.format(
        areas=easy.areas,
        countries=COUNTRIES,
        indicators=len(INDICATORS),
        summary=f"{_summary(easy)}\n\n{_said(easy)}",
    )
    return "".join(
        [
            words,
            HARD.format(areas=hard.areas, table=_said(hard)),
            POWER.format(table=_power(easy)),
        ]
    )


def _summary(tally: Tally) -> str:
    levels, changes = (100 * tally.share_false(claims) for claims in (CLAIMS[:2], CLAIMS[2:4]))
    signs = 100 * tally.share_false(CLAIMS[4:])
    return (
        f"**Of 100 figures called worse or better, {levels:.1f} are not; of 100 called getting "
        f"worse or better, {changes:.1f} are not.** Of 100 first signs, which the briefing calls "
        f"a sign that may be chance, {signs:.0f} are not so."
    )


def _said(tally: Tally) -> str:
    rows = [
        [claim, f"{tally.said[claim]:,}", f"{tally.false[claim]:,}", _percent(tally, claim)]
        for claim in CLAIMS
    ]
    return page.table("said | :times | :untrue | :untrue %", rows)


def _percent(tally: Tally, claim: str) -> str:
    return f"{100 * tally.share_false([claim]):.1f}"


def _power(tally: Tally) -> str:
    sizes = EFFECTS.tolist()
    rows = []
    for kind in ("level", "change"):
        for published, words in PUBLISHED.items():
            cells = []
            for size in sizes:
                there = tally.there[published, kind, size]
                share = f"{100 * tally.found[published, kind, size] / there:.0f}" if there else "–"
                cells.append(f"{share} of {there:,}")
            rows.append([kind, words, *cells])
    names = " | ".join(f":{size:g} spreads" for size in sizes)
    return page.table(f"what | published | {names}", rows)


if __name__ == "__main__":
    main()
