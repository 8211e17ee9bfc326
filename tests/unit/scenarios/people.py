"""Concentration among people one by one, as in a survey."""

import numpy as np

from ineqlib.measures import (
    concentration_index,
    extended_concentration_index,
    rii_of_people,
    sii_of_people,
)

from .model import scenario

N = 250
GENERALISED = 0.8 / 12
"""Twice the covariance: somebody at rank u has the outcome with probability 0.2 + 0.4 u."""


def survey(rng, sets):
    """Draw outcomes and ranks of people."""
    rank = rng.uniform(size=(sets, N))
    return has(rng, rank), rank


def has(rng, rank, effect=0.0):
    return (rng.uniform(size=rank.shape) < 0.2 + 0.4 * rank + effect) * 1.0


def areas(rng, sets):
    """Outcomes, ranks and areas: 60 areas of 6 people who rank alike and share an effect."""
    rank = np.repeat(rng.uniform(size=(sets, 60)), 6, axis=1)
    effect = np.repeat(rng.uniform(-0.2, 0.2, size=(sets, 60)), 6, axis=1)
    return has(rng, rank, effect), rank, np.repeat(np.arange(60), 6)


@scenario("concentration_index, standard", f"{N} people")
def standard(rng, sets):
    return GENERALISED / 0.4, concentration_index(*survey(rng, sets))


@scenario("concentration_index, generalised", f"{N} people")
def generalised(rng, sets):
    return GENERALISED, concentration_index(*survey(rng, sets), kind="generalised")


@scenario("concentration_index, modified", f"{N} people, counts from 1")
def modified(rng, sets):
    value, rank = survey(rng, sets)
    found = concentration_index(value + 1, rank, kind="modified", bounds=(1, np.inf))
    return GENERALISED / 0.4, found


@scenario("concentration_index, erreygers", f"{N} people")
def erreygers_people(rng, sets):
    found = concentration_index(*survey(rng, sets), kind="erreygers", bounds=(0, 1))
    return 4 * GENERALISED, found


@scenario("concentration_index, wagstaff", f"{N} people")
def wagstaff_people(rng, sets):
    found = concentration_index(*survey(rng, sets), kind="wagstaff", bounds=(0, 1))
    return GENERALISED / 0.24, found


@scenario("concentration_index, standard", f"{N} people who gave their fifth only")
def fifths(rng, sets):
    value, rank = survey(rng, sets)
    middle = (np.arange(5) + 0.5) / 5
    truth = 2 * np.mean((middle - 0.5) * (0.2 + 0.4 * middle)) / 0.4
    return truth, concentration_index(value, np.floor(5 * rank))


@scenario("concentration_index, standard", f"{N} people, high ranks asked three times as often")
def weighted(rng, sets):
    chance = rng.uniform(size=(sets, N))
    rank = np.sqrt(0.25 + 2 * chance) - 0.5  # density 0.5 + rank
    value = has(rng, rank)
    return GENERALISED / 0.4, concentration_index(value, rank, 1 / (0.5 + rank))


@scenario("concentration_index, standard", "360 people in 60 areas, areas given")
def clustered(rng, sets):
    value, rank, area = areas(rng, sets)
    return GENERALISED / 0.4, concentration_index(value, rank, cluster=area)


@scenario(
    "concentration_index, standard",
    "360 people in 60 areas, areas left out",
    within=(0.6, 0.93),
    why="people of one area are taken to be independent of one another, which they are not",
)
def unclustered(rng, sets):
    value, rank, _ = areas(rng, sets)
    return GENERALISED / 0.4, concentration_index(value, rank)


@scenario("extended_concentration_index, nu 3", f"{N} people")
def extended(rng, sets):
    return 0.25, extended_concentration_index(*survey(rng, sets), nu=3)


def regions(rng, sets):
    """Outcomes, ranks and regions: three of 100 people each, which differ besides by rank."""
    rank = rng.uniform(size=(sets, 300))
    region = np.repeat([-0.2, 0.0, 0.3], 100)
    return has(rng, rank, region), rank, np.repeat([0, 1, 2], 100)


@scenario("sii_of_people", f"{N} people")
def slope_of_people(rng, sets):
    return 0.4, sii_of_people(*survey(rng, sets))


@scenario("sii_of_people", "360 people in 60 areas, areas given")
def slope_of_clusters(rng, sets):
    value, rank, area = areas(rng, sets)
    return 0.4, sii_of_people(value, rank, cluster=area)


@scenario("rii_of_people", f"{N} people")
def ratio_of_people(rng, sets):
    return 3, rii_of_people(*survey(rng, sets))


@scenario("concentration_index, generalised", "300 people, a third from each of three strata")
def stratified(rng, sets):
    value, rank, region = regions(rng, sets)
    return GENERALISED, concentration_index(value, rank, kind="generalised", strata=region)
