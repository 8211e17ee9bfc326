"""Which areas are the most deprived, by the indices of deprivation a pack holds for authorities."""

import pandas as pd

from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.facts.indices import index_name, newest_index
from ineqlib.pack import Area, Pack

MEASURES = {
    "average_score": "the average score of its neighbourhoods",
    "share_most_deprived": "the share of its neighbourhoods in the country's most deprived tenth",
}
"""Columns that can rank areas; of each, a higher figure is more deprived. The average rank is not
among them: publishers number ranks from either end, and a pack does not say from which."""


def most_deprived(
    pack: Pack,
    areas: list[Area],
    count: int,
    *,
    index: str = "",
    by: str = "average_score",
) -> list[Area]:
    """Return the most deprived of some areas, the most deprived first.

    Areas level with the last one are all returned, so there can be more than `count`; areas level
    with each other stand by name.

    Parameters
    ----------
    count
        How many.
    index
        The index of deprivation; the newest of the pack by default.
    by
        One of `MEASURES`.

    Raises
    ------
    ParameterError
        The pack ranks no authorities, or not by this index; an area has no figure (leaving it out
        would be a rank nobody asked for); more areas are wanted than there are.
    """
    if by not in MEASURES:
        raise ParameterError(
            f"Areas cannot be ranked by '{by}'.{nearest(by, MEASURES)} Choose from "
            f"{', '.join(MEASURES)}."
        )
    figures = _figures(pack, index)[by].dropna()
    if absent := [area for area in areas if area.code not in figures.index]:
        raise ParameterError(
            f"{len(absent)} of {len(areas)} areas have no {by} in the pack '{pack.title}', so "
            f"nobody can say which {count} are the most deprived: "
            f"{listed(f'{area.name} ({area.code})' for area in absent)}. Take another "
            "index, rank districts alone (`area_type: lad`), or name the areas."
        )
    if count > len(areas):
        raise ParameterError(
            f"The {count} most deprived are asked for, but there are {len(areas)} areas."
        )
    ranked = sorted(areas, key=lambda area: (-figures[area.code], area.name))
    last = figures[ranked[count - 1].code]
    return [area for area in ranked if figures[area.code] >= last]


def _figures(pack: Pack, index: str) -> pd.DataFrame:
    """Return the table of one index, by area code."""
    if not pack.has("area_deprivation"):
        raise ParameterError(
            f"The pack '{pack.title}' has no deprivation of whole authorities, so areas cannot be "
            "chosen by it. Build it with the publisher's district summaries, or name the areas."
        )
    table = pack.table("area_deprivation")
    held = sorted(table["index"].unique())
    if index and index not in held:
        raise ParameterError(
            f"The pack '{pack.title}' has no index '{index}'.{nearest(index, held)} It has "
            f"{listed(f'{each} ({index_name(each)})' for each in held)}."
        )
    return table[table["index"] == (index or newest_index(held))].set_index("area_code")
