"""The ONS's workbook of life expectancy for local areas: one sheet of all periods and ages."""

import pandas as pd

from ineqlib.sources.base import Head, Layout, Parsed
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    UNRELIABLE,
    WITHHELD,
    in_shorthand,
)
from ineqlib.sources.layouts.outcomes_by_deprivation import ONS as SOURCE
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.tidy import stated, tidy

_COLUMNS = ("Period", "Area code", "Area name", "Sex", "Age group", "Life expectancy")
_LIMITS = {"lower_ci": "Lower confidence interval", "upper_ci": "Upper confidence interval"}
_AGES = {
    "<1": ("90366", "Life expectancy at birth", "All ages"),
    "65 to 69": ("91102", "Life expectancy at 65", "65"),
}
"""Age group -> Fingertips' number of the same indicator, its name and its age."""
_OTHER_AGE = "life expectancy at another age than birth and 65"
_SIGNS = {
    "x": NOT_AVAILABLE,
    ":": NOT_AVAILABLE,
    "": NOT_AVAILABLE,
    "z": NOT_APPLICABLE,
    "c": WITHHELD,
    "u": UNRELIABLE,
}


def _matches(head: Head) -> bool:
    return set(_COLUMNS) <= set(head.columns)


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    whole = read_csv_text(content, _COLUMNS, "the ONS's life expectancy for local areas")
    group = whole["Age group"].str.replace("-", " to ")
    known = group.isin(_AGES)
    aside = [] if known.all() else [set_aside_rows(whole[~known], _OTHER_AGE, "Age group")]
    table = whole[known]
    ids = [_AGES[age] for age in group[known]]
    raw = pd.DataFrame(
        {
            "publisher": "fingertips",
            "publisher_id": [number for number, _, _ in ids],
            "indicator_name": [name for _, name, _ in ids],
            "age": [age for _, _, age in ids],
            "area_code": table["Area code"],
            "area_name": table["Area name"],
            "period": table["Period"],
            "sex": table["Sex"],
            "unit": "years",
            **{name: table[column] for name, column in _LIMITS.items() if column in table},
        },
        index=table.index,
    ).join(in_shorthand(table["Life expectancy"], _SIGNS))
    raw = raw.assign(
        **{name: raw[name].mask(raw["value"] == "", "") for name in _LIMITS if name in raw}
    )
    raw.attrs = whole.attrs
    return tidy(raw, stated(SOURCE, described), set_aside=aside, period_kind="calendar_years")


LAYOUTS = (Layout("ONS life expectancy for local areas", _matches, _parse),)
