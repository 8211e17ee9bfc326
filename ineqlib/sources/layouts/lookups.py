"""Lookups between areas, and the history of authorities' codes."""

import re
from pathlib import Path

import pandas as pd

from ineqlib.errors import InputError
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source
from ineqlib.sources.content import read_table
from ineqlib.sources.csv_text import require_columns
from ineqlib.sources.layouts.boundaries import code_columns
from ineqlib.yaml_file import check_keys, read_yaml

ONS_LOOKUPS = Source(
    id="lookups_ons",
    title="Lookups between areas",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    attribution="Office for National Statistics licensed under the Open Government Licence v3.0.",
)

PARENTS = {
    "lsoa": ("lad",),
    "msoa": ("lad",),
    "ward": ("lad",),
    "lad": ("utla", "region"),
    "utla": ("region",),
}
"""What each level is nested in, of the levels that a pack needs."""

KNOWN_CHANGES = Path(__file__).parents[1] / "code_changes.yml"
CHANGES = ["old_code", "old_name", "new_code", "new_name", "date", "kind"]
_HISTORY = re.compile(r"ltla(\d\d)_code")
_AUTHORITY = re.compile(r"LAD(\d\d)CD")
Described = dict[str, str]


def known_changes() -> pd.DataFrame:
    """Return the changes to English authorities' codes since 2009: old and new code, date, kind.

    ``renamed`` is the same authority under a new code, ``merged`` went whole into one new
    authority, ``split`` went into several.
    """
    groups = read_yaml(KNOWN_CHANGES)
    for number, group in enumerate(groups, start=1):
        check_keys(group, ("date", "kind", "changes"), f"{KNOWN_CHANGES.name}: no. {number}")
    rows = [
        (*change, pd.Timestamp(group["date"]), group["kind"])
        for group in groups
        for change in group["changes"]
    ]
    return pd.DataFrame(rows, columns=CHANGES)


def _years(pattern: re.Pattern[str], columns: tuple[str, ...]) -> dict[int, str]:
    """Return year -> code column, in order of the years."""
    matches = {name: pattern.fullmatch(name) for name in columns}
    return dict(sorted((2000 + int(m[1]), name) for name, m in matches.items() if m))


def _is_history(head: Head) -> bool:
    if len(_years(_HISTORY, head.columns)) > 1:
        return True
    authorities = _years(_AUTHORITY, head.columns)
    return len(authorities) > 1 and len(code_columns(head.columns)) == len(authorities)


def parse_history(content: bytes, _described: Described) -> Parsed:
    """Read codes side by side, one column per year, as a list of changes.

    The date is 1 April of the first year that has the new code: finer dates are not in the file.
    A code that leads to one new code with nothing else in it is a rename.

    Returns
    -------
    Parsed
        `frame` has one row per change in England, with the columns `CHANGES`.

    Raises
    ------
    InputError
        A code column has no column of names beside it.
    """
    table = read_table(content)
    columns = tuple(table.columns)
    years = _years(_HISTORY, columns) or _years(_AUTHORITY, columns)
    steps = list(zip(list(years.items())[:-1], list(years.items())[1:], strict=True))
    frame = pd.concat(
        [_changes(table, before, year, after) for (_, before), (year, after) in steps]
    )
    english = frame["old_code"].str.startswith("E")
    outside = int((~english).sum())
    return Parsed(
        "area_changes",
        frame[english].reset_index(drop=True),
        ONS_LOOKUPS,
        set_aside=(SetAside("changes outside England", outside),) if outside else (),
        remarks=(f"codes of {', '.join(map(str, years))}",),
    )


def _changes(table: pd.DataFrame, before: str, year: int, after: str) -> pd.DataFrame:
    wanted = [before, _name_of(before), after, _name_of(after)]
    require_columns(table.columns, wanted, "a history of codes with names")
    pairs = table[wanted].drop_duplicates()
    pairs.columns = pd.Index(CHANGES[:4])
    successors = pairs.groupby("old_code")["new_code"].transform("nunique")
    predecessors = pairs.groupby("new_code")["old_code"].transform("nunique")
    pairs["date"] = pd.Timestamp(year, 4, 1)
    pairs["kind"] = "merged"
    pairs.loc[predecessors == 1, "kind"] = "renamed"
    pairs.loc[successors > 1, "kind"] = "split"
    present = (pairs["old_code"] != "") & (pairs["new_code"] != "")
    return pairs[present & (pairs["old_code"] != pairs["new_code"])]


