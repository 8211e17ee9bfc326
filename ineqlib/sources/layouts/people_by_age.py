"""People by sex and age, as Nomis answers them: single years put together to bands."""

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.content import numbers
from ineqlib.sources.csv_text import read_csv_text, require_columns

BANDS = ("0", "1-4", *(f"{age}-{age + 4}" for age in range(5, 90, 5)), "90+")
"""Ages as life tables have them; standard populations have the first two as one."""
OLDEST = 90
EVERYBODY = "Persons"

_COLUMNS = {
    "GEOGRAPHY_CODE": "area_code",
    "GEOGRAPHY_NAME": "area_name",
    "DATE": "year",
    "GENDER_NAME": "sex",
    "C_AGE_NAME": "age",
    "OBS_VALUE": "population",
}
_WHO = ["area_code", "area_name", "year", "sex"]
_TOTAL = "all ages"


def read_people(content: bytes) -> pd.DataFrame:
    """Read how many live in areas, by sex and age band.

    Parameters
    ----------
    content : bytes
        The joined answer to `populations.people_by_age`.

    Returns
    -------
    DataFrame
        `area_code`, `area_name`, `year`, `sex` (men, women, and both as ``Persons``), `age_band`
        (one of `BANDS`, in their order) and `population`.

    Raises
    ------
    InputError
        A sex or an age is unknown, an age is missing or there twice, or the ages do not add up to
        the number of all ages together.
    """
    what = "populations of Nomis"
    table = read_csv_text(content, (), what)
    require_columns(table.columns, _COLUMNS, what)
    rows = table.rename(columns=_COLUMNS)[list(_COLUMNS.values())]
    rows = rows.assign(population=numbers(rows["population"]), age=rows["age"].str.strip())
    _refuse_strange("sex", rows["sex"], rows["sex"].isin(["Male", "Female"]))
    is_total = rows["age"].str.casefold() == _TOTAL
    age = pd.to_numeric(rows["age"].str.extract(r"(?i)^aged? ?(\d+)(?:\+| years?)?$")[0])
    _refuse_strange("age", rows["age"], is_total | (age <= OLDEST))
    single = rows[~is_total].assign(age=age[~is_total].astype(int))
    _refuse_gaps(single)
    _refuse_wrong_sums(single, rows[is_total])
    band = [BANDS[0] if a == 0 else BANDS[1] if a < 5 else BANDS[a // 5 + 1] for a in single["age"]]
    single = single.assign(age_band=pd.Categorical(band, BANDS, ordered=True))
    of_sexes = pd.concat([single, single.assign(sex=EVERYBODY)])
    sums = of_sexes.groupby([*_WHO, "age_band"], observed=True, sort=False)["population"].sum()
    people = sums.reset_index().sort_values([*_WHO, "age_band"], ignore_index=True)
    return people.assign(age_band=people["age_band"].astype("str"))


def _refuse_strange(what: str, column: pd.Series, is_known: pd.Series) -> None:
    if strange := sorted(set(column[~is_known])):
        raise InputError(
            f"{len(strange)} {what}(s) of Nomis that are not known: {listed(strange)}. The "
            "publisher has changed its labels: report it."
        )


def _refuse_gaps(single: pd.DataFrame) -> None:
    counted = single.groupby(_WHO)["age"].agg(["size", "nunique"])
    wanted = OLDEST + 1
    wrong = counted[(counted["size"] != wanted) | (counted["nunique"] != wanted)]
    if len(wrong):
        code, name, year, sex = wrong.index[0]
        ages = wrong["nunique"].iloc[0]
        raise InputError(
            f"{len(wrong)} of {len(counted)} populations are not whole: of {name} ({code}), {sex}, "
            f"{year}, {ages} of {wanted} ages are there, in {wrong['size'].iloc[0]} rows. Ask for "
            "them again."
        )


def _refuse_wrong_sums(single: pd.DataFrame, totals: pd.DataFrame) -> None:
    added = single.groupby(_WHO)["population"].sum(min_count=OLDEST + 1)
    total = totals.set_index(_WHO)["population"].reindex(added.index)
    if len(wrong := added[added != total]):
        code, name, year, sex = wrong.index[0]
        raise InputError(
            f"{len(wrong)} of {len(added)} populations do not add up: the ages of {name} ({code}), "
            f"{sex}, {year}, come to {wrong.iloc[0]:,.0f}, and all ages together to "
            f"{total[wrong.index[0]]:,.0f}. Nomis withholds or rounds some: they cannot be used."
        )
