"""What one event costs and whom: a file of one's own, or what a pack itself holds."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ineqlib.errors import InputError, listed
from ineqlib.sources.content import read_content
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.own_columns import name_columns
from ineqlib.text import plural, repeated
from ineqlib.yaml_file import check_keys, read_yaml, unknown_keys

if TYPE_CHECKING:
    from ineqlib.pack.pack import Pack

TABLE = "unit_costs"
AMOUNTS = ("low", "central", "high")
DISTRIBUTIONS = ("triangular", "pert", "lognormal", "gamma")
_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d\d)?")
_AMOUNT = re.compile(r"£?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LINK = re.compile(r"https?://\S+\.\S+")
_YAML = (".yml", ".yaml")


@dataclass(frozen=True)
class UnitCost:
    """What one event costs somebody, as somebody published it.

    Parameters
    ----------
    indicator
        Id of the indicator whose events it is the cost of.
    label
        What is paid for, and over how long.
    low, central, high
        Pounds for one event: the least and the most it could be, and the likeliest; of a
        ``lognormal`` or ``gamma`` cost its mean, and the 95% limits of that.
    price_year
        The year of its prices: ``2023``, or ``2023/24``.
    source, link
        Who published it, and where.
    budget
        Whose money it is.
    distribution
        One of `DISTRIBUTIONS`.
    """

    indicator: str
    label: str
    low: float
    central: float
    high: float
    price_year: str
    source: str
    link: str
    budget: str
    distribution: str = DISTRIBUTIONS[0]


NAMES = tuple(part.name for part in fields(UnitCost))
KEYS = NAMES[:-1]
"""What every row has; `distribution` may be left out."""


@dataclass(frozen=True)
class UnitCosts:
    """Unit costs, and where they were read.

    Parameters
    ----------
    rows
        In the order of the file.
    source
        The name of the file, or the title of the pack.
    """

    rows: tuple[UnitCost, ...]
    source: str

    def of(self, indicator: str) -> tuple[UnitCost, ...]:
        """Return the costs of one indicator's events."""
        return tuple(row for row in self.rows if row.indicator == indicator)


def read_unit_costs(path: str | Path) -> UnitCosts:
    """Read a file of unit costs: YAML with a list under ``costs``, or a table (CSV, Excel).

    Every row has all of `KEYS`: a cost without its source or its price year is refused.

    Raises
    ------
    InputError
        There is no such file, or rows cannot be right; the message tells every fault.
    """
    path = Path(path)
    rows = _yaml_rows(path) if path.suffix.lower() in _YAML else _table_rows(path)
    return checked(rows, path.name)


def costs_in(pack: "Pack") -> UnitCosts | None:
    """Return the unit costs that a pack itself holds; None where it has none."""
    if not pack.has(TABLE):
        return None
    return checked(pack.table(TABLE).to_dict("records"), pack.title)


def checked(rows: Sequence[Mapping[Any, Any]], source: str) -> UnitCosts:
    """Make unit costs of rows as they are written.

    Parameters
    ----------
    rows
        Name -> what is written there.
    source
        Where they are written.

    Raises
    ------
    InputError
        Rows cannot be right; the message tells every fault.
    """
    texts = [{name: _text(row.get(name)) for name in NAMES} | _distribution(row) for row in rows]
    faults = [f"row {at}: {fault}" for at, row in enumerate(texts, 1) for fault in _faults(row)]
    faults += _faults_together(texts)
    if faults:
        lines = "".join(f"\n  - {fault}." for fault in faults)
        raise InputError(
            f"The unit costs in {source} have {plural(len(faults), 'fault')}:{lines}\n"
            "Correct the rows and try again: no cost is guessed, and none without its source and "
            "price year is used."
        )
    return UnitCosts(tuple(map(_cost, texts)), source)


def _distribution(row: Mapping[Any, Any]) -> dict[str, str]:
    name = _text(row.get("distribution")).lower().replace("log-normal", "lognormal")
    return {"distribution": name or DISTRIBUTIONS[0]}


def _cost(row: dict[str, str]) -> UnitCost:
    values: dict[str, Any] = {**row, **{name: _number(row[name]) for name in AMOUNTS}}
    return UnitCost(**values)


def _yaml_rows(path: Path) -> list[dict[Any, Any]]:
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("costs"), list):
        raise InputError(
            f"{path} is no file of unit costs: expected 'costs:' and a list under it, each entry "
            f"with {', '.join(KEYS)}."
        )
    check_keys(content, ["costs"], str(path))
    for at, row in enumerate(content["costs"], 1):
        if not isinstance(row, dict):
            raise InputError(f"{path}, row {at}: expected an entry with {', '.join(KEYS)}.")
        if unknown := unknown_keys(row, NAMES):
            raise InputError(f"{path}, row {at}, has {unknown} Known: {', '.join(NAMES)}.")
    rows: list[dict[Any, Any]] = content["costs"]
    return rows


def _table_rows(path: Path) -> list[dict[Any, Any]]:
    table = read_csv_text(read_content(path), (), "a file of unit costs")
    if unknown := name_columns(table, KEYS, NAMES[-1:], "unit costs"):
        raise InputError(
            f"{path.name} has {plural(len(unknown), 'unknown column')}: {listed(unknown)}. "
            f"Known: {', '.join(NAMES)}."
        )
    return table.to_dict("records")


def _text(given: object) -> str:
    return "" if given is None else " ".join(str(given).split())


def _number(text: str) -> float:
    return float(text.replace("£", "").replace(",", "")) if _AMOUNT.fullmatch(text) else math.nan


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    if missing := [name for name in KEYS if not row[name]]:
        yield f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
    wrong = [name for name in AMOUNTS if row[name] and math.isnan(_number(row[name]))]
    for name in wrong:
        yield f"{name} is '{row[name]}', expected pounds, zero or above, such as 1,250"
    low, central, high = (_number(row[name]) for name in AMOUNTS)
    if not wrong and all(row[name] for name in AMOUNTS) and not low <= central <= high:
        yield f"low, central and high are {', '.join(row[n] for n in AMOUNTS)}: not in this order"
    if (name := row["distribution"]) not in DISTRIBUTIONS:
        yield f"distribution is '{name}', expected one of {', '.join(DISTRIBUTIONS)}"
    if row["price_year"] and not _YEAR.fullmatch(row["price_year"]):
        yield f"price_year is '{row['price_year']}', expected a year such as 2023 or 2023/24"
    if row["link"] and not _LINK.fullmatch(row["link"]):
        yield f"link is '{row['link']}', expected where it is published, https://…"


def _faults_together(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Yield what is wrong with the costs of one event together."""
    if not rows:
        yield "there is no row"
    for indicator in dict.fromkeys(row["indicator"] for row in rows):
        own = [row for row in rows if row["indicator"] == indicator]
        if twice := repeated(row["label"] for row in own):
            yield f"{indicator}: '{twice[0]}' is there twice, so its cost would be counted twice"
        years = sorted({row["price_year"] for row in own} - {""})
        if len(years) > 1:
            yield (
                f"{indicator}: its costs are in prices of {', '.join(years)}, which cannot be "
                "added up; bring them to one year by a published deflator, and write that year"
            )
