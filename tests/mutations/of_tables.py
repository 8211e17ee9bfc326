"""Damage to the rows, columns and cells of a table."""

import random
import re
from dataclasses import replace

from .mutation import NUMBERS, Change, Mutated, Mutation
from .table import Seed, number

_YEAR = re.compile(r"(?<!\d)20\d\d")
_PERIOD = re.compile(r"20\d\d(?:/\d\d)?")


def _pair(seed: Seed, rng: random.Random) -> tuple[int, int]:
    first, second = rng.sample(range(len(seed.rows)), 2)
    return first, second


def _exchanged(*roles: str) -> Change:
    """Exchange cells between two rows."""

    def change(seed: Seed, rng: random.Random) -> Seed | None:
        places = [seed.at(role) for role in seed.having(*roles)]
        if len(places) < len(roles) or len(seed.rows) < 2:
            return None
        one, other = _pair(seed, rng)
        cells = {(one, place): seed.rows[other][place] for place in places}
        return seed.with_cells(cells | {(other, p): seed.rows[one][p] for p in places})

    return change


def _cells_of_a_row(seed: Seed, rng: random.Random) -> Seed | None:
    if len(seed.columns) < 2:
        return None
    row, place = rng.randrange(len(seed.rows)), rng.randrange(len(seed.columns) - 1)
    one, other = seed.rows[row][place : place + 2]
    return seed.with_cells({(row, place): other, (row, place + 1): one})


def _numbers_of_a_row(seed: Seed, rng: random.Random) -> Seed | None:
    roles = seed.having(*NUMBERS)
    if len(roles) < 2:
        return None
    row = rng.randrange(len(seed.rows))
    one, other = (seed.at(role) for role in rng.sample(roles, 2))
    cells = seed.rows[row]
    return seed.with_cells({(row, one): cells[other], (row, other): cells[one]})


def _headings_exchanged(seed: Seed, rng: random.Random) -> Seed | None:
    roles = seed.having(*NUMBERS)
    if len(roles) < 2:
        return None
    one, other = (seed.at(role) for role in rng.sample(roles, 2))
    columns = list(seed.columns)
    columns[one], columns[other] = columns[other], columns[one]
    return replace(seed, columns=tuple(columns))


def _heading_renamed(seed: Seed, rng: random.Random) -> Seed:
    columns = list(seed.columns)
    place = rng.randrange(len(columns))
    name = columns[place]
    columns[place] = rng.choice([name[:-1], name + " (new)", name.upper(), "Column1", ""])
    return replace(seed, columns=tuple(columns))


def _column_dropped(seed: Seed, rng: random.Random) -> Seed:
    place = rng.randrange(len(seed.columns))
    return _without(seed, place)


def _without(seed: Seed, place: int) -> Seed:
    rows = [row[:place] + row[place + 1 :] for row in seed.rows]
    return replace(seed.with_rows(rows), columns=seed.columns[:place] + seed.columns[place + 1 :])


def _column_doubled(seed: Seed, rng: random.Random) -> Seed:
    place = rng.randrange(len(seed.columns))
    rows = [(*row, row[place]) for row in seed.rows]
    return replace(seed.with_rows(rows), columns=(*seed.columns, seed.columns[place]))


def _column_doubled_otherwise(seed: Seed, rng: random.Random) -> Mutated | None:
    roles = seed.having(*NUMBERS)
    if not roles:
        return None
    place = seed.at(rng.choice(roles))
    rows = [(*row, _times(row[place], 10)) for row in seed.rows]
    columns = (seed.columns[place], *seed.columns)
    rows = [(row[-1], *row[:-1]) for row in rows]
    return Mutated(replace(seed.with_rows(rows), columns=columns).content, is_evident=True)


def _columns_moved(seed: Seed, rng: random.Random) -> Seed:
    order = rng.sample(range(len(seed.columns)), len(seed.columns))
    rows = [tuple(row[place] for place in order) for row in seed.rows]
    return replace(seed.with_rows(rows), columns=tuple(seed.columns[p] for p in order))


def _times(text: str, factor: float) -> str:
    return text if number(text) != number(text) else f"{number(text) * factor:.10g}"


FACTORS = (10, 100, 1000, 0.1, 0.01, 0.001)


def _scaled(*roles: str, whole: bool = False) -> Change:
    """Make numbers ten, a hundred or a thousand times as much, in one row or all."""

    def change(seed: Seed, rng: random.Random) -> Seed | None:
        places = [seed.at(role) for role in seed.having(*roles)]
        if not places:
            return None
        factor = rng.choice(FACTORS)
        rows = range(len(seed.rows)) if whole else [rng.randrange(len(seed.rows))]
        return seed.with_cells(
            {(r, p): _times(seed.rows[r][p], factor) for r in rows for p in places}
        )

    return change


def _century(years: int, *, whole: bool) -> Change:
    def change(seed: Seed, rng: random.Random) -> Mutated | None:
        place = seed.at("period")
        if place < 0:
            return _headings_later(seed, rng, years, whole=whole)
        rows = range(len(seed.rows)) if whole else [rng.randrange(len(seed.rows))]
        cells = {(row, place): _years_later(seed.rows[row][place], years) for row in rows}
        moved = seed.with_cells(cells)
        # Of a year without its century nothing shows in which it is.
        return Mutated(moved.content, is_evident="20" in seed.rows[0][place])

    return change


