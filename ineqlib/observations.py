"""The tidy contract: one row is indicator x area x period x sex x age x dimension x subgroup.

Everything downstream reads these columns and nothing else. Checking is in `validation`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

Status = Literal[
    "ok", "suppressed", "not_available", "not_applicable", "low_reliability", "provisional"
]
STATUSES: tuple[str, ...] = get_args(Status)
HAS_VALUE = ("ok", "low_reliability", "provisional")
OWN = "own_figures"
"""The publisher of your own figures, which are found by id or name."""
ADDED_UP = "Added up by ineqlib from "
"""How the note of a figure begins that is made of those of an area's parts."""
NO_PUBLISHER = "not stated in the file"
"""Publisher of an extract made by others, unless its user states one."""
NOT_STATED = "not stated"
"""Licence, or day, of what nobody has said it of."""

COLUMNS: dict[str, str] = {
    "indicator_id": "string",
    "area_code": "string",
    "area_name": "string",
    "area_type": "string",
    "period": "string",
    "period_start": "datetime64[ns]",
    "period_end": "datetime64[ns]",
    "sex": "string",
    "age": "string",
    "dimension": "string",
    "subgroup": "string",
    "subgroup_order": "Int16",
    "value": "float64",
    "lower_ci": "float64",
    "upper_ci": "float64",
    "count": "float64",
    "denominator": "float64",
    "unit": "string",
    "status": "string",
    "comparison": "string",
    "trend": "string",
    "note": "string",
    "source": "string",
}
"""Column -> pandas dtype. Text is never missing: an empty string says "none". `comparison` is the
publisher's own comparison with the country, in lower case (``better``, ``similar``, ``worse``,
``higher``, ``lower``), kept because many extracts carry it without the intervals behind it; `trend`
is the publisher's own label of the recent trend, in lower case, and a pack has it only where a file
had."""

_STRING = pd.StringDtype()

KEY = "indicator_id area_code period_start period_end sex age dimension subgroup".split()
"""What makes a row one row."""

SEXES = ("Persons", "Male", "Female")

DIMENSION_KINDS = {
    "local_deprivation_decile": "tenths of the area's own neighbourhoods by deprivation",
    "local_deprivation_quintile": "fifths of the area's own neighbourhoods by deprivation",
    "national_deprivation_decile": "tenths of the country's neighbourhoods by deprivation",
    "national_deprivation_quintile": "fifths of the country's neighbourhoods by deprivation",
    "area_deprivation_decile": "tenths of the country's authorities by deprivation",
}
"""Deprivation dimensions are written ``kind:index``, as ``local_deprivation_decile:imd2019``.
Any other dimension keeps the publisher's words. Order 1 is always the most deprived."""

Whose = Literal["local", "national", "area"]
"""Whose groups by deprivation: of the area's own neighbourhoods, of the country's neighbourhoods,
or of the country's authorities."""

_GROUPS = {10: "decile", 5: "quintile"}
_PARTS = {10: "tenth", 5: "fifth"}
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")


