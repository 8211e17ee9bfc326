"""The figures of small areas that a pack holds inside one area: of any indicator, with counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ineqlib.catalogue import (
    Polarity,
    SmallAreaFigure,
    index_title,
    load_indices,
    load_small_area_figures,
)
from ineqlib.estimate import FloatArray
from ineqlib.facts.attribution import index_source
from ineqlib.facts.fact import Fact, calculated, fact_id, limit_or_none
from ineqlib.facts.local_figures import LocalFigures, local_figures
from ineqlib.facts.neighbourhoods import MapPlace
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row, read_rows
from ineqlib.measures import crude_rate, proportion
from ineqlib.pack import Pack
from ineqlib.pack.neighbourhood_tables import INDICATORS, indices_with_indicators

POPULATION = "population"
PER = (1.0, 100.0, 1_000.0, 10_000.0, 100_000.0)
"""What rates are per."""
CLOSE, ENOUGH = 0.01, 0.95
"""How near count over denominator must come to the figure, and in what share of the places."""


@dataclass(frozen=True)
class Place:
    """One small area with its figure."""

    code: str
    name: str
    fact: Fact | None
    """The figure as published; None where `status` says why there is none."""
    status: str


@dataclass(frozen=True)
class Figures:
    """One figure of all small areas of one kind inside the area, in one period."""

    id: str
    name: str
    unit: str
    """``ward``, ``msoa`` or ``lsoa``."""
    period: str
    polarity: Polarity
    measured_in: str
    decimals: int
    places: tuple[Place, ...]
    count: FloatArray
    denominator: FloatArray
    """Of each place, NaN where not known; the figure is `times` one over the other."""
    times: float
    is_proportion: bool
    """Whether the denominator is the most that the count can be."""
    why_no_counts: str = ""
    """Why the figures cannot be taken apart into counts; empty where they can."""
    whole: Fact | None = None
    """The area's own published figure in the period."""
    index: str = ""
    """Of the neighbourhoods, where they come with an index of deprivation."""

    @property
    def has_counts(self) -> bool:
        """Whether events and people are known of enough places to say how figures came about."""
        return not self.why_no_counts

    @property
    def sources(self) -> set[str]:
        """Ids of the publications they are from."""
        return {place.fact.source for place in self.places if place.fact}


def figures_within(profile: Profile) -> Iterator[Figures]:
    """Yield what the pack holds: figures of its own rows first, then those of each index."""
    for local in local_figures(profile):
        yield _of_rows(profile.pack, local)
    yield from _of_indices(profile)


def _of_rows(pack: Pack, local: LocalFigures) -> Figures:
    wanted = {figure.fact.rows[0] for figure in local.figures if figure.fact}
    codes = [(figure.code, "part") for figure in local.figures]
    rows = read_rows(pack, (local.indicator.id,), *codes)
    by_code = {row.area_code: row for row in rows if row.row in wanted}
    known = [by_code.get(figure.code) for figure in local.figures]
    count = np.array([row.events if row else np.nan for row in known], dtype=float)
    of = np.array([row.denominator if row else np.nan for row in known], dtype=float)
    of = np.where(of > 0, of, np.nan)
    times, why = _taken_apart(known)
    unit = next((row.unit for row in known if row), "")
    return Figures(
        local.indicator.id,
        local.name,
        local.unit,
        local.period,
        local.indicator.polarity,
        unit,
        local.indicator.decimals,
        tuple(Place(f.code, f.name, f.fact, f.status) for f in local.figures),
        count,
        of,
        times,
        unit.startswith("%") and bool(np.nanmax(np.append(count / of, 0)) <= 1),
        why,
        local.whole,
    )


def _taken_apart(rows: Sequence[Row | None]) -> tuple[float, str]:
    """Return what the figures are per, or why they are not count over denominator."""
    known = [row for row in rows if row]
    counted = [row for row in known if row.events > 0 and row.denominator > 0]
    if not known:
        return 1.0, "no place has a figure"
    if not counted:
        return 1.0, "the pack has the figures without the counts they are made of"
    value, count, of = (
        np.array([getattr(row, name) for row in counted])
        for name in ("value", "events", "denominator")
    )
    for times in PER:
        near = np.abs(times * count / of - value) <= CLOSE * np.abs(value) + 0.05
        if near.mean() >= ENOUGH:
            return times, ""
    return 1.0, (
        "they are standardised for age or modelled, so that they are not count over denominator"
    )


