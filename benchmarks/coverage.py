"""How often each 95% interval of `ineqlib.measures` holds the truth, over many simulated data sets.

    python benchmarks/coverage.py            print the tables
    python benchmarks/coverage.py --write    write them to docs/coverage.md

The scenarios are those of tests/unit/scenarios, which the tests try with fewer sets.
"""

import argparse
import sys
from pathlib import Path

import page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.unit.scenarios import FAMILIES, GOOD, SCENARIOS, Coverage, Scenario, try_out

SETS = 5000
FLAG = "†"
HEADER = "interval | setting | :truth | :held % | :± | :too high % | :too low %"
WORDS = """# Coverage of intervals

A 95% interval is worth its name if, of many data sets drawn from a known truth, 95 in 100 give
limits that hold it. Each row below draws {sets:,} data sets from a truth like those met in England,
makes the limits of all of them in one call, and counts.

{summary}

- **Held**: how often the limits held the truth; **±** is its standard error, for only so many sets
  were drawn.
- **Too high, too low**: how often both limits lay above, or below, the truth. Unequal shares mean
  an interval that sits to one side.
- **{flag}**: held less than {least:.0%} or more than {most:.0%} of the time; the reason is
  under the table.

`python benchmarks/coverage.py --write` writes this page from `tests/unit/scenarios`. The tests hold
every scenario to it with fewer sets (`tests/unit/test_measures_coverage.py`).
"""


def main() -> None:
    """Print the tables or write their page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/coverage.md")
    options.add_argument("--sets", type=int, default=SETS, help="data sets for each row")
    asked = options.parse_args()
    text = report([(scenario, try_out(scenario, asked.sets)) for scenario in SCENARIOS], asked.sets)
    print(page.write("coverage.md", text) if asked.write else text)


def report(tried: list[tuple[Scenario, Coverage]], sets: int) -> str:
    """Write the page: words, then a table for each family."""
    least, most = GOOD
    seldom = sum(found.held < least for _, found in tried)
    often = sum(found.held > most for _, found in tried)
    intervals = len({scenario.measure for scenario, _ in tried})
    summary = (
        f"**{len(tried) - seldom - often} of {len(tried)} rows, of {intervals} intervals, held the "
        f"truth {least:.0%} to {most:.0%} of the time.** {often} held it more often (limits on the "
        f"wide side) and {seldom} less often, for the reasons given."
    )
    words = WORDS.format(sets=sets, flag=FLAG, least=least, most=most, summary=summary)
    parts = [
        part(heading, [(scenario, found) for scenario, found in tried if scenario.family == family])
        for family, heading in FAMILIES.items()
    ]
    return "\n".join([words, *parts])


def part(heading: str, tried: list[tuple[Scenario, Coverage]]) -> str:
    """One family's table, and the reasons and gaps under it."""
    lines = [f"## {heading}", "", page.table(HEADER, [row(*each) for each in tried]), ""]
    why: dict[str, list[str]] = {}
    for scenario, found in tried:
        if is_flagged(found):
            why.setdefault(scenario.why or "no reason is known", []).append(scenario.measure)
    notes = [
        f"- {FLAG} {', '.join(f'`{name}`' for name in dict.fromkeys(names))}: {reason}."
        for reason, names in why.items()
    ]
    notes += [
        f"- {scenario.name}: {found.none:.1%} of the sets had no limits and are not counted."
        for scenario, found in tried
        if found.none
    ]
    return "\n".join([*lines, *notes, ""] if notes else lines)


def is_flagged(found: Coverage) -> bool:
    """Tell whether the limits held the truth too seldom or too often."""
    return not GOOD[0] <= found.held <= GOOD[1]


def row(scenario: Scenario, found: Coverage) -> list[str]:
    """One line of a table."""
    least, most = found.truth
    truth = digits(least) if least == most else f"{digits(least)} to {digits(most)}"
    held = f"{found.held * 100:.1f}" + (f" {FLAG}" if is_flagged(found) else "")
    others = [f"{share * 100:.1f}" for share in (found.error, found.above, found.below)]
    return [f"`{scenario.measure}`", scenario.setting, truth, held, *others]


def digits(number: float) -> str:
    """Three or four figures, never an exponent."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


if __name__ == "__main__":
    main()
