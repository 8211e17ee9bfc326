"""What each file calls areas, kept so that its rows need not be read to know it."""

from typing import NamedTuple

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.pack.geography import NAMES, SMALLER_THAN_DISTRICTS, named_elsewhere
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import recall, remember
from ineqlib.sources.plausible import names_of

Pairs = list[tuple[str, str]]

WITH_AREAS = ("observations", "area_lookup", "boundaries")
"""Kinds of files whose areas are asked for."""


class FileAreas(NamedTuple):
    """The areas of one file.

    Parameters
    ----------
    codes
        But for those of neighbourhoods and wards.
    names
        Codes with names, see `ineqlib.sources.plausible.names_of`.
    districts
        Of areas of own figures the district that they are stated to lie in.
    is_coded
        Whether every row has a code.
    """

    codes: frozenset[str]
    names: frozenset[tuple[str, str]]
    districts: Pairs
    is_coded: bool


def areas_of(file: Input) -> FileAreas:
    """Return the areas of a file of figures, a lookup or boundaries, as kept if they are."""
    key = f"{file.key}-areas" if file.key else ""
    if known := recall(key):
        codes, names, districts, is_coded = known
        return FileAreas(
            frozenset(codes), frozenset(map(tuple, names)), [*map(tuple, districts)], is_coded
        )
    frame = file.parsed.frame
    has_figures = file.parsed.kind == "observations"
    tables = [frame[NAMES]] if has_figures else named_elsewhere([file])
    codes = {code for table in tables for code in table["area_code"].unique().tolist()}
    areas = FileAreas(
        frozenset(code for code in codes if area_type(code) not in SMALLER_THAN_DISTRICTS),
        frozenset(pair for table in tables for pair in names_of(table)),
        _districts(frame) if has_figures else [],
        "" not in codes,
    )
    remember(key, [sorted(areas.codes), sorted(areas.names), areas.districts, areas.is_coded])
    return areas


def _districts(frame: pd.DataFrame) -> Pairs:
    if "parent_code" not in frame:
        return []
    stated = frame.loc[frame["parent_code"] != "", ["area_code", "parent_code"]]
    return [*stated.drop_duplicates().itertuples(index=False, name=None)]
