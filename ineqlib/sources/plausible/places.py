"""The names a file gives to codes of areas, against those of all the other files."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from difflib import get_close_matches

import pandas as pd

from ineqlib.areas import AREA_TYPES, area_type
from ineqlib.errors import listed
from ineqlib.sources.english_areas import COUNTIES
from ineqlib.sources.identify import OWN
from ineqlib.sources.layouts.lookups import known_changes
from ineqlib.sources.named_areas import key_of
from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.texts import numbered

Pairs = set[tuple[str, str]]
"""Codes of areas, each with a name as `key_of` has it."""

_ENGLAND = ("E92000001", key_of("England"))
_ELSEWHERE = tuple(
    (code, key_of(name))
    for code, names in {
        "K02000001": ("United Kingdom", "UK"),
        "K03000001": ("Great Britain", "GB"),
        "K04000001": ("England and Wales", "England & Wales"),
        "N92000002": ("Northern Ireland",),
        "S92000003": ("Scotland",),
        "W92000004": ("Wales",),
    }.items()
    for name in names
)
_COUNTIES = {code: key_of(name) for code, name in COUNTIES.items()}
_COUNTY = "E10"
_NO_COUNTYS_NAME = ("E07", "E08", "E09")
"""Kinds of districts that never took the name of a county, as unitary authorities did."""
_COUNTRY = frozenset(map(key_of, ("National", "National average", "Country", "All England")))
"""What tables write for England."""
_SMALL = ("lsoa", "msoa", "ward")
"""Of these there are thousands, and their names are made of those of districts."""

_COMPARED = [number for number, kind in AREA_TYPES.items() if kind not in _SMALL]
_COMPARED_TYPES = {AREA_TYPES[number] for number in _COMPARED}


class Names:
    """What the files of a build call areas.

    Parameters
    ----------
    every : iterable of set
        Of each file its pairs, see `names_of`.
    """

    def __init__(self, every: Iterable[AbstractSet[tuple[str, str]]]) -> None:
        self._files = Counter(pair for pairs in every for pair in pairs)
        for pair in (_ENGLAND, *_ELSEWHERE):
            self._files[pair] += 2  # which is known in any case
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

    def told(
        self, mine: AbstractSet[tuple[str, str]], *, everywhere: bool
    ) -> list[tuple[str, str]]:
        """Return all that decides the answers about a file of some pairs, in order.

        Parameters
        ----------
        mine
            Those of the file.
        everywhere
            Whether codes are asked for that it does not have.
        """
        if everywhere:
            return sorted(pair for pair in self._files if self._is_elsewhere(pair, mine))
        codes, names = {code for code, _ in mine}, {name for _, name in mine}
        pairs = {(code, name) for code in codes for name in self._of_code.get(code, ())}
        pairs |= {(code, name) for name in names for code in self._of_name.get(name, ())}
        return sorted(pair for pair in pairs if self._is_elsewhere(pair, mine))

    def codes_of(self, kind: str, mine: Pairs) -> set[str]:
        """Return the codes of a type of area that files other than that of some pairs have."""
        return {
            code
            for code, names in self._of_code.items()
            if area_type(code) == kind
            and any(self._is_elsewhere((code, name), mine) for name in names)
        }

    def _is_elsewhere(self, pair: tuple[str, str], mine: AbstractSet[tuple[str, str]]) -> bool:
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
        usual |= _county_named(code)
        named_so = {county for county, known in _COUNTIES.items() if known == name}
        codes |= named_so
        alike = {other for other in codes if _share_no_name(code, other, named_so)}
        # A code that no other file knows may be an older one of the same area.
        is_known = bool(usual) or not alike.isdisjoint([_ENGLAND[0], *named_so])
        is_known |= code.startswith(_COUNTY) and any(c.startswith(_NO_COUNTYS_NAME) for c in alike)
        if is_known and alike and name not in usual and code not in codes:
            others[(code, name)] = alike
    if others:
        places = sorted({code for codes in others.values() for code in codes})
        yield Doubt(
            _rows_with(rows, set(others)),
            "the name that other files or the list of counties give this code; they give this name "
            f"to {listed(places)}",
        )


def _share_no_name(code: str, other: str, named_so: set[str]) -> bool:
    """Tell whether of two codes but one can be that of a name: of two kinds both may be, as ICBs.

    Parameters
    ----------
    code, other
        Codes beside which the name stands, here and elsewhere.
    named_so
        Counties that have the name in any case.
    """
    kinds = {area_type(code), area_type(other)}
    if len(kinds) == 1 or "country" in kinds or kinds == {"region", "lad"}:
        return True
    if code.startswith(_COUNTY):
        return code in _COUNTIES or other.startswith(_NO_COUNTYS_NAME)
    return other in named_so and (code.startswith(_NO_COUNTYS_NAME) or "region" in kinds)


def code_nobody_has(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find codes of your own figures that no other file has, of kinds of which others have some.

    Where more codes are unknown than the others have, it is the others that lack areas.
    """
    if context.names is None or not rows["publisher"].eq(OWN).any():
        return
    mine = names_of(rows)
    named = {code for code, _ in mine}
    known_before = {_ENGLAND[0], *known_changes()[["old_code", "new_code"]].to_numpy().flat}
    kinds = {code: (area_type(code), code in named) for code in rows["area_code"].unique()}
    elsewhere = {
        (kind, is_named): sorted(context.names.codes_of(kind, mine if is_named else set()))
        for kind, is_named in set(kinds.values())
        if kind in _COMPARED_TYPES
    }
    nearest = {}
    for key, others in elsewhere.items():
        codes = [code for code, kind in kinds.items() if kind == key]
        unknown = [code for code in codes if code not in others and code not in known_before]
        if len(unknown) <= len(others):
            for code in unknown:
                [nearest[code]] = get_close_matches(code, others, n=1, cutoff=0)
    if nearest:
        near = listed(f"{known} for {code}" for code, known in nearest.items())
        yield Doubt(
            rows["area_code"].isin(list(nearest)),
            f"a code that another file of the folder has; the nearest is {near}",
        )


