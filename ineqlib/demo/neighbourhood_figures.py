"""What the fictional country publishes of each neighbourhood: counts, and what they are of."""

import pandas as pd

from ineqlib.demo.indicators import load_indicators, simulate
from ineqlib.demo.mortality import pooled_periods
from ineqlib.demo.parameters import BAND_START
from ineqlib.demo.people import Country
from ineqlib.estimate import FloatArray

EARLY = BAND_START < 75
COUNTED = "children_relative_poverty"
"""The indicator of which each neighbourhood's count in its last year is published."""


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
