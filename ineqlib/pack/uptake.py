"""Who used a service, in a file of one's own."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.period_grammar import readings
from ineqlib.sources.content import read_content
from ineqlib.sources.layouts import own_uptake

PLACE, GROUPS = own_uptake.PLACE, own_uptake.GROUPS
"""Columns of the file: where its people live, and who they are."""


@dataclass(frozen=True)
class Uptake:
    """How many of those eligible used one service in one period.

    Parameters
    ----------
    rows
        ``area_code``; ``fifth``, ``sex``, ``age``, ``ethnicity`` (one of them filled in, or none);
        ``used``, ``eligible`` and ``status``.
    source
        Whose figures they are, in words.
    remarks
        What reading the file left out.
    """

    service: str
    period: str
    rows: pd.DataFrame
    source: str
    remarks: tuple[str, ...] = ()


def read_uptake(path: str | Path, service: str) -> Uptake:
    """Read the newest period of one service.

    Parameters
    ----------
    path
        The file.
    service
        As the file writes it; empty where the file has one.

    Raises
    ------
    InputError
        There is no such file, or its rows cannot be right; the message says which.
    ParameterError
        The file does not have the service, or has several and none was named.
    """
    parsed = own_uptake.LAYOUT.parse(read_content(path), {})
    rows = parsed.frame
    there = list(dict.fromkeys(rows["service"]))
    if not service and len(there) > 1:
        raise ParameterError(
            f"{Path(path).name} has {len(there)} services. Say which in service: "
            f"{listed(there, 40)}."
        )
    name = service or there[0]
    if name not in there:
        raise ParameterError(
            f"{Path(path).name} has no service '{name}'.{nearest(name, there)} It has "
            f"{listed(there, 40)}."
        )
    rows = rows[rows["service"] == name]
    periods = list(dict.fromkeys(rows["period"]))
    newest = max(periods, key=lambda text: max(read.end for read in readings(text)))
    others = sorted(set(periods) - {newest})
    older = (f"other periods, not shown: {listed(others, 20)}",) if others else ()
    return Uptake(
        name,
        newest,
        rows[rows["period"] == newest].reset_index(drop=True),
        parsed.source.title,
        (*parsed.remarks, *older),
    )
