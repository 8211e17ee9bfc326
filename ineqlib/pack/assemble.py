"""The tables of a pack, made of the files that were read."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import pandas as pd

from ineqlib import observations as contract
from ineqlib.pack import tables
from ineqlib.pack.beside_figures import (
    ByKind,
    Maps,
    Tables,
    of_kinds,
    other_tables,
    small_areas_of,
)
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.examined import Around
from ineqlib.pack.figures import Figures, figures
from ineqlib.pack.file_areas import FileAreas, areas_of
from ineqlib.pack.geography import (
    NAMES,
    SMALLER_THAN_DISTRICTS,
    area_changes,
    areas_table,
    districts_stated,
    named_elsewhere,
    named_with_figures,
    tell_changes,
)
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import Files, in_memory
from ineqlib.pack.lookups import Lookups
from ineqlib.pack.written_ahead import Ahead, write_ahead
from ineqlib.sources.memory import give_back_memory
from ineqlib.sources.named_areas import codes_by_name, with_codes
from ineqlib.sources.plausible import Names
from ineqlib.sources.texts import stacked

MANY_FIGURES = 300_000
"""Rows from which on maps are made first: both take much memory."""


class Assembled(NamedTuple):
    """The tables of a pack, each by its files, and what is known of its areas and figures.

    Some of the tables others write meanwhile.
    """

    tables: dict[str, Files]
    areas: pd.DataFrame
    figures: Figures
    ahead: dict[str, Ahead]

    def whole_tables(self) -> dict[str, pd.DataFrame]:
        """Return all rows of each table."""
        tables = {name: files[None].read() for name, files in self.tables.items() if None in files}
        figures = [table.read() for table in self.tables["observations"].values()]
        return {**tables, "observations": stacked([contract.empty(), *figures])}


def assemble(inputs: list[Input], today: pd.Timestamp, helpers: Helpers | None = None) -> Assembled:
    """Make the tables of the pack.

    Parameters
    ----------
    inputs
        The files, in order; their reports say what became of each row.
    today
        After which no figure, code, lookup or map can be.
    helpers
        Who may thin shapes, write tables and merge figures meanwhile; None where nobody else is to.
    """
    helpers = helpers or Helpers()
    by_kind = of_kinds(inputs)
    changes = area_changes([file.parsed.frame for file in by_kind["area_changes"]], today)
    tell_changes(by_kind["area_changes"], changes, today)
    history = CodeHistory(changes)
    observed, places = _with_codes(by_kind, history)
    drawn = [areas_of(file) for file in by_kind["boundaries"]]
    codes = [_present_codes(areas, history) for areas in (drawn, places)]
    lookups = Lookups(by_kind["area_lookup"], today.year)
    looked_up = map(areas_of, by_kind["area_lookup"])
    names = Names(areas.names for areas in (*places, *drawn, *looked_up))
    around = Around(history, today, names, lookups.county_of)
    with_figures = codes[0] & codes[1]
    with ThreadPoolExecutor(1) as pool:  # who thins shapes lets other threads go on
        of_pack = partial(_beside_figures, by_kind, history, with_figures, today.year, helpers)
        making = pool.submit(copy_context().run, of_pack)
        if sum(file.rows for file in observed) > MANY_FIGURES:
            wait([making])
            give_back_memory()
        made = figures([*zip(observed, places, strict=True)], around, helpers)
    beside = making.result()
    give_back_memory(made.rows)
    stated = [pair for areas in places for pair in areas.districts]
    districts = districts_stated(stated, made.areas, small_areas_of(beside.content).read)
    named = _named_areas(made.areas, beside.maps, lookups, history, districts)
    areas = areas_table(*named, changes)
    few = {
        "area_changes": changes,
        "areas": areas,
        "indicators": made.indicators,
        "sources": tables.sources(inputs, made.sources),
        "build_notes": tables.build_notes([file for file in observed if file.report.is_read]),
    }
    content = {
        **beside.content,
        **beside.maps.tables(areas),
        **{name: in_memory(frame) for name, frame in few.items()},
    }
    files: dict[str, Files] = {name: {None: table} for name, table in content.items()}
    return Assembled({"observations": made.files(areas), **files}, areas, made, beside.ahead)


class _Beside(NamedTuple):
    """What is made beside the figures: tables, maps, and those of both that others write."""

    content: Tables
    maps: Maps
    ahead: dict[str, Ahead]


def _beside_figures(
    by_kind: ByKind,
    history: CodeHistory,
    with_figures: Collection[str],
    year: int,
    helpers: Helpers,
) -> _Beside:
    content = other_tables(by_kind, history, helpers)
    small = small_areas_of(content)
    maps = Maps(by_kind["boundaries"], small, history, with_figures, year, helpers=helpers)
    return _Beside(content, maps, write_ahead(content | maps.named_tables(), helpers))


def _present_codes(places: list[FileAreas], history: CodeHistory) -> set[str]:
    """Return the present codes of all areas of some files, but for small ones."""
    codes = {code for areas in places for code in areas.codes}
    return set(history.renamed(pd.Series(sorted(codes), dtype="str")))


def _named_areas(
    with_figures: pd.DataFrame,
    maps: Maps,
    lookups: Lookups,
    history: CodeHistory,
    districts: pd.DataFrame,
) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """Return what areas are called, the newest boundaries first, and where lookups say they lie."""
    larger = lookups.larger(history)
    authorities = larger[larger["level"].isin(["lad", "utla"])]
    # Those of wards and neighbourhoods are many: they are read only if there are figures of some.
    has_small = with_figures["area_type"].isin(SMALLER_THAN_DISTRICTS).any()
    smaller = lookups.smaller(history) if has_small else larger.iloc[:0]
    codes = with_figures["area_code"].tolist()
    smaller = smaller[smaller["code"].isin([*codes, *history.ended])]
    names = [
        *(shapes.set_axis(NAMES, axis=1) for shapes in maps.names()),
        authorities[["code", "name"]].set_axis(NAMES, axis=1),
        authorities[["parent_code", "parent_name"]].set_axis(NAMES, axis=1),
        with_figures[NAMES],
        *named_with_figures(smaller, lookups.districts(history), codes),
    ]
    return names, [larger, smaller, districts]


def _with_codes(by_kind: ByKind, history: CodeHistory) -> tuple[list[Input], list[FileAreas]]:
    """Give areas that a file only names the codes that other files have for the names.

    Returns
    -------
    tuple
        The files of figures, and the areas of each.
    """
    observed = by_kind["observations"]
    places = [areas_of(file) for file in observed]
    if all(areas.is_coded for areas in places):
        return observed, places
    named = [
        *(file.parsed.frame[NAMES] for file in observed),
        *named_elsewhere(by_kind["area_lookup"] + by_kind["boundaries"]),
    ]
    codes = codes_by_name(named, history.renamed, history.ended)
    coded = [_with_codes_of(file, codes) for file in observed]
    return coded, [areas_of(file) for file in coded]


def _with_codes_of(file: Input, codes: dict[str, set[str]]) -> Input:
    parsed = with_codes(file.parsed, codes)
    if parsed is file.parsed:
        return file
    file.report.set_aside.extend(parsed.set_aside[len(file.parsed.set_aside) :])
    file.report.remarks.extend(parsed.remarks[len(file.parsed.remarks) :])
    return replace(file, parsed=parsed, key="")  # other files had a part in it
