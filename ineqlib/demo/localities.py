"""What the map of the fictional county tells of each neighbourhood besides its deprivation."""

from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ineqlib.demo.parameters import random
from ineqlib.demo.people import Country

LARGEST = 8
"""Most neighbourhoods of one locality."""
BEGINNINGS = (
    *("Brindle", "Cattle", "Dimmer", "Ember", "Fennel", "Gillow", "Hollin", "Ivel", "Jarrow"),
    *("Kettle", "Linnet", "Marrow", "Nettle", "Otter", "Pippin", "Quarry", "Rowan", "Sorrel"),
    *("Tansy", "Umber", "Vetch", "Wicker", "Yarrow"),
)
ENDINGS = (
    *("croft", "garth", "holt", "lea", "mead", "moss", "reach", "rise", "stead", "thorpe"),
    *("well", "wick", "worth"),
)
DOMAINS = ("income", "employment", "education", "health", "crime", "barriers", "environment")
LIKENESS = {"barriers": -0.35, "environment": 0.4, "crime": 0.75}
"""How far a domain goes with deprivation as a whole, where that is not nearly all the way."""


def localities(country: Country) -> pd.Series:
    """Give every neighbourhood the name of a made-up quarter or village of its authority."""
    frame = country.neighbourhoods
    names = ["".join(parts) for parts in product(BEGINNINGS, ENDINGS)]
    random(country.seed, "localities").shuffle(names)
    locality = pd.Series("", index=frame.index)
    for _, members in frame.groupby("area_code", sort=False):
        for part in _parts(members):
            locality[part] = names.pop()
    return locality


def _parts(members: gpd.GeoDataFrame) -> list[NDArray[np.int_]]:
    """Halve an authority across its longer side until its parts are small enough."""
    at = shapely.get_coordinates(shapely.centroid(members.geometry.to_numpy()))
    small, waiting = [], [np.arange(len(members))]
    while waiting:
        part = waiting.pop()
        if len(part) <= LARGEST:
            small.append(members.index.to_numpy()[part])
            continue
        longer = int(np.ptp(at[part], axis=0).argmax())
        order = part[np.argsort(at[part, longer], kind="stable")]
        waiting += [order[: len(order) // 2], order[len(order) // 2 :]]
    return small


def domains(country: Country) -> pd.DataFrame:
    """Return the national tenth of every neighbourhood in each domain of deprivation."""
    rng = random(country.seed, "domains")
    disadvantage = np.sqrt(12) * country.disadvantage
    tenths = {}
    for name in DOMAINS:
        like = LIKENESS.get(name, 0.93)
        score = like * disadvantage + np.sqrt(1 - like**2) * rng.normal(size=len(disadvantage))
        order = (-score).argsort(kind="stable").argsort(kind="stable")
        tenths[f"{name}_decile"] = order * 10 // len(order) + 1
    return pd.DataFrame(tenths, index=country.neighbourhoods.index)
