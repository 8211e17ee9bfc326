"""Deprivation and outlines of areas of one's own, from the neighbourhoods they are made of."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd


def deprivation(rows: pd.DataFrame) -> dict[str, float]:
    """Return the summary measures of an area by one index, NaN where something is not known.

    The average score weighs neighbourhoods by their people; the share is of neighbourhoods in the
    country's most deprived tenth: both as the indices of deprivation define them. There is no
    average rank, for publishers count ranks from either end.
    """
    known = rows[["score", "population"]].notna().all(axis=None)
    score = np.average(rows["score"], weights=rows["population"]) if known else np.nan
    return {
        "average_score": float(score),
        "average_rank": float("nan"),
        "share_most_deprived": float((rows["decile"] == 1).mean()),
    }


def outline(shapes: Mapping[str, Any], codes: Collection[str]) -> Any:
    """Return the ground of some shapes, in metres, as one, borders between them left out."""
    import shapely  # noqa: PLC0415 (only where a pack has shapes)

    parts = shapely.make_valid([shapes[code] for code in codes])
    # Thinned shapes share their borders, but for those that were mended.
    return shapely.union_all(parts, grid_size=0.1)
