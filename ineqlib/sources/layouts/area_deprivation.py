"""English Indices of Deprivation: the official summaries of authorities."""

import re

import pandas as pd

from ineqlib.errors import InputError
from ineqlib.sources.base import Head, Layout, Parsed
from ineqlib.sources.content import numbers, read_table
from ineqlib.sources.layouts.deprivation_editions import (
    AUTHORITY,
    PUBLISHED,
    first_with_year,
    source_of,
)
from ineqlib.sources.layouts.deprivation_groups import stated_index
from ineqlib.sources.ons_columns import require_codes

_LTLA = re.compile(r"ltla(\d\d)_code")
_WIDE = re.compile(r"(?:msoa|ltla)(\d\d)_code")

SUMMARIES: tuple[dict[str, str], ...] = (
    {
        "average_score": "IMD - Average score",
        "average_rank": "IMD - Average rank",
        "share_most_deprived": "IMD - Proportion of LSOAs in most deprived 10% nationally",
    },
    {
        "average_score": "imd_average_score",
        "average_rank": "imd_average_rank",
        "share_most_deprived": "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally",
    },
    {
        "average_score": "imd_avg_score",
        "average_rank": "imd_avg_rank",
        "share_most_deprived": "imd_pct_most_deprived",
    },
    {"average_score": "Score", "share_most_deprived": "Proportion"},
)
"""Column of the pack -> header, for each layout the summaries are found in."""

HIGHEST_SCORE = 100
"""Scores of the Indices are from 0 to 100, and so are their averages."""

RECALCULATED = "Income_Extent"
"""A column that only summaries recalculated by others have; the official ones do not."""


def _summary_columns(columns: tuple[str, ...]) -> dict[str, str]:
    return next((headers for headers in SUMMARIES if set(headers.values()) <= set(columns)), {})


def _authority_code(columns: tuple[str, ...]) -> tuple[str, str]:
    """Return the column of authority codes and its two-digit year (empty where not stated)."""
    code, year = first_with_year(AUTHORITY, columns)
    if code:
        return code, year[2:]
    code, year = first_with_year(_LTLA, columns)
    return (code, year) if code else ("lad_code" if "lad_code" in columns else "", "")


def _is_summary(head: Head) -> bool:
    return (
        bool(_summary_columns(head.columns) and _authority_code(head.columns)[0])
        and RECALCULATED not in head.columns
    )


def parse_summary(content: bytes, described: dict[str, str]) -> Parsed:
    """Read an official summary of authorities: average score and rank, share most deprived.

    Returns
    -------
    Parsed
        `frame` has one row per authority: area_code, index, average_rank, average_score,
        share_most_deprived.

    Raises
    ------
    InputError
        Neither the header nor the description says which Indices these are, or a share is not
        between 0 and 1.
    """
    table = read_table(content)
    code, year = _authority_code(tuple(table.columns))
    require_codes(table[code])
    headed = {edition.authorities[2:]: edition.id for edition in PUBLISHED.values()}
    index = headed.get(year) or stated_index(described, "iod2025")
    frame = pd.DataFrame({"area_code": table[code], "index": index, "average_rank": float("nan")})
    for name, column in _summary_columns(tuple(table.columns)).items():
        frame[name] = numbers(table[column])
    share = frame["share_most_deprived"]
    if not share.between(0, 1).all():
        raise InputError(
            f"The share of most deprived neighbourhoods should lie between 0 and 1, but "
            f"{int((~share.between(0, 1)).sum())} of {len(share)} do not."
        )
    for name, highest in (("average_score", HIGHEST_SCORE), ("average_rank", float("inf"))):
        wrong = frame[~(frame[name].isna() | frame[name].between(0, highest))]
        if len(wrong):
            row, value = wrong.index[0] + 2, wrong[name].iloc[0]
            raise InputError(
                f"{name} should lie between 0 and {highest:g}, but {len(wrong)} of {len(frame)} do "
                f"not (the first in row {row}: {value:g}). Download the file again."
            )
    return Parsed("area_deprivation", frame, source_of(index), attributes={"index": index})


def _is_recalculated(head: Head) -> bool:
    return RECALCULATED in head.columns and bool(first_with_year(_WIDE, head.columns)[0])


def parse_recalculated(content: bytes, _described: dict[str, str]) -> Parsed:
    """Recognise summaries that others calculated for later or other areas; not official."""
    return Parsed(
        "reference",
        read_table(content),
        source_of("imd2019"),
        remarks=("calculated by others, not an official statistic: not used",),
    )


LAYOUTS = (
    Layout("Indices of Deprivation, summary of authorities", _is_summary, parse_summary),
    Layout("Indices of Deprivation, recalculated summary", _is_recalculated, parse_recalculated),
)
