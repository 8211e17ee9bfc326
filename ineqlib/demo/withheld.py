"""Withholding further figures, so that none withheld for being small can be worked out."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ineqlib.facts.disclosure.sums import SERIES, CountSums
from ineqlib.measures import protect

GIVES_AWAY = "Withheld because a figure withheld elsewhere could be worked out from it"


def withhold_further(observed: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Take out figures whose counts would give away those that are withheld for being small."""
    sums_of = CountSums(areas)
    withheld = observed["status"].eq("suppressed").to_numpy()
    counted = observed["count"].notna().to_numpy()
    further = np.zeros(len(observed), dtype=bool)
    for places in observed.groupby(SERIES).indices.values():
        if withheld[places].any() and counted[places].any():
            protected = _protected(observed.iloc[places], withheld[places], sums_of)
            further[places] = protected & ~withheld[places]
    observed.loc[further, ["value", "lower_ci", "upper_ci", "count"]] = np.nan
    observed.loc[further, ["status", "note"]] = ["suppressed", GIVES_AWAY]
    return observed


def _protected(rows: pd.DataFrame, withheld: np.ndarray, sums_of: CountSums) -> np.ndarray:
    nobody = set(np.flatnonzero(rows["status"].eq("not_applicable")).tolist())
    sums = [
        replace(addition, parts=tuple(part for part in addition.parts if part not in nobody))
        for addition in sums_of.of(rows)
        if addition.total not in nobody
    ]
    return protect(rows["count"], sums, hidden=withheld)
