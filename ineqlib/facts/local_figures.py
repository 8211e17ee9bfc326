"""The newest figures of the wards, MSOAs and LSOAs of an area, whatever they are of."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from ineqlib.areas import LSOA_NAME
from ineqlib.catalogue import Indicator
from ineqlib.facts.comparisons import by_interval
from ineqlib.facts.fact import Fact, published, value_text
from ineqlib.facts.own_indicators import indicators_by_id
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row, read_rows
from ineqlib.observations import SEXES
from ineqlib.pack import Pack
from ineqlib.text import series_name

UNITS = ("ward", "msoa", "lsoa")
"""Types of area that are smaller than a district, in the order in which they are told."""


class LocalFigure(NamedTuple):
    """One place's figure."""

    code: str
    name: str
    fact: Fact | None
    """None where `status` says why there is none."""
    status: str
    verdict: str = ""
    """Beside the whole area's: ``better``, ``similar``, ``worse``, ``higher`` or ``lower``; empty
    where nothing supports a comparison."""

    @property
    def text(self) -> str:
        """The figure as shown, or the shorthand for why there is none; zero is a figure."""
        return value_text(self.fact, self.status)


@dataclass(frozen=True)
class LocalFigures:
    """One indicator in all the area's places of one type that have a row, in its newest period."""

    indicator: Indicator
    name: str
    unit: str
    """``ward``, ``msoa`` or ``lsoa``."""
    period: str
    figures: tuple[LocalFigure, ...]
    """By name."""
    whole: Fact | None
    """The area's own figure in that period."""


def local_figures(profile: Profile) -> tuple[LocalFigures, ...]:
    """Return what a pack knows of the places inside an area, its own indicators first."""
    pack, code = profile.pack, profile.area.code
    inside = pack.shared(_smaller_areas)
    districts = [code, *(district.code for district in pack.districts(code))]
    places = {place: unit for name in districts for place, unit in inside.get(name, {}).items()}
    parts = pack.parts(code)
    with_figures = parts["part_code"].isin(pack.areas["area_code"])
    own = parts[parts["part_type"].isin(UNITS) & with_figures]
    places |= dict(zip(own["part_code"], own["part_type"], strict=True))
    if not places:
        return ()
    indicators = indicators_by_id(pack)
    rows = read_rows(pack, tuple(indicators), (code, "area"), *places.items())
    series: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.dimension:
            series[row.indicator_id, row.sex, row.age, row.role].append(row)
    return tuple(_in_order(indicators, series))


def _smaller_areas(pack: Pack) -> dict[str, dict[str, str]]:
    """Return the wards and neighbourhoods of each district with their type, by code."""
    areas = pack.areas
    areas = areas[areas["area_type"].isin(UNITS) & ~areas["ended"].astype(bool)]
    inside: dict[str, dict[str, str]] = defaultdict(dict)
    for row in areas.itertuples(index=False):
        inside[row.parent_code][row.area_code] = row.area_type
    inside.pop("", None)
    return dict(inside)


def _in_order(
    indicators: dict[str, Indicator], series: dict[tuple[str, ...], list[Row]]
) -> Iterator[LocalFigures]:
    """Yield the figures of each indicator; everybody's where there are such, else by sex."""
    for name, indicator in indicators.items():
        for unit in UNITS:
            ways = [key for key in series if key[0] == name and key[3] == unit]
            everybody = [key for key in ways if key[1] == "Persons"]
            for key in sorted(everybody or ways, key=lambda key: (SEXES.index(key[1]), key[2])):
                yield _newest(indicator, series[key], series.get((*key[:3], "area"), []))


def _newest(indicator: Indicator, rows: list[Row], of_area: list[Row]) -> LocalFigures:
    last = max(rows, key=lambda row: (row.period_end, row.months))
    newest = [row for row in rows if row.when_and_who == last.when_and_who]
    whole = next(
        (
            published(row, indicator.decimals)
            for row in of_area
            if row.when_and_who == last.when_and_who and row.has_value
        ),
        None,
    )
    return LocalFigures(
        indicator,
        series_name(indicator.public_name, last.sex, last.age, indicator.age),
        last.role,
        last.period,
        tuple(
            _figure(indicator, row, whole) for row in sorted(newest, key=lambda row: row.area_name)
        ),
        whole,
    )


def _figure(indicator: Indicator, row: Row, whole: Fact | None) -> LocalFigure:
    fact = published(row, indicator.decimals) if row.has_value else None
    verdict = by_interval(indicator, fact, whole) if fact and fact.limits and whole else ""
    return LocalFigure(row.area_code, row.area_name, fact, row.status, verdict)


def places_of(figures: LocalFigures, places: pd.DataFrame) -> list[int | None]:
    """Return for each neighbourhood which of the figures is that of the place it is in."""
    by_code = {figure.code: number for number, figure in enumerate(figures.figures)}
    names = Counter(figure.name for figure in figures.figures)
    # Of two wards of one name, in two districts of a county, nothing tells which is meant.
    by_name = {
        figure.name: number
        for number, figure in enumerate(figures.figures)
        if names[figure.name] == 1
    }
    match figures.unit:
        case "lsoa":
            keys, known = places["code"], by_code
        case "msoa":
            stems = places["name"].str.extract(LSOA_NAME, expand=False)
            keys, known = stems.fillna(places["name"]), by_name
        case _ if "locality_code" in places and places["locality_code"].astype(bool).any():
            keys, known = places["locality_code"], by_code
        case _:
            keys, known = places["locality"], by_name
    return [known.get(key) for key in keys]
