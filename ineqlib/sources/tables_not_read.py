"""Tables that analysts hold beside those that are read: what each is called, and what to do."""

import re
from collections.abc import Iterable

_ENGLAND_ALONE = (
    "Areas of this package are compared with England's, and by the indices of England: give File 7 "
    "of those (GOV.UK, English indices of deprivation)"
)
_FILE_7 = (
    "Give File 7 of the same edition (all ranks, scores and deciles), from GOV.UK, English indices "
    "of deprivation"
)

_TABLES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((r"WIMD\b.*",), "the index of deprivation of Wales (WIMD)", _ENGLAND_ALONE),
    ((r"SIMD_?\d{4}.*",), "the index of deprivation of Scotland (SIMD)", _ENGLAND_ALONE),
    (
        (r"(?:NI)?MDM\b.*",),
        "the measure of deprivation of Northern Ireland (NIMDM)",
        _ENGLAND_ALONE,
    ),
    (
        (r"rank of IMD score.*",),
        "the Indices of Deprivation of 2010 or before, which are not read",
        "Give File 7 of 2015, 2019 or 2025",
    ),
    (
        (r"IMD ?- ?average (?:rank|score)",),
        "a summary of the Indices of Deprivation for other areas than districts, or not whole",
        "It is not needed: give the summary of lower-tier authorities, or File 7",
    ),
    (
        (r"LSOA (?:name|code) \(\d{4}\)",),
        "a table of the Indices of Deprivation beside File 7, which is the one that is used",
        _FILE_7,
    ),
    (
        (r"IMD_?(?:rank|dec(?:ile)?|score)\d?", r"LSOA\d\dCD"),
        "the deprivation of neighbourhoods as the table of a map",
        _FILE_7,
    ),
    (
        (r"GEOG(?:CD|NM)",),
        "a table of the ONS Code History Database",
        "Of its tables Changes.csv alone is read",
    ),
    (
        (r"pcd[s278]?",),
        "a directory of postcodes",
        "It is not needed: give a lookup from LSOAs to districts (such as LSOA21CD and LAD24CD)",
    ),
)
"""What columns are called, whatever their case -> what the table is, and the remedy. The first that
fits tells."""


def table_not_read(columns: Iterable[str]) -> str:
    """Say what a table is by the names of its columns, and what to do; or nothing.

    Examples
    --------
    >>> table_not_read(["Data_Zone", "SIMD2020v2_Rank"])[:50]
    'the index of deprivation of Scotland (SIMD). Areas'
    >>> table_not_read(["area", "value"])
    ''
    """
    names = list(columns)
    for patterns, what, remedy in _TABLES:
        known_by = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
        if all(any(map(pattern.fullmatch, names)) for pattern in known_by):
            return f"{what}. {remedy}"
    return ""
