"""The indices of deprivation, by the ids packs use."""

from collections.abc import Iterable

INDEX_NAMES = {
    "imd2010": "Index of Multiple Deprivation 2010",
    "imd2015": "Index of Multiple Deprivation 2015",
    "imd2019": "Index of Multiple Deprivation 2019",
    "iod2025": "Indices of Deprivation 2025",
    "demo2024": "fictional deprivation index 2024",
}


SMALL_AREA_VINTAGES = {"imd2015": "2011", "imd2019": "2011", "iod2025": "2021"}
"""Index -> the year of the small areas it scores."""


def index_name(index: str) -> str:
    """Write out the name of a deprivation index.

    Examples
    --------
    >>> index_name("iod2025")
    'Indices of Deprivation 2025'
    """
    return INDEX_NAMES.get(index, index)


def newest_index(indices: Iterable[str]) -> str:
    """Return the newest of several indices, by the year its id ends in; empty if there is none.

    Examples
    --------
    >>> newest_index(["imd2019", "iod2025"])
    'iod2025'
    """
    return max(indices, key=lambda index: index[-4:], default="")
