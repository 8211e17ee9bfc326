"""How many people live in an area, by the neighbourhoods it is made of."""

from collections.abc import Sequence
from math import isnan, nan
from typing import TYPE_CHECKING

import pandas as pd

from ineqlib.areas import OWN_AREA
from ineqlib.catalogue import newest_index
from ineqlib.errors import PackError, ParameterError, listed
from ineqlib.pack.model import Area

if TYPE_CHECKING:
    from ineqlib.pack.pack import Pack


def population(pack: "Pack", areas: Sequence[Area] | None) -> pd.DataFrame:
    """Return the people of some areas; see `Pack.population`."""
    index, people = pack.shared(people_of_districts) if pack.has("small_areas") else ("", {})
    if not people:
        raise PackError(
            f"The pack '{pack.title}' does not know how many people live in its areas. Build it "
            "with a deprivation index's file that has the population of each neighbourhood."
        )
    if areas is None:
        known = pack.current("districts")
        areas = [pack.area(code) for code in known["area_code"] if code in people]
    own = {area.code: _people_of(pack, area, index) for area in areas if area.area_type == OWN_AREA}
    people = people | own
    parts = {
        area.code: [area.code] if area.code in own else pack.districts_within(area.code)
        for area in areas
    }
    without = [
        area for area in areas if any(isnan(people.get(code, nan)) for code in parts[area.code])
    ]
    if without:
        raise ParameterError(
            f"The pack '{pack.title}' does not know how many people live in {len(without)} of "
            f"{len(areas)} areas: {listed(f'{area.name} ({area.code})' for area in without)}. "
            "Leave them out, or build the pack with the population of their neighbourhoods."
        )
    return pd.DataFrame(
        {
            "area_code": [area.code for area in areas],
            "area_name": [area.name for area in areas],
            "population": [sum(people[code] for code in parts[area.code]) for area in areas],
            "index": index,
        }
    )


def _people_of(pack: "Pack", area: Area, index: str) -> float:
    """Return the people of an area of one's own; NaN where those of a neighbourhood are unknown."""
    counted = pack.small_areas(area.code, index)["population"]
    return float(counted.sum(skipna=False)) if len(counted) else nan


def people_of_districts(pack: "Pack") -> tuple[str, dict[str, float]]:
    """Return the newest index that counts people, and those of each district; for `Pack.shared`."""
    columns = ["area_code", "index", "small_area_code", "population"]
    rows = pack.table("small_areas", columns=columns).dropna(subset="population")
    if rows.empty:
        return "", {}
    index = str(newest_index(rows["index"].unique()))
    rows = rows[rows["index"] == index].drop_duplicates("small_area_code")
    return index, rows.groupby("area_code")["population"].sum().astype(float).to_dict()
