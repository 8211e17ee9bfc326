"""Rates made of age bands for a whole frame: one row for each population, with a status."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.errors import InputError, listed
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import not_negative, one_of, z_score
from ineqlib.measures.frames.results import NUMBERS, key_columns, numbers_of
from ineqlib.measures.frames.stack import (
    Findings,
    Stack,
    check_columns,
    culprits,
    describe,
    plain_numbers,
    plain_text,
    stack_rows,
)
from ineqlib.measures.life_expectancy import life_expectancy
from ineqlib.measures.life_expectancy_rules import (
    SUPPRESSION_RULES,
    life_table_problems,
    suppression_reasons,
)
from ineqlib.measures.standardised import DSR_LEAST_EVENTS, dsr

RATES = ("dsr", "life_expectancy")
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
    bands: pd.Series,
    columns: BandColumns | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Directly standardised rate, or life expectancy at birth, of every population in a frame.

    A population whose bands are not those expected, each once, has no rate: its row says why.

    Parameters
    ----------
    frame
        One row for each age band of each population, in any order.
    rate
        ``"dsr"`` (per 100,000) or ``"life_expectancy"``.
    by
        Columns that tell the populations apart.
    bands
        What each band is, indexed by the labels found in the frame, youngest first: for ``dsr`` the
        standard population, for ``life_expectancy`` the age at which the band starts.
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
        Text where numbers should be; bands that are named twice or are not numbers.

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
    one_of(rate, "rate", RATES)
    z_score(confidence)
    keys = key_columns(frame, by, ADDED)
    columns = columns or BandColumns()
    check_columns(frame, list(vars(columns).values()))
    labels, numbers = _bands(bands)
    stack, findings = _stacked(frame, keys, columns.band, labels)
    count = plain_numbers(frame[columns.count])[stack.rows]
    population = plain_numbers(frame[columns.population])[stack.rows]
    names = plain_text(frame[columns.band])[stack.rows]
    _note(stack, ~(np.isfinite(count) & (count >= 0)), names, "without a count", findings)
    nobody = ~(np.isfinite(population) & (population > 0))
    _note(stack, nobody, names, "without a population above zero", findings)

    solve = {"dsr": _dsr, "life_expectancy": _life_expectancy}[rate]
    results = np.full((len(NUMBERS), len(stack.size)), np.nan)
    method = np.full(len(stack.size), "", dtype=object)
    for problems, places in stack.blocks(findings.status == "ok"):
        answer = solve(count[places], population[places], numbers, confidence)
        results[:, problems] = answer.numbers
        method[problems] = answer.method
        findings.status[problems], findings.note[problems] = answer.status, answer.note
    table = stack.keys.assign(
        measure=rate,
        **dict(zip(NUMBERS, results, strict=True)),
        confidence=confidence,
        status=findings.status,
        note=findings.note,
        method=method,
    )
    return table.astype(dict.fromkeys(("measure", "status", "note", "method"), "string"))


class Answer(NamedTuple):
    """Numbers (a row for each of `NUMBERS`), method, status and note of each population."""

    numbers: FloatArray
    method: str
    status: NDArray
    note: NDArray


def _dsr(
    count: FloatArray, population: FloatArray, standard: FloatArray, confidence: float
) -> Answer:
    rate = dsr(count, population, standard, confidence=confidence)
    few = np.isnan(rate.value)
    status = np.where(few, "suppressed", "ok")
    note = np.where(few, f"fewer than {DSR_LEAST_EVENTS} events", "")
    return Answer(numbers_of(rate), rate.method, status, note)


def _life_expectancy(
    deaths: FloatArray, population: FloatArray, ages: FloatArray, confidence: float
) -> Answer:
    fit = life_table_problems(deaths, population, bands=ages) == ""
    numbers = np.full((len(NUMBERS), len(deaths)), np.nan)
    method = ""
    if fit.any():
        rate = life_expectancy(
            deaths[fit], population[fit], bands=ages, age=ages[0], confidence=confidence
        )
        numbers[:, fit], method = numbers_of(rate), rate.method
    note = suppression_reasons(deaths, population, bands=ages, age=ages[0])
    by_rule = np.isin(note, list(SUPPRESSION_RULES.values()))
    status = np.select([note == "", by_rule], ["ok", "suppressed"], "not_applicable")
    return Answer(numbers, method, status, note)


def _bands(bands: pd.Series) -> tuple[NDArray, FloatArray]:
    """Labels of the bands and what each is."""
    if not isinstance(bands, pd.Series) or not len(bands):
        raise InputError("bands: expected a pandas Series indexed by the labels of the bands.")
    if twice := list(bands.index[bands.index.duplicated()]):
        raise InputError(f"bands: {len(twice)} labels named twice ({listed(twice)}).")
    numbers = plain_numbers(bands.rename("bands"))
    return plain_text(bands.index.to_series()), not_negative(numbers, "bands")


def _stacked(
    frame: pd.DataFrame, keys: list[str], band: str, labels: NDArray
) -> tuple[Stack, Findings]:
    """Stack the bands in the order expected, and note those missing, unknown or given again."""
    names = plain_text(frame[band])
    place = pd.Index(labels).get_indexer(names)
    stack = stack_rows(frame[keys], place.astype(np.float64), np.full(len(frame), True))
    place, names = place[stack.rows], names[stack.rows]
    findings = Findings(len(stack.size))
    _note(stack, place < 0, names, "not among those expected", findings)
    _note(stack, stack.again(place) & (place >= 0), names, "given again", findings)
    absent = np.ones((len(stack.size), len(labels)), dtype=bool)
    known = place >= 0
    absent[stack.problem[known], place[known]] = False
    short, missing = np.nonzero(absent)
    which = culprits(short, labels[missing], len(stack.size))
    words = [
        f"{count} of {len(labels)} bands missing ({named})"
        for count, named in zip(absent.sum(axis=1), which, strict=True)
    ]
    findings.add(np.asarray(absent.any(axis=1)), "not_available", np.array(words, dtype=object))
    return stack, findings


def _note(
    stack: Stack, bad: NDArray[np.bool_], names: NDArray, words: str, findings: Findings
) -> None:
    findings.add(stack.any(bad), "not_available", describe(stack, bad, names, words, noun="bands"))
