"""Rates of every population in a frame: one row for each, with a status."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import z_score
from ineqlib.measures.age_bands import Bands
from ineqlib.measures.frames.band_rates import band_rate
from ineqlib.measures.frames.results import NUMBERS, columns_of, key_columns
from ineqlib.measures.frames.stack import (
    Findings,
    check_columns,
    culprits,
    pandas_frame,
    plain_numbers,
    plain_text,
    stack_rows,
)
from ineqlib.measures.standard_population import StandardPopulation

ADDED = ("measure", *NUMBERS, "confidence", "status", "note", "method")
"""Columns of the table after those of `by`."""


@dataclass(frozen=True, kw_only=True)
class BandColumns:
    """What the columns of a frame of age bands are called.

    Parameters
    ----------
    band
        Label of the age band, such as ``"5-9"``.
    count
        Events, or deaths.
    population
        People, or person-years.
    """

    band: str = "age"
    count: str = "count"
    population: str = "denominator"


def rate_table(
    frame: pd.DataFrame,
    rate: str,
    *,
    by: str | Iterable[str],
    bands: StandardPopulation | pd.Series | pd.DataFrame | Bands | None = None,
    columns: BandColumns | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Rate, ratio, proportion or life expectancy of every population in a frame.

    A population with a figure missing or impossible, or whose bands are not those expected, each
    once, has no rate: its row says why, and the others are worked out all the same.

    Parameters
    ----------
    frame
        One row for each age band of each population, in any order; for ``proportion`` and
        ``crude_rate`` one row for each population.
    rate
        ``"proportion"`` (per cent), ``"crude_rate"``, ``"dsr"`` or ``"isr"`` (per 100,000),
        ``"smr"`` or ``"life_expectancy"`` (at the start of the first band).
    by
        Columns that tell the populations apart.
    bands
        Which bands each population must have, matched with the frame by their labels. For ``dsr``
        the standard: `ESP2013`, what its `for_bands` gives, or a Series by label. For
        ``life_expectancy`` the labels, such as ``["0", "1-4", … "90+"]``, `AgeBands`, or a Series
        of the age where each label's band starts. For ``smr`` and ``isr`` the reference: a
        DataFrame by label with the columns that `columns` names. Youngest first. Not for
        ``proportion`` and ``crude_rate``.
    columns
        What the columns are called, where they are not called as in the tidy contract.
    confidence
        Level of the intervals as a fraction.

    Returns
    -------
    DataFrame
        The columns of `by`, then ``measure, value, lower_ci, upper_ci, se, confidence, status,
        note, method``, in order of first appearance. `status` is ``ok``, ``suppressed`` (by a
        published rule on small numbers), ``not_available`` (a band, its count or its population is
        missing) or ``not_applicable``.

    Raises
    ------
    ParameterError
        An unknown rate or column.
    InputError
        Text where numbers should be; bands that are named twice, out of order, or not numbers.

    Examples
    --------
    >>> people = pd.DataFrame(
    ...     {
    ...         "area": ["A", "A", "B"],
    ...         "age": ["under 65", "65+", "65+"],
    ...         "count": [10, 40, 50],
    ...         "denominator": [1000, 1000, 1000],
    ...     }
    ... )
    >>> standard = pd.Series({"under 65": 3, "65+": 1})
    >>> table = rate_table(people, "dsr", by="area", bands=standard)
    >>> table["value"].round(1).tolist(), table["note"].tolist()
    ([1750.0, nan], ['', '1 of 2 bands missing (under 65)'])
    """
    frame = pandas_frame(frame)
    z_score(confidence)
    keys = key_columns(frame, by, ADDED)
    columns = columns_of(BandColumns, columns)
    labels, solve = band_rate(rate, bands, columns.count, columns.population)
    check_columns(frame, [columns.count, columns.population])
    if len(labels):
        check_columns(frame, [columns.band])
        findings = _stacked(frame, keys, columns.band, np.array(labels, dtype=object))
    else:
        findings = _one_row_each(frame, keys)
    stack = findings.stack
    count = plain_numbers(frame[columns.count])[stack.rows]
    population = plain_numbers(frame[columns.population])[stack.rows]
    _note_bad_numbers(count, population, findings)

    numbers = np.full((len(NUMBERS), len(stack.size)), np.nan)
    method = np.full(len(stack.size), "", dtype=object)
    for problems, places in stack.blocks(findings.status == "ok"):
        answer = solve(count[places], population[places], confidence)
        numbers[:, problems] = answer.numbers
        method[problems] = answer.method
        findings.status[problems], findings.note[problems] = answer.status, answer.note
    table = stack.keys.assign(
        measure=rate,
        **dict(zip(NUMBERS, numbers, strict=True)),
        confidence=confidence,
        status=findings.status,
        note=findings.note,
        method=method,
    )
    return table.astype(dict.fromkeys(("measure", "status", "note", "method"), "string"))


def _one_row_each(frame: pd.DataFrame, keys: list[str]) -> Findings:
    """Take each row as a population, and note those that have several."""
    stack = stack_rows(frame[keys], np.zeros(len(frame)), np.full(len(frame), True))
    findings = Findings(stack, None)
    words = [f"{size} rows, 1 expected: add to 'by' what tells them apart" for size in stack.size]
    findings.add(stack.size > 1, "not_available", np.array(words, dtype=object))
    return findings


def _stacked(frame: pd.DataFrame, keys: list[str], band: str, labels: NDArray) -> Findings:
    """Stack the bands in the order expected, and note those missing, unknown or given again."""
    names = plain_text(frame[band])
    place = pd.Index(labels).get_indexer(names)
    stack = stack_rows(frame[keys], place.astype(np.float64), np.full(len(frame), True))
    place = place[stack.rows]
    known = place >= 0
    findings = Findings(stack, names[stack.rows], noun="bands")
    findings.add_rows(~known, "not_available", "not among those expected")
    findings.add_rows(stack.again(place) & known, "not_available", "given again")
    absent = np.ones((len(stack.size), len(labels)), dtype=bool)
    absent[stack.problem[known], place[known]] = False
    short, missing = np.nonzero(absent)
    which = culprits(short, labels[missing], len(stack.size))
    words = [
        f"{count} of {len(labels)} bands missing ({named})"
        for count, named in zip(absent.sum(axis=1), which, strict=True)
    ]
    findings.add(np.asarray(absent.any(axis=1)), "not_available", np.array(words, dtype=object))
    return findings


def _note_bad_numbers(count: FloatArray, population: FloatArray, findings: Findings) -> None:
    """Note the populations that have numbers of which no rate can be made, and which bands."""
    for bad, words in (
        (np.isnan(count), "without a count"),
        (np.isinf(count), "with an infinite count"),
        (count < 0, "with a count below zero"),
        (np.isnan(population) | (population <= 0), "without a population above zero"),
        (np.isinf(population) & (population > 0), "with an infinite population"),
    ):
        findings.add_rows(bad, "not_available", words)
