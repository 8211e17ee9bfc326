"""What goes beside the indicators: deprivation, neighbourhoods, similar areas, money, deaths."""

from dataclasses import asdict
from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from ineqlib.demo.groups import Groups
from ineqlib.demo.indicators import load_indicators, simulate
from ineqlib.demo.mortality import pooled_periods
from ineqlib.demo.parameters import BAND_START, BANDS, FOLDER, SEXES, Parameters, random
from ineqlib.demo.people import Country
from ineqlib.estimate import FloatArray
from ineqlib.pack.unit_costs import read_unit_costs
from ineqlib.periods import parse_period

NEIGHBOURS = 15
METHOD = "fictional statistical neighbours"
SERVICES = {
    # Pounds per person in the middle; log of what the most deprived end gets over the least.
    "Stop smoking": (2.1, 0.5),
    "Health checks": (1.4, -0.2),
    "Drug and alcohol services": (9.0, 0.9),
    "Health visiting and school nursing": (14.0, 0.15),
    "Leisure and physical activity": (6.0, -0.6),
    "Warm homes": (3.2, 0.0),
}
EARLY = BAND_START < 75
COUNTED = "children_relative_poverty"
"""The indicator of which each neighbourhood's count in its last year is published."""
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


def small_areas(country: Country) -> pd.DataFrame:
    """Return the pack's table of neighbourhoods and their deprivation."""
    frame = pd.DataFrame(country.neighbourhoods.drop(columns="geometry"))
    frame = frame.rename(columns={"code": "small_area_code", "name": "small_area_name"})
    columns = "small_area_code small_area_name area_code index score rank decile population".split()
    named = frame.assign(index=country.parameters.index)[columns]
    return named.assign(locality=localities(country), **domains(country))


def area_deprivation(country: Country, groups: Groups) -> pd.DataFrame:
    """Return each area's population-weighted deprivation and share of most deprived tenth."""
    totals, frame = groups[groups.totals], country.neighbourhoods
    people = frame["population"].to_numpy()
    weight = totals.sum(people)
    worst = (frame["decile"] == 1).to_numpy().astype(float)
    return pd.DataFrame(
        {
            "area_code": totals.frame["area_code"],
            "index": country.parameters.index,
            "average_score": totals.sum(people * frame["score"].to_numpy()) / weight,
            "average_rank": totals.sum(people * frame["rank"].to_numpy()) / weight,
            "share_most_deprived": totals.sum(worst) / totals.members.sum(axis=1),
        }
    )


def neighbours(country: Country, groups: Groups) -> pd.DataFrame:
    """Return the areas most alike in deprivation, its spread, age, town life and size.

    Lower-tier authorities are compared with each other, counties with all upper-tier ones.
    """
    areas = groups[groups.totals & groups.frame["area_type"].isin(["lad", "utla"]).to_numpy()]
    features, kind = _features(country, areas), areas.frame["area_type"].to_numpy()
    districts_and_counties = [
        _most_alike(areas.frame["area_code"].to_numpy(), features, kind == tier, among)
        for tier, among in (("lad", kind == "lad"), ("utla", areas.upper_tier))
    ]
    return pd.concat(districts_and_counties, ignore_index=True)


def _features(country: Country, areas: Groups) -> np.ndarray:
    """Describe each area by five numbers of comparable size; deprivation counts double."""
    frame, size = country.neighbourhoods, areas.members.sum(axis=1)
    people = country.population[-1].sum(axis=1)
    score = np.log(frame["score"].to_numpy())
    mean = areas.sum(score) / size
    old = people[:, 14:].sum(axis=1) / people.sum(axis=1)
    return np.column_stack(
        [
            2 * mean / score.std(),
            np.sqrt(np.maximum(areas.sum(score**2) / size - mean**2, 0)) / score.std(),
            areas.sum(old) / size / old.std(),
            areas.sum(frame["town"].to_numpy().astype(float)) / size,
            np.log(areas.sum(people.sum(axis=1))),
        ]
    )


def _most_alike(
    codes: np.ndarray, features: np.ndarray, subjects: np.ndarray, among: np.ndarray
) -> pd.DataFrame:
    distance = cdist(features[subjects], features[among])
    distance[codes[subjects][:, None] == codes[among]] = np.inf
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :NEIGHBOURS]
    return pd.DataFrame(
        {
            "area_code": np.repeat(codes[subjects], NEIGHBOURS),
            "rank": np.tile(np.arange(1, NEIGHBOURS + 1), subjects.sum()),
            "neighbour_code": codes[among][nearest].ravel(),
            "method": METHOD,
        }
    )


