"""What lookups say of where areas lie: which of several stands, and as much as a pack needs."""

from collections.abc import Sequence

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.geography import SMALLER_THAN_DISTRICTS
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import LazyTable
from ineqlib.pack.stages import made_once
from ineqlib.sources.base import SetAside

_PLACED = ["code", "parent_level", "vintage"]
_COLUMNS = ["code", "name", "parent_code", "parent_name", "level", "parent_level", "vintage"]


class Lookups:
    """Lookups in order, those of wards and neighbourhoods apart, which are most of the rows.

    Parameters
    ----------
    inputs
        Files of lookups.
    year
        After which no lookup can be.
    """

    def __init__(self, inputs: list[Input], year: int) -> None:
        tables = made_once("lookups", _parted, inputs, year)
        self._smaller: LazyTable = tables["smaller"]
        self._larger, self._districts = (tables[name].read() for name in ("larger", "districts"))

    @property
    def county_of(self) -> dict[str, str]:
        """Of each district its county: of one county all districts are of the newest year."""
        larger = self._larger
        every = larger[(larger["level"] == "lad") & (larger["parent_level"] == "utla")]
        # A unitary authority is its own.
        pairs = every[every["parent_code"].map(area_type) == "utla"]
        newest = pairs.groupby("parent_code")["vintage"].transform("max")
        pairs = pairs[pairs["vintage"] == newest]
        return dict(zip(pairs["code"], pairs["parent_code"], strict=True))

    def larger(self, history: CodeHistory) -> pd.DataFrame:
        """Return the rows of districts and what they lie in, under their present codes."""
        return _renamed(self._larger, history)

    def smaller(self, history: CodeHistory) -> pd.DataFrame:
        """Return the rows of wards and neighbourhoods."""
        return _renamed(self._smaller.read(), history)

    def districts(self, history: CodeHistory) -> pd.DataFrame:
        """Return what wards and neighbourhoods lie in: `parent_code` and `parent_name`."""
        codes = history.renamed(self._districts["parent_code"])
        return self._districts.assign(parent_code=codes)


def _in_order(inputs: Sequence[Input], year: int) -> list[pd.DataFrame]:
    """Return lookups, the newest first, of one year the fullest; tell files what is not used.

    Of several parents that lookups of one year give an area, that of the fullest stands; none,
    where two are as full. Lookups of a later year than this one are still to come.
    """
    current = []
    for file in inputs:
        lookup = file.parsed.frame
        to_come = lookup["vintage"] > year
        if to_come.any():
            reason = f"codes of {lookup['vintage'].max()} are still to come"
            file.report.set_aside.append(SetAside(reason, int(to_come.sum())))
        current.append((file, lookup[~to_come]))
    current.sort(key=lambda pair: (-pair[1]["vintage"].to_numpy().max(initial=0), -len(pair[1])))
    numbered = [lookup.assign(file=number) for number, (_, lookup) in enumerate(current)]
    if not numbered:
        return []
    every = pd.concat(numbered, ignore_index=True)
    every["rows"] = every["file"].map([len(lookup) for _, lookup in current].__getitem__)
    same_year = every.groupby(_PLACED, sort=False)
    fullest = every["rows"] == same_year["rows"].transform("max")
    parents = every["parent_code"].where(fullest).groupby([every[name] for name in _PLACED])
    undecided = fullest & (parents.transform("nunique") > 1)
    differs = every["parent_code"] != same_year["parent_code"].transform("first")
    reasons = {
        "a fuller lookup of the same year gives another parent": differs & ~undecided,
        "another lookup of the same year, as full, gives another parent: neither is kept. Leave "
        "one of them out (`leave_out`)": undecided,
    }
    kept = []
    for number, (file, lookup) in enumerate(current):
        here = (every["file"] == number).to_numpy()
        for reason, wrong in reasons.items():
            codes = every.loc[here & wrong, "code"]
            if len(codes):
                file.report.set_aside.append(SetAside(reason, len(codes), tuple(codes[:5])))
        file.report.rows_kept = int((here & ~differs & ~undecided).sum())
        kept.append(lookup[~undecided[here].to_numpy()])
    return kept


def _parted(inputs: Sequence[Input], year: int) -> dict[str, pd.DataFrame]:
    lookups = _in_order(inputs, year)
    none = [pd.DataFrame(columns=_COLUMNS, dtype="str").astype({"vintage": int})]
    every = pd.concat(lookups or none, ignore_index=True)[_COLUMNS]
    is_small = every["level"].isin(SMALLER_THAN_DISTRICTS)
    parents = every.loc[is_small, ["parent_code", "parent_name"]].drop_duplicates()
    return {
        "larger": every[~is_small].reset_index(drop=True),
        "smaller": every[is_small].reset_index(drop=True),
        "districts": parents.reset_index(drop=True),
    }


def _renamed(rows: pd.DataFrame, history: CodeHistory) -> pd.DataFrame:
    codes = {name: history.renamed(rows[name]) for name in ("code", "parent_code")}
    return rows.assign(**codes)
