"""How many live in some areas, by sex and age, from Nomis: for rates from deaths of one's own."""

import warnings
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import ParameterError
from ineqlib.pulling.fetching import Fetcher, Mode, open_fetcher
from ineqlib.pulling.own_deaths import AREAS_AT_ONCE
from ineqlib.pulling.plan_area import list_areas
from ineqlib.sources.interfaces.fingertips import ENGLAND
from ineqlib.sources.interfaces.nomis import people_by_age
from ineqlib.sources.interfaces.query import in_lots
from ineqlib.sources.layouts.people_by_age import read_people


def load_people(
    areas: str | Iterable[str],
    years: Iterable[int],
    *,
    mode: Mode = "usual",
    network: str | Path | None = None,
) -> pd.DataFrame:
    """Fetch mid-year estimates of how many live in areas, by sex and age band.

    They are what a standardised rate or life expectancy needs besides deaths by age, which no
    publisher offers whole: Nomis writes 0 for every number of deaths under 5.

    Parameters
    ----------
    areas
        Codes of areas, or names of districts, unitary authorities, counties and England.
    years
        Whose middle is meant; added up they are the person-years of a pooled period.
    mode
        ``"usual"`` fetches what is not kept from the last day, ``"refresh"`` asks the publisher
        again, ``"offline"`` asks nobody.
    network
        A file of settings: proxy, certificates.

    Returns
    -------
    DataFrame
        `area_code`, `area_name`, `year`, `sex` (``Male``, ``Female``, ``Persons``), `age_band`
        (``0``, ``1-4``, ``5-9`` … ``90+``, in this order) and `population`.

    Raises
    ------
    ParameterError
        No area or no year is given.
    UnknownArea
        A name is none of those.
    FetchError
        The figures are neither fetched nor kept, or the answer is not whole.
    InputError
        Ages are missing, or do not add up to all ages together.

    Examples
    --------
    >>> import ineqlib as iq
    >>> people = iq.load_people(["Stevenage"], [2022, 2023, 2024])  # doctest: +SKIP
    >>> iq.load_people([], [2024])
    Traceback (most recent call last):
        ...
    ineqlib.errors.ParameterError: Expected at least one area and one year, found 0 and 1.
    """
    wanted = [areas] if isinstance(areas, str) else list(areas)
    named = tuple(dict.fromkeys(str(year) for year in years))
    if not wanted or not named:
        raise ParameterError(
            f"Expected at least one area and one year, found {len(wanted)} and {len(named)}."
        )
    frames, remarks = [], []
    with open_fetcher(mode, network) as fetcher:
        for codes in in_lots(_codes(wanted, fetcher), AREAS_AT_ONCE):
            content, pages = fetcher.fetch_pages(people_by_age(codes, named))
            frames.append(read_people(content))
            remarks += [remark for page in pages for remark in page.remarks]
    if remarks:
        warnings.warn("\n".join(dict.fromkeys(remarks)), stacklevel=2)
    return pd.concat(frames, ignore_index=True)


def _codes(areas: list[str], fetcher: Fetcher) -> list[str]:
    """Return the codes of areas; who gives codes alone asks nobody for names."""
    known = {"england": ENGLAND}
    names = [area for area in areas if not CODE.fullmatch(area) and area.casefold() not in known]
    if names:
        authorities, _ = list_areas(fetcher)
        known |= {name.casefold(): authorities.find(name).code for name in names}
    return [known.get(area.casefold(), area) for area in areas]
