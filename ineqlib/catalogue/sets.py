"""Indicator sets: named, ordered choices of indicators."""

from functools import cache
from pathlib import Path
from typing import Any

from ineqlib.catalogue.checked_yaml import HERE, read_checked_yaml
from ineqlib.catalogue.loader import load_catalogue
from ineqlib.errors import ParameterError, UnknownIndicator, listed, nearest
from ineqlib.yaml_file import read_yaml

FOLDER = HERE / "sets"
MARMOT = "marmot"
"""The set that the catalogue itself is, duplicates left out: what documents show by default."""


def load_indicator_set(path_or_name: str | Path) -> tuple[str, ...]:
    """Return the ids of a set in order, by its name (``"marmot"``, ``"headline"``) or from YAML.

    Raises
    ------
    ParameterError
        Neither a packaged set nor an existing file.
    InputError
        The file is not ``{name, title, indicators: [...]}``.
    UnknownIndicator
        It names indicators the catalogue does not have.

    Examples
    --------
    >>> load_indicator_set("headline")[0]
    'life_expectancy'
    """
    known = load_catalogue().indicators
    if str(path_or_name) == MARMOT:
        return tuple(name for name, indicator in known.items() if not indicator.duplicate_of)
    packaged = {path.stem: path for path in FOLDER.glob("*.yml")}
    path = packaged.get(str(path_or_name), Path(path_or_name))
    if not path.is_file():
        names = sorted([MARMOT, *packaged])
        raise ParameterError(
            f"No indicator set '{path_or_name}': neither a file nor one of {listed(names)}."
            f"{nearest(str(path_or_name), names)}"
        )
    ours = path.parent == FOLDER
    content = _packaged_set(path) if ours else read_checked_yaml(path, "indicator_set")
    indicators = tuple(content["indicators"])
    unknown = [name for name in indicators if name not in known]
    if unknown:
        raise UnknownIndicator(
            f"{path.name} names {len(unknown)} of {len(indicators)} indicators that "
            f"are not in the catalogue: {listed(unknown)}."
            f"{nearest(unknown[0], known)} `ineq indicators` lists them all."
        )
    return indicators


@cache
def _packaged_set(path: Path) -> Any:
    """Read a packaged set once in a process: each document asks for one."""
    return read_yaml(path)
