"""How often the verdict of `spend_and_need` is right of funds whose progressivity is known.

    python benchmarks/spend_verdicts.py            # prints the table
    python benchmarks/spend_verdicts.py --write    # writes docs/spend-verdicts.md

Each fund is simulated: areas have need and people, and their money a head is a known function of
need times chance. A fund that gives the same a head is flat by deprivation; one that gives in
proportion to need is flat against need.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ineqlib.briefings.need.follows import judged
from ineqlib.briefings.need.needs import Need
from ineqlib.briefings.need.units import DISTRICT, Units
from ineqlib.briefings.spend_and_need.money import about_money
from ineqlib.measures.spend import CANNOT_TELL, FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.pack import Area

DOCS = Path(__file__).resolve().parents[1] / "docs" / "spend-verdicts.md"
FUNDS = 1_000
PLACES = {"districts of a county": 10, "districts of a region": 40, "neighbourhoods": 400}
SPREAD = 0.35
"""Standard deviation of the logarithm of need: that of a share in low-income families."""
CHANCE = {"little": 0.05, "much": 0.25}
"""Standard deviation of the logarithm of what is not need."""


class Fund(NamedTuple):
    """Money a head is need to this power, times chance; and the verdict that is right."""

    words: str
    power: float
    has_zero: bool
    right: str


FUNDS_KNOWN = (
    Fund("deprivation: more a head", 0.6, False, PROGRESSIVE),
    Fund("deprivation: the same a head", 0.0, False, FLAT),
    Fund("deprivation: less a head", -0.6, False, REGRESSIVE),
    Fund("need: more than in proportion", 1.6, True, PROGRESSIVE),
    Fund("need: in proportion", 1.0, True, FLAT),
    Fund("need: the same a head", 0.0, True, REGRESSIVE),
)
ABOUT = about_money(Area("X", "X", "utla"), "fund", "2024/25", "simulated")


def simulated(fund: Fund, places: int, chance: float, rng: np.random.Generator) -> str:
    """Return the verdict on one simulated fund."""
    need = rng.lognormal(0, SPREAD, places)
    people = rng.uniform(0.7, 1.3, places)
    amount = people * need**fund.power * rng.lognormal(0, chance, places)
    codes = tuple(map(str, range(places)))
    units = Units(DISTRICT, codes, codes, people, {}, need, None, "", {})
    a_head = need if fund.has_zero else None
    return judged(ABOUT, amount, units, Need("need", "need", need, a_head, None, ())).verdict


def shares(funds: int, seed: int = 1) -> list[tuple[Fund, str, str, Counter[str]]]:
    """Return how often each verdict was given of each fund, by places and chance."""
    rng = np.random.default_rng(seed)
    return [
        (fund, where, how_much, Counter(simulated(fund, k, chance, rng) for _ in range(funds)))
        for fund in FUNDS_KNOWN
        for where, k in PLACES.items()
        for how_much, chance in CHANCE.items()
    ]


def table(funds: int) -> str:
    """Write the table: of 100 funds, how many verdicts were right, wrong and not given."""
    lines = [
        "| fund | places | chance | right | wrong | cannot tell | right of those told |",
        "|---|---|---|---|---|---|---|",
    ]
    for fund, where, how_much, verdicts in shares(funds):
        right, unsure = verdicts[fund.right], verdicts[CANNOT_TELL]
        told = funds - unsure
        cells = (right, told - right, unsure)
        of_100 = " | ".join(f"{100 * cell / funds:.1f}" for cell in cells)
        of_told = f"{100 * right / told:.1f}" if told else "–"
        lines.append(
            f"| {fund.words} | {where}, {PLACES[where]} | {how_much} | {of_100} | {of_told} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    rows = table(FUNDS)
    print(rows)
    if "--write" in sys.argv:
        before, _, _ = DOCS.read_text(encoding="utf-8").partition("| fund |")
        DOCS.write_text(f"{before}{rows}\n", encoding="utf-8")
