"""Areas of England as they are now, and what became of those that ended."""

import re

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.sources.layouts.lookups import CHANGES, known_changes

ENGLAND = "E92000001"
AREA_COLUMNS = [
    *("area_code", "area_name", "area_type", "parent_code", "region_code", "country_code"),
    *("ended", "successors", "renamed_from"),
]
NAMES = ["area_code", "area_name"]


def area_changes(published: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the known changes of codes, and those that lookups publish besides."""
    changes = pd.concat([known_changes(), *published], ignore_index=True)[CHANGES]
    return changes.drop_duplicates(["old_code", "new_code"], ignore_index=True)


class CodeHistory:
    """Where codes lead.

    Parameters
    ----------
    changes
        old_code, new_code, kind (see `known_changes`).
    """

    def __init__(self, changes: pd.DataFrame) -> None:
        renamed = changes[changes["kind"] == "renamed"]
        whole = changes[changes["kind"] != "split"]
        self._renamed = dict(zip(renamed["old_code"], renamed["new_code"], strict=True))
        self._whole = dict(zip(whole["old_code"], whole["new_code"], strict=True))
        ended = changes[changes["kind"] != "renamed"]
        self._next: dict[str, list[str]] = ended.groupby("old_code")["new_code"].agg(list).to_dict()

    @property
    def ended(self) -> list[str]:
        """Codes of areas that are no more."""
        return list(self._next)

    def renamed(self, codes: pd.Series) -> pd.Series:
        """Replace old codes of areas that still exist."""
        return _follow(codes, self._renamed)

    def current(self, codes: pd.Series) -> pd.Series:
        """Replace codes of areas renamed or merged whole into another, up to the present."""
        return _follow(codes, self._whole)

    def successors(self, code: str) -> list[str]:
        """Return the areas of the present that an ended one went into."""
        codes: list[str] = []
        for step in self._next.get(code, []):
            following = self._renamed.get(step, step)
            codes += self.successors(following) if following in self._next else [following]
        return list(dict.fromkeys(codes))

    def renamed_from(self, code: str) -> list[str]:
        """Return the old codes of a renamed area."""
        return [old for old, new in self._renamed.items() if new == code]


def _follow(codes: pd.Series, steps: dict[str, str]) -> pd.Series:
    while codes.isin(list(steps)).any():
        codes = codes.replace(steps)
    return codes


def areas_table(
    names: list[pd.DataFrame], lookups: list[pd.DataFrame], changes: pd.DataFrame
) -> pd.DataFrame:
    """Return every area with its place in the hierarchy.

    Parameters
    ----------
    names
        Frames of area_code, area_name; of several names the first is kept.
    lookups
        What `layouts.lookups.parse_lookup` returns, codes of renamed areas replaced.
    changes
        Changes of codes; areas that ended are in the table too.
    """
    history = CodeHistory(changes)
    lookup = _newest(lookups)
    old = changes[changes["kind"] != "renamed"][["old_code", "old_name"]].set_axis(NAMES, axis=1)
    frame = pd.concat([*names, old], ignore_index=True)
    frame = frame[frame["area_name"] != ""].drop_duplicates("area_code", ignore_index=True)
    frame["area_name"] = frame["area_name"].map(plain_name)
    codes = frame["area_code"]
    frame["area_type"] = codes.map(area_type)
    frame["parent_code"] = _mapped(codes, _parents(lookup, "utla"))
    frame.loc[~frame["parent_code"].str.startswith("E10"), "parent_code"] = ""
    frame["region_code"] = _mapped(codes, _parents(lookup, "region"))
    placed = frame[frame["region_code"] != ""]
    of_county = placed.drop_duplicates("parent_code").set_index("parent_code")["region_code"]
    frame["region_code"] = _or_else(frame["region_code"], _mapped(codes, of_county))
    within = codes.str.startswith("E") & (codes != ENGLAND)
    frame["country_code"] = within.map({True: ENGLAND, False: ""})
    frame["ended"] = codes.isin(history.ended)
    frame["successors"] = codes.map(lambda code: "|".join(history.successors(code)))
    region_of = frame.set_index("area_code")["region_code"]
    successor = frame["successors"].str.partition("|")[0]
    frame["region_code"] = _or_else(frame["region_code"], _mapped(successor, region_of))
    frame["renamed_from"] = codes.map(lambda code: "|".join(history.renamed_from(code)))
    return frame.sort_values("area_code", ignore_index=True)[AREA_COLUMNS]


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
