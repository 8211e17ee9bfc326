"""Which editions of the English Indices of Deprivation are read, and what all their files share."""

import re

from ineqlib.catalogue import load_indices
from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Source

PUBLISHED = {index.id: index for index in load_indices().values() if index.publication}
"""The editions whose files are read."""

AUTHORITY = re.compile(r"Local Authority District code \((\d{4})\)")
"""Heading of the authorities' codes, with the year they are of."""


def source_of(index: str) -> Source:
    """Return the publication an index comes from.

    Raises
    ------
    InputError
        No file of this index is in a layout that is known.
    """
    if index not in PUBLISHED:
        raise InputError(f"No file of '{index}' is read; known: {listed(PUBLISHED)}.")
    edition = PUBLISHED[index]
    return Source(
        id=f"deprivation_{index}",
        title=edition.publication,
        publisher=edition.publisher,
        licence="Open Government Licence v3.0",
        attribution=f"{edition.publication}, {edition.publisher}. Contains public sector "
        "information licensed under the Open Government Licence v3.0.",
    )


def first_with_year(pattern: re.Pattern[str], columns: tuple[str, ...]) -> tuple[str, str]:
    """Return the first column that matches, and the year in it; empty strings if none does."""
    matches = (pattern.fullmatch(column) for column in columns)
    first = next((match for match in matches if match), None)
    return (first[0], first[1]) if first else ("", "")
