"""English Indices of Deprivation: neighbourhoods."""

import re
from collections.abc import Iterable

import pandas as pd

from ineqlib.catalogue import newest_index
from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed
from ineqlib.sources.content import numbers, read_table
from ineqlib.sources.csv_text import require_columns
from ineqlib.sources.headings import plain_heading
from ineqlib.sources.layouts.deprivation_editions import (
    AUTHORITY,
    PUBLISHED,
    first_with_year,
    source_of,
)
from ineqlib.sources.ons_columns import require_codes
from ineqlib.sources.own_columns import remark_on
from ineqlib.text import plural

_SMALL_AREA = re.compile(r"LSOA code \((\d{4})\)")
_IMD = "Index of Multiple Deprivation (IMD) "
_DOMAINS = {
    "income_decile": "Income Decile",
    "employment_decile": "Employment Decile",
    "education_decile": "Education, Skills and Training Decile",
    "health_decile": "Health Deprivation and Disability Decile",
    "crime_decile": "Crime Decile",
    "barriers_decile": "Barriers to Housing and Services Decile",
    "environment_decile": "Living Environment Decile",
}
"""Column of the pack -> how the header of a domain's national tenths begins."""
_OF_1, _OF_TENTHS = "(where 1 is most deprived)", "(where 1 is most deprived 10% of LSOAs)"
_SAID_BESIDE = r"(?:where1ismost\w*|mid\d{4}\w*)?"
"""What stands behind the name of a column, without its spaces and signs."""
_HEADINGS = (
    *(
        f"{what} ({year})"
        for edition in PUBLISHED.values()
        for level, year in (
            ("LSOA", edition.small_areas),
            ("Local Authority District", edition.authorities),
        )
        for what in (f"{level} code", f"{level} name")
    ),
    *(f"{_IMD}Score", f"{_IMD}Rank {_OF_1}", f"{_IMD}Decile {_OF_TENTHS}"),
    *(f"{beginning} {_OF_TENTHS}" for beginning in _DOMAINS.values()),
    *(f"Total population: mid {year} (excluding prisoners)" for year in ("2015", "2022")),
)
"""Those that are read."""
_SMALL_AREA_YEARS = sorted({edition.small_areas[2:] for edition in PUBLISHED.values()})
_SUBDOMAINS = (
    *("children_and_young_people", "adult_skills", "geographical_barriers", "wider_barriers"),
    *("indoors", "outdoors"),
)
_OF_SUBDOMAINS = re.compile(rf"(?:{'|'.join(_SUBDOMAINS)})(?:_sub_domain)?_(?:score|rank|decile)")
_OF_INDICATORS = re.compile(
    r"\w+_(?:numerator|ratio|speeds)|\w+_indicator(?:_\w+)?|\w+_rate_per\w+|connectivity_score"
)
"""How the columns of each table are headed: any other somebody has added."""
_LSOA = re.compile(rf"lsoa({'|'.join(_SMALL_AREA_YEARS)})_code")

NEIGHBOURHOODS = {"2011": 32_844, "2021": 33_755}
"""How many LSOAs England has, by the year of their codes: ranks go so far."""

Described = dict[str, str]


def _is_small_areas(head: Head) -> bool:
    return bool(first_with_year(_SMALL_AREA, head.columns)[0]) and any(
        column.startswith(f"{_IMD}Rank") for column in head.columns
    )


def parse_small_areas(content: bytes, _described: Described) -> Parsed:
    """Read "File 7" (all ranks, scores and deciles, by LSOA) of the Indices.

    Returns
    -------
    Parsed
        `frame` has one row per LSOA: small_area_code, small_area_name, area_code (the authority of
        that edition), index, score, rank, decile, population, and the decile of each domain that
        the file has; `attributes` its index and vintage.

    Raises
    ------
    InputError
        The edition is unknown, a column is missing, a code is none or is there again, or deciles or
        scores do not follow the ranks.
    """
    table = read_table(content)
    columns = tuple(table.columns)
    code, small_year = first_with_year(_SMALL_AREA, columns)
    name = f"LSOA name ({small_year})"
    require_columns(columns, [name], "File 7 of the Indices of Deprivation")
    require_codes(table[code])
    authority, authority_year = first_with_year(AUTHORITY, columns)
    headed = {
        (edition.small_areas, edition.authorities): edition.id for edition in PUBLISHED.values()
    }
    index = headed.get((small_year, authority_year))
    if index is None:
        raise InputError(
            f"Indices of Deprivation for LSOAs of {small_year} in authorities of "
            f"{authority_year or 'an unstated year'} are not an edition that is known; known: "
            + listed(f"{s}/{a} ({name})" for (s, a), name in headed.items())
        )
    frame = pd.DataFrame(
        {
            "small_area_code": table[code],
            "small_area_name": table[name],
            "area_code": table[authority],
            "index": index,
            "score": _column(table, f"{_IMD}Score", required=False),
            "rank": _whole(_column(table, f"{_IMD}Rank")),
            "decile": _whole(_column(table, f"{_IMD}Decile")),
            "population": _column(table, "Total population", required=False),
        }
    )
    domains = {
        name: _whole(_column(table, beginning))
        for name, beginning in _DOMAINS.items()
        if _headed(columns, beginning)
    }
    frame = frame.assign(**domains)
    _check_direction(frame)
    return Parsed(
        "small_areas",
        frame,
        source_of(index),
        remarks=(
            *_deciles_of_elsewhere(frame, NEIGHBOURHOODS[small_year]),
            *_small_area_remarks(frame, len(columns) - len(domains)),
        ),
        attributes={"index": index, "level": "lsoa", "vintage": small_year},
    )