def _name_of(code_column: str) -> str:
    return code_column.replace("_code", "_name").removesuffix("CD") + (
        "NM" if code_column.endswith("CD") else ""
    )


def _is_small_area_change(head: Head) -> bool:
    return {"LSOA11CD", "LSOA21CD", "CHGIND"} <= set(head.columns)


def parse_small_area_change(content: bytes, _described: Described) -> Parsed:
    """Recognise the change from LSOAs of 2011 to 2021, which is many to many and not used.

    Raises
    ------
    InputError
        A kind of change is none of U, S, M and X.
    """
    table = read_table(content, ("LSOA11CD", "LSOA21CD", "CHGIND"))
    kinds = table["CHGIND"].value_counts().sort_index(ascending=False)
    words = {"U": "unchanged", "S": "split", "M": "merged", "X": "irregular"}
    if unknown := sorted(set(kinds.index) - set(words)):
        raise InputError(f"CHGIND holds '{unknown[0]}'; expected U, S, M or X.")
    counted = ", ".join(f"{count:,} {words[kind]}" for kind, count in kinds.items())
    return Parsed(
        "reference",
        table,
        ONS_LOOKUPS,
        remarks=(f"many to many ({counted}): not used to join small areas of two vintages",),
        attributes={"from": "lsoa11", "to": "lsoa21", "many_to_many": "yes"},
    )


def _is_nested(head: Head) -> bool:
    return len(code_columns(head.columns)) > 1


def parse_lookup(content: bytes, _described: Described) -> Parsed:
    """Read a lookup from areas to those they are nested in.

    Returns
    -------
    Parsed
        `frame` has one row per area and parent: code, name, level, parent_code, parent_name,
        parent_level, vintage (year of the parent's codes). A finer area that lies in several
        parents is set aside.

    Raises
    ------
    InputError
        A code column has no column of names beside it.
    """
    table = read_table(content)
    columns = code_columns(tuple(table.columns))
    newest: dict[str, tuple[int, str]] = {}
    for name, (level, year) in columns.items():
        newest[level] = max(newest.get(level, (0, "")), (year, name))
    pairs = [
        _pairs(table, child, level, parent, year, parent_level)
        for level, (_, child) in newest.items()
        for parent_level in PARENTS.get(level, ())
        if parent_level in newest
        for year, parent in [newest[parent_level]]
    ]
    if not pairs:
        return Parsed("reference", table, ONS_LOOKUPS, remarks=("no level a pack needs",))
    frame = pd.concat(pairs, ignore_index=True)
    several = frame.duplicated(["code", "level", "parent_level"], keep=False)
    aside = SetAside(
        "lies in several parents", int(several.sum()), tuple(frame.loc[several, "code"][:5])
    )
    return Parsed(
        "area_lookup", frame[~several], ONS_LOOKUPS, set_aside=(aside,) if aside.rows else ()
    )


def _pairs(
    table: pd.DataFrame, child: str, level: str, parent: str, year: int, parent_level: str
) -> pd.DataFrame:
    wanted = [child, _name_of(child), parent, _name_of(parent)]
    require_columns(table.columns, wanted, "a lookup with names")
    pairs = table[wanted].drop_duplicates()
    pairs.columns = pd.Index(["code", "name", "parent_code", "parent_name"])
    return pairs.assign(level=level, parent_level=parent_level, vintage=year)


LAYOUTS = (
    Layout("ONS change of LSOAs 2011 to 2021", _is_small_area_change, parse_small_area_change),
    Layout("ONS history of authority codes", _is_history, parse_history),
    Layout("ONS lookup", _is_nested, parse_lookup),
)
