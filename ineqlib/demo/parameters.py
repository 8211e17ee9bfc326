"""The known parameters of the demonstration country, read from ``parameters.yml``."""

import zlib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ineqlib.yaml_file import check_keys, read_yaml

FOLDER = Path(__file__).parent
FIVE_YEAR_BANDS = (*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+")
"""Age bands of a standard population, youngest first."""

BANDS = ("0", "1-4", *FIVE_YEAR_BANDS[1:])
"""Age bands of a life table."""

BAND_START = np.array([0, 1, *range(5, 95, 5)], dtype=float)
BAND_MIDDLE = np.append((BAND_START[:-1] + BAND_START[1:]) / 2, 93.0)
SEXES = ("Male", "Female")


@dataclass(frozen=True)
class Place:
    """One lower-tier authority as it is drawn up; deprivation in national standard deviations."""

    code: str
    name: str
    neighbourhoods: int
    level: float
    spread: float
    town: float
    county: str = ""


@dataclass(frozen=True)
class Region:
    """A region and the upper-tier authorities in it."""

    code: str
    name: str
    counties: tuple[str, ...]
    single_tier: tuple[str, ...]


@dataclass(frozen=True)
class Parameters:
    """Everything in ``parameters.yml``; the mappings keep that file's keys."""

    index: str
    country: dict[str, str]
    shape: dict[str, Any]
    regions: tuple[Region, ...]
    counties: dict[str, str]
    places: tuple[Place, ...]
    changes: tuple[dict[str, str], ...]
    people: dict[str, Any]
    mortality: dict[str, Any]
    health: dict[str, Any]

    @property
    def years(self) -> range:
        """Calendar years of the simulated deaths and populations."""
        first, last = self.people["years"]
        return range(first, last + 1)

    @property
    def causes(self) -> tuple[str, ...]:
        """Groups of causes of death, in presentation order."""
        return tuple(self.mortality["gradient"])

    def of_county(self, code: str) -> list[Place]:
        """Return the districts of a county."""
        return [place for place in self.places if place.county == code]

    def of_region(self, region: Region) -> list[Place]:
        """Return the places of a region: its counties' districts, then its single-tier areas."""
        return [
            place
            for place in self.places
            if place.county in region.counties or place.code in region.single_tier
        ]


@cache
def load_parameters() -> Parameters:
    """Read ``parameters.yml``."""
    raw = read_yaml(FOLDER / "parameters.yml")
    check_keys(raw, [key.name for key in fields(Parameters)], "parameters.yml")
    raw["regions"] = tuple(
        Region(
            region["code"], region["name"], tuple(region["counties"]), tuple(region["single_tier"])
        )
        for region in raw["regions"]
    )
    raw["counties"] = {county["code"]: county["name"] for county in raw["counties"]}
    raw["places"] = tuple(Place(**place) for place in raw["places"])
    raw["changes"] = tuple(raw["changes"])
    return Parameters(**raw)


def random(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator of one purpose, so that adding a purpose leaves the others as they are.

    Examples
    --------
    >>> random(1, "deaths").random() == random(1, "deaths").random()
    True
    """
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])
