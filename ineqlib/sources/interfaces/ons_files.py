"""Workbooks of the ONS, whose addresses change each year: the page of a data set lists them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ineqlib.errors import ParameterError, listed
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.layouts.life_expectancy import SOURCE
from ineqlib.sources.proof import WholeFile, WholeObjects

SITE = "https://www.ons.gov.uk"
LIFE_EXPECTANCY = (
    "/peoplepopulationandcommunity/healthandsocialcare/healthandlifeexpectancies/datasets/"
    "lifeexpectancyforlocalareasoftheuk"
)
_EDITION = re.compile(r"between2001to2003and(20\d\d)to(20\d\d)")


def editions() -> Query:
    """Ask which editions of life expectancy for local areas there are."""
    expectation = WholeObjects(("uri",), under="datasets", key="uri")
    what = "ONS, editions of life expectancy for local areas"
    return Query(f"{SITE}{LIFE_EXPECTANCY}/data", what, SOURCE, expectation)


def life_expectancy(listing: Iterable[Mapping[str, Any]]) -> Query:
    """Ask for the newest edition of those that `editions` lists."""
    uris = [str(item["uri"]) for item in listing]
    dated = [(match[2], match[0]) for uri in uris if (match := _EDITION.search(uri))]
    if not dated:
        raise ParameterError(
            f"None of {len(uris)} editions of life expectancy is named as they were: "
            f"{listed(uris)}. Download the workbook by hand from {SITE}{LIFE_EXPECTANCY}."
        )
    _, edition = max(dated)
    url = f"{SITE}/file?uri={LIFE_EXPECTANCY}/{edition}/lifeexpectancylocalareas.xlsx"
    what = f"ONS, life expectancy for local areas, {edition}"
    return Query(url, what, SOURCE, WholeFile("workbook"))
