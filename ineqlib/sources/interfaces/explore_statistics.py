"""The interface of ONS Explore Local Statistics: an indicator, and what is said of all of them.

It answers an unknown parameter with an error, but an unknown level with nothing at all; and unless
a time is asked, with the latest only. Which areas an indicator has, it does not say.
"""

import re

from ineqlib.errors import ParameterError
from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.explore_statistics import SOURCE
from ineqlib.sources.layouts.explore_statistics_json import NAMES
from ineqlib.sources.proof import WholeObjects, WholeTable

API = "https://www.ons.gov.uk/explore-local-statistics/api/v1"
LEVELS = ("ctry", "rgn", "cauth", "utla", "ltla")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def data(indicator: str, levels: tuple[str, ...]) -> Query:
    """Ask for all years of an indicator, by the name in its address (``healthy-life-expectancy``).

    They are those of all areas of some levels. What is none is refused: the service would answer
    with nothing.
    """
    wrong = [level for level in levels if level not in LEVELS]
    if wrong or not levels:
        raise ParameterError(f"{wrong or 'Nothing'} is no level of areas ({', '.join(LEVELS)}).")
    if not SLUG.fullmatch(indicator):
        raise ParameterError(f"'{indicator}' is not the name of an indicator in an address.")
    wanted = {
        "indicator": indicator,
        "geo": levels,
        "time": "all",
        "includeNames": "true",
        "includeStatus": "true",
    }
    expectation = WholeTable(
        ("areacd", "period", "value"),
        known=("areanm", "indicator", "sex", "age", "lci_95", "uci_95", "status"),
        ends_in_newline=False,
    )
    what = f"Explore Local Statistics, {indicator}"
    return Query(address(f"{API}/data.csv", wanted), what, SOURCE, expectation)


def indicators() -> Query:
    """Ask which indicators there are, and what is said of them."""
    expectation = WholeObjects(NAMES, key="slug")
    what = "Explore Local Statistics, descriptions of its indicators"
    return Query(f"{API}/metadata/indicators", what, SOURCE, expectation)
