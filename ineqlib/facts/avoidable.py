"""Deaths that prevention or treatment may avert, counted by the list of the OECD and Eurostat."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.catalogue import AvoidableCauses, load_avoidable_causes
from ineqlib.catalogue.avoidable_causes import PARTS
from ineqlib.errors import InputError, listed
from ineqlib.measures.age_labels import ages_of

SEXES = ("male", "female", "persons")
COLUMNS = ("icd10", "age", "sex", "deaths")
COUNTED = ("deaths", "avoidable", "preventable", "treatable")


def avoidable_deaths(deaths: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Count deaths that are avoidable, preventable and treatable, half-counted causes as halves.

    Parameters
    ----------
    deaths
        A row for each cause, age and sex: ``icd10`` (underlying cause, "I21.9" or "I219"), ``age``
        (years completed, or a band such as "70-74"), ``sex`` ("male", "female" or "persons") and
        ``deaths``; any columns besides.
    by
        Columns to count by, such as a year, an area or ``age``; ``cause`` and ``group`` are the
        list's. Nothing for one row in all.

    Returns
    -------
    DataFrame
        ``deaths``, and of these ``avoidable``, ``preventable`` and ``treatable``: a death of a
        cause that is half of each is 0.5 in both of the last two. Labelled by `by`.

    Raises
    ------
    InputError
        A column missing; deaths that are missing or below zero; what is no code, age or sex; a
        code whose fourth character decides and is not there; a band of ages on both sides of the
        limit; a cause of one sex in a row of both.

    Notes
    -----
    Rates are those of these counts by the age bands under the limit. Where causes are half counted,
    limits that take the counts for Poisson are somewhat too wide.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "icd10": ["C34.1", "I21.9", "I21.9", "C18.0", "G30.1"],
    ...     "age": [62, "70-74", "75-79", 74, 70],
    ...     "sex": ["male", "female", "female", "male", "female"],
    ...     "deaths": [10, 9, 20, 4, 6],
    ... })
    >>> avoidable_deaths(table).loc["all"].tolist()
    [49.0, 23.0, 14.5, 8.5]
    """
    _require_columns(deaths, by)
    numbers = pd.to_numeric(deaths["deaths"], errors="coerce").to_numpy(dtype=float)
    if len(faults := np.flatnonzero(~(np.isfinite(numbers) & (numbers >= 0)))):
        raise _fault("deaths", deaths["deaths"], faults, "a number of deaths, zero or more")
    shares = avoidable_shares(deaths["icd10"], deaths["age"], deaths["sex"])
    table = deaths.reset_index(drop=True).assign(**shares, deaths=numbers)
    table["avoidable"] = table["preventable"] + table["treatable"]
    for name in COUNTED[1:]:
        table[name] *= numbers
    keys: Any = list(by) if by else np.full(len(table), "all")
    return table.groupby(keys, sort=False, dropna=False)[list(COUNTED)].sum()


def avoidable_shares(icd10: Sequence[Any], age: Sequence[Any], sex: Sequence[Any]) -> pd.DataFrame:
    """Say of deaths how much of each is preventable and treatable, and of which cause.

    Parameters
    ----------
    icd10, age, sex
        As the columns of `avoidable_deaths`, of one length.

    Returns
    -------
    DataFrame
        ``cause`` and ``group`` of the list, "not avoidable" for others, and ``preventable`` and
        ``treatable``: 0, 0.5 or 1.

    Raises
    ------
    InputError
        As `avoidable_deaths`.
    """
    causes = load_avoidable_causes()
    codes, sexes = pd.Series(list(icd10), dtype=str), pd.Series(list(sex), dtype=str)
    if len(faults := np.flatnonzero(~sexes.isin(SEXES))):
        raise _fault("sex", sexes, faults, f"one of {', '.join(SEXES)}")
    early = _is_early(pd.Series(list(age), dtype=str), causes.age_below)
    places = {code: causes.place_of(code) for code in codes.unique()}
    rows = [
        _shares(causes, places[code], whose) if young else ("not avoidable",) * 2 + (0.0, 0.0)
        for code, whose, young in zip(codes, sexes, early, strict=True)
    ]
    return pd.DataFrame(rows, columns=["cause", "group", "preventable", "treatable"])


def _shares(causes: AvoidableCauses, place: int | None, sex: str) -> tuple[str, str, float, float]:
    cause = None if place is None else causes.causes[place]
    if cause is not None and cause.sex and sex == "persons":
        raise InputError(
            f"sex: {cause.cause} ({cause.codes}) is counted for the {cause.sex} sex alone, and a "
            "row has deaths of persons. Give its deaths by sex."
        )
    if cause is None or (cause.sex and cause.sex != sex):
        return "not avoidable", "not avoidable", 0.0, 0.0
    return (cause.cause, cause.group, *PARTS[cause.part])


def _is_early(ages: pd.Series, limit: int) -> np.ndarray:
    """Whether each age, in years or as a band, is under the limit."""
    names = ages.unique()
    start, end = ages_of([_as_band(name) for name in names], "age")
    if (across := (start < limit) & (end > limit)).any():
        raise InputError(
            f"age: {listed(names[across])} is on both sides of {limit}. Expected ages, or bands "
            f"that end before {limit} or begin there."
        )
    return ages.map(dict(zip(names, start < limit, strict=True))).to_numpy(dtype=bool)


def _as_band(age: str) -> str:
    """Write an age in years as the band of that one year."""
    years = age.removesuffix(".0")
    return f"{years}-{years}" if years.isdigit() else age


def _require_columns(deaths: pd.DataFrame, by: Sequence[str]) -> None:
    if missing := [name for name in COLUMNS if name not in deaths.columns]:
        raise InputError(
            f"deaths: no column {' and no column '.join(missing)}. Expected {', '.join(COLUMNS)}."
        )
    known = {*deaths.columns, "cause", "group"} - {*COUNTED}
    if isinstance(by, str) or (unknown := [name for name in by if name not in known]):
        unknown = [by] if isinstance(by, str) else unknown
        raise InputError(
            f"by: {listed(unknown)} cannot be counted by. Expected a list of: "
            f"{', '.join(sorted(map(str, known)))}."
        )
    if len(deaths) == 0:
        raise InputError("deaths: no rows. Expected one for each cause, age and sex.")


def _fault(name: str, values: pd.Series, faults: np.ndarray, expected: str) -> InputError:
    shown = listed([repr(values.iloc[place]) for place in faults[:5]])
    return InputError(
        f"{name}: {len(faults)} of {len(values)} rows have {shown}. Expected {expected}."
    )
