"""Files that are fetched for who asks for them alone: few need them, and they are large. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple

from ineqlib.errors import ParameterError, listed
from ineqlib.sources.interfaces import ons_files, publications
from ineqlib.sources.interfaces.query import MEGABYTE, Query

Extra = Literal["spending", "life_expectancy", "deprivation_2019"]


class ListedFile(NamedTuple):
    """A file whose address changes, and stands in a list of its publisher."""

    what: str
    listing: Callable[[], Query]
    choose: Callable[[Sequence[Mapping[str, Any]]], Query]
    """Return the question for the file, from what is listed."""
    size: int
    """Bytes, about, where the list does not tell."""


DEPRIVATION = ListedFile(
    "deprivation of all neighbourhoods",
    publications.INDICES_2025.attachments,
    partial(publications.file_7, publications.INDICES_2025),
    10 * MEGABYTE,
)
"""What every pack needs."""

EXTRAS: dict[Extra, ListedFile] = {
    "spending": ListedFile(
        "what every council spent",
        publications.REVENUE_OUTTURN.attachments,
        publications.spending,
        25 * MEGABYTE,
    ),
    "life_expectancy": ListedFile(
        "life expectancy, the ONS's newest edition",
        ons_files.editions,
        ons_files.life_expectancy,
        10 * MEGABYTE,
    ),
    "deprivation_2019": ListedFile(
        "deprivation of all neighbourhoods, 2019",
        publications.INDICES_2019.attachments,
        partial(publications.file_7, publications.INDICES_2019),
        10 * MEGABYTE,
    ),
}


def named_extras(names: Iterable[str]) -> tuple[Extra, ...]:
    """Return the extras of some names, each once.

    Examples
    --------
    >>> named_extras(["spending", "spending"])
    ('spending',)
    """
    wanted = tuple(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in EXTRAS]:
        raise ParameterError(f"Expected also {', '.join(EXTRAS)}, found {listed(unknown)}.")
    return tuple(extra for extra in EXTRAS if extra in wanted)