def _column(table: pd.DataFrame, beginning: str, *, required: bool = True) -> pd.Series:
    """Return the numbers of the column whose header begins so; missing values if there is none."""
    headers = _headed(table.columns, beginning)
    if len(headers) > 1:
        raise InputError(
            f"{len(headers)} columns may be the {beginning} of the Indices: {listed(headers)}. "
            "Keep the one that was published."
        )
    if headers:
        return numbers(table[headers[0]])
    if required:
        raise InputError(
            f"There is no column that begins '{beginning}' and has the most deprived as 1."
        )
    return pd.Series(float("nan"), index=table.index)


def _headed(columns: Iterable[str], beginning: str) -> list[str]:
    """Return the headers that begin so and say no more than which end is which, or of when.

    Examples
    --------
    >>> _headed(["Income Decile (where 1 is most deprived)", "Income Decile 2019"], "Income Decile")
    ['Income Decile (where 1 is most deprived)']
    """
    plain = plain_heading(beginning)
    return [name for name in columns if re.fullmatch(f"{plain}{_SAID_BESIDE}", plain_heading(name))]


def _whole(column: pd.Series) -> pd.Series:
    if absent := int(column.isna().sum()):
        raise InputError(
            f"{absent} of {len(column)} cells of a column of ranks or deciles are empty; every "
            "neighbourhood has one. Download the file again."
        )
    return column.astype("int32")


def _check_direction(frame: pd.DataFrame) -> None:
    """Rank 1 and decile 1 are both the most deprived; a reversed decile would turn every result.

    And whatever is put together from neighbourhoods is weighted by their people.
    """
    if low := int((frame["rank"] < 1).sum()):
        raise InputError(f"{low} rank(s) are below 1, the most deprived. Was the file edited?")
    people = frame["population"].dropna()
    if odd := int(((people <= 0) | (people % 1 != 0)).sum()):
        raise InputError(
            f"{odd} population(s) are not whole numbers above 0. Were they put in thousands?"
        )
    ordered = frame.sort_values("rank")["decile"]
    if set(ordered) - set(range(1, 11)) or not ordered.is_monotonic_increasing:
        raise InputError(
            "The deciles do not follow the ranks (decile 1 should hold the lowest ranks, the most "
            "deprived). Was the file edited?"
        )
    score = frame.sort_values("rank")["score"].dropna()
    if not (score.is_monotonic_decreasing and score.between(0, 100).all()):
        raise InputError(
            "The scores do not follow the ranks (from 100 at most, the highest with rank 1). Was "
            "the file edited?"
        )


def _deciles_of_elsewhere(frame: pd.DataFrame, every: int) -> tuple[str, ...]:
    """Say which deciles are not the tenth of all England that the rank lies in, but of one place.

    The publisher rounds the ends of the tenths, so that a rank more or less may be of the next one.
    """
    first, last = ((frame["rank"] + by) * 10 // every + 1 for by in (-2, 0))
    wrong = frame[~frame["decile"].between(first, last)]
    if wrong.empty:
        return ()
    shown = listed(
        f"{code} has rank {rank} and decile {decile}"
        for code, rank, decile in wrong[["small_area_code", "rank", "decile"]].head(5).to_numpy()
    )
    return (
        f"Kept, but look at it: {len(wrong):,} decile(s) are not the tenth of the {every:,} "
        f"neighbourhoods of England that the rank lies in: {shown}. If they were ranked again "
        "within one place, give File 7 as it was published.",
    )


def _small_area_remarks(frame: pd.DataFrame, columns: int) -> tuple[str, ...]:
    remarks = []
    if frame["score"].isna().all():
        remarks.append("no scores in the file")
    if frame["population"].isna().all():
        remarks.append("no populations in the file")
    if ties := int(frame["rank"].duplicated().sum()):
        remarks.append(f"{ties} overall ranks are shared")
    used = 4 + int(frame["score"].notna().any()) + 2 + int(frame["population"].notna().any())
    if columns > used:
        remarks.append(f"{plural(columns - used, 'column')} of domains not kept")
    return tuple(remarks)


def _is_wide(head: Head) -> bool:
    name = first_with_year(_LSOA, head.columns)[0]
    return bool(name) and bool({"income_domain_numerator", "adult_skills_rank"} & {*head.columns})


def parse_wide(content: bytes, _described: Described) -> Parsed:
    """Read sub-domains or underlying indicators of small areas, as they are.

    The header has the year of the small areas alone: the newest edition that scores them is meant.

    Returns
    -------
    Parsed
        `frame` has one row per LSOA: small_area_code, and a column of numbers for each in the file;
        `attributes` names the pack's table.

    Raises
    ------
    InputError
        A cell is not a number, or a code is none or is there more than once.
    """
    table = read_table(content)
    code, year = first_with_year(_LSOA, tuple(table.columns))
    require_codes(table[code])
    index = newest_index(
        edition.id for edition in PUBLISHED.values() if edition.small_areas[2:] == year
    )
    is_indicators = "income_domain_numerator" in table
    what, published = (
        ("indicators", _OF_INDICATORS) if is_indicators else ("subdomains", _OF_SUBDOMAINS)
    )
    others = table.columns.drop(code)
    kept = [name for name in others if published.fullmatch(name)]
    values = {name: numbers(table[name]) for name in kept}
    frame = pd.DataFrame({"small_area_code": table[code], **values})
    added = remark_on([name for name in others if name not in kept])
    return Parsed(
        "small_area_table",
        frame,
        source_of(index),
        remarks=(added,) * bool(added),
        attributes={"index": index, "table": f"small_area_{what}_{index}"},
    )


LAYOUTS = (
    Layout(
        "Indices of Deprivation, small areas (File 7)",
        _is_small_areas,
        parse_small_areas,
        _HEADINGS,
    ),
    Layout("Indices of Deprivation, table of small areas", _is_wide, parse_wide),
)
