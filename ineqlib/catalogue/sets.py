"""Indicator sets: named, ordered choices of indicators."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ineqlib.catalogue.checked_yaml import HERE, read_checked_yaml
from ineqlib.catalogue.model import Catalogue
from ineqlib.errors import ParameterError, UnknownIndicator, listed, nearest
from ineqlib.yaml_file import read_yaml

FOLDER = HERE / "sets"
EVERYTHING = "marmot"
"""Name of the set that the catalogue itself is, duplicates left out."""


@dataclass(frozen=True)
class IndicatorSet:
    """Indicator ids in the order a briefing shows them."""

    name: str
    title: str
    indicators: tuple[str, ...]


def load_indicator_set(path_or_name: str | Path, catalogue: Catalogue) -> IndicatorSet:
    """Return a set by its name (``"marmot"``, ``"headline"``) or from a YAML file.

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
    >>> from ineqlib.catalogue import load_catalogue
    >>> load_indicator_set("headline", load_catalogue()).indicators[0]
    'life_expectancy'
    """
    if str(path_or_name) == EVERYTHING:
        every = catalogue.indicators.values()
        ids = tuple(indicator.id for indicator in every if not indicator.duplicate_of)
        return IndicatorSet(EVERYTHING, "All indicators, by Marmot objective", ids)
    packaged = {path.stem: path for path in FOLDER.glob("*.yml")}
    path = packaged.get(str(path_or_name), Path(path_or_name))
    if not path.is_file():
        names = sorted([EVERYTHING, *packaged])
        raise ParameterError(
            f"No indicator set '{path_or_name}': neither a file nor one of {listed(names)}."
            f"{nearest(str(path_or_name), names)}"
        )
    ours = path.parent == FOLDER
    content = _packaged_set(path) if ours else read_checked_yaml(path, "indicator_set")
    unknown = [indicator for indicator in content["indicators"] if indicator not in catalogue]
    if unknown:
        raise UnknownIndicator(
            f"{path.name} names {len(unknown)} of {len(content['indicators'])} indicators that "
            f"are not in the catalogue: {listed(unknown)}."
            f"{nearest(unknown[0], catalogue.indicators)} `ineq indicators` lists them all."
        )
    return IndicatorSet(content["name"], content["title"], tuple(content["indicators"]))


@cache
def _packaged_set(path: Path) -> Any:
    """Read a packaged set once in a process: each document asks for one."""
    return read_yaml(path)
