"""Counts and people of larger areas, added up from smaller ones by a lookup."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.measures._checks import require
from ineqlib.measures.frames.rate_table import BandColumns
from ineqlib.measures.frames.results import columns_of, key_columns
from ineqlib.measures.frames.stack import check_columns, pandas_frame, plain_numbers, plain_text

ROUNDED = 1e-6
"""By which the shares of an area may add up to more than all of it."""


def add_by_lookup(  # noqa: PLR0913 (two of them data)
    frame: pd.DataFrame,
    lookup: pd.DataFrame,
    *,
    to: str,
    by: str | Iterable[str],
    area: str = "area_code",
    share: str | None = None,
    columns: BandColumns | None = None,
) -> pd.DataFrame:
    """Add counts and people of areas up to those of larger areas, such as NHS footprints.

    Life expectancies and standardised rates cannot be averaged over areas: their deaths and people
    are added up by age, and `rate_table` makes the figure of the sums.

    Parameters
    ----------
    frame
        One row for each area and whatever `by` tells apart, in any order. Areas that the lookup
        does not name are left out.
    lookup
        One row for each area, with the larger area it lies in; with `share`, one for each part.
    to
        Column of `lookup` with the larger area.
    by
        Columns of `frame` that tell the rows of an area apart: the age band, and sex and period
        where there are several.
    area
        Column of both with the smaller area.
    share
        Column of `lookup` with the part of the area's people who live in the larger one, above 0
        and at most 1. None where each lies wholly in one.
    columns
        What the columns of counts and people are called.

    Returns
    -------
    DataFrame
        ``to``, the columns of `by`, count, people and ``note``. A count or people that one area
        lacks is missing for the whole, and the note says which areas: a sum of the others would be
        too low.

    Raises
    ------
    ParameterError
        An unknown column.
    InputError
        An area twice in the lookup without a share, or with shares above 1 in all; a row of the
        frame twice; an area without a larger one; text where numbers should be.

    Examples
    --------
    >>> deaths = pd.DataFrame({
    ...     "area_code": ["A", "A", "B", "B"],
    ...     "age": ["60-69", "70+"] * 2,
    ...     "count": [10, 90, 30, 60],
    ...     "denominator": [1000, 900, 3000, 600],
    ... })
    >>> places = pd.DataFrame({"area_code": ["A", "B"], "icb": ["North", "North"]})
    >>> added = add_by_lookup(deaths, places, to="icb", by="age")
    >>> added[["age", "count", "denominator"]].to_numpy().tolist()
    [['60-69', 40.0, 4000.0], ['70+', 150.0, 1500.0]]
    """
    frame, lookup = pandas_frame(frame), pandas_frame(lookup)
    names = columns_of(BandColumns, columns)
    amounts = [names.count, names.population]
    keys = key_columns(frame, by, [to, area, "note", *amounts])
    check_columns(frame, [area, *amounts])
    check_columns(lookup, [area, to, *([share] if share else [])])
    parts = _parts(lookup, area, to, share)
    rows = frame[keys].assign(**{area: plain_text(frame[area])})
    _refuse_twice(rows, area)
    for name in amounts:
        number = plain_numbers(frame[name])
        rows[name] = np.where(np.isfinite(number) & (number >= 0), number, np.nan)
    # Every area that a larger one has, in every band, sex and period that any area has.
    wanted = parts.merge(rows[rows[area].isin(parts[area])][keys].drop_duplicates(), how="cross")
    joined = wanted.merge(rows, how="left", on=[area, *keys])
    joined["note"] = ""
    for name in amounts:
        missing = joined[name].isna()
        joined.loc[missing, "note"] += f"{name} of " + joined.loc[missing, area] + "; "
        joined[name] = joined[name] * joined["part"]
    sums = joined.groupby([to, *keys], sort=False, dropna=False)
    totals = sums[amounts].sum(min_count=1)
    totals[sums[amounts].count() < sums[amounts].size().to_numpy()[:, None]] = np.nan
    totals["note"] = sums["note"].agg(_missing_in_words)
    return totals.reset_index()


def _parts(lookup: pd.DataFrame, area: str, to: str, share: str | None) -> pd.DataFrame:
    parts = pd.DataFrame({area: plain_text(lookup[area]), to: plain_text(lookup[to])})
    for name in (area, to):
        require((parts[name] != "").to_numpy(), name, "a label", "Leave out rows of no area.")
    parts["part"] = 1.0 if share is None else plain_numbers(lookup[share])
    within = (parts["part"] > 0) & (parts["part"] <= 1)
    require(within.to_numpy(), str(share), "above 0 and at most 1")
    total = parts.groupby(area)["part"].sum()
    if too_many := total.index[total > 1 + ROUNDED].tolist():
        advice = "Give each once" if share is None else f"Correct {share}"
        raise InputError(
            f"lookup: {len(too_many)} areas lie in several larger ones, more than all of them in "
            f"sum ({listed(too_many)}). {advice}: their people would be counted twice."
        )
    return parts


def _refuse_twice(rows: pd.DataFrame, area: str) -> None:
    twice = rows.duplicated()
    if twice.any():
        first = rows[twice].iloc[0].astype(str).tolist()
        raise InputError(
            f"frame: {int(twice.sum())} of {len(rows)} rows are of an area and band that another "
            f"row has, such as {' '.join(first)}. Expected one row for each {area} and what by= "
            "tells apart: name every column that does."
        )


def _missing_in_words(notes: pd.Series) -> str:
    missing = [note.removesuffix("; ") for note in notes if note]
    return f"missing: {listed(missing)}" if missing else ""
