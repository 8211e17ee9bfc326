"""How each rate of a frame is made: the bands it expects, and the answer for many populations."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.errors import InputError, ParameterError, listed
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import one_of, positive
from ineqlib.measures.age_bands import AgeBands, as_bands, is_text
from ineqlib.measures.age_labels import require_order, starts_of
from ineqlib.measures.frames.results import NUMBERS, numbers_of
from ineqlib.measures.frames.stack import check_columns, plain_numbers, plain_text
from ineqlib.measures.indirect import isr, smr
from ineqlib.measures.life_expectancy import life_expectancy
from ineqlib.measures.life_expectancy_rules import (
    SUPPRESSION_RULES,
    life_table_problems,
    suppression_reasons,
)
from ineqlib.measures.rates import crude_rate, proportion
from ineqlib.measures.standard_population import StandardPopulation, band_names
from ineqlib.measures.standardised import DSR_LEAST_EVENTS, dsr

ALONE = {"proportion": proportion, "crude_rate": crude_rate}
INDIRECT = {"smr": smr, "isr": isr}
RATES = (*ALONE, "dsr", *INDIRECT, "life_expectancy")


class Answer(NamedTuple):
    """Numbers (a row for each of `NUMBERS`), method, status and note of each population."""

    numbers: FloatArray
    method: str
    status: NDArray
    note: NDArray


class BandRate(NamedTuple):
    """Labels of the bands a rate expects, none where it has no bands, and how it is worked out.

    `solve` takes counts and populations of shape (populations, bands) and the confidence.
    """

    labels: list[str]
    solve: Callable[[FloatArray, FloatArray, float], Answer]


def band_rate(rate: str, bands: Any, count: str, population: str) -> BandRate:
    """Choose how to work out a rate; `count` and `population` are the columns of a reference."""
    if one_of(rate, "rate", RATES) in ALONE:
        if bands is not None:
            raise ParameterError(f"bands: {rate} has none. Leave them out, or take dsr or smr.")
        return BandRate([], partial(_alone, rate))
    if rate == "life_expectancy":
        names, ages = _ages(bands)
        return BandRate(names, partial(_life_expectancy, ages))
    if rate == "dsr":
        if isinstance(bands, StandardPopulation):
            bands = bands.for_bands(bands.bands)
        standard = _labelled(bands, pd.Series, "ESP2013 or a standard of your own")
        names = _labels(standard)
        return BandRate(names, partial(_dsr, names, _positive(standard)))
    reference = _labelled(bands, pd.DataFrame, "the reference's counts and populations")
    check_columns(reference, [count, population], "It is read by the names that columns= gives.")
    names = _labels(reference)
    columns = plain_numbers(reference[count]), _positive(reference[population])
    return BandRate(names, partial(_indirect, rate, names, columns))


def _labelled(bands: Any, kind: type[pd.Series | pd.DataFrame], what: str) -> Any:
    if not isinstance(bands, kind) or bands.empty:
        raise InputError(
            f"bands: {type(bands).__name__} found, expected {what}: a pandas {kind.__name__} "
            "indexed by the labels of the bands."
        )
    return bands


def _labels(bands: pd.Series | pd.DataFrame) -> list[str]:
    """Return the labels of bands, refusing one given twice and ages not in their order."""
    if twice := list(bands.index[bands.index.duplicated()]):
        raise InputError(f"bands: {len(twice)} labels named twice ({listed(twice)}).")
    labels = plain_text(bands.index.to_series()).tolist()
    require_order(labels)
    return labels


def _positive(bands: pd.Series) -> FloatArray:
    return positive(plain_numbers(bands.rename("bands")), "bands")


def _ages(bands: Any) -> tuple[list[str], AgeBands]:
    """Labels of the bands of a life table, and their ages."""
    if isinstance(bands, AgeBands):
        return list(bands.labels), bands
    if not isinstance(bands, pd.Series):
        ages = as_bands(bands)
        return (band_names(bands) if is_text(bands) else list(ages.labels)), ages
    labels = _labels(_labelled(bands, pd.Series, "the ages at which bands start"))
    ages = AgeBands(plain_numbers(bands.rename("bands")))
    named = starts_of(labels)
    if len(other := np.flatnonzero(~np.isnan(named) & (named != ages.age))):
        place = int(other[0])
        raise InputError(
            f"bands: {labels[place]!r} at {place} (counting from 0) is said to start at "
            f"{ages.age[place]:g}. Expected each label with its own age."
        )
    return labels, ages


def _alone(rate: str, count: FloatArray, population: FloatArray, confidence: float) -> Answer:
    count, population = count[:, 0], population[:, 0]
    fit = (count <= population) | (rate != "proportion")
    words = "a count above its denominator, which no proportion has"
    return _where(fit, words, ALONE[rate], (count, population), confidence)


def _indirect(
    rate: str,
    names: list[str],
    reference: tuple[FloatArray, FloatArray],
    count: FloatArray,
    population: FloatArray,
    confidence: float,
) -> Answer:
    of_reference, people = reference
    fit = (population * of_reference / people).sum(axis=-1) > 0
    solve = partial(INDIRECT[rate], bands=names)
    data = (count, population, *(np.broadcast_to(part, count.shape) for part in reference))
    return _where(fit, "no events expected", solve, data, confidence)


def _where(
    fit: NDArray[np.bool_],
    otherwise: str,
    solve: Callable[..., Estimate],
    data: tuple[FloatArray, ...],
    confidence: float,
) -> Answer:
    """Work out the populations that fit; the others have no rate, for a reason in words."""
    numbers = np.full((len(NUMBERS), len(fit)), np.nan)
    method = ""
    if fit.any():
        estimate = solve(*(part[fit] for part in data), confidence=confidence)
        numbers[:, fit], method = numbers_of(estimate), estimate.method
    return Answer(
        numbers, method, np.where(fit, "ok", "not_applicable"), np.where(fit, "", otherwise)
    )


def _dsr(
    names: list[str],
    standard: FloatArray,
    count: FloatArray,
    population: FloatArray,
    confidence: float,
) -> Answer:
    rate = dsr(count, population, standard, bands=names, confidence=confidence)
    few = np.isnan(rate.value)
    status = np.where(few, "suppressed", "ok")
    note = np.where(few, f"fewer than {DSR_LEAST_EVENTS} events", "")
    return Answer(numbers_of(rate), rate.method, status, note)


def _life_expectancy(
    ages: AgeBands, deaths: FloatArray, population: FloatArray, confidence: float
) -> Answer:
    fit = life_table_problems(deaths, population, bands=ages) == ""
    at = float(ages.age[0])
    solve = partial(life_expectancy, bands=ages, age=at)
    answer = _where(fit, "", solve, (deaths, population), confidence)
    note = suppression_reasons(deaths, population, bands=ages, age=at)
    by_rule = np.isin(note, list(SUPPRESSION_RULES.values()))
    status = np.select([note == "", by_rule], ["ok", "suppressed"], "not_applicable")
    return answer._replace(status=status, note=note)
