"""Which counts of a pack add up to which: by sex, by group of deprivation, by area.

Anybody who has the pack can add up and subtract; so must whoever protects it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from ineqlib.areas import is_upper_tier
from ineqlib.measures import Sum
from ineqlib.observations import Dimension

SERIES = ["indicator_id", "period_start", "period_end", "age"]
"""Columns whose rows are counts of one kind of event in one period."""

OF_AREAS_ALONE = ("local", "area")
"""Whose groups differ between areas, and so do not add up over areas."""


class _Whole(NamedTuple):
    """An area, and areas that make it up."""

    code: str
    parts: tuple[str, ...]
    name: str


class CountSums:
    """The sums that hold in any series of a pack.

    Parameters
    ----------
    areas
        The pack's table of areas.
    """

    def __init__(self, areas: pd.DataFrame) -> None:
        self._wholes = list(_wholes(areas[~areas["ended"]]))

    def of(self, rows: pd.DataFrame) -> list[Sum]:
        """Return the sums among the rows of one series (see `SERIES`), by position.

        A sum is given where the series has a row for the total and for every part, whether or not
        the rows have a count.
        """
        columns = rows[["area_code", "sex", "dimension", "subgroup"]]
        place = {key: row for row, key in enumerate(columns.itertuples(index=False, name=None))}
        return [*self._areas(place), *_sexes(place), *_groups(rows, place)]

    def _areas(self, place: dict[tuple, int]) -> Iterator[Sum]:
        by_group: dict[tuple, dict[str, int]] = {}
        for (code, *rest), row in place.items():
            if Dimension.parse(rest[1]).whose not in OF_AREAS_ALONE:
                by_group.setdefault(tuple(rest), {})[code] = row
        for (sex, _, subgroup), rows in by_group.items():
            who = ", ".join(word for word in (subgroup, "" if sex == "Persons" else sex) if word)
            for whole in self._wholes:
                if whole.code in rows and all(part in rows for part in whole.parts):
                    name = f"{whole.name} ({who})" if who else whole.name
                    yield Sum(rows[whole.code], tuple(rows[part] for part in whole.parts), name)


def _wholes(areas: pd.DataFrame) -> Iterator[_Whole]:
    """List areas that are made up of others: districts, upper tier, regions."""
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    districts = areas[areas["area_type"] == "lad"]
    upper = areas[areas["area_code"].map(is_upper_tier)]
    regions = areas[areas["area_type"] == "region"]
    for column, parts, word in (
        ("parent_code", districts, "districts"),
        ("region_code", districts, "lower-tier authorities"),
        ("region_code", upper, "upper-tier authorities"),
        ("country_code", districts, "lower-tier authorities"),
        ("country_code", upper, "upper-tier authorities"),
        ("country_code", regions, "regions"),
    ):
        for code, members in parts.groupby(column, sort=True):
            if code in names:
                yield _Whole(
                    code, tuple(members["area_code"]), f"{names[code]} = its {len(members)} {word}"
                )


def _sexes(place: dict[tuple, int]) -> Iterator[Sum]:
    for (code, sex, *rest), row in place.items():
        parts = [place.get((code, part_sex, *rest)) for part_sex in ("Male", "Female")]
        if sex == "Persons" and None not in parts:
            men, women = (part for part in parts if part is not None)
            yield Sum(row, (men, women), "Persons = Male + Female")


def _groups(rows: pd.DataFrame, place: dict[tuple, int]) -> Iterator[Sum]:
    """Give the sums over all tenths or fifths of deprivation."""
    grouped = rows.assign(position=range(len(rows)))
    grouped = grouped[grouped["dimension"].ne("")]
    for (code, sex, dimension), members in grouped.groupby(["area_code", "sex", "dimension"]):
        k = Dimension.parse(dimension).groups
        total = place.get((code, sex, "", ""))
        complete = sorted(members["subgroup_order"].dropna()) == list(range(1, k + 1))
        if k and total is not None and complete:
            parts = tuple(int(position) for position in members["position"])
            yield Sum(total, parts, f"the area = its {k} groups ({dimension})")
