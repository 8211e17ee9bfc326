"""The data files of the Department for Education's service Explore Education Statistics.

Which columns are filters and which are figures is in no column: a filter holds words.
"""

import re
from collections.abc import Iterable

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source, stated_by_user
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    UNRELIABLE,
    WITHHELD,
    in_shorthand,
    lengthened,
    unit_in,
    with_rows_added,
)
from ineqlib.sources.layouts.education_filters import (
    filters_without_total,
    in_words,
    of_whom,
)
from ineqlib.sources.not_read import put_together
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.texts import whole_numbers
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="education_statistics",
    title="Explore Education Statistics",
    publisher="Department for Education",
    licence="Open Government Licence v3.0",
    attribution=(
        "Department for Education, Explore education statistics. Contains public sector "
        "information licensed under the Open Government Licence v3.0."
    ),
)

_WHAT = "a file of Explore Education Statistics"
_REQUIRED = ["time_period", "time_identifier", "geographic_level"]
_AREAS = {
    "national": ("country_code", "country_name"),
    "regional": ("region_code", "region_name"),
    "local authority": ("new_la_code", "la_name"),
    "local authority district": ("lad_code", "lad_name"),
    "ward": ("ward_code", "ward_name"),
}
"""Level -> columns of the codes and names of its areas."""

_PLACE = re.compile(
    r"(?:country|region|old_la|new_la|la|lad|ward|pcon|parliamentary_constituency|local_authority"
    r"|mca|english_devolved_area|opportunity_area|rsc_region|ls(?:i?p)|lep|sponsor|trust|mat|school"
    r"|provider|institution|police_force_area|urban_rural|rural_urban)s?"
    r"_(?:code|name|urn|laestab|ukprn|id|selection_status)"
)
_SIGNS = {
    "c": WITHHELD,
    "z": NOT_APPLICABLE,
    "x": NOT_AVAILABLE,
    ":": NOT_AVAILABLE,
    "u": UNRELIABLE,
    "low": "low",
    "k": "low",
    "~": "low",
}
_NUMBER = re.compile(r"-?[\d,]*\.?\d+%?(?:e[+-]?\d+)?|", re.IGNORECASE)
_LIMIT = re.compile(r"(?:^|_)(?:[lu]?ci|[lu]cl|conf(?:idence)?)(?:_|$)", re.IGNORECASE)
_WORDS_FIRST = re.compile(r"(?:year_group|key_stage|version|sex|gender|age.*)", re.IGNORECASE)
"""Filters even where all their cells are numbers."""
_ADDED = re.compile(r".*\s.*|(?:my_)?(?:notes?|comments?|remarks?|rag)(?:_.*)?", re.IGNORECASE)
"""Headings of columns that somebody has added: those of the department hold no spaces."""
_COMMON = set(
    "number num no n percent percentage pct perc count total rate average avg proportion value "
    "headcount pupil pupils child children student students learner learners of".split()
)
"""Words that do not tell one figure of the department from another."""

_TERMS = {
    "autumn term": ("09", 4, 0),
    "spring term": ("01", 3, 1),
    "summer term": ("04", 4, 1),
    "autumn and spring term": ("09", 7, 0),
}
"""Term -> first month, number of months, and whether it lies in the second year."""


def _matches(head: Head) -> bool:
    return set(_REQUIRED) <= set(head.columns)


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    whole = read_csv_text(content, _REQUIRED, _WHAT)
    table, left_out = _of_areas(whole)
    if table.empty:
        raise InputError(
            "No row of Explore Education Statistics is of a country, region, authority or ward "
            f"with a code, but of: {listed(whole['geographic_level'].unique(), 5)}. Download the "
            "same figures by local authority."
        )
    others = [name for name in table if name not in _REQUIRED and not _PLACE.fullmatch(name)]
    if summed := put_together(others):
        raise InputError(f"Expected {_WHAT}, but {summed}.")
    added = [name for name in others if _ADDED.fullmatch(name)]
    others = [name for name in others if name not in added]
    measures = [name for name in others if _is_measure(name, table[name])]
    limits = [name for name in measures if _LIMIT.search(name)]
    measures = [name for name in measures if name not in limits]
    if not measures:
        raise InputError(
            "No column of Explore Education Statistics holds numbers alone, or the codes c, k, u, "
            f"x, z and low. Other columns: {listed(others, 10) or 'none'}."
        )
    filters = [name for name in others if name not in [*measures, *limits]]
    rows = _places(table).join(of_whom(table[filters]))
    rows = rows.assign(period=_periods(table), publisher="education")
    raw = lengthened(rows.join(table[measures]), measures, "publisher_id")
    shown = in_shorthand(raw["value"], _SIGNS)
    names = _names(measures, described)
    note = raw["note"] + shown["note"].where(raw["note"] == "", shown["note"].radd("; "))
    raw = raw.assign(
        **shown.assign(note=note.str.removesuffix("; ")),
        indicator_name=raw["publisher_id"].map(names),
        unit=described.get("unit") or raw["publisher_id"].map(unit_in),
    )
    raw = raw.assign(publisher_id=raw["indicator_name"].str.lower())
    remark = _remark(limits, added, filters_without_total(table[filters]))
    kind = described.get("period_kind", "")
    raw.attrs = whole.attrs
    parsed = tidy(
        raw, stated(SOURCE, described), set_aside=left_out, remark=remark, period_kind=kind
    )
    return with_rows_added(parsed, len(whole))


