"""Deaths by cause, from Nomis, which writes 0 for every number under 5.

So ages and sexes are never to be added: what is asked is each total by itself, and a zero is read
as withheld.
"""

from ineqlib.sources.interfaces.nomis import NomisCells

DATASET = "NM_161_1"


def deaths(areas: tuple[str, ...], years: tuple[str, ...], causes: tuple[str, ...]) -> NomisCells:
    """Ask for the deaths of all ages by cause, of everybody, men and women.

    Parameters
    ----------
    areas : tuple of str
        Codes of areas.
    years : tuple of str
        Each by name.
    causes : tuple of str
        Nomis's numbers of causes of death; ``"0"`` is all of them.
    """
    everybody = {"gender": "0,1,2", "age": "0", "measure": "1", "measures": "20100"}
    return NomisCells(
        DATASET,
        areas,
        years,
        {"cause_of_death": ",".join(causes), **everybody},
        columns=("CAUSE_OF_DEATH_NAME", "GENDER_NAME", "AGE_NAME", "MEASURE_NAME", "OBS_VALUE"),
    )
