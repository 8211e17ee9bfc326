"""The figures that an evaluation rests on, chosen before anybody looks at what came after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.evaluate_project.asked import FALL, Asked, yearly
from ineqlib.catalogue import Indicator
from ineqlib.estimate import FloatArray
from ineqlib.facts.beside_similar import Figures, periods_around, similar_among, whole_series
from ineqlib.facts.breaks import unbroken_around
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.facts.shared import most_alike, tiers
from ineqlib.measures.placebo import (
    FEWEST_PLACEBOS,
    FEWEST_SIMILAR,
    Departures,
    departures,
    gaps,
    sets_of,
)
from ineqlib.pack import Pack
from ineqlib.text import joined

FEWEST_BEFORE = 3


class CannotEvaluate(Exception):
    """Why this pack cannot answer, in words for the page; never raised beyond the document."""


@dataclass(frozen=True)
class Tried:
    """The same comparison for all areas of a tier, figures turned so that up is wanted."""

    codes: tuple[str, ...]
    """Of the areas with a figure in every period, a row of `values` each."""
    values: FloatArray
    similar: NDArray[np.bool_]
    """Which areas (columns) each one is compared with; those of the project never."""
    here: NDArray[np.intp]
    """Rows of the project's areas."""
    project: Departures
    """Departure of the project's areas together."""
    placebos: Departures
    """Those of areas, or of sets of as many areas, that had no project here."""


@dataclass(frozen=True)
class Design:
    """What is compared with what."""

    asked: Asked
    indicator: Indicator
    start: datetime
    figures: Figures
    """Of all areas of the tier."""
    neighbours: Mapping[str, Sequence[str]]
    """Code of each area -> those most like it, and how they were found."""
    neighbour_method: str
    regions: Mapping[str, str]
    """Code of each area of the tier -> that of its region."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    """Labels of the periods that count."""
    across: tuple[str, ...]
    """Labels of periods that the start lies in, which count on neither side."""
    is_cut: bool
    """Whether some periods do not count because the series breaks, as its publisher says."""

    @property
    def turn(self) -> int:
        """What turns the figures so that up is wanted."""
        return -1 if self.asked.direction == FALL else 1

    @property
    def project_codes(self) -> list[str]:
        """Codes of the areas where the project was."""
        return [area.code for area in self.asked.areas]

    def row(self, code: str, label: str) -> Row:
        """Return the row of one area and period."""
        return self.figures[code][label]


def read_design(pack: Pack, asked: Asked) -> Design:
    """Read the figures and part their periods at the start, or raise `CannotEvaluate`."""
    indicator = _usable_indicator(asked)
    kept, figures = _yearly_figures(pack, asked, indicator)
    if asked.start is None:
        raise CannotEvaluate(
            f"{indicator.public_name} has too few years of {asked.areas[0].name} to show how this "
            "is judged. What would be needed: the first day of the project."
        )
    whole, kept = kept, unbroken_around(kept, asked.start)
    before, after = periods_around(kept, asked.start)
    design = Design(
        asked,
        indicator,
        asked.start,
        figures,
        pack.shared(most_alike),
        pack.neighbours(asked.areas[0].code).method,
        dict(zip(pack.areas["area_code"], pack.areas["region_code"], strict=True)),
        tuple(before),
        tuple(after),
        tuple(row.period for row in kept if row.period_start < asked.start <= row.period_end),
        len(kept) < len(whole),
    )
    _refuse_too_few(design, whole)
    return design


def _usable_indicator(asked: Asked) -> Indicator:
    """Return the indicator, if what it counts could show a project and which way is told."""
    indicator, first = asked.indicator, asked.areas[0]
    if indicator is None:
        raise CannotEvaluate(
            f"The pack has no indicator with yearly figures of {first.name} over six years or "
            "more. What would be needed: such figures, published or the council's own."
        )
    if indicator.modelled:
        raise CannotEvaluate(
            f"{indicator.public_name} is modelled: each area's figure is worked out from figures "
            "of other years and places, so a project there could not show in it. What would be "
            "needed: something counted, such as the project's own records."
        )
    if not asked.direction:
        raise CannotEvaluate(
            f"Neither more nor less of it is better for {indicator.public_name}, and nobody said "
            "what the project should do. What would be needed: direction 'rise' or 'fall'."
        )
    return indicator


def _yearly_figures(
    pack: Pack, asked: Asked, indicator: Indicator
) -> tuple[list[Row], dict[str, dict[str, Row]]]:
    """Return the first area's rows of single years, and like rows of its tier by area, period."""
    first = asked.areas[0]
    tier = pack.shared(tiers).of(first.code)
    outside = [area.name for area in asked.areas if area.code not in tier]
    if outside:
        is_upper = first.area_type == "utla"
        peers = "counties and unitary authorities" if is_upper else "districts"
        raise CannotEvaluate(
            f"{joined(outside)}: not among the current {peers} that {first.name} would be "
            "judged by. What would be needed: areas of one tier, district or county."
        )
    every = read_rows(pack, (indicator.id,), *((code, "area") for code in sorted(tier)))
    rows = known_totals(every)
    own = [row for row in rows if row.area_code == first.code]
    kept = yearly(own, indicator, asked.sex)
    if not kept:
        raise CannotEvaluate(_why_no_years(asked, indicator.public_name, own))
    same = kept[0].sex, kept[0].age, kept[0].months
    figures: dict[str, dict[str, Row]] = {}
    for row in rows:
        if (row.sex, row.age, row.months) == same:
            figures.setdefault(row.area_code, {})[row.period] = row
    return kept, figures