def spending(country: Country) -> pd.DataFrame:
    """Return what the demonstration county's services spend in each neighbourhood in a year."""
    rng = random(country.seed, "spending")
    frame = country.neighbourhoods
    county = next(iter(country.parameters.counties))
    inside = frame["area_code"].isin([p.code for p in country.parameters.of_county(county)])
    places = frame[inside.to_numpy()]
    disadvantage = country.disadvantage[inside.to_numpy()]
    parts = []
    for service, (middle, gradient) in SERVICES.items():
        chance = rng.gamma(20, 1 / 20, len(places))
        per_head = middle * np.exp(gradient * disadvantage) * chance
        parts.append(
            pd.DataFrame(
                {
                    "small_area_code": places["code"].to_numpy(),
                    "area_code": places["area_code"].to_numpy(),
                    "service": service,
                    "period": "2023/24",
                    "spend": np.round(per_head * places["population"].to_numpy(), 2),
                    "population": places["population"].to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def unit_costs() -> pd.DataFrame:
    """Return what one event costs, all of it made up: ``unit_costs.yml``, checked as any file."""
    return pd.DataFrame(map(asdict, read_unit_costs(FOLDER / "unit_costs.yml").rows))


def deaths_and_populations(country: Country, groups: Groups) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return deaths by cause, and person-years, by fifth, sex and age band of every area.

    Two three-year periods that do not overlap: the last before the pandemic and the latest.
    """
    wanted = groups[groups.frame["dimension"].ne("") & ~_national_fifths_of_parts(groups.frame)]
    periods = dict(pooled_periods(country))
    deaths, populations = [], []
    for label in ("2017 - 19", list(periods)[-1]):
        start, end = parse_period(label)
        when = {"period": label, "period_start": start, "period_end": end}
        frame = wanted.frame.assign(**when)
        years = periods[label]
        counted = wanted.sum(country.deaths[years].sum(axis=0))
        people = wanted.sum(country.population[years].sum(axis=0))
        causes = list(country.parameters.causes)
        deaths.append(_long(frame, counted, "deaths", {"cause": causes}))
        populations.append(_long(frame, people, "person_years", {}))
    return pd.concat(deaths, ignore_index=True), pd.concat(populations, ignore_index=True)


def _national_fifths_of_parts(frame: pd.DataFrame) -> pd.Series:
    return frame["dimension"].str.startswith("national") & frame["area_type"].ne("country")


def _long(
    frame: pd.DataFrame, values: np.ndarray, name: str, last: dict[str, list[str]]
) -> pd.DataFrame:
    """Lay an array (group, sex, age band, …) out as rows beside its groups."""
    axes = {"sex": list(SEXES), "age_band": list(BANDS), **last}
    cells = pd.MultiIndex.from_product(axes.values(), names=list(axes)).to_frame(index=False)
    rows = frame.loc[np.repeat(np.arange(len(frame)), len(cells))].reset_index(drop=True)
    for column in axes:
        rows[column] = np.tile(cells[column].to_numpy(), len(frame))
    return rows.assign(**{name: values.ravel()})


def area_changes(parameters: Parameters) -> pd.DataFrame:
    """Return the table of renamed and merged areas."""
    names = {place.code: place.name for place in parameters.places}
    frame = pd.DataFrame(list(parameters.changes))
    frame["new_name"] = frame["new_code"].map(names)
    frame["date"] = pd.to_datetime(frame["date"])
    return frame["old_code old_name new_code new_name date kind".split()]


def neighbourhood_figures(country: Country) -> pd.DataFrame:
    """Return deaths under 75 beside those expected, and children on a low income."""
    *_, years = dict(pooled_periods(country)).values()
    counted = next(indicator for indicator in load_indicators() if indicator.id == COUNTED)
    children, of_all = (array[-1].sum(axis=-1) for array in simulate(country, counted))
    return pd.DataFrame(
        {
            "small_area_code": country.neighbourhoods["code"],
            "deaths_under_75_count": country.deaths[years][..., EARLY, :].sum(axis=(0, 2, 3, 4)),
            "deaths_under_75_expected": expected_early(country, years),
            f"{COUNTED}_count": children,
            f"{COUNTED}_children": of_all,
        }
    )


def expected_early(country: Country, years: slice) -> FloatArray:
    """Return the deaths under 75 of each neighbourhood at the country's rates by sex and age."""
    deaths = country.deaths[years].sum(axis=(0, -1))[..., EARLY]
    people = country.population[years].sum(axis=0)[..., EARLY]
    rates = deaths.sum(axis=0) / people.sum(axis=0)
    expected: FloatArray = (people * rates).sum(axis=(1, 2))
    return expected


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