def _of_areas(table: pd.DataFrame) -> tuple[pd.DataFrame, list[SetAside]]:
    """Set aside the rows of schools, providers, constituencies and other places without figures."""
    level = table["geographic_level"].str.casefold()
    known = level.map(lambda text: text in _AREAS and _AREAS[text][0] in table)
    if known.all():
        return table, []
    reason = "geographic_level is no country, region, authority or ward with a code"
    return table[known], [set_aside_rows(table[~known], reason, "geographic_level")]


def _remark(limits: list[str], added: list[str], without_total: list[str]) -> str:
    """Say which columns are not read, and of which filters everybody's figures are missing."""
    words = {
        "not read, being confidence limits": limits,
        "not read, for the department has no such headings": added,
        "every figure is of a group, for no row says Total in": without_total,
    }
    return "; ".join(f"{what}: {listed(names)}" for what, names in words.items() if names)


def _places(table: pd.DataFrame) -> pd.DataFrame:
    level = table["geographic_level"].str.casefold()
    places = pd.DataFrame("", index=table.index, columns=["area_code", "area_name"])
    for name, columns in _AREAS.items():
        here = level == name
        for place, column in zip(places, columns, strict=True):
            if column in table:
                places[place] = places[place].mask(here, table[column])
    return places


def _is_measure(name: str, column: pd.Series) -> bool:
    """Tell a column of figures from a filter: it has numbers, and no words."""
    if _WORDS_FIRST.fullmatch(name):
        return False
    cells = column[~column.str.strip("[]() ").str.casefold().isin(_SIGNS)]
    if not cells.str.fullmatch(_NUMBER.pattern, case=False).all():
        return False
    return bool((cells != "").any()) or bool((column != "").any())


def _names(measures: Iterable[str], described: dict[str, str]) -> dict[str, str]:
    """Name the indicators; what is common to many data sets is preceded by the subject stated."""
    names = {name: in_words(name) for name in measures}
    subject = described.get("indicator", "")
    if any(set(words.casefold().split()) <= _COMMON for words in names.values()):
        subject = stated_by_user(described, "indicator", "Free school meals")
    return {name: f"{subject}: {words}" if subject else words for name, words in names.items()}


def _periods(table: pd.DataFrame) -> pd.Series:
    pairs = list(zip(whole_numbers(table["time_period"]), table["time_identifier"], strict=True))
    read = {pair: _period(*pair) for pair in dict.fromkeys(pairs)}
    return pd.Series([read[pair] for pair in pairs], table.index, dtype="str")


def _period(period: str, identifier: str) -> str:
    """Write a period as publishers do elsewhere.

    Examples
    --------
    >>> _period("202223", "Academic year"), _period("2023", "Calendar year")
    ('2022/23', '2023')
    >>> _period("202223", "Financial year Q2"), _period("2023", "March")
    ('2022/23 Q2', 'March 2023')
    >>> _period("202223", "Autumn term"), _period("202223", "Academic year Q1")
    ('2022-09-01/P4M', '2022-08-01/P3M')

    The department writes years that are no calendar years with six digits: of four nobody knows
    whether they are the first or the second.

    >>> _period("2023", "Academic year")
    '2023 Academic year'
    """
    kind = " ".join(identifier.casefold().split())
    years = re.fullmatch(r"(\d{4})[/-]?(\d\d)?", period)
    if not years:
        return f"{period} {identifier}".strip()
    first, second = years.groups()
    both = f"{first}/{second}" if second else first
    if kind in _TERMS:
        month, months, later = _TERMS[kind]
        return f"{int(first) + later}-{month}-01/P{months}M"
    if quarter := re.fullmatch(r"academic year q([1-4])", kind):
        # The academic year of colleges and apprenticeships begins in August.
        start = pd.Timestamp(int(first), 8, 1) + pd.DateOffset(months=3 * (int(quarter[1]) - 1))
        return f"{start.date()}/P3M"
    if quarter := re.fullmatch(r"(?:(?:financial|calendar|tax) year )?(q[1-4](?:-q[1-4])?)", kind):
        return f"{both} {quarter[1].upper()}"
    if re.fullmatch(r"(?:19|20)\d\d", period) and re.fullmatch(
        r"(?:academic|financial|tax) year", kind
    ):
        return f"{period} {identifier}"
    if re.fullmatch(r"(?:(?:academic|financial|calendar|reporting|tax) year)?", kind):
        return both
    return f"{identifier} {both}"


LAYOUTS = (Layout("Explore Education Statistics", _matches, _parse),)
