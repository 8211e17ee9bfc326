"""Lookups between areas of any two levels: what each is nested in."""

from collections.abc import Iterator, Mapping

import pandas as pd

from ineqlib.areas import CODE, area_type
from ineqlib.errors import listed
from ineqlib.sources.base import Head, Layout, Parsed, SetAside
from ineqlib.sources.csv_text import require_columns
from ineqlib.sources.layouts.lookups import ONS_LOOKUPS
from ineqlib.sources.ons_columns import code_columns, name_column, read_ons_table
from ineqlib.sources.texts import looked_up

PARENTS = {
    "lsoa": ("ward", "lad", "utla", "region"),
    "msoa": ("lad", "utla", "region"),
    "ward": ("lad", "utla", "region"),
    "lad": ("utla", "region"),
    "utla": ("region",),
}
"""What each level is nested in, of the levels that a pack needs."""

OUTLIVED = ("lsoa", "msoa", "ward")
"""Levels of which figures are published by codes of an older year than the newest."""


def _is_nested(head: Head) -> bool:
    return len(code_columns(head.columns)) > 1


def parse_lookup(content: bytes, _described: dict[str, str]) -> Parsed:
    """Read a lookup from areas to those they are nested in.

    Returns
    -------
    Parsed
        `frame` has one row per area and parent: code, name, level, parent_code, parent_name,
        parent_level, vintage (year of the parent's codes). Parents are of the newest year, wards
        and neighbourhoods of every year. A finer area that lies in several parents is set aside,
        and so is a row whose own code or parent is none (a blank, or a pseudo code).

    Raises
    ------
    InputError
        A code column has no column of names beside it.
    """
    table = read_ons_table(content)
    columns = code_columns(table.columns)
    newest: dict[str, tuple[int, str]] = {}
    for name, (level, year) in columns.items():
        newest[level] = max(newest.get(level, (0, "")), (year, name))
    present = _all_pairs(table, {level: name for level, (_, name) in newest.items()}, newest)
    if present.empty:
        return Parsed("reference", table, ONS_LOOKUPS, remarks=("no level a pack needs",))
    two_names = _two_names(present)
    frame = pd.concat([present, *_of_older_years(table, columns, newest, present)])
    frame = frame.drop_duplicates(
        ["code", "level", "parent_code", "parent_level"], ignore_index=True
    )
    # One authority of either tier may stand for the other; a region is only ever a region.
    kinds = looked_up(frame["parent_code"], area_type)
    no_code = ~frame["code"].str.fullmatch(CODE.pattern)
    no_parent = (kinds == "other") | ((kinds == "region") != (frame["parent_level"] == "region"))
    no_parent |= (frame["parent_level"] == "utla") & frame["parent_code"].str.startswith("E07")
    no_parent |= (frame["parent_level"] == "lad") & frame["parent_code"].str.startswith("E10")
    no_parent &= ~no_code
    several = frame.duplicated(["code", "level", "parent_level"], keep=False)
    several &= ~no_parent & ~no_code
    asides = [
        SetAside(reason, int(rows.sum()), tuple(frame.loc[rows, "code"][:5]))
        for reason, rows in (
            ("its own code is blank or that of no area", no_code),
            ("lies in several parents", several),
            ("its parent is blank, a pseudo code or the code of another kind of area", no_parent),
        )
        if rows.any()
    ]
    kept = frame[~(no_code | several | no_parent)]
    return Parsed("area_lookup", kept, ONS_LOOKUPS, set_aside=tuple(asides), remarks=two_names)


def _of_older_years(
    table: pd.DataFrame,
    columns: Mapping[str, tuple[str, int]],
    newest: Mapping[str, tuple[int, str]],
    present: pd.DataFrame,
) -> Iterator[pd.DataFrame]:
    """Yield in what wards and neighbourhoods of older years lie whose codes are no more."""
    for name, (level, _) in columns.items():
        if level in OUTLIVED and name != newest[level][1]:
            older = _all_pairs(table, {level: name}, newest)
            yield older[~older["code"].isin(present.loc[present["level"] == level, "code"])]


def _all_pairs(
    table: pd.DataFrame, children: Mapping[str, str], newest: Mapping[str, tuple[int, str]]
) -> pd.DataFrame:
    """Return the areas of some columns, by level, with each parent of its newest year."""
    pairs = [
        _pairs(table, child, level, parent, year, parent_level)
        for level, child in children.items()
        for parent_level in PARENTS.get(level, ())
        if parent_level in newest
        for year, parent in [newest[parent_level]]
    ]
    return pd.concat(pairs, ignore_index=True) if pairs else pd.DataFrame()


def _two_names(frame: pd.DataFrame) -> tuple[str, ...]:
    """Name the codes that a lookup gives several names, of which only one can be right."""
    names = pd.concat(
        [
            frame[pair].set_axis(["code", "name"], axis=1)
            for pair in (["code", "name"], ["parent_code", "parent_name"])
        ]
    ).drop_duplicates()
    names = names[names.duplicated("code", keep=False)]
    names = names[(names["name"] != "") & names["code"].str.fullmatch(CODE.pattern)]
    names = names[~names.assign(name=names["name"].str.casefold()).duplicated()]
    several = names[names.duplicated("code", keep=False)]
    if several.empty:
        return ()
    shown = several.groupby("code")["name"].agg(" and ".join)
    told = listed(f"{code} is {both}" for code, both in shown.items())
    return (
        f"Kept, but look at it: {len(shown)} code(s) with several names ({told}). Correct the code "
        "or the name.",
    )


def _pairs(
    table: pd.DataFrame, child: str, level: str, parent: str, year: int, parent_level: str
) -> pd.DataFrame:
    wanted = [child, name_column(child), parent, name_column(parent)]
    require_columns(table.columns, wanted, "a lookup with names")
    pairs = table[wanted].drop_duplicates()
    pairs.columns = pd.Index(["code", "name", "parent_code", "parent_name"])
    return pairs.assign(level=level, parent_level=parent_level, vintage=year)


LAYOUTS = (Layout("ONS lookup", _is_nested, parse_lookup),)
