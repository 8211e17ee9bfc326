"""One indicator of the catalogue as a tidy frame, from its publisher."""

import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import ParameterError, UnknownArea, listed, nearest
from ineqlib.observations import conform
from ineqlib.pulling.fetching import Mode, open_fetcher
from ineqlib.pulling.place import REGION_TYPE, Tier, tier
from ineqlib.pulling.survey import objects_of
from ineqlib.sources.fetch import Download, Fetcher
from ineqlib.sources.interfaces import fingertips
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.recognise import recognise
from ineqlib.sources.resolve import resolve

ENGLAND = ("england", fingertips.ENGLAND.casefold())
ORDER = ["area_code", "period_start", "period_end", "sex", "age", "dimension", "subgroup_order"]


def load(
    indicator: str,
    areas: str | Iterable[str] | None = None,
    *,
    source: str = "fingertips",
    mode: Mode = "usual",
    network: str | Path | None = None,
) -> pd.DataFrame:
    """Fetch one indicator of the catalogue from its publisher, as a tidy frame.

    Parameters
    ----------
    indicator
        Its id in the catalogue, such as ``"life_expectancy"``.
    areas
        Names or codes of districts, unitary authorities, counties or regions; England comes
        besides. Default: all districts and unitary authorities.
    source
        The publisher: ``"fingertips"``.
    mode
        ``"usual"`` fetches what is not kept from the last day, ``"refresh"`` asks the publisher
        again, ``"offline"`` asks nobody.
    network
        A file of settings: proxy, certificates.

    Returns
    -------
    DataFrame
        The columns of `Pack.observations`: one row for each area, period, sex, age and group.

    Raises
    ------
    UnknownIndicator
        The catalogue has no such indicator.
    ParameterError
        The publisher is another, or has the indicator not at all or not for these areas; or an
        area is not known.
    FetchError
        The figures are neither fetched nor kept.

    Examples
    --------
    >>> import ineqlib as iq
    >>> iq.load("life_expectancy", areas=["Stevenage", "Hertfordshire"])  # doctest: +SKIP
    >>> iq.load("life_expectancy", source="nobody")
    Traceback (most recent call last):
        ...
    ineqlib.errors.ParameterError: Expected source 'fingertips', found 'nobody'. Files of other \
publishers are built from with `ineq build`.
    """
    if source != "fingertips":
        raise ParameterError(
            f"Expected source 'fingertips', found '{source}'. Files of other publishers are built "
            "from with `ineq build`."
        )
    publishers = load_catalogue()[indicator].publisher_ids
    if source not in publishers:
        others = " `iq.pull` brings it with an area's other figures." if publishers else ""
        raise ParameterError(f"Fingertips does not publish '{indicator}'.{others}")
    ids = {name.id for name in publishers[source]}
    with open_fetcher(mode, network) as fetcher:
        areas = [areas] if isinstance(areas, str) else areas
        queries, wanted = _queries(fetcher, indicator, ids, areas)
        answers = fetcher.fetch_all(queries)
    if remarks := dict.fromkeys(remark for answer in answers for remark in answer.remarks):
        warnings.warn("\n".join(remarks), stacklevel=2)
    frame = pd.concat([tidy_rows(answer) for answer in answers], ignore_index=True)
    rows = frame[frame["indicator_id"] == indicator]
    if areas is not None:
        rows = rows[rows["area_code"].isin([*wanted, fingertips.ENGLAND])]
    return rows.drop_duplicates().sort_values(ORDER, ignore_index=True)


def tidy_rows(answer: Download) -> pd.DataFrame:
    """Return the rows of an answer under the catalogue's names."""
    content = answer.content()
    parsed = recognise(content).parse(content, {})
    return conform(resolve(parsed.frame, load_catalogue()))


def _queries(
    fetcher: Fetcher, indicator: str, ids: set[str], areas: Iterable[str] | None
) -> tuple[list[Query], set[str]]:
    """Ask for the indicator, of each type of area that is wanted; return the codes of areas too."""

    def ask(query: Query) -> list[dict[str, Any]]:
        return objects_of(query, fetcher.fetch(query))

    types = ask(fingertips.area_types())
    tiers = [tier(types, "districts"), tier(types, "counties"), Tier(REGION_TYPE, "Regions")]
    left = [area.casefold() for area in areas or ()]
    left = [area for area in left if area not in ENGLAND]
    queries: list[Query] = []
    wanted: set[str] = set()
    known: dict[str, str] = {}
    published = []
    for of_type in tiers:
        if queries and not left:
            break
        items = ask(fingertips.available_data(of_type.id, of_type.words))
        codes = _codes(ask(fingertips.areas_of_type(of_type.id, of_type.words)))
        known |= codes
        if not ids & {str(item["IndicatorId"]) for item in items}:
            continue
        published.append(of_type.words)
        here = tuple(codes[area] for area in left if area in codes)
        if here or not left:
            where = fingertips.Areas(of_type.id, name=of_type.words, required=here)
            queries += fingertips.data(ids, where)
        wanted |= set(here)
        left = [area for area in left if area not in codes]
    _refuse(indicator, left, known, published)
    return queries, wanted


def _codes(areas: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the codes of areas by code and by name."""
    codes = {str(area["Code"]).casefold(): str(area["Code"]) for area in areas}
    return codes | {str(area["Name"]).casefold(): str(area["Code"]) for area in areas}


def _refuse(
    indicator: str, left: list[str], known: Mapping[str, str], published: list[str]
) -> None:
    """Refuse areas that no type has, or only a type without figures."""
    if not published:
        raise ParameterError(f"Fingertips has no figures of '{indicator}' at present.")
    if unknown := [area for area in left if area not in known]:
        raise UnknownArea(
            f"Fingertips has no area called {listed(unknown)}.{nearest(unknown[0], known)}"
        )
    if left:
        raise ParameterError(
            f"Fingertips has no figures of '{indicator}' for {listed(left)}: it is published for "
            f"{listed(published)}."
        )
