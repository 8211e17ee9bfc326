"""What lookups say of where areas lie, as much of it as a pack needs."""

import pandas as pd

from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.geography import SMALLER_THAN_DISTRICTS
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import LazyTable
from ineqlib.pack.lookup_order import districts_of_counties, lookups_in_order
from ineqlib.pack.stages import Step, made_once

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
        step = Step("lookups", inputs, year)
        tables = made_once(step, lambda: _parted(lookups_in_order(inputs, year)))
        self._smaller: LazyTable = tables["smaller"]
        self._larger, self._districts = (tables[name].read() for name in ("larger", "districts"))

    @property
    def county_of(self) -> dict[str, str]:
        """Of each district of a county its county."""
        return districts_of_counties([self._larger])

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


def _parted(lookups: list[pd.DataFrame]) -> dict[str, pd.DataFrame]:
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
