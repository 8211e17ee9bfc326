"""Columns of a table as a spreadsheet takes them: one plain number a cell, its unit in the heading.

Tables are written for readers, "80.2 years" or "79.3 to 81.2 [p]". Pasted, such cells are text that
nobody can draw or add up. Here the two ends of an interval become columns of their own, and so do
marks that follow a number; a minus is the one on the keyboard.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

_WORDS = r"[^\d\[\](),;:]*?"
_AMOUNT = (
    r"([−+-]?)(£?)(\d[\d,]*(?:\.\d+)?)"
    rf"(%| (?=[^\W\d]){_WORDS}(?:\b(?:per|of) [\d,]+{_WORDS})?)?"
)
"""Sign, pound, digits, unit."""
_CELL = re.compile(rf"{_AMOUNT}(?: to {_AMOUNT})?(?: (\[[a-z]+\]|\([^)]*\)))?")
"""A number or a range, and its mark."""
_NO_VALUE = re.compile(r"(?:\[[a-z]+\])?")
_LOOKS_LIKE_NUMBERS = re.compile(r"[−+-]?£?\d|\[[a-z]+\]$|$")
_ENDS = re.compile(r"(?P<what>.*), (?P<low>lowest) to (?P<high>highest)")

IN_WORDS = {"period", "age", "date", "year", "data", "publisher", "licence", "attribution"}
"""Headings of columns whose digits count nothing."""
NOT_APPLICABLE = "[z]"


class Column(NamedTuple):
    """One column."""

    name: str
    """Its heading, with the unit where all its numbers share one."""
    cells: list[str]
    holds_numbers: bool
    """Whether they are numbers, or shorthand for why there is none; such columns stand to the
    right."""


class _Part(NamedTuple):
    """A number of a cell, its unit and its mark; or the shorthand for why there is none."""

    text: str
    unit: str = ""
    mark: str = ""


def plain_columns(table: Mapping[Any, Iterable[Any]]) -> list[Column]:
    """Return the columns of a table of display-ready text, ready for a spreadsheet.

    The first names the row and stays as it is, as does one with a cell that is neither number nor
    shorthand. Where the numbers of a column have several units, and those of each row only one, a
    column names the units.

    Examples
    --------
    >>> for column in plain_columns({"Year": ["2023", "2024"], "Ash": ["80.2 years", "−1 years"]}):
    ...     print(column.name, column.cells)
    Year ['2023', '2024']
    Ash (years) ['80.2', '-1']
    """
    texts = [(str(name), [str(cell) for cell in cells]) for name, cells in table.items()]
    read = [_parts(name, cells) if at else None for at, (name, cells) in enumerate(texts)]
    numbers = [part for parts in read if parts for part in parts]
    mixed = [part for part in numbers if len(_units(part)) > 1]
    row_units = [_units(row) for row in zip(*mixed, strict=True)]
    if any(len(units) > 1 for units in row_units):
        read = [None if parts and any(p in mixed for p in parts) else parts for parts in read]
        row_units = []
    columns: list[Column] = []
    for (name, cells), parts in zip(texts, read, strict=True):
        if parts is None:
            aligned = _counts(name) and all(map(_LOOKS_LIKE_NUMBERS.match, cells))
            columns.append(Column(name, cells, aligned))
            continue
        if row_units and not any(column.name == "Unit" for column in columns):
            units = [min(units, default=NOT_APPLICABLE) for units in row_units]
            columns.append(Column("Unit", units, False))
        columns += _split(name, parts)
    return columns


def _counts(name: str) -> bool:
    return name.casefold() not in IN_WORDS


def _parts(name: str, cells: Sequence[str]) -> list[list[_Part]] | None:
    """Return the numbers of a column, or the two of each of its ranges; None where it has none."""
    if not _counts(name):
        return None
    read = [_read(cell) for cell in cells]
    sizes = {len(parts) for parts in read}
    if sizes not in ({1}, {2}, {0, 1}, {0, 2}):
        return None
    ends = range(max(sizes))
    return [
        [parts[end] if parts else _Part(cell) for cell, parts in zip(cells, read, strict=True)]
        for end in ends
    ]


@lru_cache(maxsize=20_000)
def _read(cell: str) -> tuple[_Part, ...]:
    """Return the number or the two numbers of a cell; none of shorthand, three of other text."""
    if _NO_VALUE.fullmatch(cell):
        return ()
    match = _CELL.fullmatch(cell)
    if match is None:
        return (_Part(cell),) * 3
    *numbers, mark = match.groups(default="")
    ends = [numbers[:4], numbers[4:]] if numbers[6] else [numbers[:4]]
    return tuple(
        _Part(f"{sign.replace('−', '-').strip('+')}{digits}", f"{pound}{unit}".strip(), mark)
        for sign, pound, digits, unit in ends
    )


def _units(parts: Iterable[_Part]) -> set[str]:
    """Return the units of some numbers, each in the plural where both forms occur."""
    units = {part.unit for part in parts if part.unit}
    return {unit for unit in units if f"{unit}s" not in units}


def _split(name: str, parts: list[list[_Part]]) -> list[Column]:
    """Return the columns that one becomes: its numbers, or both ends; then marks, where any are."""
    marks = [part.mark.strip("()") for part in parts[0]]
    columns = [
        Column(_with_unit(end, _units(part)), [number.text for number in part], True)
        for end, part in zip(_ends(name) if len(parts) > 1 else [name], parts, strict=True)
    ]
    return [*columns, Column(f"{name}: note", marks, False)] if any(marks) else columns


def _ends(name: str) -> list[str]:
    named = _ENDS.fullmatch(name)
    what, low, high = named.groups() if named else (name, "lower", "upper")
    return [f"{what}, {low}", f"{what}, {high}"]


def _with_unit(name: str, units: set[str]) -> str:
    [unit] = units if len(units) == 1 else [""]
    return f"{name} ({unit})" if unit else name
