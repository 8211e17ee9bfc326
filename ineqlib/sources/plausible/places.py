"""The names a file gives to codes of areas, against those of all the other files."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from ineqlib.areas import AREA_TYPES, area_type
from ineqlib.errors import listed
from ineqlib.sources.identify import OWN
from ineqlib.sources.named_areas import key_of
from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.texts import numbered

Pairs = set[tuple[str, str]]
"""Codes of areas, each with a name as `key_of` has it."""

_ENGLAND = ("E92000001", key_of("England"))
_SMALL = ("lsoa", "msoa", "ward")
"""Of these there are thousands, and their names are made of those of districts."""

_COMPARED = [number for number, kind in AREA_TYPES.items() if kind not in _SMALL]


class Names:
    """What the files of a build call areas.

    Parameters
    ----------
    every : iterable of set
        Of each file its pairs, see `names_of`.
    """

    def __init__(self, every: Iterable[Pairs]) -> None:
        self._files = Counter(pair for pairs in every for pair in pairs)
        self._files[_ENGLAND] += 2  # which is known in any case
        self._of_code: defaultdict[str, set[str]] = defaultdict(set)
        self._of_name: defaultdict[str, set[str]] = defaultdict(set)
        for code, name in self._files:
            self._of_code[code].add(name)
            self._of_name[name].add(code)

    def of_code(self, code: str, mine: Pairs) -> set[str]:
        """Return the names that files other than that of some pairs give a code."""
        names = self._of_code.get(code, ())
        return {name for name in names if self._is_elsewhere((code, name), mine)}

    def of_name(self, name: str, mine: Pairs) -> set[str]:
        """Return the codes that files other than that of some pairs give a name."""
        codes = self._of_name.get(name, ())
        return {code for code in codes if self._is_elsewhere((code, name), mine)}

    def _is_elsewhere(self, pair: tuple[str, str], mine: Pairs) -> bool:
        return self._files[pair] > (pair in mine)


def names_of(frame: pd.DataFrame) -> Pairs:
    """Return the codes and names of a file's larger areas (`area_code`, `area_name`)."""
    _, pairs = numbered(frame["area_code"], frame["area_name"])
    return {(code, key_of(name)) for code, name in pairs if code[1:3] in _COMPARED and name}


def name_of_area_elsewhere(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find codes beside the name that other files give to another code of the kind."""
    if context.names is None:
        return
    mine, others = names_of(rows), {}
    for code, name in mine:
        usual, codes = context.names.of_code(code, mine), context.names.of_name(name, mine)
        kinds = {other: {area_type(code), area_type(other)} for other in codes}
        alike = {other for other, both in kinds.items() if len(both) == 1 or "country" in both}
        # A code that no other file knows may be an older one of the same area.
        is_known = bool(usual) or _ENGLAND[0] in alike
        if is_known and alike and name not in usual and code not in codes:
            others[(code, name)] = alike
    if others:
        places = sorted({code for codes in others.values() for code in codes})
        yield Doubt(
            _rows_with(rows, set(others)),
            f"the name that other files give this code; they give this name to {listed(places)}",
        )


def name_unlike_elsewhere(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find codes of your own figures beside a name unlike those that other files give them."""
    if context.names is None or not rows["publisher"].eq(OWN).any():
        return
    mine = names_of(rows)
    unlike = {
        (code, name)
        for code, name in mine
        if (usual := context.names.of_code(code, mine)) and not _are_alike(name, usual)
    }
    if unlike:
        yield Doubt(_rows_with(rows, unlike), "a name like the one that other files give this code")


def _are_alike(name: str, usual: set[str]) -> bool:
    """Tell whether a name shares a word with one of the usual, or is the beginning of it."""
    words = {word for word in name.split() if len(word) > 2}
    return any(words & set(other.split()) or name in other or other in name for other in usual)


def _rows_with(rows: pd.DataFrame, pairs: Pairs) -> pd.Series:
    """Tell which rows have one of some pairs."""
    keys = {name: key_of(name) for name in rows["area_name"].unique()}
    mine = zip(rows["area_code"], rows["area_name"].map(keys), strict=True)
    return pd.Series([pair in pairs for pair in mine], rows.index)
