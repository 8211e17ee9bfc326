"""Neighbourhoods of 2011 and 2021: what can be carried from one to the other exactly, what not.

The ONS marks each pair ``U`` (unchanged), ``S`` (one of 2011 split into several), ``M`` (several
merged into one) or ``X`` (a boundary moved in another way). A set of neighbourhoods can be carried
over where no pair leads out of it; across an ``X`` no count can, for nobody knows how many people
live on the ground that changed hands.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from ineqlib.errors import InputError

COLUMNS = ["old_code", "new_code", "kind"]
KINDS = {"U": "unchanged", "S": "split", "M": "merged", "X": "irregular"}
PUBLISHED = {"LSOA11CD": "old_code", "LSOA21CD": "new_code", "CHGIND": "kind"}
"""Columns of the ONS lookup -> ours."""


class Carried(NamedTuple):
    """The same ground in the neighbourhoods of another year, and those that are not the same."""

    codes: frozenset[str]
    left: tuple[str, ...]
    reason: str = ""


def small_area_changes(published: pd.DataFrame) -> pd.DataFrame:
    """Return those of the pairs of the ONS lookup that are not unchanged."""
    pairs = published.rename(columns=str.upper).rename(columns=PUBLISHED)[COLUMNS]
    if unknown := sorted(set(pairs["kind"]) - set(KINDS)):
        raise InputError(f"CHGIND holds '{unknown[0]}'; expected {', '.join(KINDS)}.")
    return pairs[pairs["kind"] != "U"].reset_index(drop=True)


class SmallAreaChanges:
    """The changes of neighbourhoods from 2011 to 2021; a code in none of them is unchanged."""

    def __init__(self, pairs: pd.DataFrame) -> None:
        self._next: dict[str, dict[str, set[str]]] = {
            "new": defaultdict(set),
            "old": defaultdict(set),
        }
        self._irregular: set[tuple[str, str]] = set()
        for old, new, kind in pairs[COLUMNS].itertuples(index=False, name=None):
            self._next["new"][old].add(new)
            self._next["old"][new].add(old)
            if kind == "X":
                self._irregular |= {("old", old), ("new", new)}

    def carry(self, codes: Collection[str], to: str) -> Carried:
        """Return the same ground in neighbourhoods of the other year.

        Parameters
        ----------
        codes
            Of 2011 with ``to="new"``, of 2021 with ``to="old"``.

        Examples
        --------
        >>> pairs = pd.DataFrame([("A", "B1", "S"), ("A", "B2", "S")], columns=COLUMNS)
        >>> changes = SmallAreaChanges(pairs)
        >>> sorted(changes.carry({"A", "C"}, "new").codes)
        ['B1', 'B2', 'C']
        >>> changes.carry({"B1"}, "old").left
        ('B1',)
        """
        chosen = set(codes)
        side = "old" if to == "new" else "new"
        ahead, back = self._next[to], self._next[side]
        carried: set[str] = set()
        left: dict[str, str] = {}
        for code in sorted(chosen):
            targets = ahead.get(code, {code})
            sources = {source for target in targets for source in back.get(target, {target})}
            if (side, code) in self._irregular:
                left[code] = "their boundaries moved in another way than by splitting or merging"
            elif sources <= chosen or sources == {code}:
                carried |= targets
            else:
                left[code] = "only a part of what was split or merged is among them"
        return Carried(frozenset(carried), tuple(left), next(iter(left.values()), ""))
