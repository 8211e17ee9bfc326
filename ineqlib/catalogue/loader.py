"""From the YAML files to a `Catalogue`, checking what one file alone cannot show."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from ineqlib.catalogue.checked_yaml import HERE, read_checked_yaml, read_part
from ineqlib.catalogue.model import Catalogue, Indicator, Objective, PublisherId
from ineqlib.errors import InputError, listed, nearest

_LISTS = ("area_levels", "partners", "used_for")


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue that comes with the package."""
    try:
        return read_catalogue(HERE)
    except (KeyError, TypeError):
        # Somebody is writing an entry: the schema says what is wrong with it.
        for path in _indicator_files(HERE):
            read_checked_yaml(path, "indicators")
        raise


def read_catalogue(folder: Path) -> Catalogue:
    """Read and check ``objectives.yml`` and ``indicators/*.yml`` of a folder.

    Indicators come in the order of their objectives, then of their file.
    """
    entries = read_part(folder / "objectives.yml", "objectives")["objectives"]
    objectives = {entry["id"]: Objective(**entry) for entry in entries}
    rank = {objective: place for place, objective in enumerate(objectives)}
    indicators: list[tuple[str, Indicator]] = []
    for path in _indicator_files(folder):
        content = read_part(path, "indicators")
        objective = content["objective"]
        if objective not in objectives:
            raise InputError(
                f"{path.name}: objective '{objective}' is not in objectives.yml, "
                f"which has {listed(objectives, most=20)}."
            )
        indicators += [(path.name, _indicator(objective, entry)) for entry in content["indicators"]]
    indicators.sort(key=lambda pair: rank[pair[1].objective])
    _check_together(indicators)
    return Catalogue(objectives, {indicator.id: indicator for _, indicator in indicators})


def _indicator_files(folder: Path) -> list[Path]:
    return sorted((folder / "indicators").glob("*.yml"))


def _indicator(objective: str, entry: dict[str, Any]) -> Indicator:
    publisher_ids = {
        publisher: tuple(PublisherId(**name) for name in ids)
        for publisher, ids in entry.get("publisher_ids", {}).items()
    }
    tuples = {name: tuple(entry[name]) for name in _LISTS}
    return Indicator(**(entry | tuples | {"publisher_ids": publisher_ids, "objective": objective}))


def _check_together(indicators: list[tuple[str, Indicator]]) -> None:
    files: dict[str, str] = {}
    claimed: dict[tuple[str, PublisherId], str] = {}
    for file, indicator in indicators:
        if indicator.id in files:
            raise InputError(
                f"{file}: id '{indicator.id}' is already used in {files[indicator.id]}. "
                "Every indicator needs its own."
            )
        files[indicator.id] = file
        for publisher, ids in indicator.publisher_ids.items():
            for name in ids:
                claim = (publisher, replace(name, verified=True, note=""))
                if claim in claimed:
                    raise InputError(
                        f"{file}: '{indicator.id}' and '{claimed[claim]}' both claim {publisher} "
                        f"id '{name.id}'. Give sex or age where one id stands for several series."
                    )
                claimed[claim] = indicator.id
    for file, indicator in indicators:
        for what, other in (
            ("a duplicate", indicator.duplicate_of),
            ("the pooled form", indicator.pools),
        ):
            if other and other not in files:
                raise InputError(
                    f"{file}: '{indicator.id}' is called {what} of '{other}', "
                    f"which is not in the catalogue.{nearest(other, files)}"
                )
