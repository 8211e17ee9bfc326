"""Areas as they are now, and what became of those that ended."""

import re
from collections.abc import Callable, Collection

import pandas as pd

from ineqlib.areas import LSOA_NAME, area_type
from ineqlib.errors import listed
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.inputs import Input
from ineqlib.sources.base import SetAside
from ineqlib.sources.layouts.lookups import CHANGES, kinds_of_change, known_changes
from ineqlib.text import plural

COUNTRIES = {
    "E": ("E92000001", "England"),
    "W": ("W92000004", "Wales"),
    "S": ("S92000003", "Scotland"),
    "N": ("N92000002", "Northern Ireland"),
}
"""First letter of a code -> code and name of its country."""

AREA_COLUMNS = [
    *("area_code", "area_name", "area_type", "parent_code", "region_code", "country_code"),
    *("ended", "successors", "renamed_from"),
]
NAMES = ["area_code", "area_name"]
SMALLER_THAN_DISTRICTS = ("lsoa", "msoa", "ward")
"""Types of area whose parent is the district they lie in."""


def area_changes(published: list[pd.DataFrame], today: pd.Timestamp) -> pd.DataFrame:
    """Return the known changes of codes up to today, and those that lookups publish besides.

    What is known is not published otherwise by a file. Of the published ones, all files together
    tell whether a code has one predecessor: a merger of which each file has a row is no rename.
    """
    known = known_changes()
    others = pd.concat([known.iloc[:0], *published], ignore_index=True)[CHANGES]
    others = others.drop_duplicates(["old_code", "new_code"])
    others = others[~others["old_code"].isin(known["old_code"])]
    together = kinds_of_change(others, whole=True)
    others["kind"] = together.where(together != "renamed", others["kind"])
    changes = pd.concat([known, others[others["kind"] != "unclear"]], ignore_index=True)
    return changes[changes["date"] <= today].reset_index(drop=True)


def tell_changes(inputs: list[Input], changes: pd.DataFrame, today: pd.Timestamp) -> None:
    """Tell each file how many of its changes are among those used, and why the others are not."""
    used = set(changes[["old_code", "new_code"]].itertuples(index=False, name=None))
    ended = set(changes["old_code"])
    for file in inputs:
        rows = file.parsed.frame
        pairs = zip(rows["old_code"], rows["new_code"], strict=True)
        left = rows.loc[[pair not in used for pair in pairs]]
        file.report.rows_kept = len(rows) - len(left)
        otherwise = left["old_code"].isin(ended)
        to_come = (left["date"] > today) & ~otherwise
        for reason, where in (
            ("the code is known to have become another", otherwise),
            ("a change to come moves nothing yet", to_come),
            (
                "one area leads to one of another name: a renaming, or one row of a merger. No "
                "figure moves. Give the list of all areas of the country",
                ~otherwise & ~to_come,
            ),
        ):
            if where.any():
                examples = left[where].head(5)
                shown = zip(examples["old_code"], examples["new_code"], strict=True)
                steps = tuple(f"{old} to {new}" for old, new in shown)
                file.report.set_aside.append(SetAside(reason, int(where.sum()), steps))


def named_elsewhere(files: list[Input]) -> list[pd.DataFrame]:
    """Return what lookups and boundaries call areas, each of the columns `NAMES`."""
    return [
        file.parsed.frame[pair].set_axis(NAMES, axis=1)
        for file in files
        for pair in (["code", "name"], ["parent_code", "parent_name"])
        if set(pair) <= set(file.parsed.frame)
    ]


def named_with_figures(
    smaller: pd.DataFrame, districts: pd.DataFrame, codes: Collection[str]
) -> list[pd.DataFrame]:
    """Return what lookups call wards and neighbourhoods that have figures, and their districts.

    Parameters
    ----------
    smaller
        Rows of lookups, of wards and neighbourhoods.
    districts
        The parents of all of those there are, `parent_code` and `parent_name`.
    codes
        Of all areas that have figures.
    """
    named = smaller[smaller["code"].isin(codes)]
    around = districts["parent_code"].isin([*codes, *named["parent_code"]])
    return [
        named[["code", "name"]].set_axis(NAMES, axis=1),
        districts[around].set_axis(NAMES, axis=1),
    ]


def areas_table(
    names: list[pd.DataFrame], lookups: list[pd.DataFrame], changes: pd.DataFrame
) -> pd.DataFrame:
    """Return every area with its place in the hierarchy: a district's county, a ward's district.

    Parameters
    ----------
    names
        Frames of area_code, area_name; of several names the first is kept.
    lookups
        What `layouts.nested_areas.parse_lookup` returns, codes of renamed areas replaced.
    changes
        Changes of codes; areas that ended are in the table too.
    """
    history = CodeHistory(changes)
    lookup = _newest(lookups)
    country_of = _countries(names)
    old = changes[changes["kind"] != "renamed"][["old_code", "old_name"]].set_axis(NAMES, axis=1)
    countries = pd.DataFrame(country_of.values(), columns=NAMES)
    frame = pd.concat([*names, old, countries], ignore_index=True)
    frame = frame[frame["area_name"] != ""].drop_duplicates("area_code", ignore_index=True)
    frame["area_name"] = frame["area_name"].map(plain_name)
    codes = frame["area_code"]
    frame["area_type"] = codes.map(area_type)
    frame["parent_code"] = _mapped(codes, _parents(lookup, "utla"))
    frame.loc[~frame["parent_code"].str.startswith("E10"), "parent_code"] = ""
    is_small = frame["area_type"].isin(SMALLER_THAN_DISTRICTS)
    district = history.current(_mapped(codes, _parents(lookup, "lad")))
    frame["parent_code"] = frame["parent_code"].mask(is_small, district)
    frame["region_code"] = _mapped(codes, _parents(lookup, "region"))
    placed = frame[frame["region_code"] != ""]
    of_county = placed.drop_duplicates("parent_code").set_index("parent_code")["region_code"]
    frame["region_code"] = _or_else(frame["region_code"], _mapped(codes, of_county))
    of_code = frame.set_index("area_code")["region_code"]
    county_region = _mapped(frame["parent_code"], of_code)
    frame["region_code"] = _or_else(frame["region_code"], county_region)
    country = codes.map(lambda code: country_of.get(code[0], ("", ""))[0])
    frame["country_code"] = country.where(codes != country, "")
    frame["ended"] = codes.isin(history.ended)
    frame["successors"] = codes.map(lambda code: "|".join(history.successors(code)))
    region_of = frame.set_index("area_code")["region_code"]
    successor = frame["successors"].str.partition("|")[0]
    frame["region_code"] = _or_else(frame["region_code"], _mapped(successor, region_of))
    frame["renamed_from"] = codes.map(lambda code: "|".join(history.renamed_from(code)))
    return frame.sort_values("area_code", ignore_index=True)[AREA_COLUMNS]


