"""Small tables as the checks get them, and what the checks make of them."""

from functools import cache

import numpy as np
import pandas as pd

from ineqlib.areas import area_type
from ineqlib.catalogue import load_catalogue
from ineqlib.errors import InputError
from ineqlib.observations import conform
from ineqlib.periods import parse_period
from ineqlib.sources.base import Finding
from ineqlib.sources.plausible import CHECKS, Context, Examined, examine, possible_checks

TODAY = pd.Timestamp(2026, 11, 29)
_USUAL = {
    "area_code": "E07000243",
    "indicator": "Warm homes visits",
    "period": "2023/24",
    "sex": "Persons",
    "status": "ok",
}


def own(*rows: dict[str, object]) -> pd.DataFrame:
    """Return rows of your own figures; what a row leaves out is usual."""
    table = pd.DataFrame([{**_USUAL, **row} for row in rows])
    dates = [parse_period(period) for period in table["period"]]
    known = load_catalogue().indicators
    stated = table.get("unit", pd.Series("", table.index)).fillna("")
    units = [
        known[name].unit if name in known else unit
        for name, unit in zip(table["indicator"], stated, strict=True)
    ]
    table = table.assign(
        indicator_id=table["indicator"],
        indicator_name=table.get("indicator_name", table["indicator"]),
        area_type=table["area_code"].map(area_type),
        period=table["period"].astype("str"),
        period_start=[start for start, _ in dates],
        period_end=[end for _, end in dates],
        unit=units,
    )
    frame = conform(table)
    kinds = {name: indicator.value_type for name, indicator in known.items()}
    return frame.assign(
        file_row=np.arange(len(frame)) + 2,
        publisher="own_figures",
        indicator_name=table["indicator_name"],
        stated_unit=stated,
        stated_age=frame["age"],
        value_type=frame["indicator_id"].map(kinds).astype("string").fillna(""),
    )


def downloaded(*rows: dict[str, object]) -> pd.DataFrame:
    """Return rows of a publisher's: what contradicts itself is set aside, not refused."""
    return own(*rows).assign(publisher="fingertips")


def examined(table: pd.DataFrame, *accepted: str) -> Examined:
    return _as_beside_others(table, examine(table, Context(TODAY), accepted=accepted))


def findings(table: pd.DataFrame, name: str) -> tuple[Finding, ...]:
    """Return what one check finds in rows taken as a publisher's."""
    checks = [check for check in CHECKS if check.name == name]
    table = table.assign(publisher="x")
    return _as_beside_others(table, examine(table, Context(TODAY), checks=checks)).findings


def _as_beside_others(table: pd.DataFrame, made: Examined) -> Examined:
    """Return what was found in a table, which is found too where a build has others beside it."""
    if made.findings:
        possible, _ = possible_checks([table, _another()], Context(TODAY))
        asked = {check.name for check in CHECKS if check.beside or check in possible}
        assert {finding.check for finding in made.findings} <= asked
    return made


@cache
def _another() -> pd.DataFrame:
    """Return the table of another file, in which nothing is wrong."""
    return own({"indicator": "Another", "value": 1.0, "count": 3.0})


def refusal(table: pd.DataFrame) -> str:
    """Return the message that refuses a table of your own figures; empty if none does."""
    try:
        examined(table)
    except InputError as error:
        return str(error)
    return ""