def _headings_later(seed: Seed, rng: random.Random, years: int, *, whole: bool) -> Mutated | None:
    """The same where each column is a period."""
    periods = [name for name in seed.columns if _PERIOD.fullmatch(name)]
    if not periods:
        return None
    chosen = periods if whole else [rng.choice(periods)]
    columns = [_years_later(name, years) if name in chosen else name for name in seed.columns]
    return Mutated(replace(seed, columns=tuple(columns)).content, is_evident=True)


def _years_later(period: str, years: int) -> str:
    return _YEAR.sub(lambda match: str(int(match[0]) + years), period)


def _rows_cut(seed: Seed, rng: random.Random) -> Seed:
    return seed.with_rows(seed.rows[: rng.randrange(len(seed.rows))])


def _row_dropped(seed: Seed, rng: random.Random) -> Seed:
    place = rng.randrange(len(seed.rows))
    return seed.with_rows(seed.rows[:place] + seed.rows[place + 1 :])


def _row_doubled(seed: Seed, rng: random.Random) -> Seed:
    return seed.with_rows([*seed.rows, rng.choice(seed.rows)])


def _row_doubled_otherwise(seed: Seed, rng: random.Random) -> Mutated | None:
    roles = seed.having("value")
    if not roles:
        return None
    row = list(rng.choice(seed.rows))
    row[seed.at("value")] = _times(row[seed.at("value")], 1.01)
    return Mutated(seed.with_rows([*seed.rows, tuple(row)]).content, is_evident=True)


def _rows_moved(seed: Seed, rng: random.Random) -> Seed:
    return seed.with_rows(rng.sample(seed.rows, len(seed.rows)))


def _heading_again(seed: Seed, rng: random.Random) -> Seed:
    place = rng.randrange(1, len(seed.rows) + 1)
    return seed.with_rows([*seed.rows[:place], seed.columns, *seed.rows[place:]])


def _cell_lost(seed: Seed, rng: random.Random) -> bytes | None:
    """A row loses a cell, so that the rest stands one column to the left."""
    if not seed.is_plain:
        return None
    rows = [list(row) for row in seed.rows]
    row = rng.choice(rows)
    del row[rng.randrange(len(row))]
    return seed.with_rows(rows).content


def _cell_emptied(seed: Seed, rng: random.Random) -> Seed:
    row, place = rng.randrange(len(seed.rows)), rng.randrange(len(seed.columns))
    return seed.with_cells({(row, place): rng.choice(["", "NA", "*", "[c]", "-", "#N/A", "null"])})


def _cell_otherwise(seed: Seed, rng: random.Random) -> Seed | None:
    """A number as somebody else writes it: 1,234 or 12,5 or 1e3 or (5) or 12 %."""
    roles = seed.having(*NUMBERS)
    if not roles:
        return None
    row, place = rng.randrange(len(seed.rows)), seed.at(rng.choice(roles))
    cell = seed.rows[row][place]
    forms = (
        *(cell.replace(".", ","), f"{number(cell):.3e}", f"({cell})", f"{cell}%", f"-{cell}"),
        *(f"£{cell}", f"{number(cell):,.1f}", f"{cell}r", f" {cell} ", f"{cell}.0", f"0x{cell}"),
    )
    return seed.with_cells({(row, place): rng.choice(forms)})


MUTATIONS = (
    Mutation("values of two rows exchanged", _exchanged("value")),
    Mutation("values and limits of two rows exchanged", _exchanged("value", "lower", "upper")),
    Mutation("counts of two rows exchanged", _exchanged("count")),
    Mutation("denominators of two rows exchanged", _exchanged("denominator")),
    Mutation("codes of two rows exchanged", _exchanged("code")),
    Mutation("names of two rows exchanged", _exchanged("name")),
    Mutation("periods of two rows exchanged", _exchanged("period")),
    Mutation("groups of two rows exchanged", _exchanged("group")),
    Mutation("orders of two rows exchanged", _exchanged("order")),
    Mutation("two cells beside each other exchanged", _cells_of_a_row),
    Mutation("two numbers of a row exchanged", _numbers_of_a_row),
    Mutation("headings of two numbers exchanged", _headings_exchanged),
    Mutation("a heading renamed", _heading_renamed),
    Mutation("a column dropped", _column_dropped),
    Mutation("a column doubled", _column_doubled),
    Mutation("a column doubled with other numbers", _column_doubled_otherwise),
    Mutation("columns in another order", _columns_moved),
    Mutation("a value scaled", _scaled("value")),
    Mutation("a value and its limits scaled", _scaled("value", "lower", "upper")),
    Mutation("a limit scaled", _scaled("upper")),
    Mutation("a count scaled", _scaled("count")),
    Mutation("a denominator scaled", _scaled("denominator")),
    Mutation("all values scaled", _scaled("value", whole=True)),
    Mutation("all values and limits scaled", _scaled("value", "lower", "upper", whole=True)),
    Mutation("all counts scaled", _scaled("count", whole=True)),
    Mutation("all denominators scaled", _scaled("denominator", whole=True)),
    Mutation("a period a century later", _century(100, whole=False)),
    Mutation("all periods a century later", _century(100, whole=True)),
    Mutation("all periods a century earlier", _century(-100, whole=True)),
    Mutation("all periods four centuries later", _century(400, whole=True)),
    Mutation("last rows cut", _rows_cut),
    Mutation("a row dropped", _row_dropped),
    Mutation("a row doubled", _row_doubled),
    Mutation("a row doubled with another value", _row_doubled_otherwise),
    Mutation("rows in another order", _rows_moved),
    Mutation("the heading once more", _heading_again),
    Mutation("a cell lost", _cell_lost),
    Mutation("a cell emptied", _cell_emptied),
    Mutation("a number written otherwise", _cell_otherwise),
)
