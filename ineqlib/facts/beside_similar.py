"""Whether an area moved otherwise than those most like it, and how often others move as much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.rows import Row

MOST_PERIODS = 5
"""On either side: what was long ago says little of now."""
FEWEST_SIMILAR = 5
FEWEST_PLACEBOS = 20

Figures = Mapping[str, Mapping[str, Row]]
"""Area code -> label of a period -> its row."""


@dataclass(frozen=True)
class BesideSimilar:
    """One area beside the mean of the areas most like it, before and after a year.

    Parameters
    ----------
    periods
        Labels, oldest first; the first `before` of them lie before.
    area, similar
        The area's figure and the mean of the similar ones in each period.
    moved, similar_moved
        Mean after less mean before, of the area and of the similar ones.
    effect
        The one less the other.
    placebo
        Share of all areas tested the same way, each against those most like it, that moved at
        least as far, in per cent, this one counted; None with too few of them.
    tested
        How many areas those are.
    used
        Codes of the similar areas with a figure in every period.
    """

    periods: tuple[str, ...]
    before: int
    area: tuple[Fact, ...]
    similar: tuple[Fact, ...]
    moved: Fact
    similar_moved: Fact
    effect: Fact
    placebo: Fact | None
    tested: Fact
    used: tuple[str, ...]


def periods_around(rows: Sequence[Row], year: int) -> tuple[list[str], list[str]]:
    """Return labels of the last periods that end by a year, and of the first that begin after it.

    Periods that share a day with another taken are left out, as are those across the year's end.
    """
    periods = sorted({(row.period_start, row.period_end, row.period) for row in rows})
    before: list[tuple[datetime, str]] = []
    for start, end, label in reversed(periods):
        if end.year <= year and (not before or end < before[-1][0]):
            before.append((start, label))
    after: list[tuple[datetime, str]] = []
    for start, end, label in periods:
        if start.year > year and (not after or start > after[-1][0]):
            after.append((end, label))
    return (
        [label for _, label in before[:MOST_PERIODS]][::-1],
        [label for _, label in after[:MOST_PERIODS]],
    )


def beside_similar(
    figures: Figures,
    code: str,
    neighbours: Mapping[str, Sequence[str]],
    periods: tuple[list[str], list[str]],
    decimals: int,
) -> BesideSimilar | None:
    """Compare how an area moved with how those most like it did; None where too few have figures.

    Parameters
    ----------
    figures
        Of all areas of the tier.
    code
        The area.
    neighbours
        Code of each area -> those most like it.
    periods
        Labels before and after.
    decimals
        Of the facts.
    """
    before, after = periods
    labels = [*before, *after]
    whole = {
        other: np.array([of[label].value for label in labels])
        for other, of in figures.items()
        if all(label in of for label in labels)
    }
    used = [other for other in neighbours.get(code, ()) if other in whole]
    if code not in whole or len(used) < FEWEST_SIMILAR:
        return None
    moves = {other: _move(values, len(before)) for other, values in whole.items()}
    effects = {other: _effect(moves, other, neighbours.get(other, ())) for other in moves}
    effect = effects[code]
    tested = {other: value for other, value in effects.items() if not np.isnan(value)}
    own = [published(figures[code][label], decimals) for label in labels]
    means = np.mean([whole[other] for other in used], axis=0)
    rows = tuple(figures[other][label].row for other in used for label in labels)
    first = own[-1]
    about = f"{labels[0]}-{labels[-1]}-{before[-1]}"

    def fact(name: str, value: float, method: str, **details: object) -> Fact:
        given = {"rows": rows, "method": method, "subgroup": ""} | details
        return derived(first, f"{name}-{about}", value, **given)

    similar = tuple(
        derived(
            fact_of,
            f"mean-of-{len(used)}-similar",
            float(mean),
            area_code="",
            area_name=f"{len(used)} similar areas",
            rows=tuple(figures[other][label].row for other in used),
            method=f"mean of {len(used)} areas, each counted once",
        )
        for fact_of, mean, label in zip(own, means, labels, strict=True)
    )
    unit = "percentage points" if first.unit == "%" else first.unit
    as_far = sum(abs(value) >= abs(effect) for value in tested.values())
    moved = "mean after less mean before"
    return BesideSimilar(
        tuple(labels),
        len(before),
        tuple(own),
        similar,
        fact("moved", moves[code], moved, unit=unit),
        fact("similar-moved", moves[code] - effect, f"{moved}, of {len(used)} areas", unit=unit),
        fact("moved-beyond-similar", effect, f"{moved}, less that of similar areas", unit=unit),
        fact(
            "placebo",
            100 * as_far / len(tested),
            "share of areas that moved as far beyond those most like them",
            unit="%",
            decimals=0,
        )
        if len(tested) >= FEWEST_PLACEBOS
        else None,
        fact("tested", len(tested), "areas tested the same way", unit="", decimals=0),
        tuple(used),
    )


def _move(values: NDArray[np.float64], before: int) -> float:
    return float(values[before:].mean() - values[:before].mean())


def _effect(moves: Mapping[str, float], code: str, neighbours: Sequence[str]) -> float:
    similar = [moves[other] for other in neighbours if other in moves]
    return moves[code] - float(np.mean(similar)) if len(similar) >= FEWEST_SIMILAR else np.nan
