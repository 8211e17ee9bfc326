"""The interface of the Department for Work and Pensions' Stat-Xplore, with the user's key.

A table is asked by a text that names each value wanted, so what comes can be compared with it. The
service answers 2,000 requests an hour for a key.
"""

import json
from collections.abc import Mapping, Sequence

from ineqlib.errors import ParameterError
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.layouts.stat_xplore import SOURCE
from ineqlib.sources.proof import WholeCube, WholeObjects

API = "https://stat-xplore.dwp.gov.uk/webapi/rest/v1"
KEY = "stat_xplore_key"


def table(
    database: str, measure: str, fields: Mapping[str, Sequence[str]], what: str = ""
) -> Query:
    """Ask for one measure by some fields, each with the values wanted: areas, periods, groups.

    Databases are named such as ``str:database:UC_Monthly``, measures such as
    ``str:count:UC_Monthly:V_F_UC_CASELOAD_FULL``. `what` says in words what is asked.
    """
    empty = [field for field, values in fields.items() if not values]
    if empty or not fields:
        raise ParameterError(f"Stat-Xplore is asked for no values of {empty or 'any field'}.")
    body = {
        "database": database,
        "measures": [measure],
        "recodes": {
            field: {"map": [[value] for value in values], "total": False}
            for field, values in fields.items()
        },
        "dimensions": [[field] for field in fields],
    }
    asked = tuple((field, tuple(values)) for field, values in fields.items())
    words = f"Stat-Xplore, {what or database.rpartition(':')[2]}"
    expectation = WholeCube(measure, asked)
    return Query(f"{API}/table", words, SOURCE, expectation, body=json.dumps(body), key=KEY)


def schema(name: str = "") -> Query:
    """Ask what a folder, database or field has; without a name, which folders there are."""
    expectation = WholeObjects(("id", "label", "type"), under="children", key="id")
    url = f"{API}/schema/{name}".rstrip("/")
    return Query(url, f"Stat-Xplore, {name or 'its folders'}", SOURCE, expectation, key=KEY)


def rate_limit() -> Query:
    """Ask how many requests are left in this hour."""
    expectation = WholeObjects(("limit", "remaining", "reset"))
    return Query(f"{API}/rate_limit", "Stat-Xplore, requests left", SOURCE, expectation, key=KEY)
