"""Whether an area moved otherwise than those most like it, and how often others move as much."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.rows import Row
from ineqlib.measures.placebo import FEWEST_PLACEBOS, gaps, moved
from ineqlib.text import difference_unit

MOST_PERIODS = 5
"""On either side: what was long ago says little of now."""

Figures = Mapping[str, Mapping[str, Row]]
"""Area code -> label of a period -> its row."""


@dataclass(frozen=True)
class BesideSimilar:
    """One area beside the mean of the areas most like it, before and after a year."""

    periods: tuple[str, ...]
    """Labels, oldest first; the first `before` of them lie before."""
    before: int
    area: tuple[Fact, ...]
    similar: tuple[Fact, ...]
    """The area's figure and the mean of the similar ones in each period."""
    moved: Fact
    similar_moved: Fact
    """Mean after less mean before, of the area and of the similar ones."""
    effect: Fact
    """The one less the other."""
    placebo: Fact | None
    """Share of all areas tested the same way, each against those most like it, that moved at least
    as far, in per cent, this one counted; None with too few of them."""
    tested: Fact
    """How many areas those are."""
    used: tuple[str, ...]
    """Codes of the similar areas with a figure in every period."""


def periods_around(rows: Sequence[Row], start: datetime) -> tuple[list[str], list[str]]:
    """Return labels of the last periods that end before a day, and of the first from it onwards.

    Periods that share a day with another taken are left out, as are those across the start.
    """
    periods = sorted({(row.period_start, row.period_end, row.period) for row in rows})
    before: list[tuple[datetime, str]] = []
    for begins, ends, label in reversed(periods):
        if ends < start and (not before or ends < before[-1][0]):
            before.append((begins, label))
    after: list[tuple[datetime, str]] = []
    for begins, ends, label in periods:
        if begins >= start and (not after or begins > after[-1][0]):
            after.append((ends, label))
    return (
        [label for _, label in before[:MOST_PERIODS]][::-1],
        [label for _, label in after[:MOST_PERIODS]],
    )


def whole_series(figures: Figures, labels: Sequence[str]) -> tuple[list[str], NDArray[np.float64]]:
    """Return codes of the areas with a figure in every period, and their figures, an area a row."""
    codes = [code for code, of in figures.items() if all(label in of for label in labels)]
    values = [[figures[code][label].value for label in labels] for code in codes]
    return codes, np.array(values, dtype=float).reshape(len(codes), len(labels))


def similar_among(
    codes: Sequence[str],
    neighbours: Mapping[str, Sequence[str]],
    *,
    without: Collection[str] = (),
) -> NDArray[np.bool_]:
    """Return which of some areas (columns) are among those most like each of them (rows)."""
    place = {code: number for number, code in enumerate(codes)}
    similar = np.zeros((len(codes), len(codes)), dtype=bool)
    for code, row in zip(codes, similar, strict=True):
        near = set(neighbours.get(code, ())) - set(without)
        row[[place[other] for other in near if other in place]] = True
    return similar


def beside_similar(
    figures: Figures,
    code: str,
    neighbours: Mapping[str, Sequence[str]],
    periods: tuple[list[str], list[str]],
    decimals: int,
) -> BesideSimilar | None:
    """Compare how an area moved with how those most like it did; None where too few have figures.

    `periods` are the labels before and after.
    """
    before, after = periods
    labels = [*before, *after]
    codes, values = whole_series(figures, labels)
    similar_to = similar_among(codes, neighbours)
    effects = dict(zip(codes, moved(gaps(values, similar_to), len(before)).tolist(), strict=True))
    if np.isnan(effects.get(code, np.nan)):
        return None
    here = codes.index(code)
    used = [other for other in neighbours[code] if other in effects]
    effect, own_move = effects[code], float(moved(values[here], len(before)))
    own = [published(figures[code][label], decimals) for label in labels]
    theirs = [[figures[other][label].row for other in used] for label in labels]
    first = own[-1]
    about = f"{labels[0]}-{labels[-1]}-{before[-1]}"
    rows = tuple(figures[other][label].row for other in used for label in labels)

    def over_all(name: str, value: float, method: str, **shown: Any) -> Fact:
        """Make a fact over all periods and areas."""
        return derived(
            first, f"{name}-{about}", value, rows=rows, method=method, subgroup="", **shown
        )

    unit = difference_unit(first.unit)
    how = "mean after less mean before"
    tested = [value for value in effects.values() if not np.isnan(value)]
    as_far = sum(abs(value) >= abs(effect) for value in tested)
    placebo = over_all(
        "placebo",
        100 * as_far / len(tested),
        "share of areas that moved as far beyond those most like them",
        unit="%",
        decimals=0,
    )
    return BesideSimilar(
        tuple(labels),
        len(before),
        tuple(own),
        tuple(map(_mean_of_similar, own, values[similar_to[here]].mean(axis=0), theirs)),
        over_all("moved", own_move, how, unit=unit),
        over_all("similar-moved", own_move - effect, f"{how}, of {len(used)} areas", unit=unit),
        over_all("moved-beyond-similar", effect, f"{how}, less that of similar areas", unit=unit),
        placebo if len(tested) >= FEWEST_PLACEBOS else None,
        over_all("tested", len(tested), "areas tested the same way", unit="", decimals=0),
        tuple(used),
    )


def _mean_of_similar(own: Fact, mean: float, rows: Sequence[int]) -> Fact:
    """Make the fact of the similar areas' mean in the period of an own figure."""
    many = len(rows)
    return derived(
        own,
        f"mean-of-{many}-similar",
        float(mean),
        area_code="",
        area_name=f"{many} similar areas",
        rows=tuple(rows),
        method=f"mean of {many} areas, each counted once",
    )
