"""The interface of ONS Explore Local Statistics: an indicator, and what is said of all of them.

It answers an unknown parameter with an error, but a prefix of codes with nothing at all; and unless
a time is asked, with the latest only.
"""

import re

from ineqlib.areas import CODE
from ineqlib.errors import ParameterError
from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.explore_statistics import SOURCE
from ineqlib.sources.layouts.explore_statistics_json import NAMES
from ineqlib.sources.proof import Asked, WholeObjects, WholeTable

API = "https://www.ons.gov.uk/explore-local-statistics/api/v1"
LEVELS = ("ctry", "rgn", "cauth", "utla", "ltla")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def data(indicator: str, places: tuple[str, ...], *, required: tuple[str, ...] = ()) -> Query:
    """Ask for all years of an indicator, by the name in its address (``healthy-life-expectancy``).

    Places are levels of areas (``ltla``) or codes. What is none is refused: the service would
    answer with nothing. Codes must be in the answer, and so must those `required`.
    """
    wrong = [place for place in places if place not in LEVELS and not CODE.fullmatch(place)]
    if wrong or not places:
        raise ParameterError(
            f"{wrong or 'Nothing'} is no level ({', '.join(LEVELS)}) and no code of an area."
        )
    if not SLUG.fullmatch(indicator):
        raise ParameterError(f"'{indicator}' is not the name of an indicator in an address.")
    codes = tuple(dict.fromkeys([p for p in places if p not in LEVELS] + [*required]))
    wanted = {
        "indicator": indicator,
        "geo": places,
        "time": "all",
        "includeNames": "true",
        "includeStatus": "true",
    }
    expectation = WholeTable(
        ("areacd", "period", "value"),
        known=("areanm", "indicator", "sex", "age", "lci_95", "uci_95", "status"),
        asked=(Asked("areacd", codes, "area", others=True),) if codes else (),
        ends_in_newline=False,
    )
    what = f"Explore Local Statistics, {indicator}"
    return Query(address(f"{API}/data.csv", wanted), what, SOURCE, expectation)


def indicators(required: tuple[str, ...] = ()) -> Query:
    """Ask which indicators there are, and what is said of them; those `required` must be there."""
    expectation = WholeObjects(NAMES, key="slug", asked=required)
    what = "Explore Local Statistics, descriptions of its indicators"
    return Query(f"{API}/metadata/indicators", what, SOURCE, expectation)
