"""What to look at in your own figures: names that are nearly known, and areas nobody is told of."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from ineqlib.catalogue import load_catalogue, load_indices
from ineqlib.errors import InputError, listed
from ineqlib.observations import DIMENSION_KINDS, OWN, Dimension
from ineqlib.sources.ages import plain_age
from ineqlib.sources.csv_text import with_nearest
from ineqlib.sources.identify import find_indicator
from ineqlib.sources.rows import FILE_ROW, is_nothing
from ineqlib.sources.tidy import id_of_name
from ineqlib.text import plural

_BY_DEPRIVATION = re.compile(r"depriv|\b(?:imd|iod)(?:\b|\d)", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    r"ethnic|quintile|decile|depriv|disabilit|religion|tenure"
    r"|(?:client|patient|population|priority)_group"
)
_EVERYBODY = re.compile(
    r"(?:all|any|both|every|total)\b.*|everybody|everyone|persons?|people", re.I
)
_NEARLY = 0.9
"""How alike a name must be to that of an indicator of the catalogue to be told of."""
_IN_COLUMNS = ("period", "area", "indicator", "unit")
"""What a description may say of a publisher's file, and the rows of your own figures do."""
_NO_BRIEFING = ("icb", "other")
"""Types of area that no briefing is about and that none compares with."""


def dimension_of(text: str) -> str:
    """Write a dimension of deprivation as it is documented, whatever its capitals and spaces.

    Examples
    --------
    >>> dimension_of("Local deprivation quintile: IMD2019"), dimension_of("IMD quintile")
    ('local_deprivation_quintile:imd2019', 'IMD quintile')
    """
    kind, _, index = text.partition(":")
    if id_of_name(kind) not in DIMENSION_KINDS:
        return text
    return str(Dimension(id_of_name(kind), id_of_name(index)))


def described_in_vain(described: Iterable[str]) -> list[str]:
    """Remark on keys of a description that your own figures are not read by: their columns are."""
    vain = [f"`{key}`" for key in described if key in _IN_COLUMNS]
    if not vain:
        return []
    return [
        f"not read of the description: {listed(vain)}, which your own figures say in a column, row "
        "by row. Correct the column, or leave it out of the description"
    ]


def names_nearly_known(texts: pd.DataFrame) -> list[str]:
    """Remark on indicators that are another name of the catalogue's, and on indices.

    Parameters
    ----------
    texts
        The columns `indicator`, `age`, `dimension` and `subgroup_order` as they are written.
    """
    unknown = _unknown_indicators(texts["indicator"].unique().tolist())
    ordered = texts.loc[texts["subgroup_order"] != "", "dimension"].unique()
    dimensions = list(map(Dimension.parse, texts["dimension"].unique()))
    indices = list(load_indices())
    odd = {kind.index or "(none)" for kind in dimensions if kind.is_deprivation} - set(indices)
    own_words = [
        text
        for text in ordered
        if _BY_DEPRIVATION.search(text) and not Dimension.parse(text).is_deprivation
    ]
    ages = _other_ages(texts)
    remarks = {
        f"{len(ages)} indicator(s) are of another age than in the catalogue, and not compared with "
        f"figures of that age: {listed(ages)}": ages,
        f"{len(unknown)} indicator(s) are not the catalogue's, but nearly: {listed(unknown)}": (
            unknown
        ),
        f"{len(odd)} deprivation index(es) are not known: "
        f"{with_nearest(sorted(odd), indices)}. Known: {listed(indices)}": odd,
        f"{listed(map(repr, own_words))}: words of your own, which are not taken for groups by "
        f"deprivation. For those write {listed(DIMENSION_KINDS, 10)}, a colon and the index, as "
        "local_deprivation_quintile:imd2019": own_words,
    }
    return [words for words, names in remarks.items() if names]


def _other_ages(texts: pd.DataFrame) -> list[str]:
    """Say which indicators of the catalogue are given at another age than it has for them."""
    catalogue, told = load_catalogue(), []
    for name, age in (
        texts.loc[texts["age"] != "", ["indicator", "age"]].drop_duplicates().to_numpy()
    ):
        match = find_indicator(catalogue, OWN, name)
        usual = match[0].age if match else ""
        if usual and not is_nothing(age) and plain_age(age) != plain_age(usual):
            told.append(f"'{name}' at {age}, not {usual}")
    return told


def of_no_briefing(frame: pd.DataFrame) -> list[str]:
    """Remark on rows of areas that no briefing is about: constituencies, parishes, ICBs ..."""
    rows = frame[frame["area_type"].isin(_NO_BRIEFING)]
    if rows.empty:
        return []
    first = rows.drop_duplicates("area_code")
    shown = listed(f"row {row}: {code}" for row, code in first[[FILE_ROW, "area_code"]].to_numpy())
    return [
        f"{plural(len(rows), 'row')} of areas that no briefing is about: {shown}. They are in the "
        "pack and on no page, for there are briefings of districts, unitary authorities and "
        "counties, and in those figures of wards, neighbourhoods, regions and the country"
    ]


def values_left_out(texts: pd.DataFrame) -> list[str]:
    """Remark on empty cells of values beside a count and a denominator, from which they follow."""
    filled = texts[["value", "count", "denominator"]].apply(
        lambda column: ~(column.eq("") | column.map(is_nothing))
    )
    empty = ~filled["value"] & filled["count"] & filled["denominator"] & (texts["status"] == "")
    if not empty.any():
        return []
    shown = listed(f"row {row + 2}" for row in texts.index[empty])
    return [
        f"{plural(int(empty.sum()), 'row')} with a count and a denominator but no value, shown as "
        f"not available ({shown}): write count / denominator in the unit of the indicator, or [x]"
    ]


def refuse_one_group(table: pd.DataFrame, unread: Iterable[str]) -> None:
    """Refuse figures of one group of people, which would stand for everybody.

    Raises
    ------
    InputError
        A column that is not read, such as `Ethnicity`, has one group in every row, and there is no
        `subgroup`.
    """
    if "subgroup" in table:
        return
    for name in unread:
        words = table[name].unique().tolist() if _OF_PEOPLE.search(id_of_name(name)) else []
        if len(words) == 1 and words[0] and not _EVERYBODY.fullmatch(words[0]):
            raise InputError(
                f"The column '{name}' of your own figures says '{words[0]}' in every row, and is "
                "not read: the figures would stand for everybody. Write what people are grouped "
                "by in a column dimension, and the group in a column subgroup; or remove the "
                "column."
            )


def _unknown_indicators(names: Iterable[str]) -> list[str]:
    """Say of names that the catalogue does not have which of its indicators they may mean."""
    catalogue = load_catalogue()
    ids = list(catalogue.indicators)
    told = []
    for name in names:
        if find_indicator(catalogue, OWN, name) is not None:
            continue
        near = get_close_matches(id_of_name(name), ids, n=1, cutoff=_NEARLY)
        if published := catalogue.find("fingertips", name):
            told.append(f"'{name}' (Fingertips' number of {published[0].id}: write that)")
        elif near:
            told.append(f"'{name}' (Did you mean '{near[0]}'?)")
    return told
