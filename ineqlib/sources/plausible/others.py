"""A file's figures against those of all the other files for the same indicator."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ineqlib.errors import listed
from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.texts import looked_up, stacked
from ineqlib.sources.units import scale_of

FEWEST = 8
"""Figures the other files must have of an indicator."""

FEWEST_SHARES = 2
"""Those they must have of a share before one below 1% is held against them, as it is the fraction
of a share like theirs."""

NEAR = 1.5
"""By what factor such a share may lie outside theirs."""

BEYOND = 3
"""How far outside the others' range a value must lie, as a factor."""


def published_ranges(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return `low`, `high` and `number` of every indicator's positive values, for each file.

    And the first and last in the alphabet of the scales of its units, `scale` and `other_scale`;
    empty for none.

    Parameters
    ----------
    frames
        Observations in the tidy contract, one frame per file.
    """
    if not frames:
        return pd.DataFrame()
    values = stacked([frame[["indicator_id", "value", "unit"]] for frame in frames])
    values["file"] = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames])
    positive = values[values["value"] > 0]
    keys = ["indicator_id", "file"]
    by_file = positive.groupby(keys, observed=True)["value"]
    ranges = by_file.agg(low="min", high="max", number="count")
    units = positive[[*keys, "unit"]].drop_duplicates()
    scale = (
        units["unit"].map(_scale).astype("str").groupby([units[key] for key in keys], observed=True)
    )
    return ranges.assign(scale=scale.min(), other_scale=scale.max()).reset_index()


def _scale(unit: str) -> str:
    kind, by = scale_of(unit)
    return f"{kind} {by:g}" if kind else ""


def _in_words(scale: str) -> str:
    """Write a scale as a unit.

    Examples
    --------
    >>> _in_words("share 1000"), _in_words("money 1e+06"), _in_words("time 7")
    ('per 1,000', '£ × 1,000,000', 'days × 7')
    """
    kind, by = scale.split()
    unit = {"share": "per", "money": "£ ×", "time": "days ×"}[kind]
    return f"{unit} {float(by):,.9g}"


def beside(ranges: pd.DataFrame, names: Sequence[str] = ()) -> dict[int, pd.DataFrame]:
    """Return for each file the ranges of its indicators in all the other files, if any has them.

    Parameters
    ----------
    ranges
        See `published_ranges`.
    names
        What the files are called: `name` is then that of the first of the others.
    """
    if ranges.empty:
        return {}
    called = dict(enumerate(names))
    named = [called.get(number, "") for number in ranges["file"]]
    pairs = ranges.assign(name=named).merge(
        ranges[["indicator_id", "file"]], on="indicator_id", suffixes=("", "_of")
    )
    others = pairs[pairs["file"] != pairs["file_of"]].groupby(["file_of", "indicator_id"])
    lowest = dict.fromkeys(("low", "scale", "name"), "min")
    how = {**lowest, "high": "max", "other_scale": "max", "number": "sum"}
    together = others.agg(how).reset_index("file_of")
    return {
        int(file): of_file.drop(columns="file_of") for file, of_file in together.groupby("file_of")
    }


def unlike_other_files(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find values that fit the other files only after a power of ten, as fractions of 1 do."""
    if context.published is None or context.published.empty:
        return
    if not context.published.index.isin(rows["indicator_id"].unique()).any():
        return
    known = rows[["indicator_id"]].join(context.published, on="indicator_id")
    value, low, high = rows["value"], known["low"], known["high"]
    outside = (value > 0) & (known["number"] >= FEWEST)
    outside &= (value < low / BEYOND) | (value > high * BEYOND)
    power = np.log10(value.where(outside) / np.sqrt(low * high)).round()
    scaled = value / 10.0**power
    fits = outside & power.ne(0) & scaled.between(low, high)
    for number in power[fits].unique():
        yield Doubt(
            fits & (power == number),
            f"a value like those of the other files, but it is about 1e{number:+.0f} times as much",
        )
    fractions = (rows["unit"] == "%") & (value > 0) & (value < 1) & (low >= 1) & ~fits
    fractions &= (known["number"] >= FEWEST_SHARES) & (value < low / BEYOND)
    fractions &= (100 * value).between(low / NEAR, high * NEAR)
    if fractions.any():
        yield Doubt(fractions, "a percentage like those of the other files, not a fraction of 1")


def unit_of_other_files(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find an indicator that is per 1,000 here, and per 100,000 in all the other files."""
    others = context.published
    if others is None or others.empty:
        return
    agreed = others["scale"].where(others["scale"].eq(others["other_scale"]))
    theirs = rows["indicator_id"].map(agreed).astype("str").fillna("")
    mine = looked_up(rows["unit"], _scale).astype("str")
    other = theirs.ne("") & mine.ne(theirs)
    other[other] = _kind(mine[other]).eq(_kind(theirs[other]))
    for scale in theirs[other].unique():
        here = other & (theirs == scale)
        words = f"the unit that all the other files have of this indicator, {_in_words(scale)}"
        names = rows["indicator_id"][here].map(others["name"]).astype("str").unique()
        in_files = listed(sorted(filter(None, names)))
        yield Doubt(here, f"{words}, as in {in_files}" if in_files else words)


def _kind(scales: pd.Series) -> pd.Series:
    return scales.str.split().str[0]
