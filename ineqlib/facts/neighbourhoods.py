"""The neighbourhoods of an area as a map has them: what each is like and what lies next to it."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ineqlib.areas import LSOA_NAME
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.local_figures import UNITS, LocalFigure, LocalFigures, places_of
from ineqlib.facts.next_to import (
    DIRECTIONS,
    NextTo,
    beside_direction,
    direction,
    next_to,
    representative_points,
)
from ineqlib.facts.profile import Profile
from ineqlib.pack.neighbourhood_tables import THEMES, with_themes

MOST = 400
"""Neighbourhoods that one map shows; more of them are shown by the next larger unit."""
MOST_OF = 0.6
"""Share of an area's most deprived fifth that must lie one way for the map to say so."""
CLOSE = 0.6
"""Share of the usual distance from the middle within which "around the middle" is said."""
_NUMBER = re.compile(r"\d{3}[A-Z]{0,2}")


class MapPlace(NamedTuple):
    """One place of a map."""

    code: str
    name: str
    locality: str
    """Its own name, and that of the ward or quarter it is in where the pack knows it."""
    order: int | None
    """1 = the most deprived of the places shown; None without data."""
    tenths: tuple[int | None, ...]
    """National tenth (1 = most deprived) of each theme; None without data."""
    fifth: int | None
    """Of the area's own neighbourhoods; None in areas with fewer than five."""
    next_to: tuple[NextTo, ...] = ()
    """What touches it; what lies nearest where nothing does."""

    @property
    def tenth(self) -> int | None:
        """The national tenth of deprivation."""
        return self.tenths[0]

    @property
    def full_name(self) -> str:
        """Its name with that of its locality: ``Bedwell 008B``."""
        number = self.name.rpartition(" ")[2]
        if not self.locality or self.locality == self.name:
            return self.name
        return f"{self.locality} {number if _NUMBER.fullmatch(number) else self.name}"


@dataclass(frozen=True)
class MapFigures:
    """Figures that a map can show besides deprivation, and which of them each place is in."""

    local: LocalFigures
    at: tuple[int | None, ...]

    @property
    def of_places(self) -> list[LocalFigure | None]:
        """The figure of each place's ward or neighbourhood, in the order of the places."""
        return [None if n is None else self.local.figures[n] for n in self.at]


@dataclass(frozen=True)
class NeighbourhoodMap:
    """All places of an area's map, the most deprived first."""

    unit: str
    """What one place is: ``neighbourhood``, ``group of neighbourhoods`` or ``district``."""
    themes: tuple[str, ...]
    """What the tenths of each place are of, deprivation itself first."""
    places: tuple[MapPlace, ...]
    shapes: gpd.GeoSeries = field(repr=False, compare=False)
    """In the same order; shapes in British National Grid."""
    figures: tuple[MapFigures, ...] = ()
    """What else each place can be coloured by."""

    @property
    def points(self) -> NDArray[np.float64]:
        """A point inside each place, east and north."""
        return representative_points(self.shapes.to_numpy())

    @property
    def most_deprived_lie(self) -> str:
        """Where most of the area's most deprived fifth lie: a direction, ``middle`` or nothing."""
        points = self.points
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        worst = [number for number, place in enumerate(self.places) if place.fifth == 1]
        if not worst:
            return ""
        away = [direction(*(points[number] - middle)) for number in worst]
        near = {
            way: sum(other in beside_direction(way) for other in away) / len(away)
            for way in DIRECTIONS[::2]
        }
        way = max(near, key=lambda name: near[name])
        if near[way] >= MOST_OF:
            return way
        far = np.hypot(*(points - middle).T)
        return "middle" if np.median(far[worst]) < CLOSE * np.median(far) else ""


