"""Making a training pack: the county that the seed drew, what is planted in it, and the key."""

from pathlib import Path

import pandas as pd

from ineqlib.demo.build import SEED, areas_of, make_tables, observations_of, write_fictional
from ineqlib.demo.training.county import County, Plant, make_county
from ineqlib.demo.training.exercises import EXERCISES
from ineqlib.demo.training.key import TABLE, key_table
from ineqlib.demo.withheld import withhold_further

TITLE = "Training county (fictional)"


def make_training_pack(out: str | Path, *, seed: int = SEED) -> Path:
    """Make the pack of a fictional county in which known truths are planted.

    Parameters
    ----------
    out
        Folder of the pack; an earlier pack there is replaced.
    seed
        Where the truths lie; the same seed gives the same tables.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ParameterError
        Chance hides a truth however often it is drawn: another seed is needed.
    """
    county = make_county(seed)
    plants = plant_all(county)
    observed = _observations(county, plants)
    tables = make_tables(county.country, county.groups, observed)
    return write_fictional(out, TITLE, county.country, {**tables, TABLE: key_table(plants)})


def plant_all(county: County) -> dict[str, Plant]:
    """Plant the truth of every exercise."""
    return {name: exercise.plant(county) for name, exercise in EXERCISES.items()}


def _observations(county: County, plants: dict[str, Plant]) -> pd.DataFrame:
    planted = {drawn.id: drawn for plant in plants.values() for drawn in plant.indicators}
    indicators = [planted.get(name, usual) for name, usual in county.indicators.items()]
    observed = observations_of(county.country, county.groups, indicators)
    for plant in plants.values():
        observed = plant.before(observed)
    observed = withhold_further(observed, areas_of(county.country.parameters))
    for plant in plants.values():
        observed = plant.after(observed)
    return observed