def _why_no_years(asked: Asked, name: str, own: Sequence[Row]) -> str:
    if own and asked.sex not in ("", *{row.sex for row in own}):
        return (
            f"The pack has no figures of {name} of this sex in {asked.areas[0].name}. What would "
            f"be needed: another sex; it has {joined(sorted({row.sex for row in own}))}."
        )
    if own:
        return (
            f"{name} is published for several years together. The figures around the start hold "
            "years before it and years after it, so they cannot be told apart. What would be "
            "needed: figures of single years."
        )
    return (
        f"The pack has no figures of {name} in {asked.areas[0].name}. What would be needed: a pack "
        "that has, or another indicator."
    )


def _refuse_too_few(design: Design, kept: Sequence[Row]) -> None:
    name = kept[0].area_name
    broken = " that go on with each other (its publisher says that the series breaks)"
    those = broken if design.is_cut else ""
    if len(design.before) < FEWEST_BEFORE:
        raise CannotEvaluate(
            f"{name} has fewer than three figures before the start{those}: nothing says how it "
            "moved by itself. What would be needed: three years before."
        )
    if not design.after:
        newest = max(kept, key=lambda row: row.period_end).period
        raise CannotEvaluate(
            f"{name} has no figure since the start yet{those}. What would be needed: one whole "
            f"year since the start, and better three. The newest figure is of {newest}."
        )


def try_all(design: Design, before: Sequence[str], after: Sequence[str]) -> Tried:
    """Make the comparison for the project's areas and for all others, or raise `CannotEvaluate`."""
    codes, values = whole_series(design.figures, [*before, *after])
    project = design.project_codes
    if missing := [area.name for area in design.asked.areas if area.code not in codes]:
        raise CannotEvaluate(
            f"{joined(missing)}: without a figure in every period from {before[0]} to "
            f"{(after or before)[-1]}. What would be needed: all of them."
        )
    values = design.turn * values
    similar = similar_among(codes, design.neighbours, without=project)
    gap = gaps(values, similar)
    here = np.array([codes.index(code) for code in project])
    if np.isnan(gap[here]).any():
        raise CannotEvaluate(
            f"Fewer than {_word(FEWEST_SIMILAR)} of the areas most like {design.asked.places} have "
            "figures in every period. What would be needed: an indicator that more areas publish."
        )
    if (~np.isnan(gap[:, 0])).sum() - len(here) < FEWEST_PLACEBOS:
        raise CannotEvaluate(
            f"Fewer than {_word(FEWEST_PLACEBOS)} other areas have figures in every period, too "
            "few to say how far areas move by themselves. What would be needed: a pack with more."
        )
    return Tried(
        tuple(codes),
        values,
        similar,
        here,
        *apart(gap, here, len(before), regions_of(design, codes)),
    )


def regions_of(design: Design, codes: Sequence[str]) -> NDArray[np.intp] | None:
    """Return a number for each area's region; None where the project lies in several."""
    if len({area.region_code for area in design.asked.areas}) > 1:
        return None
    numbers = {region: number for number, region in enumerate(sorted(set(design.regions.values())))}
    return np.array([numbers[design.regions[code]] for code in codes], dtype=np.intp)


def apart(
    gap: FloatArray, here: NDArray[np.intp], before: int, regions: NDArray[np.intp] | None
) -> tuple[Departures, Departures]:
    """Return the departures of the project's areas together, and of sets of as many others.

    `gap` is NaN for areas that cannot be compared. With the regions of all areas, every set is of
    one.
    """
    compared: NDArray[np.bool_] = np.asarray(~np.isnan(gap[:, 0]))
    compared[here] = False
    others = np.flatnonzero(compared)
    every = departures(gap[np.concatenate([here, others])], before)
    groups = None if regions is None else regions[others]
    sets = len(here) + sets_of(len(others), len(here), groups)
    return every.together(np.arange(len(here))[None, :]), every.together(sets)


def _word(number: int) -> str:
    return {FEWEST_SIMILAR: "five", FEWEST_PLACEBOS: "twenty"}[number]
