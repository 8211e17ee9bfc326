"""Whether a damaged table contradicts itself: worked out apart from the checks of the library.

A mutation that changes a number can be found out only where something else in the file says so:
limits that do not hold the value, a count and a denominator that give another, a number that
cannot be, the same area's other periods and the other areas, an order that is another.
"""

import math
from collections import Counter
from statistics import median

from .table import Seed, number

LIVES = (0.0, 120.0)
"""Range of a length of life."""


def contradicts(seed: Seed) -> bool:
    """Tell whether any row of a table contradicts itself or the others."""
    tests = (_limits, _share, _range, _power, _order, _whole, _lives, _names)
    return any(test(seed) for test in tests)


def _column(seed: Seed, role: str) -> list[float]:
    place = seed.at(role)
    return [number(row[place]) if place >= 0 else float("nan") for row in seed.rows]


def _limits(seed: Seed) -> bool:
    rows = zip(*(_column(seed, role) for role in ("value", "lower", "upper")), strict=True)
    return any(value < lower or value > upper for value, lower, upper in rows)


def _share(seed: Seed) -> bool:
    if not seed.multiplier:
        return False
    for value, count, people in zip(
        *(_column(seed, role) for role in ("value", "count", "denominator")), strict=True
    ):
        if people > 0 and abs(value - seed.multiplier * count / people) > 0.06:
            return True
    return False


def _range(seed: Seed) -> bool:
    low, high = seed.range
    numbers = [n for role in ("value", "second") for n in _column(seed, role)]
    counts = [n for role in ("count", "denominator") for n in _column(seed, role)]
    return any(n < low or n > high for n in numbers) or any(n < 0 for n in counts)


def _power(seed: Seed) -> bool:
    """A value ten, a hundred ... times the middle of all, where all are alike."""
    values = [value for value in _column(seed, "value") if value > 0]
    middle = median(values) if values else 1.0
    powers = [math.log10(value / middle) for value in values]
    usual = [power for power in powers if abs(power) < 0.4]
    odd = [power for power in powers if abs(power) > 0.8]
    return bool(odd) and len(usual) >= max(5, 3 * len(odd)) and max(usual) - min(usual) < 0.4


def _order(seed: Seed) -> bool:
    """Deciles and ranks of the Indices go together, and so do scores."""
    if "rank" not in seed.roles.order.casefold():
        return False
    cells = sorted(zip(*(_column(seed, role) for role in ("order", "group", "value")), strict=True))
    deciles, scores = ([row[place] for row in cells] for place in (1, 2))
    return deciles != sorted(deciles) or scores != sorted(scores, reverse=True)


def _whole(seed: Seed) -> bool:
    """Counts of everybody are those of men and women together."""
    place, count = seed.at("sex"), seed.at("count")
    if place < 0 or count < 0 or {row[place] for row in seed.rows} != {"Persons", "Male", "Female"}:
        return False
    code = seed.at("code")
    sums: dict[str, float] = {}
    for row in seed.rows:
        sign = 1 if row[place] == "Persons" else -1
        sums[row[code]] = sums.get(row[code], 0) + sign * number(row[count])
    return any(abs(total) > 15 for total in sums.values())


def _lives(seed: Seed) -> bool:
    """Women live years longer than men in every part of England."""
    place = seed.at("sex")
    if place < 0 or seed.range != LIVES:
        return False
    lives = zip(seed.rows, _column(seed, "value"), strict=True)
    by_sex: dict[str, list[float]] = {}
    for row, value in lives:
        by_sex.setdefault(row[place], []).append(value)
    men, women = (
        [life for word in words for life in by_sex.get(word, ()) if life > 0]
        for words in (("Male", "1"), ("Female", "2"))
    )
    return len(men) == len(women) > 0 and median(men) > median(women) + 1


def _names(seed: Seed) -> bool:
    """A code has the name of another; two names of one area are no fault."""
    code, name = seed.at("code"), seed.at("name")
    if code < 0 or name < 0:
        return False
    pairs = {(row[code], row[name]) for row in seed.rows}
    codes = Counter(code for code, _ in pairs)
    names = Counter(name for _, name in pairs)
    return any(codes[code] > 1 and names[name] > 1 for code, name in pairs)
