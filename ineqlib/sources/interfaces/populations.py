"""Mid-year estimates of how many live in areas, by sex and age, from Nomis.

Every single year of age is asked, and all ages together besides: they must add up to it.
"""

from ineqlib.sources.interfaces.nomis import NomisCells

DATASET = "NM_2002_1"
ALL_AGES, SINGLE_YEARS = "200", "101...191"
MEN_AND_WOMEN = "1,2"
CELLS_OF_A_YEAR = 2 * 92
"""Of an area: ages 0 to 89, 90 and over, and all together, of men and of women."""


def people_by_age(areas: tuple[str, ...], years: tuple[str, ...]) -> NomisCells:
    """Ask how many men and women of each age live in areas.

    Parameters
    ----------
    areas : tuple of str
        Codes of areas.
    years : tuple of str
        Each by name.
    """
    return NomisCells(
        DATASET,
        areas,
        years,
        {"gender": MEN_AND_WOMEN, "c_age": f"{ALL_AGES},{SINGLE_YEARS}", "measures": "20100"},
        columns=("GENDER_NAME", "C_AGE_NAME", "OBS_VALUE"),
    )