def _countries(names: list[pd.DataFrame]) -> dict[str, tuple[str, str]]:
    """Return code and name of each country that has a named area, by the first letter of codes.

    A fictional country is the one area of that kind which is named.
    """
    every = pd.concat([pd.DataFrame(columns=NAMES), *names])[NAMES].drop_duplicates()
    letters = every["area_code"].str[0]
    country_of = {letter: COUNTRIES[letter] for letter in COUNTRIES if letter in set(letters)}
    fictional = every[~letters.isin(COUNTRIES) & (every["area_name"] != "")]
    for code, name in fictional.itertuples(index=False, name=None):
        if area_type(code) == "country":
            country_of.setdefault(code[0], (code, name))
    return country_of


def districts_stated(
    stated: list[tuple[str, str]], areas: pd.DataFrame, read_small_areas: Callable[[], pd.DataFrame]
) -> pd.DataFrame:
    """Return as a lookup what says besides lookups in which district a ward or neighbourhood is.

    Parameters
    ----------
    stated
        Codes of areas of own figures, each with the district that they say it lies in.
    areas
        Those with figures: `area_code`, `area_name`, `area_type`. An MSOA bears the names of its
        LSOAs without their letters.
    read_small_areas
        Returns the pack's neighbourhoods, if they are needed.
    """
    pairs = [pd.DataFrame(stated, columns=NAMES, dtype="str")]
    if areas["area_type"].isin(["lsoa", "msoa"]).any():
        lsoas = read_small_areas()[["small_area_code", "small_area_name", "area_code"]]
        lsoas = lsoas.astype(object)
        pairs.append(lsoas[["small_area_code", "area_code"]])
        stems = lsoas["small_area_name"].astype(str).str.extract(LSOA_NAME.pattern, expand=False)
        district = dict(zip(stems, lsoas["area_code"], strict=True))
        msoas = areas.loc[areas["area_type"] == "msoa", NAMES].drop_duplicates().astype(object)
        msoas["district"] = msoas["area_name"].map(district)
        pairs.append(msoas.loc[msoas["district"].notna(), ["area_code", "district"]])
    both = pd.concat([pair.set_axis(["code", "parent_code"], axis=1) for pair in pairs])
    both = both.drop_duplicates("code", ignore_index=True)
    return both.assign(name="", level="", parent_name="", parent_level="lad", vintage=0)


def without_district(areas: pd.DataFrame) -> tuple[str, ...]:
    """Say which wards and neighbourhoods no briefing can show, for their district is not known."""
    lost = areas[areas["area_type"].isin(SMALLER_THAN_DISTRICTS) & (areas["parent_code"] == "")]
    if lost.empty:
        return ()
    names = lost["area_name"] + " (" + lost["area_code"] + ")"
    return (
        f"{len(lost):,} ward(s) or neighbourhood(s) with figures that no briefing shows, for "
        f"nothing says in which district they are: {listed(names)}. Give a lookup from them to "
        "districts, or for own figures a column parent_code.",
    )


def without_name(codes: Collection[str], areas: pd.DataFrame) -> tuple[str, ...]:
    """Say which areas have figures that nobody can ask for, as no file says their name."""
    lost = sorted(set(codes).difference(areas["area_code"]))
    if not lost:
        return ()
    return (
        f"{plural(len(lost), 'area')} with figures and without a name: {listed(lost)}. Add a file "
        "that names them, or for own figures a column area_name, so that they can be asked for.",
    )


def _newest(lookups: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["code", "level", "parent_code", "parent_level", "vintage"]
    if not lookups:
        return pd.DataFrame(columns=columns)
    lookup = pd.concat(lookups)[columns].sort_values("vintage", ascending=False, kind="stable")
    return lookup.drop_duplicates(["code", "parent_level"])


def _parents(lookup: pd.DataFrame, level: str) -> pd.Series:
    return lookup[lookup["parent_level"] == level].set_index("code")["parent_code"]


def _mapped(codes: pd.Series, to: pd.Series) -> pd.Series:
    return codes.map(to).astype("str").fillna("")


def _or_else(texts: pd.Series, others: pd.Series) -> pd.Series:
    return texts.where(texts != "", others)


def plain_name(name: str) -> str:
    """Write the name of an area as people do.

    Examples
    --------
    >>> plain_name("Bristol, City of"), plain_name("London Region")
    ('Bristol', 'London')
    """
    return re.sub(r", (City|County) of$| [Rr]egion$", "", " ".join(name.split()))
