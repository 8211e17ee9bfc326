"""The indices of deprivation: what each is called, and how its files are headed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ineqlib.catalogue.checked_yaml import HERE, read_part
from ineqlib.errors import InputError

INDICES = HERE / "indices.yml"


@dataclass(frozen=True)
class DeprivationIndex:
    """One edition of an index; ``indices.yml`` explains the fields."""

    id: str
    title: str
    year: int = 0
    publication: str = ""
    publisher: str = ""
    small_areas: str = ""
    authorities: str = ""
    fictional: bool = False


@cache
def load_indices() -> Mapping[str, DeprivationIndex]:
    """Return the indices that come with the package, by id."""
    return read_indices(INDICES)


def read_indices(path: Path) -> Mapping[str, DeprivationIndex]:
    """Read and check a file of indices."""
    indices: dict[str, DeprivationIndex] = {}
    for entry in read_part(path, "indices")["indices"]:
        index = DeprivationIndex(**entry)
        if index.id in indices:
            raise InputError(f"{path}: id '{index.id}' is given to two indices.")
        indices[index.id] = index
    return MappingProxyType(indices)


def deprivation_index(index_id: str) -> DeprivationIndex:
    """Return the index of an id; of one that is not known, nothing but the id is."""
    return load_indices().get(index_id) or DeprivationIndex(index_id, index_id)


def index_title(index_id: str) -> str:
    """Write out the title of an index; an id that is not known stands for itself.

    Examples
    --------
    >>> index_title("iod2025"), index_title("imd2007")
    ('Indices of Deprivation 2025', 'imd2007')
    """
    return deprivation_index(index_id).title


def index_id_of(year: str) -> str:
    """Return the id of the index that publishers mean by "IMD" or "IoD" and a year.

    Examples
    --------
    >>> index_id_of("2019"), index_id_of("2025"), index_id_of("2007")
    ('imd2019', 'iod2025', 'imd2007')
    """
    published = (index for index in load_indices().values() if not index.fictional)
    return next((index.id for index in published if str(index.year) == year), f"imd{year}")


def newest_index(index_ids: Iterable[str]) -> str:
    """Return the newest of several indices; empty if there is none.

    Examples
    --------
    >>> newest_index(["imd2019", "iod2025"])
    'iod2025'
    """
    return max(index_ids, key=lambda index_id: deprivation_index(index_id).year, default="")