def empty() -> pd.DataFrame:
    """Return a frame of the contract with no rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in COLUMNS.items()})


def conform(frame: pd.DataFrame, *, categories: bool = False) -> pd.DataFrame:
    """Put a frame into the contract: columns, order and dtypes; missing text becomes empty.

    Columns the frame lacks are added empty; columns outside the contract are dropped. While a pack
    is built, texts that are `categories`, none missing, may stay so.
    """
    is_compact = categories and isinstance(frame["area_code"].dtype, pd.CategoricalDtype)
    missing = pd.Series(np.nan, frame.index)
    no_text = pd.Series("", frame.index, dtype=_STRING)
    columns = {}
    for name, dtype in COLUMNS.items():
        column = frame.get(name, no_text if dtype == "string" else missing)
        if not is_compact or dtype != "string":
            columns[name] = plain_texts(column) if dtype == "string" else column.astype(dtype)
        elif isinstance(column.dtype, pd.CategoricalDtype):
            columns[name] = column
        else:
            columns[name] = plain_texts(column).astype("str").astype("category")
    # One by one, setting the columns would take as long as reading a small file.
    out = pd.DataFrame(columns, frame.index, copy=False)
    out.attrs = frame.attrs
    return out


def plain_texts(column: pd.Series) -> pd.Series:
    """Return a column of texts as ``string``, be it categories; missing text becomes empty."""
    if column.dtype == _STRING and not column.hasnans:
        return column
    if isinstance(column.dtype, pd.StringDtype) and not column.hasnans:
        # A tenth of the time that `astype` of the column takes.
        return pd.Series(column.array.astype(_STRING), column.index, name=column.name)
    if not isinstance(column.dtype, pd.CategoricalDtype) or column.hasnans:
        return column.astype("string").fillna("")
    # Twenty times as fast as `astype`.
    texts = pd.array(column.cat.categories, dtype="string")
    return pd.Series(texts.take(column.cat.codes.to_numpy()), column.index, name=column.name)


@dataclass(frozen=True)
class Dimension:
    """What people are grouped by: deprivation, or what the publisher calls it."""

    kind: str
    """One of `DIMENSION_KINDS`, or the publisher's words; empty for everybody together."""
    index: str = ""
    """Id of the deprivation index; empty for any other dimension."""

    @classmethod
    def parse(cls, text: str) -> "Dimension":
        """Read the `dimension` of a row.

        Examples
        --------
        >>> Dimension.parse("local_deprivation_decile:imd2019").groups
        10
        >>> Dimension.parse("Ethnic group: 2021").kind
        'Ethnic group: 2021'
        """
        kind, _, index = text.partition(":")
        return cls(kind, index) if kind in DIMENSION_KINDS else cls(text)

    @classmethod
    def of_deprivation(cls, whose: Whose, groups: int, index: str) -> "Dimension":
        """Return the dimension of ten or five groups by deprivation.

        Examples
        --------
        >>> str(Dimension.of_deprivation("national", 5, "iod2025"))
        'national_deprivation_quintile:iod2025'
        """
        return cls(f"{whose}_deprivation_{_GROUPS[groups]}", index)

    def __str__(self) -> str:
        return f"{self.kind}:{self.index}" if self.index else self.kind

    @property
    def is_deprivation(self) -> bool:
        """Whether the groups are ordered by deprivation."""
        return self.kind in DIMENSION_KINDS

    @property
    def groups(self) -> int:
        """Number of groups by deprivation: 10 or 5; 0 for any other dimension."""
        if not self.is_deprivation:
            return 0
        return 10 if self.kind.endswith(_GROUPS[10]) else 5

    @property
    def part(self) -> str:
        """One group, in words: ``tenth`` or ``fifth``; empty for any other dimension."""
        return _PARTS.get(self.groups, "")

    @property
    def whose(self) -> str:
        """Whose groups they are (see `Whose`); empty for any other dimension."""
        return self.kind.partition("_")[0] if self.is_deprivation else ""

    @property
    def is_local(self) -> bool:
        """Whether the groups are of an area's own neighbourhoods."""
        return self.whose == "local"

    @property
    def is_national(self) -> bool:
        """Whether the groups are of the country's neighbourhoods."""
        return self.whose == "national"


def group_label(order: int, groups: int) -> str:
    """Name one of five or ten deprivation groups.

    Examples
    --------
    >>> group_label(1, 5), group_label(3, 5), group_label(9, 10)
    ('Most deprived fifth', 'Middle fifth', 'Second least deprived tenth')
    """
    part = _PARTS[groups]
    if 2 * order == groups + 1:
        return f"Middle {part}"
    place, end = (order, "most") if 2 * order <= groups else (groups + 1 - order, "least")
    nth = "" if place == 1 else f"{_ORDINALS[place - 1]} "
    return f"{nth}{end if nth else end.capitalize()} deprived {part}"


def of_dimension(column: pd.Series, holds: Callable[[Dimension], bool]) -> pd.Series:
    """Tell which rows are of a dimension for which something holds.

    Examples
    --------
    >>> column = pd.Series(["", "local_deprivation_decile:imd2019"])
    >>> of_dimension(column, lambda dimension: dimension.is_local).tolist()
    [False, True]
    """
    chosen = [text for text in column.unique() if holds(Dimension.parse(text))]
    return column.isin(chosen)
