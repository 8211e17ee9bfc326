"""Who lives where, how deprived their neighbourhood is, and who dies of what."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ineqlib.demo.parameters import BAND_MIDDLE, BANDS, SEXES, Parameters, random
from ineqlib.estimate import FloatArray


@dataclass(frozen=True)
class Country:
    """The simulated people; every array has the neighbourhoods in the order of the frame."""

    parameters: Parameters
    seed: int
    neighbourhoods: gpd.GeoDataFrame
    """``code, name, area_code, town, geometry, score, rank, decile, relative_rank, population``."""
    population: FloatArray
    """Mid-year people, shape (years, neighbourhoods, sexes, age bands)."""
    expected_deaths: FloatArray
    """What chance varies about: the truth. Shape (years, neighbourhoods, sexes, age bands,
    causes)."""
    deaths: FloatArray
    """What happened, of the same shape."""

    @property
    def disadvantage(self) -> FloatArray:
        """From 0.5 in the most deprived neighbourhood to −0.5 in the least."""
        return 0.5 - self.neighbourhoods["relative_rank"].to_numpy()


def populate(parameters: Parameters, neighbourhoods: gpd.GeoDataFrame, seed: int) -> Country:
    """Fill a drawn country with people, deprivation and deaths."""
    deprived = _deprivation(parameters, neighbourhoods, seed)
    disadvantage = 0.5 - deprived["relative_rank"].to_numpy()
    population = _population(parameters, deprived, disadvantage, seed)
    rates = np.stack([hazard(parameters, year, disadvantage) for year in parameters.years])
    rates *= _place_effect(parameters, deprived, seed)[:, None, None, None]
    expected = rates * population[..., None]
    deaths = random(seed, "deaths").poisson(expected).astype(float)
    deprived["population"] = population[-1].sum(axis=(1, 2)).astype(int)
    return Country(parameters, seed, deprived, population, expected, deaths)


def hazard(parameters: Parameters, year: int, disadvantage: FloatArray) -> FloatArray:
    """Return the true yearly death rates, without the differences between authorities.

    The shape is (neighbourhoods, sexes, age bands, causes).
    """
    known = parameters.mortality
    since = year - known["reference_year"]
    gradient = _gradient(parameters) * (1 + known["gradient_yearly_widening"] * since)
    change = known["yearly_change"] * since + known["excess"].get(year, 0.0)
    schedule = _schedule(parameters)[:, :, None] * _cause_shares(parameters)[None]
    return schedule * np.exp(change + gradient * disadvantage[:, None, None, None])


def _schedule(parameters: Parameters) -> FloatArray:
    """Death rates of the national middle by sex and age band: a Gompertz-Makeham schedule."""
    known = parameters.mortality
    rows = []
    for sex in SEXES:
        rate = known["background"][sex] + known["level"][sex] * np.exp(
            known["slope"][sex] * (BAND_MIDDLE - 60)
        )
        rate[BAND_MIDDLE < 15] = known["child"][sex]
        rate[0] = known["infant"][sex]
        rows.append(rate)
    return np.array(rows)


def _gradient(parameters: Parameters) -> FloatArray:
    """Log hazard, most deprived end less least, by sex, age band and cause."""
    known = parameters.mortality
    fading = np.interp(
        BAND_MIDDLE, [known["gradient_full_until"], 90], [1, known["gradient_at_90"]]
    )
    of_sex = np.array([1.0, known["gradient_of_women"]])
    return of_sex[:, None, None] * fading[:, None] * np.array(list(known["gradient"].values()))


def _cause_shares(parameters: Parameters) -> FloatArray:
    known = parameters.mortality
    shares = np.column_stack(
        [
            np.interp(BAND_MIDDLE, known["cause_ages"], known["cause_share"][cause])
            for cause in parameters.causes
        ]
    )
    return shares / shares.sum(axis=1, keepdims=True)


def _place_effect(parameters: Parameters, frame: pd.DataFrame, seed: int) -> FloatArray:
    """Return what multiplies a neighbourhood's deaths because of the authority it is in."""
    spread = parameters.mortality["place_spread"]
    effects = random(seed, "place mortality").normal(0, spread, len(parameters.places))
    number = {place.code: row for row, place in enumerate(parameters.places)}
    return np.exp(effects[frame["area_code"].map(number).to_numpy()])


def _deprivation(
    parameters: Parameters, neighbourhoods: gpd.GeoDataFrame, seed: int
) -> gpd.GeoDataFrame:
    """Score and rank the neighbourhoods; neighbours resemble each other."""
    rng = random(seed, "deprivation")
    parts = [
        place.level + place.spread * _clustered(neighbourhoods[inside], rng)
        for place in parameters.places
        if (inside := neighbourhoods["area_code"] == place.code).any()
    ]
    frame = neighbourhoods.copy()
    frame["score"] = (18 * np.exp(0.62 * np.concatenate(parts))).round(3)
    frame["rank"] = frame["score"].rank(ascending=False, method="first").astype(int)
    frame["relative_rank"] = (frame["rank"] - 0.5) / len(frame)
    frame["decile"] = np.floor(frame["relative_rank"] * 10).astype(int) + 1
    return frame


def _clustered(part: gpd.GeoDataFrame, rng: np.random.Generator) -> FloatArray:
    """Return one standardised value per neighbourhood: a few pockets, towns and chance."""
    at = shapely.get_coordinates(shapely.centroid(part.geometry.to_numpy()))
    pockets = at[rng.choice(len(at), size=3, replace=False)]
    distance = np.linalg.norm(at[:, None] - pockets[None], axis=2)
    reach = 0.5 * np.median(distance)
    field = np.exp(-((distance / reach) ** 2)) @ np.array([2.2, 1.4, 0.8])
    field += 0.4 * part["town"].to_numpy() + 0.35 * rng.normal(size=len(at))
    return (field - field.mean()) / field.std()


def _population(
    parameters: Parameters, frame: pd.DataFrame, disadvantage: FloatArray, seed: int
) -> FloatArray:
    known = parameters.people
    rng = random(seed, "population")
    size = rng.normal(known["per_neighbourhood"], known["neighbourhood_spread"], len(frame))
    residents = np.clip(size, 1000, 3000).round().astype(int)
    tilt = known["younger_where_deprived"] * 2 * disadvantage
    tilt = tilt + known["younger_in_towns"] * (frame["town"].to_numpy() - 0.5)
    men = np.array(known["men_per_woman"]) / (1 + np.array(known["men_per_woman"]))
    shares = np.array(known["share"]) * np.stack([men, 1 - men])
    shares = shares * np.exp(tilt[:, None, None] * (BAND_MIDDLE - 40) / 40)
    shares = shares.reshape(len(frame), -1)
    people = rng.multinomial(residents, shares / shares.sum(axis=1, keepdims=True))
    latest = people.reshape(len(frame), len(SEXES), len(BANDS))
    growth = (1 + known["yearly_growth"]) ** (np.array(parameters.years) - parameters.years[-1])
    return np.round(latest * growth[:, None, None, None])