def area_had_ended(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find values of areas for periods that began when the areas were no more."""
    ended = [code for code in rows["area_code"].unique() if code in context.ended]
    if not ended:
        return
    last = pd.to_datetime(rows["area_code"].map({code: context.ended[code].date for code in ended}))
    late = last.notna() & (rows["period_start"] >= last) & rows["value"].notna()
    if late.any():
        codes = sorted(rows["area_code"][late].unique())
        told = listed(
            f"{code} ended in {context.ended[code].date.year} and is now in "
            f"{listed(context.ended[code].successors)}"
            for code in codes
        )
        yield Doubt(late, f"a period in which the area was there; {told}")


def name_unlike_elsewhere(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find codes of your own figures beside a name unlike those that other files give them."""
    if context.names is None or not rows["publisher"].eq(OWN).any():
        return
    mine = names_of(rows)
    unlike = {
        (code, name)
        for code, name in mine
        if (usual := context.names.of_code(code, mine) or _county_named(code))
        and not _are_alike(name, usual)
        and not (code == _ENGLAND[0] and name in _COUNTRY)
    }
    if unlike:
        yield Doubt(_rows_with(rows, unlike), "a name like the one that other files give this code")


def _county_named(code: str) -> set[str]:
    """Return the name of a county that no file names."""
    return {_COUNTIES[code]} if code in _COUNTIES else set()


def _are_alike(name: str, usual: set[str]) -> bool:
    """Tell whether a name shares a word with one of the usual, or is the beginning of it."""
    words = {word for word in name.split() if len(word) > 2}
    return any(
        words & set(other.split()) or name in other or other in name or name[:4] == other[:4]
        for other in usual
    )


def _rows_with(rows: pd.DataFrame, pairs: Pairs) -> pd.Series:
    """Tell which rows have one of some pairs."""
    keys = {name: key_of(name) for name in rows["area_name"].unique()}
    mine = zip(rows["area_code"], rows["area_name"].map(keys), strict=True)
    return pd.Series([pair in pairs for pair in mine], rows.index)
