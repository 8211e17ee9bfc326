"""What became of codes of areas: histories of authorities' codes, and the change of LSOAs."""

from itertools import pairwise
from pathlib import Path

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.errors import InputError
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source
from ineqlib.sources.csv_text import require_columns
from ineqlib.sources.ons_columns import code_columns, name_column, read_ons_table
from ineqlib.yaml_file import check_keys, read_yaml

ONS_LOOKUPS = Source(
    id="lookups_ons",
    title="Lookups between areas",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    attribution="Office for National Statistics licensed under the Open Government Licence v3.0.",
)

KNOWN_CHANGES = Path(__file__).parents[1] / "code_changes.yml"
CHANGES = ["old_code", "old_name", "new_code", "new_name", "date", "kind"]
DATABASE = ("GEOGCD_P", "GEOGNM_P", "GEOGCD", "GEOGNM", "OPER_DATE")
"""Columns of the ONS Code History Database, in the order of `CHANGES`; P is the predecessor."""

WHOLE_COUNTRY = 290
"""A list of as many English authorities is taken for all of them; there have never been fewer."""

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


def _is_history(head: Head) -> bool:
    columns = code_columns(head.columns).values()
    levels, years = ({column[at] for column in columns} for at in (0, 1))
    return levels in ({"lad"}, {"utla"}) and 1 < len(years) == len(columns)


def parse_history(content: bytes, _described: Described) -> Parsed:
    """Read codes side by side, one column per year, as a list of changes.

    The date is 1 April of the first year that has the new code: finer dates are not in the file.
    A code that leads to one new code with nothing else in it is a rename, if the file lists the
    whole country or the authority keeps its name. Else it may be one row of a merger, and its kind
    is ``unclear``.

    Returns
    -------
    Parsed
        `frame` has one row per change in England, with the columns `CHANGES`.

    Raises
    ------
    InputError
        A code column has no column of names beside it.
    """
    table = read_ons_table(content)
    years = sorted((year, name) for name, (_, year) in code_columns(table.columns).items())
    frame = pd.concat(
        [_changes(table, before, year, after) for (_, before), (year, after) in pairwise(years)]
    )
    english = frame["old_code"].str.startswith("E")
    outside = int((~english).sum())
    return Parsed(
        "area_changes",
        frame[english].reset_index(drop=True),
        ONS_LOOKUPS,
        set_aside=(SetAside("changes outside England", outside),) if outside else (),
        remarks=(f"codes of {', '.join(str(year) for year, _ in years)}",),
    )


def _changes(table: pd.DataFrame, before: str, year: int, after: str) -> pd.DataFrame:
    wanted = [before, name_column(before), after, name_column(after)]
    require_columns(table.columns, wanted, "a history of codes with names")
    pairs = table[wanted].drop_duplicates()
    pairs.columns = pd.Index(CHANGES[:4])
    english = pairs.loc[pairs["old_code"].str.startswith("E"), "old_code"].nunique()
    pairs["date"] = pd.Timestamp(year, 4, 1)
    pairs["kind"] = kinds_of_change(pairs, whole=english >= WHOLE_COUNTRY)
    present = (pairs["old_code"] != "") & (pairs["new_code"] != "")
    return pairs[present & (pairs["old_code"] != pairs["new_code"])]


def kinds_of_change(pairs: pd.DataFrame, *, whole: bool) -> pd.Series:
    """Tell renames, mergers and splits apart in pairs of old and new codes.

    Parameters
    ----------
    pairs
        With the columns old_code, old_name, new_code, new_name.
    whole
        Whether every change is among them, so that one that stands alone is alone.

    Returns
    -------
    Series
        ``split``, ``merged``, ``renamed``, or ``unclear`` where a part of the changes cannot tell.
    """
    successors = pairs.groupby("old_code")["new_code"].transform("nunique")
    predecessors = pairs.groupby("new_code")["old_code"].transform("nunique")
    keeps_name = pairs["old_name"].str.casefold() == pairs["new_name"].str.casefold()
    kinds = (keeps_name | whole).map({True: "renamed", False: "unclear"})
    return kinds.mask(predecessors > 1, "merged").mask(successors > 1, "split")


def _is_code_history(head: Head) -> bool:
    return set(DATABASE) <= {name.upper() for name in head.columns}


def parse_code_history(content: bytes, _described: Described) -> Parsed:
    """Read the changes of authorities from the `Changes.csv` of the ONS Code History Database.

    Returns
    -------
    Parsed
        As `parse_history` does; changes of other kinds of area are set aside.

    Raises
    ------
    InputError
        A column is there twice.
    """
    table = read_ons_table(content, str.upper)
    changes = table[[*DATABASE]].set_axis(CHANGES[:5], axis=1)
    days = changes["date"].str[:10]
    dates = pd.to_datetime(days, format="%d/%m/%Y", errors="coerce")
    changes["date"] = dates.fillna(pd.to_datetime(days, format="%Y-%m-%d", errors="coerce"))
    both = changes[["old_code", "new_code"]].map(area_type).isin(["lad", "utla"]).all(axis=1)
    moved = both & changes["date"].notna() & (changes["old_code"] != changes["new_code"])
    authorities = changes.loc[changes["new_code"].map(area_type) == "lad", "new_code"].nunique()
    frame = changes[moved].drop_duplicates(["old_code", "new_code"], ignore_index=True)
    frame["kind"] = kinds_of_change(frame, whole=authorities >= WHOLE_COUNTRY)
    reason = "no change of one English authority to another on a day that can be read"
    return Parsed(
        "area_changes",
        frame,
        ONS_LOOKUPS,
        set_aside=(SetAside(reason, len(table) - len(frame)),) if len(table) > len(frame) else (),
    )


def _is_small_area_change(head: Head) -> bool:
    return {"LSOA11CD", "LSOA21CD", "CHGIND"} <= {name.upper() for name in head.columns}


def parse_small_area_change(content: bytes, _described: Described) -> Parsed:
    """Recognise the change from LSOAs of 2011 to 2021, which is many to many.

    Raises
    ------
    InputError
        A kind of change is none of U, S, M and X.
    """
    table = read_ons_table(content, str.upper)
    kinds = table["CHGIND"].value_counts().sort_index(ascending=False)
    words = {"U": "unchanged", "S": "split", "M": "merged", "X": "irregular"}
    if unknown := sorted(set(kinds.index) - set(words)):
        raise InputError(f"CHGIND holds '{unknown[0]}'; expected U, S, M or X.")
    counted = ", ".join(f"{count:,} {words[kind]}" for kind, count in kinds.items())
    return Parsed(
        "reference",
        table,
        ONS_LOOKUPS,
        remarks=(f"many to many ({counted}): used for areas of your own alone",),
        attributes={"from": "lsoa11", "to": "lsoa21", "many_to_many": "yes"},
    )


LAYOUTS = (
    Layout("ONS change of LSOAs 2011 to 2021", _is_small_area_change, parse_small_area_change),
    Layout("ONS history of authority codes", _is_history, parse_history),
    Layout("ONS Code History Database", _is_code_history, parse_code_history),
)
