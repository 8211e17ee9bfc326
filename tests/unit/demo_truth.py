"""What the measures should recover: the same figures without chance."""

from ineqlib.demo.extras import EARLY, expected_early
from ineqlib.demo.groups import Groups
from ineqlib.demo.parameters import BAND_START
from ineqlib.demo.people import Country, FloatArray
from ineqlib.measures.life_table import life_table


def true_life_expectancy(country: Country, groups: Groups, years: slice) -> FloatArray:
    """Return life expectancy at birth under the death rates the deaths were drawn from.

    Parameters
    ----------
    country, groups
        Whose; every group needs people of every age.
    years
        Place on the axis of years, as `ineqlib.demo.mortality.pooled_periods` gives it.

    Returns
    -------
    ndarray
        Years, shape (groups, sexes).
    """
    deaths = groups.sum(country.expected_deaths[years].sum(axis=(0, -1)))
    people = groups.sum(country.population[years].sum(axis=0))
    return life_table(deaths, people, bands=BAND_START).ex[..., 0]


def true_early_deaths(country: Country, years: slice) -> FloatArray:
    """Return what chance varied about: deaths under 75 over those at the country's own rates.

    Returns
    -------
    ndarray
        Per cent, shape (neighbourhoods,).
    """
    truth = country.expected_deaths[years][..., EARLY, :].sum(axis=(0, 2, 3, 4))
    ratio: FloatArray = 100 * truth / expected_early(country, years)
    return ratio