def neighbourhood_map(
    profile: Profile, spread: Spread | None, local: Sequence[LocalFigures] = ()
) -> NeighbourhoodMap | None:
    """Read an area's neighbourhoods with their shapes; None where the pack has none of them."""
    if spread is None or not profile.pack.has("boundaries_small_area"):
        return None
    shapes = profile.pack.boundaries(
        "small_area", area_code=profile.area.code, index=spread.index
    ).drop_duplicates("code")
    if shapes.empty:
        return None
    known = with_themes(profile.pack, profile.small_areas, spread.index)
    frame = pd.DataFrame(shapes)
    frame = frame.merge(known, left_on="code", right_on="small_area_code", how="left")
    frame["name"] = frame["small_area_name"].fillna(frame["name"])
    fifths = {place.code: place.fifth for place in spread.places}
    frame["fifth"] = np.array([fifths.get(code) for code in frame["code"]], dtype=float)
    districts = _districts(profile)
    frame["area_name"] = [districts.get(code, profile.area.name) for code in frame["area_code"]]
    unit = "neighbourhood"
    if len(frame) > MOST:
        unit, frame = grouped(frame)
    frame = frame.sort_values(["rank", "code"], ignore_index=True)
    return NeighbourhoodMap(
        unit,
        tuple(THEMES[name] for name in THEMES if name in frame),
        _places(frame),
        gpd.GeoSeries(frame["geometry"], crs=shapes.crs),
        tuple(_mapped(frame, unit, local)),
    )


def _districts(profile: Profile) -> Mapping[str, str]:
    """Return the names of the districts whose neighbourhoods the map of an area is of."""
    if profile.area.area_type == "country":
        areas = profile.pack.areas
        return dict(zip(areas["area_code"], areas["area_name"], strict=True))
    return {area.code: area.name for area in profile.pack.districts(profile.area.code)}


def _mapped(frame: pd.DataFrame, unit: str, local: Sequence[LocalFigures]) -> Iterator[MapFigures]:
    """Yield the figures that places of this kind can show: no ward is made of MSOAs."""
    shown = {"neighbourhood": UNITS, "group of neighbourhoods": ("msoa",)}.get(unit, ())
    fitting = [figures for figures in local if figures.unit in shown]
    for figures in fitting:
        at = places_of(figures, frame)
        if any(number is not None for number in at):
            yield MapFigures(figures, tuple(at))


def grouped(frame: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Join neighbourhoods to larger places, where there are too many to be told apart.

    By the MSOAs that their names tell, else by district: returned is which of these, and a row for
    each. A place has the rank and the tenths of its middle neighbourhood, by people as far as these
    are known.
    """
    stems = frame["name"].str.extract(LSOA_NAME, expand=False)
    by_district = bool(stems.isna().any()) or stems.nunique() > MOST
    numbers, names = pd.factorize(frame["area_name"] if by_district else stems, sort=True)
    people = frame["population"].fillna(1.0).clip(lower=0).to_numpy()
    middles = {
        name: _middles(frame[name].to_numpy(dtype=float), people, numbers, len(names))
        for name in ("rank", "fifth", *THEMES)
        if name in frame
    }
    shapes = frame["geometry"].to_numpy()
    first = frame.groupby(numbers).first()
    places = {
        "code": first["area_code" if by_district else "code"],
        "name": names,
        "locality": first["area_name"] if frame["area_name"].nunique() > 1 else first["locality"],
        "geometry": [shapely.union_all(shapes[numbers == n]) for n in range(len(names))],
    }
    return ("district" if by_district else "group of neighbourhoods"), pd.DataFrame(
        places | middles
    )


def _middles(
    values: NDArray[np.float64], people: NDArray[np.float64], group: NDArray[np.int_], groups: int
) -> NDArray[np.float64]:
    """Return for each group the value of which half its people have less or the same."""
    there = np.flatnonzero(~np.isnan(values))
    order = there[np.lexsort((values[there], group[there]))]
    middles = np.full(groups, np.nan)
    for number in range(groups):
        members = order[group[order] == number]
        if len(members):
            reached = np.cumsum(people[members])
            middles[number] = values[members[np.searchsorted(reached, reached[-1] / 2)]]
    return middles


def _places(frame: pd.DataFrame) -> tuple[MapPlace, ...]:
    tenths = zip(*(_whole(frame[name]) for name in THEMES if name in frame), strict=True)
    cells = zip(
        *(frame[name].tolist() for name in ("code", "name", "locality")),
        *(_whole(frame[name]) for name in ("rank", "fifth")),
        tenths,
        next_to(frame["geometry"].to_numpy()),
        strict=True,
    )
    return tuple(
        MapPlace(
            code,
            name,
            locality if isinstance(locality, str) else "",
            None if rank is None else order,
            of_themes,
            fifth,
            beside,
        )
        for order, (code, name, locality, rank, fifth, of_themes, beside) in enumerate(cells, 1)
    )


def _whole(column: pd.Series) -> list[int | None]:
    numbers = column.to_numpy(dtype=float, na_value=np.nan).tolist()
    return [None if math.isnan(number) else int(number) for number in numbers]
