"""From a publisher's name for an indicator to the catalogue's."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.catalogue import Catalogue, Indicator, PublisherId
from ineqlib.errors import InputError, listed
from ineqlib.observations import conform
from ineqlib.sources import texts
from ineqlib.sources.ages import one_spelling, plain_age
from ineqlib.sources.identify import OWN, find_indicator
from ineqlib.sources.units import same_unit
from ineqlib.text import name_id


class _Series(NamedTuple):
    """What tells one series of a publisher from another."""

    publisher: str
    publisher_id: str
    indicator_name: str
    unit: str
    sex: str
    age: str


def resolve(frame: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Give a parser's rows the indicator ids, units, sexes and ages the catalogue has for them.

    Parameters
    ----------
    frame : DataFrame
        What a parser of indicators returned.
    catalogue : Catalogue
        The indicators that are known. An indicator that is not among them gets the id
        ``publisher_name`` and keeps its publisher's unit.

    Returns
    -------
    DataFrame
        The tidy contract.

    Raises
    ------
    InputError
        Own figures for a catalogued indicator are in another unit than the catalogue's.
    """
    number, series = _series_of(frame)
    _check_own_units(series, catalogue)
    names = ["indicator_id", "unit", "sex", "age"]
    resolved = pd.DataFrame([_resolve(key, catalogue) for key in series], columns=names)
    words = {name: texts.spread(number, resolved[name].tolist(), frame["sex"]) for name in names}
    return conform(frame.assign(**words), categories=True)


def indicators_of(frame: pd.DataFrame, catalogue: Catalogue, source: str) -> pd.DataFrame:
    """Return the pack's table of indicators for a parser's rows.

    Parameters
    ----------
    frame : DataFrame
        What a parser of indicators returned.
    catalogue : Catalogue
        The indicators that are known.
    source : str
        Id of the file's source.

    Returns
    -------
    DataFrame
        indicator_id, name, unit, decimals, source, catalogued, polarity (empty where a file does
        not state it); one row per indicator.
    """
    polarities = {}
    if "polarity" in frame:
        polarities = dict(zip(frame["publisher_id"], frame["polarity"], strict=True))
    rows = []
    for series in _series_of(frame)[1]:
        match = _find(series, catalogue)
        known = (
            match[0]
            if match
            else Catalogue.describe_unknown(_new_id(series), series.indicator_name, series.unit)
        )
        about = (known.id, known.name, known.unit, known.decimals, source, match is not None)
        rows.append((*about, polarities.get(series.publisher_id, "")))
    columns = ["indicator_id", "name", "unit", "decimals", "source", "catalogued", "polarity"]
    table = pd.DataFrame(rows, columns=columns)
    return table.drop_duplicates("indicator_id", ignore_index=True)


def _series_of(frame: pd.DataFrame) -> tuple[NDArray[np.intp], list[_Series]]:
    """Number each row's series, and list the series."""
    number, different = texts.numbered(*(frame[name] for name in _Series._fields))
    return number, [_Series(*names) for names in different]


def _resolve(series: _Series, catalogue: Catalogue) -> tuple[str, str, str, str]:
    match = _find(series, catalogue)
    if match is None:
        return _new_id(series), series.unit, series.sex, one_spelling(series.age)
    indicator, name = match
    age = name.age or series.age or indicator.age
    # In other words one age would be several series.
    same = plain_age(age) == plain_age(indicator.age)
    spelt = indicator.age if same else one_spelling(age)
    return indicator.id, indicator.unit, name.sex or series.sex, spelt


def _find(series: _Series, catalogue: Catalogue) -> tuple[Indicator, PublisherId] | None:
    return find_indicator(catalogue, series.publisher, series.publisher_id, series.sex, series.age)


def _new_id(series: _Series) -> str:
    return f"{series.publisher}_{name_id(series.publisher_id)}"


def _check_own_units(every: Iterable[_Series], catalogue: Catalogue) -> None:
    """Refuse a unit other than the catalogue's: nothing is converted by guessing."""
    faults = []
    for series in every:
        match = _find(series, catalogue) if series.publisher == OWN and series.unit else None
        if match and not same_unit(match[0].unit, series.unit):
            faults.append(f"'{series.publisher_id}' in '{series.unit}', not '{match[0].unit}'")
    if faults:
        raise InputError(
            f"{len(faults)} indicator(s) of your own figures are in another unit than the "
            f"catalogue's: {listed(faults)}. Convert the values, or give the indicator a name "
            "of its own."
        )