def _of_indices(profile: Profile) -> Iterator[Figures]:
    pack = profile.pack
    named = indices_with_indicators(pack)
    years = {index.id: index.year for index in load_indices().values()}
    for index in sorted(named, key=lambda name: (-years.get(name, 0), name)):
        frame = pack.small_areas(profile.area.code, index).drop_duplicates("small_area_code")
        if frame.empty:
            continue
        table = f"{INDICATORS}{index}"
        has = {*pack.columns(table), POPULATION}
        wanted = [f for f in load_small_area_figures().values() if set(f.columns) <= has]
        columns = {name for figure in wanted for name in figure.columns} - {POPULATION}
        values = pack.table(table, columns=["small_area_code", *sorted(columns)])
        merged = frame.merge(values, how="left", on="small_area_code")
        merged = merged.sort_values(["small_area_name", "small_area_code"], ignore_index=True)
        for figure in wanted:
            if of_index := _of_index(merged, figure, index):
                yield of_index


def _of_index(frame: pd.DataFrame, figure: SmallAreaFigure, index: str) -> Figures | None:
    """Make the figures of one column, or of counts; None where there is none in the area."""
    if figure.value:
        count = of = np.full(len(frame), np.nan)
        value = figure.times * frame[figure.value].to_numpy(float)
    else:
        count, of = (frame[name].to_numpy(float) for name in (figure.count, figure.denominator))
        # In IMD 2019 one neighbourhood has more people in low income than people.
        possible = (of > 0) & ((count <= of) | (not figure.proportion))
        of = np.where(possible, of, np.nan)
        value = figure.times * count / of
    if np.isnan(value).all():
        return None
    limits = _limits(figure, count, of)
    return Figures(
        figure.id,
        figure.name,
        "lsoa",
        index_title(index),
        figure.polarity,
        figure.unit,
        figure.decimals,
        tuple(
            Place(code, name, None, "not_available")
            if np.isnan(shown)
            else Place(code, name, _fact(figure, index, (code, name), (shown, low, high)), "ok")
            for code, name, shown, low, high in zip(
                frame["small_area_code"],
                _full_names(frame),
                *(column.tolist() for column in (value, *limits)),
                strict=True,
            )
        ),
        count,
        of,
        figure.times,
        figure.proportion,
        "the index publishes them without the counts they are made of" if figure.value else "",
        index=index,
    )


def _full_names(frame: pd.DataFrame) -> Iterator[str]:
    """Name neighbourhoods with their localities, as on a map."""
    locality = frame["locality"].fillna("") if "locality" in frame else [""] * len(frame)
    for name, where in zip(frame["small_area_name"], locality, strict=True):
        yield MapPlace("", name, where, None, (), None).full_name


def _fact(
    figure: SmallAreaFigure,
    index: str,
    place: tuple[str, str],
    value_and_limits: tuple[float, float, float],
) -> Fact:
    code, name = place
    value, low, high = value_and_limits
    published = "published with the index of deprivation"
    return calculated(
        fact_id("small-area", figure.id, code, index),
        value,
        decimals=figure.decimals,
        unit=figure.unit,
        lower_ci=limit_or_none(low),
        upper_ci=limit_or_none(high),
        area_code=code,
        area_name=name,
        period=index_title(index),
        source=index_source(index),
        method=published if figure.value else f"count over denominator, both {published}",
    )


def _limits(
    figure: SmallAreaFigure, count: FloatArray, of: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return 95% limits of figures whose counts are known: Wilson's of shares, else Byar's."""
    low, high = np.full(len(count), np.nan), np.full(len(count), np.nan)
    known = np.isfinite(count) & np.isfinite(of)
    if known.any():
        interval = proportion if figure.proportion else crude_rate
        limits = interval(count[known], of[known], multiplier=figure.times)
        low[known], high[known] = limits.lower, limits.upper
    return low, high
