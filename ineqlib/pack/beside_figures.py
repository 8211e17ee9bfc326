"""The tables of a pack beside its figures: neighbourhoods, deprivation, neighbours, ages, maps."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from ineqlib.pack import tables
from ineqlib.pack.by_age import by_age_tables
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.files import digest_of
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import LazyTable, in_memory
from ineqlib.pack.model import TABLES
from ineqlib.pack.shapes import boundary_tables, name_shapes
from ineqlib.pack.stages import made_once, make_elsewhere

ByKind = dict[str, list[Input]]
Tables = dict[str, LazyTable]

NAMED_LEVELS = ("lad", "utla", "region")
"""Levels of boundaries that areas have their names of."""

_READ = (
    *("small_area_table", "reference", "deaths", "populations", "small_areas", "population"),
    *("area_lookup", "area_deprivation", "neighbours"),
)


def of_kinds(files: Iterable[Input]) -> ByKind:
    """Return files by the kind of what they hold, in order."""
    by_kind: ByKind = defaultdict(list)
    for file in files:
        by_kind[file.parsed.kind].append(file)
    return by_kind


def other_tables(by_kind: ByKind, history: CodeHistory, helpers: Helpers) -> Tables:
    """Return the tables that need neither figures nor maps, by name.

    Parameters
    ----------
    by_kind
        The files, by the kind of what they hold.
    history
        Codes of areas then and now.
    helpers
        Who may make them meanwhile.
    """
    files = [file for kind in _READ for file in by_kind[kind]]
    make_elsewhere(helpers, "beside figures", _others, files, history)
    return made_once("beside figures", _others, files, history)


def _others(files: Sequence[Input], history: CodeHistory) -> dict[str, pd.DataFrame]:
    by_kind = of_kinds(files)
    content = {
        **tables.small_area_tables(by_kind["small_area_table"]),
        **tables.small_area_changes(by_kind["reference"]),
        **by_age_tables(by_kind["deaths"], by_kind["populations"], history),
    }
    if small := by_kind["small_areas"]:
        lookups = [file.parsed.frame for file in by_kind["area_lookup"]]
        content["small_areas"] = tables.small_areas(small, by_kind["population"], lookups, history)
    if summaries := by_kind["area_deprivation"]:
        content["area_deprivation"] = tables.area_deprivation(summaries, history)
    if alike := by_kind["neighbours"]:
        content["neighbours"] = tables.neighbours(alike, history)
    for kind in ("population", "reference", "deaths", "populations"):
        tables.unused(by_kind[kind])
    return content


def small_areas_of(content: Tables) -> LazyTable:
    """Return the table of neighbourhoods, which may have no row."""
    columns = list(TABLES["small_areas"])
    return content.get("small_areas", in_memory(pd.DataFrame(columns=columns), "none"))


class Maps:
    """The boundaries of a pack; shapes without a name get that of their area.

    Parameters
    ----------
    inputs
        Files of boundaries.
    small
        The table of neighbourhoods.
    history
        Codes of areas then and now.
    with_figures
        Codes of the areas that have both a shape and figures.
    year
        After which no boundaries can be.
    helpers
        Who may make them meanwhile.
    """

    def __init__(
        self,
        inputs: list[Input],
        small: LazyTable,
        history: CodeHistory,
        with_figures: Collection[str],
        year: int,
        *,
        helpers: Helpers,
    ) -> None:
        codes = sorted(with_figures)
        make_elsewhere(helpers, "maps", _drawn, inputs, small, history, codes, year)
        self._tables = made_once("maps", _drawn, inputs, small, history, codes, year)
        self._names = self._tables.pop("names").read()

    def names(self) -> list[pd.DataFrame]:
        """Return what the shapes of authorities and regions are called: code and name."""
        return [
            rows[["code", "name"]]
            for level in NAMED_LEVELS
            if len(rows := self._names[self._names["table"] == f"boundaries_{level}"])
        ]

    def named_tables(self) -> Tables:
        """Return the tables that have a name for every shape."""
        unnamed = set(self._names.loc[self._names["name"] == "", "table"])
        return {name: table for name, table in self._tables.items() if name not in unnamed}

    def tables(self, areas: pd.DataFrame) -> Tables:
        """Return the tables of boundaries by name, given the pack's areas."""
        name_of = areas.set_index("area_code")["area_name"]
        return {name: self._named(name, table, name_of) for name, table in self._tables.items()}

    def _named(self, name: str, table: LazyTable, name_of: pd.Series) -> LazyTable:
        unnamed = self._names[(self._names["table"] == name) & (self._names["name"] == "")]["code"]
        if unnamed.empty:
            return table
        given = {code: name_of.get(code, code) for code in unnamed}
        key = table.key and digest_of([table.key, given])
        return LazyTable(key, lambda: name_shapes(table.read(), given))


def _drawn(
    inputs: Sequence[Input],
    small: LazyTable,
    history: CodeHistory,
    with_figures: list[str],
    year: int,
) -> dict[str, pd.DataFrame]:
    made = boundary_tables(inputs, small.read(), history, with_figures, year)
    return {**made, "names": _names(made)}


def _names(maps: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the names of shapes that areas have theirs of, and the shapes that have none."""
    needed = [
        shapes.loc[
            (shapes["name"] == "") | (name.removeprefix("boundaries_") in NAMED_LEVELS),
            ["code", "name"],
        ].assign(table=name)
        for name, shapes in maps.items()
    ]
    none = pd.DataFrame(columns=["code", "name", "table"], dtype="str")
    return pd.concat([none, *(pd.DataFrame(part) for part in needed)], ignore_index=True)
